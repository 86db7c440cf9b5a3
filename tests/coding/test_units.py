"""Which triggers tell one event, seen by the claims they give."""

from __future__ import annotations

import pytest

import isnad
from isnad.model import Report


def types(text: str) -> list[str]:
    return [c.type for c in isnad.code(Report(text=text))]


@pytest.mark.parametrize(
    "text",
    [
        "قتل ثلاثة مدنيين جراء قصف على مدينة إدلب",
        "قصفت قوات النظام مدينة إدلب ما أدى إلى مقتل ثلاثة مدنيين",
        "قصفت قوات النظام مدينة إدلب وقتل ثلاثة مدنيين",
    ],
)
def test_a_deed_and_its_harm_are_one_event(text: str) -> None:
    assert types(text) == ["shelling"]


def test_a_new_deed_after_a_break_is_its_own() -> None:
    text = "قصفت قوات النظام بلدة كنصفرة، فيما انسحبت قوات حفتر من مدينة غريان"
    assert types(text) == ["shelling", "withdrawal"]


def test_claims_keep_the_order_of_the_text() -> None:
    text = "انفجرت سيارة مفخخة في مدينة عفرين. وانسحبت قوات حفتر من مدينة غريان."
    assert types(text) == ["vehicle_bomb", "withdrawal"]
