/* The deep link panel: a word, its QR code, and the phone that opens it. */

import { button, el } from "./dom.js";
import { t } from "./texts.js";

const WORD = /^[A-Za-z0-9_-]{0,64}$/;

const WEB = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\/?(?:\?(?:.*&)?start=([^&#]*))?$/i;
const APP = /^tg:\/*resolve\?domain=([A-Za-z0-9_]+)(?:&start=([^&#]*))?/i;

/** The word in a t.me or tg: link to this bot, or null if it is no such link. */
export function payloadIn(url, username) {
  const match = WEB.exec(url) ?? APP.exec(url);
  if (!match || match[1].toLowerCase() !== username.toLowerCase()) return null;
  return match[2] ?? "";
}

export class DeepLink {
  /** `town`: username(), start(person, payload), people(). A link to this page may bring the word. */
  constructor(town) {
    this.town = town;
    this.word = new URLSearchParams(location.search).get("start") ?? "";
  }

  #url() {
    return `https://t.me/${this.town.username()}${this.word ? `?start=${this.word}` : ""}`;
  }

  #typed() {
    const text = this.field.value.trim();
    const word = payloadIn(text, this.town.username()) ?? text;
    const good = WORD.test(word);
    this.field.setAttribute("aria-invalid", String(!good));
    this.wrong.hidden = good;
    this.open.disabled = !good;
    if (!good) return;
    this.word = word;
    this.address.textContent = this.#url();
    this.code.src = `/sandbox/qr?payload=${encodeURIComponent(word)}`;
    this.code.alt = t("qrAlt", { link: this.#url() });
  }

  /** The panel's contents. */
  panel() {
    this.field = el("input", { type: "text", id: "payload", autocomplete: "off",
      spellcheck: "false", autocapitalize: "off", value: this.word,
      "aria-describedby": "payload-wrong",
      on: { input: () => this.#typed() } });
    this.wrong = el("p", { class: "wrong", id: "payload-wrong", role: "alert", text: t("linkBad"),
      hidden: true });
    this.code = el("img", { class: "qr", width: "168", height: "168", alt: "" });
    this.address = el("code", { class: "address" });
    this.phones = el("select", { id: "link-phone" }, this.town.people()
      .map((person) => el("option", { value: person.id, text: person.name })));
    this.open = el("button", { type: "submit", class: "strong wide", text: t("openLink") });
    const form = el("form", { on: { submit: (event) => {
      event.preventDefault();
      this.town.start(Number(this.phones.value), this.word);
    } } },
    el("label", { for: "payload", text: t("payload") }), this.field, this.wrong,
    el("div", { class: "qr-row" }, this.code, el("div", { class: "qr-side" }, this.address,
      button(t("copy"), () => this.#copy(), { class: "plain" }))),
    el("label", { for: "link-phone", text: t("openOn") }), this.phones, this.open);
    this.#typed();
    return [el("p", { class: "hint", text: t("linkHint") }), form];
  }

  async #copy() {
    await navigator.clipboard.writeText(this.#url());
    this.town.say(t("copied"));
  }

  /** Chooses the phone that will open the link. */
  aim(person) {
    if (this.phones) this.phones.value = String(person);
  }
}
