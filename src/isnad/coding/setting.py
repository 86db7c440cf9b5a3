"""The setting of a report: the day and the countries against which its names are read.

In: a document, the weights of countries from its places if known. Out: :class:`Setting`.
Identity of actors by date and country is the point of ``docs/knowledge-actors.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from isnad.coding.actors.scan import Scan, scan
from isnad.coding.document import Document
from isnad.knowledge.compiled import Knowledge, knowledge
from isnad.language.arabic.normal import fold

EXTERNAL = 0.25
"""What a name of forces that act abroad weighs for its own country, against 1 at home."""
PUBLISHER = 1.5
STATE_NAME = 0.5
ADJECTIVE = 0.5
PLACES = 4.0
"""What all places of a report weigh together, against 1 for an unambiguous name of a home actor."""


@dataclass
class Setting:
    """Where and when a report stands.

    Attributes:
        published: the day of publication, if known.
        day: the day against which names are read: published, or a dateline's.
        countries: (ISO3, share) with shares that add up to 1, the heaviest first.
        publisher: the outlet or account.
    """

    published: dt.date | None = None
    day: dt.date | None = None
    countries: list[tuple[str, float]] = field(default_factory=list)
    publisher: str | None = None

    def share(self, country: str) -> float:
        """The share of ``country``, 0 to 1."""
        return next((w for c, w in self.countries if c == country), 0.0)

    @property
    def iso_day(self) -> str:
        """``day`` as an ISO string, "" if unknown."""
        return self.day.isoformat() if self.day else ""

    @classmethod
    def of(
        cls,
        doc: Document,
        place_countries: Mapping[str, float] | None = None,
        *,
        day: dt.date | None = None,
        publisher_country: str | None = None,
        known: Knowledge | None = None,
    ) -> Setting:
        """The setting of ``doc``: countries of its places, of plain names, of its publisher.

        Args:
            doc: the report.
            place_countries: ISO3 → weight, from the places found in it.
            day: a dateline's day; the day of publication otherwise.
            publisher_country: the country of the outlet, from the sources table.
            known: the knowledge; the program's own by default.
        """
        k = known or knowledge()
        report = doc.report
        weights: dict[str, float] = {}

        def add(country: str, weight: float) -> None:
            if country:
                weights[country] = weights.get(country, 0.0) + weight

        total = sum(place_countries.values()) if place_countries else 0.0
        if place_countries and total > 0:
            for country, weight in place_countries.items():
                add(country, PLACES * weight / total)
        _names(scan(doc, k), k, add)
        if publisher_country:
            add(publisher_country, PUBLISHER)
        elif report.publisher:
            for country in sorted(_countries_in(report.publisher, k)):
                add(country, PUBLISHER)
        whole = sum(weights.values())
        ranked = sorted(((c, w / whole) for c, w in weights.items()), key=lambda x: (-x[1], x[0]))
        return cls(report.published, day or report.published, ranked, report.publisher)


def _names(found: Scan, k: Knowledge, add: object) -> None:
    """Weigh the names whose aliases, wherever they may stand, belong to one country only."""
    assert callable(add)
    seen: dict[str, float] = {}
    for hits in found.names.values():
        alias_rows = [k.actors.aliases[e.row] for e in hits[0].entries if e.kind == "a"]
        rows = [a for a in alias_rows if not a.weak]
        if rows and len(rows) == len(alias_rows):
            homes = {k.actors[a.actor].country for a in rows} - {""}
            if len(homes) == 1 and not any(a.countries for a in rows):
                actor = k.actors[rows[0].actor]
                if actor.kind not in ("media", "monitor", "international_organisation", "group"):
                    weight = EXTERNAL if actor.kind in ("external_forces", "government") else 1.0
                    seen[actor.country] = seen.get(actor.country, 0.0) + weight
        for e in hits[0].entries:
            if e.kind == "s":
                state = k.states[e.row].country
                seen[state] = seen.get(state, 0.0) + STATE_NAME
    for hits in found.adjectives.values():
        homes = {k.actors[k.actors.aliases[e.row].actor].country for e in hits[0].entries}
        if len(homes) == 1:
            home = homes.pop()
            seen[home] = seen.get(home, 0.0) + ADJECTIVE
    for country, weight in seen.items():
        add(country, min(weight, 4.0))


def _countries_in(publisher: str, k: Knowledge) -> set[str]:
    """Countries that the publisher's own name tells."""
    name = fold(publisher)
    out: set[str] = set()
    for hit in k.lexicon.find(name):
        for e in k.entries(hit.pattern):
            if e.kind == "s":
                out.add(k.states[e.row].country)
            elif e.kind in "ad":
                alias = k.actors.aliases[e.row]
                if not alias.weak and not alias.countries:
                    out.add(k.actors[alias.actor].country)
    out.discard("")
    return out
