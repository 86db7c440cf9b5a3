"""The rows of a file are what the filter asks for, from an archive and straight from tellings."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnad.archive import Archive, Filter
from isnad.incidents import Index
from isnad.model import (
    CLAIM_TYPES,
    ITEMS,
    OUTCOMES,
    SOURCE_KINDS,
    STATUSES,
    Claim,
    Decision,
    Reading,
    Report,
    Telling,
)
from isnad.publish.forms.csv import FORM
from isnad.publish.frame import Context
from isnad.publish.select import among, fitting, incidents

from .conftest import ACTORS, told
from .conftest import claims as any_claim

_count = itertools.count()


@st.composite
def filters(draw: Any) -> Filter:
    def maybe(strategy: Any) -> Any:
        return draw(st.none() | strategy) if draw(st.integers(0, 3)) == 0 else None

    day = st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31))
    actor = st.sampled_from([a for a in ACTORS if a])
    west, south = draw(st.floats(-170, 40)), draw(st.floats(-80, 36))
    return Filter(
        report=maybe(st.sampled_from(["r0", "r1"])), publisher=maybe(st.just("SANA")),
        published_from=maybe(day), published_to=maybe(day),
        type=maybe(st.sampled_from(CLAIM_TYPES)), status=maybe(st.sampled_from(STATUSES)),
        actor=maybe(actor), initiator=maybe(actor), target=maybe(actor),
        time_from=maybe(day), time_to=maybe(day),
        box=maybe(st.just((west, south, west + 60, south + 30)) | st.just((170.0, -90.0, 38.5, 90.0))),
        outcome=maybe(st.sampled_from(OUTCOMES)), item=maybe(st.sampled_from(ITEMS)),
        source=maybe(st.sampled_from(SOURCE_KINDS)), hit=maybe(st.just("market")),
        low=maybe(st.integers(0, 200)), high=maybe(st.integers(0, 300)),
        place=maybe(st.just("السخنة")), rule=maybe(st.just("test")),
    )  # fmt: skip


@st.composite
def readings(draw: Any) -> list[Reading]:
    out = []
    for n in range(draw(st.integers(0, 4))):
        made = draw(st.lists(any_claim(), max_size=3))
        words = "".join(v.as_written for k in made for _, v in k.values())
        report = Report(
            text=f"{n} {words}", id=f"r{n}", publisher=draw(st.sampled_from([None, "SANA", "ب"])),
            published=draw(st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31))),
        )  # fmt: skip
        out.append(Reading(report=report, claims=tuple(_quoted(k, report.text) for k in made)))
    return out


def _quoted(claim: Claim, text: str) -> Claim:
    """The claim with spans that are where its words stand."""

    def at(v: Any) -> Any:
        start = text.index(v.as_written)
        return v.model_copy(update={"span": (start, start + len(v.as_written))})

    fields: dict[str, Any] = {}
    for name, found in claim:
        if isinstance(found, tuple) and found and hasattr(found[0], "as_written"):
            fields[name] = tuple(at(v) for v in found)
        elif hasattr(found, "as_written"):
            fields[name] = at(found)
    return claim.model_copy(update=fields)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(readings(), st.lists(filters(), min_size=4, max_size=8))
def test_files_hold_what_the_filter_asks_for(
    folder: Path, given: list[Reading], asked: list[Filter]
) -> None:
    by_text = {r.report.text: r for r in given}
    with Archive.open(str(folder / f"a{next(_count)}.isnad"), create=True, by="t") as archive:
        for reading in given:
            archive.add(reading.report, lambda r: by_text[r.text], "test")
        everything = list(archive.tellings())
        for f in asked:
            want = [t.id for t in archive.tellings(f)]
            fits = fitting(f)
            assert [t.id for t in everything if fits(t)] == want, f
            for chosen in (fits, among(set(want))):
                rows = incidents(everything, fits=chosen, each="claim")
                assert _claims(rows) == [[w] for w in want]
                joined = incidents(everything, fits=chosen)
                groups = [list(g) for g in Index(everything).groups() if set(g) & set(want)]
                assert sorted(sorted(c) for c in _claims(joined)) == sorted(groups)
        archive.engine.dispose()


def _claims(rows: Any) -> list[list[str]]:
    """The claims of each row of the CSV that is written of these incidents."""
    out = BytesIO()
    count = FORM.write(rows, out, Context())
    found = list(csv.DictReader(StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert len(found) == count
    return [row["claim_ids"].split("; ") for row in found]


def test_every_field_of_a_filter_is_asked_of_tellings() -> None:
    from isnad.archive.fitting import _CHECKS
    from isnad.publish.select import _REPORT

    elsewhere = {"claim", "time_from", "time_to", "outcome", "item", "low", "high", "coder"}
    assert {f.name for f in dataclasses.fields(Filter)} == {*_CHECKS, *_REPORT, *elsewhere}


def test_judgements_join_and_part() -> None:
    both: list[Telling] = [told("a", "r1"), told("b", "r2")]
    assert len(list(incidents(both))) == 1
    apart = Decision(by="me", kind="different", claims=("a", "b"))
    assert len(list(incidents(both, [apart]))) == 2
    far = [told("a", "r1"), told("b", "r2", place=None, time=None, type="aid")]
    same = Decision(by="me", kind="same", claims=("a", "b"))
    assert [len(i.tellings) for i in incidents(far, [same], least=2)] == [2]
