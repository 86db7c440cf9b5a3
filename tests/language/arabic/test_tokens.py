"""Words: tokens, the ways a word splits, lemma groups."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.language import arabic
from isnad.language.arabic.lemmas import lemma, same_lemma
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.tokens import splits, tokenize


def cases(name: str) -> list[tuple[str, str]]:
    """The two columns of ``cases/<name>.tsv``; ⏎ is a line end, a line with ``# `` a remark."""
    path = Path(__file__).parent / "cases" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("# ")]
    return [(text.replace("⏎", "\n"), expected) for text, expected in rows]


@given(st.text(st.characters(exclude_categories=())))
def test_tokens_lie_where_they_say(text: str) -> None:
    normal = normalize(text).text
    at = 0
    for token in tokenize(normal):
        assert normal[token.start : token.end] == token.text
        assert at <= token.start < token.end
        assert normal[at : token.start].strip() == ""
        at = token.end
    assert normal[at:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل 3جنود", ["قتل", "3", "جنود"]),
        ("Facebookشام", ["facebook", "شام"]),
        ("1,200.5%", ["1,200.5", "%"]),
        ("حمص_24", ["حمص", "_", "24"]),
        ("«قتلوا»", ["«", "قتلوا", "»"]),
        ("سطر\nآخر", ["سطر", "\n", "اخر"]),
        ("قصـ ـف", ["قصف"]),
        ("12-15", ["12", "-", "15"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [t.text for t in tokenize(normalize(text).text)] == expected


def test_kinds() -> None:
    kinds = [t.kind for t in tokenize(normalize("قتل 3 ،\n").text)]
    assert kinds == ["word", "number", "mark", "newline"]


def test_public_tokens_have_source_spans() -> None:
    text = "قصـ ـف إدلب"
    assert [text[t.start : t.end] for t in arabic.tokens(text)] == ["قصـ ـف", "إدلب"]


@pytest.mark.parametrize(("word", "reading"), cases("splits"))
def test_splits(word: str, reading: str) -> None:
    found = {
        f"{s.conjunction}+{s.preposition}+{'ال' if s.article else ''}+{s.stem}"
        for s in splits(word)
    }
    assert reading in found


@given(st.text(st.sampled_from("ابتولكفسيلمن"), min_size=1))
def test_the_whole_word_is_always_the_first_reading(word: str) -> None:
    first, *others = splits(word)
    assert first.stem == word and first.offset == 0
    assert all(word[s.offset :] == s.stem and len(s.stem) >= 2 for s in others)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("قتلى", "قتيل"),
        ("والجرحى", "جريح"),
        ("ميليشيات", "ميليشيا"),
        ("دبابات", "دبابة"),
        ("بالصواريخ", "صاروخ"),
        ("استهدفت", "استهدف"),
        ("زخرفلقش", None),
    ],
)
def test_lemmas(word: str, expected: str | None) -> None:
    assert lemma(word) == expected


def test_lemma_groups() -> None:
    assert same_lemma("قتلى", "القتيل")
    assert not same_lemma("زخرفلقش", "زخرفلقش")
