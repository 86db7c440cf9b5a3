"""The public view: what those without an account see. Later, coarser, and without anybody's words.

Recent incidents are held back, points are moved to a grid, places finer than the grid lose their
names, and no words of a report are in it: titles and places as written may name private persons.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from isnad.desk.model.names import entry
from isnad.desk.model.row import Row
from isnad.desk.model.view import View
from isnad.desk.settings import Settings
from isnad.knowledge.compiled import knowledge
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.publish.safety import snapped

_WIDE = 3
"""The level of a district: only places of it or wider keep their names."""
_HIDDEN = frozenset(["review"])


def public_view(view: View, settings: Settings, today: dt.date) -> View:
    """What of a view is public."""
    last = today.toordinal() - settings.delay_days
    return View.made(
        view.head,
        (coarse(r, settings.round_km) for r in view.rows if r is not None and _old(r, last)),
    )


def _old(r: Row, last: int) -> bool:
    """Whether all that is known of its time lies far enough back; without any, it is held back."""
    known = [d for d in (r.earliest, r.latest, r.first_told, r.last_told) if d is not None]
    return bool(known) and max(known) <= last


def coarse(r: Row, km: float) -> Row:
    """A row as the public sees it."""
    lat, lon = r.lat, r.lon
    if lat is not None and lon is not None and km > 0:
        lat, lon = snapped(lat, lon, km)  # the grid of the exports: two would tell more than one
    radius = max(r.radius or 0.0, km) if lat is not None else None
    place: dict[str, Any] | None = r.shown["place"]
    if place is not None:
        wide = _wide(place["gazetteer"])
        place = {
            **place, "as_written": None, "lat": lat, "lon": lon, "radius_km": radius,
            "relation": None, "shape": "area" if lat is not None else "point",
            **({} if wide else {"ar": None, "en": None, "gazetteer": None}),
        }  # fmt: skip
    time = r.shown["time"] and {**r.shown["time"], "as_written": None}
    head = {"text": None, "report": None}
    shown = {**r.shown, "headline": head, "place": place, "time": time, "review": None}
    keys = frozenset(k for k in r.keys if _open(*k))
    return replace(
        r, shown=shown, keys=keys, lat=lat, lon=lon, radius=radius, line=None, shape="area",
    )  # fmt: skip


def _open(facet: str, value: str) -> bool:
    """Whether the public may filter by a value: not by fine places, nor by sources' own names,
    which may be those of persons."""
    if facet == "origin":
        return value in knowledge().actors
    return facet not in _HIDDEN and (facet != "place" or _wide(value))


def _wide(ident: str | None) -> bool:
    found = entry(ident) if ident else None
    return found is not None and kind_of(found.kind).level >= _WIDE
