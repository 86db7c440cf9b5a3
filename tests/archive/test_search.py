"""Search: the same answers on both engines, whatever is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.archive import Archive, Filter
from isnad.archive.fitting import fits
from isnad.archive.shadow import OVERLAP, PASSAGE, forms, passages, stem, words_of
from isnad.model import Claim, Decision, Hit, Materiel, Place, Reading, Report, Source, Time

from .conftest import TEXT, code, new_database, report


def ids(
    archive: Archive, query: str = "", f: Filter | None = None, exact: bool = False
) -> list[str]:
    return [found.kept.report.id for found in archive.search(query, f, exact=exact)]


TEXTS = {
    "market": "قصف على سوق مدينة حلب، وسقط شهيد في المدينة.",
    "joined": "وبالمدينةِ قصفٌ عنيف قرب كفرنبل",
    "other": "ذهب إلى بغداد وفد من التجّار",
    "latin": "Shelling hit Idlib overnight, 3d day; e-mail a.b@c.example 1e5 007",
}


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for n, (id, text) in enumerate(TEXTS.items()):
        archive.add(report(text, id, published=dt.date(2021, 5, 1 + n)), code, "c")
    return archive


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("المدينة", {"market", "joined"}),
        ("مدينه", {"market", "joined"}),
        ("بالمدينة", {"market", "joined"}),
        ("كفرنبل", {"joined"}),
        ("وكفرنبل", {"joined"}),
        ("ببغداد", {"other"}),
        ("بغـداد", {"other"}),
        ("إلي بغداد", {"other"}),
        ("حلب كفرنبل", set()),
        ('"سوق مدينة حلب"', {"market"}),
        ("«سوق حلب»", set()),
        ("Aleppo", {"market"}),
        ("baghdad", {"other"}),
        ("idlib SHELLING", {"latin"}),
        ("3d", {"latin"}),
        ("1e5", {"latin"}),
        ("007", {"latin"}),
        ("٠٠٧", {"latin"}),
        ("'", set(TEXTS)),
        ("' OR 1=1 --", set()),
        ("NEAR(", set()),
        ("stems:حلب", set()),
    ],
)  # fmt: skip
def test_words_are_found_however_written(filled: Archive, query: str, wanted: set[str]) -> None:
    assert set(ids(filled, query)) == wanted


def test_the_newest_come_first_and_snippets_show_the_hit(filled: Archive) -> None:
    assert ids(filled) == ["latin", "other", "joined", "market"]
    (found,) = filled.search("كفرنبل")
    assert "كفرنبل" in found.snippet
    assert [ident for ident, _ in found.claims] == [
        t.id for t in filled.tellings(Filter(report="joined"))
    ]


def test_exact_is_letter_by_letter(filled: Archive) -> None:
    assert ids(filled, "مدينة حلب", exact=True) == ["market"]
    assert ids(filled, "مدينه حلب", exact=True) == []
    assert ids(filled, "قصفٌ عنيف", exact=True) == ["joined"]
    assert ids(filled, "قصف عنيف", exact=True) == []


SLOTS = Claim(
    type="air_strike",
    status="denied",
    place=Place(lat=10, lon=179, as_written="قصف", span=(0, 3), rule="gazetteer x"),
    time=Time(earliest=dt.date(2021, 3, 10), latest=None, as_written="", span=(0, 0)),
    materiel=(Materiel(item="tank", low=2, high=4, as_written="", span=(0, 0)),),
    sources=(Source(kind="monitor", as_written="", span=(0, 0)),),
    hit=(Hit(kind="market", as_written="", span=(0, 0)),),
)
DAY = dt.date


@pytest.mark.parametrize(
    ("f", "wanted"),
    [
        (Filter(type="shelling"), ["shelled"]),
        (Filter(status="denied"), ["slots"]),
        (Filter(actor="syr-assad-forces"), ["shelled"]),
        (Filter(initiator="syr-assad-forces"), ["shelled"]),
        (Filter(target="syr-assad-forces"), []),
        (Filter(outcome="killed", low=5), ["shelled"]),
        (Filter(outcome="killed", low=6), []),
        (Filter(outcome="wounded"), []),
        (Filter(item="tank", high=4), ["slots"]),
        (Filter(item="tank", high=3), []),
        (Filter(low=2, high=5), ["slots", "shelled"]),
        (Filter(source="monitor"), ["slots"]),
        (Filter(hit="market"), ["slots"]),
        (Filter(rule="gazetteer x"), ["slots"]),
        (Filter(place="الأتارب"), ["shelled"]),
        (Filter(publisher="p"), ["slots"]),
        (Filter(url="https://a.example/2"), ["slots"]),
        (Filter(report="shelled"), ["shelled"]),
        (Filter(coder="c"), ["slots", "shelled"]),
        (Filter(published_from=DAY(2021, 5, 2)), ["slots"]),
        (Filter(published_to=DAY(2021, 5, 1)), ["shelled"]),
        (Filter(time_from=DAY(2021, 5, 23)), ["slots", "shelled"]),
        (Filter(time_to=DAY(2021, 5, 22)), ["slots"]),
        (Filter(time_to=DAY(2021, 3, 9)), []),
        (Filter(box=(36, 36, 37, 37)), ["shelled"]),
        (Filter(box=(170, 0, -170, 20)), ["slots"]),
        (Filter(box=(-170, 0, 170, 20)), []),
        (Filter(type="shelling", status="denied"), []),
    ],
)  # fmt: skip
def test_every_filter(archive: Archive, f: Filter, wanted: list[str]) -> None:
    archive.add(
        report("قتل خمسة مدنيين في قصف للجيش على بلدة الأتارب أمس", "shelled", published=DAY(2021, 5, 1)),
        code, "c",
    )  # fmt: skip
    url = "https://a.example/2"
    two = report("قصف", "slots", published=DAY(2021, 5, 2), publisher="p", url=url)
    archive.add(two, lambda r: Reading(report=r, claims=(SLOTS,)), "c")
    archive.add(report("لا شيء", "none", published=None), lambda r: Reading(report=r), "x")
    assert ids(archive, "", f) == wanted
    assert [k.report.id for k in archive.reports(f)] == wanted[::-1]
    if f.of_claims():
        assert [t.report for t in archive.tellings(f)] == wanted[::-1]


def test_search_as_of_a_snapshot(archive: Archive) -> None:
    archive.add(report("قصف حلب"), code, "c")
    before = archive.snapshot()
    archive.add(report("قصف إدلب"), code, "c")
    assert [f.kept.version for f in archive.search("حلب", as_of=before.seq)] == [1]
    assert ids(archive, "حلب") == [] and ids(archive, "إدلب") == ["one"]


def test_passages_hold_every_word_and_share_some() -> None:
    text = " ".join(f"w{n}" for n in range(2 * PASSAGE + 7))
    found = list(passages(None, text))
    assert [len(p.words.split()) for p in found[:2]] == [PASSAGE, PASSAGE]
    assert found[0].words.split()[-OVERLAP:] == found[1].words.split()[:OVERLAP]
    assert {w for p in found for w in p.words.split()} == set(text.split())
    assert len(list(passages(None, ""))) == 1


@given(st.text(alphabet="ابتولكفمهي", min_size=1, max_size=9))
def test_a_word_is_found_by_itself_and_through_its_proclitics(word: str) -> None:
    assert stem(word) in forms(word)
    for joined in ("و" + word, "ب" + word):
        assert stem(joined) in forms(word) or stem(word) in forms(joined)


WORDS = st.sampled_from(
    ["قصف", "والمدينة", "مدينة", "حلب", "وحلب", "أحمد", "احمد", "Aleppo", "x_y", "a-b", "٣", "3",
     "١٢٫٥", "ﷺ", "é", "e\u0301", "ß", "İ", "½", "हिन्दी", "汉字", "😀", "'", '"', "\\", "%", "it's"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@pytest.fixture(scope="module")
def both(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Archive]]:
    file: Path = tmp_path_factory.mktemp("both") / "a.isnad"
    opened = [Archive.open(url, create=True) for url in (str(file), new_database(postgres))]
    yield opened
    for one in opened:
        one.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=LINES | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
       query=LINES | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
       exact=st.booleans())  # fmt: skip
def test_both_engines_answer_alike(both: list[Archive], text: str, query: str, exact: bool) -> None:
    answers = []
    for archive in both:
        archive.add(Report(text=text), lambda r: Reading(report=r), "c")
        answers.append([f.kept.id for f in archive.search(query, exact=exact)])
        own = [f.kept.report.text for f in archive.search(text, exact=True)]
        assert text in own
    assert answers[0] == answers[1]
    assert words_of(query) or exact or answers[0]


FILTERS = (
    Filter(type="riot"), Filter(type="shelling"), Filter(status="denied"), Filter(outcome="killed", low=5),
    Filter(outcome="killed", low=40), Filter(actor="isis"), Filter(initiator="syr-assad-forces"),
    Filter(box=(0, 0, 2, 2)), Filter(box=(36, 36, 37, 37)), Filter(time_from=dt.date(2030, 1, 1)),
    Filter(coder="c", type="riot"), Filter(coder="d", type="riot"), Filter(rule="test"),
)  # fmt: skip


def test_filters_see_what_people_fixed(archive: Archive) -> None:
    for name in "abcd":
        archive.add(report(f"{TEXT} {name}", name), code, "c")
    first, second, third, fourth = (t.id for t in archive.tellings())
    before = archive.snapshot().seq

    def decide(kind: str, claim: str, **fields: Any) -> str:
        made = {"by": "me", "kind": kind, "claims": (claim,), **fields}
        return archive.decide(Decision.model_validate(made)).id

    decide("fix", first, slot="type", value="riot")
    decide("fix", first, slot="initiators", value=[{"actor": "isis"}])
    decide("fix", second, slot="casualties", value=[{"outcome": "killed", "low": 40, "high": 40}])
    decide("fix", second, slot="place", value={"lat": 1, "lon": 1, "radius_km": 2})
    undone = decide("fix", third, slot="type", value="riot")
    archive.decide(Decision(by="me", kind="undo", undoes=undone))
    decide("fix", fourth, slot="type", value="riot")
    decide("reject", fourth)
    for f in FILTERS:
        wanted = [t.id for t in archive.tellings() if fits(f, t.id, t.claim) and f.coder != "d"]
        assert [t.id for t in archive.tellings(f)] == wanted, f
        found = list(archive.search("", f))
        assert sorted(i for one in found for i, _ in one.claims) == sorted(wanted), f
        assert all(fits(f, ident, made) for one in found for ident, made in one.claims), f
        assert len(list(archive.reports(f))) == len(found) == archive.count("", f).reports
        coded = [t.id for t in archive.tellings(f, as_of=before)]
        as_coded = [t for t in archive.tellings(decided=False) if fits(f, t.id, t.claim)]
        assert coded == [t.id for t in as_coded if f.coder != "d"], f
    assert [i for one in archive.search("") for i, _ in one.claims].count(fourth) == 0
    assert [k.id for k in archive.claims_page(Filter(type="riot")).rows] == [first, fourth]
