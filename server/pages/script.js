"use strict";
// Keys through what is listed, and passages that light up with their notes.
// Every page can be used without any of this.
(() => {
  const $ = (id) => document.getElementById(id);
  const help = $("help");
  $("help-button").hidden = false;
  $("help-button").addEventListener("click", () => help.showModal());

  // What belongs together says so in data-u, innermost first.
  const parts = new Map();
  for (const el of document.querySelectorAll("[data-u]")) {
    for (const u of el.dataset.u.split(" ")) {
      if (!parts.has(u)) parts.set(u, []);
      parts.get(u).push(el);
    }
  }
  const paint = (u, name, on) => {
    for (const el of parts.get(u) || []) el.classList.toggle(name, on);
  };
  const lit = { lit: "", on: "" }; // what is painted so
  const light = (u, name) => {
    if (lit[name] === u) return;
    paint(lit[name], name, false);
    lit[name] = u;
    paint(u, name, true);
  };
  const idAt = (target) => {
    const el = target instanceof Element && target.closest("[data-u]");
    return el ? el.dataset.u.split(" ")[0] : "";
  };
  document.addEventListener("pointerover", (e) => light(idAt(e.target), "lit"));
  document.addEventListener("focusin", (e) => light(idAt(e.target), "lit"));

  // j and k go through the items of a list, or the statements of an article.
  const items = [...document.querySelectorAll("[data-item]")];
  let at = -1;
  const linkOf = (el) => el.querySelector("a.open") || el.querySelector("a") || el;
  const go = (n) => {
    at = n;
    const el = items[at];
    if (el.dataset.u) light(el.dataset.u, "on");
    linkOf(el).focus({ preventScroll: true });
    const passage = el.dataset.u && $(el.dataset.u);
    (passage ? passage.parentElement : el).scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    if (items.length === 0) return;
    go(at < 0 ? (by > 0 ? 0 : items.length - 1) : (at + by + items.length) % items.length);
  };
  document.addEventListener("focusin", (e) => {
    const el = e.target.closest("[data-item]");
    if (el) at = items.indexOf(el);
  });

  const followHash = () => {
    const u = location.hash.slice(1).replace("note-", "a");
    if (!parts.has(u)) return;
    light(u, "on");
    at = items.findIndex((el) => el.dataset.u === u);
  };
  addEventListener("hashchange", followHash);
  followHash();

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || help.open) return;
    if (e.key === "j") step(1);
    else if (e.key === "k") step(-1);
    else if (e.key === "?") help.showModal();
    else if (e.key === "Escape") light("", "on");
    else return;
    e.preventDefault();
  });
})();
