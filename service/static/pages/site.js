// What every page does with scripts on. Without them everything is there too, only less quickly.
"use strict";
// A form that came back with faults: the reader is taken to them.
document.querySelector(".faults")?.focus();
