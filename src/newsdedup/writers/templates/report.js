"use strict";
(() => {
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const unfold = document.getElementById("unfold");
  const buttons = [...document.querySelectorAll("[data-relation]")];
  const stories = [...document.querySelectorAll("details.story")];
  const items = [...document.querySelectorAll("[data-relations]")].map((element) => ({
    element,
    relations: element.dataset.relations.split(" "),
    text: [...element.querySelectorAll(".headline, .byline")].map((e) => e.textContent).join(" ").toLowerCase(),
  }));

  const apply = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const on = new Set(buttons.filter((b) => b.ariaPressed === "true").map((b) => b.dataset.relation));
    let shown = 0;
    for (const { element, relations, text } of items) {
      element.hidden = !(relations.some((r) => on.has(r)) && words.every((w) => text.includes(w)));
      shown += element.hidden ? 0 : 1;
    }
    found.textContent = shown === items.length ? "" : `${shown} of ${items.length}`;
  };

  const openTo = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target?.scrollIntoView({ block: "center" });
  };

  find.addEventListener("input", apply);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.ariaPressed = button.ariaPressed === "true" ? "false" : "true";
      apply();
    });
  }
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === "Open all";
    for (const story of stories) story.open = open;
    unfold.textContent = open ? "Close all" : "Open all";
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== find) {
      event.preventDefault();
      find.focus();
    }
  });
  addEventListener("beforeprint", () => stories.forEach((story) => (story.open = true)));
  addEventListener("hashchange", openTo);
  if (location.hash) openTo();
  document.querySelector(".tools").hidden = false;
})();
