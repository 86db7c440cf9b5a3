"""Where an incident lies in the words of gazetteers: country, units, name, and precision codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from isnad.coding.places.precision import Precision, precision_of
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Entry
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.model import Place
from isnad.publish.tables import Country, tables

NEAR_KM = 15.0
"""A point without a place of the gazetteer takes country and units of the nearest within so far."""
FAR_KM = 100.0
_JOINT = {"between": "{0} - {1}", "road": "{0} - {1} road", "both-banks": "{0}", "bank": "{0}"}


@dataclass
class _Placed:
    relation: str
    kind: str
    level: int
    located: bool
    radius_km: float | None
    container: int | None = None


class Where(NamedTuple):
    """A located place. ``name`` is Latin, ``name_ar`` Arabic; units are Latin, "" where unknown.

    ``guessed``: country and units are those of the nearest known place, not of the words.
    """

    lat: float
    lon: float
    radius_km: float | None
    name: str
    name_ar: str
    country: Country | None
    admin1: str
    admin2: str
    precision: Precision
    relation: str
    guessed: bool

    @property
    def country_name(self) -> str:
        return self.country.name if self.country else ""


@lru_cache(maxsize=4096)
def where(place: Place | None) -> Where | None:
    """Where the place is, or ``None`` if it is not located."""
    if place is None or place.lat is None or place.lon is None:
        return None
    anchors = [e for a in place.anchors if (e := gazetteer().by_id(a)) is not None]
    guessed = not anchors
    if guessed:
        anchors = gazetteer().near(place.lat, place.lon, NEAR_KM)[:1]
    first = anchors[0] if anchors else None
    kind = first.kind if first else ""
    level = kind_of(kind).level if kind and not guessed else _level(place.radius_km)
    placed = _Placed(
        place.relation, "" if guessed else kind, level, located=True, radius_km=place.radius_km
    )
    return Where(
        place.lat, place.lon, place.radius_km, "" if guessed else _name(place, anchors),
        "" if guessed else _name_ar(place, anchors),
        tables().countries.get(_first(anchors, "country")),
        _first(anchors, "admin1"), _first(anchors, "admin2"), precision_of(placed),
        place.relation, guessed,
    )  # fmt: skip


def _first(anchors: list[Entry], what: str) -> str:
    return next((value for e in anchors if (value := getattr(e, what))), "")


def _level(radius: float | None) -> int:
    """The level that a radius speaks of where no place of the gazetteer is named."""
    r = radius if radius is not None else 8.0
    return 2 if r <= 10 else 3 if r <= 60 else 4 if r < 300 else 5


def _name(place: Place, anchors: list[Entry]) -> str:
    names = [e.name_en or e.name_ar for e in anchors]
    if not names:
        return ""
    if place.relation in ("between", "road") and len(names) == 1:
        return f"{names[0]} road" if place.relation == "road" else names[0]
    return _JOINT.get(place.relation, "{0}").format(*names[:2])


def _name_ar(place: Place, anchors: list[Entry]) -> str:
    names = [e.name_ar or e.name_en for e in anchors]
    form = {"between": "بين {0} و{1}", "road": "طريق {0} - {1}"}.get(place.relation, "{0}")
    return (form if len(names) > 1 else "{0}").format(*names[:2]) if names else ""


def doubts(place: Place | None) -> str:
    """What looks wrong with coordinates: "" or words.

    Points of the gazetteer are taken as they are; those that a person or a file gave may be 0,0
    or swapped. Out of range does not come this far: the model refuses it.
    """
    if place is None or place.lat is None or place.lon is None or place.anchors:
        return ""
    return doubtful_point(place.lat, place.lon)


@lru_cache(maxsize=4096)
def doubtful_point(lat: float, lon: float) -> str:
    """Why a point looks wrong, or "": 0,0; or far from any known place unless turned round."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        turned = -90 <= lon <= 90 and -180 <= lat <= 180
        return "out of range; swapped?" if turned else "out of range"
    if abs(lat) < 0.01 and abs(lon) < 0.01:
        return "0,0"
    if gazetteer().near(lat, lon, FAR_KM):
        return ""
    swapped = abs(lon) <= 90 and gazetteer().near(lon, lat, NEAR_KM)
    return "latitude and longitude swapped?" if swapped else ""
