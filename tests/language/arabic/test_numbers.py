"""Numbers: a readable table of cases, the lexicons behind them, and what must hold of any text."""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.language import arabic
from isnad.language.arabic import kinds
from isnad.language.arabic.normal import fold, normalize
from isnad.language.arabic.nouns import noun
from isnad.language.arabic.number import Number
from isnad.language.arabic.numbers import find_counted_nouns, find_numbers
from isnad.language.arabic.numerals import figure, numeral
from isnad.language.arabic.tables import rows, words
from isnad.language.arabic.tokens import tokenize


def cases(name: str) -> list[tuple[str, str]]:
    """The two columns of ``cases/<name>.tsv``; ⏎ is a line end, a line with ``# `` a remark."""
    path = Path(__file__).parent / "cases" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("# ")]
    return [(text.replace("⏎", "\n"), expected) for text, expected in rows]


TABLE = cases("numbers")
WORDS = [form for row in rows("numerals") for form in row["form"].split("|")]
PIECES = st.lists(
    st.sampled_from(
        [*WORDS, "و", "من", "بين", "إلى", "أكثر", "على", "الأقل", "نحو", "قتلى", "ال", "%", "-", "/",
         ".", "\n", "12", "1,200", "٣", "7.5", "2021", "^", "بينهم", "جزء", "<", "=", "أو", "أقل"]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip
TEXTS = PIECES | st.text(st.characters(exclude_categories=()))


def told(text: str, n: Number) -> str:
    low = "" if n.low is None else str(n.low)
    high = "" if n.high is None else str(n.high)
    counted = "-" if n.noun_start is None else text[n.noun_start : n.noun_end]
    parts = [text[n.start : n.end], f"{low}..{high}", n.exactness, counted, n.kind]
    return " / ".join([*parts, n.relation] if n.relation else parts)


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_case(text: str, expected: str) -> None:
    assert (" ; ".join(told(text, n) for n in arabic.numbers(text)) or "none") == expected


def test_the_table_is_large_and_has_no_case_twice() -> None:
    assert len(TABLE) >= 300
    assert len({text for text, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("text", "expected"), cases("nouns"))
def test_counted_nouns(text: str, expected: str) -> None:
    found = [
        f"{text[n.start : n.end]} / {n.exactness} / {n.low}..{'' if n.high is None else n.high}"
        for n in arabic.counted_nouns(text)
    ]
    assert (" ; ".join(found) or "none") == expected


@given(TEXTS)
def test_numbers_are_ordered_and_sound(text: str) -> None:
    normal = normalize(text).text
    tokens = tokenize(normal)
    at = 0
    for n in find_numbers(normal, tokens):
        assert at <= n.start <= n.value_start < n.value_end <= n.end <= len(normal)
        assert n.low is not None or n.high is not None
        if n.low is not None and n.high is not None:
            assert n.low <= n.high
        if n.noun_start is not None and n.noun_end is not None:
            assert 0 <= n.noun_start < n.noun_end <= len(normal)
        at = n.end
    assert all(n.start < n.end for n in find_counted_nouns(normal, tokens))


@given(st.integers(0, 10**12))
def test_digits_are_their_value(value: int) -> None:
    for text in (str(value), f"{value:,}", f"{value:,}".replace(",", ".")):
        assert figure(text) == value


@pytest.mark.parametrize("text", ["1.2.3", "192.168.1.2", "1,2,3", "12,34,567", "1.234.56"])
def test_addresses_and_odd_groups_are_no_figure(text: str) -> None:
    assert figure(text) is None


UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = [
    "",
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانمئة",
    "تسعمئة",
]
TEENS = ["عشرة", "أحد عشر", "اثنا عشر", *(f"{u} عشر" for u in UNITS[3:])]


def spelled(value: int) -> str:
    """A number below a thousand million in words, by the rules of grammar books."""
    parts = []
    for scale, one, two, many, single in (
        (10**6, "مليون", "مليونان", "ملايين", "مليون"),
        (1000, "ألف", "ألفان", "آلاف", "ألف"),
    ):
        count, value = divmod(value, scale)
        if count == 1:
            parts.append(one)
        elif count == 2:
            parts.append(two)
        elif 3 <= count <= 10:
            parts.append(f"{spelled(count)} {many}")
        elif count:
            parts.append(f"{spelled(count)} {single}")
    hundreds, rest = divmod(value, 100)
    if hundreds:
        parts.append(HUNDREDS[hundreds])
    if 10 <= rest < 20:
        parts.append(TEENS[rest - 10])
    elif rest:
        tens, unit = divmod(rest, 10)
        parts += [w for w in (UNITS[unit], TENS[tens]) if w]
    return " و".join(parts)


@given(st.integers(1, 10**9 - 1))
def test_any_number_in_words_is_read_back(value: int) -> None:
    text = f"قتل {spelled(value)} شخص"
    (found,) = arabic.numbers(text)
    assert (found.low, found.high) == (value, value)
    assert text[found.value_start : found.value_end] == spelled(value)


@pytest.mark.parametrize("form", WORDS)
def test_every_numeral_of_the_lexicon_is_read(form: str) -> None:
    found = numeral(fold(form))
    assert found is not None and not found.conj and not found.prep


@pytest.mark.parametrize("row", rows("nouns"), ids=lambda row: row["gloss"])
def test_every_noun_of_the_lexicon_is_read(row: dict[str, str]) -> None:
    assert row["class"] in ("person", "national", "weapon", "vehicle", "place", "time", "other")
    assert row["gender"] in ("m", "f") and row["gloss"]
    for column in ("singular", "dual", "plural"):
        for form in filter(None, row[column].split(";")):
            for written in (form, "وال" + form, "بال" + form):
                assert noun(fold(written)) is not None, written


@pytest.mark.parametrize("row", rows("bounds"), ids=lambda row: row["phrase"])
def test_every_bound_of_the_lexicon_is_read(row: dict[str, str]) -> None:
    phrase, sense = row["phrase"], row["exactness"]
    texts = {"before": [f"قتل {phrase} 7 أشخاص"], "after": [f"قتل 7 أشخاص {phrase}"]}
    texts["both"] = texts["before"] + texts["after"]
    for text in texts[row["place"]]:
        (found,) = arabic.numbers(text)
        assert phrase in text[found.start : found.end], text
        assert found.exactness == sense, text
        assert (found.low, found.high) == {
            "exact": (7, 7), "about": (7, 7), "at_least": (7, None), "more_than": (7, None),
            "at_most": (None, 7), "fewer_than": (None, 7),
        }[sense]  # fmt: skip


@pytest.mark.parametrize("row", rows("clauses"), ids=lambda row: row["words"])
def test_every_clause_opener_of_the_lexicon_opens_a_clause(row: dict[str, str]) -> None:
    mark = "،" if row["strength"] == "comma" else ""
    text = f"سيطر الجيش على البلدة كلها{mark} {row['words']} سقط قتلى كثر"
    (found,) = arabic.clauses(text)
    assert text[found[1][0] :].startswith(row["words"])


@pytest.mark.parametrize("row", rows("kinds"), ids=lambda row: row["word"] + row["side"])
def test_every_neighbour_word_of_the_lexicon_sets_its_kind(row: dict[str, str]) -> None:
    figure_ = {"year": "2021", "month": "5"}.get(row["kind"], "9")
    text = f"{row['word']} {figure_}" if row["side"] == "before" else f"{figure_} {row['word']}"
    (found,) = [n for n in arabic.numbers(text) if str(n.low) == figure_]
    expected = {"year": ("date",), "month": ("date",)}.get(row["kind"], (row["kind"],))
    assert found.kind in expected


DATA = files("isnad.language.arabic").joinpath("data")
OURS = [f"{name}.csv" for name in ("numerals", "bounds", "nouns", "kinds", "clauses", "lemmas")] + [
    f"{name}.txt"
    for name in ("not_nouns", "abbreviations", "bullets", "short_words", "known_words")
]


@pytest.mark.parametrize("name", OURS)
def test_lists_are_clean(name: str) -> None:
    """NFKC-equal, no tatweel, no marks of direction, no word twice (unreviewed lists never match)."""
    text = DATA.joinpath(name).read_text(encoding="utf-8")
    assert unicodedata.normalize("NFKC", text) == text
    assert "ـ" not in text and not any(unicodedata.category(c) == "Cf" for c in text)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(line == line.strip() and line for line in lines)
    if name.endswith(".txt"):
        found = " ".join(lines).split()
        assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("name", "column", "other"),
    [
        ("numerals", "form", ""), ("bounds", "phrase", ""), ("nouns", "singular", ""),
        ("kinds", "word", "side"), ("clauses", "words", ""), ("lemmas", "lemma", ""),
    ],
)  # fmt: skip
def test_tables_have_no_entry_twice(name: str, column: str, other: str) -> None:
    keys = [
        (form, row[other] if other else "") for row in rows(name) for form in row[column].split("|")
    ]
    assert len(keys) == len(set(keys))


def test_a_time_expression_overrides_the_kind_of_its_figures() -> None:
    text = "قبل 3 أيام قتل 5"
    normal = normalize(text)
    found = find_numbers(normal.text, tokenize(normal.text))
    assert [n.kind for n in kinds.override(found, [(0, 10)])] == ["date", "count"]


def test_a_word_that_counts_nothing_is_no_noun() -> None:
    for word in words("not_nouns"):
        (found,) = [n for n in arabic.numbers(f"قتل 7 {word}") if n.low in (7, None)]
        assert found.noun_start is None, word


def test_analyse_gives_the_object_of_the_issue() -> None:
    text = "مقتل ما لا يقل عن 7 عناصر في 3 أيار 2021. عيار 130ملم"
    seen = arabic.analyse(text)
    assert [(n["low"], n["high"], n["noun"]) for n in seen["numbers"]] == [(7, None, "عناصر")]
    assert [n["low"] for n in seen["measures"]] == [130]
    assert [t["earliest"] for t in seen["times"]] == ["2021-05-03"]
    assert [text[s:e] for s, e in seen["sentences"]][1] == "عيار 130ملم"
    for n in seen["numbers"]:
        assert text[slice(*n["span"])] == n["as_written"]
