"""The situation report: its figures, its page in both languages, its pictures, and on paper."""

from __future__ import annotations

import datetime as dt
import re
import string
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree
from lxml import html as tree

from isnad.incidents.merge import incident_of
from isnad.knowledge.tables import read_table
from isnad.model import CLAIM_TYPES, OUTCOMES, STATUSES
from isnad.publish.report import collect, html, pdf
from isnad.publish.report.plots import area_map, outlines, timeline
from isnad.publish.report.words import place as place_words
from isnad.publish.report.words import say
from isnad.publish.tables import DATA

from ..conftest import DAY, killed, on, one, party, place, tellings, told

ABOUT = {"at": "2021-06-01", "filter": "type=<b>", "snapshot": "", "program": "isnad 0"}
SIDES = {"initiators": (party("isis"),), "targets": (party("syr-sdf"),)}
SOME = [
    one(told("a", "r1", casualties=(killed(3),), publisher="وكالة أ", **SIDES),
        told("b", "r2", casualties=(killed(5),), publisher="وكالة ب", **SIDES)),
    one(told("c", "r3", type="killing", time=on(DAY + dt.timedelta(days=40)), place=None)),
    one(told("d", "r4", status="planned", type="operation", initiators=(party("isis"),))),
    one(told("e", "r5", status="denied")),
    one(told("f", "r6", time=None, type="aid", initiators=(party(None, "<script>alert(1)</script>"),))),
]  # fmt: skip


def test_figures() -> None:
    s = collect(SOME)
    assert (len(s.events), len(s.planned), s.denied, s.foiled) == (3, 1, 1, 0)
    assert s.sums == {"killed": (1, 3, 3, 5)}
    assert (s.reports, s.unlocated, s.undated) == (6, 1, 1)
    assert [i.incident.id for i in s.disputed] == [SOME[0].id]
    assert s.initiators == {"isis": 1} and s.targets == {"syr-sdf": 1}
    assert [i.incident.id for i in s.shown(1)] == [SOME[0].id]
    assert s.period == ("2021-05-22", "2021-07-02")


def test_the_period() -> None:
    assert len(collect(SOME, DAY, DAY).events) == 2
    assert len(collect(SOME, DAY + dt.timedelta(days=3)).events) == 1
    nowhen = one(time=None, published=None)
    assert len(collect([nowhen]).events) == 1
    assert len(collect([nowhen], DAY).events) == 0


def test_words_are_in_both_languages_with_the_same_blanks() -> None:
    rows = list(read_table(DATA / "words.csv", ("key", "en", "ar")))
    keys = [r["key"] for r in rows]
    assert len(keys) == len(set(keys))
    for r in rows:
        blanks = [
            sorted(f[1] for f in string.Formatter().parse(r[lang]) if f[1]) for lang in ("en", "ar")
        ]
        assert blanks[0] == blanks[1], r["key"]
        assert re.search("[\u0620-\u064a]", r["ar"]), r["key"]
    for prefix, values in (("type", CLAIM_TYPES), ("outcome", OUTCOMES), ("status", STATUSES)):
        assert {f"{prefix}.{v}" for v in values} <= set(keys)
    with pytest.raises(KeyError):
        say("nonesuch", "en")


def page(**options: Any) -> Any:
    return tree.fromstring(html(collect(SOME), ABOUT, **options))


def test_the_page_has_both_languages_each_in_its_direction() -> None:
    found = page()
    parts = found.findall(".//section")
    assert [(p.get("lang"), p.get("dir")) for p in parts] == [("en", "ltr"), ("ar", "rtl")]
    english, arabic = (p.text_content() for p in parts)
    assert "Islamic State" in english and "Al-Sukhna, Homs" in english
    assert "تنظيم الدولة الإسلامية" in arabic and "السخنة" in arabic and "محافظة حمص" in arabic
    assert "how many killed: 3: 1 tellings · 5: 1 tellings" in " ".join(english.split())
    assert len(page(languages=("ar",)).findall(".//section")) == 1


def test_what_reports_say_runs_nowhere_and_nothing_is_fetched() -> None:
    text = html(collect(SOME), ABOUT)
    assert "<script" not in text and "&lt;script&gt;" in text and "type=&lt;b&gt;" in text
    assert not re.findall(r'(?:src|href)="(?!#)', text)
    assert set(re.findall(r'url\("?([a-z]+:|#)', text)) == {"data:", "#"}
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_the_same_incidents_give_the_same_page() -> None:
    assert html(collect(SOME), ABOUT) == html(collect(SOME), ABOUT)


def test_a_short_list_says_so() -> None:
    assert "1 with most dead" in " ".join(page(most=1).text_content().split())


def test_safety_is_told() -> None:
    summary = collect(SOME)
    summary.held = 4
    text = html(summary, ABOUT, km=25, languages=("en",))
    assert "4 incidents were held back, places are no finer than 25 km" in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pictures_are_svg(language: str) -> None:
    summary = collect(SOME)
    image = area_map(summary, language)
    etree.fromstring(image)
    assert f'aria-label="{say("map", language)}"' in image
    bars, unit, wide = timeline(summary, language)
    etree.fromstring(bars)
    assert (unit, wide) == ("day", 0)
    far = [*SOME, one(told("z", time=on(DAY + dt.timedelta(days=300)))),
           one(told("y", time=on(DAY, DAY + dt.timedelta(days=9))))]  # fmt: skip
    assert timeline(collect(far), language)[1:] == ("week", 1)
    for nothing in (collect([]), collect([one(place=None, time=None, published=None)])):
        etree.fromstring(area_map(nothing, language))
        etree.fromstring(timeline(nothing, language)[0])


def test_outlines_are_rings_on_the_earth() -> None:
    rings = outlines()
    assert len(rings) > 1000
    for ring in rings:
        assert ring[0] == pytest.approx(ring[-1])
        assert all(-180.01 <= x <= 180.01 and -90.01 <= y <= 90.01 for x, y in ring)


def test_places_in_words() -> None:
    road = one(place=place(relation="road", anchors=("syr-palmyra", "syr-deir-ez-zor")))
    assert place_words(road, "en") == "Palmyra - Deir ez-Zor road, Homs"
    assert place_words(road, "ar") == "طريق تدمر - دير الزور، محافظة حمص"
    assert place_words(one(place=place(relation="near")), "ar").startswith("قرب السخنة")
    assert place_words(one(place=None), "en") == "not located"


def test_on_paper() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("Pango, by which WeasyPrint sets type, is not here")
    made = pdf(html(collect(SOME), ABOUT, languages=("ar",)))
    assert made.startswith(b"%PDF-") and b"%%EOF" in made[-32:]


@settings(max_examples=4, deadline=None)
@given(tellings())
def test_any_incidents_make_a_page(several: Any) -> None:
    summary = collect(incident_of([t]) for t in several)
    found = tree.fromstring(html(summary, ABOUT))
    tables = found.findall(".//table[@class='incidents']")
    assert len(tables) >= 2  # one a language, and one more where something is planned
    assert len(tables[0].findall("./tbody/tr")) == len(summary.events)
