// The layers that can be shown, one function each: ask, colour, explain. Each returns what the table and the title tell.
import * as api from "/map/api.js";
import { drop, fetchAhead, idle, theMap } from "/map/canvas.js";
import { frame } from "/map/frame.js";
import * as legend from "/map/legend.js";
import * as scale from "/map/scale.js";
import { say } from "/map/words.js";

const own = ["surface", "hotspots", "emerging", "clusters", "cluster-lines", "points"];
let painted = new Map();
let paintedLevel = null;

// Colours are the state of features: nothing but those that changed is drawn anew.
function paint(level, ids, colourOf) {
  const map = theMap();
  if (!map) return;
  if (paintedLevel !== level) [painted, paintedLevel] = [new Map(), level];
  map.setPaintProperty("areas", "fill-opacity", 1);
  ids.forEach((id, k) => {
    const fill = colourOf(k);
    if (painted.get(id) === fill) return;
    painted.set(id, fill);
    map.setFeatureState({ source: "areas", sourceLayer: level, id }, { fill });
  });
}

// Under other layers the areas are only pointed at, and need not be painted where there is ground below them.
function blank(view, index) {
  if (!theMap()) return;
  if (theMap().getLayer("ground")) theMap().setPaintProperty("areas", "fill-opacity", 0);
  else paint(view.level, index.ids, () => "#ffffff");
}

function keep(...ids) {
  if (theMap()) drop(...own.filter((id) => !ids.includes(id)));
}

// MARK: areas

const days = (span) => (span ? (Date.parse(span[1]) - Date.parse(span[0])) / 86400000 + 1 : 1);

export function values(figures, index) {
  const years = days(figures.days) / 365.2425;
  const before = figures.count_before;
  const spans = figures.baseline ? days(figures.days) / days(figures.baseline) : 1;
  const place = new Map(index.ids.map((id, k) => [id, k]));
  return figures.area_id.map((id, k) => {
    const at = place.get(id);
    const count = figures.count[k];
    const least = figures.at_least?.[k] ?? count;
    const people = index.population?.[at] ?? null;
    const km2 = index.km2[at];
    const per = (base) => (count === null || !base ? null : count / base / years);
    return {
      id, name: index.names[at] ?? id, count, least, people, km2, rate: people ? per(people / 100000) : null, density: per(km2),
      before: before?.[k] ?? null, q: figures.q?.[k] ?? null, p: figures.p?.[k] ?? null,
      growth: before?.[k] ? count / before[k] / spans - 1 : null,
    };
  });
}

async function areas(view, state) {
  const figures = await api.figures(view);
  const rows = values(figures, state.index);
  const map = theMap();
  if (map) frame(state, view.level);
  keep();
  if (view.measure === "change") {
    paint(view.level, figures.area_id, (k) => scale.changeColour(rows[k].growth, rows[k].q));
    legend.ofChange(say("unit.change", say("bases." + view.base)));
  } else {
    const amounts = rows.map((row) => row[view.measure]);
    const limits = view.lock ? view.lock.split(",").map(Number) : scale.breaks(amounts);
    const palette = scale.colours(limits);
    paint(view.level, figures.area_id, (k) => scale.colour(amounts[k], limits, palette));
    legend.ofClasses(limits, say("unit." + view.measure, state.people), amounts.some((value) => value === null));
  }
  return { rows, suppressed: figures.suppressed, counted: figures.counted, outside: figures.outside, baseline: figures.baseline, days: figures.days };
}

// MARK: surface

async function surface(view, state) {
  const asked = api.surface(view);
  const map = theMap();
  const tiles = [api.tiles.surface(view)];
  // The picture before stays until the next one is there: nothing flickers. Its pieces are asked for together with what describes
  // them, which seldom says that it lies elsewhere.
  const painted = map?.getSource("surface") && (map.getSource("surface").tiles[0] === tiles[0] || newPicture(map, tiles));
  const record = await asked;
  legend.ofSurface(record.faro, record.faro.bandwidth_m ? say("controls.metres", record.faro.bandwidth_m) : null);
  if (map) {
    frame(state, view.level);
    blank(view, state.index);
    if (painted && String(paintedBounds) === String(record.bounds)) {
      keep("surface");
      await painted;
    } else {
      keep();
      paintedBounds = record.bounds;
      map.addSource("surface", { type: "raster", tiles, tileSize: 512, minzoom: record.minzoom, maxzoom: record.maxzoom, bounds: record.bounds });
      map.addLayer({ id: "surface", type: "raster", source: "surface", paint: { "raster-fade-duration": 0 } }, map.getLayer("wide") ? "wide" : "hover");
      await idle();
    }
  }
  return { counted: record.faro.incidents, outside: record.faro.incidents_without_place };
}

function newPicture(map, tiles) {
  fetchAhead(tiles[0], paintedBounds);
  map.getSource("surface").setTiles(tiles);
  return new Promise((done) => map.once("idle", () => done()));
}

let paintedBounds = null;

// MARK: hot spots and clusters

function geojson(id, data, layer, before) {
  const map = theMap();
  if (map.getSource(id)) map.getSource(id).setData(data);
  else map.addSource(id, { type: "geojson", data, buffer: 0, tolerance: 0, maxzoom: 14 });
  if (!map.getLayer(id)) map.addLayer({ id, source: id, ...layer }, before);
}

async function hotspots(view, state) {
  const found = await api.hotspots(view);
  const told = found.features.filter((one) => one.properties.class !== "not significant");
  legend.ofHotspots(say("legend.cells", say("controls.metres", found.faro.cell_size_m)));
  if (theMap()) {
    frame(state, view.level);
    blank(view, state.index);
    keep("hotspots");
    cells("hotspots", told, scale.hot);
  }
  return { counted: found.faro.incidents_counted, outside: found.faro.incidents_outside, told: told.length, cells: told.map((one) => one.properties) };
}

// Cells by their class, under the borders.
function cells(id, features, colours) {
  const colour = ["match", ["get", "class"], ...Object.entries(colours).flat(), "#ffffff"];
  const paint = { "fill-color": colour, "fill-opacity": 0.88, "fill-antialias": false };
  geojson(id, { type: "FeatureCollection", features }, { type: "fill", paint }, theMap().getLayer("wide") ? "wide" : "hover");
}

async function emerging(view, state) {
  const found = await api.emerging(view);
  const told = found.features.filter((one) => one.properties.class !== "no pattern");
  const seen = new Set(told.map((one) => one.properties.class));
  legend.ofEmerging(Object.keys(scale.emerging).filter((name) => seen.has(name)),
    say("legend.periods", found.faro.periods, say("controls.metres", found.faro.cell_size_m)));
  if (theMap()) {
    frame(state, view.level);
    blank(view, state.index);
    keep("emerging");
    cells("emerging", told, scale.emerging);
  }
  return { counted: found.faro.incidents_counted, outside: found.faro.incidents_outside, told: told.length };
}

async function clusters(view, state) {
  const found = await api.clusters(view);
  legend.ofClusters();
  if (theMap()) {
    frame(state, view.level);
    blank(view, state.index);
    keep("clusters", "cluster-lines");
    geojson("clusters", found, { type: "fill", paint: { "fill-color": "#dc4f6c", "fill-opacity": 0.3 } }, "hover");
    geojson("cluster-lines", found, { type: "line", paint: { "line-color": "#9c1c45", "line-width": 1.4 } }, "hover");
  }
  return { counted: found.faro.incidents, clusters: found.features.length };
}

async function points(view, state) {
  const map = theMap();
  legend.ofPoints();
  const total = await api.totals(view);
  if (map) {
    frame(state, view.level);
    blank(view, state.index);
    const url = api.tiles.points(view);
    if (map.getSource("points")?.tiles?.[0] !== url) {
      keep();
      map.addSource("points", { type: "vector", tiles: [url], minzoom: 0, maxzoom: 14 });
      map.addLayer({
        id: "points", type: "circle", source: "points", "source-layer": "incidents",
        paint: {
          "circle-color": "#9b2f7f", "circle-opacity": ["interpolate", ["linear"], ["zoom"], 9, 0.35, 15, 0.7],
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, ["min", 9, ["+", 1, ["*", 0.45, ["sqrt", ["coalesce", ["get", "count"], 1]]]]], 15, ["min", 18, ["+", 3.5, ["sqrt", ["coalesce", ["get", "count"], 1]]]]],
        },
      }, "hover");
    } else keep("points");
  }
  const inside = total.rows.filter((row) => (!view.from || row.period >= view.from.slice(0, 7)) && (!view.to || row.period <= view.to.slice(0, 7)));
  return { counted: inside.reduce((sum, row) => sum + row.count, 0) };
}

export const layers = { areas, surface, hotspots, emerging, clusters, points };
