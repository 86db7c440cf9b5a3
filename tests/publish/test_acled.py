"""ACLED: headers letter by letter, and each derived code by its rule."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings

from isnad.incidents.merge import incident_of
from isnad.model import Incident
from isnad.publish.frame import Snapshot
from isnad.publish.losses import Losses

from .conftest import DAY, killed, on, one, party, place, tellings, told, written

HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)


def rows(*incidents: Incident, **about: Any) -> tuple[list[dict[str, str]], Losses]:
    data, losses, count = written("acled", incidents, **about)
    found = list(csv.DictReader(StringIO(data.decode("utf-8"))))
    assert len(found) == count
    return found, losses


def row(*incidents: Incident, **about: Any) -> dict[str, str]:
    found, _ = rows(*incidents, **about)
    assert len(found) == 1
    return found[0]


def test_the_header_letter_by_letter() -> None:
    data, _, count = written("acled", [])
    assert data == HEADER.encode() + b"\r\n"
    assert count == 0
    assert len(HEADER.split(",")) == 31


def test_a_battle() -> None:
    r = row(one(type="ambush", initiators=(party("isis"),), targets=(party("syr-assad-forces"),),
                casualties=(killed(4),)),
            snapshot=Snapshot(7, "a" * 64, "2021-06-01T00:00:00.000+00:00"))  # fmt: skip
    assert (r["event_type"], r["sub_event_type"]) == ("Battles", "Armed clash")
    assert r["disorder_type"] == "Political violence"
    assert (r["actor1"], r["inter1"]) == ("Islamic State (Syria)", "Rebel group")
    assert (r["actor2"], r["inter2"]) == ("Military Forces of Syria (2000-2024)", "State forces")
    assert r["interaction"] == "State forces-Rebel group"
    assert (r["iso"], r["region"], r["country"]) == ("760", "Middle East", "Syria")
    assert (r["admin1"], r["admin2"], r["location"]) == ("Homs", "Tadmur", "Al-Sukhna")
    assert (r["latitude"], r["longitude"], r["geo_precision"]) == ("34.8870", "38.8720", "1")
    assert (r["event_date"], r["year"], r["time_precision"]) == ("2021-05-23", "2021", "1")
    assert (r["fatalities"], r["civilian_targeting"]) == ("4", "")
    assert r["timestamp"] == "1622505600"


def test_a_class_depends_on_the_place_and_the_name_on_the_day() -> None:
    abroad = row(one(type="air_strike", initiators=(party("rus-air-force"),)))
    assert abroad["inter1"] == "External/Other forces"
    late = dt.date(2025, 2, 1)
    now = row(one(initiators=(party("syr-assad-forces"),), time=on(late)))
    assert now["inter1"] == "State forces"


def test_violence_against_civilians_needs_none_but_civilians() -> None:
    r = row(one(type="killing", targets=(party("children"),)))
    assert (r["event_type"], r["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (r["actor1"], r["inter1"]) == ("Unidentified Armed Group (Syria)", "Political militia")
    assert (r["actor2"], r["civilian_targeting"]) == ("Civilians (Syria)", "Civilians targeted")
    assert r["interaction"] == "Political militia-Civilians"
    mixed = row(one(type="armed_attack", initiators=(party("isis"),),
                    targets=(party("civilians"), party("syr-sdf"))))  # fmt: skip
    assert mixed["event_type"] == "Battles"
    assert "Civilians" not in mixed["actor2"] + mixed["assoc_actor_2"]


def test_civilians_stand_beside_in_explosions() -> None:
    r = row(one(targets=(party("civilians"), party("syr-sdf")), initiators=(party("tur-forces"),)))
    assert r["assoc_actor_2"] == "Civilians (Syria)"
    assert r["civilian_targeting"] == ""
    only = row(one(targets=(party("civilians"),), initiators=(party("tur-forces"),)))
    assert only["interaction"] == "External/Other forces-Civilians"
    assert only["civilian_targeting"] == "Civilians targeted"


def test_both_sides_of_a_clash_are_initiators() -> None:
    r = row(one(type="armed_clash", initiators=(party("syr-sdf"), party("tur-forces"))))
    assert r["inter1"] and r["inter2"] and r["actor1"] != r["actor2"]


def test_protests() -> None:
    r = row(one(type="protest", initiators=(party("protesters"),)))
    assert (r["sub_event_type"], r["disorder_type"]) == ("Peaceful protest", "Demonstrations")
    assert (r["actor1"], r["interaction"]) == ("Protesters (Syria)", "Protesters only")
    shot = row(one(type="protest", initiators=(party("protesters"), party("syr-assad-forces")),
                   casualties=(killed(2),)))  # fmt: skip
    assert shot["sub_event_type"] == "Excessive force against protesters"
    assert shot["disorder_type"] == "Political violence; Demonstrations"
    assert shot["interaction"] == "State forces-Protesters"


@pytest.mark.parametrize(("counts", "deaths", "says"), [
    ([(5, 5)], "5", None), ([(20, 99)], "12", "20-99 → 12"), ([(200, 999)], "100", "200-999 → 100"),
    ([(2, None)], "3", "2-… → 3"), ([(3, 9)], "3", "3-9 → 3"), ([(41, None)], "41", "41-… → 41"),
    ([], "0", "no count"), ([(None, 40)], "0", "open lower end"), ([(15, 20)], "15", "15-20 → 15"),
])  # fmt: skip
def test_fatalities(
    counts: list[tuple[int | None, int | None]], deaths: str, says: str | None
) -> None:
    harm = tuple(killed(1).model_copy(update={"low": a, "high": b}) for a, b in counts)
    found, losses = rows(one(casualties=harm))
    assert found[0]["fatalities"] == deaths
    told_of = [x.says for x in losses if x.field == "fatalities"]
    assert (not told_of) if says is None else says in told_of[0]


def test_the_lowest_of_the_newest_reports_counts() -> None:
    later = DAY + dt.timedelta(days=3)
    r = row(one(told("a", "r1", casualties=(killed(3),)),
                told("b", "r2", casualties=(killed(9),), published=later),
                told("c", "r3", casualties=(killed(7),), published=later)))  # fmt: skip
    assert r["fatalities"] == "7"


@pytest.mark.parametrize(("first", "days", "date", "precision"), [
    (dt.date(2021, 5, 23), 1, "2021-05-23", "1"), (dt.date(2021, 5, 1), 31, "2021-05-16", "3"),
    (dt.date(2021, 5, 1), 7, "2021-05-04", "2"), (dt.date(2021, 2, 1), 28, "2021-02-14", "3"),
    (dt.date(2021, 5, 1), 32, None, None),
])  # fmt: skip
def test_time_precision(first: dt.date, days: int, date: str | None, precision: str | None) -> None:
    found, losses = rows(one(time=on(first, first + dt.timedelta(days=days - 1))))
    if date is None:
        assert found == [] and losses.count("left out") == 1
    else:
        assert (found[0]["event_date"], found[0]["time_precision"]) == (date, precision)


def test_a_day_of_publication_that_stands_in_is_told() -> None:
    found, losses = rows(one(time=None))
    assert (found[0]["event_date"], found[0]["time_precision"]) == ("2021-05-23", "2")
    assert any("day of publication" in x.says for x in losses if x.field == "event_date")
    assert rows(one(time=None, published=None))[0] == []


@pytest.mark.parametrize(("fields", "precision"), [
    ({}, "1"), ({"relation": "near", "radius_km": 8.0}, "2"),
    ({"anchors": ("syr-al-sukhna-subdistrict",), "radius_km": 25.0}, "2"),
    ({"anchors": ("syr-syrian-desert",), "radius_km": 120.0}, "3"),
    ({"anchors": ("syr-country",), "radius_km": 300.0}, None), ({"lat": None, "lon": None}, None),
])  # fmt: skip
def test_geo_precision(fields: dict[str, Any], precision: str | None) -> None:
    found, _ = rows(one(place=place(**fields)))
    assert [r["geo_precision"] for r in found] == ([precision] if precision else [])


@pytest.mark.parametrize(("fields", "says"), [
    ({"type": "operation", "status": "planned"}, "planned"),
    ({"status": "denied"}, "denied"), ({"type": "aid"}, "aid"),
    ({"type": "disappearance", "targets": (party("irq-nujaba"),)}, "missing fighters"),
])  # fmt: skip
def test_what_it_cannot_hold_is_left_out_and_counted(fields: dict[str, Any], says: str) -> None:
    found, losses = rows(one(**fields))
    assert found == []
    assert [says in x.says for x in losses if x.kind == "left out"] == [True]


def test_same_actors_place_and_day_are_one_event_of_the_higher_type() -> None:
    sides = {"initiators": (party("syr-assad-forces"),), "targets": (party("syr-sdf"),)}
    shelling = one(told("a", "r1", casualties=(killed(1),), **sides))
    clash = one(told("b", "r2", type="armed_clash", casualties=(killed(2),), **sides))
    other = one(told("c", "r3", time=on(DAY + dt.timedelta(days=1)), **sides))
    found, losses = rows(shelling, clash, other)
    assert [(r["sub_event_type"], r["fatalities"]) for r in found] == [
        ("Armed clash", "3"), ("Shelling/artillery/missile attack", "0"),
    ]  # fmt: skip
    assert losses.count("left out") == 1
    assert len(rows(shelling, clash, each="claim")[0]) == 2


@settings(max_examples=25, deadline=None)
@given(tellings())
def test_every_row_is_written_or_told_of(several: Any) -> None:
    incidents = [incident_of([t]) for t in several]
    found, losses = rows(*incidents, each="claim")
    assert len(found) + losses.count("left out") == len(incidents)
    for r in found:
        assert r["time_precision"] in "123" and r["geo_precision"] in "123"
        assert r["fatalities"].isdigit() and r["event_type"] and r["country"] is not None
