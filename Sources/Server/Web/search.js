// A field that finds areas while one writes: a combobox, all of it by keyboard.
import * as api from "/map/api.js";
import { byId, debounce, h, replace } from "/map/dom.js";
import { place, say } from "/map/words.js";

export function search(onPick) {
  const list = h("ul", { id: "found", role: "listbox", "aria-label": say("search.label"), hidden: true });
  const field = h("input", {
    type: "search", id: "search-field", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
    "aria-label": say("search.label"), placeholder: say("search.hint"), spellcheck: "false",
  });
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const pick = (hit) => {
    field.value = place(hit.area_name);
    close();
    onPick(hit);
  };
  const mark = (place) => {
    active = place;
    [...list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === place)));
    if (place >= 0) field.setAttribute("aria-activedescendant", "found-" + place);
  };
  const look = debounce(120, async () => {
    const words = field.value.trim();
    if (words.length < 2) return close();
    try {
      hits = (await api.search(words)).areas;
    } catch (error) {
      if (error.name !== "AbortError") close();
      return;
    }
    replace(list, hits.length
      ? hits.map((hit, k) => h("li", { id: "found-" + k, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); pick(hit); } },
        place(hit.area_name), h("small", {}, [say("levels." + hit.level), hit.parent_name].filter(Boolean).join(" · "))))
      : h("li", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, say("search.none")));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    active = -1;
  });

  field.addEventListener("input", look);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (list.hidden || !hits.length) return;
    if (event.key === "ArrowDown") mark((active + 1) % hits.length);
    else if (event.key === "ArrowUp") mark((active + hits.length - 1) % hits.length);
    else if (event.key === "Enter") pick(hits[Math.max(0, active)]);
    else return;
    event.preventDefault();
  });
  replace(byId("search"), field, list);
}
