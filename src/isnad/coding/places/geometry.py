"""Points, radii and lines on the ground. Degrees WGS84, kilometres, great circles on a sphere.

Displacements follow the gold's practice: "north-west of X" moves the point by a little more than
half of X's radius and keeps the radius; a part of a governorate or country moves it towards that
quarter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from isnad.geodesy import EARTH_KM, distance

BEARINGS = {
    "N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0,
}  # fmt: skip
NAMES = {
    "N": "north", "NE": "north-east", "E": "east", "SE": "south-east", "S": "south",
    "SW": "south-west", "W": "west", "NW": "north-west",
}  # fmt: skip
DIRECTION_SHARE = 0.6
NEAR_FACTOR = 2.0
QUARTER_RADIUS_KM = 25.0
COUNTRY_QUARTER_KM = 120.0


class Point(NamedTuple):
    """A point and how far off it may be."""

    lat: float
    lon: float
    radius_km: float


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point ``km`` away at ``bearing`` degrees clockwise from north."""
    p, b, d = math.radians(lat), math.radians(bearing), km / EARTH_KM
    sine = math.sin(p) * math.cos(d) + math.cos(p) * math.sin(d) * math.cos(b)
    lat2 = math.asin(max(-1.0, min(1.0, sine)))
    lon2 = math.radians(lon) + math.atan2(
        math.sin(b) * math.sin(d) * math.cos(p), math.cos(d) - math.sin(p) * math.sin(lat2)
    )
    return math.degrees(lat2), (math.degrees(lon2) + 540) % 360 - 180


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of points on the sphere (of two: the great circle's midpoint).

    Raises:
        ValueError: if there are none.
    """
    if not points:
        raise ValueError("no points")
    x = y = z = 0.0
    for lat, lon in points:
        p, q = math.radians(lat), math.radians(lon)
        x += math.cos(p) * math.cos(q)
        y += math.cos(p) * math.sin(q)
        z += math.sin(p)
    if abs(x) + abs(y) + abs(z) < 1e-9:
        return points[0]
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def line(points: Sequence[tuple[float, float]]) -> Point:
    """A road or a stretch between points: its middle, and half of its length as the radius."""
    lat, lon = middle(points)
    half = max(distance(lat, lon, *p) for p in points)
    return Point(lat, lon, max(2.0, half))


def direction_of(lat: float, lon: float, radius: float, direction: str) -> Point:
    """ "North of X": moved by a share of X's radius, which stays."""
    at = moved(lat, lon, BEARINGS[direction], radius * DIRECTION_SHARE)
    return Point(*at, radius)


def quarter_of(lat: float, lon: float, extent: float, direction: str, level: int) -> Point:
    """A quarter of a large unit (governorate, country) whose point is its middle or its seat.

    A governorate (extent 75) is left by about 40 % of its extent, at least 15 km; a country by half
    of it, two thirds on a diagonal.
    """
    if level >= 5:
        share = 0.62 if len(direction) == 2 else 0.5
        at = moved(lat, lon, BEARINGS[direction], min(extent, 600.0) * share)
        return Point(*at, max(COUNTRY_QUARTER_KM, min(extent, 1200.0) * 0.35))
    at = moved(lat, lon, BEARINGS[direction], max(15.0, extent * 0.42))
    return Point(*at, max(QUARTER_RADIUS_KM, extent * 0.35))


class Located(Protocol):
    """What :func:`combine` needs of a mention."""

    lat: float | None
    lon: float | None
    radius_km: float | None


class Combined(NamedTuple):
    """The place of several mentions under one verb (GUIDELINES, finer rule 1)."""

    lat: float
    lon: float
    radius_km: float
    number: int


def combine(mentions: Iterable[Located]) -> Combined | None:
    """Centre of the located mentions, the radius reaching the farthest; ``None`` if there are none.

    A single mention keeps its own radius.
    """
    points = [
        (m.lat, m.lon, m.radius_km or 0.0)
        for m in mentions if m.lat is not None and m.lon is not None
    ]  # fmt: skip
    if not points:
        return None
    if len(points) == 1:
        return Combined(*points[0], 1)
    lat, lon = middle([p[:2] for p in points])
    reach = max(distance(lat, lon, p[0], p[1]) for p in points)
    return Combined(lat, lon, round(max(reach, *(p[2] for p in points)), 1), len(points))
