/* Where a person writes: text, attachments, commands, a reply or a correction. */

import { button, el, refill } from "./dom.js";
import { icon } from "./icons.js";
import { disclose, row } from "./menu.js";
import { t } from "./texts.js";

const LARGEST = 10 * 1024 * 1024;

function bytesOf(picked) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(picked);
  });
}

export class Composer {
  /** `hands`: say(text), attach(kind, file|null), commands(), correct(id, text), trouble(text). */
  constructor(name, hands, keysToggle) {
    this.hands = hands;
    this.about = null;
    this.field = el("textarea", { rows: "1", "aria-label": t("composerOf", { name }),
      placeholder: t("write"), enterkeyhint: "send", maxlength: "4096",
      on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) } });
    this.sendKey = button(t("send"), () => this.#send(), { icon: icon("send"),
      class: "tool send" });
    this.attachKey = button(t("attach"), () => {}, { icon: icon("attach"), class: "tool" });
    this.slashKey = button(t("commands"), () => {}, { icon: icon("slash"), class: "tool" });
    this.attachMenu = el("div", { class: "menu rise", role: "group", "aria-label": t("attach") });
    this.slashMenu = el("div", { class: "menu rise", role: "group", "aria-label": t("commands") });
    this.banner = el("div", { class: "about", hidden: true });
    this.picker = el("input", { type: "file", hidden: true, tabindex: "-1", "aria-hidden": "true",
      on: { change: () => this.#picked() } });
    this.node = el("div", { class: "composer" }, this.banner, this.attachMenu, this.slashMenu,
      el("div", { class: "writing" }, this.attachKey, this.field, this.slashKey, keysToggle,
        this.sendKey), this.picker);
    disclose(this.attachKey, this.attachMenu, (close) => this.#fillAttach(close));
    this.slash = disclose(this.slashKey, this.slashMenu, () => this.#fillCommands(""));
    this.#typed();
  }

  /** The hint in the empty field. */
  set placeholder(text) {
    this.field.placeholder = text ?? t("write");
  }

  /** Answers a message, or corrects one's own. */
  refer(view, kind, { focus = true } = {}) {
    this.about = { view, kind };
    const title = kind === "edit" ? t("editing") : `${t("replying")} ${view.from.name}`;
    refill(this.banner, icon(kind), el("span", {}, el("strong", { text: title }),
      el("small", { text: view.text || "…" })),
    button(t("cancelEdit"), () => this.#forget(), { icon: icon("close"), class: "tool" }));
    this.banner.hidden = false;
    if (kind === "edit") this.field.value = view.text;
    this.#typed();
    if (focus) this.field.focus();
  }

  #forget() {
    if (this.about?.kind === "edit") this.field.value = "";
    this.about = null;
    this.banner.hidden = true;
    this.#typed();
    this.field.focus();
  }

  #typed() {
    const text = this.field.value;
    this.node.classList.toggle("filled", text.trim() !== "");
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 132)}px`;
    if (/^\/\w*$/.test(text)) {
      if (this.slashMenu.hidden) this.slash.open();
      this.#fillCommands(text.slice(1));
    } else if (!this.slashMenu.hidden) this.slash.close();
  }

  #pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.slashMenu.hidden) {
      event.preventDefault();
      [...this.slashMenu.querySelectorAll("button")].at(-1)?.focus();
    }
  }

  #send() {
    const text = this.field.value.trim();
    if (!text) return;
    const { about } = this;
    this.field.value = "";
    this.#forget();
    if (about?.kind === "edit") this.hands.correct(about.view.id, text);
    else this.hands.say(text, about?.view.id ?? null);
  }

  #fillCommands(start) {
    const all = this.hands.commands();
    const found = all.filter((entry) => entry.command.startsWith(start.toLowerCase()));
    const rows = found.map(({ command, description }) => row(null, `/${command}`, () => {
      this.slash.close();
      this.field.value = "";
      this.#typed();
      this.hands.say(`/${command}`, null);
      this.field.focus();
    }, description));
    refill(this.slashMenu, ...(rows.length || start ? rows
      : [el("p", { class: "menu-note", text: t("noCommands") })]));
    if (start && rows.length === 0) this.slash.close();
  }

  #fillAttach(close) {
    const choose = (kind) => () => {
      close({ back: true });
      this.hands.attach(kind, null);
    };
    const pick = (kind, accept) => () => {
      close({ back: true });
      this.kind = kind;
      this.picker.accept = accept;
      this.picker.click();
    };
    refill(this.attachMenu,
      row(icon("photo"), t("photoSample"), choose("photo")),
      row(icon("upload"), t("photoFile"), pick("photo", "image/*")),
      row(icon("voice"), t("voiceSample"), choose("voice")),
      row(icon("file"), t("documentFile"), pick("document", "")),
      row(icon("pin"), t("location"), choose("location")),
      row(icon("person"), t("contact"), choose("contact")));
  }

  async #picked() {
    const [picked] = this.picker.files;
    this.picker.value = "";
    if (!picked) return;
    if (picked.size > LARGEST) {
      this.hands.trouble(t("tooBig"));
      return;
    }
    this.hands.attach(this.kind, { base64: await bytesOf(picked), name: picked.name,
      mime: picked.type || "application/octet-stream" });
  }
}
