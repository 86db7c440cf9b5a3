"""The worked example: what its page says is what comes out."""

from __future__ import annotations

from pathlib import Path

from .worked import NAMES, page, rows


def test_the_page_is_what_comes_out() -> None:
    path = Path(__file__).parents[2] / "docs" / "exports-example.md"
    assert path.read_text(encoding="utf-8") == page(), "run `python scripts/exports.py`"


def test_a_row_a_claim() -> None:
    assert len(rows()) == len(NAMES) == len({i.id for i in rows()})
