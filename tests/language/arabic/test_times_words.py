"""The tables of time words: clean, complete, and right about the months."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from babel.dates import get_month_names

import isnad.language.arabic.times_words as words
from isnad.language.arabic.normal import fold

DATA = Path(words.__file__).parent / "data"
COLUMN = {"times.csv": "forms", "times_context.csv": "words"}


@pytest.mark.parametrize("name", sorted(COLUMN))
def test_lists_are_clean(name: str) -> None:
    """No presentation forms, tatweel, marks or stray blanks; no form twice in a row."""
    with (DATA / name).open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            forms = row[COLUMN[name]].split("|")
            assert len(set(forms)) == len(forms), row
            for form in forms:
                assert form == form.strip() == unicodedata.normalize("NFKC", form), row
                assert "ـ" not in form, row
                assert not any(unicodedata.category(c) in {"Mn", "Cf"} for c in form), row
                assert fold(form), row


@pytest.mark.parametrize("locale", ["ar", "ar_EG", "ar_SY", "ar_IQ", "ar_LB", "ar_SA", "ar_YE", "ar_SD", "ar_MA", "ar_DZ", "ar_TN"])  # fmt: skip
def test_months_are_those_of_cldr(locale: str) -> None:
    """Every country's month names, as CLDR has them, give the right month."""
    for number, name in get_month_names("wide", locale=locale).items():
        first, *rest = fold(str(name)).split()
        found = [f for f in words.forms()[first] if f.category == "month" and f.rest == tuple(rest)]
        assert {f.value for f in found} == {str(number)}, name


def test_a_prefix_moves_the_start_but_lal_does_not() -> None:
    table = words.forms()
    assert {f.offset for f in table[fold("والأحد")] if f.category == "weekday"} == {1}
    assert {f.offset for f in table[fold("لليوم")] if f.category == "unit"} == {0}
