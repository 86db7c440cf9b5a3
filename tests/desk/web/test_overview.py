"""Map, timeline and list in the browser: one selection, filters, and the address as the state."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.desk.web.conftest import PHONE, Open, axe, drawn, press, settled, shot

LANGS = [
    pytest.param("ar", marks=pytest.mark.xdist_group("web-ar")),
    pytest.param("en", marks=pytest.mark.xdist_group("web-en")),
]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def rows(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    found: list[str] = page.locator(".list > [data-incident]").evaluate_all(
        "rows => rows.map(row => row.dataset.incident)"
    )  # in one look: the list may be drawn anew between two
    return found


def kinds(page: Page) -> set[str]:
    return set(page.locator(".list > [data-incident] .kind b").all_inner_texts())


@pytest.mark.parametrize("lang", LANGS)
def test_map_draws_points_counts_roads_as_lines_and_areas(visit: Open, lang: str) -> None:
    page = visit("/incidents", lang)
    many = drawn(page, "many")
    assert sum(m["count"] for m in many) > 20
    assert drawn(page, "areas"), "what is known only to a district is an area"
    assert {p["kind"] for p in drawn(page, "points")} == {"incident"}
    shot(page, f"overview-{lang}")
    assert axe(page) == []
    for zoom in (4, 5, 6):
        page.evaluate("z => document.querySelector('.map').telling.map.jumpTo({ zoom: z })", zoom)
        page.wait_for_timeout(200)
        if roads := drawn(page, "roads"):
            assert {f["shape"] for f in roads} == {"road"}
            break
    else:
        raise AssertionError("no road was drawn")
    # nearer: the radius of a point, and the places' count still on one point
    page.evaluate(
        "document.querySelector('.map').telling.map.jumpTo({ center: [36.7, 36.0], zoom: 8 })"
    )
    page.wait_for_timeout(300)
    points, circles = drawn(page, "points"), drawn(page, "radius")
    assert {p["id"] for p in circles} <= {p["id"] for p in points}
    assert circles
    assert all(p["radius_km"] > 0 for p in circles)


@pytest.mark.parametrize("lang", LANGS)
def test_a_filter_is_in_the_address_and_holds_for_all(visit: Open, lang: str) -> None:
    page = visit("/incidents", lang)
    before = rows(page)
    page.locator("[data-facet=type] summary").click()
    page.locator("[data-facet=type] input[type=checkbox]").first.check()
    page.wait_for_url(re.compile("type="))
    for _ in range(100):  # until the list is drawn with what the address asks for
        if len(kinds(page)) == 1:
            break
        page.wait_for_timeout(100)
    after = rows(page)
    assert after != before
    assert len(kinds(page)) == 1
    settled(page)
    (chosen,) = query(page)["type"]
    types = {t for m in drawn(page, "points") for t in [m["type"]]}
    assert types <= {chosen}
    # the same address, opened anew, shows the same; and the same as data
    page.reload()
    page.locator("main h1").wait_for(state="attached")
    assert rows(page) == after
    for ending in ("json", "csv"):
        href = page.locator(f"a[download][href*='.{ending}']").first.get_attribute("href")
        assert href
        assert f"type={chosen}" in href
        answer = page.request.get(urlsplit(page.url)._replace(path="", query="").geturl() + href)
        assert answer.ok
    with page.expect_download() as waiting:
        page.locator(".bar select").nth(1).select_option("geojson")
    assert waiting.value.path().read_bytes().startswith(b"PK")
    page.go_back()
    page.locator(".chips").wait_for(state="detached")


@pytest.mark.parametrize("lang", LANGS)
def test_one_selection_for_list_map_and_timeline(visit: Open, lang: str) -> None:
    page = visit("/incidents?days=1", lang)
    rows(page)
    press(page, "KeyJ", "ت")
    page.wait_for_url(re.compile("sel="))
    (chosen,) = query(page)["sel"]
    assert page.locator(".list > .chosen").get_attribute("data-incident") == chosen
    expect(page.locator(".timeline .chosen")).to_have_count(1)
    layers = [p for name in ("points", "many", "areas", "roads") for p in drawn(page, name)]
    assert [p for p in layers if p.get("chosen")], "the chosen one is marked on the map"
    # and from the map to the list
    press(page, "Escape")
    expect(page.locator(".list .chosen")).to_have_count(0)
    page.evaluate("document.querySelector('.map').telling.map.jumpTo({ zoom: 4 })")
    settled(page)
    at = page.evaluate(
        "() => { const m = document.querySelector('.map').telling.map;"
        " const f = m.queryRenderedFeatures({ layers: ['points'] })[0];"
        " const p = m.project(f.geometry.coordinates);"
        " const r = m.getCanvas().getBoundingClientRect();"
        " return [r.x + p.x, r.y + p.y, f.properties.id]; }"
    )
    page.mouse.click(at[0], at[1])
    page.wait_for_url(re.compile("sel="))
    expect(page.locator(".selected [data-incident]").first).to_be_visible()
    press(page, "Enter")
    page.wait_for_url(re.compile("/incident/"))


@pytest.mark.parametrize("lang", LANGS)
def test_days_by_brush_by_keyboard_and_by_the_last_month(visit: Open, lang: str) -> None:
    page = visit("/incidents", lang)
    box = page.locator(".timeline svg").bounding_box()
    assert box
    y = box["y"] + 30
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("from=.*to="))
    ((first,), (last,)) = query(page)["from"], query(page)["to"]
    assert first < last
    slider = page.locator("[role=slider]").first
    slider.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function("f => !location.search.includes('from=' + f)", arg=first)
    assert query(page)["from"][0] > first
    expect(page.locator(".timeline .brush")).to_have_count(1)
    page.locator(".timeline button").last.click()
    page.wait_for_function("!location.search.includes('from=')")
    page.locator(".bar button[aria-pressed]").nth(2).click()
    page.wait_for_url(re.compile("last=month"))
    page.locator(".bar button[aria-pressed=true]").click()
    page.wait_for_function("!location.search.includes('last=')")


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_phone(visit: Open, lang: str) -> None:
    page = visit("/incidents", lang, size=PHONE, theme="dark")
    settled(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE[0]
    shot(page, f"overview-phone-dark-{lang}")


@pytest.mark.parametrize("lang", LANGS)
def test_language_without_loading_anew(visit: Open, lang: str) -> None:
    page = visit("/incidents?sort=deaths", lang, fresh=True)
    settled(page)
    page.evaluate("window.before = true")
    other = "en" if lang == "ar" else "ar"
    page.locator(f".settings button[lang={other}]").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if other == "ar" else "ltr")
    assert page.evaluate("window.before") is True
    settled(page)
    # a title keeps its own direction whatever the interface's
    title = page.locator(".list .head bdi").first
    assert title.evaluate("e => getComputedStyle(e).direction") == "rtl"


@pytest.mark.parametrize("lang", LANGS)
def test_plots_are_saved_as_picture_drawing_and_data(visit: Open, lang: str) -> None:
    page = visit("/plots", lang)
    settled(page)
    page.locator("[data-plot=incidents] canvas").wait_for()
    plots = page.locator("[data-plot]")
    assert plots.count() >= 6
    for name in ("incidents", "actors"):
        for form, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("CSV", "\ufeff".encode())):
            with page.expect_download() as waiting:
                page.locator(f"[data-plot={name}] button", has_text=form).click()
            path = waiting.value.path()
            assert path.read_bytes().startswith(start), (name, form)
            assert waiting.value.suggested_filename == f"isnad-{name}.{form.lower()}"
    shot(page, f"plots-{lang}", whole=True)
    assert axe(page) == []
