/* The page's own drawings: line icons, the mark, a house for every person, a small map. */

const NS = "http://www.w3.org/2000/svg";

const LINES = {
  send: ["M4.5 12 20 4.5 15.5 20l-4-6.5z", "M11.5 13.5 20 4.5"],
  attach: ["M12 5v14", "M5 12h14"],
  slash: ["M15.5 5 8.5 19"],
  keys: ["M3.5 7h17v10h-17z", "M7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14h8"],
  more: ["M12 5.5h.01M12 12h.01M12 18.5h.01"],
  photo: ["M4 6.5h16v12H4z", "m4.5 16 4.5-4.5 4 4 3-2.5 3.5 3", "M15.5 9.5h.01"],
  upload: ["M12 16V5", "m7.5 9 4.5-4.5L16.5 9", "M5 19.5h14"],
  voice: ["M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4z",
    "M6.5 11.5a5.5 5.5 0 0 0 11 0", "M12 17v3"],
  file: ["M7 3.5h7l4 4v13H7z", "M14 3.5v4h4"],
  pin: ["M12 20.5s6-5.6 6-10.5a6 6 0 0 0-12 0c0 4.9 6 10.5 6 10.5z", "M12 10h.01"],
  person: ["M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M5 20c.6-4 3.2-6 7-6s6.4 2 7 6"],
  clock: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M12 7.5V12l3 2"],
  faults: ["M12 4 2.8 19.5h18.4z", "M12 10v4", "M12 16.8h.01"],
  qr: ["M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z", "M14 14h2v2h-2zM18.5 14H20M14 19.5V20M18 18h2v2"],
  moon: ["M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"],
  sun: ["M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
    "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4",
    "M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"],
  reset: ["M5 5.5v5h5", "M5.5 10.5A7.5 7.5 0 1 1 4.8 14"],
  close: ["M6 6l12 12M18 6 6 18"],
  down: ["m6 9.5 6 6 6-6"],
  reply: ["M10 6 4.5 11.5 10 17", "M5 11.5h8c4 0 6 2 6.5 6"],
  edit: ["M5 19l.8-3.8L15.5 5.5l3 3L8.8 18.2z"],
  play: ["M8 5.5v13l10.5-6.5z"],
  pause: ["M8.5 6v12M15.5 6v12"],
  block: ["M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "m6.2 6.2 11.6 11.6"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  menu: ["M4 7h16M4 12h16M4 17h16"],
  open: ["M14 4.5h5.5V10", "M19 5l-8 8", "M17.5 14v5.5h-13v-13H10"],
  copy: ["M8.5 8.5h11v11h-11z", "M15.5 8.5v-4h-11v11h4"],
};

function shape(tag, attributes, parent) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  parent?.append(node);
  return node;
}

function canvas(viewBox, className) {
  return shape("svg", { viewBox, class: className, "aria-hidden": "true", focusable: "false" });
}

/** A line icon by name. */
export function icon(name) {
  const svg = canvas("0 0 24 24", `icon icon-${name}`);
  for (const d of LINES[name]) shape("path", { d }, svg);
  return svg;
}

const HOUSE = "M20.9 3.4a3 3 0 0 1 3.8 0l15.2 12.2A4.5 4.5 0 0 1 41.6 19v18a5 5 0 0 1-5 5H9"
  + "a5 5 0 0 1-5-5V19a4.5 4.5 0 0 1 1.7-3.4z";

/** The mark: a house that speaks. */
export function mark() {
  const svg = canvas("0 0 46 46", "mark");
  shape("path", { d: HOUSE, class: "mark-house" }, svg);
  shape("path", { d: "M14.5 20h17a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H23l-5 4.5V32h-3.5a3 3 0 0 1-3-3v-6"
    + "a3 3 0 0 1 3-3z", class: "mark-bubble" }, svg);
  for (const cx of [18, 23, 28]) shape("circle", { cx, cy: 26, r: 1.7, class: "mark-dot" }, svg);
  return svg;
}

function luminance(colour) {
  const digits = /^#?([0-9a-f]{6})$/i.exec(colour ?? "")?.[1] ?? "4a5a5c";
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** A person's house: their colour, their first letters; a cup for the group. */
export function house(colour, letters) {
  const svg = canvas("0 0 46 46", "house");
  const paint = luminance(colour) > 0.36 ? "#14211f" : "#ffffff";
  shape("path", { d: HOUSE, fill: colour ?? "#4a5a5c" }, svg);
  if (letters) {
    const text = shape("text", { x: 22.8, y: 32, fill: paint, "text-anchor": "middle" }, svg);
    text.textContent = letters;
    return svg;
  }
  const cup = shape("g", { fill: "none", stroke: paint, "stroke-width": 2.4,
    "stroke-linecap": "round", "stroke-linejoin": "round" }, svg);
  shape("path", { d: "M14 23h14v6a6 6 0 0 1-6 6h-2a6 6 0 0 1-6-6z" }, cup);
  shape("path", { d: "M28 24.5h2a2.8 2.8 0 0 1 0 5.6h-2M18.5 19v-3M23.5 19v-3" }, cup);
  return svg;
}

function sequence(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function blocks(svg, random) {
  for (let row = 0; row < 4; row += 1) {
    let x = -20 + random() * 14;
    while (x < 320) {
      const width = 26 + random() * 44;
      const green = random() < 0.16;
      shape("rect", { x: x.toFixed(1), y: 4 + row * 38, width: width.toFixed(1), height: 28,
        rx: 4, class: green ? "map-park" : "map-block" }, svg);
      x += width + 9;
    }
  }
}

/** A small map-like drawing, always the same for the same place. It shows no real street. */
export function map(lat, lon) {
  const svg = canvas("0 0 300 150", "map");
  svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
  const random = sequence(Math.round(lat * 1e4) * 31 + Math.round(lon * 1e4));
  shape("rect", { width: 300, height: 150, class: "map-ground" }, svg);
  const town = shape("g", { transform: `rotate(${(random() * 16 - 8).toFixed(1)} 150 75)` }, svg);
  blocks(town, random);
  const bend = 20 + random() * 90;
  shape("path", { d: `M-10 ${bend} C 80 ${bend - 40} 130 ${bend + 70} 310 ${bend + 20}`,
    class: "map-water" }, svg);
  shape("path", { d: `M${60 + random() * 60} -10 L${170 + random() * 60} 160`,
    class: "map-road" }, svg);
  shape("ellipse", { cx: 150, cy: 92, rx: 13, ry: 4, class: "map-shadow" }, svg);
  shape("path", { d: "M150 92s19-20.5 19-36a19 19 0 0 0-38 0c0 15.5 19 36 19 36z",
    class: "map-pin" }, svg);
  shape("circle", { cx: 150, cy: 56, r: 7, class: "map-eye" }, svg);
  return svg;
}

/** A voice message's waves, always the same for the same message. */
export function waves(seed) {
  const svg = canvas("0 0 120 28", "waves");
  svg.setAttribute("preserveAspectRatio", "none");
  const random = sequence(seed);
  for (let bar = 0; bar < 30; bar += 1) {
    const height = 4 + random() * 9 + 13 * Math.abs(Math.sin(bar / 4.5)) * random();
    shape("rect", { x: bar * 4 + 0.8, y: (14 - height / 2).toFixed(1), width: 2.4,
      height: height.toFixed(1), rx: 1.2 }, svg);
  }
  return svg;
}
