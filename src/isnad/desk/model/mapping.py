"""Incidents on a map: points, roads, areas, and counts where many fall together.

In: rows, a zoom. Out: GeoJSON features. Nothing is drawn as a bare pin: each keeps its radius in
km. A road is the line between its places, a wide place a circle; the rest are points, which are
joined where they fall into one cell of the screen at this zoom, or onto one point at any.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from isnad.desk.model.row import Row
from isnad.geodesy import KM_PER_DEGREE

FEATURES = 5000
CELL = 48
"""Pixels of the screen that one count covers."""
_SHOWN = 50
_STEPS = 32


def map_of(rows: Iterable[Row], zoom: int) -> dict[str, Any]:
    """A GeoJSON feature collection.

    Args:
        rows: the incidents.
        zoom: 0 (the world in 256 pixels) to 18; each step doubles.
    """
    points: dict[tuple[int, int], list[Row]] = defaultdict(list)
    areas: dict[tuple[float, float, float], list[Row]] = defaultdict(list)
    features: list[dict[str, Any]] = []
    unplaced = total = 0
    for r in rows:
        total += 1
        if r.lat is None or r.lon is None:
            unplaced += 1
        elif r.shape == "road" and r.line:
            features.append(_line(r))
        elif r.shape == "area":
            areas[r.lat, r.lon, r.radius or 0.0].append(r)
        else:
            points[_cell(r.lat, r.lon, zoom)].append(r)
    features += [_area(*key, some) for key, some in areas.items()]
    for some in points.values():
        features += [_point(some[0])] if len(some) == 1 else [_many(some)]
    capped = len(features) > FEATURES
    if capped:
        features.sort(key=lambda f: -int(f["properties"].get("count", 1)))
        del features[FEATURES:]
    return {
        "type": "FeatureCollection", "features": features, "unplaced": unplaced, "total": total,
        "capped": capped,
    }  # fmt: skip


def _cell(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    size = CELL / (256 * 2**zoom)
    bounded = math.radians(max(-85.0, min(85.0, lat)))
    y = (1 - math.asinh(math.tan(bounded)) / math.pi) / 2
    return math.floor(((lon + 180) / 360) / size), math.floor(y / size)


def _feature(geometry: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    shape = {"type": geometry, "coordinates": coordinates}
    return {"type": "Feature", "geometry": shape, "properties": properties}


def _own(r: Row, kind: str) -> dict[str, Any]:
    time = r.shown["time"]
    return {
        "kind": kind, "id": r.id, "type": r.type, "radius_km": r.radius, "shape": r.shape,
        "killed": r.best.get("killed"), "precision": time["precision"] if time else None,
        "status": r.shown["status"], "grade": r.shown["grade"],
    }  # fmt: skip


def _point(r: Row) -> dict[str, Any]:
    return _feature("Point", [r.lon, r.lat], _own(r, "incident"))


def _line(r: Row) -> dict[str, Any]:
    return _feature("LineString", r.line, _own(r, "road"))


def _counted(some: list[Row]) -> dict[str, Any]:
    dead = [r.best["killed"] for r in some if "killed" in r.best]
    return {
        "count": len(some), "types": dict(Counter(r.type for r in some).most_common()),
        "killed": sum(dead) if dead else None, "ids": [r.id for r in some[:_SHOWN]],
    }  # fmt: skip


def _many(some: list[Row]) -> dict[str, Any]:
    places = {(r.lon, r.lat) for r in some}
    lons = [r.lon for r in some if r.lon is not None]
    lats = [r.lat for r in some if r.lat is not None]
    middle = [round(sum(lons) / len(lons), 5), round(sum(lats) / len(lats), 5)]
    box = [min(lons), min(lats), max(lons), max(lats)]
    radius = max((r.radius for r in some if r.radius is not None), default=None)
    more = {"kind": "many", "same": len(places) == 1, "box": box, "radius_km": radius}
    return _feature("Point", middle, more | _counted(some))


def _area(lat: float, lon: float, radius: float, some: list[Row]) -> dict[str, Any]:
    place = some[0].shown["place"]
    more: dict[str, Any] = {
        "kind": "area", "radius_km": radius, "middle": [lon, lat],
        "name": {"id": place["gazetteer"], "ar": place["ar"], "en": place["en"]},
    }  # fmt: skip
    if len(some) == 1:
        more |= _own(some[0], "area")
    return _feature("Polygon", [circle(lat, lon, radius)], more | _counted(some))


def circle(lat: float, lon: float, km: float) -> list[list[float]]:
    """A closed ring of ``[lon, lat]`` around a point, ``km`` away from it."""
    high = km / KM_PER_DEGREE
    wide = high / max(0.05, math.cos(math.radians(lat)))
    turn = [2 * math.pi * k / _STEPS for k in range(_STEPS)]
    ring = [
        [round(lon + wide * math.cos(t), 5), round(max(-90, min(90, lat + high * math.sin(t))), 5)]
        for t in turn
    ]
    return [*ring, ring[0]]
