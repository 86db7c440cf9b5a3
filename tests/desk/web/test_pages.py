"""Every page in both languages: opened, looked at by axe, kept as a picture; and what it weighs."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Response, expect

from tests.desk.web.conftest import PHONE, ROOT, Open, axe, press, settled, shot
from tests.desk.web.test_overview import LANGS

STATIC = ROOT / "src" / "isnad" / "desk" / "static"
PAGES = [
    "/review", "/review/second", "/review/adjudicate", "/review/agreement", "/review/assignments",
    "/review/bulk", "/room", "/search?q=حلب", "/searches", "/snapshots", "/sources", "/outlets",
    "/actors", "/places", "/codebook", "/account", "/admin",
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", PAGES)
def test_page(visit: Open, path: str, lang: str) -> None:
    page = visit(path, lang, theme="dark" if lang == "ar" else "light")
    settled(page)
    expect(page.locator("h1").first).not_to_be_empty()
    expect(page.locator("[role=alert]:not(:empty)")).to_have_count(0)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")
    name = path.split("?")[0].strip("/").replace("/", "-")
    shot(page, f"{name}-{lang}", whole=True)
    assert axe(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("lang", LANGS)
def test_first_view_weighs_at_most_500_kB_beyond_the_map_library(visit: Open, lang: str) -> None:
    page = visit("/codebook", lang, fresh=True)
    loaded: dict[str, int] = {}

    def came(answer: Response) -> None:
        path = answer.url.split("?")[0].split("/", 3)[3]
        file = STATIC / (path or "index.html")
        if "maplibre" in path:
            return
        if file.is_file() and file.suffix in (".js", ".css", ".html", ".svg"):
            loaded[path] = len(gzip.compress(file.read_bytes(), 6))
        else:
            loaded[path] = len(gzip.compress(answer.body(), 6))

    page.on("response", came)
    network = page.context.new_cdp_session(page)
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(page.url.replace("/codebook", "/incidents"))
    page.locator(".list [data-incident]").first.wait_for()
    settled(page)
    for _ in range(100):  # borders in detail come after what matters is drawn
        if any("basemap" in p for p in loaded):
            break
        page.wait_for_timeout(200)
    assert any(p.endswith(".woff2") for p in loaded), "the letters are counted"
    assert any("basemap" in p for p in loaded), "so are the borders in detail"
    assert sum(loaded.values()) <= 500_000, sorted(loaded.items(), key=lambda x: -x[1])[:8]


@pytest.mark.parametrize("lang", LANGS)
def test_reached_by_keyboard_alone(visit: Open, lang: str) -> None:
    page = visit("/incidents", lang)
    settled(page)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    press(page, "Digit3", "٣")
    page.wait_for_url("**/room")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " { code: 'Slash', key: '؟', shiftKey: true, bubbles: true }))"
    )
    expect(page.locator("dialog kbd").first).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGS)
def test_names_digits_and_colours_are_chosen_at_once(visit: Open, lang: str) -> None:
    page = visit("/incidents?sort=deaths", lang, fresh=True)
    settled(page)
    page.locator(".settings .toggle").click()
    page.locator("#settings select").first.select_option("dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    parties = page.locator(".list .parties").first
    before = parties.inner_text()
    page.locator("#settings input[type=checkbox]").first.check()
    if lang == "ar":
        assert parties.inner_text() != before
        page.locator("#settings select").nth(1).select_option("arab")
        expect(page.locator(".bar [role=status] b")).to_have_text(re.compile("[٠-٩]"))
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
