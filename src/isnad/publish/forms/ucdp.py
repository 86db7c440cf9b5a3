"""UCDP GED: one row an event with at least one death at a place and day, 49 columns in its order.

Codes follow the GED codebook of version 23.1. UCDP's own ids (of conflicts, dyads, sides, and the
event) and what rests on them (active_year, code_status) are left empty: they are UCDP's to give.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from isnad.incidents.origins import origin_of
from isnad.knowledge.compiled import knowledge
from isnad.model import Incident
from isnad.publish.cells import write_rows
from isnad.publish.deaths import by_side, killed
from isnad.publish.facets import tell_dropped
from isnad.publish.frame import Context
from isnad.publish.losses import CannotSay, Losses
from isnad.publish.parties import Party, civilian, parties
from isnad.publish.tables import Country, tables
from isnad.publish.when import TOLD, when
from isnad.publish.where import doubts, where

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
SUMMED_DAYS = 10
"""Days from which an interval tells a sum of events rather than one (as in isnad.incidents)."""
_NO_DEATH = "no count of the dead of at least 1: UCDP records deaths only"


class Ucdp:
    """The form."""

    name, suffix = "ucdp", ".csv"
    says = "UCDP GED's 49 columns (CSV), one row an event with deaths"
    edition = "UCDP GED 23.1"
    libraries: tuple[str, ...] = ()
    holds = frozenset({"tellings", "interval", "range", "words"})

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write the header and a row for each incident that UCDP could code."""
        return write_rows(out, [COLUMNS], self._rows(incidents, about), excel=about.excel)

    def _rows(self, incidents: Iterable[Incident], about: Context) -> Iterator[list[Any]]:
        for incident in incidents:
            try:
                row = _row(incident, about.losses)
            except CannotSay as why:
                about.losses.left_out(incident.id, why)
                continue
            tell_dropped(incident, self, about.losses)
            yield [row.get(c) for c in COLUMNS]


def _row(incident: Incident, losses: Losses) -> dict[str, Any]:
    row, place, days, toll = incident.id, where(incident.place), when(incident), killed(incident)
    if incident.status not in ("happened", "ongoing"):
        raise CannotSay("status", f"{incident.status}: the form has events only")
    if toll is None or not toll.best:
        raise CannotSay("casualties", _NO_DEATH)
    if place is None or place.precision.ucdp is None:
        raise CannotSay("place", "not located: an event needs a place")
    if days is None or days.ucdp is None:
        raise CannotSay("time", "not known to a year: an event needs a time")
    sides = _sides(incident)
    if sides is None:
        raise CannotSay("parties", "no organised actor is named on each side that needs one")
    violence, a, b = sides
    if days.basis != TOLD:
        losses.narrowed(row, "date_start", days.basis)
    if toll.low is None or toll.high is None:
        losses.narrowed(row, "low", "an open end of the count: the best estimate stands in")
    if doubt := doubts(incident.place):
        losses.flagged(row, "latitude", doubt)
    names = _side_name(a), _side_name(b)
    dead = by_side(incident, toll.best, a, b)
    dated = sorted({t.published.isoformat() for t in incident.tellings if t.published})
    country, summed = place.country, days.days >= SUMMED_DAYS or incident.type == "losses"
    return {
        "year": days.first.year, "type_of_violence": violence,
        "dyad_name": f"{names[0]} - {names[1]}", "side_a": names[0], "side_b": names[1],
        "number_of_sources": len({t.report for t in incident.tellings}),
        "source_article": ";".join(_articles(incident)),
        "source_office": ";".join(dict.fromkeys(
            _clean(t.publisher) for t in incident.tellings if t.publisher)),
        "source_date": ";".join(dated),
        "source_original": ";".join(dict.fromkeys(
            _clean(origin_of(t).words) for t in incident.tellings if t.claim.sources)),
        "where_prec": place.precision.ucdp, "where_coordinates": place.name,
        "where_description": _clean(incident.place.as_written) if incident.place else "",
        "adm_1": place.admin1, "adm_2": place.admin2,
        "latitude": round(place.lat, 6), "longitude": round(place.lon, 6),
        "geom_wkt": f"POINT ({round(place.lon, 6)} {round(place.lat, 6)})",
        "priogrid_gid": priogrid(place.lat, place.lon),
        "country": country.ucdp_name if country else "",
        "country_id": country.gwno if country else None,
        "region": country.ucdp_region if country else "",
        "event_clarity": 2 if summed else 1, "date_prec": days.ucdp,
        "date_start": f"{days.first} 00:00:00.000", "date_end": f"{days.last} 00:00:00.000",
        "deaths_a": dead.a, "deaths_b": dead.b, "deaths_civilians": dead.civilians,
        "deaths_unknown": dead.unknown, "best": toll.best,
        "high": max(toll.best, toll.high or 0),
        "low": toll.low if toll.low is not None else toll.best,
        "gwnoa": _gwno(a), "gwnob": _gwno(b),
    }  # fmt: skip


def _sides(incident: Incident) -> tuple[int, Party, Party] | None:
    """Type of violence and sides: 1 a state takes part, 2 none does, 3 against civilians.

    A state is side A. Of several on one side the one that most tellings name stands for it.
    """
    first = [p for p in parties(incident, "initiators") if _kind(p) in ("state", "nonstate")]
    second = [p for p in parties(incident, "targets") if _kind(p) in ("state", "nonstate")]
    if not first:
        return None
    if not second:
        if any(civilian(p) for p in parties(incident, "targets")):
            return 3, first[0], Party("civilians", "")
        others = [p for p in first[1:] if not _kin(p, first[0])]
        if incident.type != "armed_clash" or not others:
            return None
        second = others
    a, b = first[0], second[0]
    if _kind(b) == "state" and _kind(a) != "state":
        a, b = b, a
    return (1 if _kind(a) == "state" else 2), a, b


def _kind(party: Party) -> str:
    actors = knowledge().actors
    return actors.ucdp_kind(party.id) if party.id and party.id in actors else ""


def _kin(one: Party, other: Party) -> bool:
    return bool(one.id and other.id and knowledge().actors.related(one.id, other.id))


def _home(party: Party) -> Country | None:
    actors = knowledge().actors
    if _kind(party) != "state" or not party.id:
        return None
    return tables().countries.get(actors[party.id].country)


def _side_name(party: Party) -> str:
    home = _home(party)
    if home is not None:
        return f"Government of {home.ucdp_name}"
    return "Civilians" if civilian(party) else party.name


def _gwno(party: Party) -> int | None:
    home = _home(party)
    return home.gwno if home else None


def _articles(incident: Incident) -> Iterator[str]:
    for t in incident.tellings:
        parts = (t.publisher or "", t.published.isoformat() if t.published else "",
                 t.url or t.report)  # fmt: skip
        yield '"' + ",".join(_clean(p).replace('"', "'") for p in parts) + '"'


def _clean(words: str) -> str:
    return " ".join(words.replace(";", ",").split())


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of half a degree: counted from the south-west corner, eastwards."""
    row = min(359, math.floor((lat + 90) * 2))
    column = min(719, math.floor((lon + 180) * 2))
    return row * 720 + column + 1


FORM = Ucdp()
