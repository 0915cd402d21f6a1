// What every page does with scripts on. Without them everything is there too, only less quickly.
"use strict";
// A form that came back with faults: the reader is taken to them.
document.querySelector(".faults")?.focus();
// A link or button that is pressed stays until it is let go: a click that begins on one thing and ends on what was put
// in its place hits neither. A script that puts something on the page waits for this first, though not for long: not
// every browser tells of the end, such as when a link is dragged away.
let pressed = null;
addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.("a, button, summary")) return;
  pressed = new Promise((released) => {
    setTimeout(released, 1000);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(released), { once: true });
  });
});
