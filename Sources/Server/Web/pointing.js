// Pointing at areas: by pointer, finger or search.
import * as api from "/map/api.js";
import * as canvas from "/map/canvas.js";
import { byId, h, replace } from "/map/dom.js";
import { mark } from "/map/frame.js";
import { change, view } from "/map/view.js";
import { growth, number, place, say } from "/map/words.js";

export function areaAt(at) {
  const map = canvas.theMap();
  return map.getLayer("areas") ? map.queryRenderedFeatures(at, { layers: ["areas"] })[0]?.properties.area_id : null;
}

let hovered = null;

// After a new picture the same area tells other figures.
export const forget = () => (hovered = null);

export function hover(at, state, result) {
  const tip = byId("tip");
  const key = at && areaAt(at);
  canvas.theMap().getCanvas().style.cursor = key ? "pointer" : "";
  if (key !== hovered) {
    hovered = key;
    mark("hover", key ?? null);
    const row = key && result?.rows?.find((one) => one.id === key);
    const at_ = key ? state.index.ids.indexOf(key) : -1;
    if (key) replace(tip, h("strong", {}, place(row?.name ?? state.index.names[at_] ?? key)), row && h("span", {}, told(row, state)));
  }
  tip.hidden = !key;
  if (!key) return;
  const box = byId("stage").getBoundingClientRect();
  const left = at.x > box.width - 230;
  tip.style.transform = `translate(${at.x + (left ? -14 : 14)}px, ${at.y + 14}px) translateX(${left ? "-100%" : "0"})`;
}

function told(row, state) {
  const now = view();
  if (row.count === null) return say("table.hidden");
  const count = say("incidents", row.count, number(row.count, 0));
  if (now.measure === "change") return row.growth === null ? count : `${growth(row.growth)} · ${number(row.before, 0)} → ${number(row.count, 0)}${row.q > 0.05 ? ` · ${say("table.unsure")}` : ""}`;
  if (now.measure === "count" || row[now.measure] === null) return count;
  return `${number(row[now.measure])} ${say("unit." + now.measure, state.people)} · ${count}`;
}

export function picked(hit) {
  const level = hit.level;
  const map = canvas.theMap();
  // As if whoever searched had moved it.
  map?.fitBounds(hit.box, { padding: 80, maxZoom: 14, duration: 500 }, { originalEvent: true });
  const area = `${level}:${hit.area_id}`;
  const parts = view().beside === "?" ? { beside: area } : { area, beside: null };
  change(level === view().level ? parts : { ...parts, level });
}
