// The answer follows the form as it is filled. What is asked is in the body of a POST, and nowhere else.
"use strict";
{
  const form = document.getElementById("need");
  const answer = document.getElementById("svar");
  const count = document.getElementById("count");
  const filled = () => [...new FormData(form)].filter(([, text]) => text);
  const given = () => new URLSearchParams(filled().filter(([name]) => name !== "offer")).toString();
  let shown = answer.hasAttribute("data-empty") ? "" : given();
  let timer, asking;

  // Asks anew where something else is given than what is answered; `button` is what was pressed for it.
  async function ask(button) {
    clearTimeout(timer);
    if (!button && given() === shown) return;
    asking?.abort();
    const mine = (asking = new AbortController());
    const asked = given();
    const body = new URLSearchParams(filled());
    if (button?.name) body.set(button.name, button.value);
    answer.ariaBusy = "true";
    try {
      const response = await fetch(form.getAttribute("action").split("#")[0], { method: "POST", body, headers: { "X-Part": "hits" }, signal: mine.signal });
      if (!response.ok) throw response;
      const found = await response.text();
      await pressed;
      if (mine.signal.aborted) return;
      show(found);
      shown = asked;
    } catch (failure) {
      if (mine.signal.aborted) return;
      count.replaceChildren(form.dataset.failed);
    }
    answer.ariaBusy = "false";
  }

  function show(html) {
    const part = new DOMParser().parseFromString(html, "text/html");
    const said = part.getElementById("said");
    said.remove();
    for (const old of form.querySelectorAll(".demands :is(.fault, .heard, .faults)")) old.remove();
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    const wrong = said.hasAttribute("data-wrong");
    count.replaceChildren(wrong ? form.dataset.wrong : said.querySelector("a") ?? "");
    answer.classList.toggle("old", wrong);
    for (const text of [...said.children]) {
      const field = document.getElementById(text.dataset.at) ?? form.elements[text.dataset.at];
      if (!field) continue;
      (field.closest(".field, label") ?? field).append(text);
      if (text.id) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", text.id);
        field.closest("details")?.setAttribute("open", "");
      }
    }
    if (wrong) return;
    const open = [...answer.querySelectorAll("details[open][id]")].map((one) => one.id);
    answer.replaceChildren(...part.body.childNodes);
    answer.toggleAttribute("data-empty", !answer.querySelector("h2"));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "offer") return;
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.hasAttribute("formaction")) return;
    event.preventDefault();
    const pressed = document.activeElement === button;
    const hits = () => answer.querySelectorAll(".hits:not(.near) h3 a");
    const before = hits().length;
    await ask(button);
    if (button?.name === "first") hits()[before]?.focus();
    else if (pressed) answer.focus();
  });
  // In the other language with the same need.
  document.querySelector("a.switch")?.addEventListener("click", (event) => {
    if (!given()) return;
    event.preventDefault();
    form.action = event.currentTarget.href;
    form.submit();
  });
  // Back on the page, by a browser that kept the fields alone: the answer to them. Nothing is sent again unasked.
  addEventListener("pageshow", () => {
    for (const details of form.querySelectorAll("details.more")) {
      details.open ||= [...details.querySelectorAll("input, select")].some((one) => (one.type === "checkbox" ? one.checked : one.value));
    }
    ask();
  });
  // This page is the answer to a POST. Who comes back to it shall find it without sending that again, from the fields
  // as the browser keeps them; it keeps no text that was in a field from the start.
  if (shown) {
    history.replaceState(null, "", location.pathname);
    for (const one of form.querySelectorAll("input:not([type=checkbox])")) {
      const text = one.value;
      one.defaultValue = "";
      one.value = text;
    }
  }
}
