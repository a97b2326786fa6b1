// Keeps the wall up to date, counts the time down, and listens to the keyboard. Without it the page
// shows what hung there when it was opened.
"use strict";

const root = document.documentElement;
const stage = document.getElementById("stage");
const timer = document.querySelector(".timer");
const lost = document.querySelector(".lost");
let ends = 0;
let ahead = 0;

function listen() {
  const live = new EventSource(document.body.dataset.live);
  live.addEventListener("stage", (event) => { stage.innerHTML = event.data; });
  live.addEventListener("clock", (event) => {
    const [now, end] = event.data.split(" ").map(Number);
    ahead = now - Date.now();
    ends = end;
    count();
  });
  live.addEventListener("open", () => { lost.hidden = true; });
  live.addEventListener("error", () => {
    lost.hidden = false;
    // A server that was away answers with an error page: then the browser itself does not try again.
    if (live.readyState === EventSource.CLOSED) { setTimeout(listen, 3000); }
  });
}

function count() {
  timer.hidden = !ends;
  if (!ends) { return; }
  const left = Math.max(0, Math.round((ends - Date.now() - ahead) / 1000));
  timer.querySelector("b").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  timer.classList.toggle("late", left <= 30);
}

function resize(by) {
  const size = Math.max(-1, Math.min(2, Number(root.dataset.size || 0) + by));
  root.dataset.size = String(size);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  const key = event.key.toLowerCase();
  if (key === "f") {
    if (document.fullscreenElement) { document.exitFullscreen(); } else { root.requestFullscreen(); }
  } else if (key === "d") {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  } else if (key === "+" || key === "-") {
    resize(key === "+" ? 1 : -1);
  }
});

listen();
setInterval(count, 250);
