"""Figures of an incident as views: every telling's count is kept, and named rules choose.

Rules: ``acled`` the lowest of the newest reports (ACLED codes the lowest where sources differ and
revises with them); ``ucdp`` low, best and high (UCDP: the most reliable estimate, here the count
with most independent origins, then the newest, then the lower); ``highest`` the largest. All three
look at each telling's total, never at sums of tellings. Unknown is ``None``, never 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from isnad.incidents.origins import origin_of
from isnad.model import Casualty, Incident, Telling


class Toll(NamedTuple):
    """One telling's total of one outcome, from ``low`` to ``high`` (``None`` where open)."""

    claim: str
    report: str
    outcome: str
    low: int | None
    high: int | None
    published: dt.date | None
    origin: str


class Range(NamedTuple):
    """Low, best and high of one outcome by UCDP's rule, ACLED's figure, and the highest."""

    outcome: str
    low: int | None
    best: int | None
    high: int | None
    acled: int | None
    highest: int | None
    tellings: int


def tolls(incident: Incident) -> list[Toll]:
    """Each telling's totals, oldest publication first; copies left out, unless all are copies.

    A total is the entry with the largest count of its outcome: parts ("two of them children") and
    earlier figures that the same report revises lie below it.
    """
    own = [t for t in incident.tellings if t.copy_of is None] or incident.tellings
    out = [x for t in own for x in _totals(t)]
    return sorted(out, key=lambda x: (x.published or dt.date.max, x.claim, x.outcome))


def _totals(telling: Telling) -> Iterator[Toll]:
    best: dict[str, Casualty] = {}
    for c in telling.claim.casualties:
        if c.low is None and c.high is None:
            continue
        had = best.get(c.outcome)
        if had is None or _size(c) > _size(had):
            best[c.outcome] = c
    for outcome, c in best.items():
        yield Toll(
            telling.id, telling.report, outcome, c.low, c.high, telling.published,
            origin_of(telling).name,
        )  # fmt: skip


def newest(told: list[Toll]) -> list[Toll]:
    """Of each outcome the tolls of the newest day of publication; all where no day is known."""
    last: dict[str, dt.date] = {}
    for t in told:
        if t.published:
            last[t.outcome] = max(last.get(t.outcome, t.published), t.published)
    return [t for t in told if t.outcome not in last or t.published == last[t.outcome]]


def _size(c: Casualty) -> tuple[int, int]:
    return (c.low if c.low is not None else c.high or 0, c.high or 0)


def ranges(incident: Incident) -> list[Range]:
    """A :class:`Range` for each outcome told, in order of name."""
    told = tolls(incident)
    return [
        _range(o, [t for t in told if t.outcome == o]) for o in sorted({t.outcome for t in told})
    ]


def _range(outcome: str, told: list[Toll]) -> Range:
    lows = [t.low for t in told if t.low is not None]
    # an open upper end is unknown, not the count itself; the high is the highest count told
    highs = [x for t in told for x in (t.low, t.high) if x is not None]
    exact = sorted({t.low for t in told if t.low is not None and t.low == t.high})
    best = max(
        exact,
        key=lambda n: (
            len({t.origin for t in told if t.low == t.high == n}),
            max(t.published or dt.date.min for t in told if t.low == t.high == n),
            -n,
        ),
        default=max(lows, default=None),
    )
    last = [t.low for t in newest(told) if t.low is not None]
    return Range(
        outcome, min(lows, default=None), best, max(highs, default=None),
        min(last or lows, default=None), max(highs, default=None), len(told),
    )  # fmt: skip


class Revision(NamedTuple):
    """What was told first on a day: a count of an outcome that had not been told before."""

    published: dt.date | None
    outcome: str
    low: int | None
    high: int | None
    by: tuple[str, ...]


def timeline(incident: Incident) -> list[Revision]:
    """How the toll was revised: each count on the first day it was told, and the reports then."""
    first: dict[tuple[str, int | None, int | None], dt.date | None] = {}
    by: dict[tuple[str, int | None, int | None], list[str]] = {}
    for t in tolls(incident):
        key = (t.outcome, t.low, t.high)
        if key not in first:
            first[key] = t.published
        if first[key] == t.published:
            by.setdefault(key, []).append(t.report)
    return [Revision(day, *key, tuple(by[key])) for key, day in first.items()]
