"""Whether a sentence tells an event or speaks about one: evidence adds up, no sign decides."""

from __future__ import annotations

import datetime as dt

import pytest

from isnad.coding.coder import read
from isnad.knowledge.vocabulary import vocabulary
from isnad.model import Claim, Report

_TELLING = "قُتل أربعة جنود وأصيب اثنان في هجوم شنه مسلحون على نقطة تفتيش في مدينة كركوك أمس."
_TOPIC = (
    "يرى الكاتب أن سياسة الحرب على الإرهاب في القرن الماضي، مثل الاغتيالات التي وقعت في التاريخ، "
    "قضية لم يحسمها القانون."
)


def claims(text: str) -> tuple[Claim, ...]:
    return read(Report(text=text, published=dt.date(2021, 5, 5))).claims


def test_a_told_event_is_a_claim_with_its_confidence() -> None:
    (claim,) = claims(_TELLING)
    assert claim.confidence is not None
    assert 0.7 < claim.confidence < 1


def test_a_topic_is_no_claim() -> None:
    assert claims(_TOPIC) == ()


def test_more_evidence_more_confidence() -> None:
    (poor,) = claims("هاجم مسلحون قرية قرب مدينة كركوك.")
    (rich,) = claims(_TELLING)
    assert poor.confidence is not None and rich.confidence is not None
    assert poor.confidence < rich.confidence


def test_people_killed_are_never_too_little() -> None:
    found = claims("أسفر الهجوم عن مقتل ثلاثة من أفراده وفقدان خمسة.")
    assert {c.outcome for claim in found for c in claim.casualties} == {"killed", "missing"}


@pytest.mark.parametrize("name", ["base", "threshold", "confidence_base", "confidence_slope"])
def test_the_weights_that_the_sum_needs(name: str) -> None:
    assert name in vocabulary().evidence
