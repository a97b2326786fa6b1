/* One message in a chat. It changes in place: only the part that differs is drawn anew. */

import { button, el, refill } from "./dom.js";
import { hour, spelled } from "./format.js";
import { house, icon, mark } from "./icons.js";
import { contact, file, photo, spot, voice } from "./media.js";
import { pollCard } from "./poll.js";
import { rendered } from "./safe.js";
import { t } from "./texts.js";

const letters = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");

function media(view) {
  if (view.photo) return photo(view.photo, view.text);
  if (view.voice) return voice(view.voice, view.id);
  if (view.document) return file(view.document);
  if (view.venue) return spot(view.venue);
  if (view.location) return spot(view.location);
  if (view.contact) return contact(view.contact);
  return null;
}

function quote(reply) {
  return el("div", { class: "quote", text: reply.text || "…" });
}

const STYLES = new Set(["primary", "success", "danger"]);

function inlineKey(entry, view, hands) {
  const look = STYLES.has(entry.style) ? `inline-key ${entry.style}` : "inline-key";
  if (entry.url) {
    const link = el("a", { class: look, href: entry.url, target: "_blank",
      rel: "noopener noreferrer" }, el("span", { text: entry.text }), icon("open"));
    link.addEventListener("click", (event) => {
      if (hands.onLink(entry.url)) event.preventDefault();
    });
    return link;
  }
  const key = el("button", { type: "button", class: look }, el("span", { text: entry.text }));
  key.addEventListener("click", async () => {
    if (key.getAttribute("aria-busy") === "true") return;
    key.setAttribute("aria-busy", "true");
    await hands.press(view, entry);
    key.removeAttribute("aria-busy");
  });
  return key;
}

function inlineRows(rows, view, hands) {
  return rows.map((row) => el("div", { class: "inline-row" },
    row.map((entry) => inlineKey(entry, view, hands))));
}

function meta(view) {
  return [view.edit_date ? el("span", { text: t("edited") }) : null,
    el("time", { datetime: new Date(view.date * 1000).toISOString(), title: spelled(view.date),
      text: hour(view.date) })];
}

function tools(view, hands) {
  const rows = [button(t("reply"), () => hands.reply(view),
    { icon: icon("reply"), tabindex: "-1" })];
  if (view.mine && view.text && !view.photo && !view.document && !view.voice) {
    rows.push(button(t("edit"), () => hands.edit(view), { icon: icon("edit"), tabindex: "-1" }));
  }
  return rows;
}

/** A service line in the page's language; the server gives its kind and the names in it. */
function serviceLine(service) {
  const names = (service.names ?? []).join(", ");
  return t(`service${service.kind[0].toUpperCase()}${service.kind.slice(1)}`, { names });
}

const SLOTS = {
  sender: [(view) => view.from.name, (view) => [el("strong", { text: view.from.name })],
    (view, hands) => hands.group && !view.mine],
  forward: [(view) => view.forwarded_from,
    (view) => [el("small", { text: t("forwarded", { name: view.forwarded_from }) })],
    (view) => view.forwarded_from],
  reply: [(view) => view.reply_to, (view) => [quote(view.reply_to)], (view) => view.reply_to],
  media: [(view) => [view.photo, view.voice, view.document, view.venue, view.location,
    view.contact],
    (view) => [media(view)], (view) => media(view)],
  poll: [(view) => view.poll, (view, hands) => [pollCard(view.poll,
    (options) => hands.vote(view, options))], (view) => view.poll],
  words: [(view) => view.html, (view, hands) => [rendered(view.html,
    { onLink: hands.onLink, onCommand: view.from.bot ? hands.onCommand : null })],
  (view) => view.html],
  meta: [(view) => [view.date, view.edit_date], (view) => meta(view), () => true],
};

/** A message's place in the list. `hands` are what its buttons do. */
export class Message {
  constructor(view, hands) {
    this.hands = hands;
    this.drawn = new Map();
    this.node = el("li", { class: "message", "data-id": view.id, tabindex: "-1" });
    if (view.service) this.node.classList.add("service");
    else this.#frame(view);
    this.update(view);
  }

  #frame(view) {
    this.node.classList.add(view.mine ? "mine" : "theirs", view.from.bot ? "of-bot" : "of-person");
    this.slots = Object.fromEntries(Object.keys(SLOTS).map((name) => [name,
      el("div", { class: `slot ${name}`, hidden: true })]));
    this.inline = el("div", { class: "inline", hidden: true });
    this.tools = el("div", { class: "message-tools" });
    this.bubble = el("div", { class: "bubble" }, Object.values(this.slots), this.tools);
    const colour = this.hands.colourOf(view.from.id);
    const face = this.hands.group && !view.mine
      ? el("span", { class: "face", "aria-hidden": "true" },
        view.from.bot ? mark() : house(colour, letters(view.from.name))) : null;
    const column = el("div", { class: "column" }, this.bubble, this.inline);
    this.node.append(...[face, column].filter(Boolean));
    this.#offerTools();
  }

  /** Tools wait out of the way of Tab; the arrow keys, the pointer or a tap bring them. */
  #offerTools() {
    const reachable = (on) => () => {
      for (const tool of this.tools.children) tool.tabIndex = on ? 0 : -1;
    };
    this.node.addEventListener("focusin", reachable(true));
    this.node.addEventListener("focusout", reachable(false));
    this.bubble.addEventListener("pointerup", (event) => {
      const busy = event.target.closest("button, a, [role=button]");
      if (event.pointerType === "touch" && !busy) this.node.classList.toggle("touched");
    });
  }

  /** Shows this newer state of the message. */
  update(view) {
    if (view.service) {
      if (this.#changed("service", view.service)) {
        refill(this.node, el("span", { text: serviceLine(view.service) }));
      }
      return;
    }
    for (const [name, [signature, draw, present]] of Object.entries(SLOTS)) {
      this.#slot(name, present(view, this.hands) ? signature(view) : null,
        () => draw(view, this.hands));
    }
    if (this.#changed("inline", [view.inline, view.id])) {
      this.inline.hidden = !view.inline?.length;
      refill(this.inline, ...inlineRows(view.inline ?? [], view, this.hands));
    }
    if (this.#changed("tools", [view.mine, view.text])) {
      refill(this.tools, ...tools(view, this.hands));
    }
    this.node.classList.toggle("bare", Boolean(view.photo && !view.html));
  }

  #slot(name, signature, draw) {
    if (!this.#changed(name, signature)) return;
    this.slots[name].hidden = signature === null;
    refill(this.slots[name], ...(signature === null ? [] : draw()));
  }

  #changed(name, value) {
    const signature = JSON.stringify(value ?? null);
    if (this.drawn.get(name) === signature) return false;
    this.drawn.set(name, signature);
    return true;
  }
}
