"""English in small."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.language.english.normal import normalize
from isnad.language.english.numbers import find_numbers
from isnad.language.english.sentences import find_sentences
from isnad.language.english.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven killed", [("seven", 7, 7, "exact")]),
        ("at least 40 people", [("at least 40", 40, None, "at_least")]),
        ("twenty-one dead and 3 wounded", [("twenty-one", 21, 21, "exact"), ("3", 3, 3, "exact")]),
        ("two hundred and five", [("two hundred and five", 205, 205, "exact")]),
        ("three and four", [("three", 3, 3, "exact"), ("four", 4, 4, "exact")]),
        ("1,200 fled", [("1,200", 1200, 1200, "exact")]),
        ("dozens of civilians", [("dozens", 20, 99, "vague")]),
        ("up to two thousand", [("up to two thousand", None, 2000, "at_most")]),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, int | None, int | None, str]]) -> None:
    normal = normalize(text)
    found = find_numbers(normal.text, tokenize(normal.text))
    got = [(normal.text[n.start : n.end], n.low, n.high, n.exactness) for n in found]
    assert got == expected


def test_sentences() -> None:
    normal = normalize("Mr. Smith died. Two fled.")
    found = find_sentences(normal.text, tokenize(normal.text))
    assert [normal.quote(*s) for s in found] == ["Mr. Smith died.", "Two fled."]


@given(st.text(st.characters(exclude_categories=())))
def test_offsets(text: str) -> None:
    normal = normalize(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    for n in find_numbers(normal.text, tokenize(normal.text)):
        assert n.start < n.end <= len(normal.text)
