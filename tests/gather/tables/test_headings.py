"""Headings: the data file holds together, and mapping goes by the surest."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.errors import InputError, KnowledgeError
from isnad.gather.tables.headings import lint, mapping, words


def test_the_file_holds_together() -> None:
    assert lint() == []
    assert set(words()) == {"text", "id", "title", "published", "publisher", "url"}


def test_the_lint_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "headings.csv"
    path.write_text("field,words\ntext,نص\ntexts,x\ntext,نـص\nid, y\n", encoding="utf-8")
    assert [line.split(": ")[1] for line in lint(path)] == ["text, 'نـص'", "texts, 'x'", "id, ' y'"]
    path.write_text("words\nx\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="E302"):
        lint(path)


@pytest.mark.parametrize(
    ("headings", "found"),
    [(["Body", "Text"], {"text": 1}), (["\ufeffالنّص", "تأريخ", "تاريخ النشر"], {"text": 0, "published": 2}),
     (["TEXT", "source", "Published_At"], {"text": 0, "publisher": 1, "published": 2})],
)  # fmt: skip
def test_headings_as_tables_write_them(headings: list[str], found: dict[str, int]) -> None:
    assert mapping(None, headings, "x:1") == found


def test_a_setting_goes_before_headings() -> None:
    assert mapping("text=b, id = a", ["a", "text", "B"], "x:1") == {"text": 2, "id": 0}
    with pytest.raises(InputError, match="E125"):
        mapping("text=c", ["a"], "x:1")
