"""Prints the monthly sheet on letter and A4 and looks at what comes out.

    python tools/browser/sheet.py ADDRESS|FILE... CHROMIUM [FOLDER]

An address is a page of the sheet; one with `press` in it must print on one page. Prints what was found wrong, a line each, and ends
with 1 where there was anything. The PDFs stay in the folder, where one is named.
"""
import os
import re
import sys

from playwright.sync_api import sync_playwright

# What is left of a page between the margins of the style sheet, in CSS pixels.
PAGES = {"A4": (210, 297), "Letter": (215.9, 279.4)}
MARGINS = (13, 14)
MILLIMETRE = 96 / 25.4
wrong = []

LOOK = r"""(width) => {
    const found = [];
    const name = (one) => one.tagName.toLowerCase() + (one.className && typeof one.className === 'string' ? '.' + one.className : '') + ' "' + one.innerText?.slice(0, 40) + '"';
    for (const one of document.querySelectorAll('table, svg, h1, h2, h3, p, ul, li'))
        if (one.getBoundingClientRect().right > width + 1) found.push('reaches beyond the paper: ' + name(one) + ' to ' + one.getBoundingClientRect().right.toFixed(0) + ' of ' + width.toFixed(0));
    for (const one of document.querySelectorAll('td, th'))
        if (one.scrollWidth > one.clientWidth + 1 && !one.closest('thead')) found.push('cut in its cell: ' + name(one));
    if (document.querySelectorAll('script, link, img, iframe').length) found.push('needs something from elsewhere');
    for (const one of document.querySelectorAll('svg[role=img]')) if (!one.getAttribute('aria-label')) found.push('a picture without words');
    if (document.querySelectorAll('h1').length !== 1) found.push('there must be one h1');
    return [...new Set(found)].slice(0, 8);
}"""


def look(browser, address, folder):
    isPress = "press" in address
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address if "://" in address else "file://" + os.path.abspath(address))
    if len(asked) > 1:
        wrong.append(f"{address}: the page asks for {asked[1:3]}")
    for form, (wide, high) in PAGES.items():
        inner = (wide - 2 * MARGINS[0]) * MILLIMETRE
        page.set_viewport_size({"width": int(inner), "height": int(high * MILLIMETRE)})
        page.emulate_media(media="print")
        wrong.extend(f"{address} on {form}: {sentence}" for sentence in page.evaluate(LOOK, int(inner)))
        pdf = page.pdf(format=form, prefer_css_page_size=False, print_background=True)
        pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
        if isPress and pages != 1:
            wrong.append(f"{address} on {form}: the press version must have one page, but has {pages}")
        print(f"{address} on {form}: {pages} pages, {len(pdf):,} bytes")
        if folder:
            stem = re.sub(r"\W+", "-", address.split("/")[-1])
            with open(f"{folder}/{stem}-{form}.pdf", "wb") as file:
                file.write(pdf)
    context.close()


def main():
    *addresses, program = [one for one in sys.argv[1:] if not os.path.isdir(one)]
    folder = next((one for one in sys.argv[1:] if os.path.isdir(one)), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for address in addresses:
            look(browser, address, folder)
        browser.close()
    print("\n".join(wrong) or "nothing wrong")
    sys.exit(1 if wrong else 0)


main()
