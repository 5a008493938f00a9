// What is shown, in words: title and the line below it.
import * as api from "/map/api.js";
import { byId } from "/map/dom.js";
import { view } from "/map/view.js";
import { crime as crimeName, number, say, span } from "/map/words.js";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

// The long names of some crimes are set smaller: with a second line the map below would change its size, and be drawn anew.
function write(text) {
  const title = byId("title");
  if (title.textContent === text) return;
  title.textContent = text;
  title.title = text;
  title.classList.remove("long");
  title.classList.toggle("long", title.offsetHeight > 36);
}

export function heading(state, result) {
  const now = view();
  if (now.mode === "sheet") return void ([byId("title").textContent, byId("subtitle").textContent] = [say("sheet.title"), state.title]);
  const crime = now.category && (now.layer !== "surface" || api.seesPlaces()) ? crimeName(now.category) : say("allCrimes");
  const by = say("levelsBy." + now.level);
  const name = now.layer === "areas" && now.measure === "change" ? "change" : now.layer;
  write(say("title." + name, crime, by));
  const parts = [
    now.layer === "areas" && say("unit." + now.measure, now.measure === "change" ? say("bases." + now.base) : state.people),
    now.layer === "surface" && say("unit.surface"),
    now.modality && crimeName(now.modality), span(result?.days?.[0] ?? now.from ?? state.store.days?.[0], result?.days?.[1] ?? now.to ?? state.store.days?.[1]),
    now.hours && (say("hoursLong")[now.hours] ?? now.hours.replace("-", "–") + " h"),
    now.days && now.days.split(",").map((day) => say("weekdaysLong")[weekdays.indexOf(day)]).join(", "),
    result && Number.isFinite(result.counted) && say(result.suppressed ? "atLeast" : "incidents", result.counted, number(result.counted, 0)),
    result?.suppressed > 0 && say("suppressed", number(result.suppressed, 0)),
  ].filter(Boolean);
  const text = parts.join(" · ");
  byId("subtitle").textContent = text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
