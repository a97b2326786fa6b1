/* The second door for message html: the server has made it safe, the page still checks. */

const TAGS = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE",
  "A", "BLOCKQUOTE", "TG-SPOILER", "BR", "SPAN"]);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const KEPT = { A: ["href"], BLOCKQUOTE: ["expandable"], SPAN: ["class"], CODE: ["class"] };

function safeLink(href) {
  try {
    return SCHEMES.has(new URL(href).protocol);
  } catch {
    return false;
  }
}

function clean(node) {
  for (const child of [...node.children]) {
    clean(child);
    if (!TAGS.has(child.tagName)) {
      child.replaceWith(...child.childNodes);
      continue;
    }
    for (const { name } of [...child.attributes]) {
      if (!KEPT[child.tagName]?.includes(name)) child.removeAttribute(name);
    }
    if (child.tagName === "A" && !safeLink(child.getAttribute("href"))) {
      child.replaceWith(...child.childNodes);
    }
  }
}

const COMMAND = /(^|[\s(«])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/g;

function linkCommands(node, onCommand) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.parentElement?.closest("a, code, pre")) continue;
    const pieces = text.data.split(COMMAND);
    if (pieces.length === 1) continue;
    text.replaceWith(...pieces.map((piece, place) => (place % 3 === 2 ? command(piece, onCommand)
      : piece)));
  }
}

function command(text, onCommand) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "command";
  node.textContent = text;
  node.addEventListener("click", () => onCommand(text));
  return node;
}

function wake(box, onLink) {
  for (const link of box.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.addEventListener("click", (event) => {
      if (onLink(link.href)) event.preventDefault();
    });
  }
  for (const hidden of box.querySelectorAll("tg-spoiler, .tg-spoiler, blockquote[expandable]")) {
    hidden.tabIndex = 0;
    hidden.setAttribute("role", "button");
    hidden.setAttribute("aria-expanded", "false");
    const show = () => hidden.setAttribute("aria-expanded",
      String(hidden.getAttribute("aria-expanded") !== "true"));
    hidden.addEventListener("click", show);
    hidden.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        show();
      }
    });
  }
}

/** A message's text as nodes; `onLink(url)` may take a link over, `onCommand` a tapped /command. */
export function rendered(html, { onLink, onCommand = null }) {
  const template = document.createElement("template");
  template.innerHTML = html;
  clean(template.content);
  const box = document.createElement("div");
  box.className = "text";
  box.dir = "auto";
  box.append(template.content);
  if (onCommand) linkCommands(box, onCommand);
  wake(box, onLink);
  return box;
}
