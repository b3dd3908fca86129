"""The desk's one small script: turn pages in place and by key; everything works without it."""

SCRIPT = """
"use strict";
(function () {
  const view = document.querySelector("[data-view]");
  const links = Array.from(document.querySelectorAll("[data-page]"));
  function show(link) {
    const image = view.querySelector("img");
    const gone = view.querySelector(".absent");
    const held = link.dataset.page !== "";
    view.querySelector("a").hidden = !held;
    gone.hidden = held;
    if (held) {
      image.src = link.dataset.page;
      image.alt = link.dataset.words;
      view.querySelector("a").href = link.dataset.page;
    }
    view.querySelector("figcaption").textContent = link.dataset.words;
    for (const one of links) { one.removeAttribute("aria-current"); }
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
  }
  function turn(step) {
    const at = links.findIndex(function (one) { return one.hasAttribute("aria-current"); });
    const next = links[at + step];
    if (next) { show(next); }
  }
  if (view) {
    for (const link of links) {
      link.addEventListener("click", function (event) { event.preventDefault(); show(link); });
    }
    for (const button of document.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", function (event) {
        event.preventDefault();
        turn(Number(button.dataset.turn));
      });
    }
  }
  document.addEventListener("keydown", function (event) {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) {
      return;
    }
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (view && event.key === "ArrowRight") {
      event.preventDefault(); turn(1);
    } else if (view && event.key === "ArrowLeft") {
      event.preventDefault(); turn(-1);
    }
  });
})();
"""
