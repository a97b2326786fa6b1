/* What a phone knows of its chat and what its owner can do there. It draws nothing. */

import { api, Trouble } from "./api.js";
import { t } from "./texts.js";

/** The place a person shares: made up, in the middle of the town. */
const HERE = { lat: 47.1402, lon: 7.2471 };

const TYPING_LASTS = 5500;

export class Chat {
  /** `onView(view)` after every load, `onTrouble(text)` when something did not work. */
  constructor(person, chat, { onView, onTrouble }) {
    this.person = person;
    this.chat = chat;
    this.onView = onView;
    this.onTrouble = onTrouble;
    this.pending = [];
    this.view = null;
    this.loading = null;
    this.again = false;
  }

  /** Loads the chat; calls while one is on its way are folded into one more. */
  async load() {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.#load();
    await this.loading;
    this.loading = null;
    if (!this.again) return undefined;
    this.again = false;
    return this.load();
  }

  async #load() {
    const { person } = this;
    try {
      const view = await api.chat(person, this.chat);
      if (person !== this.person) return;
      this.view = view;
      this.#settle();
      this.onView(view);
      clearTimeout(this.typingEnds);
      if (view.typing) this.typingEnds = setTimeout(() => this.load(), TYPING_LASTS);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.onTrouble(error.message);
    }
  }

  #settle() {
    const taken = new Set();
    const arrived = (entry) => this.view.messages.find((message) => message.mine
      && !taken.has(message.id)
      && (entry.id ? message.id === entry.id
        : message.id > entry.after && (!entry.body.text || message.text === entry.body.text)));
    this.pending = this.pending.filter((entry) => {
      const message = entry.status === "failed" ? null : arrived(entry);
      if (message) taken.add(message.id);
      return !message;
    });
  }

  #last() {
    return Math.max(0, ...(this.view?.messages ?? []).map((message) => message.id));
  }

  /** Sends; what is sent shows at once as on its way, and stays with "try again" if it fails. */
  async send(body, label) {
    const entry = { body: { chat: this.chat, ...body }, label, status: "sending",
      after: this.#last(), id: null };
    this.pending.push(entry);
    await this.#dispatch(entry);
  }

  async #dispatch(entry) {
    entry.status = "sending";
    this.onView(this.view);
    try {
      const { message_id: id } = await api.send(this.person, entry.body);
      entry.id = id;
      await this.load();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      entry.status = "failed";
      this.onView(this.view);
      this.onTrouble(error.message);
    }
  }

  /** Tries once more to send what failed. */
  retry(entry) {
    entry.after = this.#last();
    return this.#dispatch(entry);
  }

  /** Forgets what failed. */
  discard(entry) {
    this.pending = this.pending.filter((other) => other !== entry);
    this.onView(this.view);
  }

  say(text, replyTo = null) {
    return this.send(replyTo ? { text, reply_to: replyTo } : { text }, text);
  }

  attach(kind, file) {
    if (kind === "location") return this.send({ location: HERE }, t("location"));
    if (kind === "contact") return this.send({ contact: true }, t("contact"));
    if (kind === "voice") return this.send({ voice: file ?? true }, t("voice"));
    if (kind === "photo") return this.send({ photo: file ?? true }, t("photo"));
    return this.send({ document: file }, file.name);
  }

  /** Runs an action of the person; resolves to its answer, or null after saying what went wrong. */
  async act(action) {
    try {
      const answer = await action(this.person);
      this.load();
      return answer;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.onTrouble(error.message);
      return null;
    }
  }

  correct(id, text) {
    return this.act((person) => api.edit(person, { chat: this.chat, message_id: id, text }));
  }

  press(view, entry) {
    return this.act((person) => api.press(person, { chat: this.chat, message_id: view.id,
      data: entry.data }));
  }

  vote(view, options) {
    return this.act((person) => api.vote(person, { chat: this.chat, message_id: view.id,
      options }));
  }

  start(payload = null) {
    return this.act((person) => api.start(person, payload));
  }

  block(blocked) {
    return this.act((person) => api.block(person, blocked));
  }

  speak(code) {
    return this.act((person) => api.language(person, code));
  }

  /** Changes the bot's place in the group. */
  members(body) {
    return this.act(() => api.members(this.chat, body));
  }

  /** Looks at the chat as somebody else (in the group). */
  as(person) {
    this.person = person;
    this.pending = [];
    this.loading = null;
    return this.load();
  }
}
