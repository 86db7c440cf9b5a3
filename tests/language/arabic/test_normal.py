"""The normal form: a table of cases, and what must hold of any text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.language.arabic.normal import fold, normalize


def cases(name: str) -> list[tuple[str, str]]:
    """The two columns of ``cases/<name>.tsv``; ⏎ is a line end, a line with ``# `` a remark."""
    path = Path(__file__).parent / "cases" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("# ")]
    return [(text.replace("⏎", "\n"), expected) for text, expected in rows]


TEXTS = st.text(st.characters(exclude_categories=()))  # any code point, lone surrogates too
ARABIC = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىئؤةء ًّـ.*/\u200f\u200c12٣،\n🔴"))


@pytest.mark.parametrize(("text", "normal"), cases("normal"))
def test_case(text: str, normal: str) -> None:
    assert fold(text) == normal


@given(TEXTS | ARABIC)
def test_offsets_are_exact(text: str) -> None:
    normal = normalize(text)
    assert normal.source == text
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    before = 0
    for start, end in zip(normal.starts, normal.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert before <= start  # never backwards
        before = start
    if normal.text:
        start, end = normal.span(0, len(normal.text))
        assert normal.quote(0, len(normal.text)) == text[start:end]


@given(TEXTS | ARABIC)
def test_nothing_invisible_is_left(text: str) -> None:
    left = {unicodedata.category(c) for c in normalize(text).text}
    assert not left & {"Cf", "Mn", "Me"}
    assert "ـ" not in normalize(text).text


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text.replace("ـ", ""))
    assert fold(once) == once or any(c in once for c in ".*·•|~/ ")


@given(
    st.text(max_size=30),
    st.sampled_from(["قصـ ـف", "اشتـ.ـباكات", "الشهد.اء", "شـ ـهـ ـيداً", "ق\u200fص\u200cف"]),
)
def test_a_match_covers_the_evasive_characters_within_it(before: str, word: str) -> None:
    """Emoji and astral characters before the word do not move its span."""
    text = f"{before}\n{word}\n😀"
    normal = normalize(text)
    want = fold(word)
    at = normal.text.rindex(want)
    assert normal.quote(at, at + len(want)) == word


@pytest.mark.parametrize("text", ["İ", "ﷺ", "\ud800", "👩‍👩‍👧", "e\u0301", "\u0660\u20e3", ""])
def test_odd_texts_keep_their_length_in_step(text: str) -> None:
    normal = normalize(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)


def test_line_ends_are_one_character() -> None:
    assert fold("أ\r\nب\rج\u2028د") == "ا\nب\nج\nد"
    assert normalize("أ\r\nب").span(2, 3) == (3, 4)


def test_an_empty_span_stands_where_its_place_is() -> None:
    normal = normalize("قـتل")
    assert normal.span(1, 1) == (2, 2)
    assert normal.span(3, 3) == (4, 4)
