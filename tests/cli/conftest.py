"""A stand-in for the coder, so that these tests ask about the command line and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

import isnad
from isnad.coding import coder
from isnad.model import (
    Casualty,
    Claim,
    Force,
    Materiel,
    Participant,
    Place,
    Reading,
    Report,
    Source,
    Time,
)

DAY = dt.date(2021, 5, 23)
TEXT = (
    "قتل خمسة مدنيين في قصف للجيش على بلدة الأتارب أمس، ودمرت 3 دبابات وفر 40 مقاتلا، "
    "بحسب المرصد نقلا عن مصادر محلية."
)


def fake(report: Report) -> Reading:
    """Two claims of a report that holds :data:`TEXT`, else none; fails on "boom"."""
    text = report.text
    if "boom" in text:
        raise RuntimeError("boom")
    if "خمسة مدنيين" not in text:
        return Reading(report=report)

    def at(words: str) -> dict[str, Any]:
        match = re.search(re.escape(words), text)
        assert match
        return {"as_written": words, "span": match.span(), "rule": f"test {words}"}

    full = Claim(
        type="shelling",
        status="ongoing",
        initiators=(Participant(actor="syr-assad-forces", **at("الجيش".removeprefix("ا"))),),
        targets=(Participant(actor="civilians", **at("مدنيين")), Participant(**at("المرصد"))),
        place=Place(lat=36.139, lon=36.83, radius_km=4, **at("بلدة الأتارب")),
        time=Time(earliest=DAY, latest=DAY, basis="published", **at("أمس")),
        casualties=(
            Casualty(outcome="killed", low=5, high=5, who="civilians", **at("خمسة مدنيين")),
        ),
        forces=(Force(actor=None, low=40, **at("40 مقاتلا")),),
        materiel=(Materiel(item="tank", low=3, high=3, **at("3 دبابات")),),
        sources=(Source(kind="monitor", **at("المرصد")), Source(kind="local", **at("مصادر محلية"))),
        evidence=((0, len(text)),),
    )
    return Reading(report=report, claims=(full, Claim(type="weapons_neutralised", status="denied")))


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the stand-in."""
    monkeypatch.setattr(isnad, "read", fake)
    monkeypatch.setattr(coder, "explain", lambda report: (fake(report), ()))
