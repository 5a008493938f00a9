// Every request of the page, and nothing else. What the public role may not ask is decided here and by the server alone.

const kept = new Map();
const underWay = new Map();

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || String(status));
    this.status = status;
    this.code = problem.code || "failed";
  }
}

export const token = () => sessionStorage.getItem("faro-token");

export function signIn(text) {
  if (text) sessionStorage.setItem("faro-token", text);
  else sessionStorage.removeItem("faro-token");
  kept.clear();
}

export const headers = () => (token() ? { Authorization: "Bearer " + token() } : {});

// A newer request of a kind ends the one before it: nobody waits for that any more.
async function ask(path, parameters = {}, kind = null) {
  const url = address(path, parameters);
  if (kept.has(url)) {
    if (kind) underWay.get(kind)?.abort();
    return kept.get(url);
  }
  const stop = new AbortController();
  if (kind) {
    underWay.get(kind)?.abort();
    underWay.set(kind, stop);
  }
  const answer = await fetch(url, { headers: { ...headers(), Accept: "application/json, application/geo+json" }, signal: stop.signal });
  // An answer that is cut off is no answer; a refusal may have any body.
  const body = answer.ok ? await answer.json() : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, body);
  kept.set(url, body);
  if (kept.size > 60) kept.delete(kept.keys().next().value);
  return body;
}

export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, one);
  }
  const text = query.toString();
  return path + (text ? "?" + text : "");
}

let role = "public";
export const seesPlaces = () => role !== "public";

// The filters of a view in the words that every route understands; without a token only what the gate knows.
export function filters(view) {
  if (!seesPlaces()) return { category: view.category, from: view.from, to: view.to };
  return {
    category: view.category, modality: view.modality, from: view.from, to: view.to, hours: view.hours, days: view.days,
  };
}

const enc = encodeURIComponent;

export async function state(level) {
  const found = await ask("/map/state", { level });
  role = found.role;
  return found;
}
export const sheet = (month, level) => ask(`/report/${enc(month)}`, { areas: level, f: "json" }, "sheet");
export const search = (q) => ask("/areas", { q, limit: 8 }, "search");
export const figures = (view) => ask(`/areas/${enc(view.level)}`, figureQuery(view), "layer");
export const card = (area, view, days) => {
  const [level, id] = split(area);
  return ask(`/areas/${enc(level)}/${enc(id)}`, { ...filters(view), ...days, baseline: seesPlaces() ? view.base : null });
};
export const surface = (view) => ask("/tiles/heat.json", largeTiles(view), "layer");
export const hotspots = (view) => ask("/hotspots/gistar", hotspotQuery(view), "layer");
export const emerging = (view) => ask("/hotspots/emerging", hotspotQuery(view), "layer");
export const clusters = (view) => ask("/hotspots/clusters", clusterQuery(view), "layer");
const outlines = new Map();
export function outline(level, key) {
  const url = `/collections/${enc(level)}/items/${enc(key)}`;
  if (!outlines.has(url)) {
    outlines.set(url, fetch(url, { headers: { ...headers(), Accept: "application/geo+json" } }).then((answer) => (answer.ok ? answer.json() : null)));
    if (outlines.size > 300) outlines.delete(outlines.keys().next().value);
  }
  return outlines.get(url);
}
export const totals = (view) => ask("/summary", { ...filters({ ...view, from: null, to: null }), by: "none", period: "month" }, "time");

export const figureQuery = (view) => ({ ...filters(view), baseline: seesPlaces() && view.measure === "change" ? view.base : null });
export const surfaceQuery = (view) => (seesPlaces() ? { ...densityQuery(view), legend_top: view.lock } : densityQuery(view));
// Cells a fifth of the reach wide: finer ones look the same.
const densityQuery = (view) => (!seesPlaces() ? { from: view.from, to: view.to } : { ...filters(view), bandwidth: view.bandwidth, cell_size: Math.max(20, Number(view.bandwidth) / 5) });
// Few large tiles: each is a question, and a picture to unpack.
const largeTiles = (view) => ({ ...surfaceQuery(view), pixels: 512 });
// What can be offered of a layer without a token.
export const offers = (name) => seesPlaces() || !["modality", "when", "change", "bandwidth", "lock-surface", "tif"].includes(name);
export const hotspotQuery = (view) => ({ ...filters(view), cell_size: view.cell });
export const clusterQuery = (view) => ({ ...filters(view), method: "hdbscan", min_size: view.minimum || 40 });

export const tiles = {
  areas: (level) => absolute(`/tiles/${enc(level)}/{z}/{x}/{y}.mvt`), // shapes: their counts are not looked at
  // By a name of its own, so that the page fetches it: see canvas.js.
  surface: (view) => "faro://" + address("tiles/heat/{z}/{x}/{y}.png", largeTiles(view)),
  points: (view) => absolute(address("/tiles/incidents/{z}/{x}/{y}.mvt", filters(view))),
};

export const absolute = (path) => location.origin + path;

// Of what is shown, in the forms that can be taken away.
export function downloads(view) {
  const kinds = {
    areas: [`/areas/${enc(view.level || "")}`, { ...figureQuery(view), baseline: seesPlaces() ? view.base : null, measure: view.measure }, ["geojson", "csv", "png"]],
    surface: ["/hotspots/kde", densityQuery(view), ["geojson", "csv", "png", ...(offers("tif") ? ["tif"] : [])]],
    hotspots: ["/hotspots/gistar", hotspotQuery(view), ["geojson", "csv", "png"]],
    emerging: ["/hotspots/emerging", hotspotQuery(view), ["geojson", "csv", "png"]],
    clusters: ["/hotspots/clusters", clusterQuery(view), ["geojson", "csv", "png"]],
    points: ["/collections/incidents/items", { ...filters(view), limit: 10000 }, ["geojson"]],
  };
  const [path, query, forms] = kinds[view.layer] || kinds.areas;
  return forms.map((form) => ({ form, path: address(path, { ...query, f: form === "geojson" && view.layer === "points" ? null : form }) }));
}

// Asks for a file with the token, which a bare link would not send.
export async function download(path) {
  const answer = await fetch(path, { headers: headers() });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer.blob();
}

export function split(area) {
  const at = area.indexOf(":");
  return [area.slice(0, at), area.slice(at + 1)];
}
