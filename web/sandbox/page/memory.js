/* Remembers choices of this browser; without storage the page works all the same. */

const PREFIX = "quartierbot-sandbox-";

/** What was remembered under this name, or null. */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Remembers a value under this name. */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    /* Private windows may refuse; the choice then lasts until the page is closed. */
  }
}
