// The desk without reloading: what a row's form asks for is carried out in place, and the next row is gone on to.
// Everything is done by the forms alone where there are no scripts.
"use strict";
const desk = document.querySelector(".desk");

const field = (row) => row?.querySelector("input[name=free]");
const rows = () => [...desk.querySelectorAll(".row")].filter(field);

function move(from, by) {
  const all = rows();
  field(all[all.indexOf(from) + by])?.focus();
}

// Only while a row has the focus: keys are nobody's elsewhere on the page.
desk?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest(".row");
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (by) {
    event.preventDefault();
    move(row, by);
  } else if (/^\d$/.test(event.key) && event.target !== field(row)) {
    field(row)?.focus(); // where the digit then goes
  }
});

function say(row, text, wrong) {
  const said = row.querySelector(".said");
  said.textContent = text;
  said.classList.toggle("fault", wrong);
  const input = field(row);
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

desk?.addEventListener("submit", async (event) => {
  const form = event.target, row = form.closest(".row");
  event.preventDefault();
  if (row.ariaBusy === "true") return;
  row.ariaBusy = "true";
  const body = new URLSearchParams(new FormData(form));
  body.set("part", "row");
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const text = await answer.text();
    if (answer.ok) replace(row, text, form.classList.contains("count"));
    else if (answer.headers.get("content-type")?.startsWith("text/plain")) say(row, text, true);
    else location.reload(); // such as a session that has ended: the page says so
  } catch {
    say(row, desk.dataset.failed, true);
  }
  row.ariaBusy = "false";
});

function replace(row, html, on) {
  const part = document.createElement("template");
  part.innerHTML = html;
  const fresh = part.content.querySelector(".row");
  const next = on ? row.nextElementSibling : null;
  row.replaceWith(fresh);
  (field(next) ?? field(fresh))?.focus();
}
