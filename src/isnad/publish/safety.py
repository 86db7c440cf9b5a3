"""What may be shown to anybody: coarse places, no recent days, no names of private persons.

A whitelist: of a report's words only names of outlets, monitors and rescue services stay, and those
of listed organisations; ids stay. All else that was written goes, for a name may stand anywhere.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple, TypeVar

from isnad.geodesy import EARTH_KM
from isnad.incidents.origins import resolve
from isnad.knowledge.gazetteer.store import Entry
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.model import Claim, Incident, Participant, Place, Source, Telling, Value
from isnad.publish.losses import CannotSay, Losses
from isnad.publish.where import where

_KEPT = frozenset({"outlet", "monitor", "rescue"})
"""Kinds of source that are bodies by their kind; an official or a doctor may be a person."""
V = TypeVar("V", bound=Value)
_KM_A_DEGREE = math.radians(1) * EARTH_KM


class Public(NamedTuple):
    """How much is held back.

    Attributes:
        km: no point is finer than a grid of so many kilometres. 0 leaves places as they are.
        days: nothing that may lie less than so many days before the day of writing. 0: none.
    """

    km: float = 10.0
    days: int = 30


def public(
    incident: Incident, rules: Public, today: dt.date, losses: Losses | None = None
) -> Incident | None:
    """The incident as it may be shown; ``None`` if it is held back.

    Args:
        incident: as it is.
        rules: how much is held back.
        today: the day from which days are counted back.
        losses: where to tell what went.
    """
    losses = losses if losses is not None else Losses()
    if rules.days and not _old(incident, today - dt.timedelta(days=rules.days)):
        why = f"held back: not certainly older than {rules.days} days"
        losses.left_out(incident.id, CannotSay("time", why))
        return None
    told = tuple(_telling(t, rules, incident.id, losses) for t in incident.tellings)
    losses.dropped(incident.id, "words", "for safety: what reports wrote")
    time = incident.time
    return incident.model_copy(
        update={
            "place": _place(incident.place, rules, incident.id, losses),
            "time": time.model_copy(update={"as_written": "", "span": (0, 0)}) if time else None,
            "tellings": told, "links": (),
        }
    )  # fmt: skip


def _old(incident: Incident, until: dt.date) -> bool:
    """Whether every day on which it may lie is ``until`` or earlier; unknown days are recent."""
    last = last_day(incident)
    return last is not None and last <= until


def last_day(incident: Incident) -> dt.date | None:
    """The last day on which it may lie: its own, else that of its last telling; ``None``: any."""
    time = incident.time
    if time and time.latest:
        return time.latest
    told = [t.published for t in incident.tellings]
    known = [d for d in told if d]
    return max(known) if known and len(known) == len(told) else None


def _telling(telling: Telling, rules: Public, row: str, losses: Losses) -> Telling:
    k = telling.claim
    claim = Claim(
        type=k.type, status=k.status, confidence=k.confidence,
        initiators=_people(k.initiators, row, losses), targets=_people(k.targets, row, losses),
        place=_place(k.place, rules, row, losses),
        time=_bare(k.time) if k.time else None,
        casualties=tuple(_bare(v) for v in k.casualties),
        forces=tuple(_bare(v) for v in k.forces), materiel=tuple(_bare(v) for v in k.materiel),
        sources=_sources(k.sources, row, losses), hit=tuple(_bare(v) for v in k.hit),
    )  # fmt: skip
    return telling.model_copy(update={"claim": claim, "words": ""})


def _bare(value: V) -> V:
    """The value without its words."""
    return value.model_copy(update={"as_written": "", "span": (0, 0)})


def _people(people: tuple[Participant, ...], row: str, losses: Losses) -> tuple[Participant, ...]:
    kept = [p for p in people if p.actor is not None]
    if len(kept) < len(people):
        losses.dropped(row, "parties", "for safety: who is not listed may be a person")
    return tuple(_bare(p) for p in kept)


def _sources(sources: tuple[Source, ...], row: str, losses: Losses) -> tuple[Source, ...]:
    kept = [s for s in sources if s.kind in _KEPT or resolve(s.as_written)]
    if len(kept) < len(sources):
        losses.dropped(row, "sources", "for safety: who is no known body may be a person")
    return tuple(s.model_copy(update={"span": (0, 0)}) for s in kept)


def _place(place: Place | None, rules: Public, row: str, losses: Losses) -> Place | None:
    if place is None or place.lat is None or place.lon is None:
        return _bare(place) if place else None
    coarse = coarsened(place.lat, place.lon, place.radius_km, rules.km)
    if coarse is None:
        return _bare(place)
    losses.narrowed(row, "place", f"for safety: to a grid of {rules.km:g} km, named by its unit")
    lat, lon, radius = coarse
    unit = unit_of(place)
    return Place(
        as_written="", span=(0, 0), rule=place.rule, confidence=place.confidence,
        lat=lat, lon=lon, radius_km=radius, anchors=(unit.id,) if unit else (),
    )  # fmt: skip


def coarsened(
    lat: float, lon: float, radius: float | None, km: float
) -> tuple[float, float, float] | None:
    """A point in a grid of ``km`` with the radius (km) that holds what it held; ``None`` if it is
    as coarse as it stands."""
    wide = radius if radius is not None else 0.0
    if not km or wide >= km:
        return None
    return (*snapped(lat, lon, km), round(wide + km / math.sqrt(2), 1))


def snapped(lat: float, lon: float, km: float) -> tuple[float, float]:
    """The middle of the point's cell in a fixed grid of ``km``: no averaging undoes it."""
    tall = km / _KM_A_DEGREE
    row = min(90 - tall / 2, max(-90 + tall / 2, (math.floor(lat / tall) + 0.5) * tall))
    wide = tall / max(0.01, math.cos(math.radians(row)))
    column = (math.floor(lon / wide) + 0.5) * wide
    return round(row, 5), round(min(180.0, max(-180.0, column)), 5)


def unit_of(place: Place) -> Entry | None:
    """The district, else the governorate that holds the place; nothing wider."""
    at = where(place)
    if at is None or at.country is None:
        return None
    found = gazetteer().unit(at.country.iso3, at.admin1, at.admin2)
    return found if found and found.kind != "country" else None
