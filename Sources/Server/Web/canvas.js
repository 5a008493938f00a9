// The map itself: MapLibre with the frame that every layer lies in. Without the library, or without WebGL, there is none.
import * as api from "/map/api.js";
import { byId, h } from "/map/dom.js";
import { say } from "/map/words.js";

let map = null;
let home = null;
const ready = [];
export const theMap = () => map;

function load(tag, attributes) {
  return new Promise((done, failed) => {
    const element = h(tag, { ...attributes, onload: () => done(true), onerror: () => failed(new Error(attributes.src || attributes.href)) });
    document.head.append(element);
  });
}

export async function library() {
  load("link", { rel: "stylesheet", href: "/map/maplibre-gl.css" }).catch(() => {});
  await load("script", { src: "/map/maplibre-gl.js" });
  return window.maplibregl;
}

export function drawsWebGL() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

const paper = "#eef1f1";

// An empty tile is an answer without a body, which MapLibre takes for a picture that is damaged.
const nothing = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII="), (one) => one.charCodeAt(0));

// What is asked for at once comes at once: each picture that comes alone is the whole map drawn anew.
const underWay = new Set();

async function pictureTile({ url }, stop) {
  const mine = ahead.get(url) ?? fetched(url, stop.signal);
  ahead.delete(url);
  underWay.add(mine);
  // By then the others of the same moment are asked for.
  await null;
  await Promise.allSettled([...underWay]);
  underWay.delete(mine);
  return mine;
}

async function fetched(url, signal) {
  const answer = await fetch(url.replace("faro://", location.origin + "/"), { headers: api.headers(), signal });
  if (!answer.ok) throw new Error(String(answer.status));
  // Unpacked here, so that it is ready when it is asked for.
  return { data: await createImageBitmap(answer.status === 204 ? new Blob([nothing]) : await answer.blob()) };
}

// MapLibre asks for the tiles of a new address a frame or two later: what it will ask for is on its way by then.
const ahead = new Map();
let aheadStop = null;

export function fetchAhead(template, bounds) {
  aheadStop?.abort();
  aheadStop = new AbortController();
  ahead.clear();
  const zoom = Math.round(map.getZoom());
  const view = map.getBounds();
  const column = (longitude) => Math.floor(((longitude + 180) / 360) * 2 ** zoom);
  const row = (latitude) => Math.floor((0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI / 2) * 2 ** zoom);
  for (let x = column(Math.max(view.getWest(), bounds[0])); x <= column(Math.min(view.getEast(), bounds[2])); x += 1) {
    for (let y = row(Math.min(view.getNorth(), bounds[3])); y <= row(Math.max(view.getSouth(), bounds[1])); y += 1) {
      const url = template.replace("{z}", zoom).replace("{x}", x).replace("{y}", y);
      const tile = fetched(url, aheadStop.signal);
      // Who asks for it hears of the failure.
      tile.catch(() => {});
      ahead.set(url, tile);
    }
  }
}

export function open(library, state, at) {
  library.addProtocol("faro", pictureTile);
  const sources = {};
  const layers = [{ id: "paper", type: "background", paint: { "background-color": paper } }];
  if (state.basemap) {
    sources.basemap = { type: "raster", tiles: [state.basemap], tileSize: 256 };
    layers.push({ id: "basemap", type: "raster", source: "basemap", paint: { "raster-saturation": -0.8, "raster-opacity": 0.7 } });
  }
  const options = {
    container: "map", style: { version: 8, sources, layers }, attributionControl: false, maxPitch: 0, dragRotate: false, pitchWithRotate: false,
    fadeDuration: 0, maxZoom: 17, minZoom: 3, refreshExpiredTiles: false, trackResize: true, cancelPendingTileRequestsWhileZooming: true,
    transformRequest: (url) => (url.startsWith(location.origin) ? { url, headers: api.headers() } : { url }),
  };
  const place = at && at.split("/").map(Number);
  if (place?.length === 3 && place.every(Number.isFinite)) Object.assign(options, { zoom: place[0], center: [place[2], place[1]] });
  else Object.assign(options, { bounds: state.bounds, fitBoundsOptions: { padding: 24 } });
  home = state.bounds;
  map = new library.Map(options);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new Home(state.bounds), "bottom-right");
  map.addControl(new library.ScaleControl({ maxWidth: 90 }), "bottom-left");
  map.getCanvas().setAttribute("aria-label", say("map.label"));
  map.getCanvas().setAttribute("role", "application");
  // MapLibre speaks English; its buttons are ours to name.
  for (const [name, word] of [["zoom-in", "zoomIn"], ["zoom-out", "zoomOut"]]) {
    const button = document.querySelector(`.maplibregl-ctrl-${name}`);
    button?.setAttribute("aria-label", say("map." + word));
    button?.setAttribute("title", say("map." + word));
  }
  return new Promise((done) => map.once("load", () => {
    for (const action of ready) action(map);
    done(map);
  }));
}

class Home {
  constructor(bounds) {
    this.bounds = bounds;
  }
  onAdd(map) {
    this.element = h("div", { class: "maplibregl-ctrl maplibregl-ctrl-group" },
      h("button", { type: "button", class: "home", title: say("map.home"), "aria-label": say("map.home"), onclick: () => map.fitBounds(this.bounds, { padding: 24, duration: 300 }, { originalEvent: true }) }, "⌂"));
    return this.element;
  }
  onRemove() {
    this.element.remove();
  }
}

// At which zoom everything is in sight.
export const homeZoom = () => map.cameraForBounds(home, { padding: 24 })?.zoom ?? 9;

// Once the tiles that the view needs are there and painted.
export const idle = () => new Promise((done) => (map.loaded() && !map.isMoving() ? done() : map.once("idle", () => done())));

export function picture() {
  map.redraw();
  return map.getCanvas().toDataURL("image/png");
}

export function replaceLayer(layer, before) {
  if (map.getLayer(layer.id)) map.removeLayer(layer.id);
  map.addLayer(layer, before && map.getLayer(before) ? before : undefined);
}

export function drop(...ids) {
  for (const id of ids) if (map.getLayer(id)) map.removeLayer(id);
  for (const id of ids) if (map.getSource(id)) map.removeSource(id);
}

export const stage = () => byId("stage");
