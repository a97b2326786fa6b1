/* The top bar: the product's name, what it is, the tools and their panels. */

import { button, el, find } from "./dom.js";
import { icon, mark } from "./icons.js";
import { disclose } from "./menu.js";
import { CHROME_LANGUAGES, language, t } from "./texts.js";

const LANGUAGE_NAMES = { fr: "Français", de: "Deutsch", en: "English" };

function tool(name, label, contents) {
  const id = `panel-${name}`;
  const title = el("h2", { text: label, id: `${id}-title` });
  const close = button(t("close"), () => handle.close({ back: true }), { icon: icon("close"),
    class: "tool" });
  const panel = el("section", { class: "panel stays", id, "aria-labelledby": `${id}-title` },
    el("header", { class: "panel-head" }, title, close), el("div", { class: "panel-body" }));
  const trigger = el("button", { type: "button", class: "trigger", "aria-controls": id },
    icon(name === "link" ? "qr" : name), el("span", { class: "trigger-name", text: label }));
  const handle = disclose(trigger, panel);
  panel.lastChild.append(...contents.panel());
  if (contents.face) trigger.append(contents.face(trigger));
  return { node: el("div", { class: `tool-box ${name}` }, trigger, panel), ...handle, trigger };
}

function switcher(onLanguage) {
  return el("div", { class: "chrome-languages", role: "group", "aria-label": t("chromeLanguage") },
    CHROME_LANGUAGES.map((code) => {
      const key = button(code.toUpperCase(), () => onLanguage(code), {
        "aria-pressed": String(code === language()), lang: code, "data-language": code });
      key.setAttribute("aria-label", `${code.toUpperCase()} – ${LANGUAGE_NAMES[code]}`);
      return key;
    }));
}

const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
  || (document.documentElement.dataset.theme === undefined
    && matchMedia("(prefers-color-scheme: dark)").matches);

function themeKey(remember) {
  const key = button("", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    remember(next);
    draw();
  }, { class: "trigger theme" });
  const draw = () => {
    const label = isDark() ? t("toLight") : t("toDark");
    key.replaceChildren(icon(isDark() ? "sun" : "moon"),
      el("span", { class: "trigger-name narrow-only", text: label }));
    key.setAttribute("aria-label", label);
    key.title = label;
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
  return key;
}

/** Builds the bar into the page; returns its panels by name and `listening(bool)`. */
export function buildBar({ clock, faults, link, onLanguage, onTheme, onReset }) {
  const panels = { clock: tool("clock", t("clock"), clock),
    faults: tool("faults", t("faults"), faults), link: tool("link", t("linkTitle"), link) };
  const resetKey = el("button", { type: "button", class: "trigger reset", "aria-label": t("reset"),
    title: t("reset"), on: { click: onReset } }, icon("reset"),
  el("span", { class: "trigger-name narrow-only", text: t("reset") }));
  const tools = el("nav", { class: "tools", id: "tools", "aria-label": t("tools") },
    el("p", { class: "tagline narrow-only", text: t("tagline") }),
    Object.values(panels).map((panel) => panel.node),
    switcher(onLanguage), themeKey(onTheme), resetKey);
  const menuKey = button(t("menu"), () => unfold(!tools.classList.contains("open")),
    { icon: icon("menu"), class: "tool menu-key", "aria-controls": "tools",
      "aria-expanded": "false" });
  const unfold = (open) => {
    tools.classList.toggle("open", open);
    menuKey.setAttribute("aria-expanded", String(open));
  };
  tools.addEventListener("keydown", (event) => {
    const within = tools.querySelector(".panel:not([hidden])");
    if (event.key !== "Escape" || within || !tools.classList.contains("open")) return;
    unfold(false);
    menuKey.focus();
  });
  const light = el("span", { class: "connection" });
  find("#bar").replaceChildren(
    el("div", { class: "brand" }, mark(), el("div", { class: "brand-words" },
      el("h1", { text: "Quartierbot" }), el("p", { class: "tagline", text: t("tagline") })), light),
    tools, menuKey);
  return { panels, unfold, listening: (on) => {
    light.classList.toggle("on", on);
    light.replaceChildren(el("i"), el("span", { text: on ? t("listening") : t("absent") }));
    light.title = on ? "" : t("absentHint");
  } };
}
