// All words of the page in English.
const plural = (n, one, many) => (n === 1 ? one : many);

const units = {
  case_file: "investigation files", victim: "victims", call: "emergency calls", report: "reports", incident: "incidents", person: "residents",
};

const ordinal = (n) => n + (n % 100 > 10 && n % 100 < 14 ? "th" : ["th", "st", "nd", "rd"][n % 10] || "th");

export default {
  skip: "Skip to the map",
  otherLanguage: "Español",
  allCrimes: "All crimes",
  allModalities: "All kinds",
  levels: { colonia: "Neighbourhood", municipality: "Municipality", district: "District", sector: "Sector", cuadrante: "Beat" },
  levelsBy: { colonia: "by neighbourhood", municipality: "by municipality", district: "by district", sector: "by sector", cuadrante: "by beat" },
  search: { label: "Find a neighbourhood or district", none: "Nothing by that name", hint: "Neighbourhood, municipality or district" },
  controls: {
    crime: "Crime", modality: "Kind", show: "Show", by: "By", measure: "Measure", when: "Hours and days", bandwidth: "Smoothing reach", cell: "Cell size",
    compared: "Compare with", lock: "Hold the scale", lockHint: "Keeps limits and colours as they are when crime or dates change.",
    reset: "Start over", metres: (m) => (m >= 1000 ? `${m / 1000} km` : `${m} m`), filters: "Filters",
  },
  layers: { areas: "Areas", surface: "Density", hotspots: "Hot spots", clusters: "Clusters", points: "Points", emerging: "Emerging" },
  measures: { rate: "Rate", density: "Per km²", count: "Number", change: "Change" },
  bases: { year: "a year earlier", before: "the period before" },
  hours: { all: "All day", "0-5": "Small hours", "6-11": "Morning", "12-17": "Afternoon", "18-23": "Evening" },
  hoursLong: { "0-5": "in the small hours (0–6)", "6-11": "in the morning (6–12)", "12-17": "in the afternoon (12–18)", "18-23": "in the evening (18–24)" },
  weekdays: ["M", "T", "W", "T", "F", "S", "S"],
  weekdaysLong: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  title: {
    areas: (crime, by) => `${crime} ${by}`, surface: (crime) => `${crime}: where they concentrate`, hotspots: (crime) => `${crime}: where there is more than chance would give`,
    emerging: (crime) => `${crime}: what grows and what fades`, clusters: (crime) => `${crime}: clusters of incidents`, points: (crime) => `${crime}: every incident`, change: (crime, by) => `Change ${by}: ${crime.charAt(0).toLowerCase() + crime.slice(1)}`,
  },
  unit: {
    rate: (kind) => `per 100,000 ${kind || "residents"} and year`, density: "per km² and year", count: "incidents in the period", change: (base) => `change since ${base}`, surface: "incidents per km²",
  },
  legend: {
    none: "none", noData: "no figure", hidden: "hidden for privacy, or no figure", unsure: "cannot be told from chance", less: "less", more: "more", hot: "more than chance", cold: "less than chance",
    confidence: "confidence 90 · 95 · 99 %", ordinary: "as expected", clusters: "outline of each cluster", points: "a dot per incident; many together look darker", locked: "scale held",
    smoothed: (m) => `smoothed over ${m}`, cells: (m) => `cells of ${m}`,
    periods: (n, cells) => `${n} periods; cells of ${cells}; only what passes the test (5 %, false-discovery control)`, fdr: "exact Poisson test, 5 % with false-discovery control",
  },
  incidents: (n, text) => `${text} ${plural(n, "incident", "incidents")}`,
  atLeast: (n, text) => `at least ${text} incidents`, suppressed: (n) => `${n} areas with hidden counts`,
  tip: { none: "no incident" },
  time: { label: "Dates", from: "From", to: "To", play: "Play", pause: "Pause", all: "All", year: "12 months", quarter: "3 months", month: "1 month", bars: "Incidents per month", window: "Period shown" },
  trust: {
    title: "What this rests on", counts: (kinds) => `Counts ${kinds}`, unit: (unit) => units[unit] || unit, unknownUnit: "incidents (the catalogue does not say whether files or victims)",
    source: "Source", cut: "Data until", loaded: (d) => `loaded ${d}`, found: "Located", unplaced: "Without a place", artefacts: "At artificial places",
    foundHint: "to a street or corner; below 85 % a map misleads", rejected: "Rows rejected",
    unreported: "What nobody reports does not appear: in Mexico that is most of it. More on the map may mean more reporting.",
    small: "Rates of few cases jump by chance: look at the interval on the card.", breaks: (days) => `The way of counting changed on ${days}; do not compare across.`,
    files: (first, n) => `${first} and ${n} more`, public: "Public view: small counts are hidden so that nobody is exposed.",
    role: { public: "public", planner: "planner", researcher: "researcher", admin: "administrator" }, asRole: "Seen as", more: "Method and limits", signIn: "Sign in with a token", signOut: "Sign out", token: "Access token",
  },
  source: (counts, files, cut, found, unplaced) => `Counts ${counts}. Source: ${files}. Data until ${cut}; ${found} located, ${unplaced} without a place. Unreported crime does not appear.`,
  tools: { map: "Map", table: "Table", share: "Share", print: "Print", view: "View as" },
  map: { label: "Map. Arrows move it; + and − zoom. The table has the same data.", zoomIn: "Zoom in", zoomOut: "Zoom out", home: "See all" },
  table: {
    caption: "The same data as the map", area: "Area", count: "Incidents", rate: "Rate per 100,000 and year", density: "Per km² and year", before: "Before", change: "Change", chance: "Chance?",
    sure: "not chance", unsure: "may be chance", more: (n) => `Show all ${n}`, km2: "km²", people: "Residents", hidden: "hidden", cellTable: "Cell", z: "z", q: "q", classes: "Class",
    only: "This layer has no areas; the table shows counts by area with the same filters.",
  },
  classes: {
    "hot 99 %": "more, 99 %", "hot 95 %": "more, 95 %", "hot 90 %": "more, 90 %", "cold 90 %": "less, 90 %", "cold 95 %": "less, 95 %", "cold 99 %": "less, 99 %", "not significant": "as expected",
  },
  emerging: {
    "new hot spot": "New", "new cold spot": "New cold",
    "consecutive hot spot": "Consecutive", "consecutive cold spot": "Consecutive cold",
    "intensifying hot spot": "Intensifying", "intensifying cold spot": "Intensifying cold",
    "persistent hot spot": "Persistent", "persistent cold spot": "Persistent cold",
    "diminishing hot spot": "Diminishing", "diminishing cold spot": "Diminishing cold",
    "sporadic hot spot": "Sporadic", "sporadic cold spot": "Sporadic cold",
    "oscillating hot spot": "Oscillating", "oscillating cold spot": "Oscillating cold",
    "historical hot spot": "Historical", "historical cold spot": "Historical cold",
  },
  card: {
    close: "Close", of: (n, total) => `${n} of ${total} on the map`, rate: "Rate per 100,000 and year", density: "Per km² and year", interval: (a, b) => `between ${a} and ${b}`,
    rank: "Rank", rankText: (r, of) => `${ordinal(r)} of ${of}`, rankRange: (a, b) => (String(a) === b ? "certain, chance allowed for" : `${ordinal(a)} to ${b}, chance allowed for`),
    change: "Change", since: (d) => `since ${d}`, chance: (p) => (p < 0.05 ? "hard to explain by chance" : "may be chance"), p: (p) => `p = ${p}`, noBase: "no earlier data to compare with",
    trend: "By month", years: "By year", least: (n) => `at least ${n}`, week: "Hour of the week", weekPeak: (d, hour, n) => `Peak: ${d} ${hour} to ${hour + 1} h (${n})`, withoutHour: (n) => `${n} without a known hour are not in the grid`,
    crimes: "Most frequent here", times: (x) => `${x}×`, timesHint: "× = times the crime's share everywhere", neighbours: "Neighbours", quality: "Quality of place",
    qualityText: (share, n) => `${share} of ${n} reports located to a street or corner`, few: "too few cases for a firm rate",
    compareArea: "Compare with another area", comparePeriod: "Compare with the period before", pick: "Choose another area on the map or by search.", stop: "Stop comparing", zoom: "Zoom to",
    same: "same area, other dates", heading: "Card of", tableHour: "Hour", noIncidents: "No incidents with these filters.",
  },
  share: {
    title: "Share and download", link: "Link to this view", copy: "Copy", copied: "Copied", download: "Download what is shown", forms: { geojson: "GeoJSON", csv: "CSV", png: "PNG picture", tif: "GeoTIFF" },
    provenance: "Each file carries method, filters, source and revision.", print: "Printed sheet", printButton: "Print", embed: "Embed in another page", developers: "For developers", close: "Close",
    urls: "Addresses of this view", example: "A whole example with MapLibre", tilejson: "TileJSON", tiles: "Tiles", data: "Data", api: "OpenAPI description", tokenNote: "With a token: add the header Authorization: Bearer …",
    embedPublic: "Whoever opens it sees what the public sees.", open: "Open the example",
  },
  state: {
    loading: "Loading…", empty: "No incident with these filters", emptyHint: "Widen the dates or take a filter away.", failed: "Could not be loaded", retry: "Try again",
    forbidden: "This layer shows exact places and asks for a token.", noLibrary: "The map library is missing",
    noLibraryHint: "Whoever runs the server can fetch it with “tools/map-assets folder” and start with “faro serve … --map-assets folder”. Until then: the picture that the server draws, and the table.",
    noWebGL: "This browser cannot draw maps (WebGL)", shown: (title, subtitle) => `${title}. ${subtitle}`, tooMany: "Too many incidents for this layer: choose a crime or fewer days.", picture: "Map drawn by the server",
  },
};
