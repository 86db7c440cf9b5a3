"""An incident as one flat row: the columns of the forms that are ours (csv, xlsx, parquet …)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from isnad.incidents.figures import Range, ranges
from isnad.incidents.grade import disputes, grade
from isnad.incidents.origins import origins
from isnad.model import OUTCOMES, Incident
from isnad.publish.notes import notes, span
from isnad.publish.parties import Party, parties
from isnad.publish.when import published
from isnad.publish.where import Where, doubts, where

HOLDS = frozenset({
    "status", "radius", "interval", "wounded", "missing", "captured", "detained", "displaced",
    "killed_or_wounded", "range", "forces", "materiel", "hit", "disputes", "parties",
})  # fmt: skip
"""What the columns can say; the reports' own words and each telling by itself they cannot."""
EDITION = "the columns of docs/exports.md"


class Column(NamedTuple):
    """A column: its name, the type of its values (``list`` is of strings), and how it is made."""

    name: str
    kind: Any
    of: Callable[[_Row], Any]


class _Row:
    """An incident with the views that several columns share."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.where: Where | None = where(incident.place)
        self.ranges: dict[str, Range] = {r.outcome: r for r in ranges(incident)}
        self.claims = [t.claim for t in incident.tellings]

    def names(self, slot: str) -> list[str]:
        return [p.id or p.words for p in parties(self.incident, slot)]


def _figure(outcome: str, end: str) -> Callable[[_Row], int | None]:
    def get(row: _Row) -> int | None:
        found = row.ranges.get(outcome)
        return getattr(found, end) if found else None

    return get


def _party(slot: str) -> Callable[[_Row], list[str]]:
    return lambda r: [Party.name.fget(p) for p in parties(r.incident, slot)]  # type: ignore[attr-defined]


def _unique(values: list[str | None]) -> list[str]:
    return list(dict.fromkeys(" ".join(v.split()) for v in values if v))


COLUMNS: tuple[Column, ...] = (
    Column("id", str, lambda r: r.incident.id),
    Column("type", str, lambda r: r.incident.type),
    Column("status", str, lambda r: r.incident.status),
    Column("grade", str, lambda r: grade(r.incident).grade),
    Column("initiators", list, lambda r: r.names("initiators")),
    Column("initiator_names", list, _party("initiators")),
    Column("targets", list, lambda r: r.names("targets")),
    Column("target_names", list, _party("targets")),
    Column("place", str, lambda r: _words(r.incident.place)),
    Column("place_name", str, lambda r: r.where.name if r.where else ""),
    Column("relation", str, lambda r: r.where.relation if r.where else ""),
    Column("country", str, lambda r: r.where.country_name if r.where else ""),
    Column("admin1", str, lambda r: r.where.admin1 if r.where else ""),
    Column("admin2", str, lambda r: r.where.admin2 if r.where else ""),
    Column("lat", float, lambda r: r.where.lat if r.where else None),
    Column("lon", float, lambda r: r.where.lon if r.where else None),
    Column("radius_km", float, lambda r: r.where.radius_km if r.where else None),
    Column("coordinates_doubt", str, lambda r: doubts(r.incident.place)),
    Column("earliest", dt.date, lambda r: r.incident.time.earliest if r.incident.time else None),
    Column("latest", dt.date, lambda r: r.incident.time.latest if r.incident.time else None),
    Column("time_words", str, lambda r: _words(r.incident.time)),
    *(
        Column(f"{outcome}_{end}", int, _figure(outcome, end))
        for outcome in OUTCOMES
        for end in ("low", "best", "high")
    ),
    Column("forces", list, lambda r: _unique(
        [f"{f.actor or _words(f)} {span(f.low, f.high)}" for k in r.claims for f in k.forces])),
    Column("materiel", list, lambda r: _unique(
        [f"{m.item} {span(m.low, m.high)}" for k in r.claims for m in k.materiel])),
    Column("hit", list, lambda r: _unique([h.kind for k in r.claims for h in k.hit])),
    Column("origins", list, lambda r: [o.words for o in origins(r.incident)]),
    Column("source_kinds", list, lambda r: _unique(
        [s.kind for k in r.claims for s in k.sources])),
    Column("disputed", list, lambda r: [d.what for d in disputes(r.incident)]),
    Column("reports", int, lambda r: len({t.report for t in r.incident.tellings})),
    Column("publishers", list, lambda r: _unique([t.publisher for t in r.incident.tellings])),
    Column("first_published", dt.date, lambda r: published(r.incident)),
    Column("urls", list, lambda r: _unique([t.url for t in r.incident.tellings])),
    Column("report_ids", list, lambda r: _unique([t.report for t in r.incident.tellings])),
    Column("claim_ids", list, lambda r: [t.id for t in r.incident.tellings]),
    Column("summary", str, lambda r: notes(r.incident)),
)  # fmt: skip


def _words(value: Any) -> str:
    return " ".join(value.as_written.split()) if value else ""


def flat(incident: Incident) -> dict[str, Any]:
    """The row: values by column; unknown is ``None`` or an empty list, never 0."""
    row = _Row(incident)
    return {c.name: c.of(row) for c in COLUMNS}


def joined(values: dict[str, Any]) -> list[Any]:
    """The row as cells: lists joined by semicolons, days as ``YYYY-MM-DD``."""
    return [_cell(v) for v in values.values()]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, dt.date) else value
