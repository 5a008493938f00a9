// The page's language: its words, numbers and days.
import es from "/map/es.js";

const known = { es };
let words = es;
let code = "es";

export async function speak(language) {
  code = language === "en" ? "en" : "es";
  if (!known[code]) known[code] = (await import(`/map/${code}.js`)).default;
  words = known[code];
  document.documentElement.lang = code;
}

export const language = () => code;

// `say("areas.count", 12)`: a text, or what a function makes of the rest.
export function say(path, ...values) {
  const found = path.split(".").reduce((part, name) => part?.[name], words);
  if (typeof found === "function") return found(...values);
  return found ?? path;
}

const locale = () => (code === "en" ? "en-US" : "es-MX");

export function number(value, digits = null) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const most = digits ?? (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: most }).format(value);
}

export const percent = (share, digits = 0) =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: digits, signDisplay: "auto" }).format(share);

export const growth = (share) =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(share);

const date = (text) => new Date(text + "T12:00:00Z");
const format = (text, options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(date(text));

export const day = (text) => format(text, { day: "numeric", month: "short", year: "numeric" });
export const month = (text) => format(text + "-01", { month: "long", year: "numeric" });
export const shortMonth = (text) => format(text + "-01", { month: "short", year: "numeric" });

// As short as can be: "marzo de 2023", "2023", "1 ene – 31 mar 2023".
export function span(from, to) {
  if (!from || !to) return "";
  const [a, b] = [from.slice(0, 7), to.slice(0, 7)];
  const whole = from.endsWith("-01") && to === lastDay(b);
  if (whole && a === b) return month(a);
  if (whole && from.endsWith("-01-01") && to.endsWith("-12-31")) {
    return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}–${to.slice(0, 4)}`;
  }
  if (whole) return `${a.slice(0, 4) === b.slice(0, 4) ? format(a + "-01", { month: "long" }) : month(a)} – ${month(b)}`;
  return `${day(from)} – ${day(to)}`;
}

export function lastDay(monthText) {
  const [year, number] = monthText.split("-").map(Number);
  return `${monthText}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}

// "LOMAS DEL FARO II ETAPA" is read as "Lomas del Faro II Etapa".
const small = new Set(["de", "del", "la", "las", "los", "el", "y", "e", "en", "a"]);
export function place(name) {
  if (name !== name.toLocaleUpperCase("es-MX") || !/[A-ZÁÉÍÓÚÑ]{2}/.test(name)) return name;
  return name.split(" ").map((word, k) => {
    if (/^[IVX]+$/.test(word) || /\d/.test(word)) return word;
    const lower = word.toLocaleLowerCase("es-MX");
    if (k > 0 && small.has(lower)) return lower;
    return lower.replace(/^[^a-záéíóúñü]*[a-záéíóúñü]/, (start) => start.toLocaleUpperCase("es-MX"));
  }).join(" ");
}

// Catalogues shout; people read sentences.
export function crime(name) {
  if (name !== name.toUpperCase()) return name;
  const lower = name.toLocaleLowerCase("es-MX");
  return lower.charAt(0).toLocaleUpperCase("es-MX") + lower.slice(1);
}
