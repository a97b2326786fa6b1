/* The reply keyboard at the bottom of a chat: big keys, each sends its own words. */

import { button, el, refill } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

const SIGNS = { request_location: "pin", request_contact: "person" };

function key(entry, onKey) {
  const whole = typeof entry === "string" ? { text: entry } : entry;
  const sign = Object.keys(SIGNS).find((name) => whole[name]);
  const node = button(whole.text, () => onKey(whole), { class: "key" });
  if (sign) node.prepend(icon(SIGNS[sign]));
  return node;
}

export class Keys {
  constructor(onKey) {
    this.node = el("div", { class: "keys", role: "group", "aria-label": t("keys"), hidden: true });
    this.toggle = button(t("hideKeys"), () => this.#fold(!this.folded), { icon: icon("keys"),
      class: "tool", hidden: true });
    this.onKey = onKey;
    this.folded = false;
    this.drawn = "null";
  }

  /** Shows the keyboard the chat has now, or none; returns whether it is another one. */
  show(keyboard) {
    const signature = JSON.stringify(keyboard ?? null);
    if (signature === this.drawn) return false;
    this.drawn = signature;
    this.keyboard = keyboard;
    const rows = keyboard?.keyboard ?? [];
    refill(this.node, ...rows.map((row) => el("div", { class: "keys-row" },
      row.map((entry) => key(entry, (whole) => this.#pressed(whole))))));
    this.toggle.hidden = rows.length === 0;
    this.#fold(false);
    return true;
  }

  /** The hint the bot wants in the empty field. */
  get placeholder() {
    return this.keyboard?.input_field_placeholder ?? null;
  }

  /** The message a forced reply answers, or null. */
  get asks() {
    return this.keyboard?.reply_to ?? null;
  }

  #pressed(entry) {
    if (this.keyboard?.one_time_keyboard) this.#fold(true);
    this.onKey(entry);
  }

  #fold(folded) {
    this.folded = folded;
    this.node.hidden = folded || this.toggle.hidden;
    const label = folded ? t("showKeys") : t("hideKeys");
    this.toggle.setAttribute("aria-label", label);
    this.toggle.title = label;
    this.toggle.setAttribute("aria-expanded", String(!folded));
  }
}
