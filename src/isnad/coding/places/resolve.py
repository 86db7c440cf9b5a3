"""From parsed phrases with chosen senses to points and radii."""

from __future__ import annotations

from isnad.coding.places import geometry as geo
from isnad.coding.places.types import Node, Ref
from isnad.geodesy import distance
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Entry


def radius_of(ref: Ref, entry: Entry) -> float:
    """How far off: the text's own word decides, then the gazetteer's extent, then the kind."""
    if ref.radius_km is not None and ref.kind not in ("", "district", "canton", "governorate"):
        return ref.radius_km
    if ref.radius_km is not None and kind_of(entry.kind).level >= 2:
        return ref.radius_km
    kind = kind_of(entry.kind)
    return kind.radius_km if kind.group == "settlement" else entry.extent_km or kind.radius_km


def locate(node: Node) -> tuple[geo.Point, str] | None:
    """The point of a phrase and the full name of its relation; ``None`` if no name is located."""
    refs = [r for r in node.refs if r.chosen is not None]
    if not refs:
        return None
    entries = [r.chosen.entry for r in refs if r.chosen]
    points = [(e.lat, e.lon) for e in entries]
    first, entry = refs[0], entries[0]
    radius = radius_of(first, entry)
    if node.kind and node.radius_km is not None and node.relation in ("at", "near", "outskirts"):
        said = kind_of(node.kind).group
        if said in ("site", "camp", "frontline") or node.kind == "desert":
            radius = node.radius_km
    match node.relation:
        case "road" | "between":
            if len(points) > 1:
                return geo.line(points), node.relation
            return geo.Point(*points[0], max(radius, 4.0)), node.relation
        case "line":
            if len(points) > 1:
                return geo.line(points)._replace(
                    radius_km=max(4.0, geo.line(points).radius_km)
                ), "line"
            return geo.Point(*points[0], 4.0), "line"
        case "both-banks" | "bank":
            extent = entry.extent_km or 120.0
            return geo.Point(*points[0], min(extent, 120.0) if extent else 120.0), node.relation
        case "countryside":
            return _countryside(node, entries), "countryside"
        case "part" | "compass":
            return _compass(node, entry, radius)
        case "near":
            if node.distance_km:
                return geo.Point(*points[0], node.distance_km), "near"
            factor = geo.NEAR_FACTOR
        case _:
            factor = 1.0
    if node.direction:
        return _compass(node, entry, radius)
    if len(points) > 1:
        lat, lon = geo.middle(points)
        reach = max(distance(lat, lon, *p) for p in points)
        return geo.Point(lat, lon, max(reach, radius * factor)), node.relation
    return geo.Point(*points[0], radius * factor), node.relation


def _compass(node: Node, entry: Entry, radius: float) -> tuple[geo.Point, str]:
    direction = node.direction
    if direction not in geo.BEARINGS:
        return geo.Point(entry.lat, entry.lon, radius), "at"
    name = f"{geo.NAMES[direction]}-of"
    if node.distance_km:
        at = geo.moved(entry.lat, entry.lon, geo.BEARINGS[direction], node.distance_km)
        return geo.Point(*at, max(2.0, node.distance_km * 0.2)), name
    level = kind_of(entry.kind).level
    if level >= 4:
        extent = entry.extent_km or kind_of(entry.kind).radius_km
        return geo.quarter_of(entry.lat, entry.lon, extent, direction, level), name
    return geo.direction_of(entry.lat, entry.lon, radius, direction), name


def _countryside(node: Node, entries: list[Entry]) -> geo.Point:
    """«ريف حمص الشرقي»: the unit's seat, moved into the quarter."""
    lat, lon = geo.middle([(e.lat, e.lon) for e in entries])
    reach = max(distance(lat, lon, e.lat, e.lon) for e in entries)
    big = any(kind_of(e.kind).level >= 4 or e.kind == "city" for e in entries)
    radius = geo.QUARTER_RADIUS_KM
    if node.direction in geo.BEARINGS:
        share = 35.0 if big else 8.0
        lat, lon = geo.moved(lat, lon, geo.BEARINGS[node.direction], share + reach)
        return geo.Point(lat, lon, max(radius, reach * 1.5))
    return geo.Point(lat, lon, max(radius, reach))
