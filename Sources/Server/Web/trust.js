// What the numbers rest on: in full beside the map, in a line under it, always in sight.
import * as api from "/map/api.js";
import { byId, h, replace } from "/map/dom.js";
import { day, number, percent, say } from "/map/words.js";

function facts(state) {
  const store = state.store;
  const files = store.sources.map((one) => one.file);
  return {
    counts: store.count_units.length ? store.count_units.map((unit) => say("trust.unit", unit)).join(", ") : say("trust.unknownUnit"),
    files: files.length > 1 ? say("trust.files", files[0], files.length - 1) : files[0] ?? state.name,
    cut: store.days ? day(store.days[1]) : "–", loaded: store.loaded_on && day(store.loaded_on),
    // Never rounded to better than it is.
    found: Number.isFinite(store.found_share) ? percent(Math.floor(store.found_share * 1000) / 1000, 1) : "–",
    isPoor: store.found_share < 0.85,
    unplaced: Number.isFinite(store.unplaced_share) ? percent(Math.ceil(store.unplaced_share * 1000) / 1000, 1) : "–",
  };
}

export function trust(state) {
  const store = state.store;
  const told = facts(state);
  const row = (name, value, note, poor) => h("div", { class: poor ? "poor" : null }, h("dt", {}, name), h("dd", {}, value, note && h("small", {}, note)));
  replace(byId("trust"),
    h("h2", { id: "trust-title" }, say("trust.title")),
    h("dl", {},
      row(say("trust.source"), told.files, told.loaded && say("trust.loaded", told.loaded)),
      row(say("trust.cut"), told.cut),
      row(say("trust.found"), told.found, say("trust.foundHint"), told.isPoor),
      store.at_artefacts > 0 && row(say("trust.artefacts"), number(store.at_artefacts, 0)),
      store.rejected > 0 && row(say("trust.rejected"), number(store.rejected, 0))),
    h("p", {}, `${say("trust.counts", told.counts)}.`),
    h("p", {}, say("trust.unreported")),
    h("p", {}, say("trust.small")),
    store.breaks.length > 0 && h("p", { class: "poor" }, say("trust.breaks", store.breaks.map(day).join(", "))),
    state.role === "public" && h("p", {}, say("trust.public")),
    account(state));
  replace(byId("source"), say("source", told.counts, told.files, told.cut, told.found, told.unplaced),
    store.breaks.length > 0 && ` ${say("trust.breaks", store.breaks.map(day).join(", "))}`,
    h("span", { class: "maker" }, `Faro ${state.version}`));
}

function account(state) {
  const field = h("input", { type: "password", id: "token", "aria-label": say("trust.token"), placeholder: say("trust.token"), autocomplete: "off" });
  const enter = (event) => {
    event.preventDefault();
    api.signIn(field.value.trim());
    location.reload();
  };
  return h("details", { class: "account" },
    h("summary", {}, `${say("trust.asRole")}: ${say("trust.role." + state.role)}`),
    api.token()
      ? h("button", { type: "button", onclick: () => { api.signIn(null); location.reload(); } }, say("trust.signOut"))
      : h("form", { onsubmit: enter }, field, h("button", { type: "submit" }, say("trust.signIn"))));
}
