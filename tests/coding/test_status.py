"""Whether it happened, goes on, is planned, was foiled, is denied, or is not told at all."""

from __future__ import annotations

import pytest

import isnad
from isnad.model import Report


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قصفت قوات النظام مدينة إدلب", "happened"),
        ("يحاصر الحوثيون مدينة تعز منذ أشهر", "ongoing"),
        ("هددت تركيا بشن عملية عسكرية في مدينة تل رفعت", "planned"),
        ("أحبطت القوات العراقية محاولة تفجير سيارة مفخخة في الرمادي", "foiled"),
        ("نفى الجيش الليبي تنفيذ غارات جوية على مدينة ترهونة", "denied"),
    ],
)
def test_status(text: str, status: str) -> None:
    (claim,) = isnad.code(Report(text=text))
    assert claim.status == status


def test_a_negated_harm_leaves_the_event_standing() -> None:
    (claim,) = isnad.code(Report(text="سقط صاروخ على مدينة إدلب دون وقوع إصابات"))
    assert (claim.status, claim.casualties) == ("happened", ())
