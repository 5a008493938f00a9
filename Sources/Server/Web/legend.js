// What the colours mean, across the top of the map.
import * as api from "/map/api.js";
import { byId, h, replace } from "/map/dom.js";
import * as scale from "/map/scale.js";
import { growth, number, say } from "/map/words.js";
import { view } from "/map/view.js";

function show(limits, ...children) {
  const legend = byId("legend");
  legend.dataset.limits = limits || "";
  replace(legend, children);
}

const note = (text) => text && h("span", { class: "note" }, text);
const swatch = (colour, text) => h("span", { class: "swatch" }, h("i", { style: { background: colour } }), text);

// Colours side by side with the limits between them.
function steps(colours, marks, unit) {
  return h("div", { class: "steps", role: "img", "aria-label": `${unit}: ${marks.filter(Boolean).join(", ")}` },
    h("span", { class: "unit" }, unit),
    h("div", { class: "boxes" }, colours.map((colour, k) =>
      h("span", {}, h("i", { style: { background: colour } }), h("b", {}, marks[k] ?? "")))));
}

export function ofClasses(limits, unit, hasNone) {
  const palette = scale.colours(limits);
  show(limits.join(","),
    steps(palette, ["", ...limits.map((limit) => number(limit))], unit),
    swatch(scale.zero, say("legend.none")), hasNone && swatch(scale.none, say(api.seesPlaces() ? "legend.noData" : "legend.hidden")),
    view().lock && note(say("legend.locked")));
}

export function ofChange(unit) {
  const limits = scale.changes.map((one) => one.to);
  show("", steps(scale.changes.map((one) => one.colour), ["", ...limits.slice(0, -1).map((limit) => growth(limit))], unit),
    swatch(scale.unsure, say("legend.unsure")), note(say("legend.fdr")));
}

export function ofSurface(record, reach) {
  const stops = record.legend || [];
  show(String(stops.at(-1)?.from ?? ""),
    steps(stops.map((stop) => mixed(stop.colour, stop.opacity)), stops.map((stop) => number(stop.from)), say("unit.surface")),
    reach && note(say("legend.smoothed", reach)), view().lock && note(say("legend.locked")));
}

// A colour as it looks over the page.
function mixed(colour, opacity) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(255 - (255 - part) * opacity)).join(" ")})`;
}

export function ofHotspots(cells) {
  const order = ["cold 99 %", "cold 95 %", "cold 90 %", "hot 90 %", "hot 95 %", "hot 99 %"];
  show("", h("div", { class: "steps two", role: "img", "aria-label": `${say("legend.cold")}, ${say("legend.hot")}: ${say("legend.confidence")}` },
    h("span", { class: "unit" }, say("legend.confidence")),
    h("div", { class: "boxes" }, order.map((name, k) => h("span", {}, h("i", { style: { background: scale.hot[name] } }), h("b", { class: k < 3 ? "left" : "right" }, k === 0 ? say("legend.cold") : k === 5 ? say("legend.hot") : ""))))),
    note(cells));
}

export function ofEmerging(classes, note_) {
  show("", h("div", { class: "swatches", role: "img", "aria-label": classes.map((name) => say("emerging." + name)).join(", ") || say("legend.ordinary") },
    classes.length ? classes.map((name) => swatch(scale.emerging[name], say("emerging." + name))) : swatch("#ffffff", say("legend.ordinary"))),
    note(note_));
}

export const ofClusters = () => show("", swatch("#dc4f6c", say("legend.clusters")));
export const ofPoints = () => show("", h("span", { class: "swatch dot" }, h("i", { style: { background: "#9b2f7f" } }), say("legend.points")));
