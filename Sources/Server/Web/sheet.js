// The lights of a month: areas down, indicators across, as the monthly sheet has them.
import * as api from "/map/api.js";
import { byId, h, replace, svg } from "/map/dom.js";
import { change, view } from "/map/view.js";
import { language, lastDay, month, number, place, say } from "/map/words.js";

// More rows than people read are in the whole sheet.
const most = 60;
let last = null;

export async function sheet(state) {
  const pane = byId("sheet");
  const now = view();
  pane.hidden = now.mode !== "sheet";
  if (pane.hidden) return;
  const level = levelOf(state, now);
  const at = now.month ?? usual(state);
  const asked = JSON.stringify([level, at, api.token(), language()]);
  if (last === asked) return;
  last = asked;
  if (!level || !at) return replace(pane, h("p", { class: "wait" }, say("sheet.none")));
  pane.setAttribute("aria-busy", "true");
  if (!pane.firstChild) replace(pane, h("p", { class: "wait" }, say("state.loading")));
  try {
    const found = await api.sheet(at, level);
    if (last === asked) draw(pane, found, state);
  } catch (error) {
    if (error.name === "AbortError" || last !== asked) return;
    last = null;
    replace(pane, heading(at, level, state), h("p", { class: "wait" }, error.message));
  } finally {
    pane.setAttribute("aria-busy", "false");
  }
}

// Lights are read by municipality or district: of colonias there are too many, and each has too few incidents. Without a token
// there are months of the coarse level alone.
function levelOf(state, now) {
  const fits = (one) => one && one.areas <= most && (api.seesPlaces() || one.grain === "month");
  const levels = state.store.levels;
  const chosen = levels.find((one) => one.name === now.level);
  if (fits(chosen)) return chosen.name;
  return ["municipality", "district"].map((name) => levels.find((one) => one.name === name)).find((one) => one && (fits(one) || one.name === "municipality" && (api.seesPlaces() || one.grain === "month")))?.name ?? null;
}

const months = (state) => state.store.months.map((one) => one.period).sort();

// The last month that is whole.
function usual(state) {
  const all = months(state);
  const end = state.store.days?.[1];
  const isWhole = end && end === lastDay(end.slice(0, 7));
  return all.filter((one) => isWhole || one < (end ?? "").slice(0, 7)).at(-1) ?? all.at(-1) ?? null;
}

function heading(at, level, state) {
  const all = months(state);
  const step = (to, text, sign) => h("button", { type: "button", disabled: !to, "aria-label": text, onclick: () => change({ month: to }) }, sign);
  const earlier = all.filter((one) => one < at).at(-1);
  const later = all.find((one) => one > at);
  const path = api.address(`/report/${at}`, { areas: level, lang: language() });
  const form = (text, f) => api.token()
    ? h("button", { type: "button", class: "quiet", onclick: () => take(path, f, at) }, text)
    : h("a", { href: f === "html" ? path : `${path}&f=${f}`, target: "_blank", rel: "noopener" }, text);
  return h("header", { class: "sheet-head" },
    h("div", { class: "sheet-month" }, step(earlier, say("sheet.earlier"), "‹"), h("h2", {}, capital(month(at))), step(later, say("sheet.later"), "›")),
    h("p", { class: "sheet-links" }, form(say("sheet.whole"), "html"), form("CSV", "csv"), form("JSON", "json")));
}

const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

// A link would not send the token.
async function take(path, form, at) {
  const address = URL.createObjectURL(await api.download(`${path}&f=${form}`));
  h("a", { href: address, download: `faro-${at}.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function draw(pane, found, state) {
  const judged = found.indicators.filter((one) => one.polarity === "less_is_better");
  const order = [...found.areas].sort((a, b) => (a.index_rank ?? 1e9) - (b.index_rank ?? 1e9) || a.area_name.localeCompare(b.area_name));
  const detail = h("div", { class: "sheet-detail", "aria-live": "polite" }, h("p", { class: "hint" }, say("sheet.pick")));
  const cell = (part, line) => h("td", {}, light(part, line, detail));
  const lines = (area) => judged.map((part) => [part, part.areas.find((one) => one.area_id === area)]);
  replace(pane, heading(found.month, found.level, state),
    h("p", { class: "sheet-lead" }, lead(judged)),
    found.suppression?.reasons?.length > 0 && h("p", { class: "hint" }, say("sheet.public", found.suppression.k)),
    judged.length === 0 ? null : h("div", { class: "sheet-scroll", tabindex: "0", role: "region", "aria-label": say("sheet.caption", month(found.month)) },
      h("table", { class: "lights" },
        h("caption", { class: "unseen" }, say("sheet.caption", month(found.month))),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("levels." + found.level)), judged.map((part) => h("th", { scope: "col" }, name(part))), h("th", { scope: "col" }, say("sheet.score")))),
        h("tbody", {},
          found.areas.length > 1 && h("tr", { class: "all" }, h("th", { scope: "row" }, say("sheet.all")), judged.map((part) => cell(part, { ...part.total, area_name: say("sheet.all") })), h("td", {})),
          order.slice(0, most).map((area) => h("tr", {},
            h("th", { scope: "row" }, h("button", { type: "button", onclick: () => open(found, area) }, place(area.area_name))),
            lines(area.area_id).map(([part, line]) => cell(part, line)),
            h("td", { class: "score" }, area.score === null ? "–" : [h("i", { style: { "--share": `${Math.round(area.score * 100)}%` }, "aria-hidden": "true" }), number(area.score, 2)])))))),
    order.length > most && h("p", { class: "hint" }, say("sheet.rest", number(order.length - most, 0))),
    legend(found), detail,
    withheld(found));
}

const name = (part) => (language() === "en" ? part.name_en : part.name_es);
const open = (found, area) => change({ level: found.level, area: `${found.level}:${area.area_id}` });

// How many lights there are, and how many of them say more than chance does.
function lead(judged) {
  const lit = judged.flatMap((part) => part.areas).filter((line) => line.light);
  if (lit.length === 0) return say("sheet.noLights");
  const beyond = (side) => lit.filter((line) => line.chance === side).length;
  return say("sheet.lead", lit.length, beyond("above"), beyond("below"));
}

// MARK: one light

const shapes = {
  dark_green: ["circle", { cx: 12, cy: 12, r: 10.4 }], green: ["circle", { cx: 12, cy: 12, r: 10.4 }],
  yellow: ["path", { d: "M12 .9 23.1 12 12 23.1.9 12Z" }],
  red: ["rect", { x: 1.7, y: 1.7, width: 20.6, height: 20.6, rx: 3 }], double_red: ["rect", { x: 1.7, y: 1.7, width: 20.6, height: 20.6, rx: 3 }],
};

// A colour, a shape and a letter; filled beyond chance, open within it.
function mark(level, isOpen) {
  const [shape, attributes] = shapes[level];
  const letter = say("sheet.letters")[level];
  return svg("svg", { viewBox: "0 0 24 24", class: `light ${level}${isOpen ? " open" : ""}`, "aria-hidden": "true" },
    svg(shape, attributes), svg("text", { x: 12, y: letter.length > 1 ? 15.4 : 16.2, "text-anchor": "middle" }, letter));
}

function light(part, line, detail) {
  if (!line) return null;
  const words = sentence(part, line);
  const show = () => replace(detail, more(part, line, words));
  const held = line.withheld?.split("+").includes("count");
  return h("button", { type: "button", class: "cell", "aria-label": words, title: words, onclick: show, onmouseenter: show, onfocus: show },
    line.light ? mark(line.light, line.chance === "within" || !line.chance) : h("span", { class: "no-light", "aria-hidden": "true" }, "·"),
    h("small", { "aria-hidden": "true" }, line.count === null ? (held ? say("sheet.held") : "–") : number(line.count, 0)));
}

function sentence(part, line) {
  const count = line.count === null ? (line.withheld?.split("+").includes("count") ? say("table.hidden") : say("sheet.noFigure")) : number(line.count, 0);
  const judged = line.light ? `${say("sheet.levels")[line.light]}, ${say("sheet.chance")[line.chance ?? "within"]}` : say("sheet.absence")[line.light_absence ?? "no_figure"];
  return `${name(part)}, ${place(line.area_name)}: ${count}; ${judged}`;
}

function more(part, line, words) {
  const facts = [
    [say("sheet.base"), line.base === null ? null : say("sheet.baseText", number(line.base), line.chance_low, line.chance_high)],
    [say("sheet.yearAgo"), line.year_ago === null ? null : number(line.year_ago, 0)],
    [say("sheet.twelve"), line.twelve_months === null ? null : number(line.twelve_months, 0) + (line.twelve_months_percent === null ? "" : ` (${line.twelve_months_percent > 0 ? "+" : ""}${number(line.twelve_months_percent, 0)} %, ${say("card.chance", line.twelve_months_p)})`)],
  ].filter(([, value]) => value !== null);
  return [h("h3", {}, `${name(part)} · ${place(line.area_name)}`), h("p", {}, words.slice(words.indexOf(": ") + 2)),
    trend(line), h("dl", {}, facts.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))))];
}

// The last months as bars; what is not shown or not known leaves a gap.
function trend(line) {
  const start = line.recent.findIndex((count, k) => count !== null || line.recent_withheld[k]);
  if (start < 0) return null;
  const counts = line.recent.slice(start);
  const top = Math.max(1, line.base ?? 0, ...counts.map((count) => count ?? 0));
  const step = 320 / counts.length;
  const y = (count) => 58 - (count / top) * 52;
  return svg("svg", { viewBox: "0 0 320 60", class: "spark", "aria-hidden": "true" },
    counts.map((count, k) => count !== null && svg("rect", { x: (k * step + step * 0.1).toFixed(1), y: y(count).toFixed(1), width: (step * 0.8).toFixed(1), height: (58 - y(count)).toFixed(1), class: k === counts.length - 1 ? "in" : "out" })),
    line.base !== null && svg("line", { x1: 0, x2: 320, y1: y(line.base).toFixed(1), y2: y(line.base).toFixed(1), class: "base" }),
    svg("line", { x1: 0, x2: 320, y1: 58, y2: 58, class: "axis" }));
}

// MARK: below the table

function legend(found) {
  return h("ul", { class: "sheet-legend" },
    found.rule.steps.map((step) => h("li", {}, mark(step.level, false), say("sheet.levels")[step.level], ": ",
      step.below_percent ? say("sheet.below", step.below_percent) : step.up_to_percent ? say("sheet.upTo", step.up_to_percent) : say("sheet.above"))),
    h("li", {}, say("sheet.filled")));
}

function withheld(found) {
  const names = found.withheld_indicators ?? [];
  return names.length > 0 && h("p", { class: "hint" }, say("sheet.withheld", names.length));
}
