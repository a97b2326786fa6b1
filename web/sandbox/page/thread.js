/* The list of messages of one chat: keeps nodes by message, days apart, the newest in sight. */

import { button, el } from "./dom.js";
import { calendar, day } from "./format.js";
import { icon } from "./icons.js";
import { Message } from "./message.js";
import { t } from "./texts.js";

const NEAR = 56;
const REVEALED = 1600;

/** What is still on its way or could not leave, shown after the messages. */
function waiting(entry, hands) {
  const failed = entry.status === "failed";
  const foot = failed
    ? el("div", { class: "slot meta failed" }, el("span", { text: t("notSent") }),
      button(t("again"), () => hands.again(entry), { class: "quiet" }),
      button(t("drop"), () => hands.drop(entry), { class: "quiet" }))
    : el("div", { class: "slot meta" }, el("span", { class: "sending", text: t("sending") }));
  return el("li", { class: "message mine of-person waiting" }, el("div", { class: "column" },
    el("div", { class: "bubble" }, el("div", { class: "slot words" },
      el("div", { class: "text", dir: "auto", text: entry.label })), foot)));
}

export class Thread {
  constructor(label, hands) {
    this.hands = hands;
    this.messages = new Map();
    this.days = new Map();
    this.stuck = true;
    this.top = 0;
    this.filled = false;
    this.list = el("ol", { class: hands.group ? "list together" : "list", "aria-label": label });
    this.scroller = el("div", { class: "thread", tabindex: "0", role: "region",
      "aria-label": label }, this.list);
    this.newest = button(t("newest"), () => this.toEnd(), { icon: icon("down"),
      class: "newest round", hidden: true });
    this.#watch();
  }

  #watch() {
    this.scroller.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.scroller;
      const near = scrollHeight - scrollTop - clientHeight < NEAR;
      this.stuck = near || (this.stuck && scrollTop >= this.top);
      this.top = scrollTop;
      this.newest.hidden = this.stuck;
      if (this.stuck) this.newest.classList.remove("fresh");
    }, { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.#walk(event));
    const keep = new ResizeObserver(() => this.stuck && this.toEnd());
    keep.observe(this.scroller);
    keep.observe(this.list);
  }

  #walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const { activeElement } = document;
    const held = activeElement?.closest(".message");
    if (!step || (activeElement !== this.scroller && activeElement !== held)) return;
    const nodes = [...this.messages.values()].map((message) => message.node);
    const next = held ? nodes.indexOf(held) + step : nodes.length - 1;
    event.preventDefault();
    nodes[Math.max(0, Math.min(next, nodes.length - 1))]?.focus();
  }

  /** Goes to the newest message. */
  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Brings a message into sight and marks it for a moment. */
  reveal(id) {
    const { node } = this.messages.get(id) ?? {};
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("revealed");
    setTimeout(() => node?.classList.remove("revealed"), REVEALED);
  }

  /** Shows messages, what waits to leave and whether the bot is typing; returns what is new. */
  show(views, pending, typing) {
    const fresh = views.filter((view) => !this.messages.has(view.id));
    const wanted = [];
    let lastDay = null;
    for (const view of views) {
      const date = calendar(view.date);
      if (date !== lastDay) wanted.push(this.#day(date, view.date));
      lastDay = date;
      wanted.push(this.#message(view));
    }
    wanted.push(...pending.map((entry) => this.#waiting(entry)));
    if (typing) wanted.push(this.#typing());
    this.#arrange(wanted, views);
    if (this.stuck) this.toEnd();
    else if (fresh.some((view) => !view.mine)) this.newest.classList.add("fresh");
    this.filled = true;
    return fresh;
  }

  #message(view) {
    const known = this.messages.get(view.id);
    if (known) {
      known.update(view);
      return known.node;
    }
    const message = new Message(view, this.hands);
    if (this.filled && !view.mine) message.node.classList.add("arriving");
    this.messages.set(view.id, message);
    return message.node;
  }

  #day(date, unix) {
    if (!this.days.has(date)) {
      this.days.set(date, el("li", { class: "day" }, el("span", { text: day(unix) })));
    }
    return this.days.get(date);
  }

  #waiting(entry) {
    if (entry.drawn !== entry.status) {
      entry.node = waiting(entry, this.hands);
      entry.drawn = entry.status;
    }
    return entry.node;
  }

  #typing() {
    this.dots ??= el("li", { class: "message theirs typing" }, el("div", { class: "bubble" },
      el("span", { class: "unseen", text: t("typing") }), el("i"), el("i"), el("i")));
    return this.dots;
  }

  #arrange(wanted, views) {
    const ids = new Set(views.map((view) => view.id));
    for (const id of this.messages.keys()) if (!ids.has(id)) this.messages.delete(id);
    const keep = new Set(wanted);
    for (const node of [...this.list.children]) if (!keep.has(node)) node.remove();
    wanted.forEach((node, place) => {
      if (this.list.children[place] !== node) {
        this.list.insertBefore(node, this.list.children[place] ?? null);
      }
    });
  }

  /** Lets go of everything, for another view of the chat. */
  clear() {
    this.messages.clear();
    this.days.clear();
    this.list.replaceChildren();
    this.filled = false;
    this.stuck = true;
  }
}
