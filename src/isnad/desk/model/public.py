"""The public view: what those without an account see. Later, coarser, and without anybody's words.

Recent incidents are held back, points are moved to a grid and named by the unit that holds them, as
``isnad export --public`` does (:mod:`isnad.publish.safety` has the rules). No words of a report are
in it: titles and places as written may name private persons.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from isnad.desk.model.names import entry
from isnad.desk.model.row import Row
from isnad.desk.model.view import View
from isnad.knowledge.compiled import knowledge
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.model import Place
from isnad.publish.safety import Public, coarsened, unit_of

_WIDE = 3
"""The level of a district: only places of it or wider keep their names."""
_HIDDEN = frozenset(["review"])


def public_view(view: View, rules: Public, today: dt.date) -> View:
    """What of a view is public, by the rules of ``isnad export --public``."""
    until = today.toordinal() - rules.days
    some = (r for r in view.rows if r is not None and _old(r, rules, until))
    return View.made(view.head, (coarse(r, rules.km) for r in some))


def _old(r: Row, rules: Public, until: int) -> bool:
    return not rules.days or (r.last_day is not None and r.last_day <= until)


def coarse(r: Row, km: float) -> Row:
    """A row as the public sees it."""
    lat, lon, radius = r.lat, r.lon, r.radius
    place: dict[str, Any] | None = r.shown["place"]
    moved = coarsened(lat, lon, radius, km) if lat is not None and lon is not None else None
    if place is not None:
        named = {"ar": place["ar"], "en": place["en"], "gazetteer": place["gazetteer"]}
        if moved is not None:
            lat, lon, radius = moved
            named = _unit(r, place["gazetteer"])
        place = {
            **place, **named, "as_written": None, "lat": lat, "lon": lon, "radius_km": radius,
            "relation": None, "shape": "area" if lat is not None else "point",
        }  # fmt: skip
    time = r.shown["time"] and {**r.shown["time"], "as_written": None}
    head = {"text": None, "report": None}
    shown = {**r.shown, "headline": head, "place": place, "time": time, "review": None}
    keys = frozenset(k for k in r.keys if _open(*k))
    return replace(
        r, shown=shown, keys=keys, lat=lat, lon=lon, radius=radius, line=None, shape="area",
    )  # fmt: skip


def _unit(r: Row, ident: str | None) -> dict[str, str | None]:
    """The district or governorate that holds a place, by which alone the public sees it named."""
    anchors = (ident,) if ident else ()
    unit = unit_of(Place(as_written="", span=(0, 0), lat=r.lat, lon=r.lon, anchors=anchors))
    if unit is None:
        return {"ar": None, "en": None, "gazetteer": None}
    return {"ar": unit.name_ar, "en": unit.name_en, "gazetteer": unit.id}


def _open(facet: str, value: str) -> bool:
    """Whether the public may filter by a value: not by fine places, nor by sources' own names,
    which may be those of persons."""
    if facet == "origin":
        return value in knowledge().actors
    return facet not in _HIDDEN and (facet != "place" or _wide(value))


def _wide(ident: str | None) -> bool:
    found = entry(ident) if ident else None
    return found is not None and kind_of(found.kind).level >= _WIDE
