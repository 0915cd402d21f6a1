// The day of a page about seats: the slider moves it, and what stands below follows.
"use strict";
(() => {
  const form = document.querySelector("form[data-part]");
  if (!form) return;
  const part = document.getElementById(form.dataset.part);
  const said = document.getElementById("said");
  const date = form.elements.paa;
  const slider = document.getElementById("slide");
  const FIRST = 2018;
  const month = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });
  let asking = null;
  let timer = 0;

  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.set(name, value);
    return `${form.getAttribute("action")}?${query}`;
  };

  async function show() {
    asking?.abort();
    const mine = (asking = new AbortController());
    const here = address();
    try {
      const answer = await fetch(`${here}&del=1`, { signal: mine.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return location.assign(here); // The page says what is wrong.
      const found = await answer.text();
      await pressed;
      if (mine.signal.aborted) return;
      part.innerHTML = found;
      said.textContent = part.querySelector(".summary")?.textContent ?? "";
      history.replaceState(null, "", here);
      const other = document.querySelector(".switch");
      if (other) other.search = location.search;
    } catch (failure) {
      if (failure.name !== "AbortError") location.assign(here);
    }
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(show, 120);
  };

  const follow = () => {
    if (!/^\d{4}-\d\d-\d\d$/.test(date.value)) return;
    const [year, number] = date.value.split("-").map(Number);
    slider.value = (year - FIRST) * 12 + number - 1;
    slider.setAttribute("aria-valuetext", month.format(new Date(date.value)));
  };

  slider.closest("[hidden]").hidden = false;
  follow();
  slider.addEventListener("input", () => {
    const [year, number] = [FIRST + Math.floor(slider.value / 12), (slider.value % 12) + 1];
    date.type = "date";
    date.value = `${year}-${String(number).padStart(2, "0")}-01`;
    follow();
    soon();
  });
  form.addEventListener("change", (event) => {
    if (event.target === slider) return;
    follow();
    if (date.validity.valid && date.value) soon();
  });

  // What shows on a seat can be put away, and comes back on the next one.
  const hush = (on) => part.querySelectorAll(".seats").forEach((list) => list.classList.toggle("hushed", on));
  document.addEventListener("keydown", (event) => event.key === "Escape" && hush(true));
  for (const name of ["focusin", "mouseover"]) part.addEventListener(name, () => hush(false));
})();
