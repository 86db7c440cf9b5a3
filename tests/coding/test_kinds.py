"""Seventy invented sentences of many wars and registers, and which events each tells: ``kinds.tsv``.

``expected`` lists ``type/status`` parted by ``;``, with ``|`` between readings that are both right;
empty where nothing is told. ``wrong`` says what is read instead, and such a row must fail.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

import isnad

_TABLE = Path(__file__).with_name("kinds.tsv")


def rows() -> list[object]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(
                row["text"],
                row["expected"],
                id=str(number),
                marks=[pytest.mark.xfail(reason=row["wrong"], strict=True)] if row["wrong"] else [],
            )
            for number, row in enumerate(
                csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            )
        ]


@pytest.mark.parametrize(("text", "expected"), rows())
def test_the_events_told(text: str, expected: str) -> None:
    report = isnad.Report(text=text, published=dt.date(2024, 5, 15))
    told = [f"{claim.type}/{claim.status}" for claim in isnad.read(report).claims]
    for event in filter(None, expected.split(";")):
        found = [t for t in told if t in event.split("|")]
        assert found, f"{event} is not among {told}"
        told.remove(found[0])
    assert not told, "told too much"
