// What stands in for a picture, or before one: loading, empty, refused, failed, and the server's own picture.
import * as api from "/map/api.js";
import * as canvas from "/map/canvas.js";
import { byId, h, replace } from "/map/dom.js";
import { language, say } from "/map/words.js";

// An empty map says so in words.
export function emptiness(result) {
  if (document.body.classList.contains("no-map")) return;
  const notice = byId("notice");
  notice.hidden = result.counted !== 0;
  if (!notice.hidden) replace(notice, h("strong", {}, say("state.empty")), h("p", {}, say("state.emptyHint")));
}

export function fallback(now) {
  if (canvas.theMap()) return;
  const png = api.downloads(now).find((one) => one.form === "png");
  byId("picture").hidden = !png || now.mode === "table";
  if (png) replace(byId("picture"), h("img", { src: api.address(png.path, { lang: language() }).replace(/\?(.*)\?/, "?$1&"), alt: `${say("state.picture")}: ${byId("title").textContent}` }));
}

export function busy(is) {
  byId("busy").hidden = !is;
  byId("stage").setAttribute("aria-busy", String(is));
  if (is) replace(byId("busy"), h("span", { class: "spin" }), say("state.loading"));
}

export function fail(error, again) {
  const notice = byId("notice");
  const closed = error.status === 401 || error.status === 403;
  const many = error.code?.startsWith("cap-");
  notice.hidden = false;
  replace(notice, h("strong", {}, closed ? say("state.forbidden") : many ? say("state.tooMany") : say("state.failed")),
    h("p", { lang: "en" }, error.message), !closed && h("button", { type: "button", onclick: () => { notice.hidden = true; again(); } }, say("state.retry")));
}
