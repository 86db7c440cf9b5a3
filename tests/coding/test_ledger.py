"""What made no claim is told, with the reason, and only then kept."""

from __future__ import annotations

from datetime import date

import pytest

import isnad
from isnad.coding.coder import explain
from isnad.model import Report

CASES = [
    ("دارت معارك في ريف حماة اليوم من أجل السيطرة على تلة النمر", "السيطرة على", "an aim"),
    ("طالب ناشطون بوقف القصف", "القصف", "purpose: cue طالب"),
    ("لم يعلق أحد على عملية الاغتيال", "عملية الاغتيال", "names no place"),
    ("يحاكم القضاء المتهم الذي قتل القاضي", "قتل", "speaks of it"),
]


@pytest.mark.parametrize(("text", "words", "why"), CASES, ids=[c[1] for c in CASES])
def test_words_that_make_no_claim_and_why(text: str, words: str, why: str) -> None:
    _, unclaimed = explain(Report(text=text, published=date(2021, 5, 24)))
    said = {text[e.span[0] : e.span[1]]: e.why for e in unclaimed}
    assert words in said, said
    assert why in said[words]


def test_the_claims_are_those_of_reading() -> None:
    text = "قُتل ثلاثة مدنيين بقصف على بلدة كفرنبل اليوم. وطالب ناشطون بوقف القصف."
    report = Report(text=text, published=date(2019, 5, 24))
    reading, unclaimed = explain(report)
    assert reading == isnad.read(report)
    inside = {claim.trigger.span for claim in reading.claims if claim.trigger}
    assert not inside & {entry.span for entry in unclaimed}
