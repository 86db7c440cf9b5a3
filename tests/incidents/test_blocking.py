"""Blocking finds each other's pairs both ways, and reads days from what reports carry."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from isnad.incidents.blocking import post, probe
from isnad.incidents.days import day_of
from isnad.incidents.features import features_of
from isnad.model import Claim, Place, Report, Telling, Time

DAY = dt.date(2031, 5, 1)
PLACES = st.one_of(
    st.none(),
    st.builds(
        lambda lat, lon, radius: Place(as_written="ق", span=(0, 1), lat=lat, lon=lon, radius_km=radius),
        st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([2.0, 8.0, 25.0, 120.0]),
    ),
    st.builds(
        lambda lat, lon, radius: Place(as_written="ق", span=(0, 1), lat=lat, lon=lon, radius_km=radius),
        st.floats(35, 35.3), st.floats(37, 37.3), st.sampled_from([2.0, 8.0, 25.0]),
    ),
)  # fmt: skip
TIMES = st.one_of(
    st.none(),
    st.builds(
        lambda first, length: Time(
            as_written="ي", span=(0, 1), earliest=DAY + dt.timedelta(first), latest=DAY + dt.timedelta(first + length)
        ),
        st.integers(0, 5), st.sampled_from([0, 0, 1, 4, 40]),
    ),
)  # fmt: skip
TELLINGS = st.builds(
    lambda place, time, words: Telling(
        id="x", report="x", claim=Claim(type="shelling", place=place, time=time), words=words
    ),
    PLACES, TIMES, st.sampled_from(["", "قنبر شواخ", "كرزون فاعور"]),
)  # fmt: skip


@given(TELLINGS, TELLINGS)
def test_finding_is_mutual(one: Telling, other: Telling) -> None:
    a, b = features_of(one), features_of(other)
    assert bool(probe(a) & post(b)) == bool(probe(b) & post(a))


@given(TELLINGS)
def test_what_is_alike_is_found(one: Telling) -> None:
    f = features_of(one)
    if f.point and f.days and not f.summed:
        assert probe(f) & post(f)


def test_neighbours_over_a_cell_border_and_the_date_line_are_found() -> None:
    def at(lon: float) -> Telling:
        place = Place(as_written="ق", span=(0, 1), lat=10.0, lon=lon, radius_km=2)
        time = Time(as_written="ي", span=(0, 1), earliest=DAY, latest=DAY)
        return Telling(id="x", report="x", claim=Claim(type="shelling", place=place, time=time))

    for one, other in ((37.249, 37.251), (179.99, -179.99)):
        assert probe(features_of(at(one))) & post(features_of(at(other)))


def test_the_day_of_a_report() -> None:
    at = "https://twitter.com/x/status/1860394496000000000"
    assert day_of(Report(text="ن", published="2024-01-02", url=at)) == dt.date(2024, 1, 2)  # type: ignore[arg-type]
    assert day_of(Report(text="ن", url=at)) == dt.date(2024, 11, 23)
    assert day_of(Report(text="ن", url="https://example.org/2022/08/19/x")) == dt.date(2022, 8, 19)
    assert day_of(Report(text="ن", url="https://example.org/2022/13/40/x")) is None
    assert day_of(Report(text="7:55 PM · Nov 23, 2024")) == dt.date(2024, 11, 23)
    assert day_of(Report(text="قصف أمس")) is None
