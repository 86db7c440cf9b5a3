"""Our own table of mentions in context: the sentence, its day and country → who, or nobody."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from isnad.coding.actors import ActorMention, find_mentions
from isnad.coding.document import Document
from isnad.coding.setting import Setting
from isnad.knowledge.compiled import knowledge
from isnad.model import Report

HERE = Path(__file__).parent


def rows() -> list[dict[str, str]]:
    with (HERE / "cases.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def mentions(text: str, day: str = "", country: str = "") -> tuple[Document, list[ActorMention]]:
    published = dt.date.fromisoformat(day) if day else None
    doc = Document.of(Report(text=text, published=published))
    return doc, find_mentions(doc, Setting.of(doc, {country: 1.0} if country else None))


@pytest.mark.parametrize(
    "row", rows(), ids=lambda r: f"{r['country']}-{r['actor']}-{r['words']}"[:60]
)
def test_case(row: dict[str, str]) -> None:
    doc, found = mentions(row["sentence"], row["date"], row["country"])
    start = row["sentence"].index(row["words"])
    end = start + len(row["words"])
    over = [m for m in found if (s := doc.span(m.start, m.end))[0] < end and start < s[1]]
    told = [(doc.report.quote(doc.span(m.start, m.end)), m.id, m.why) for m in found]
    if row["actor"] == "null":
        assert not [m for m in over if m.actor], told
        return
    assert row["actor"] in knowledge().actors
    assert row["actor"] in [m.id for m in over], told


def test_size_and_spread() -> None:
    table = rows()
    assert len(table) >= 250
    countries = {r["country"] for r in table}
    assert {
        "SYR",
        "IRQ",
        "YEM",
        "LBN",
        "PSE",
        "LBY",
        "SDN",
        "IRN",
        "TUR",
        "EGY",
        "SAU",
    } <= countries


@pytest.mark.parametrize("row", rows()[::7], ids=lambda r: r["words"][:30])
def test_mentions_are_sorted_and_apart_and_in_the_text(row: dict[str, str]) -> None:
    doc, found = mentions(row["sentence"], row["date"], row["country"])
    for one, other in pairwise(found):
        assert one.end <= other.start
    for m in found:
        assert m.word_start <= m.start < m.end <= len(doc.normal.text)
        assert m.why
