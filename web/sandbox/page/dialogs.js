/* Questions, alerts and small notes over a phone or over the whole page. */

import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

function centre(dialog, over) {
  const frame = over?.getBoundingClientRect();
  if (!frame || frame.width === 0) return;
  dialog.classList.add("over-phone");
  dialog.style.setProperty("--x", `${frame.left + frame.width / 2}px`);
  dialog.style.setProperty("--y", `${frame.top + frame.height / 2}px`);
  dialog.style.setProperty("--wide", `${Math.min(frame.width - 36, 420)}px`);
}

/** Asks; resolves to true for `yes`. Without `no` it is an alert. */
export function ask({ title = null, text, yes = t("ok"), no = null, danger = false, over = null }) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "ask", "aria-label": title ?? text });
    const choose = (value) => () => dialog.close(value);
    dialog.append(el("div", { class: "ask-inner" },
      title ? el("h2", { text: title }) : null,
      el("p", { text }),
      el("div", { class: "ask-buttons" },
        no ? button(no, choose("no"), { class: "plain" }) : null,
        button(yes, choose("yes"), { class: danger ? "danger" : "strong" }))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    centre(dialog, over);
    dialog.showModal();
  });
}

/** Shows a picture as large as the window allows. */
export function enlarge(url, alt) {
  const dialog = el("dialog", { class: "lightbox", "aria-label": alt });
  dialog.append(el("img", { src: url, alt }),
    button(t("close"), () => dialog.close(), { icon: icon("close"), class: "round" }));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const READING = 4500;

/** A note that goes away by itself; spoken by screen readers. */
export function toast(text, { over = null, trouble = false } = {}) {
  const shelf = over ? over.querySelector(".toasts") : document.querySelector(".toasts.page");
  const note = el("p", { class: trouble ? "toast trouble" : "toast", text });
  shelf.append(note);
  setTimeout(() => note.remove(), Math.max(READING, text.length * 70));
}
