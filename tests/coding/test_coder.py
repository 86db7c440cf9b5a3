"""The whole road on hostile and arbitrary text: it never raises, every value quotes the report."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import isnad
from isnad.model import Reading, Report

_TOLD = "قصفت قوات النظام مدينة إدلب اليوم وقتل ثلاثة مدنيين"
_WORDS = st.sampled_from(
    [
        *_TOLD.split(),
        "🔴",
        "،",
        ".",
        "\n",
        "\x00",
        "\u202b",
        "\u2069",
        "٣",
        "#حلب",
        "قال",
        "إن",
        "نفى",
    ]
)
_MIXED = st.lists(st.one_of(_WORDS, st.text(max_size=8)), max_size=25).map(" ".join)


def check(text: str) -> Reading:
    reading = isnad.read(Report(text=text))
    for claim in reading.claims:
        for _, value in claim.values():
            assert text[slice(*value.span)] == value.as_written
    return reading


@pytest.mark.parametrize(
    "text", ["", " \n\t", "،؛.؟!…«»()", "\x00" * 9, "\u202e\u2067\u202b", "🔴" * 20]
)
def test_nothing_told(text: str) -> None:
    assert check(text).claims == ()


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param("\ud800", id="surrogate"),
        pytest.param("\udfff\ud800", id="two-surrogates"),
        "\x00",
        "\u2067",
        "\U0001f534",
    ],
)
def test_odd_characters_do_not_hide_the_event(odd: str) -> None:
    assert [c.type for c in check(f"{odd} {_TOLD} {odd}").claims] == ["shelling"]


def test_a_very_long_text() -> None:
    text = (_TOLD + ". ") * (100_000 // len(_TOLD))
    assert check(text).claims


def test_reading_twice_gives_the_same() -> None:
    assert check(_TOLD) == check(_TOLD)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_MIXED)
def test_every_value_quotes_the_report(text: str) -> None:
    check(text)
