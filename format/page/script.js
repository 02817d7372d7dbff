"use strict";
// Lights up every rendering of an utterance together. Elements say which
// utterances they belong to in data-u, innermost first; the page can be read
// and its links followed without any of this.
(() => {
  document.documentElement.classList.add("scripted");
  const $ = (id) => document.getElementById(id);
  const parts = new Map(); // by utterance, every element of it
  for (const el of document.querySelectorAll("[data-u]")) {
    for (const u of el.dataset.u.split(" ")) {
      if (!parts.has(u)) parts.set(u, []);
      parts.get(u).push(el);
    }
  }
  const order = [...document.querySelectorAll(".utterance")].map((el) => el.id);
  const dock = $("dock");
  const help = $("help");
  let selected = "";
  let pointed = "";

  const idIn = (hash) => {
    const u = hash.slice(1).split(".")[0];
    return parts.has(u) ? u : "";
  };
  const utteranceAt = (target) => {
    const el = target instanceof Element && target.closest("[data-u]");
    return el ? el.dataset.u.split(" ")[0] : "";
  };
  const paint = (u, name, on) => {
    for (const el of parts.get(u) || []) el.classList.toggle(name, on);
  };
  const point = (u) => {
    if (u === pointed) return;
    paint(pointed, "lit", false);
    pointed = u;
    paint(pointed, "lit", true);
  };
  const open = (el) => {
    for (let d = el.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  };

  // Each column scrolls by itself, so that passages come to stand side by
  // side. The column that the reader is in stays.
  const align = (u, stay) => {
    for (const el of document.querySelectorAll(".column")) {
      if (el === stay || el.scrollHeight <= el.clientHeight) continue;
      const mark = (parts.get(u) || []).find((m) => m.tagName === "MARK" && el.contains(m));
      if (!mark) continue;
      open(mark);
      const away = mark.getBoundingClientRect().top - el.getBoundingClientRect().top;
      el.scrollTop += away - el.clientHeight / 3;
    }
  };

  const fillDock = (u) => {
    const row = $(u);
    dock.querySelector(".dock-who").textContent =
      row.querySelector(".number").textContent + " · " + row.querySelector(".who").textContent;
    dock.querySelector(".dock-words").textContent =
      (row.querySelector(".short") || row.querySelector(".wording p")).textContent;
    const links = dock.querySelector(".dock-links");
    links.replaceChildren();
    for (const mention of row.querySelectorAll("tr:first-child a.mention, .only-head a.mention")) {
      const link = mention.cloneNode(true);
      const outlet = document.createElement("b");
      outlet.textContent = mention.dataset.outlet;
      link.prepend(outlet);
      const item = document.createElement("li");
      item.append(link);
      links.append(item);
    }
    dock.hidden = false;
    document.body.classList.add("docked");
  };

  const select = (u, stay) => {
    if (!parts.has(u) || !$(u)) return;
    if (u !== selected) {
      paint(selected, "on", false);
      selected = u;
      paint(selected, "on", true);
      fillDock(u);
    }
    align(u, stay);
    if (idIn(location.hash) !== u) history.replaceState(null, "", "#" + u);
  };
  const clear = () => {
    paint(selected, "on", false);
    point("");
    selected = "";
    dock.hidden = true;
    document.body.classList.remove("docked");
    history.replaceState(null, "", location.pathname + location.search);
  };

  // Shows what the reader looks at: the passages if the articles are in view,
  // else the row.
  const show = (u) => {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    if (middle && middle.closest(".articles")) {
      const mark = parts.get(u).find((el) => el.tagName === "MARK");
      if (mark) {
        open(mark);
        mark.scrollIntoView({ block: "nearest" });
        return;
      }
    }
    open($(u));
    $(u).scrollIntoView({ block: "center" });
  };
  const step = (by) => {
    if (order.length === 0) return;
    const at = order.indexOf(selected);
    const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length;
    select(order[next]);
    show(order[next]);
  };

  document.addEventListener("pointerover", (e) => point(utteranceAt(e.target)));
  document.addEventListener("focusin", (e) => point(utteranceAt(e.target)));
  document.addEventListener("click", (e) => {
    if (!(e.target instanceof Element) || e.target.closest("summary, dialog, button")) return;
    const link = e.target.closest("a");
    if (link) {
      const u = idIn(link.getAttribute("href"));
      if (u) setTimeout(() => select(u)); // after the jump
      return;
    }
    if (getSelection().toString() !== "") return; // words are being copied
    const u = utteranceAt(e.target);
    if (u) select(u, e.target.closest(".column"));
  });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || help.open) return;
    if (e.key === "j") step(1);
    else if (e.key === "k") step(-1);
    else if (e.key === "?") help.showModal();
    else if (e.key === "Escape") clear();
    else return;
    e.preventDefault();
  });
  $("next").addEventListener("click", () => step(1));
  $("previous").addEventListener("click", () => step(-1));
  $("clear").addEventListener("click", clear);
  $("help-button").hidden = false;
  $("help-button").addEventListener("click", () => help.showModal());

  const followHash = () => {
    const u = idIn(location.hash);
    const target = $(location.hash.slice(1));
    if (!u || !target) return;
    open(target);
    select(u);
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", followHash);
  followHash();

  // On paper everything is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const d of closed) d.open = true;
  });
  addEventListener("afterprint", () => {
    for (const d of closed) d.open = false;
  });
})();
