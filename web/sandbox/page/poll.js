/* A poll in a message: choose, see the result, take the vote back. */

import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./texts.js";

const amount = (total) => (total === 1 ? t("vote1") : t("votes", { count: total }));

function kind(poll) {
  const words = [poll.type === "quiz" ? t("quiz") : t("poll"),
    poll.anonymous ? t("anonymous") : t("public")];
  if (poll.multiple) words.push(t("several"));
  if (poll.closed) words.push(t("closedPoll"));
  return words.join(" · ");
}

function result(option, total) {
  const share = total ? Math.round((option.count / total) * 100) : 0;
  const look = option.chosen ? "result chosen" : "result";
  return el("li", { class: look, vars: { "--share": `${share}%` } },
    el("span", { class: "result-words" },
      el("span", { class: "result-name", text: option.text }),
      option.chosen ? icon("check") : null,
      el("span", { class: "result-share", text: `${share}%` })),
    el("span", { class: "result-bar" }));
}

function single(poll, vote) {
  return poll.options.map((option, index) => el("li", {}, button(option.text,
    () => vote([index]), { class: "choice" })));
}

function multiple(poll, vote) {
  const chosen = new Set();
  const cast = button(t("vote"), () => vote([...chosen].sort()),
    { class: "strong", disabled: true });
  const rows = poll.options.map((option, index) => {
    const key = button(option.text, () => {
      if (!chosen.delete(index)) chosen.add(index);
      key.setAttribute("aria-pressed", String(chosen.has(index)));
      cast.disabled = chosen.size === 0;
    }, { class: "choice", "aria-pressed": "false" });
    return el("li", {}, key);
  });
  return [...rows, el("li", {}, cast)];
}

/** The poll; `vote(indexes)` casts, an empty list takes back. */
export function pollCard(poll, vote) {
  const done = poll.closed || poll.options.some((option) => option.chosen);
  const rows = done ? poll.options.map((option) => result(option, poll.total))
    : (poll.multiple ? multiple : single)(poll, vote);
  return el("div", { class: "poll" },
    el("strong", { class: "poll-question", text: poll.question }),
    el("small", { text: kind(poll) }),
    el("ul", { class: "poll-rows" }, rows),
    el("div", { class: "poll-foot" }, el("small", { text: amount(poll.total) }),
      done && !poll.closed && poll.type !== "quiz"
        ? button(t("retract"), () => vote([]), { class: "quiet" }) : null));
}
