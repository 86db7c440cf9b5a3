"""The claim's slots in the report's own words and code points."""

from __future__ import annotations

import datetime as dt

import pytest

import isnad
from isnad.model import Report

_TOLD = "قصفت قوات النظام مدينة إدلب اليوم"


@pytest.mark.parametrize("lead", ["", "🔴🇸🇾 ", "\u202b", "\u2067\u202e", "\ufeff", "ــ ", "\x00"])
def test_spans_after_odd_beginnings(lead: str) -> None:
    report = Report(text=lead + _TOLD, published=dt.date(2022, 5, 24))
    (claim,) = isnad.code(report)
    for _, value in claim.values():
        assert report.text[slice(*value.span)] == value.as_written
    assert claim.place is not None
    assert "إدلب" in claim.place.as_written


def test_today_is_the_day_of_publication() -> None:
    (claim,) = isnad.code(Report(text=_TOLD, published=dt.date(2022, 5, 24)))
    assert claim.time is not None
    assert claim.time.earliest == claim.time.latest == dt.date(2022, 5, 24)


def test_today_without_a_day_keeps_its_words_only() -> None:
    (claim,) = isnad.code(Report(text=_TOLD))
    assert claim.time is not None
    assert (claim.time.as_written, claim.time.earliest, claim.time.latest) == ("اليوم", None, None)


def test_the_unknown_is_none() -> None:
    (claim,) = isnad.code(Report(text="قصفت قوات النظام مدينة إدلب"))
    assert claim.time is None
    assert (claim.casualties, claim.forces, claim.sources) == ((), (), ())
