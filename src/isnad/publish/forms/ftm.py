"""FollowTheMoney: an Event for each incident, an Organization for each party, an Article a report.

One entity a line, as its tools read them. Its Event has no casualties and no sides: who acts stands
under ``organizer``, who is acted upon under ``involved``; counts go into the summary as words.
Written by hand: the library needs ICU to be built, and a test reads the entities with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from isnad.knowledge.compiled import knowledge
from isnad.model import Incident, Telling
from isnad.publish.cells import text_of
from isnad.publish.facets import tell_dropped
from isnad.publish.frame import Context
from isnad.publish.notes import notes
from isnad.publish.parties import Party, civilian, parties
from isnad.publish.tables import tables
from isnad.publish.when import TOLD, when
from isnad.publish.where import doubts, where


class FollowTheMoney:
    """The form."""

    name, suffix = "ftm", ".ftm.json"
    says = "FollowTheMoney entities (JSON Lines): Event, Organization, Article"
    edition = "the schema of the followthemoney library, version 4"
    libraries: tuple[str, ...] = ()
    holds = frozenset({"interval", "tellings", "parties", "status"})

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write each entity once, before the first event that needs it; counts the events."""
        seen: set[str] = set()
        count = 0
        with text_of(out) as stream:
            for incident in incidents:
                tell_dropped(incident, self, about.losses)
                count += 1
                for entity in _entities(incident, about):
                    if entity["id"] not in seen:
                        if entity["schema"] != "Event":
                            seen.add(entity["id"])
                        stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
        return count


def _entities(incident: Incident, about: Context) -> Iterator[dict[str, Any]]:
    first, second = parties(incident, "initiators"), parties(incident, "targets")
    losses = about.losses
    if incident.targets or incident.initiators:
        losses.narrowed(incident.id, "parties", "sides → organizer and involved")
    if any(t.claim.casualties for t in incident.tellings):
        losses.narrowed(incident.id, "casualties", "no field: words of the summary")
    for party in (*first, *second):
        if _organised(party):
            yield _organisation(party)
        else:
            losses.dropped(incident.id, "parties", "groups of persons and unlisted parties")
    articles = {t.report: _article(t) for t in incident.tellings}
    yield from articles.values()
    days, place = when(incident), where(incident.place)
    properties: dict[str, list[str]] = {
        "name": [incident.type.replace("_", " ") + (f", {place.name}" if place else "")],
        "summary": [notes(incident)],
        "keywords": [incident.type, incident.status],
        "recordId": [incident.id],
        "organizer": [_ident(p) for p in first if _organised(p)],
        "involved": [_ident(p) for p in second if _organised(p)],
        "proof": [a["id"] for a in articles.values()],
        "sourceUrl": _urls(t.url for t in incident.tellings),
        "publisher": _unique(t.publisher for t in incident.tellings),
    }
    if days and days.basis == TOLD:
        properties["startDate" if days.days > 1 else "date"] = [days.first.isoformat()]
        if days.days > 1:
            properties["endDate"] = [days.last.isoformat()]
    if place:
        properties["location"] = [", ".join(u for u in (place.name, place.admin1) if u)]
        if place.country:
            properties["country"] = [place.country.iso2.lower()]
        losses.dropped(incident.id, "lat, lon", "an event has no coordinates")
        if doubt := doubts(incident.place):
            losses.flagged(incident.id, "place", doubt)
    yield _entity("Event", incident.id, properties)


def _organised(party: Party) -> bool:
    actors = knowledge().actors
    return (
        party.id is not None
        and party.id in actors
        and actors[party.id].kind not in ("group", "person_office")
        and not civilian(party)
    )


def _ident(party: Party) -> str:
    return f"isnad-actor-{party.id}"


def _organisation(party: Party) -> dict[str, Any]:
    known = knowledge().actors[party.id or ""]
    home = tables().countries.get(known.country)
    return _entity(
        "Organization", _ident(party),
        {"name": [known.name_en, known.name_ar], "classification": [known.kind],
         "country": [home.iso2.lower()] if home else []},
    )  # fmt: skip


def _article(telling: Telling) -> dict[str, Any]:
    return _entity(
        "Article", "isnad-report-" + telling.report,
        {
            "title": [telling.report], "publisher": _unique([telling.publisher]),
            "publishedAt": [telling.published.isoformat()] if telling.published else [],
            "sourceUrl": _urls([telling.url]),
        },
    )  # fmt: skip


def _unique(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))


def _urls(values: Iterable[str | None]) -> list[str]:
    """Addresses of the web: others are none to it."""
    return [v for v in _unique(values) if v.startswith(("http://", "https://"))]


def _entity(schema: str, ident: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    """The entity as its tools write it: no controls, blanks single, values sorted, none empty."""
    clean = {name: sorted({_plain(v) for v in values} - {""})
             for name, values in sorted(properties.items())}  # fmt: skip
    return {
        "id": ident, "schema": schema,
        "properties": {name: values for name, values in clean.items() if values},
    }  # fmt: skip


def _plain(words: str) -> str:
    return "".join(c for c in " ".join(words.split()) if c.isprintable()).strip()


FORM = FollowTheMoney()
