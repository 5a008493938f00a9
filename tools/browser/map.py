"""Drives the web map in a browser as its users do, and holds what it shows against what the server says.

    python tools/browser/map.py planner|citizen|developer|access|outside ADDRESS [CHROMIUM]

Prints what was found wrong, a line each, and ends with 1 where there was anything.
"""
import contextlib
import http.server
import json
import shutil
import sys
import threading
import urllib.parse
import urllib.request

from playwright.sync_api import sync_playwright

PATIENCE = 120_000
wrong = []


def check(holds, sentence, *found):
    if not holds:
        wrong.append(" ".join([sentence, *map(repr, found)])[:600])


class Visit:
    """A page with everything that it asked for and complained of."""

    def __init__(self, browser, address, **options):
        self.address = address
        self.context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.errors, self.answers = [], []
        self.page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(f"{error} {error.stack or ''}"))
        self.page.on("response", lambda answer: self.answers.append(answer))

    def open(self, view=""):
        self.page.goto(self.address + "/map" + view)
        self.page.wait_for_selector("body[data-ready]")
        self.settle()
        return self

    def settle(self):
        self.page.wait_for_selector("#stage[aria-busy=false]")
        self.page.evaluate("() => window.faro.map() ? window.faro.idle() : null")

    def after(self, action):
        """Does something, and waits until the page shows what came of it."""
        before = self.page.evaluate("() => document.body.dataset.shown ?? ''")
        action()
        self.page.wait_for_selector(f'body[data-shown]:not([data-shown="{before}"])')
        self.settle()

    def choose(self, name, value):
        if self.page.is_checked(f'input[name={name}][value="{value}"]'):
            return
        self.after(lambda: self.page.check(f'input[name={name}][value="{value}"]', force=True))

    def get(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return json.load(answer)

    def end(self, allowed=()):
        bad = [text for text in self.errors if not any(part in text for part in allowed)]
        check(not bad, "the console must stay empty, but says", bad[:3])
        origins = {urllib.parse.urlsplit(answer.url)[:2] for answer in self.answers if answer.url.startswith("http")}
        check(origins <= {urllib.parse.urlsplit(self.address)[:2]}, "no request may leave the origin, but some went to", origins)
        self.context.close()


def sums(visit, **filters):
    """Counts by key, as /summary has them."""
    query = urllib.parse.urlencode({"period": "none", **{k: v for k, v in filters.items() if v}})
    return {row["area_id"]: row["count"] for row in visit.get("/summary?" + query)["rows"] if row["area_id"]}


def told(visit):
    page = visit.page
    return {
        "title": page.inner_text("#title"), "subtitle": page.inner_text("#subtitle"), "limits": page.get_attribute("#legend", "data-limits"),
        "card": page.inner_text("#card h2") if page.is_visible("#card") else None, "count": page.inner_text("#card .lead strong") if page.is_visible("#card") else None,
    }


def number(text):
    return int("".join(sign for sign in text if sign.isdigit()) or 0)


# MARK: planner


def planner(browser, address):
    visit = Visit(browser, address).open()
    page = visit.page
    visit.choose("level", "district")
    rendered = page.evaluate("() => [...new Set(faro.map().queryRenderedFeatures({layers: ['areas']}).map((one) => one.properties.area_id))].sort()")
    check(rendered == sorted(sums(visit, by="district")), "every district must be drawn, but these are", rendered)

    # District 3, a quarter, vehicle theft.
    page.fill("#search-field", "distrito 3")
    page.wait_for_selector("#found [role=option]")
    visit.after(lambda: page.press("#search-field", "Enter"))
    page.wait_for_selector("#card h2")
    visit.after(lambda: page.click("#time [data-quick=quarter]"))
    theft = page.eval_on_selector("#choose-category", "(list) => [...list.options].map((one) => one.value).find((name) => name.includes('VEHICULO'))")
    visit.after(lambda: page.select_option("#choose-category", theft))
    view = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).fragment))
    check(view.get("from", "").endswith("-10-01") and view.get("to", "").endswith("-12-31"), "the slider must stand at the last quarter, but is at", view)
    filters = {"category": theft, "from": view.get("from"), "to": view.get("to")}
    expected = sums(visit, by="district", **filters)
    key = view["area"].split(":")[1]
    wait_text(visit, "#card .lead strong", lambda text: number(text) == expected[key])
    check(number(page.inner_text("#card .lead strong")) == expected[key], "the card must count what the summary counts", page.inner_text("#card .lead strong"), expected[key])
    check(str(sum(expected.values())) in page.inner_text("#subtitle").replace(",", ""), "the title must count what the summary counts", page.inner_text("#subtitle"), expected)
    pixels(visit)

    # The slider by keyboard: one month more at its beginning.
    page.focus("#time .handle.from")
    visit.after(lambda: page.keyboard.press("ArrowLeft"))
    check("-09-01" in page.url, "an arrow must move the slider by a month", page.url)
    visit.after(lambda: page.keyboard.press("ArrowRight"))

    # The table has the same figures.
    visit.after(lambda: page.click("#mode-table"))
    rows = page.eval_on_selector_all("#table tbody tr", "(rows) => rows.map((row) => [row.cells[0].innerText, row.cells[1].innerText])")
    check(sorted(number(count) for _, count in rows) == sorted(expected.values()), "the table must count what the summary counts", rows, expected)
    visit.after(lambda: page.click("#mode-map"))

    # A colonia by a click on the map.
    visit.choose("level", "colonia")
    counts = sums(visit, by="colonia", **filters)
    at = page.evaluate("""() => { const found = faro.map().queryRenderedFeatures({layers: ['areas']}); const box = faro.map().getCanvas().getBoundingClientRect();
        for (let y = 0.3; y < 0.7; y += 0.04) for (let x = 0.3; x < 0.7; x += 0.04) { const hit = faro.map().queryRenderedFeatures([box.width * x, box.height * y], {layers: ['areas']})[0];
        if (hit) return {x: box.left + box.width * x, y: box.top + box.height * y, key: hit.properties.area_id}; } }""")
    visit.after(lambda: page.mouse.click(at["x"], at["y"]))
    wait_text(visit, "#card .lead strong", lambda text: number(text) == counts[at["key"]])
    check(number(page.inner_text("#card .lead strong")) == counts[at["key"]], "the colonia's card must count what the summary counts", at, counts.get(at["key"]))
    check(counts[at["key"]] == 0 or page.locator("#card svg.hours rect").count() == 168 and page.locator("#card svg.spark rect").count() > 1, "the card must have its charts")

    # Two areas side by side.
    neighbour = page.locator("#card .bars button").first
    check(neighbour.count() == 1, "the card must name neighbours")
    if page.locator("#compare-period").count():
        visit.after(lambda: page.click("#compare-period"))
        page.wait_for_selector("#card .second")
        visit.after(lambda: page.click("#card .actions button"))

    share(visit, counts)
    for layer in page.eval_on_selector_all("input[name=layer]", "(all) => all.map((one) => one.value)"):
        visit.choose("layer", layer)
        check(not page.is_visible("#notice") or layer == "clusters", "the layer must be shown", layer, page.inner_text("#notice"))
    visit.end()


def wait_text(visit, selector, holds):
    for _ in range(600):
        if holds(visit.page.inner_text(selector)):
            return
        visit.page.wait_for_timeout(50)


def pixels(visit):
    """The colour in the middle of some areas is the one that their figure has in the legend."""
    page = visit.page
    found = page.evaluate("""async () => {
        const map = faro.map(); map.redraw(); const gl = map.getCanvas().getContext('webgl2'); const out = [];
        const ratio = map.getCanvas().width / map.getCanvas().clientWidth;
        const seen = new Set();
        for (const one of map.queryRenderedFeatures({layers: ['areas']})) {
            if (seen.has(one.properties.area_id)) continue;
            seen.add(one.properties.area_id);
            const ring = (one.geometry.type === 'Polygon' ? one.geometry.coordinates : one.geometry.coordinates[0])[0];
            const lng = ring.reduce((sum, at) => sum + at[0], 0) / ring.length, lat = ring.reduce((sum, at) => sum + at[1], 0) / ring.length;
            const at = map.project([lng, lat]);
            const hit = map.queryRenderedFeatures(at, {layers: ['areas']})[0];
            if (hit?.properties.area_id !== one.properties.area_id) continue;
            map.redraw();
            const pixel = new Uint8Array(4);
            gl.readPixels(Math.round(at.x * ratio), Math.round((map.getContainer().clientHeight - at.y) * ratio), 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
            out.push([one.properties.area_id, map.getFeatureState({source: 'areas', sourceLayer: one.sourceLayer, id: one.id}).fill, '#' + [...pixel.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('')]);
        }
        return out; }""")
    same = [one for one in found if near(one[1], one[2])]
    check(len(found) > 0 and len(same) >= 0.7 * len(found), "areas must have the colour of their class", found[:8])


def near(a, b):
    parts = lambda text: [int(text[at:at + 2], 16) for at in (1, 3, 5)]
    return all(abs(x - y) <= 3 for x, y in zip(parts(a), parts(b)))


def share(visit, counts):
    """The link restores the view, and the three forms are what they say."""
    page = visit.page
    page.click("#share-button")
    link = page.input_value("#share-link")
    check(link == page.url, "the link must be the address", link, page.url)
    sizes = {}
    for form in ("geojson", "csv", "png"):
        path = page.get_attribute(f"#share [data-form={form}]", "href")
        with urllib.request.urlopen(visit.address + path) as answer:
            sizes[form] = answer.read()
    features = json.loads(sizes["geojson"])
    check({one["properties"]["area_id"]: one["properties"]["count"] for one in features["features"]} == counts, "the GeoJSON must count what the summary counts")
    check(all(name in features["faro"] for name in ("method", "filter", "source", "store_revision", "faro_version")), "the file must say where it comes from", features.get("faro"))
    check(len(sizes["csv"].splitlines()) == len(counts) + 1, "the CSV must have a line for each area")
    check(sizes["png"][:8] == b"\x89PNG\r\n\x1a\n", "the picture must be a PNG")
    with page.expect_download() as waiting:
        page.click("#share [data-form=csv]")
    check(waiting.value.suggested_filename.endswith(".csv"), "the download must have a name", waiting.value.suggested_filename)
    page.keyboard.press("Escape")
    other = Visit(visit.context.browser, visit.address)
    other.page.goto(link)
    other.page.wait_for_selector("body[data-ready]")
    other.settle()
    wait_text(other, "#card .lead strong", lambda text: text == page.inner_text("#card .lead strong"))
    check(told(other) == told(visit), "the link must restore the view", told(other), told(visit))
    places = [one.page.evaluate("() => [faro.map().getZoom(), ...faro.map().getCenter().toArray()].map((part) => Math.round(part * 100) / 100)") for one in (visit, other)]
    check(places[0] == places[1], "the link must restore the place", places)
    other.end()


# MARK: citizen


def citizen(browser, address):
    visit = Visit(browser, address, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=2)
    bodies = []
    visit.page.on("requestfinished", lambda request: bodies.append(request))
    visit.open()
    page = visit.page
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    check(wide <= 390, "nothing may be wider than the phone, but the page is", wide)
    names = page.eval_on_selector_all("input[name=layer]", "(all) => all.map((one) => one.value)")
    check("points" not in names and "clusters" not in names, "what the public may not see must not be offered", names)
    for layer in names:
        visit.choose("layer", layer)
    visit.choose("layer", "areas")
    box = page.locator("#map canvas").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(500)
    small = page.evaluate("""() => [...document.querySelectorAll('button, select, input[type=search]')].filter((one) => one.offsetParent && one.getBoundingClientRect().height < 32).map((one) => one.outerHTML.slice(0, 90))""")
    check(not small, "what is touched must be large enough", small[:4])
    for request in bodies:
        answer = request.response()
        path = urllib.parse.urlsplit(request.url).path
        check(not (path.startswith("/tiles/incidents") or path.startswith("/collections/incidents")), "the public page may not ask for incidents", path)
        if answer and answer.ok and "json" in answer.headers.get("content-type", ""):
            check('"Point"' not in answer.text(), "no point may be in any answer", path)
    status = page.evaluate("async () => (await fetch('/tiles/incidents.json')).status")
    check(status in (401, 403), "the server must refuse places", status)
    visit.end(allowed=["401", "403"])


# MARK: developer


def developer(browser, address):
    for view in ("#level=colonia", "#layer=surface", "#layer=hotspots", "#layer=points"):
        visit = Visit(browser, address).open(view)
        visit.page.click("#share-button")
        text = visit.page.input_value("#share-example")
        links = visit.page.eval_on_selector_all("#share .urls a", "(all) => all.map((one) => one.href)")
        for link in links:
            with urllib.request.urlopen(link) as answer:
                check(answer.status == 200, "the address must answer", link)
        check(len(text.splitlines()) <= 14, "the example must stay short", len(text.splitlines()))
        visit.end()
        page_of_example(browser, address, view, text)


def page_of_example(browser, address, view, text):
    visit = Visit(browser, address)
    page = visit.page
    page.route("**/example.html", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(address + "/example.html")
    drawn = page.evaluate("""() => new Promise((done) => { const look = () => (performance.now() > 60000 ? done(0) : map.getLayer('faro') && map.loaded() ? done(
        map.getLayer('faro').type === 'raster' ? map.isSourceLoaded('faro') : map.queryRenderedFeatures({layers: ['faro']}).length) : setTimeout(look, 100)); look(); })""")
    check(drawn, "the example must draw", view, drawn)
    visit.end(allowed=["Could not load image"])


# MARK: outside


def outside(browser, address):
    """In the frame of another page, on paper, and without the library of maps."""
    visit = Visit(browser, address)
    page = visit.page
    with elsewhere(f'<!doctype html><title>Other</title><iframe src="{address}/map?embed=1" width="900" height="560"></iframe>') as other:
        page.goto(other)
        framed(page)
    visit.context.close()
    paper(browser, address)
    bare(browser, address)


@contextlib.contextmanager
def elsewhere(text):
    """A page of another origin: a browser lets none of the world's network ask this machine, so that it is of this machine too."""
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def framed(page):
    frame = next(iter(page.frames[1:]), None)
    check(frame is not None, "another page must be able to show the map in a frame")
    if frame:
        frame.wait_for_selector("body[data-ready].embed")
        frame.wait_for_selector("#stage[aria-busy=false]")
        check(frame.is_visible("#map canvas") and frame.is_visible("#legend") and frame.is_visible("#source"), "a frame must have map, legend and source")
        check(not frame.is_visible("#controls"), "a frame has no controls")


def paper(browser, address):
    visit = Visit(browser, address).open()
    page = visit.page
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    check(page.locator("#picture img").count() == 1 and page.is_visible("#picture img"), "paper must have the map as a picture")
    drawn = page.evaluate("""async () => { const image = document.querySelector('#picture img'); await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), {width: 64, height: 64}); const pen = canvas.getContext('2d');
        pen.drawImage(image, 0, 0, 64, 64); return new Set(new Uint32Array(pen.getImageData(0, 0, 64, 64).data.buffer)).size; }""")
    check(drawn > 8, "the picture on paper must have colours, but has", drawn)
    check(not page.is_visible("#controls") and not page.is_visible("#tools"), "paper has no controls")
    check(page.is_visible("#title") and page.is_visible("#legend") and page.is_visible("#source"), "paper must say what it shows and what it rests on")
    for format in ("A4", "Letter"):
        pages = page.pdf(format=format, landscape=True, print_background=True).count(b"/Type /Page\n")
        check(pages == 1, "the map must fit on one sheet", format, pages)
    visit.end()


def bare(browser, address):
    visit = Visit(browser, address)
    page = visit.page
    page.route("**/map/maplibre-gl.js", lambda route: route.abort())
    page.goto(address + "/map")
    page.wait_for_selector("body[data-ready].no-map")
    visit.page.wait_for_selector("#stage[aria-busy=false]")
    check("tools/map-assets" in page.inner_text("#notice"), "without the library the page must say what to do", page.inner_text("#notice"))
    page.wait_for_function("() => document.querySelector('#picture img')?.naturalWidth > 100")
    page.click("#mode-table")
    page.wait_for_selector("#table tbody tr")
    check(page.locator("#table tbody tr").count() > 3, "tables must do without a library")
    visit.end(allowed=["maplibre", "ERR_FAILED"])


# MARK: access


def access(browser, address):
    for size in ({"width": 1440, "height": 900}, {"width": 390, "height": 844}):
        for view in ("", "#mode=table", "#layer=hotspots", "#measure=change", "#lang=en"):
            visit = Visit(browser, address, viewport=size).open(view)
            page = visit.page
            if view == "":
                key = next(iter(sums(visit, by="district")))
                visit.after(lambda: page.evaluate("() => document.querySelector('input[name=level][value=district]').click()"))
                page.evaluate(f"() => {{ location.hash = 'level=district&area=district:{key}'; }}")
                page.wait_for_selector("#card h2")
            for sentence in page.evaluate(CHECKS):
                check(False, f"{size['width']} {view}: {sentence}")
            page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); }")
            visit.end()
    keyboard(browser, address)


def keyboard(browser, address):
    visit = Visit(browser, address).open()
    page = visit.page
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(page.evaluate("""() => { const one = document.activeElement; const style = getComputedStyle(one);
            return [one.id || one.className || one.name || one.tagName, style.outlineStyle !== 'none' || one.matches('.options input'), one.getBoundingClientRect().width > 0]; }"""))
    check(order[0][0] == "skip", "the first stop must lead to the map", order[0])
    check([one[0] for one in order[1:4]] == ["language", "search-field", "choose-category"], "focus must follow what is seen", order[:5])
    check(all(one[1] and one[2] for one in order), "focus must be seen", [one for one in order if not (one[1] and one[2])])
    page.keyboard.press("Shift+Tab")
    visit.end()


CHECKS = r"""() => {
    const found = [];
    const shown = (one) => one.getClientRects().length > 0 && one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
    const name = (one) => (one.getAttribute('aria-label') || (one.getAttribute('aria-labelledby') && document.getElementById(one.getAttribute('aria-labelledby'))?.innerText) ||
        one.labels?.[0]?.innerText || one.getAttribute('title') || one.getAttribute('alt') || one.innerText || '').trim();
    for (const one of document.querySelectorAll('button, a[href], input, select, textarea, summary, [role=slider], [role=img], svg[role], img, canvas, dialog[open], aside:not([hidden])'))
        if (shown(one) && !name(one)) found.push('has no name: ' + one.outerHTML.slice(0, 100));
    if (document.querySelectorAll('h1').length !== 1) found.push('there must be one h1');
    if (document.querySelectorAll('main').length !== 1) found.push('there must be one main');
    if (!document.documentElement.lang) found.push('the page must name its language');
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    if (new Set(ids).size !== ids.length) found.push('ids must be unique: ' + ids.filter((id, k) => ids.indexOf(id) !== k));
    for (const one of document.querySelectorAll('th')) if (!one.scope) found.push('a heading of a table must have a scope');
    for (const one of document.querySelectorAll('[role=slider]'))
        if (!one.getAttribute('aria-valuetext') || one.tabIndex < 0) found.push('a slider must tell its value and take focus');
    if (!document.querySelector('[aria-live]')) found.push('changes must be announced');
    // Contrast, after WCAG 2.1, success criterion 1.4.3.
    const parts = (text) => (text.match(/[\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((part) => { part /= 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }).reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0);
    const under = (one) => { for (; one; one = one.parentElement) { const back = parts(getComputedStyle(one).backgroundColor); if (back.length === 3 || back[3] === 1) return back; } return [255, 255, 255]; };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !shown(one) || one.closest('#labels, script, style, .unseen, option, noscript')) continue;
        const style = getComputedStyle(one);
        const ink = parts(one.closest('svg') ? style.fill : style.color);
        const [a, b] = [light(ink), light(under(one))].sort((x, y) => y - x);
        const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < (large ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: "${walker.currentNode.data.trim().slice(0, 30)}" ${style.color}`);
    }
    return [...new Set(found)].slice(0, 12);
}"""


def main():
    role, address = sys.argv[1:3]
    program = sys.argv[3] if len(sys.argv) > 3 else shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=flags)
        {"planner": planner, "citizen": citizen, "developer": developer, "access": access, "outside": outside}[role](browser, address.rstrip("/"))
        browser.close()
    print("\n".join(wrong) or f"{role}: nothing wrong")
    sys.exit(1 if wrong else 0)


main()
