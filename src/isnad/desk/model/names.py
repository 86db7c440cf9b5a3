"""What actors and places are called in both languages, and what contains what."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from isnad.knowledge.compiled import knowledge
from isnad.knowledge.gazetteer.store import Entry
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.model import Place

AREA_KM = 25.0
"""From this radius on a place is drawn as an area: the contract's radius of a district."""
_LINES = frozenset(["road", "between"])


@lru_cache(maxsize=8192)
def actor(ident: str | None) -> dict[str, Any]:
    """``{"id", "ar", "en"}`` of an actor or group; names are ``None`` if it is not listed."""
    known = knowledge().actors.by_id.get(ident) if ident else None
    return {
        "id": ident, "ar": known.name_ar if known else None, "en": known.name_en if known else None,
    }  # fmt: skip


@lru_cache(maxsize=8192)
def lineage(ident: str) -> tuple[str, ...]:
    """An actor and all that it was ever part of."""
    actors = knowledge().actors
    return tuple(actors.ancestors(ident)) if ident in actors else (ident,)


@lru_cache(maxsize=65536)
def entry(ident: str) -> Entry | None:
    """A place of the gazetteer."""
    return gazetteer().by_id(ident)


@lru_cache(maxsize=4096)
def _governorate(country: str, admin1: str) -> str | None:
    for one in gazetteer().lookup(admin1):
        if one.country == country and one.kind in ("governorate", "region", "canton"):
            return one.id
    for name in (f"{admin1} Governorate", f"{admin1} Province"):
        for one in gazetteer().lookup(name):
            if one.country == country and one.kind == "governorate":
                return one.id
    return None


@lru_cache(maxsize=65536)
def inside(ident: str) -> tuple[str, ...]:
    """A place and what contains it, as ids of the gazetteer."""
    here = entry(ident)
    if here is None:
        return (ident,)
    above = _governorate(here.country, here.admin1) if here.admin1 else None
    return (ident,) if above is None or above == ident else (ident, above)


class Located(NamedTuple):
    """What the gazetteer knows of a claim's place: its entry, country, names, shape."""

    gazetteer: str | None
    country: str | None
    ar: str | None
    en: str | None
    shape: str
    within: tuple[str, ...]


def located(place: Place) -> Located:
    """A claim's place as the gazetteer knows it."""
    entries = [e for e in map(entry, place.anchors) if e is not None]
    first = entries[0] if entries else None
    road = (place.relation in _LINES and len(entries) > 1) or (
        first is not None and first.kind in ("road", "street")
    )
    wide = (place.radius_km or 0) >= AREA_KM
    return Located(
        first.id if first else None,
        first.country or None if first else None,
        " – ".join(e.name_ar for e in entries) if entries else None,
        " – ".join(e.name_en for e in entries) if entries else None,
        "road" if road else "area" if wide else "point",
        tuple(dict.fromkeys(i for e in entries for i in inside(e.id))),
    )


def line_of(place: Place) -> list[list[float]] | None:
    """A road as ``[lon, lat]`` pairs: between its anchors, or through the places on it."""
    entries = [e for e in map(entry, place.anchors) if e is not None]
    if len(entries) == 1 and entries[0].ends:
        entries = [e for e in map(entry, entries[0].ends.split("|")) if e is not None]
    if len(entries) < 2:
        return None
    return [[e.lon, e.lat] for e in entries]
