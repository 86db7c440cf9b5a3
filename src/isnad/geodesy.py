"""Distances and boxes on the earth, for whoever has points: it knows nothing else of ours."""

from __future__ import annotations

import math

EARTH_KM = 6371.0088
"""Mean radius of the earth in kilometres (IUGG)."""
KM_PER_DEGREE = math.radians(EARTH_KM)
"""Kilometres of a degree of latitude."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west is greater than east across the antimeridian."""


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle kilometres."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = (
        math.sin((p2 - p1) / 2) ** 2
        + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def inside(lat: float, lon: float, box: Box) -> bool:
    """Whether a point lies in a box."""
    west, south, east, north = box
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and across
