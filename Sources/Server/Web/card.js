// The card of an area, alone or beside another area or another time.
import * as api from "/map/api.js";
import { bars } from "/map/bars.js";
import { byId, h, replace } from "/map/dom.js";
import { hourGrid, peak } from "/map/hourgrid.js";
import { sparkline } from "/map/sparkline.js";
import { change, view } from "/map/view.js";
import { crime, growth, number, percent, place, say, span } from "/map/words.js";

let last = null;

export async function card() {
  const now = view();
  const pane = byId("card");
  document.body.classList.toggle("with-card", Boolean(now.area));
  if (!now.area) {
    last = null;
    pane.hidden = true;
    return;
  }
  const opened = pane.hidden;
  pane.hidden = false;
  if (opened) replace(pane, h("p", { class: "wait" }, say("state.loading")));
  const asked = JSON.stringify([now.area, now.beside, api.filters(now), now.base]);
  last = asked;
  try {
    const both = await Promise.all([api.card(now.area, now), beside(now)]);
    if (last !== asked) return;
    draw(pane, now, ...both);
    if (opened) pane.querySelector("h2")?.focus({ preventScroll: true });
  } catch (error) {
    if (error.name === "AbortError" || last !== asked) return;
    replace(pane, close(), h("p", { class: "wait" }, error.status === 403 || error.status === 401 ? say("state.forbidden") : error.message));
  }
}

// "level:id" is another area in the same days; "from..to" the same area in others.
function beside(now) {
  if (!now.beside || now.beside === "?") return null;
  if (now.beside.includes("..")) {
    const [from, to] = now.beside.split("..");
    return api.card(now.area, now, { from, to });
  }
  return api.card(now.beside, now);
}

const close = () => h("button", { type: "button", class: "close", "aria-label": say("card.close"), onclick: () => change({ area: null, beside: null }) }, "×");

function draw(pane, now, one, two) {
  const most = two && Math.max(...[one, two].flatMap((card) => (card.months ?? card.periods ?? []).map((month) => month.count ?? 0)));
  const times = two && now.beside.includes("..");
  pane.classList.toggle("double", Boolean(two));
  pane.setAttribute("aria-label", `${say("card.heading")} ${one.area_name}`);
  replace(pane, close(),
    h("div", { class: "columns" },
      column(one, now, { top: most, heading: times ? span(...one.days) : null }),
      two && column(two, now, { top: most, heading: times ? span(...two.days) : null, isSecond: true })),
    actions(now, one, two));
}

function column(card, now, { top, heading, isSecond }) {
  const figure = card.rate ?? card.density;
  const series = card.months ?? (card.periods ?? []).map((one) => ({ period: one.period, count: one.count ?? one.at_least }));
  return h("article", { class: isSecond ? "second" : null },
    h("p", { class: "kind" }, [say("levels." + card.level), card.parent_name].filter(Boolean).join(" · ")),
    h("h2", { tabindex: "-1" }, place(card.area_name)),
    heading && h("p", { class: "when-of" }, heading),
    h("div", { class: "lead" },
      h("strong", { class: card.count === null ? "words" : null }, card.count === null || card.count === undefined ? (card.at_least ? say("card.least", number(card.at_least, 0)) : say("table.hidden")) : number(card.count, 0)), h("span", {}, card.count === null || card.count === undefined ? "" : say("incidents", card.count, "").trim()),
      h("small", {}, crimeName(now) + (heading ? "" : ` · ${span(...card.days)}`))),
    card.count === 0 ? h("p", { class: "wait" }, say("card.noIncidents")) : [
      h("dl", { class: "facts" },
        figure && fact(card.rate ? say("card.rate") : say("card.density"), number(figure.value),
          say("card.interval", number(figure.low), number(figure.high)) + (card.count < 10 ? `; ${say("card.few")}` : "")),
        card.rank && fact(say("card.rank"), say("card.rankText", card.rank.rank, number(card.rank.of, 0)), say("card.rankRange", card.rank.best, number(card.rank.worst, 0))),
        api.seesPlaces() && (card.change
          ? fact(say("card.change"), card.change.growth === null || card.change.growth === undefined ? `${number(card.change.count, 0)} → ${number(card.count, 0)}` : growth(card.change.growth),
            `${say("card.since", span(card.change.from, card.change.to))} (${number(card.change.count, 0)}); ${chance(card.change.p)}`)
          : fact(say("card.change"), "–", say("card.noBase")))),
    ],
    series.length > 1 && [h("h3", {}, say(series[0].period.length === 4 ? "card.years" : "card.trend")), sparkline(series, { from: card.days?.[0], to: card.days?.[1], top, label: trendText(series) })],
    card.count > 0 && card.hour_of_week && week(card),
    card.crimes.length > 0 && [h("h3", {}, say("card.crimes")), bars(card.crimes.map((one) => ({
      name: crime(one.category), value: one.count, text: number(one.count, 0), note: one.location_quotient ? say("card.times", number(one.location_quotient, 1)) : null,
    })), say("card.crimes")), api.seesPlaces() && h("p", { class: "hint" }, say("card.timesHint"))],
    !isSecond && card.neighbours.length > 0 && [h("h3", {}, say("card.neighbours")), bars(card.neighbours.slice(0, 8).map((one) => {
      const value = one.rate ?? one.density;
      return { name: place(one.area_name), value: value ?? 0, text: one.count === null || one.count === undefined ? say("table.hidden") : number(value), onclick: () => change({ area: `${card.level}:${one.area_id}` }) };
    }), say("card.neighbours")), h("p", { class: "hint" }, card.rate ? say("card.rate") : say("card.density"))],
    card.quality?.incidents > 0 && [h("h3", {}, say("card.quality")), h("p", { class: "quality" }, say("card.qualityText", percent(card.quality.rate, 1), number(card.quality.incidents, 0)))]);
}

const crimeName = (now) => (now.category ? crime(now.category) : say("allCrimes"));
const fact = (name, value, note) => h("div", {}, h("dt", {}, name), h("dd", {}, h("b", {}, value), note && h("span", {}, note)));

function chance(p) {
  if (p === null || p === undefined) return "";
  return `${say("card.chance", p)} (${p < 0.001 ? "p < 0.001" : say("card.p", number(p, p < 0.1 ? 3 : 2))})`;
}

function trendText(series) {
  const counts = series.map((one) => one.count);
  return `${say("card.trend")}: ${number(Math.min(...counts), 0)}–${number(Math.max(...counts), 0)}`;
}

function week(card) {
  const best = peak(card.hour_of_week);
  const text = say("card.weekPeak", say("weekdaysLong")[best.day], best.hour, number(best.count, 0));
  const without = card.without_hour.reduce((sum, one) => sum + one, 0);
  return [h("h3", {}, say("card.week")), hourGrid(card.hour_of_week, { label: `${say("card.week")}. ${text}` }),
    h("p", { class: "hint" }, [text, without > 0 && say("card.withoutHour", number(without, 0))].filter(Boolean).join(". ") + ".")];
}

function actions(now, one, two) {
  if (two || now.beside === "?") {
    return h("div", { class: "actions" }, now.beside === "?" && h("p", { class: "pick" }, say("card.pick")),
      h("button", { type: "button", onclick: () => change({ beside: null }) }, say("card.stop")));
  }
  const earlier = one.change && `${one.change.from}..${one.change.to}`;
  return h("div", { class: "actions" },
    h("button", { type: "button", id: "compare-area", onclick: () => change({ beside: "?" }) }, say("card.compareArea")),
    earlier && h("button", { type: "button", id: "compare-period", onclick: () => change({ beside: earlier }) }, say("card.comparePeriod")));
}
