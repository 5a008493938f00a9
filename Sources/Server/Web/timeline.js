// Bars of months with a window that is moved, drawn out, and played.
import * as api from "/map/api.js";
import { byId, h, replace, svg } from "/map/dom.js";
import { lastDay, month, number, say, shortMonth, span } from "/map/words.js";
import { change, view } from "/map/view.js";

let months = [];
let playing = null;

export const isPlaying = () => playing !== null;

const first = () => months[0]?.period;
const clamp = (k) => Math.max(0, Math.min(months.length - 1, k));

function window_() {
  const { from, to } = view();
  const a = from ? months.findIndex((one) => one.period === from.slice(0, 7)) : 0;
  const b = to ? months.findIndex((one) => one.period === to.slice(0, 7)) : months.length - 1;
  return [a < 0 ? 0 : a, b < 0 ? months.length - 1 : b];
}

function show(a, b) {
  [a, b] = [clamp(Math.min(a, b)), clamp(Math.max(a, b))];
  // Where only whole years can be asked for, the window snaps to them.
  if (yearly()) {
    a = months.findIndex((one) => one.period.slice(0, 4) === months[a].period.slice(0, 4));
    b = months.findLastIndex((one) => one.period.slice(0, 4) === months[view().layer === "surface" ? a : b].period.slice(0, 4));
  }
  const all = a === 0 && b === months.length - 1;
  change({ from: all ? null : months[a].period + "-01", to: all ? null : lastDay(months[b].period) });
}

let grain = "day";
const yearly = () => grain === "year" || (!api.seesPlaces() && view().layer === "surface");

export async function timeline(state) {
  months = state.store.months;
  grain = state.store.levels.find((one) => one.name === view().level)?.grain ?? "day";
  if (months.length < 2) return (byId("time").hidden = true);
  let counts = new Map(months.map((one) => [one.period, one.count]));
  draw(counts);
  const now = view();
  if (!now.category && !now.modality && !now.hours && !now.days) return;
  try {
    const found = await api.totals(now);
    counts = new Map(found.rows.map((row) => [row.period, row.count]));
    draw(counts);
  } catch (error) {
    if (error.name !== "AbortError" && !error.status) throw error;
  }
}

function draw(counts) {
  const [a, b] = window_();
  const [width, height, floor] = [1000, 46, 44];
  const step = width / months.length;
  const most = Math.max(1, ...months.map((one) => counts.get(one.period) ?? 0));
  const bars = months.map((one, k) => {
    const tall = ((counts.get(one.period) ?? 0) / most) * (floor - 4);
    return svg("rect", { x: k * step + step * 0.06, y: floor - tall, width: step * 0.88, height: tall, class: k >= a && k <= b ? "in" : "out" },
      svg("title", {}, `${month(one.period)}: ${number(counts.get(one.period) ?? 0, 0)}`));
  });
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": say("time.bars") }, bars);
  const handle = (side, k) => h("div", {
    class: "handle " + side, role: "slider", tabindex: "0", "aria-label": say("time." + side), "aria-valuemin": 0, "aria-valuemax": months.length - 1,
    "aria-valuenow": k, "aria-valuetext": month(months[k].period), style: { left: `${(100 * (side === "from" ? k : k + 1)) / months.length}%` },
    onkeydown: (event) => keys(event, side),
  });
  const track = h("div", { class: "track" }, chart,
    h("div", { class: "window", style: { left: `${(100 * a) / months.length}%`, width: `${(100 * (b - a + 1)) / months.length}%` } }),
    handle("from", a), handle("to", b));
  track.addEventListener("pointerdown", (event) => drag(event, track));
  const held = document.activeElement?.classList?.contains("handle") ? document.activeElement.classList[1] : null;
  const heldButton = document.activeElement?.dataset?.quick;
  replace(byId("time"),
    h("div", { class: "when-row" },
      h("button", { type: "button", id: "play", "data-quick": "play", class: "play", "aria-label": say(playing ? "time.pause" : "time.play"), title: say(playing ? "time.pause" : "time.play"), onclick: toggle }, playing ? "❚❚" : "▶"),
      h("output", { class: "span" }, span(months[a].period + "-01", lastDay(months[b].period))),
      h("div", { class: "quick", role: "group", "aria-label": say("time.window") }, [["month", 1], ["quarter", 3], ["year", 12], ["all", months.length]]
        .filter(([name, n]) => (n < months.length && (!yearly() || n === 12)) || name === "all")
        .map(([name, n]) => h("button", { type: "button", "data-quick": name, "aria-pressed": String(b - a + 1 === n), onclick: () => (b - n + 1 < 0 ? show(0, n - 1) : show(b - n + 1, b)) }, say("time." + name))))),
    track,
    h("div", { class: "years", "aria-hidden": "true" }, marks()));
  if (held) byId("time").querySelector(".handle." + held)?.focus();
  if (heldButton) byId("time").querySelector(`[data-quick="${heldButton}"]`)?.focus();
}

// A mark where each year begins; each month where there are few.
function marks() {
  const few = months.length <= 18;
  return months.map((one, k) => ((few ? k % 2 === 0 : one.period.endsWith("-01") || k === 0)
    ? h("span", { style: { left: `${(100 * k) / months.length}%` } }, few ? shortMonth(one.period).replace(/[ ./-]*(de )?\d{4}$/, k === 0 || one.period.endsWith("-01") ? " $&" : "").replace(/ +(de )?/, " ") : one.period.slice(0, 4)) : null));
}

function keys(event, side) {
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -3, PageUp: 3, Home: -1e6, End: 1e6 }[event.key];
  if (!step) return;
  event.preventDefault();
  const [a, b] = window_();
  if (event.shiftKey) return show(clamp(a + step), clamp(b + step));
  if (side === "from") show(Math.min(clamp(a + step), b), b);
  else show(a, Math.max(clamp(b + step), a));
}

// Handles draw the window out; its middle moves it; elsewhere a new one begins.
function drag(event, track) {
  const box = track.getBoundingClientRect();
  const at = (x) => clamp(Math.floor(((x - box.left) / box.width) * months.length));
  const start = at(event.clientX);
  const [a, b] = window_();
  const side = event.target.classList.contains("handle") ? event.target.classList[1] : null;
  const whole = a === 0 && b === months.length - 1;
  const moves = !side && !whole && start >= a && start <= b;
  stop();
  event.preventDefault();
  (event.target.closest(".handle") ?? track.querySelector(".handle.to"))?.focus();
  const paint = (from, to) => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const pane = byId("time").querySelector(".window");
    pane.style.left = `${(100 * low) / months.length}%`;
    pane.style.width = `${(100 * (high - low + 1)) / months.length}%`;
    byId("time").querySelector(".span").textContent = span(months[low].period + "-01", lastDay(months[high].period));
    target = [low, high];
  };
  let target = null;
  const move = (next) => {
    const k = at(next.clientX);
    if (side === "from") paint(Math.min(k, b), b);
    else if (side === "to") paint(a, Math.max(k, a));
    else if (moves) {
      const shift = Math.max(-a, Math.min(months.length - 1 - b, k - start));
      paint(a + shift, b + shift);
    } else paint(start, k);
  };
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    if (target) show(...target);
    else if (!side && !moves) show(start, start);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
}

function stop() {
  if (playing) clearInterval(playing);
  playing = null;
}

// The window steps on by its own length; colours keep their meaning meanwhile.
function toggle() {
  if (playing) {
    stop();
    return change({});
  }
  const limits = byId("legend").dataset.limits;
  if (limits && !view().lock && view().measure !== "change") change({ lock: limits }, true);
  const step = () => {
    const [a, b] = window_();
    const length = b - a + 1;
    if (length >= months.length) return show(0, 0);
    const next = b + length > months.length - 1 ? 0 : a + length;
    show(next, next + length - 1);
  };
  playing = setInterval(step, 1400);
  step();
}

export const stopPlaying = stop;
