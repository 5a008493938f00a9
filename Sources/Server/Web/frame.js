// What stands around every layer: outlines of the wide level, the areas to point at, the one that is chosen.
import * as api from "/map/api.js";
import { theMap } from "/map/canvas.js";
import { view } from "/map/view.js";

let drawn = null;

// The wide level whose outlines are drawn over a finer one.
export function wide(state, level) {
  const names = state.store.levels.map((one) => one.name);
  const found = ["municipality", "district"].find((name) => names.includes(name));
  return found && found !== level ? found : null;
}

function source(level) {
  return { type: "vector", tiles: [api.tiles.areas(level)], minzoom: 0, maxzoom: 13, promoteId: { [level]: "area_id" } };
}

const grow = (thin, thick) => ["interpolate", ["linear"], ["zoom"], 9, thin, 14, thick];

export function frame(state, level) {
  const map = theMap();
  if (drawn === level) return;
  for (const id of ["chosen-casing", "chosen", "beside", "hover", "wide", "area-lines", "areas", "ground"]) if (map.getLayer(id)) map.removeLayer(id);
  for (const id of ["areas", "wide", "marks"]) if (map.getSource(id)) map.removeSource(id);
  marks.clear();
  asked.clear();
  drawn = level;
  map.addSource("areas", source(level));
  const over = wide(state, level);
  if (over) {
    map.addSource("wide", source(over));
    map.addLayer({ id: "ground", type: "fill", source: "wide", "source-layer": over, paint: { "fill-color": "#fafbfb", "fill-antialias": false } });
  }
  map.addLayer({
    id: "areas", type: "fill", source: "areas", "source-layer": level,
    paint: { "fill-color": ["coalesce", ["feature-state", "fill"], "#ffffff"], "fill-antialias": false, "fill-color-transition": { duration: 0, delay: 0 }, "fill-opacity-transition": { duration: 0, delay: 0 } },
  });
  map.addLayer({
    // Seen from far, borders of small areas are a veil over their colours, and most of the work.
    id: "area-lines", type: "line", source: "areas", "source-layer": level, minzoom: 10,
    paint: { "line-color": "#ffffff", "line-width": grow(0.3, 1.4), "line-opacity": ["interpolate", ["linear"], ["zoom"], 9, 0.55, 12, 0.95] },
  });
  if (over) {
    map.addLayer({ id: "wide", type: "line", source: "wide", "source-layer": over, paint: { "line-color": "#33414b", "line-width": grow(0.7, 1.8), "line-opacity": 0.75 } });
  }
  const outline = (id, role, colour, width) => map.addLayer({
    id, type: "line", source: "marks", filter: ["==", ["get", "role"], role],
    layout: { "line-join": "round" }, paint: { "line-color": colour, "line-width": width },
  });
  map.addSource("marks", { type: "geojson", data: collection() });
  outline("hover", "hover", "#1b2a33", 1.5);
  outline("chosen-casing", "chosen", "#ffffff", 5);
  outline("chosen", "chosen", "#10222d", 2.5);
  outline("beside", "beside", "#0b6fa4", 2.5);
}

// Outlines of single areas lie in a source of their own: a filter on the tiles would have all of them laid out anew.
const marks = new Map();
const asked = new Map();

const collection = () => ({ type: "FeatureCollection", features: [...marks].map(([role, outline]) => ({ type: "Feature", properties: { role }, geometry: outline.geometry })) });

export async function mark(role, key) {
  if (!drawn || asked.get(role) === key) return;
  asked.set(role, key);
  const outline = key && (await api.outline(drawn, key).catch(() => null));
  if (asked.get(role) !== key) return;
  if (outline) marks.set(role, outline);
  else marks.delete(role);
  theMap()?.getSource("marks")?.setData(collection());
}

export function choose(key, beside) {
  // An area of a level that is not drawn yet is marked once it is.
  if (drawn !== view().level) return;
  mark("chosen", key ?? null);
  mark("beside", beside ?? null);
}
