"""The phrases of furniture and refusals: clean, and each found."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.gather.page.words import KINDS, lint, opens_with, plain, rows


def test_the_files_are_clean() -> None:
    assert lint() == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [("شارك,lines", "is none of"), ("شـارك,line", "tatweel"), ("ﺷﺎﺭﻙ,line", "NFKC"), (" شارك,line", "stray"),
     ("،,line", "is empty"), ("شارك,line\nشَارك,line", "twice"), ("Most_Read,name", "small letters")],
)  # fmt: skip
def test_the_lint_finds(tmp_path: Path, row: str, wrong: str) -> None:
    for file in KINDS:
        (tmp_path / file).write_text("words,kind\n", encoding="utf-8")
    (tmp_path / "furniture.csv").write_text(f"words,kind\n{row}\n", encoding="utf-8")
    assert any(wrong in line for line in lint(tmp_path))


def test_every_phrase_is_found_in_its_other_spellings() -> None:
    for file in KINDS:
        for words, kind in rows(file):
            if not kind.startswith("name"):
                assert opens_with(plain(f"{words} ثم"), kind, file) != ""
    assert opens_with(plain("إقرأ أيضًا : خبر"), "line") == plain("اقرأ أيضا")
