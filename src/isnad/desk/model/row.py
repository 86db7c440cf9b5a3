"""One incident as a row: what lists, maps, plots and filters need of it, computed once.

In: an incident and what is known of its reports and decisions. Out: a :class:`Row`, with the keys
under which filters find it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from isnad.desk.labels import words
from isnad.desk.model.names import actor, line_of, lineage, located
from isnad.incidents.figures import Range, ranges
from isnad.incidents.grade import disputes, grade
from isnad.incidents.origins import origins
from isnad.model import Incident, Place, Telling, Time
from isnad.publish.record import iso
from isnad.publish.safety import last_day

Key = tuple[str, str]
GRAPHIC = frozenset(["execution", "torture", "sexual_violence", "chemical_attack"])
"""Types whose reports may hold what nobody should meet unprepared."""
_GRADES = ("weak", "fair", "confirmed", "contested", "discounted")
_STATES = ("unsure", "open", "fixed", "accepted")


@dataclass(frozen=True, slots=True)
class Row:
    """An incident's row. Days are ordinals, distances km, figures of the dead the UCDP rule's.

    Attributes:
        shown: the row as JSON, without what changes by itself (reads, comments).
        keys: ``(facet, value)`` under which filters find it and facets count it.
        claims, reports: whose they are; the archive's ids of reports.
        anchor: the least of its claims' ids: what comments and reads are kept under.
        added: the journal's position of its newest claim.
        last_day: the last day on which it may lie, as the public rules count it.
    """

    id: str
    shown: dict[str, Any]
    keys: frozenset[Key]
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    anchor: str
    earliest: int | None
    latest: int | None
    first_told: int | None
    last_told: int | None
    lat: float | None
    lon: float | None
    radius: float | None
    shape: str
    line: list[list[float]] | None
    type: str
    killed: tuple[int | None, int | None, int | None] | None
    best: dict[str, int]
    tellings: int
    origins: int
    disputes: int
    confidence: float | None
    added: int
    last_day: int | None
    sources: tuple[str, ...] = field(default=())

    @property
    def when(self) -> int | None:
        """The day by which it is sorted: its last, else its first, else the first telling's."""
        return self.latest or self.earliest or self.first_told


def precision(time: Time | None) -> str | None:
    """How closely a time is known; ``None`` if it is not."""
    if time is None or (time.earliest is None and time.latest is None):
        return None
    if time.earliest is None or time.latest is None:
        return "open"
    length = (time.latest - time.earliest).days + 1
    return "day" if length <= 1 else "days" if length <= 7 else "month" if length <= 31 else "long"


def shown_place(place: Place | None) -> dict[str, Any] | None:
    """A place for people."""
    if place is None:
        return None
    at = located(place)
    return {
        "as_written": place.as_written, "ar": at.ar, "en": at.en, "gazetteer": at.gazetteer,
        "country": at.country, "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km,
        "shape": at.shape, "relation": place.relation,
    }  # fmt: skip


def shown_time(time: Time | None) -> dict[str, Any] | None:
    """A time for people."""
    if time is None:
        return None
    return {
        "earliest": iso(time.earliest), "latest": iso(time.latest), "precision": precision(time),
        "as_written": time.as_written,
    }  # fmt: skip


def row_of(
    incident: Incident, titles: Mapping[str, str | None], states: Mapping[str, str],
    added: Mapping[str, int],
) -> Row:  # fmt: skip
    """The row of an incident.

    Args:
        incident: the incident.
        titles: of reports, by the archive's id.
        states: of claims that people decided about: ``accepted``, ``fixed``, ``unsure``.
        added: the journal's position of each claim.
    """
    own = [t for t in incident.tellings if t.copy_of is None] or list(incident.tellings)
    tolls, roots, mark = ranges(incident), origins(incident), grade(incident)
    quarrels = sorted({d.what.partition(":")[0] for d in disputes(incident)})
    at = located(incident.place) if incident.place else None
    state = {states.get(t.id, "open") for t in incident.tellings}
    published = sorted(t.published for t in incident.tellings if t.published)
    reports = tuple(dict.fromkeys(t.report for t in incident.tellings))
    sure = [t.claim.confidence for t in own if t.claim.confidence is not None]
    killed = next((r for r in tolls if r.outcome == "killed"), None)
    place, time = incident.place, incident.time
    head = next((t for t in own if titles.get(t.report)), own[0])
    hits = sorted({h.kind for t in own for h in t.claim.hit})
    outlets = sorted({t.publisher for t in incident.tellings if t.publisher})
    graphic = incident.type in GRAPHIC or any(
        c.who == "children" and c.outcome == "killed" for t in own for c in t.claim.casualties
    )
    shown: dict[str, Any] = {
        "id": incident.id, "type": incident.type, "status": incident.status, "grade": mark.grade,
        "category": words().category_of.get(incident.type),
        "headline": {"text": titles.get(head.report) or _opening(head), "report": head.report},
        "place": shown_place(place), "time": shown_time(time),
        "initiators": [actor(a) for a in incident.initiators],
        "targets": [actor(a) for a in incident.targets],
        "figures": [r._asdict() for r in tolls],
        "tellings": len(incident.tellings), "reports": len(reports), "origins": len(roots),
        "copies": sum(t.copy_of is not None for t in incident.tellings), "outlets": outlets,
        "published": [iso(published[0]), iso(published[-1])] if published else None,
        "disputed": quarrels, "hit": hits, "confidence": min(sure, default=None),
        "review": next((s for s in _STATES if s in state), "open"), "graphic": graphic,
        "added": max(added.get(t.id, 0) for t in incident.tellings),
    }  # fmt: skip
    keys = {
        ("type", incident.type), ("status", incident.status), ("grade", mark.grade),
        *(("review", s) for s in state), *(("disputed", q) for q in quarrels),
        *(("outlet", o) for o in outlets), *(("origin", r.name) for r in roots),
        *_claim_keys(own), *_party_keys(incident),
    }  # fmt: skip
    if shown["category"]:
        keys.add(("category", shown["category"]))
    if at:
        keys |= {("place", p) for p in at.within}
        if at.country:
            keys.add(("country", at.country))
    keys |= {("topic", t.label.id) for t in words().topics.values() if keys.intersection(t.keys)}
    return Row(
        id=incident.id, shown=shown, keys=frozenset(keys),
        claims=tuple(t.id for t in incident.tellings), reports=reports,
        anchor=min(t.id for t in incident.tellings),
        earliest=_ordinal(time.earliest if time else None),
        latest=_ordinal(time.latest if time else None),
        first_told=_ordinal(published[0] if published else None),
        last_told=_ordinal(published[-1] if published else None),
        lat=place.lat if place else None, lon=place.lon if place else None,
        radius=place.radius_km if place else None, shape=at.shape if at else "point",
        line=line_of(place) if place and at and at.shape == "road" else None, type=incident.type,
        killed=_three(killed),
        best={r.outcome: r.best for r in tolls if r.best is not None},
        tellings=len(incident.tellings), origins=len(roots), disputes=len(quarrels),
        confidence=shown["confidence"], added=shown["added"],
        last_day=_ordinal(last_day(incident)),
        sources=tuple(s.kind for t in own for s in t.claim.sources),
    )  # fmt: skip


def _three(r: Range | None) -> tuple[int | None, int | None, int | None] | None:
    return (r.low, r.best, r.high) if r else None


def _ordinal(day: dt.date | None) -> int | None:
    return day.toordinal() if day else None


def _opening(telling: Telling) -> str:
    text = " ".join(telling.words.split())
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"


def _claim_keys(own: Iterable[Telling]) -> Iterator[Key]:
    for telling in own:
        claim = telling.claim
        for c in claim.casualties:
            yield "outcome", c.outcome
            if c.who:
                yield "target", c.who
        yield from (("item", m.item) for m in claim.materiel)
        yield from (("hit", h.kind) for h in claim.hit)
        yield from (("source", s.kind) for s in claim.sources)


def _party_keys(incident: Incident) -> Iterator[Key]:
    for role, ids in (("initiator", incident.initiators), ("target", incident.targets)):
        for one in ids:
            for part in lineage(one):
                yield role, part
                yield "actor", part
