// What every page does with scripts on. Without them everything is there too, only less quickly.
"use strict";
// A form that came back with faults: the reader is taken to them.
document.querySelector(".faults")?.focus();
// What is pressed stays until it is let go: a click that begins on one thing and ends on what was put in its place hits
// neither. A script that puts something on the page waits for this first.
let pressed = null;
addEventListener("pointerdown", () => {
  pressed = new Promise((released) => {
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(released), { once: true });
  });
});
