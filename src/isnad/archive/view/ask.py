"""Asking the view: which incidents fit, and each with its tellings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from isnad.archive.filters import within
from isnad.archive.tables import block, claim, incident, link, told
from isnad.archive.view.change import Decided, decided
from isnad.archive.view.update import row_of, tellings
from isnad.geodesy import Box, inside
from isnad.incidents.features import features_of
from isnad.incidents.index import Kept
from isnad.incidents.likeness import link as link_of
from isnad.incidents.merge import incident_of
from isnad.model import Incident, Link, Telling

_AT_ONCE = 200  # incidents held at a time


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents are asked for; all that is given must hold.

    Attributes:
        types: the incident's type is one of these, if any are given.
        grade: its grade.
        actor: an actor's id that is a party.
        first, last: it may lie on or after, on or before these days; one without a day does not.
        box: west, south, east, north in degrees; west may be greater than east.
        least: so many reports tell it at least.
        id: its id, or the beginning of it.
        claim: the id of one of its claims.
    """

    types: tuple[str, ...] = ()
    grade: str | None = None
    actor: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    box: Box | None = None
    least: int = 1
    id: str | None = None
    claim: str | None = None

    def where(self) -> list[sa.ColumnElement[bool]]:
        """The conditions on ``incident``."""
        i = incident.c
        out: list[sa.ColumnElement[bool]] = []
        if self.types:
            out.append(i.type.in_(self.types))
        if self.grade:
            out.append(i.grade == self.grade)
        if self.actor:
            out.append(i.parties.contains(f"|{self.actor}|", autoescape=True))
        if self.first:
            out.append(i.last >= self.first)
        if self.last:
            out.append(i.first <= self.last)
        if self.box:
            out += within(i.lat, i.lon, self.box)
        if self.least > 1:
            out.append(i.reports >= self.least)
        if self.id is not None:
            out.append(i.id.startswith(self.id, autoescape=True))
        if self.claim:
            out.append(i.id.in_(sa.select(told.c.incident).where(told.c.id == self.claim)))
        return out


def fits(one: Incident, wanted: Wanted) -> bool:
    """Whether an incident is asked for: what :meth:`Wanted.where` asks of its row."""
    row = row_of(one)
    first, last, lat, lon = (row[k] for k in ("first", "last", "lat", "lon"))
    return (
        (not wanted.types or one.type in wanted.types)
        and wanted.grade in (None, row["grade"])
        and (wanted.actor is None or wanted.actor in (*one.initiators, *one.targets))
        and (wanted.first is None or (last is not None and last >= wanted.first))
        and (wanted.last is None or (first is not None and first <= wanted.last))
        and (wanted.box is None or (lat is not None and inside(lat, lon, wanted.box)))
        and row["reports"] >= wanted.least
        and (wanted.id is None or one.id.startswith(wanted.id))
        and (wanted.claim is None or wanted.claim in {t.id for t in one.tellings})
    )


def incidents(
    c: sa.Connection, wanted: Wanted, *, links: bool = True, limit: int | None = None,
    after: str = "",
) -> Iterator[Incident]:  # fmt: skip
    """Incidents that fit, in order of their least claim's id, from the one after ``after`` on."""
    people = decided(c)
    asked = sa.select(incident.c.id).where(*wanted.where(), incident.c.least > after)
    asked = asked.order_by(incident.c.least).limit(limit)
    ids = list(c.scalars(asked))
    for at in range(0, len(ids), _AT_ONCE):
        yield from _whole(c, people, ids[at : at + _AT_ONCE], links)


def kept(c: sa.Connection, changed: Container[str] = ()) -> Kept:
    """The view as an index is restored from it; ``changed`` claims are compared anew."""
    people, names = decided(c), dict[int, str]()
    groups: dict[str, list[str]] = defaultdict(list)
    for row in c.execute(sa.select(told.c.claim_row, told.c.id, told.c.incident)):
        names[row.claim_row] = row.id
        groups[row.incident].append(row.id)
    every = {"yield_per": 10_000}
    return Kept(
        groups=[tuple(sorted(some)) for some in groups.values()],
        found_by=(
            (key, names[nr])
            for key, nr in c.execute(sa.select(block), execution_options=every)
        ),
        compared=(
            (names[a], names[b], value)
            for a, b, value in c.execute(
                sa.select(link).where(link.c.one < link.c.other), execution_options=every
            )
        ),
        changed=changed,
        same=people.same, different=people.different,
    )  # fmt: skip


def _whole(
    c: sa.Connection, people: Decided, ids: Sequence[str], links: bool
) -> Iterator[Incident]:
    chosen = sa.select(told.c.claim_row, told.c.incident).where(told.c.incident.in_(ids))
    of = {row.claim_row: row.incident for row in c.execute(chosen)}
    members: dict[str, list[Telling]] = defaultdict(list)
    numbers: dict[str, int] = {}
    inside = sa.select(told.c.claim_row).where(told.c.incident.in_(ids))
    for nr, one in tellings(c, people, [claim.c.nr.in_(inside)]):
        members[of[nr]].append(one)
        numbers[one.id] = nr
    compared: set[tuple[int, int]] = set()
    if links:
        near = sa.select(link.c.one, link.c.other).where(link.c.one.in_(inside))
        compared = {(a, b) for a, b in c.execute(near) if of.get(a) == of.get(b) is not None}
    for ident in ids:
        told_by = members[ident]
        yield incident_of(told_by, _links(told_by, numbers, compared) if links else ())


def _links(
    told_by: list[Telling], numbers: dict[str, int], compared: set[tuple[int, int]]
) -> Iterator[Link]:
    if len(told_by) < 2:
        return
    features = {t.id: features_of(t) for t in told_by}
    ids = sorted(features)
    for n, one in enumerate(ids):
        for other in ids[n + 1 :]:
            if (numbers[one], numbers[other]) in compared:
                yield link_of(features[one], features[other])
