// A list of names with bars and figures; readable as a list without them.
import { h } from "/map/dom.js";

export function bars(rows, label) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return h("ul", { class: "bars", "aria-label": label }, rows.map((row) =>
    h("li", {},
      row.onclick ? h("button", { type: "button", class: "name", onclick: row.onclick }, row.name) : h("span", { class: "name" }, row.name),
      h("span", { class: "figure" }, row.text, row.note && h("small", {}, row.note)),
      h("span", { class: "bar", "aria-hidden": "true" }, h("i", { style: { width: `${(100 * row.value) / most}%` } })))));
}
