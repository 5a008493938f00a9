// Taking it away: link, files, print, frame, and the very addresses for those who build their own.
import * as api from "/map/api.js";
import { byId, h, replace } from "/map/dom.js";
import { example } from "/map/example.js";
import { say } from "/map/words.js";
import { toHash, view } from "/map/view.js";

export const link = (embedded = false) => `${location.origin}/map${embedded ? "?embed=1" : ""}#${toHash()}`;

export function share() {
  const now = view();
  const dialog = byId("share");
  const frame = `<iframe src="${link(true)}" width="100%" height="560" style="border:0" title="${byId("title").textContent.replace(/"/g, "&quot;")}" loading="lazy"></iframe>`;
  const urls = addresses(now);
  replace(dialog,
    h("header", {}, h("h2", { id: "share-title" }, say("share.title")), h("button", { type: "button", class: "close", "aria-label": say("share.close"), onclick: () => dialog.close() }, "×")),
    h("section", {}, h("h3", {}, say("share.link")), copyable("share-link", link())),
    h("section", {}, h("h3", {}, say("share.download")),
      h("div", { class: "row" }, api.downloads(now).map(({ form, path }) =>
        h("a", { class: "button", href: path, download: fileName(now, form), "data-form": form, onclick: (event) => take(event, path, fileName(now, form)) }, say("share.forms." + form))),
        h("button", { type: "button", onclick: () => { dialog.close(); print(); } }, say("share.print"))),
      h("p", { class: "hint" }, say("share.provenance"))),
    h("section", {}, h("h3", {}, say("share.embed")), copyable("share-embed", frame), h("p", { class: "hint" }, say("share.embedPublic"))),
    h("section", {}, h("h3", {}, say("share.developers")),
      h("dl", { class: "urls" }, urls.map(([name, url]) => h("div", {}, h("dt", {}, name), h("dd", {}, h("a", { href: url }, url.replace(location.origin, "")))))),
      h("h4", {}, say("share.example")), copyable("share-example", example(now), true),
      h("p", { class: "hint" }, say("share.tokenNote"))));
  dialog.setAttribute("aria-labelledby", "share-title");
  dialog.showModal();
}

function addresses(now) {
  const data = api.downloads(now).find((one) => one.form === "geojson");
  const rows = [[say("share.data"), api.absolute(data.path)]];
  if (now.layer === "surface") rows.push([say("share.tilejson"), api.absolute(api.address("/tiles/heat.json", api.surfaceQuery(now)))]);
  if (now.layer === "points") rows.push([say("share.tilejson"), api.absolute(api.address("/tiles/incidents.json", api.filters(now)))]);
  if (now.layer === "areas") rows.push([say("share.tilejson"), api.absolute(api.address(`/tiles/${encodeURIComponent(now.level)}.json`, api.filters(now)))]);
  return [...rows, [say("share.api"), api.absolute("/api")]];
}

function copyable(id, text, isLong = false) {
  const field = isLong ? h("textarea", { id, readonly: true, rows: 12, spellcheck: "false", "aria-label": text.slice(0, 20) }, text) : h("input", { id, readonly: true, value: text, "aria-label": id });
  field.addEventListener("focus", () => field.select());
  const button = h("button", {
    type: "button", onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        field.select();
        document.execCommand("copy");
      }
      button.textContent = say("share.copied");
      setTimeout(() => (button.textContent = say("share.copy")), 1600);
    },
  }, say("share.copy"));
  return h("div", { class: isLong ? "copy long" : "copy" }, field, button);
}

function fileName(now, form) {
  const parts = [now.layer === "areas" ? now.level : now.layer, now.layer === "areas" && now.measure, now.category, now.from && `${now.from}_${now.to}`];
  return `faro-${parts.filter(Boolean).join("-").toLowerCase().normalize("NFD").replace(/[^a-z0-9_-]+/g, "-")}.${form}`;
}

// A bare link sends no token.
async function take(event, path, name) {
  if (!api.token()) return;
  event.preventDefault();
  const url = URL.createObjectURL(await api.download(path));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
