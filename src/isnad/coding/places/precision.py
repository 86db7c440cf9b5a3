"""What other datasets would say about how precise a place is.

ACLED geo_precision 1–3, UCDP GED where_prec 1–7, PLOVER resolution 5–1, Atlos Exact / Vicinity /
Locality; the meaning of the codes is that of ``docs/places.md`` (codebooks as of 2024–2025).
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol


class Placed(Protocol):
    """What the codes are derived from."""

    relation: str
    kind: str
    level: int
    located: bool
    radius_km: float | None
    container: int | None


class Precision(NamedTuple):
    """The four datasets' codes; ``None`` where the dataset would not code the place."""

    acled: int | None
    ucdp: int | None
    plover: int | None
    atlos: Literal["Exact", "Vicinity", "Locality"] | None


_NONE = Precision(None, None, None, None)
_FUZZY = frozenset({"road", "between", "both-banks", "bank", "border", "along"})
_SEA = frozenset({"sea"})


def precision_of(place: Placed) -> Precision:
    """The codes for a mention or place."""
    if not place.located:
        return _NONE
    radius = place.radius_km or 0.0
    return Precision(_acled(place, radius), _ucdp(place, radius), _plover(place), _atlos(place))


def _acled(place: Placed, radius: float) -> int | None:
    # 1 a particular town; 2 a part of a region, or near a town; 3 a larger region.
    if place.level >= 5:
        return None if place.relation == "at" else 3
    if place.level >= 4 or place.kind in _SEA or radius > 60:
        return 3
    if place.relation in ("at", "outskirts") and place.level <= 2 and radius <= 10:
        return 1
    return 2


def _ucdp(place: Placed, radius: float) -> int:
    # 1 exact; 2 within 25 km of a known point; 3 ADM2; 4 ADM1; 5 linear or fuzzy; 6 country; 7 sea.
    if place.kind in _SEA:
        return 7
    if place.level >= 5:
        return 6 if place.relation == "at" else 5
    if place.relation in _FUZZY or place.kind in ("river", "desert", "region", "road"):
        return 5
    if place.kind == "governorate" or place.level == 4:
        return 4 if place.relation == "at" else 5
    if place.kind in ("district", "subdistrict"):
        return 3
    if place.relation in ("at", "outskirts") and radius <= 10:
        return 1
    return 2 if radius <= 30 else 5


def _plover(place: Placed) -> int:
    # 5 below the city, 4 city, 3 district, 2 province, 1 country.
    if place.kind in _SEA or place.level >= 5:
        return 1
    if place.level == 4:
        return 2
    if place.level == 3 or place.relation in ("countryside", "road", "between"):
        return 3
    return 5 if place.level <= 1 else 4


def _atlos(place: Placed) -> Literal["Exact", "Vicinity", "Locality"] | None:
    # Exact ±10 m, Vicinity ±100 m, Locality ±1 km; text alone never gives the first two.
    if place.level <= 2 and place.relation == "at" and (place.radius_km or 0) <= 2:
        return "Locality"
    return None
