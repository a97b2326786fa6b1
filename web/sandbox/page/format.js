/* Says dates, sizes and durations in the language of the page. The town's clock is Zurich's. */

import { language } from "./texts.js";

const ZONE = "Europe/Zurich";
const LOCALES = { fr: "fr-CH", de: "de-CH", en: "en-GB" };

function say(unix, options) {
  const said = new Intl.DateTimeFormat(LOCALES[language()], { timeZone: ZONE, ...options })
    .format(new Date(unix * 1000));
  return language() === "fr" ? said.replace(", ", " ") : said;
}

/** "14:30" */
export const hour = (unix) => say(unix, { hour: "2-digit", minute: "2-digit" });

/** "Monday 24 November" */
export const day = (unix) => say(unix, { weekday: "long", day: "numeric", month: "long" });

/** "Mon 24 Nov, 14:30" */
export const brief = (unix) => `${say(unix, { weekday: "short", day: "numeric", month: "short" })}`
  + ` · ${hour(unix)}`;

/** "Monday 24 November 2025, 14:30" */
export const spelled = (unix) => `${say(unix, { weekday: "long", day: "numeric", month: "long",
  year: "numeric" })}, ${hour(unix)}`;

/** "3:07" */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "18 kB" */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "47.13680, 7.24680" */
export const place = (lat, lon) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** The calendar day of a moment in the town, as YYYY-MM-DD. */
export function calendar(unix) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric",
    month: "2-digit", day: "2-digit" }).formatToParts(new Date(unix * 1000));
  const part = (type) => parts.find((entry) => entry.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The Monday after this moment, 09:00 in the town, as local ISO time. */
export function nextMonday(unix) {
  const date = new Date(`${calendar(unix)}T12:00:00Z`);
  const wait = (8 - date.getUTCDay()) % 7 || 7;
  date.setUTCDate(date.getUTCDate() + wait);
  return `${date.toISOString().slice(0, 10)}T09:00`;
}
