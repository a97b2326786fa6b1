/* The faults panel: what the sandbox's network does wrong, and for how long. */

import { api } from "./api.js";
import { button, el, refill } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

const OFFERED = ["429", "500", "slow", "lost"];
const KNOWN = new Set([...OFFERED, "502html", "403", "badjson", "drop"]);
const SECONDS = { 429: 5, slow: 4 };

function nameOf(kind) {
  return KNOWN.has(kind) ? t(`fault${kind[0].toUpperCase()}${kind.slice(1)}`) : kind;
}

function radios(name, entries, first) {
  return entries.map(([value, label]) => el("label", { class: "radio" },
    el("input", { type: "radio", name, value, checked: value === first }),
    el("span", { text: label })));
}

export class Faults {
  constructor({ attempt }) {
    this.attempt = attempt;
    this.faults = { rules: [], limits: false };
  }

  /** Takes the server's faults over. */
  set(faults) {
    this.faults = { rules: [], limits: false, ...faults };
    this.#draw();
  }

  #save(rules, limits = this.faults.limits) {
    return this.attempt(async () => this.set({ rules, limits,
      ...await api.faults({ rules, limits }) }));
  }

  #add(form) {
    const kind = form.get("kind");
    const rule = { kind, times: form.get("length") === "once" ? 1 : null };
    if (kind in SECONDS) rule.seconds = SECONDS[kind];
    return this.#save([...this.faults.rules, rule]);
  }

  /** The count on the panel's button. */
  face(trigger) {
    this.trigger = trigger;
    this.badge = el("span", { class: "badge", hidden: true });
    return this.badge;
  }

  /** The panel's contents. */
  panel() {
    this.list = el("div", { class: "active-faults" });
    this.limits = el("input", { type: "checkbox", role: "switch",
      on: { change: () => this.#save(this.faults.rules, this.limits.checked) } });
    const form = el("form", { on: { submit: (event) => {
      event.preventDefault();
      this.#add(new FormData(form));
    } } },
    el("fieldset", {}, el("legend", { text: t("faultKind") }),
      el("div", { class: "pairs" },
        radios("kind", OFFERED.map((kind) => [kind, nameOf(kind)]), "429"))),
    el("fieldset", {}, el("legend", { text: t("faultLength") }),
      el("div", { class: "pairs" },
        radios("length", [["once", t("once")], ["always", t("always")]], "once"))),
    el("button", { type: "submit", class: "strong wide", text: t("faultAdd") }));
    const nodes = [el("p", { class: "hint", text: t("faultsHint") }), form, this.list,
      el("label", { class: "switch" }, this.limits, el("span", {},
        el("span", { text: t("limits") }), el("small", { text: t("limitsHint") })))];
    this.#draw();
    return nodes;
  }

  #draw() {
    const { rules, limits } = this.faults;
    if (this.badge) {
      this.badge.hidden = rules.length === 0;
      this.badge.textContent = String(rules.length);
      this.trigger.classList.toggle("active", rules.length > 0);
    }
    if (!this.list) return;
    this.limits.checked = Boolean(limits);
    const rows = rules.map((rule) => this.#rule(rule));
    if (rows.length === 0) rows.push(el("p", { class: "hint", text: t("faultNone") }));
    else rows.push(button(t("faultClear"), () => this.#save([]), { class: "plain wide" }));
    refill(this.list, ...rows);
  }

  #rule(rule) {
    const name = nameOf(rule.kind);
    const length = rule.times === null || rule.times === undefined ? t("always")
      : t("timesLeft", { count: rule.times });
    return el("div", { class: "fault" }, icon("faults"),
      el("span", {}, el("strong", { text: name }), el("small", { text: length })),
      button(t("faultRemove", { name }), () => this.#save(this.faults.rules
        .filter((other) => other !== rule)), { icon: icon("close"), class: "tool" }));
  }
}
