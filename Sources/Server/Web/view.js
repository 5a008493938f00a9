// What the page shows, as an object and as the part of the address behind "#": a link restores the exact view.

const usual = {
  layer: "areas", level: null, measure: null, category: null, modality: null, from: null, to: null,
  hours: null, days: null, bandwidth: null, cell: null, base: "year", area: null, beside: null,
  mode: "map", month: null, lock: null, at: null, lang: null,
};

// What a store's own page begins with; the address names only what differs.
export function begin(defaults) {
  for (const [name, value] of Object.entries(defaults)) {
    if (current[name] === null || current[name] === usual[name]) current[name] = value;
    usual[name] = value;
  }
}

const listeners = [];
let current = { ...usual };

export const view = () => current;

export function restore(hash = location.hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  current = { ...usual };
  for (const name of Object.keys(usual)) if (given.has(name)) current[name] = given.get(name);
  return current;
}

export function toHash(state = current) {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== null && value !== undefined && value !== usual[name]) told.set(name, value);
  }
  return told.toString();
}

// `quiet` changes only the address: where the map has been moved to, nothing needs to be asked again.
export function change(parts, quiet = false) {
  const before = current;
  current = { ...current, ...parts };
  const hash = toHash();
  if (location.hash.slice(1) !== hash) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  if (!quiet) for (const listener of listeners) listener(current, before);
}

export const onChange = (listener) => listeners.push(listener);
