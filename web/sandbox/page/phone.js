/* One phone: its frame, its head, its chat, its foot. */

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { ask, toast } from "./dialogs.js";
import { button, el, refill } from "./dom.js";
import { hour } from "./format.js";
import { house, icon, mark } from "./icons.js";
import { Keys } from "./keys.js";
import { disclose, row } from "./menu.js";
import { PHONE_LANGUAGES, t } from "./texts.js";
import { Thread } from "./thread.js";

const ROLES = new Set(["resident", "animator", "coordinator", "group"]);
const roleOf = (hint) => (ROLES.has(hint) ? t(hint) : hint ?? "");

export class Phone {
  /** `owner`: {key, chat, person, name, hint, colour, letters, language, speakers?}. */
  constructor(owner, town) {
    this.owner = owner;
    this.town = town;
    this.unread = 0;
    this.inView = false;
    this.chat = new Chat(owner.person, owner.chat, { onView: () => this.draw(),
      onTrouble: (text) => this.note(text, true) });
    this.thread = new Thread(t("messages", { name: owner.name }), this.#hands());
    if (owner.language) this.thread.list.lang = owner.language;
    this.keys = new Keys((entry) => this.#key(entry));
    this.composer = new Composer(owner.name, this.#writing(), this.keys.toggle);
    this.#build();
  }

  get isGroup() {
    return Boolean(this.owner.speakers);
  }

  #hands() {
    return {
      group: this.isGroup,
      colourOf: (id) => this.town.colourOf(id),
      onLink: (url) => this.#link(url),
      onCommand: (text) => this.chat.say(text),
      press: (view, entry) => this.#press(view, entry),
      vote: (view, options) => this.chat.vote(view, options),
      reply: (view) => this.composer.refer(view, "reply"),
      edit: (view) => this.composer.refer(view, "edit"),
      again: (entry) => this.chat.retry(entry),
      drop: (entry) => this.chat.discard(entry),
    };
  }

  #writing() {
    return {
      say: (text, replyTo) => {
        this.thread.stuck = true;
        this.chat.say(text, replyTo);
      },
      attach: (kind, file) => this.#attach(kind, file),
      commands: () => this.chat.view?.commands ?? [],
      correct: (id, text) => this.chat.correct(id, text),
      trouble: (text) => this.note(text, true),
    };
  }

  #build() {
    const { owner } = this;
    this.time = el("span", { class: "status-time" });
    this.startKey = button(t("start"), () => this.chat.start(), { class: "strong start" });
    this.welcome = el("div", { class: "welcome", hidden: true });
    this.pin = button("", () => this.thread.reveal(this.chat.view.pinned),
      { class: "pinned", hidden: true });
    this.barred = el("div", { class: "barred", hidden: true },
      el("p", { text: t("blocked", { name: owner.name }) }),
      button(t("unblock"), () => this.chat.block(false), { class: "strong" }));
    this.writing = el("div", { class: "foot" }, this.isGroup ? this.#speakers() : null,
      this.composer.node, this.keys.node);
    this.screen = el("div", { class: "screen" },
      el("div", { class: "status", "aria-hidden": "true" }, this.time,
        el("span", { class: "status-eye" }), el("span", { class: "status-signs" },
          el("i"), el("i"), el("i"), el("b"))),
      this.#head(),
      this.pin,
      el("div", { class: "middle" }, this.thread.scroller, this.welcome, this.thread.newest,
        el("div", { class: "toasts", role: "status" })),
      this.startKey, this.barred, this.writing);
    this.node = el("article", { class: "phone", "data-phone": owner.key,
      "aria-label": t("phoneOf", { name: owner.name }), vars: { "--person": owner.colour } },
    this.screen);
  }

  #head() {
    const { owner } = this;
    return el("header", { class: "head" }, house(owner.colour, owner.letters),
      el("div", { class: "who" }, el("h2", { text: owner.name }),
        el("p", { text: roleOf(owner.hint) })),
      this.isGroup ? null : this.#language(), this.#more());
  }

  #language() {
    const { owner } = this;
    this.code = el("span", { class: "code", "aria-hidden": "true", text: owner.language });
    const codes = { ...PHONE_LANGUAGES };
    codes[owner.language] ??= owner.language || "–";
    this.languages = el("select", { "aria-label": t("languageOf", { name: owner.name }),
      title: t("languageOf", { name: owner.name }),
      on: { change: (event) => this.chat.speak(event.target.value) } },
    Object.entries(codes).map(([code, name]) => el("option", { value: code, text: name })));
    this.languages.value = owner.language;
    return el("span", { class: "language" }, this.code, icon("down"), this.languages);
  }

  #privateRows(then, close) {
    const blocked = this.chat.view?.blocked;
    return [row(icon("reset"), t("restart"), then(() => this.chat.start())),
      row(icon("qr"), t("scan"), () => {
        close();
        this.town.openLinkPanel(this.owner.key);
      }),
      row(icon(blocked ? "check" : "block"), blocked ? t("unblock") : t("block"),
        then(() => this.chat.block(!blocked)))];
  }

  #groupRows(then) {
    const status = this.chat.view?.bot;
    const rank = status === "administrator";
    const change = (body) => then(() => this.chat.members(body));
    if (status !== "member" && !rank) {
      return [row(icon("attach"), t("botAdd"), change({ bot: true }))];
    }
    return [row(icon("check"), rank ? t("botMember") : t("botAdmin"), change({ bot_admin: !rank })),
      row(icon("block"), t("botRemove"), change({ bot: false }))];
  }

  #more() {
    const key = button(t("menuOf", { name: this.owner.name }), () => {}, { icon: icon("more"),
      class: "tool" });
    const menu = el("div", { class: "menu drop", role: "group",
      "aria-label": t("menuOf", { name: this.owner.name }) });
    disclose(key, menu, (close) => {
      const then = (action) => () => {
        close({ back: true });
        action();
      };
      refill(menu, ...(this.isGroup ? this.#groupRows(then) : this.#privateRows(then, close)));
    });
    return el("span", { class: "more" }, key, menu);
  }

  #speakers() {
    const choose = (person, key) => () => {
      for (const other of strip.querySelectorAll("button")) {
        other.setAttribute("aria-pressed", String(other === key));
      }
      this.thread.clear();
      this.chat.as(person.id);
    };
    const strip = el("div", { class: "speakers", role: "group", "aria-label": t("speakAs") },
      el("span", { class: "speakers-label", text: t("speakAs") }));
    for (const person of this.owner.speakers) {
      const key = button(person.name, () => {}, { icon: house(person.colour, person.letters),
        "aria-pressed": String(person.id === this.owner.person) });
      key.addEventListener("click", choose(person, key));
      strip.append(key);
    }
    return strip;
  }

  #link(url) {
    const payload = this.town.payloadOf(url);
    if (payload === null) return false;
    this.town.start(this.chat.person, payload);
    return true;
  }

  async #press(view, entry) {
    const answer = await this.chat.press(view, entry);
    if (!answer) return;
    if (!answer.answered) this.note(t("noAnswer"), true);
    else if (answer.url) {
      if (!this.#link(answer.url)) window.open(answer.url, "_blank", "noopener");
    } else if (answer.text && answer.alert) await ask({ text: answer.text, over: this.screen });
    else if (answer.text) this.note(answer.text);
  }

  #key(entry) {
    this.thread.stuck = true;
    if (entry.request_location) this.#attach("location", null);
    else if (entry.request_contact) this.#attach("contact", null);
    else this.chat.say(entry.text, this.isGroup ? this.#lastOfBot() : null);
  }

  async #attach(kind, file) {
    if (kind === "location" || kind === "contact") {
      const agreed = await ask({ title: t(`${kind}Title`), yes: t("yes"), no: t("cancel"),
        text: t(`${kind}Text`, { name: this.owner.name }), over: this.screen });
      if (!agreed) return;
    }
    this.thread.stuck = true;
    this.chat.attach(kind, file);
  }

  /** Shows a note over this phone. */
  note(text, trouble = false) {
    toast(text, { over: this.node, trouble });
  }

  /** Draws what the chat holds now and reports new messages to the town. */
  draw() {
    const { view, pending } = this.chat;
    if (!view) return;
    const first = !this.thread.filled;
    const fresh = this.thread.show(view.messages, pending, view.typing)
      .filter((message) => !message.mine && !message.service);
    const empty = view.messages.length === 0 && pending.length === 0;
    const begin = !this.isGroup && !view.started && !view.blocked;
    this.#welcome(empty ? view.description : null);
    this.#pinned(view);
    this.startKey.hidden = !begin;
    this.barred.hidden = !view.blocked;
    this.writing.hidden = begin || view.blocked;
    if (this.keys.show(view.keyboard)) this.#answerTo(this.keys.asks);
    this.composer.placeholder = this.keys.placeholder;
    if (!first && fresh.length) this.town.arrived(this, fresh);
  }

  #pinned(view) {
    const message = view.messages.find((entry) => entry.id === view.pinned);
    this.pin.hidden = !message;
    if (message) {
      refill(this.pin, icon("down"), el("strong", { text: t("pinnedMessage") }),
        el("span", { text: message.text || message.poll?.question || "…" }));
    }
  }

  /** In a group a key answers the bot, or the bot would not see it. */
  #lastOfBot() {
    return this.chat.view.messages.findLast((message) => message.from.bot)?.id ?? null;
  }

  #answerTo(id) {
    const asked = id && this.chat.view.messages.find((message) => message.id === id);
    if (asked) this.composer.refer(asked, "reply", { focus: false });
  }

  #welcome(description) {
    this.welcome.hidden = description === null;
    if (description === null) return;
    refill(this.welcome, mark(), el("strong", { text: this.chat.view.bot_name }),
      el("p", { text: description || t("empty") }));
  }

  /** Follows a change of the person's language. */
  speaks(code) {
    if (!this.languages || this.owner.language === code) return;
    this.owner.language = code;
    this.languages.value = code;
    this.code.textContent = code;
    this.thread.list.lang = code;
  }

  /** Shows the sandbox time in the status line. */
  tick(unix) {
    this.time.textContent = hour(unix);
  }
}
