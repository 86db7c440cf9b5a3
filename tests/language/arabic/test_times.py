"""Times in Arabic: a readable table of cases, and what the table cannot say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from isnad.language.arabic.normal import fold, normalize
from isnad.language.arabic.times import TimeMention, find_times
from isnad.language.arabic.tokens import tokenize

TABLES = sorted((Path(__file__).parent / "cases").glob("times*.tsv"))


def rows() -> list[tuple[str, ...]]:
    out = []
    for table in TABLES:
        for line in table.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                out.append(tuple(line.split("\t")))
    return out


def read(text: str, published: str | None = "2024-05-15") -> list[tuple[str, TimeMention]]:
    """The mentions of a text with their words in normal form."""
    normal = normalize(text).text
    day = dt.date.fromisoformat(published) if published else None
    found = find_times(normal, tokenize(normal), day)
    return [(normal[m.start : m.end], m) for m in found]


def test_the_table_is_large_and_well_formed() -> None:
    table = rows()
    assert len(table) >= 300
    assert all(len(r) == 6 for r in table)
    assert len(set(table)) == len(table)


@pytest.mark.parametrize("row", rows(), ids=lambda r: f"{r[0]}@{r[1]}")
def test_table(row: tuple[str, ...]) -> None:
    phrase, published, span, earliest, latest, kind = row
    found = read(phrase, None if published == "-" else published)
    if span == "-":
        assert found == []
        return
    assert len(found) == 1, found
    words, m = found[0]
    assert words == fold(span)
    assert (str(m.earliest or "-"), str(m.latest or "-"), m.kind) == (earliest, latest, kind)


@pytest.mark.parametrize(
    ("text", "published", "flag"),
    [
        ("اليوم الثلاثاء", "2024-05-15", "weekday-contradicts"),
        ("السبت 15 أيار 2024", "2024-05-15", "weekday-contradicts"),
        ("12 أيار", "2024-05-15", "no-year"),
        ("5/25/2021", "2024-05-15", "month-first"),
        ("في الذكرى العاشرة لهجوم 21 آب 2013", "2024-05-15", "anniversary"),
        ("في حرب تموز", "2024-05-15", "metonym"),
        ("اتفاق 17 أيار", "2024-05-15", "metonym"),
        ("ثورة 25 يناير", "2024-05-15", "metonym"),
        ("حي 17 تموز", "2024-05-15", "metonym"),
        ("شارع 7 نيسان", "2024-05-15", "metonym"),
        ("حركة 14 آذار", "2024-05-15", "metonym"),
        ("عيد الفطر", "2024-05-15", "holiday"),
        ("لليوم الثالث على التوالي", "2024-05-15", "consecutive"),
        ("حتى الآن", "2024-05-15", "so-far"),
        ("خلال أسبوعين", "2024-05-15", "direction-unstated"),
        ("القريب العاجل", "2024-05-15", "later"),
    ],
)
def test_flags(text: str, published: str, flag: str) -> None:
    assert any(flag in m.flags for _, m in read(text, published))


def test_an_agreeing_weekday_is_not_flagged() -> None:
    (_, m), = read("الأربعاء 15 أيار 2024")  # fmt: skip
    assert m.flags == ()


def test_the_weekday_picks_the_coming_day() -> None:
    (_, m), = read("السبت 18 أيار")  # fmt: skip
    assert m.earliest == dt.date(2024, 5, 18)


def test_basis() -> None:
    assert read("12 أيار 2021")[0][1].basis == "explicit"
    assert read("أمس")[0][1].basis == "published"
    assert read("أمس", None)[0][1].basis == "unresolved"
    (stamp, _), (_, m) = read("الخميس, 18 يناير 2024, 00:40\nقصف أمس", None)
    assert (m.basis, m.earliest) == ("dateline", dt.date(2024, 1, 17)), stamp


def test_the_day_told_before() -> None:
    found = read(
        "وقع القصف في ١٦/٣/٢٠٢٥. وفي مساء اليوم نفسه انسحبوا، وعادوا في اليوم التالي.", "2025-04-01"
    )
    days = [m.earliest for _, m in found]
    assert days == [dt.date(2025, 3, 16), dt.date(2025, 3, 16), dt.date(2025, 3, 17)]


def test_a_date_inside_a_since_clause_is_also_given_alone() -> None:
    found = read("منذ أن اجتاح التنظيم القضاء في الثالث من آب 2014", "2022-08-03")
    assert [(m.kind, m.earliest, m.latest) for _, m in found] == [
        ("since", dt.date(2014, 8, 3), dt.date(2022, 8, 3)),
        ("point", dt.date(2014, 8, 3), dt.date(2014, 8, 3)),
    ]


def test_proclitics_stay_outside_the_span_but_lal_inside() -> None:
    assert [w for w, _ in read("وأمس")] == ["امس"]
    assert [w for w, _ in read("لليوم الثاني")] == [fold("لليوم الثاني")]


def test_key_words_alone_on_a_line_are_no_times() -> None:
    assert read("خبر\nاليوم\nالأحد\nمدينة\n") == []
