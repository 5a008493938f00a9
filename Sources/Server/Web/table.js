// The same figures as rows: for readers of screens, for those without WebGL, and for whoever likes numbers.
import { byId, h, replace } from "/map/dom.js";
import { change, view } from "/map/view.js";
import { growth, number, place, say } from "/map/words.js";

let sorted = { by: null, down: true };
let all = false;

const few = 50;

export function table(result, state) {
  const now = view();
  const rows = result?.rows;
  if (!rows) return replace(byId("table"), h("p", { class: "hint" }, say("state.loading")));
  const usual = now.measure === "change" ? "growth" : now.measure;
  const by = sorted.by ?? usual;
  const columns = [
    ["name", say("table.area")], ["count", say("table.count")],
    rows.some((row) => row.rate !== null) && ["rate", say("table.rate")], ["density", say("table.density")],
    now.measure === "change" && ["before", say("table.before")], now.measure === "change" && ["growth", say("table.change")], now.measure === "change" && ["q", say("table.chance")],
  ].filter(Boolean);
  const order = [...rows].sort((a, b) => compare(a[by], b[by]) * (sorted.down ? -1 : 1) || (a.name < b.name ? -1 : 1));
  const shown = all ? order : order.slice(0, few);
  replace(byId("table"),
    now.layer !== "areas" && h("p", { class: "hint" }, say("table.only")),
    h("table", {},
      h("caption", {}, `${byId("title").textContent}. ${byId("subtitle").textContent}`),
      h("thead", {}, h("tr", {}, columns.map(([name, text]) =>
        h("th", { scope: "col", "aria-sort": by === name ? (sorted.down ? "descending" : "ascending") : null, class: name === "name" ? "text" : null },
          h("button", { type: "button", onclick: () => { sorted = { by: name, down: by === name ? !sorted.down : name !== "name" }; table(result, state); } }, text, h("span", { "aria-hidden": "true" }, by === name ? (sorted.down ? " ↓" : " ↑") : "")))))),
      h("tbody", {}, shown.map((row) => h("tr", { class: now.area === `${now.level}:${row.id}` ? "chosen" : null },
        columns.map(([name]) => name === "name"
          ? h("th", { scope: "row" }, h("button", { type: "button", onclick: () => change({ area: `${now.level}:${row.id}` }) }, place(row.name)))
          : h("td", {}, text(name, row))))))),
    order.length > few && !all && h("button", { type: "button", class: "more", onclick: () => { all = true; table(result, state); } }, say("table.more", number(order.length, 0))));
}

function text(name, row) {
  if (name === "growth") return row.growth === null ? "–" : growth(row.growth);
  if (name === "q") return row.q === null ? "–" : say(row.q <= 0.05 ? "table.sure" : "table.unsure");
  if (name === "count") return row.count === null ? say("table.hidden") : number(row.count, 0);
  return number(row[name], name === "before" ? 0 : null);
}

function compare(a, b) {
  if (typeof a === "string") return b.localeCompare(a);
  return (a ?? -Infinity) - (b ?? -Infinity) || 0;
}
