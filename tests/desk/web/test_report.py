"""Incidents and reports in the browser: tellings beside each other, values on their words."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.web.conftest import PHONE, ROOT, Open, axe, drawn, press, settled, shot
from tests.desk.web.test_overview import LANGS

ACTIVE = re.compile(r"\bactive\b")


@pytest.fixture(scope="session")
def ask(entrance: str) -> Any:
    """The desk's API, asked by a program."""
    base, token = entrance.split("/enter?token=")

    def get(path: str) -> Any:
        request = urllib.request.Request(
            f"{base}/api/v1{path}", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    return get


def most_told(ask: Any) -> dict[str, Any]:
    row = ask("/incidents?sort=tellings&disputed=toll&limit=1")["items"][0]
    return ask(f"/incidents/{row['id']}")  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", LANGS)
def test_tellings_side_by_side(visit: Open, ask: Any, lang: str) -> None:
    told = most_told(ask)
    page = visit(f"/incident/{told['id']}", lang)
    settled(page)
    assert page.locator("thead [id^=telling-]").count() == len(told["tellings"])
    assert page.locator("tr.differs").count() >= 1
    # figures say whose they are; the tree has a root for each origin
    (killed,) = [f for f in told["figures"] if f["outcome"] == "killed"]
    cells = page.locator("#figures ~ .scroll tbody tr").first.locator("td b").all_inner_texts()
    assert [int(c) for c in cells] == [killed["low"], killed["best"], killed["high"]]
    assert page.locator(".tree > li").count() == len(told["tree"]) == told["origins"]
    # from the tree to the telling and to its point
    page.locator(".tree .leaf button").first.click()
    expect(page.locator("thead th.chosen")).to_have_count(1)
    assert any(p.get("chosen") for p in drawn(page, "points"))
    shot(page, f"incident-{lang}", whole=True)
    assert axe(page) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_value_is_tied_to_its_words(visit: Open, ask: Any, lang: str) -> None:
    report = next(
        r
        for t in most_told(ask)["tellings"]
        if (r := ask(f"/reports/{t['report']}"))["claims"][0]["values"]
    )
    page = visit(f"/report/{report['id']}", lang)
    text = page.locator(".report-text")
    expect(text).to_have_attribute("dir", "rtl")  # its own, in either language
    claim = report["claims"][0]
    value = next(v for v in claim["values"] if v["slot"] == "place" and v["utf16"])
    key = f"{claim['id']}/place/{value['n']}"
    words = page.locator(f".report-text [data-keys~='{key}']")
    assert "".join(words.all_inner_texts()) == value["as_written"]
    # hover and click on the value mark the words, a click on the words marks the value
    button = page.locator(f"[data-value='{key}']")
    button.hover()
    expect(words.first).to_have_class(ACTIVE)
    page.mouse.move(0, 0)
    expect(words.first).not_to_have_class(ACTIVE)
    words.first.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    # keyboard alone: J goes from value to value under an Arabic layout, Enter on words works
    press(page, "Escape")
    press(page, "KeyJ", "ت")
    expect(page.locator("[data-value][aria-pressed=true]")).to_have_count(1)
    press(page, "Escape")
    words.first.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    shot(page, f"report-{lang}")
    assert axe(page) == []


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_kept_of_a_report(visit: Open, ask: Any, lang: str) -> None:
    gold = ROOT / "tests" / "gold" / "incidents" / "claims.jsonl"
    with gold.open(encoding="utf-8") as records:
        first = json.loads(next(records))["telling"]["report"]
    report = ask(f"/reports/{first}")  # the demonstration archive holds two versions of it
    assert len(report["versions"]) == 2
    page = visit(f"/report/{report['id']}", lang)
    main = page.locator("main")
    expect(main).to_contain_text(report["hashes"]["text_sha256"])
    expect(main).to_contain_text(report["raw"][0]["sha256"])
    with page.expect_download() as waiting:
        page.locator("a[href*='/raw/']").first.click()
    assert waiting.value.path().stat().st_size == report["raw"][0]["bytes"]
    page.locator("#versions ~ .row button").click()
    expect(page.locator(".diff ins").first).to_be_visible()
    # how the coder came to it, step by step
    page.locator("[aria-labelledby=explain] button").click()
    steps = page.locator("[aria-labelledby=explain] table").first
    expect(steps).to_contain_text(
        ask(f"/reports/{report['id']}/explain")["claims"][0]["steps"][0]["as_written"]
    )
    if lang == "ar":
        assert axe(page) == []


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_phone(visit: Open, ask: Any, lang: str) -> None:
    told = most_told(ask)
    for path, name in (
        (f"/incident/{told['id']}", "incident"),
        (f"/report/{told['tellings'][0]['report']}", "report"),
    ):
        page = visit(path, lang, size=PHONE, theme="dark")
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], name
        shot(page, f"{name}-phone-dark-{lang}", whole=True)


def hostile_report(ask: Any) -> dict[str, Any]:
    return next(
        ask(f"/reports/{head['id']}")
        for head in ask("/reports?limit=200&outlet=" + "%3Cb%3Eoutlet%3C%2Fb%3E%E2%80%AE")["items"]
    )


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_report_is_only_text(visit: Open, ask: Any, lang: str) -> None:
    report = hostile_report(ask)
    page = visit(f"/report/{report['id']}", lang)
    unharmed(page)
    expect(page.locator("h1")).to_contain_text("<svg onload=alert(1)>")
    expect(page.locator(".report-text")).to_contain_text("<script>")
    # a javascript: address is shown and is no link
    assert page.locator("a[href^='javascript']").count() == 0
    expect(page.locator("header .code").first).to_contain_text("javascript:alert(1)")
    # controls that turn lines around are shown by name, in text and outlet
    assert page.locator(".report-text [data-control=RLO]").count() == 1
    assert page.locator("header [data-control=RLO]").count() == 1
    shot(page, f"hostile-{lang}")


def unharmed(page: Page) -> None:
    """Nothing of a report has become part of the page."""
    assert "owned" not in page.title()
    assert (
        page.locator("main script, main img:not([src^='/']), main svg[onload], main b > b").count()
        == 0
    )
    handlers = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter(e =>"
        " [...e.attributes].some(a => a.name.startsWith('on'))).length"
    )
    assert handlers == 0
