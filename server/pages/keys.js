"use strict";
// Keys that are the same on every page. What is typed into a box is text: the
// keys of the page itself, for which this listens first, are not told of it.
(() => {
  document.addEventListener("keydown", (e) => {
    const typing = e.target instanceof Element && e.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (e.key === "Escape") typing.blur();
      e.stopImmediatePropagation();
      return;
    }
    const box = { "/": "search-box", c: "check-box" }[e.key];
    if (!box || e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
    document.getElementById(box).select();
    e.preventDefault();
    e.stopImmediatePropagation();
  }, true);
})();
