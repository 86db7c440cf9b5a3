"""One event is one claim, however often it is told."""

from __future__ import annotations

import pytest

import isnad
from isnad.coding.discourse import best_times, tell_once
from isnad.coding.document import Document
from isnad.coding.events import Count
from isnad.coding.merging import merge_counts
from isnad.model import Report


def count(low: int | None, high: int | None, actor: str | None = "civilians") -> Count:
    return Count(0, 1, low, high, actor, "", outcome="killed")


def test_nothing_from_nothing() -> None:
    assert tell_once(Document.of(Report(text="")), []) == []
    assert best_times([]) is None
    assert merge_counts([], []) == []


def test_a_repeated_figure_is_kept_once() -> None:
    assert len(merge_counts([count(3, 3)], [count(3, 3)])) == 1


def test_updated_figures_are_all_kept() -> None:
    assert [c.low for c in merge_counts([count(3, 3)], [count(5, 5)])] == [3, 5]


def test_a_bare_plural_gives_way_to_a_figure() -> None:
    assert [c.low for c in merge_counts([count(2, None)], [count(5, 5)])] == [5]


@pytest.mark.parametrize("gap", [". ", "\n\n"])
def test_told_twice_is_one_claim(gap: str) -> None:
    told = "قتل ثلاثة مدنيين بغارة على مدينة صعدة"
    assert len(isnad.code(Report(text=told + gap + told + "."))) == 1


def test_far_places_are_two_claims() -> None:
    text = "انفجرت سيارة مفخخة في مدينة عفرين. وانفجرت سيارة مفخخة في مدينة البصرة."
    assert len(isnad.code(Report(text=text))) == 2
