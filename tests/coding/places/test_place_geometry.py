"""Geometry: laws that hold for all points, and the contract's radii."""

import math

from hypothesis import given
from hypothesis import strategies as st

from isnad.coding.places import combine
from isnad.coding.places.geometry import BEARINGS, direction_of, line, middle, moved
from isnad.coding.places.types import PlaceMention
from isnad.geodesy import distance

LAT = st.floats(-80, 80)
LON = st.floats(-179.9, 179.9)
KM = st.floats(0.1, 2000)


@given(LAT, LON, LAT, LON)
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    there, back = distance(a, b, c, d), distance(c, d, a, b)
    assert math.isclose(there, back, rel_tol=1e-9, abs_tol=1e-6)
    assert 0 <= there <= 20_016


@given(LAT, LON, st.sampled_from(sorted(BEARINGS)), KM)
def test_moving_goes_that_far(lat: float, lon: float, direction: str, km: float) -> None:
    there = moved(lat, lon, BEARINGS[direction], km)
    assert math.isclose(distance(lat, lon, *there), km, rel_tol=1e-5, abs_tol=1e-3)


@given(st.floats(-60, 60), LON, st.sampled_from(["N", "S"]), st.floats(1, 500))
def test_north_is_north(lat: float, lon: float, direction: str, km: float) -> None:
    there = moved(lat, lon, BEARINGS[direction], km)
    assert (there[0] > lat) == (direction == "N")


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(-5, 5), st.floats(-5, 5))
def test_middle_is_as_far_from_both_ends(lat: float, lon: float, dy: float, dx: float) -> None:
    a, b = (lat, lon), (lat + dy, lon + dx)
    m = middle([a, b])
    assert math.isclose(distance(*m, *a), distance(*m, *b), rel_tol=1e-6, abs_tol=1e-3)
    assert line([a, b]).radius_km >= distance(*a, *b) / 2 - 1e-3


@given(st.lists(st.tuples(st.floats(10, 40), st.floats(10, 60), st.floats(1, 30)), max_size=6))
def test_combine_reaches_the_farthest(points: list[tuple[float, float, float]]) -> None:
    mentions = [
        PlaceMention(0, 1, 0, 0, 1, "x", lat=a, lon=b, radius_km=r, located=True)
        for a, b, r in points
    ]
    got = combine(mentions)
    if not points:
        assert got is None
        return
    assert got is not None and got.number == len(points)
    for a, b, _ in points:
        assert distance(got.lat, got.lon, a, b) <= got.radius_km + 0.06


def test_combine_leaves_out_what_is_not_located() -> None:
    lost = PlaceMention(0, 1, 0, 0, 1, "x")
    one = PlaceMention(0, 1, 0, 0, 1, "y", lat=36.0, lon=37.0, radius_km=4.0, located=True)
    assert combine([lost]) is None
    assert combine([lost, one]) == (36.0, 37.0, 4.0, 1)


def test_a_direction_keeps_the_radius() -> None:
    p = direction_of(36.0, 37.0, 8.0, "NW")
    assert p.radius_km == 8.0 and p.lat > 36.0 and p.lon < 37.0
