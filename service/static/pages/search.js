// Suggestions under the search box, which searches without scripts all the same.
"use strict";
{
  const box = document.getElementById("q"), form = box.form, list = document.createElement("div");
  let asked, timer, at;
  const aria = (on, values) => Object.keys(values).forEach((name) => on.setAttribute(name, values[name]));
  const show = (shown) => {
    list.hidden = !shown;
    at = -1;
    aria(box, { "aria-expanded": shown, "aria-activedescendant": "" });
  };
  const choose = (step) => {
    const all = list.children;
    if (at >= 0) aria(all[at], { "aria-selected": false });
    at = (Math.max(at, step < 0 ? 0 : -1) + step + all.length) % all.length;
    aria(all[at], { "aria-selected": true });
    aria(box, { "aria-activedescendant": all[at].id });
  };
  const ask = async () => {
    asked?.abort();
    const mine = (asked = new AbortController());
    const text = box.value.trim();
    if (text.length < 2) return show(false);
    const url = form.action + "?q=" + encodeURIComponent(text);
    const found = await fetch(url, { headers: { "X-Part": "hits" }, signal: mine.signal })
      .then((answer) => (answer.ok ? answer.text() : "")).catch(() => null);
    if (found === null) return;
    await pressed;
    if (mine.signal.aborted) return;
    list.innerHTML = found;
    show(list.children.length > 0);
  };
  list.id = list.className = "hits";
  aria(list, { role: "listbox", "aria-label": form.dataset.hits });
  aria(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": "hits" });
  form.append(list);
  show(false);
  box.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 150); };
  box.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden) return;
    if (step) choose(step);
    else if (event.key == "Enter" && at >= 0) location = list.children[at].href;
    else if (event.key == "Escape") show(false);
    else return;
    event.preventDefault();
  };
  form.addEventListener("focusout", (event) => list.contains(event.relatedTarget) || show(false));
}
