/* The parts of a message that are not text: photo, voice, document, place, contact. */

import { button, el } from "./dom.js";
import { duration, place, size } from "./format.js";
import { icon, map, waves } from "./icons.js";
import { enlarge } from "./dialogs.js";
import { t } from "./texts.js";

/** A photo that opens large. */
export function photo({ url, width, height }, caption) {
  const alt = caption ? `${t("photo")}: ${caption}` : t("photo");
  const image = el("img", { src: url, alt, width, height, loading: "lazy" });
  const node = button(t("photoOpen"), () => enlarge(url, alt), { icon: image, class: "photo" });
  if (width && height) node.style.setProperty("--shape", `${width} / ${height}`);
  return node;
}

let playing = null;

function show(parts, audio, length) {
  const total = Number.isFinite(audio.duration) ? audio.duration : length;
  const share = total ? Math.min(1, audio.currentTime / total) : 0;
  parts.bar.style.setProperty("--played", `${share * 100}%`);
  parts.time.textContent = duration(audio.paused && share === 0 ? length : audio.currentTime);
  const label = audio.paused ? t("play") : t("pause");
  parts.key.replaceChildren(icon(audio.paused ? "play" : "pause"));
  parts.key.setAttribute("aria-label", label);
  parts.key.title = label;
}

/** A voice message with its player; one plays at a time. */
export function voice({ url, duration: length }, seed) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = url;
  const parts = { time: el("span", { class: "voice-time" }) };
  parts.key = button(t("play"), () => {
    if (!audio.paused) return audio.pause();
    playing?.pause();
    playing = audio;
    return audio.play().catch(() => show(parts, audio, length));
  }, { icon: icon("play"), class: "voice-key" });
  parts.bar = el("span", { class: "voice-bar" }, waves(seed), el("span", { class: "voice-played" },
    waves(seed)));
  for (const event of ["play", "pause", "timeupdate", "ended"]) {
    audio.addEventListener(event, () => {
      if (event === "ended") audio.currentTime = 0;
      show(parts, audio, length);
    });
  }
  show(parts, audio, length);
  return el("div", { class: "voice", role: "group", "aria-label": t("voice") },
    parts.key, parts.bar, parts.time);
}

/** A document to download. */
export function file({ url, name, size: bytes }) {
  return el("a", { class: "document", href: url, download: name,
    "aria-label": t("download", { name }) },
  el("span", { class: "document-sign" }, icon("file")),
  el("span", { class: "document-name" }, el("strong", { text: name }),
    el("small", { text: size(bytes ?? 0) })));
}

/** A place: a drawn card, its coordinates, the way to the real map. */
export function spot({ lat, lon, title = null, address = null }) {
  const link = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`;
  return el("div", { class: "spot" }, map(lat, lon),
    el("div", { class: "spot-words" },
      title ? el("strong", { text: title }) : null,
      address ? el("span", { text: address }) : null,
      el("small", { text: place(lat, lon) }),
      el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, t("onMap"),
        icon("open"))));
}

/** A shared contact. */
export function contact({ name, phone }) {
  return el("div", { class: "contact" }, el("span", { class: "contact-sign" }, icon("person")),
    el("span", { class: "contact-words" }, el("strong", { text: name }),
      el("small", { text: phone })));
}
