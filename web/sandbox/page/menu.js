/* Small menus that open from a button and close on Escape, a choice or a look elsewhere. */

import { el } from "./dom.js";

let openOne = null;

/** Makes `trigger` open and close `panel`; `fill()` is called before each opening. */
export function disclose(trigger, panel, fill = () => {}) {
  panel.hidden = true;
  trigger.setAttribute("aria-expanded", "false");

  function close({ back = false } = {}) {
    panel.hidden = true;
    trigger.setAttribute("aria-expanded", "false");
    if (openOne?.close === close) openOne = null;
    if (back) trigger.focus();
  }

  function open() {
    openOne?.close();
    fill(close);
    panel.hidden = false;
    trigger.setAttribute("aria-expanded", "true");
    openOne = { close, trigger, panel };
  }

  trigger.addEventListener("click", () => (panel.hidden ? open() : close()));
  panel.addEventListener("keydown", (event) => walk(event, panel));
  return { open, close };
}

function walk(event, panel) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !panel.classList.contains("menu")) return;
  const rows = [...panel.querySelectorAll("button")];
  const next = rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length];
  next?.focus();
  event.preventDefault();
}

/** A row of a menu: maybe an icon, a text, and maybe a smaller one. */
export function row(icon, text, onClick, detail = null) {
  return el("button", { type: "button", class: "menu-row", on: { click: onClick } }, icon,
    el("span", {}, el(detail ? "strong" : "span", { text }),
      detail ? el("small", { text: detail }) : null));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && openOne && !document.querySelector("dialog[open]")) {
    openOne.close({ back: true });
  }
});

document.addEventListener("pointerdown", (event) => {
  if (!openOne || document.querySelector("dialog[open]")) return;
  const inside = openOne.panel.contains(event.target) || openOne.trigger.contains(event.target);
  if (!inside && !openOne.panel.classList.contains("stays")) openOne.close();
});
