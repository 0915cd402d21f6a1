// Whoever points at a hit sees its mark on the map, and the other way round.
"use strict";
for (const [on, lit] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(on, (event) => {
    const found = event.target.closest?.(".map a.at, [id^='hit-']");
    if (!found) return;
    const id = found.id || decodeURIComponent(found.getAttribute("href").slice(1));
    document.getElementById(id)?.classList.toggle("lit", lit);
    document.querySelector(`.map a.at[href="#${CSS.escape(id)}"]`)?.classList.toggle("lit", lit);
  });
}
