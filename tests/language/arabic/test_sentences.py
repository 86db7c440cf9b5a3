"""Sentences, clauses and quoted passages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.language import arabic
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.sentences import find_clauses, find_quotes, find_sentences
from isnad.language.arabic.tokens import tokenize


def cases(name: str) -> list[tuple[str, str]]:
    """The two columns of ``cases/<name>.tsv``; ⏎ is a line end, a line with ``# `` a remark."""
    path = Path(__file__).parent / "cases" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("# ")]
    return [(text.replace("⏎", "\n"), expected) for text, expected in rows]


ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from('.؟!…\n-•🔴1 2)«»"،ابو'))


def joined(parts: list[str]) -> str:
    return " | ".join(parts) or "none"


@pytest.mark.parametrize(("text", "expected"), cases("sentences"))
def test_sentences(text: str, expected: str) -> None:
    assert joined([text[s:e] for s, e in arabic.sentences(text)]) == expected


@pytest.mark.parametrize(("text", "expected"), cases("clauses"))
def test_clauses(text: str, expected: str) -> None:
    assert joined([text[s:e] for found in arabic.clauses(text) for s, e in found]) == expected


@pytest.mark.parametrize(("text", "expected"), cases("quotes"))
def test_quotes(text: str, expected: str) -> None:
    assert joined([text[s:e] for s, e in arabic.quotes(text)]) == expected


WRAPPED = """قصفت قوات النظام السوري بالمدفعية الثقيلة بلدة في ريف
إدلب الجنوبي صباح اليوم ما أدى إلى مقتل ثلاثة مدنيين
بينهم طفلان وإصابة آخرين بجروح متفاوتة نقلوا على إثرها
إلى المشفى. وقال شهود إن القصف مستمر"""


def test_lines_wrapped_at_a_width_are_joined() -> None:
    assert len(arabic.sentences(WRAPPED)) == 2


def test_even_lines_that_are_sentences_are_not_joined() -> None:
    text = "\n".join(["قصفت قوات النظام بلدة كفرنبل بالمدفعية الثقيلة."] * 4)
    assert len(arabic.sentences(text)) == 4


@given(ANY)
def test_sentences_hold_every_word_once(text: str) -> None:
    normal = normalize(text).text
    tokens = tokenize(normal)
    found = find_sentences(normal, tokens)
    at = 0
    for start, end in found:
        assert at <= start < end <= len(normal)
        at = end
    words = [t for t in tokens if t.kind == "word"]
    inside = [t for t in words if any(s <= t.start < e for s, e in found)]
    assert inside == words


@given(ANY)
def test_clauses_hold_every_word_of_their_sentence(text: str) -> None:
    normal = normalize(text).text
    tokens = tokenize(normal)
    for start, end in find_sentences(normal, tokens):
        clauses = find_clauses(normal, tokens, (start, end))
        assert clauses[0][0] >= start and clauses[-1][1] <= end
        assert all(a[1] <= b[0] for a, b in pairwise(clauses))
        for token in tokens:
            if token.kind in ("word", "number") and start <= token.start < end:
                assert any(s <= token.start < e for s, e in clauses)


@given(ANY)
def test_quotes_nest_and_never_cross(text: str) -> None:
    normal = normalize(text).text
    found = find_quotes(normal, tokenize(normal))
    for i, (start, end) in enumerate(found):
        assert start + 1 < end
        for other_start, other_end in found[i + 1 :]:
            assert other_start >= end or other_end <= end
