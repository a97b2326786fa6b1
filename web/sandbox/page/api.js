/* Speaks to the sandbox server. Every failure comes back as a Trouble with plain words. */

import { t } from "./texts.js";

/** Something the person at the page should read. */
export class Trouble extends Error {}

async function read(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Trouble(t("troubleOffline"));
  }
  const answer = await read(response);
  if (response.ok) return answer;
  throw new Trouble(answer.error ? t("troubleSaid", { error: answer.error }) : t("troubleServer"));
}

const phone = (person, action) => `/sandbox/phones/${person}/${action}`;

export const api = {
  state: () => call("GET", "/sandbox/state"),
  chat: (person, chat) => call("GET", phone(person, `chats/${chat}`)),
  send: (person, body) => call("POST", phone(person, "send"), body),
  edit: (person, body) => call("POST", phone(person, "edit"), body),
  press: (person, body) => call("POST", phone(person, "press"), body),
  vote: (person, body) => call("POST", phone(person, "vote"), body),
  start: (person, payload) => call("POST", phone(person, "start"), payload ? { payload } : {}),
  block: (person, blocked) => call("POST", phone(person, "block"), { blocked }),
  language: (person, code) => call("POST", phone(person, "language"), { language_code: code }),
  members: (chat, body) => call("POST", `/sandbox/chats/${chat}/members`, body),
  clock: (body) => call("POST", "/sandbox/clock", body),
  faults: (body) => call("POST", "/sandbox/faults", body),
  reset: () => call("POST", "/sandbox/reset", {}),
};
