"""PLOVER: JSON Lines, one event a line, after the manual's 16 categories with modes and scores.

Actors are lists: no line is multiplied by pairs. Assault that is threatened or planned is THREATEN,
support to come AGREE, a retreat to come CONCEDE, as the manual asks; other plans, what was foiled
and what is denied have no field there. Codes: the tables in ``publish/data``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from isnad.incidents.figures import ranges
from isnad.incidents.origins import origin_of
from isnad.knowledge.compiled import knowledge
from isnad.model import Incident
from isnad.publish.cells import text_of
from isnad.publish.facets import tell_dropped
from isnad.publish.frame import Context
from isnad.publish.losses import CannotSay, Losses
from isnad.publish.notes import notes
from isnad.publish.parties import Party, conditions, parties
from isnad.publish.tables import choose, tables
from isnad.publish.when import TOLD, when
from isnad.publish.where import doubts, where
from isnad.version import __version__

_SIZES = {"killed": "dead", "wounded": "injured", "detained": "arrested"}


class Plover:
    """The form."""

    name, suffix = "plover", ".jsonl"
    says = "PLOVER events (JSON Lines), categories with modes, contexts and scores"
    edition = "PLOVER manual, 16 categories"
    libraries: tuple[str, ...] = ()
    holds = frozenset({
        "interval", "wounded", "detained", "parties", "words", "tellings", "radius", "status",
    })  # fmt: skip

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write a line for each incident that has a category."""
        count = 0
        with text_of(out) as stream:
            for incident in incidents:
                try:
                    record = event(incident, about.losses)
                except CannotSay as why:
                    about.losses.left_out(incident.id, why)
                    continue
                tell_dropped(incident, self, about.losses)
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
        return count


def event(incident: Incident, losses: Losses) -> dict[str, Any]:
    """The incident as a PLOVER event.

    Raises:
        CannotSay: if it has no category, no day, or nobody who acts.
    """
    place, days, row = where(incident.place), when(incident), incident.id
    country = place.country.iso3 if place and place.country else ""
    choice = choose(tables().plover, incident.type, incident.status, conditions(incident, country))
    category, mode, context = (*choice.code, "")[:3]
    if not category:
        raise CannotSay("type" if choice.status == "" else "status", choice.note)
    if days is None:
        raise CannotSay("time", "no day: an event needs one")
    actors, recipients = parties(incident, "initiators"), parties(incident, "targets")
    if not actors:
        actors = (Party(None, ""),)
        losses.narrowed(row, "actor", "nobody is named → an entity of sector UNK")
    if days.basis != TOLD:
        losses.narrowed(row, "date", days.basis)
    if incident.status == "ongoing":
        losses.narrowed(row, "status", "ongoing → as what happened")
    quad, score = tables().events[category, mode]
    record: dict[str, Any] = {
        "id": row, "date": days.first.isoformat(),
        "actor": [_entity(p) for p in actors], "event": [category],
    }  # fmt: skip
    if days.days > 1:
        record["enddate"] = days.last.isoformat()
    if recipients:
        record["recipient"] = [_entity(p) for p in recipients]
    if location := _location(incident, losses):
        record["event_loc"] = location
    words = [" ".join(t.claim.trigger.as_written.split())
             for t in incident.tellings if t.claim.trigger]  # fmt: skip
    record["event_text"] = list(dict.fromkeys(w for w in words if w))
    record["quad_code"] = quad
    if score is not None:
        record["event_scale"] = score
    record["mode"], record["context"] = [mode] if mode else [], [context] if context else []
    sizes = {}
    for r in ranges(incident):
        if r.outcome in _SIZES and r.best is not None:
            sizes[_SIZES[r.outcome]] = r.best
            if not r.low == r.best == r.high:
                losses.narrowed(row, "size", f"a range of the {r.outcome} → its best estimate")
    if sizes:
        record["size"] = sizes
    first = incident.tellings[0]
    record["cite_info"] = {
        "citation": first.report, "url": first.url or "", "publication": first.publisher or "",
        "coder": "isnad", "codebook": "PLOVER", "version": __version__,
    }  # fmt: skip
    record["link"] = [t.url for t in incident.tellings if t.url]
    origins = dict.fromkeys(origin_of(t).words for t in incident.tellings)
    record["comment"] = f"{notes(incident)} Origins: {'; '.join(origins)}."
    return record


def _entity(party: Party) -> dict[str, str]:
    actors = knowledge().actors
    known = actors[party.id] if party.id and party.id in actors else None
    return {
        "code": known.country if known else "", "sector": (known.plover if known else "") or "UNK",
        "entity_text": party.words, "identifier_text": party.id or "",
    }  # fmt: skip


def _location(incident: Incident, losses: Losses) -> dict[str, Any] | None:
    place = where(incident.place)
    if place is None or incident.place is None:
        return None
    if doubt := doubts(incident.place):
        losses.flagged(incident.id, "event_loc", doubt)
    if place.radius_km:
        losses.narrowed(incident.id, "radius", "a radius → the resolution of 1 to 5")
    return {
        "extracted_place": " ".join(incident.place.as_written.split()),
        "resolved_place": place.name, "lat": round(place.lat, 6), "lon": round(place.lon, 6),
        "district": place.admin2, "province": place.admin1, "country": place.country_name,
        "country_code": place.country.iso3 if place.country else "",
        "resolution": place.precision.plover,
    }  # fmt: skip


FORM = Plover()
