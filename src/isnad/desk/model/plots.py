"""Plots: series and bars over the incidents asked for, with their data as they are drawn.

``None`` says that nothing is known (no toll told), 0 that nothing fell there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from isnad.desk.labels import words
from isnad.desk.model.facets import named
from isnad.desk.model.row import Row
from isnad.desk.model.timeline import By, dead, end_of, extent, fitting, start_of

BARS = 20
MOST_BINS = 800
_LAGS = ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (7, "4–7"), (30, "8–30"), (365, "31–365"))


def plots_of(rows: list[Row], by: By | None) -> dict[str, Any]:
    """All plots of some incidents.

    Args:
        rows: the incidents.
        by: the bins of those through time; chosen by how many days there are if not given.
    """
    by = by or fitting(*extent(rows))
    bins = _bins(rows, by)
    x = [start for start, _ in bins]
    total = [some for _, some in bins]
    deaths = [
        ("low", "الأدنى", "low", 0),
        ("best", "الأرجح", "best", 1),
        ("high", "الأعلى", "high", 2),
    ]
    counts = [len(some) for some in total]
    plots = [
        _time("incidents", "incidents", x, [_series("all", "الأحداث", "incidents", counts)]),
        _time("deaths", "people", x, [
            _series(i, ar, en, (_three(some, n) for some in total)) for i, ar, en, n in deaths
        ]),
        _time("sources", "claims", x, _sources(total)),
        _lag(rows),
        _bars("actors", rows, "actor"), _bars("places", rows, "place"),
        _bars("types", rows, "type"), _bars("outlets", rows, "outlet"),
    ]  # fmt: skip
    return {"by": by, "plots": plots}


def _bins(rows: Iterable[Row], by: By) -> list[tuple[str, list[Row]]]:
    """Rows by the bin that their time lies in, empty bins between them too."""
    found: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        if r.earliest is not None and r.latest is not None:
            start = start_of(r.earliest, by)
            if start == start_of(r.latest, by):
                found[start.isoformat()].append(r)
    if not found:
        return []
    out, day = [], dt.date.fromisoformat(min(found))
    last = dt.date.fromisoformat(max(found))
    while day <= last:
        out.append((day.isoformat(), found.get(day.isoformat(), [])))
        if end_of(day, by) == dt.date.max:
            break
        day = end_of(day, by) + dt.timedelta(days=1)
    return out[-MOST_BINS:]


def _three(rows: Iterable[Row], n: int) -> int | None:
    known = [r.killed[n] for r in rows if r.killed is not None]
    told = [k for k in known if k is not None]
    return sum(told) if told else None


def _series(ident: str, ar: str, en: str, y: Iterable[int | None]) -> dict[str, Any]:
    return {"id": ident, "ar": ar, "en": en, "y": list(y)}


def _time(ident: str, unit: str, x: list[str], series: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": ident, "kind": "time", "unit": unit, "x": x, "series": series}


def _sources(bins: list[list[Row]]) -> list[dict[str, Any]]:
    counts = [Counter(k for r in some for k in r.sources) for some in bins]
    kinds = sorted({k for c in counts for k in c})
    return [
        _series(k, words().label("source", k).ar, words().label("source", k).en,
                (c[k] for c in counts))
        for k in kinds
    ]  # fmt: skip


def _lag(rows: Iterable[Row]) -> dict[str, Any]:
    """Days from the event to its first telling, of those whose day is known."""
    counts: Counter[str] = Counter()
    for r in rows:
        if r.latest is None or r.latest != r.earliest or r.first_told is None:
            continue
        days = r.first_told - r.latest
        name = next((n for most, n in _LAGS if days <= most), "366+") if days >= 0 else "<0"
        counts[name] += 1
    x = ["<0", *(n for _, n in _LAGS), "366+"]
    series = [_series("all", "الأحداث", "incidents", (counts[name] for name in x))]
    return {"id": "lag", "kind": "histogram", "unit": "days", "x": x, "series": series}


def _bars(ident: str, rows: Iterable[Row], facet: str) -> dict[str, Any]:
    some: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        for name, value in r.keys:
            if name == facet:
                some[value].append(r)
    top = sorted(some, key=lambda v: (-len(some[v]), v))[:BARS]
    return {
        "id": ident, "kind": "bars", "unit": "incidents", "x": top,
        "labels": [named(facet, v) for v in top],
        "series": [
            _series("incidents", "الأحداث", "incidents", (len(some[v]) for v in top)),
            _series("deaths", "القتلى", "deaths", (dead(some[v]) for v in top)),
        ],
    }  # fmt: skip
