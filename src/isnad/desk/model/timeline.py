"""Incidents through time: bins of those whose time is known closely, spans of the others."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Literal

from isnad.desk.model.row import Row

By = Literal["day", "week", "month", "year"]
SPANS = 500
BINS = 2000
_AUTO: tuple[tuple[int, By], ...] = ((120, "day"), (730, "week"), (40_000, "month"))
"""Days that a chart reaches, and the bins that it is readable in."""


def fitting(first: int | None, last: int | None) -> By:
    """The bins in which some days are readable."""
    length = (last - first) if first is not None and last is not None else 0
    return next((by for most, by in _AUTO if length <= most), "year")


def start_of(day: int, by: By) -> dt.date:
    """The first day of the bin in which an ordinal lies; weeks begin on Mondays."""
    date = dt.date.fromordinal(day)
    if by == "day":
        return date
    if by == "week":
        return date - dt.timedelta(days=date.weekday())
    return date.replace(day=1) if by == "month" else date.replace(month=1, day=1)


def end_of(start: dt.date, by: By) -> dt.date:
    """The last day of the bin that begins on ``start``."""
    if by == "day":
        return start
    if by == "week":
        return start + dt.timedelta(days=6)
    months = 1 if by == "month" else 12
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def extent(rows: Iterable[Row]) -> tuple[int | None, int | None]:
    """The first and last day that any row's time names."""
    days = [d for r in rows for d in (r.earliest, r.latest) if d is not None]
    return min(days, default=None), max(days, default=None)


def timeline_of(rows: list[Row], by: By | None) -> dict[str, Any]:
    """Bins and spans; see the contract in ``docs/desk.md``.

    Args:
        rows: the incidents.
        by: the bins; chosen by how many days there are if not given.
    """
    found = by or fitting(*extent(rows))
    bins: dict[dt.date, list[Row]] = defaultdict(list)
    spans: Counter[tuple[int | None, int | None]] = Counter()
    undated = 0
    for r in rows:
        if r.earliest is None and r.latest is None:
            undated += 1
            continue
        if r.earliest is not None and r.latest is not None:
            start = start_of(r.earliest, found)
            if start == start_of(r.latest, found):
                bins[start].append(r)
                continue
        spans[r.earliest, r.latest] += 1
    capped = len(bins) > BINS
    return {
        "by": found,
        "bins": [
            {
                "from": start.isoformat(), "to": end_of(start, found).isoformat(),
                "incidents": len(some), "killed": dead(some),
            }
            for start, some in sorted(bins.items())[-BINS:]
        ],
        "spans": [
            {"from": _day(a), "to": _day(b), "incidents": n}
            for (a, b), n in sorted(spans.items(), key=lambda x: (-x[1], x[0][0] or 0, x[0][1] or
            0))
        ][:SPANS],
        "undated": undated, "capped": capped or len(spans) > SPANS,
    }  # fmt: skip


def dead(rows: Iterable[Row]) -> int | None:
    """The best figures of the dead together; ``None`` if none is told."""
    told = [r.best["killed"] for r in rows if "killed" in r.best]
    return sum(told) if told else None


def _day(ordinal: int | None) -> str | None:
    return dt.date.fromordinal(ordinal).isoformat() if ordinal is not None else None
