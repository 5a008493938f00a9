// Names over the map, written by the browser: no fonts have to be sent. The widest areas come first; what would overlap waits.
import { theMap } from "/map/canvas.js";
import { byId, h } from "/map/dom.js";
import { place as placeName } from "/map/words.js";

let sets = [];
const made = new Map();

// Sets from the most important: each with names, places and the zooms in which it is written.
export function write(next) {
  sets = next;
  for (const element of made.values()) element.remove();
  made.clear();
  place();
}

function element(key, text, kind) {
  if (!made.has(key)) {
    const made_ = h("span", { class: kind }, text);
    byId("labels").append(made_);
    made.set(key, made_);
  }
  return made.get(key);
}

export function place() {
  const map = theMap();
  if (!map) return;
  const zoom = map.getZoom();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const taken = [];
  const shown = new Set();
  for (const { name, index, from, to, kind, most } of sets) {
    if (zoom < from || zoom >= to) continue;
    let count = 0;
    for (const k of index.order ?? (index.order = index.ids.map((_, k) => k).sort((a, b) => index.km2[b] - index.km2[a]))) {
      if (count >= most) break;
      const { x, y } = map.project([index.lon[k], index.lat[k]]);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const text = placeName(index.names[k]);
      // How wide the text is, near enough: measuring would make the browser lay out the page.
      const size = kind === "major" ? 13 : 11.5;
      const lines = fold(text);
      const half = (Math.max(...lines.map((line) => line.length)) * size * 0.56) / 2 + 4;
      const tall = (lines.length * size * 1.15) / 2 + 3;
      // Names are for areas that have room for them.
      const box = index.boxes[k];
      const across = Math.abs(map.project([box[2], box[1]]).x - map.project([box[0], box[1]]).x);
      if (across < half * (kind === "major" ? 0.9 : 1.7)) continue;
      const rect = [x - half, y - tall, x + half, y + tall];
      if (taken.some((other) => rect[0] < other[2] && rect[2] > other[0] && rect[1] < other[3] && rect[3] > other[1])) continue;
      taken.push(rect);
      count++;
      const key = name + index.ids[k];
      shown.add(key);
      element(key, lines.join("\n"), kind).style.transform = `translate(-50%, -50%) translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }
  for (const [key, element_] of made) element_.hidden = !shown.has(key);
}

function fold(text) {
  if (text.length < 15) return [text];
  const words = text.split(" ");
  let best = [text];
  for (let k = 1; k < words.length; k++) {
    const pair = [words.slice(0, k).join(" "), words.slice(k).join(" ")];
    if (best.length === 1 || Math.max(...pair.map((one) => one.length)) < Math.max(...best.map((one) => one.length))) best = pair;
  }
  return best;
}
