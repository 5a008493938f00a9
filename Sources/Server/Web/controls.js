// What can be chosen: crime, layer, level, measure, hours and days.
import * as api from "/map/api.js";
import { byId, h, replace } from "/map/dom.js";
import { crime, number, say } from "/map/words.js";
import { change, view } from "/map/view.js";

const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export function controls(state) {
  const now = view();
  replace(byId("controls"),
    (now.layer !== "surface" || api.seesPlaces()) && picker("category", say("controls.crime"), say("allCrimes"), state.store.categories),
    api.offers("modality") && state.store.modalities.length > 1 && picker("modality", say("controls.modality"), say("allModalities"), state.store.modalities),
    group("layer", say("controls.show"), state.layers.map((name) => [name, say("layers." + name)]), now.layer, "tabs"),
    ...(now.layer === "areas" ? ofAreas(state, now) : []),
    now.layer === "surface" && api.offers("bandwidth") && sizes("bandwidth", say("controls.bandwidth"), state.sizes.bandwidths, now.bandwidth),
    ["hotspots", "emerging"].includes(now.layer) && sizes("cell", say("controls.cell"), state.sizes.cells, now.cell),
    api.offers("when") && when(now),
    (now.layer === "areas" ? now.measure !== "change" : now.layer === "surface" && api.offers("lock-surface")) && lock(now),
  );
}

function picker(name, label, all, entries) {
  const id = "choose-" + name;
  const chosen = view()[name];
  return h("div", { class: "field" }, h("label", { for: id }, label),
    h("select", { id, onchange: (event) => change({ [name]: event.target.value || null }) },
      h("option", { value: "" }, all),
      entries.map((entry) => h("option", { value: entry.name, selected: entry.name === chosen }, `${crime(entry.name)} (${number(entry.count, 0)})`))));
}

// Choices that exclude each other, as radio buttons that look like one bar.
export function group(name, label, entries, chosen, kind, onPick = (value) => change({ [name]: value })) {
  return h("fieldset", { class: kind }, h("legend", {}, label),
    h("div", { class: "options" }, entries.map(([value, text, hint]) =>
      h("label", { title: hint }, h("input", { type: "radio", name, value, checked: value === chosen, onchange: () => onPick(value) }), h("span", {}, text)))));
}

function ofAreas(state, now) {
  const level = state.store.levels.find((one) => one.name === now.level);
  const measures = ["rate", "density", "count", "change"].filter((name) => (name === "rate" ? level?.denominator : api.offers(name)));
  return [
    state.store.levels.length > 1 && group("level", say("controls.by"), state.store.levels.map((one) => [one.name, say("levels." + one.name)]), now.level, "bar"),
    group("measure", say("controls.measure"), measures.map((name) => [name, say("measures." + name)]), now.measure, "bar"),
    now.measure === "change" && group("base", say("controls.compared"), ["year", "before"].map((name) => [name, say("bases." + name)]), now.base, "bar"),
  ];
}

function sizes(name, label, entries, chosen) {
  return group(name, label, entries.map((m) => [String(m), say("controls.metres", m)]), String(chosen), "bar");
}

function when(now) {
  const chosen = new Set((now.days || "").split(",").filter(Boolean));
  const toggle = (day) => {
    chosen.has(day) ? chosen.delete(day) : chosen.add(day);
    change({ days: chosen.size && chosen.size < 7 ? dayNames.filter((name) => chosen.has(name)).join(",") : null });
  };
  const parts = say("hours");
  return h("fieldset", { class: "when" }, h("legend", {}, say("controls.when")),
    h("select", { "aria-label": say("controls.when"), onchange: (event) => change({ hours: event.target.value === "all" ? null : event.target.value }) },
      Object.entries(parts).map(([value, text]) => h("option", { value, selected: value === (now.hours || "all") }, value === "all" ? text : `${text} (${value.replace("-", "–")} h)`)),
      now.hours && !parts[now.hours] && h("option", { value: now.hours, selected: true }, now.hours.replace("-", "–") + " h")),
    h("div", { class: "days" }, dayNames.map((name, k) =>
      h("button", { type: "button", "aria-pressed": String(chosen.has(name)), "aria-label": say("weekdaysLong")[k], onclick: () => toggle(name) }, say("weekdays")[k]))));
}

function lock(now) {
  return h("label", { class: "check", title: say("controls.lockHint") },
    h("input", { type: "checkbox", id: "lock", checked: Boolean(now.lock), onchange: (event) => change({ lock: event.target.checked ? byId("legend").dataset.limits || null : null }) }),
    say("controls.lock"));
}
