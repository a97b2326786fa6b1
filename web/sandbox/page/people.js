/* The row of people: brings a phone into view, shows who has something new. */

import { el, find } from "./dom.js";
import { house } from "./icons.js";
import { recall, remember } from "./memory.js";
import { t } from "./texts.js";

const NARROW = matchMedia("(max-width: 679px), (max-height: 480px)");

export class People {
  constructor(phones) {
    this.phones = phones;
    this.keys = new Map(phones.map((phone) => [phone, this.#key(phone)]));
    find("#people").replaceChildren(el("div", { class: "people-row" }, ...this.keys.values()));
    find("#people").setAttribute("aria-label", t("people"));
    find("#stage").replaceChildren(...phones.map((phone) => phone.node));
    this.narrowed = () => this.choose(this.current);
    NARROW.addEventListener("change", this.narrowed);
    this.eye = new IntersectionObserver((seen) => this.#seen(seen),
      { root: find("#stage"), threshold: 0.6 });
    phones.forEach((phone) => this.eye.observe(phone.node));
    const last = recall("phone");
    this.choose(phones.find((phone) => phone.owner.key === last) ?? phones[0], { scroll: false });
  }

  /** Stops watching, before another row takes over. */
  leave() {
    NARROW.removeEventListener("change", this.narrowed);
    this.eye.disconnect();
  }

  #key(phone) {
    const { owner } = phone;
    const first = phone.isGroup ? t("group") : owner.name.split(" ")[0];
    return el("button", { type: "button", class: "person-key", "data-person": owner.key,
      "aria-label": owner.name, title: owner.name, vars: { "--person": owner.colour },
      on: { click: () => this.choose(phone) } },
    house(owner.colour, owner.letters), el("span", { class: "person-name", text: first }),
    el("span", { class: "dot", hidden: true }));
  }

  /** Brings this phone into view; on a small screen it takes the place of the other. */
  choose(phone, { scroll = true } = {}) {
    this.current = phone;
    remember("phone", phone.owner.key);
    for (const other of this.phones) {
      other.node.classList.toggle("away", NARROW.matches && other !== phone);
    }
    if (scroll && !NARROW.matches) {
      phone.node.scrollIntoView({ inline: "nearest", block: "nearest" });
    }
    if (phone.thread.stuck) phone.thread.toEnd();
    this.#mark();
  }

  #seen(seen) {
    for (const { target, isIntersecting } of seen) {
      const phone = this.phones.find((other) => other.node === target);
      phone.inView = isIntersecting;
      if (isIntersecting) phone.unread = 0;
    }
    this.#mark();
  }

  /** Counts what came to a phone nobody sees. */
  arrived(phone, count) {
    if (phone.inView) return;
    phone.unread += count;
    this.#mark();
  }

  #mark() {
    for (const [phone, key] of this.keys) {
      const { name } = phone.owner;
      key.querySelector(".dot").hidden = phone.unread === 0;
      key.setAttribute("aria-label", phone.unread
        ? t("unread", { name, count: phone.unread }) : name);
      const shown = NARROW.matches ? phone === this.current : phone.inView;
      key.classList.toggle("shown", shown);
      if (phone === this.current) key.setAttribute("aria-current", "true");
      else key.removeAttribute("aria-current");
    }
  }
}
