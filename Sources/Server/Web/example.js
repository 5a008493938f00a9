// A page of ten lines that shows the same layer: what the developers' panel hands out, and what a test opens.
import * as api from "/map/api.js";

export function example(now) {
  const origin = location.origin;
  const lines = [
    "<!doctype html><meta charset=\"utf-8\"><title>Faro</title>",
    `<link rel="stylesheet" href="${origin}/map/maplibre-gl.css"><script src="${origin}/map/maplibre-gl.js"></script>`,
    "<body style=\"margin:0\"><div id=\"map\" style=\"height:100vh\"></div><script>",
    "const map = new maplibregl.Map({ container: 'map', style: { version: 8, sources: {}, layers: [] } });",
    "map.on('load', async () => {",
    ...body(now, origin),
    "});",
    "</script></body>",
  ];
  return lines.join("\n");
}

function body(now, origin) {
  if (now.layer === "surface" || now.layer === "points") {
    const path = now.layer === "surface" ? api.address("/tiles/heat.json", api.surfaceQuery(now)) : api.address("/tiles/incidents.json", api.filters(now));
    const layer = now.layer === "surface" ? "{ id: 'faro', type: 'raster', source: 'faro' }" : "{ id: 'faro', type: 'circle', source: 'faro', 'source-layer': 'incidents', paint: { 'circle-radius': 3, 'circle-color': '#9b2f7f' } }";
    return [
      `  const tiles = await (await fetch('${origin}${path}')).json();`,
      `  map.addSource('faro', { type: '${now.layer === "surface" ? "raster" : "vector"}', tiles: tiles.tiles${now.layer === "surface" ? ", tileSize: 256" : ""}, maxzoom: tiles.maxzoom });`,
      `  map.addLayer(${layer});`, "  map.fitBounds(tiles.bounds, { duration: 0 });",
    ];
  }
  const path = api.downloads(now).find((one) => one.form === "geojson").path;
  const value = { rate: "rate_per_100k", density: "per_km2_year", count: "count", change: "change" }[now.measure] || "count";
  return [
    `  const data = await (await fetch('${origin}${path}')).json();`,
    `  const top = Math.max(...data.features.map((one) => one.properties.${now.layer === "areas" ? value : "count"} || 0)) || 1;`,
    "  map.addSource('faro', { type: 'geojson', data });",
    `  map.addLayer({ id: 'faro', type: 'fill', source: 'faro', paint: { 'fill-color': ['interpolate', ['linear'], ['coalesce', ['get', '${now.layer === "areas" ? value : "count"}'], 0], 0, '#fdf3c4', top, '#4f127b'] } });`,
    "  const box = new maplibregl.LngLatBounds(); JSON.stringify(data.features.map((one) => one.geometry), (_, v) => (Array.isArray(v) && typeof v[0] === 'number' ? (box.extend(v), 0) : v));",
    "  map.fitBounds(box, { duration: 0 });",
  ];
}
