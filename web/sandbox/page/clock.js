/* The clock panel: says the sandbox's time and moves it. */

import { api } from "./api.js";
import { button, el } from "./dom.js";
import { brief, nextMonday, spelled } from "./format.js";
import { t } from "./texts.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const TICK = 1000;

export class Clock {
  /** `attempt(action)` runs an action and says its trouble; `onTick(unix)` each new minute. */
  constructor({ attempt, onTick }) {
    this.attempt = attempt;
    this.onTick = onTick;
    this.skew = 0;
    this.minute = null;
    setInterval(() => this.#tick(), TICK);
  }

  /** The seconds since 1970 in the sandbox. */
  get now() {
    return Math.round(Date.now() / 1000 + this.skew);
  }

  /** Takes the server's clock over. */
  set({ now, offset_seconds: offset }) {
    this.skew = now - Date.now() / 1000;
    this.moved = Math.abs(offset) > 1;
    this.minute = null;
    this.#tick();
  }

  #tick() {
    const minute = Math.floor(this.now / 60);
    if (minute === this.minute) return;
    this.minute = minute;
    if (this.short) this.short.textContent = brief(this.now);
    if (this.long) this.long.textContent = spelled(this.now);
    this.trigger?.classList.toggle("active", Boolean(this.moved));
    if (this.back) this.back.disabled = !this.moved;
    this.onTick(this.now);
  }

  #move(label, body) {
    return button(label, () => this.attempt(async () => this.set(await api.clock(body()))),
      { class: "plain" });
  }

  /** The text of the panel's button. */
  face(trigger) {
    this.trigger = trigger;
    this.short = el("span", { class: "trigger-text" });
    this.minute = null;
    return this.short;
  }

  /** The panel's contents. */
  panel() {
    this.long = el("p", { class: "clock-face", role: "status" });
    this.back = this.#move(t("backNow"), () => ({ offset_seconds: 0 }));
    this.back.className = "strong wide";
    this.minute = null;
    return [el("p", { class: "hint", text: t("clockHint") }), this.long,
      el("div", { class: "pairs" },
        this.#move(t("hourMore"), () => ({ advance_seconds: HOUR })),
        this.#move(t("dayMore"), () => ({ advance_seconds: DAY })),
        this.#move(t("weekMore"), () => ({ advance_seconds: 7 * DAY })),
        this.#move(t("monday"), () => ({ now: nextMonday(this.now) }))),
      this.back];
  }
}
