// Hours across, days down: the load of a week.
import { svg } from "/map/dom.js";
import { ramp, zero } from "/map/scale.js";
import { number, say } from "/map/words.js";

export function hourGrid(week, { label, width = 320 } = {}) {
  const most = Math.max(1, ...week.flat());
  const [left, cell] = [16, (width - 16) / 24];
  const tall = 13;
  const days = say("weekdays");
  const long = say("weekdaysLong");
  const colour = (count) => (count === 0 ? zero : ramp[Math.min(ramp.length - 1, Math.floor((count / most) * ramp.length))]);
  const cells = week.flatMap((hours, day) => hours.map((count, hour) =>
    svg("rect", { x: (left + hour * cell).toFixed(2), y: day * tall, width: (cell - 0.7).toFixed(2), height: tall - 0.7, fill: colour(count) },
      svg("title", {}, `${long[day]} ${hour}–${hour + 1} h: ${number(count, 0)}`))));
  return svg("svg", { viewBox: `0 0 ${width} ${7 * tall + 14}`, class: "hours", role: "img", "aria-label": label },
    days.map((name, day) => svg("text", { x: 0, y: day * tall + 10 }, name)),
    cells,
    [0, 6, 12, 18, 24].map((hour) => svg("text", { x: (left + hour * cell).toFixed(1), y: 7 * tall + 11, "text-anchor": hour === 0 ? "start" : hour === 24 ? "end" : "middle" }, String(hour))));
}

export function peak(week) {
  let best = { day: 0, hour: 0, count: 0 };
  week.forEach((hours, day) => hours.forEach((count, hour) => { if (count > best.count) best = { day, hour, count }; }));
  return best;
}
