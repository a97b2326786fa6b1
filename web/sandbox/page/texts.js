/* What the page itself says, in three languages. The chats speak through the server. */

import DE from "./texts-de.js";
import EN from "./texts-en.js";
import FR from "./texts-fr.js";

const ALL = { fr: FR, de: DE, en: EN };

/** The languages of the page, in the order of its switch. */
export const CHROME_LANGUAGES = ["fr", "de", "en"];

/** The languages a person's phone can speak, each by its own name. */
export const PHONE_LANGUAGES = {
  fr: "Français", de: "Deutsch", en: "English", it: "Italiano", pt: "Português", es: "Español",
  sq: "Shqip", tr: "Türkçe", ar: "العربية", ti: "ትግርኛ", uk: "Українська",
};

function guess() {
  const own = navigator.languages.map((code) => code.slice(0, 2));
  return own.find((code) => code in ALL) ?? "en";
}

let current = guess();

/** The language the page speaks now. */
export const language = () => current;

/** Makes the page speak `code` from the next text on. */
export function speak(code) {
  current = code in ALL ? code : guess();
}

/** The text of that name, with its {fields} filled. */
export function t(name, fields = {}) {
  return ALL[current][name].replace(/\{(\w+)\}/g, (whole, key) => fields[key] ?? whole);
}
