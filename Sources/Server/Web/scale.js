// Classes and their colours. The colours are those of the server's own pictures.

export const ramp = ["#fdf3c4", "#fdc788", "#f78d63", "#dc4f6c", "#9b2f7f", "#4f127b"];
export const none = "#eceeee";
export const zero = "#f8f7f1";

export const hot = {
  "hot 99 %": "#b2182b", "hot 95 %": "#e4705a", "hot 90 %": "#f9c5a9",
  "cold 90 %": "#bbdaea", "cold 95 %": "#5a9fcb", "cold 99 %": "#2166ac",
};

// What became of hot and cold spots, in the order of a legend.
export const emerging = {
  "new hot spot": "#ff00a8", "consecutive hot spot": "#e8590c", "intensifying hot spot": "#8b0000", "persistent hot spot": "#c92a2a",
  "diminishing hot spot": "#e8878a", "sporadic hot spot": "#f4c29a", "oscillating hot spot": "#f2d16b", "historical hot spot": "#a58a84",
  "new cold spot": "#00c2c7", "consecutive cold spot": "#1098ad", "intensifying cold spot": "#0b2a6b", "persistent cold spot": "#1c5faf",
  "diminishing cold spot": "#7fb0de", "sporadic cold spot": "#c3ddf0", "oscillating cold spot": "#b7cfa8", "historical cold spot": "#8a97a8",
};

// Growth of a rate: less, then more. Purple and orange are told apart by everybody.
export const changes = [
  { to: -0.5, colour: "#542788" }, { to: -0.2, colour: "#8073ac" }, { to: 0, colour: "#c6bfe0" },
  { to: 0.25, colour: "#fdd0a2" }, { to: 1, colour: "#e08214" }, { to: Infinity, colour: "#8c4506" },
];
export const unsure = "#e4e7e8";

export function changeColour(growth, q) {
  if (growth === null || q === null || q > 0.05) return unsure;
  return changes.find((one) => growth < one.to || one.to === Infinity).colour;
}

// Round limits near the quantiles of the values above 0, so that each class has areas in it.
export function breaks(values, count = ramp.length) {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  if (!sorted.length) return [];
  const limits = [];
  for (let k = 1; k < count; k++) {
    const share = [0.2, 0.4, 0.6, 0.8, 0.95][k - 1];
    const limit = round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    if (!limits.length || limit > limits.at(-1)) limits.push(limit);
  }
  return limits;
}

const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

function round(value) {
  if (value <= 1) return value > 0.5 ? 1 : Number(value.toPrecision(1));
  const power = 10 ** Math.floor(Math.log10(value));
  const scaled = value / power;
  return steps.reduce((best, step) => (Math.abs(step - scaled) < Math.abs(best - scaled) ? step : best)) * power;
}

export function colours(limits) {
  const count = limits.length + 1;
  return Array.from({ length: count }, (_, k) => ramp[count === 1 ? 2 : Math.round((k * (ramp.length - 1)) / (count - 1))]);
}

export function colour(value, limits, palette = colours(limits)) {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  if (value === 0) return zero;
  const place = limits.findIndex((limit) => value < limit);
  return palette[place < 0 ? palette.length - 1 : place];
}
