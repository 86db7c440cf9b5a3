"""Counts of people and things as the guidelines read them."""

from __future__ import annotations

import pytest

import isnad
from isnad.model import Report


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        ("5 مدنيين", 5, 5),
        ("٥ مدنيين", 5, 5),
        ("خمسة مدنيين", 5, 5),
        ("نحو 40 مدنياً", 40, 40),
        ("أكثر من 40 مدنياً", 40, None),
        ("ما لا يقل عن 40 مدنياً", 40, None),
        ("ما بين 15 و20 مدنياً", 15, 20),
        ("عشرات المدنيين", 20, 99),
        ("مئات المدنيين", 200, 999),
        ("عدد من المدنيين", 3, None),
        ("مدنيان", 2, 2),
        ("مدني", 1, 1),
    ],
)
def test_count(count: str, low: int, high: int | None) -> None:
    (claim,) = isnad.code(Report(text=f"قتل {count} بقصف على مدينة إدلب"))
    (dead,) = claim.casualties
    assert (dead.outcome, dead.low, dead.high) == ("killed", low, high)
    assert dead.listed == "civilians"


def test_dead_and_wounded_are_two_figures() -> None:
    (claim,) = isnad.code(Report(text="قصف على مدينة إدلب أدى إلى مقتل 3 مدنيين وإصابة 7 آخرين"))
    assert [(c.outcome, c.low) for c in claim.casualties] == [("killed", 3), ("wounded", 7)]
