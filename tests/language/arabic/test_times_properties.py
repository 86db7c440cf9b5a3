"""Times on arbitrary text and days: spans inside, ends in order, never an error, near-linear."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.language.arabic.normal import normalize
from isnad.language.arabic.times import find_dateline, find_times
from isnad.language.arabic.times_words import forms
from isnad.language.arabic.tokens import tokenize

WORDS = [
    *sorted(forms())[::7],
    *[
        "12",
        "31",
        "2024",
        "1445",
        "0",
        "99",
        "/",
        "-",
        ".",
        "،",
        ",",
        ":",
        "(",
        ")",
        "\n",
        "من",
        "إلى",
        "و",
        "ال",
        "هـ",
        "م",
    ],
]
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)) | st.sampled_from(
    [dt.date.min, dt.date.max, dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 2, 29)]
)


def check(text: str, published: dt.date | None) -> None:
    normal = normalize(text).text
    tokens = tokenize(normal)
    for m in find_times(normal, tokens, published):
        assert 0 <= m.start < m.end <= len(normal)
        if m.earliest and m.latest:
            assert m.earliest <= m.latest
        if m.basis == "unresolved":
            assert m.earliest is None and m.latest is None
    line = find_dateline(normal, tokens)
    assert line is None or 0 <= line.start < line.end <= len(normal)


@given(st.text(max_size=200), st.none() | DAYS)
def test_any_text(text: str, published: dt.date | None) -> None:
    check(text, published)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.none() | DAYS)
def test_any_words_of_time(words: list[str], published: dt.date | None) -> None:
    check(" ".join(words), published)


@settings(deadline=None)
@given(
    st.integers(0, 10**7), st.sampled_from(["يوم", "أسبوع", "شهراً", "سنة", "ساعة", "عقود"]), DAYS
)
def test_any_count(n: int, unit: str, published: dt.date) -> None:
    for lead in ("قبل", "بعد", "منذ", "خلال", "آخر"):
        check(f"{lead} {n} {unit}", published)


@pytest.mark.parametrize(
    "piece",
    [
        "منذ ",
        "بين ",
        "12 ",
        "12/",
        "و12 ",
        "أيار ",
        "من ",
        "الأحد - ",
        "أول ",
        "قبل ",
        "ثلاثة و",
        "عام ",
        "1.2.",
        "\n",
        "اليوم ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def cost(n: int) -> float:
        normal = normalize(piece * (n // len(piece))).text
        tokens = tokenize(normal)
        best = 9.0
        for _ in range(3):
            begin = time.process_time()
            find_times(normal, tokens, dt.date(2024, 5, 15))
            find_dateline(normal, tokens)
            best = min(best, time.process_time() - begin)
        return best

    cost(1000)
    small, large = cost(10_000), cost(40_000)
    assert large < max(small * 12, 0.25)
