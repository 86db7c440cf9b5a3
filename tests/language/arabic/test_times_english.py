"""Times in English: the small form that stands beside the Arabic one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.language.english.times import find_times


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("killed on 2021-05-12 in", "2021-05-12", "2021-05-12", "2021-05-12"),
        ("on 12 may 2021 near", "12 may 2021", "2021-05-12", "2021-05-12"),
        ("on may 12, 2021 near", "may 12, 2021", "2021-05-12", "2021-05-12"),
        ("on 3rd of march", "3rd of march", "2024-03-03", "2024-03-03"),
        ("in june 2019", "june 2019", "2019-06-01", "2019-06-30"),
        ("struck today", "today", "2024-05-15", "2024-05-15"),
        ("struck yesterday", "yesterday", "2024-05-14", "2024-05-14"),
        ("struck last night", "last night", "2024-05-14", "2024-05-14"),
        ("on friday", "friday", "2024-05-10", "2024-05-10"),
        ("next friday", "next friday", "2024-05-17", "2024-05-17"),
        ("last wednesday", "last wednesday", "2024-05-08", "2024-05-08"),
        ("three days ago", "three days ago", "2024-05-12", "2024-05-12"),
        ("last week", "last week", "2024-05-08", "2024-05-14"),
        ("last month", "last month", "2024-04-01", "2024-04-30"),
    ],
)
def test_cases(text: str, words: str, earliest: str, latest: str) -> None:
    (m,) = find_times(text, [], dt.date(2024, 5, 15))
    assert (text[m.start : m.end], str(m.earliest), str(m.latest)) == (words, earliest, latest)


@pytest.mark.parametrize("text", ["5/12/2021", "he may 3 times", "31 february"])
def test_not_a_day(text: str) -> None:
    assert all(m.earliest is None or m.flags for m in find_times(text, [], dt.date(2024, 5, 15)))


def test_unresolved_without_a_day() -> None:
    (m,) = find_times("struck yesterday", [])
    assert (m.earliest, m.basis) == (None, "unresolved")


@given(st.text(max_size=80), st.none() | st.dates())
def test_any_text(text: str, published: dt.date | None) -> None:
    for m in find_times(text, [], published):
        assert 0 <= m.start < m.end <= len(text)
        assert m.earliest is None or m.latest is None or m.earliest <= m.latest
