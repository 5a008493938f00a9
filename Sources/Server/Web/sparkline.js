// Months as bars, those of the period shown in full colour.
import { svg } from "/map/dom.js";
import { number, shortMonth } from "/map/words.js";

export function sparkline(months, { from, to, label, width = 320, height = 72, top = null } = {}) {
  const most = Math.max(1, top ?? 0, ...months.map((one) => one.count));
  const floor = height - 16;
  const step = width / Math.max(1, months.length);
  const inside = (one) => (!from || one.period >= from.slice(0, one.period.length)) && (!to || one.period <= to.slice(0, one.period.length));
  const name = (period) => (period.length === 4 ? period : shortMonth(period));
  const bars = months.map((one, k) => {
    const tall = (one.count / most) * (floor - 12);
    return svg("rect", {
      x: (k * step + step * 0.08).toFixed(2), y: (floor - tall).toFixed(2), width: (step * 0.84).toFixed(2), height: tall.toFixed(2), class: inside(one) ? "in" : "out",
    }, svg("title", {}, `${name(one.period)}: ${number(one.count, 0)}`));
  });
  const highest = months.findIndex((one) => one.count === most);
  const anchor = highest > months.length * 0.8 ? "end" : highest < months.length * 0.2 ? "start" : "middle";
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "spark", role: "img", "aria-label": label },
    bars,
    svg("line", { x1: 0, x2: width, y1: floor, y2: floor, class: "axis" }),
    highest >= 0 && svg("text", { x: ((highest + 0.5) * step).toFixed(1), y: (floor - (months[highest].count / most) * (floor - 12) - 3).toFixed(1), "text-anchor": anchor, class: "value" }, number(most, 0)),
    months.length > 1 && svg("text", { x: 0, y: height - 3 }, name(months[0].period)),
    months.length > 1 && svg("text", { x: width, y: height - 3, "text-anchor": "end" }, name(months.at(-1).period)));
}
