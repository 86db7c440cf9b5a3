"""Pages, counts and single rows: the same on both engines, and the same as the streams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from isnad.archive import FACETS, Archive, Facet, Filter, Page
from isnad.errors import UsageError
from isnad.model import Decision, Reading, Report

from .conftest import code, report


@pytest.fixture
def filled(archive: Archive) -> Archive:
    def coded(one: Report) -> Reading:
        sure = None if one.id == "3" else int(one.id) / 10
        return code(one, confidence=sure, type="air_strike" if one.id == "4" else "shelling")

    for n in range(7):
        day = dt.date(2021, 5, 1 + n // 2) if n != 5 else None
        publisher = "ناشر" if n % 2 else None
        one = report("قصف " * (n % 3) + f"نص {n}", str(n), published=day, publisher=publisher)
        archive.add(one, coded, "c")
    return archive


def walk(page: Callable[..., Page[Any]], between: Callable[[], object], **fields: Any) -> list[Any]:
    out: list[Any] = []
    start = None
    while True:
        rows, start = page(limit=2, start=start, **fields)
        assert len(rows) <= 2
        out += rows
        if start is None:
            return out
        between()


def test_pages_together_are_the_stream_whatever_is_added(filled: Archive) -> None:
    more = iter(range(100, 200))

    def add() -> None:
        n = next(more)
        filled.add(report(f"قصف قصف {n}", str(n)), code, "c")

    def changed() -> None:
        filled.add(report(f"قصف نص 1 {next(more)}", "1", publisher="ناشر"), code, "c")

    filter_ = Filter(published_to=dt.date(2021, 5, 23))
    for between in (add, changed):
        reports, found = list(filled.reports()), list(filled.search("قصف"))
        claims = [t.id for t in filled.tellings()]
        assert walk(filled.reports_page, between) == reports
        old = list(filled.search("قصف", filter_))
        assert walk(lambda **k: filled.search_page("قصف", filter_, **k), between) == old
        at = filled.snapshot().seq
        again = walk(lambda **k: filled.search_page("قصف", **k), between)
        assert again == list(filled.search("قصف", as_of=at)) and len(again) >= len(found)
        got = walk(filled.claims_page, between)
        assert [k.id for k in got][: len(claims)] == claims or between is changed


def test_the_least_certain_come_first(filled: Archive) -> None:
    got = walk(filled.claims_page, lambda: None, uncertain=True)
    sure = [k.claim.confidence or 0 for k in got]
    assert sure == sorted(sure) and len(got) == 6 and got[0].claim.confidence is not None


def test_a_cursor_of_something_else_is_refused(filled: Archive) -> None:
    start = filled.reports_page(limit=1).next
    assert start is not None
    for wrong in (start, "x", "é", "W10", start + "A"):
        with pytest.raises(UsageError, match="E517"):
            filled.search_page(start=wrong)
    with pytest.raises(UsageError, match="E517"):
        filled.claims_page(start=start)
    assert filled.reports_page(limit=1, start=start).rows[0].report.id == "1"


def test_counts_and_facets(filled: Archive) -> None:
    assert filled.count() == (7, 6)
    assert filled.count("قصف") == (4, 6)
    assert filled.count("", Filter(type="air_strike")) == (1, 1)
    assert filled.facets("type") == [Facet("shelling", 5, 3), Facet("air_strike", 1, 1)]
    assert filled.facets("publisher") == [Facet("ناشر", 3, 2), Facet(None, 3, 2)]
    assert filled.facets("outcome", "نص", Filter(type="shelling")) == [Facet("killed", 5, 3)]
    assert Facet(None, 2, 1) in filled.facets("published")
    assert len(filled.facets("published", limit=1)) == 1
    for name in FACETS:
        assert sum(f.claims for f in filled.facets(name)) >= 6 or name in (
            "target",
            "item",
            "source",
            "hit",
        )
    with pytest.raises(UsageError, match="E514"):
        filled.facets("text")


def test_one_report_and_one_claim_by_id(filled: Archive) -> None:
    (first, *_) = filled.tellings()
    kept = filled.report("1")
    assert kept is not None and filled.report(kept.id) == kept and kept.report.id == "1"
    assert filled.report("none") is None and filled.claim("none") is None
    one = filled.claim(first.id)
    assert one is not None and (one.report, one.telling) == (kept.id, first)
    before = filled.snapshot().seq
    made = filled.decide(Decision(by="me", kind="reject", claims=(first.id,)))
    after = filled.claim(first.id)
    assert after is not None and after.telling is None and after.decisions == (made,)
    assert filled.claim(first.id, as_of=before) == one
    filled.add(report("نص آخر", "1", publisher="ناشر"), code, "c")
    new = filled.report("1")
    assert new is not None and new.version == 2
    assert filled.report("1", version=1) == kept == filled.report("1", as_of=before)
    assert filled.claim(first.id) is None and filled.claim(first.id, as_of=before) == one


def test_an_id_that_two_publishers_use_names_none(archive: Archive) -> None:
    for name in ("أ", "ب"):
        archive.add(report(publisher=name), code, "c")
    assert archive.report("one") is None
    assert [archive.report(k.id) for k in archive.reports()] == list(archive.reports())
