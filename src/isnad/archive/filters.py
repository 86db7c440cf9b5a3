"""Filters over reports and claims, the same for search, reads and commands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from isnad.archive.tables import claim, mention, report
from isnad.geodesy import Box


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; all that is given must hold, ``None`` asks nothing.

    Attributes:
        report: the report's id in the archive, or the id it came with.
        publisher: its publisher. url: its address.
        published_from, published_to: days of publication, inclusive.
        claim: a claim's id. type, status: the claim's.
        actor: an actor on either side; initiator, target: on that side. The actor's own id, or the
            nearest of the contract's list.
        time_from, time_to: the claim's time overlaps these days; a claim without time does not.
        box: west, south, east, north in degrees; the claim's point lies in it. West may be greater
            than east: then the box crosses the antimeridian.
        outcome, item, source, hit: a casualty's outcome, a weapon's item, a source's or hit's kind.
        low, high: some figure of the outcome (or item, or of any) is at least, at most so many.
        place: words of the place as written. rule: a value's rule. coder: the coder's version.
    """

    report: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    claim: str | None = None
    type: str | None = None
    status: str | None = None
    actor: str | None = None
    initiator: str | None = None
    target: str | None = None
    time_from: dt.date | None = None
    time_to: dt.date | None = None
    box: Box | None = None
    outcome: str | None = None
    item: str | None = None
    source: str | None = None
    hit: str | None = None
    low: int | None = None
    high: int | None = None
    place: str | None = None
    rule: str | None = None
    coder: str | None = None

    def of_claims(self) -> bool:
        """Whether anything is asked of claims, not only of reports."""
        return any(getattr(self, f.name) is not None for f in fields(self)[5:])


Where = list[sa.ColumnElement[bool]]


def alive(table: sa.Table, as_of: int | None) -> sa.ColumnElement[bool]:
    """Rows that hold now, or that held at a position of the journal."""
    if as_of is None:
        return table.c.superseded_seq.is_(None)
    until = table.c.superseded_seq
    return sa.and_(table.c.added_seq <= as_of, sa.or_(until.is_(None), until > as_of))


def of_report(f: Filter) -> Where:
    """Conditions on ``report``."""
    out: Where = []
    if f.report is not None:
        out.append(sa.or_(report.c.id == f.report, report.c.given == f.report))
    for name in ("publisher", "url"):
        if (value := getattr(f, name)) is not None:
            out.append(report.c[name] == value)
    if f.published_from:
        out.append(report.c.published >= f.published_from)
    if f.published_to:
        out.append(report.c.published <= f.published_to)
    return out


def of_claim(f: Filter, dialect: str, postgis: bool = False) -> Where:
    """Conditions on ``claim``."""
    out: Where = []
    for name, column in (
        ("claim", "id"),
        ("type", "type"),
        ("status", "status"),
        ("coder", "coder"),
    ):
        if (value := getattr(f, name)) is not None:
            out.append(claim.c[column] == value)
    for name, slots in (
        ("actor", ("initiators", "targets")), ("initiator", ("initiators",)),
        ("target", ("targets",)),
    ):  # fmt: skip
        if (value := getattr(f, name)) is not None:
            m = mention.c
            out.append(_some(m.slot.in_(slots), sa.or_(m.who == value, m.listed == value)))
    for name, slot in (("source", "sources"), ("hit", "hit")):
        if (value := getattr(f, name)) is not None:
            out.append(_some(mention.c.slot == slot, mention.c.what == value))
    if f.rule is not None:
        out.append(_some(mention.c.rule == f.rule))
    if f.place is not None:
        at = sa.func.instr if dialect == "sqlite" else sa.func.strpos
        out.append(_some(mention.c.slot == "place", at(mention.c.words, f.place) > 0))
    return out + _figures(f) + _time(f) + _box(f, postgis)


def _some(*conditions: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(mention.c.claim_row == claim.c.nr, *conditions).correlate(claim)


def _figures(f: Filter) -> Where:
    bounds: Where = []
    if f.low is not None:
        bounds.append(sa.func.coalesce(mention.c.low, mention.c.high) >= f.low)
    if f.high is not None:
        bounds.append(sa.func.coalesce(mention.c.high, mention.c.low) <= f.high)
    out = []
    for slot, what in (("casualties", f.outcome), ("materiel", f.item)):
        if what is not None:
            out.append(_some(mention.c.slot == slot, mention.c.what == what, *bounds))
    if bounds and not out:
        out.append(_some(*bounds))
    return out


def _time(f: Filter) -> Where:
    if not (f.time_from or f.time_to):
        return []
    first, last = claim.c.earliest, claim.c.latest
    out: Where = [sa.or_(first.is_not(None), last.is_not(None))]
    if f.time_from:
        out.append(sa.or_(last.is_(None), last >= f.time_from))
    if f.time_to:
        out.append(sa.or_(first.is_(None), first <= f.time_to))
    return out


def within(lat: sa.ColumnElement[Any], lon: sa.ColumnElement[Any], box: Box) -> Where:
    """The conditions that a point lies in a box: :func:`isnad.geodesy.inside`, for rows."""
    west, south, east, north = box
    across = sa.or_(lon >= west, lon <= east) if west > east else lon.between(west, east)
    return [lat.between(south, north), across]


def box_of(text: str) -> Box:
    """West, south, east, north in degrees; ``ValueError`` with what to write otherwise."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("write WEST,SOUTH,EAST,NORTH in degrees")
    return west, south, east, north


def _box(f: Filter, postgis: bool) -> Where:
    if f.box is None:
        return []
    west, south, east, north = f.box
    lat, lon = claim.c.lat, claim.c.lon
    out = within(lat, lon, f.box)
    if postgis and west <= east:  # lets the spatial index find them; the answer is the same
        point = sa.func.ST_SetSRID(sa.func.ST_MakePoint(lon, lat), 4326)
        out.append(point.op("&&")(sa.func.ST_MakeEnvelope(west, south, east, north, 4326)))
    return out
