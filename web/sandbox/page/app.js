/* Opens the page: the bar, the people, their phones, and the line to the server. */

import { api, Trouble } from "./api.js";
import { buildBar } from "./bar.js";
import { Clock } from "./clock.js";
import { DeepLink, payloadIn } from "./deeplink.js";
import { ask, toast } from "./dialogs.js";
import { el, find } from "./dom.js";
import { Faults } from "./faults.js";
import { listen } from "./live.js";
import { recall, remember } from "./memory.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { speak, language, t } from "./texts.js";

const STATE_EVERY = 15000;
let state = null;
let phones = new Map();
let people = null;
let bar = null;

const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");
const initials = (person) => [person.first_name, person.last_name].filter(Boolean)
  .map((word) => word[0]).join("");
const groups = () => state.chats.filter((chat) => ["group", "supergroup"].includes(chat.type)
  && !chat.migrated_to);

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    toast(error.message, { trouble: true });
    return null;
  }
}

const town = {
  username: () => state.bot.username,
  people: () => state.people.map((person) => ({ id: person.id, name: fullName(person) })),
  colourOf: (id) => state.people.find((person) => person.id === id)?.colour ?? null,
  payloadOf: (url) => payloadIn(url, state.bot.username),
  say: (text) => toast(text),
  openLinkPanel(key) {
    link.aim(key);
    bar.unfold(true);
    bar.panels.link.open();
    find("#payload").focus();
  },
  start(person, payload) {
    const phone = phones.get(String(person));
    people.choose(phone);
    return phone.chat.start(payload);
  },
  arrived(phone, fresh) {
    const last = fresh.at(-1);
    find("#news").textContent = t("from", { who: last.from.name, name: phone.owner.name,
      text: last.text || "…" });
    people.arrived(phone, fresh.length);
  },
};

const link = new DeepLink(town);
const faults = new Faults({ attempt });
const clock = new Clock({ attempt, onTick: (unix) => phones.forEach((phone) => phone.tick(unix)) });

function owners() {
  const known = state.people.map((person) => ({ ...person, name: fullName(person),
    letters: initials(person) }));
  const alone = known.map((person) => ({ key: String(person.id), chat: person.id, person: person.id,
    name: person.name, hint: person.hint, colour: person.colour, letters: person.letters,
    language: person.language_code }));
  const together = groups().map((chat) => {
    const speakers = known.filter((person) => chat.members.includes(person.id));
    return { key: String(chat.id), chat: chat.id, person: speakers[0]?.id, name: chat.title,
      hint: "group", colour: "#5b5470", letters: null, language: null, speakers };
  });
  return [...alone, ...together.filter((owner) => owner.speakers.length)];
}

function build() {
  document.documentElement.lang = language();
  document.title = `Quartierbot – ${t("tagline")}`;
  find("#skip").textContent = t("skip");
  bar = buildBar({ clock, faults, link, onLanguage: changeLanguage,
    onTheme: (theme) => remember("theme", theme), onReset: reset });
  phones = new Map(owners().map((owner) => [owner.key, new Phone(owner, town)]));
  people?.leave();
  people = new People([...phones.values()]);
  follow();
  phones.forEach((phone) => phone.chat.load());
}

function follow() {
  clock.set(state.clock);
  faults.set(state.faults);
  bar.listening(state.webhook || state.polling);
  for (const person of state.people) phones.get(String(person.id))?.speaks(person.language_code);
}

const shapeOf = (whole) => JSON.stringify([whole.people.map((person) => [person.id,
  fullName(person)]), whole.chats]);

async function loadState() {
  const before = state && shapeOf(state);
  const loaded = await attempt(api.state);
  if (!loaded) return;
  state = loaded;
  if (before !== shapeOf(state)) build();
  else follow();
}

function changeLanguage(code) {
  speak(code);
  remember("language", code);
  build();
  find(`[data-language="${code}"]`).focus();
}

async function reset() {
  const sure = await ask({ title: t("resetTitle"), text: t("resetText"), yes: t("resetYes"),
    no: t("cancel"), danger: true });
  if (!sure) return;
  await attempt(api.reset);
  await loadState();
  phones.forEach((phone) => phone.chat.load());
}

function changed({ chat, kind }) {
  if (kind === "state") {
    loadState();
    phones.forEach((phone) => phone.chat.load());
    return;
  }
  if (kind === "callback") return;
  phones.forEach((phone) => {
    if (chat === null || phone.owner.chat === chat) phone.chat.load();
  });
}

function online(on) {
  find("#line").hidden = on;
  find("#line").textContent = on ? "" : t("lost");
}

async function open() {
  speak(recall("language"));
  const theme = recall("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  document.body.append(el("div", { class: "toasts page", role: "status" }));
  await loadState();
  if (!state) {
    online(false);
    setTimeout(() => location.reload(), STATE_EVERY / 5);
    return;
  }
  if (link.word) town.openLinkPanel(String(state.people[0].id));
  listen({ onChange: changed, onLost: () => online(false), onBack: () => {
    online(true);
    changed({ kind: "state" });
  } });
  setInterval(() => document.hidden || loadState(), STATE_EVERY);
}

document.addEventListener("pointerdown", (event) => {
  const veil = event.target.id === "bar";
  if (bar && (veil || !event.target.closest("#bar, dialog"))) bar.unfold(false);
});

open();
