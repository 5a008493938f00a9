// Brings the parts together: one view, one state of the store, one picture.
import * as api from "/map/api.js";
import * as canvas from "/map/canvas.js";
import { card } from "/map/card.js";
import { controls } from "/map/controls.js";
import { byId, h, replace } from "/map/dom.js";
import { choose, wide } from "/map/frame.js";
import { heading } from "/map/heading.js";
import * as labels from "/map/labels.js";
import { layers, values } from "/map/layers.js";
import { busy, emptiness, fail, fallback } from "/map/notice.js";
import { areaAt, forget, hover, picked } from "/map/pointing.js";
import { search } from "/map/search.js";
import { share } from "/map/share.js";
import { sheet } from "/map/sheet.js";
import { table } from "/map/table.js";
import { timeline } from "/map/timeline.js";
import { trust } from "/map/trust.js";
import { begin, change, onChange, restore, view } from "/map/view.js";
import * as words from "/map/words.js";

const { say } = words;
let state = null;
let result = null;
let turn = 0;

async function start() {
  restore();
  const given = new URLSearchParams(location.search);
  document.body.classList.toggle("embed", given.get("embed") === "1");
  await words.speak(view().lang ?? given.get("lang") ?? "es");
  try {
    state = prepare(await api.state(view().level));
  } catch (error) {
    return fail(error, start);
  }
  furnish();
  // First everything that takes room, so that the map knows how much is left.
  heading(state, result);
  controls(state);
  timeline(state);
  document.body.classList.toggle("with-card", Boolean(view().area));
  if (await openMap()) listen();
  onChange(changed);
  await show();
  document.body.dataset.ready = "1";
}

// What every part needs to know of the store, worked out once.
function prepare(found) {
  // Without areas: Mexico.
  const bounds = found.store.bounds ?? [-118, 14, -86, 33];
  const km = Math.min((bounds[2] - bounds[0]) * 111.3 * Math.cos((bounds[1] * Math.PI) / 180), (bounds[3] - bounds[1]) * 110.6);
  const round = (m) => [100, 200, 250, 500, 1000, 2000, 5000].reduce((best, one) => (Math.abs(one - m) < Math.abs(best - m) ? one : best));
  const middle = round(km * 12);
  const reach = round(km * 26);
  const around = (m) => [...new Set([round(m / 2), m, round(m * 2)])];
  const sizes = { bandwidths: around(reach), cells: around(middle) };
  const level = found.store.levels.find((one) => one.name === found.index?.level);
  begin({
    level: found.index?.level ?? null, measure: level?.denominator ? "rate" : "density", bandwidth: String(reach), cell: String(middle),
    lang: words.language(),
  });
  if (view().measure === "rate" && !level?.denominator) change({ measure: "density" }, true);
  state = found;
  settle(level);
  return { ...found, bounds, sizes, people: null };
}

// Without a token there are whole months of municipalities and whole years of colonias; the surface is of one year.
function settle(level) {
  if (api.seesPlaces()) return;
  const now = view();
  const parts = { modality: null, hours: null, days: null };
  const yearly = now.layer === "surface" || level?.grain === "year";
  if (yearly && now.from) Object.assign(parts, { from: `${now.from.slice(0, 4)}-01-01`, to: `${(now.layer === "surface" ? now.from : now.to).slice(0, 4)}-12-31` });
  if (now.layer === "surface" && !now.from && state.store.days) {
    const last = state.store.days[1];
    const year = last.endsWith("-12-31") ? last.slice(0, 4) : String(Number(last.slice(0, 4)) - 1);
    Object.assign(parts, { from: `${year}-01-01`, to: `${year}-12-31` });
  }
  if (now.measure === "change") parts.measure = level?.denominator ? "rate" : "density";
  change(parts, true);
}

function furnish() {
  const other = words.language() === "es" ? "en" : "es";
  document.title = `${state.title} · Faro`;
  replace(byId("place"), state.title);
  replace(byId("language"), say("otherLanguage"));
  byId("language").lang = other;
  byId("language").onclick = async () => {
    await words.speak(other);
    change({ lang: other }, true);
    furnish();
    names();
    await show();
  };
  document.querySelector(".skip").textContent = say("skip");
  search(picked);
  trust(state);
  tools();
}

function tools() {
  const now = view();
  const modes = [["map", say("tools.map")], ["table", say("tools.table")], ["sheet", say("sheet.mode")]];
  replace(byId("tools"),
    h("div", { class: "modes", role: "group", "aria-label": say("tools.view") }, modes.map(([mode, text]) =>
      h("button", { type: "button", id: "mode-" + mode, "aria-pressed": String(now.mode === mode), onclick: () => change({ mode }) }, text))),
    h("button", { type: "button", id: "share-button", class: "strong", onclick: share }, say("tools.share")));
}

// MARK: map

async function openMap() {
  if (!state.has_library) return without(say("state.noLibrary"), say("state.noLibraryHint"));
  if (!canvas.drawsWebGL()) return without(say("state.noWebGL"), "");
  try {
    await canvas.open(await canvas.library(), state, view().at);
    names();
    return true;
  } catch {
    return without(say("state.noLibrary"), say("state.noLibraryHint"));
  }
}

// Tables and the server's own picture do without a library.
function without(title, hint) {
  document.body.classList.add("no-map");
  replace(byId("notice"), h("strong", {}, title), h("p", {}, hint));
  byId("notice").hidden = false;
  return false;
}

async function names() {
  if (!canvas.theMap()) return;
  const sets = [];
  const over = wide(state, view().level);
  if (over) sets.push({ name: over, index: (await api.state(over)).index, from: 0, to: 13.5, kind: "major", most: 40 });
  sets.push({ name: view().level, index: state.index, from: over ? canvas.homeZoom() + 0.9 : 0, to: 24, kind: over ? "minor" : "major", most: 60 });
  labels.write(sets);
}

function listen() {
  const map = canvas.theMap();
  map.on("move", labels.place);
  // Who has not moved the map yet sees all of it, whatever opens beside it.
  let moved = Boolean(view().at);
  map.on("movestart", (event) => (moved ||= Boolean(event.originalEvent)));
  map.on("resize", () => !moved && map.fitBounds(state.bounds, { padding: 24, duration: 0 }));
  map.on("moveend", () => {
    const { lng, lat } = map.getCenter();
    change({ at: moved ? `${map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}` : null }, true);
  });
  map.on("click", (event) => {
    const key = areaAt(event.point);
    if (!key) return change({ area: null, beside: null });
    const area = `${view().level}:${key}`;
    change(view().beside === "?" ? { beside: area } : { area, beside: view().beside?.includes("..") ? view().beside : null });
  });
  map.on("mousemove", (event) => hover(event.point, state, result));
  map.on("mouseout", () => hover(null, state, result));
}

// MARK: showing

// Without a token single crimes are told by municipality alone: whoever chooses one is led there, whoever chooses a colonia
// sees all crimes.
function within(now, before) {
  if (api.seesPlaces() || !now.category) return now;
  const grain = (name) => state.store.levels.find((one) => one.name === name)?.grain;
  const coarse = state.store.levels.find((one) => one.grain === "month");
  if (grain(now.level) !== "year" || !coarse) return now;
  if (now.category !== before.category) change({ level: coarse.name }, true);
  else change({ category: null }, true);
  return view();
}

async function changed(now, before) {
  now = within(now, before);
  if (now.level !== before.level) {
    state = prepare(await api.state(now.level));
    const entry = state.store.levels.find((one) => one.name === now.level);
    if (now.measure === "rate" && !entry?.denominator) change({ measure: "density" }, true);
    if (now.area && api.split(now.area)[0] !== now.level) change({ area: null, beside: null }, true);
    names();
  }
  else settle(state.store.levels.find((one) => one.name === now.level));
  // A scale that was held is of one measure and layer.
  if (now.lock && (now.layer !== before.layer || now.measure !== before.measure || now.level !== before.level)) change({ lock: null }, true);
  await show();
}

async function show() {
  const mine = ++turn;
  const now = view();
  heading(state, result);
  controls(state);
  tools();
  timeline(state);
  card();
  byId("stage").dataset.mode = now.mode;
  byId("table").hidden = now.mode !== "table";
  sheet(state);
  choose(now.area ? api.split(now.area)[1] : null, now.beside?.includes(":") ? api.split(now.beside)[1] : null);
  const wait = setTimeout(() => mine === turn && busy(true), 150);
  try {
    const found = await (layers[now.layer] ?? layers.areas)(now, state);
    if (mine !== turn) return;
    result = found;
    choose(now.area ? api.split(now.area)[1] : null, now.beside?.includes(":") ? api.split(now.beside)[1] : null);
    forget();
    heading(state, result);
    emptiness(result);
    fallback(now);
    if (now.mode === "table") table(found.rows ? found : { rows: values(await api.figures({ ...now, layer: "areas" }), state.index) }, state);
    byId("status").textContent = say("state.shown", byId("title").textContent, byId("subtitle").textContent);
    document.body.dataset.shown = String(mine);
  } catch (error) {
    if (mine === turn && error.name !== "AbortError") fail(error, show);
  } finally {
    clearTimeout(wait);
    if (mine === turn) busy(false);
  }
}

// A sheet of paper cannot show what lives in the graphics card.
addEventListener("beforeprint", () => {
  if (canvas.theMap()) replace(byId("picture"), h("img", { src: canvas.picture(), alt: byId("title").textContent }));
});
addEventListener("hashchange", async () => {
  restore();
  await start_again();
});

async function start_again() {
  state = prepare(await api.state(view().level));
  await show();
}

window.faro = { view, map: canvas.theMap, idle: canvas.idle };
start();
