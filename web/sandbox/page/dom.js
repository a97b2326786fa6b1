/* Builds elements. Text always goes in as text, never as markup. */

const PROPERTIES = new Set(["hidden", "disabled", "checked", "value", "selected", "open"]);

function set(node, name, value) {
  if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (name === "on") {
    for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
  } else if (name === "vars") {
    for (const [key, entry] of Object.entries(value)) node.style.setProperty(key, entry);
  } else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** An element with attributes and children; null children and attributes are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) set(node, name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A button; `label` is its visible text unless an icon is given, then it is its spoken name. */
export function button(label, onClick, { icon = null, ...attributes } = {}) {
  const node = el("button", { type: "button", on: { click: onClick }, ...attributes });
  if (icon) {
    node.append(icon);
    node.setAttribute("aria-label", label);
    node.title = label;
  } else node.textContent = label;
  return node;
}

const FOCUSABLE = "button, a[href], input, select, textarea, [tabindex='0']";

/** Replaces what is inside `box` and keeps the keyboard where it was. */
export function refill(box, ...children) {
  const held = box.contains(document.activeElement) && document.activeElement !== box;
  const place = held ? [...box.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement) : -1;
  box.replaceChildren(...children.filter(Boolean));
  if (!held) return;
  const candidates = [...box.querySelectorAll(FOCUSABLE)];
  const next = candidates[Math.min(place, candidates.length - 1)];
  (next ?? box.closest("[tabindex]"))?.focus({ preventScroll: true });
}

/** The first element that answers to `selector`, which must exist. */
export function find(selector) {
  return document.querySelector(selector);
}
