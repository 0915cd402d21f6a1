// Suggestions under the search box. Without scripts the box searches all the same.
"use strict";
{
  const box = document.getElementById("q"), form = box.form, list = document.createElement("div");
  let asked, timer, at = -1;
  const set = (values) => Object.entries(values).forEach(([name, value]) => box.setAttribute(name, value));
  const options = () => list.children;
  const close = () => { list.hidden = true; at = -1; set({ "aria-expanded": false, "aria-activedescendant": "" }); };
  const choose = (index) => {
    options()[at]?.setAttribute("aria-selected", false);
    at = (index + options().length) % options().length;
    options()[at].setAttribute("aria-selected", true);
    set({ "aria-activedescendant": options()[at].id });
  };
  const suggest = async () => {
    asked?.abort();
    const text = box.value.trim();
    if (text.length < 2) return close();
    asked = new AbortController();
    try {
      const url = `${form.action}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(url, { headers: { "X-Part": "hits" }, signal: asked.signal });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
      at = -1;
      list.hidden = !options().length;
      set({ "aria-expanded": !list.hidden, "aria-activedescendant": "" });
    } catch { /* a newer question, or no answer: nothing to suggest */ }
  };
  list.id = "hits";
  list.className = "hits";
  list.hidden = true;
  set({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "hits", "aria-expanded": false });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  form.append(list);
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 150); });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(at < 0 && step < 0 ? -1 : at + step);
    else if (event.key === "Enter" && at >= 0) location.assign(options()[at].href);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
}
