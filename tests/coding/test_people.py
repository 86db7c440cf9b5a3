"""Who was harmed, and how many: the table of invented sentences, through the whole reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import isnad

_TABLE = Path(__file__).with_name("people_table.txt")


def rows() -> list[tuple[str, list[str]]]:
    out = []
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, _, figures = line.rpartition("|")
        found = [] if figures.strip() == "-" else [f.strip() for f in figures.split(" ; ")]
        out.append((text.strip(), found))
    return out


def told(text: str) -> list[str]:
    """The casualties of all claims of a report, as the table writes them."""
    report = isnad.Report(text=text, published=date(2025, 3, 20))
    claims = isnad.read(report).contract()["claims"]
    keys = ("outcome", "low", "high", "who")
    figures = [c for claim in claims for c in claim["casualties"]]
    return [" ".join("-" if f[k] is None else str(f[k]) for k in keys) for f in figures]


def test_the_table_is_long_enough() -> None:
    assert len(rows()) >= 40


@pytest.mark.parametrize(("text", "figures"), rows(), ids=[str(i) for i in range(len(rows()))])
def test_casualties(text: str, figures: list[str]) -> None:
    assert told(text) == figures


def test_a_bracketed_figure_keeps_its_brackets() -> None:
    report = isnad.Report(text="إصابة (6) مدنيين بقصف على جرابلس.", published=date(2025, 3, 20))
    [claim] = isnad.read(report).contract()["claims"]
    assert [c["as_written"] for c in claim["casualties"]] == ["(6) مدنيين"]
