"""UCDP GED: headers letter by letter, types of violence, precision, deaths by side."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings

from isnad.incidents.merge import incident_of
from isnad.model import Incident
from isnad.publish.forms.ucdp import priogrid
from isnad.publish.losses import Losses

from .conftest import DAY, killed, on, one, party, place, tellings, told, written

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
)
FIGHT = {"initiators": (party("isis"),), "targets": (party("syr-assad-forces"),)}


def rows(*incidents: Incident) -> tuple[list[dict[str, str]], Losses]:
    data, losses, count = written("ucdp", incidents)
    found = list(csv.DictReader(StringIO(data.decode("utf-8"))))
    assert len(found) == count
    return found, losses


def row(**fields: Any) -> dict[str, str]:
    found, losses = rows(one(**{"casualties": (killed(4),), **FIGHT, **fields}))
    assert len(found) == 1, list(losses)
    return found[0]


def test_the_header_letter_by_letter() -> None:
    data, _, _ = written("ucdp", [])
    assert data == HEADER.encode() + b"\r\n"
    assert len(HEADER.split(",")) == 49


def test_a_state_is_side_a() -> None:
    r = row()
    assert (r["type_of_violence"], r["side_a"]) == ("1", "Government of Syria")
    assert (r["side_b"], r["dyad_name"]) == (
        "Islamic State", "Government of Syria - Islamic State",
    )  # fmt: skip
    assert (r["gwnoa"], r["gwnob"], r["country_id"], r["region"]) == (
        "652",
        "",
        "652",
        "Middle East",
    )
    assert (r["best"], r["low"], r["high"], r["deaths_unknown"]) == ("4", "4", "4", "4")
    assert r["date_start"] == "2021-05-23 00:00:00.000"
    assert (r["date_prec"], r["where_prec"], r["event_clarity"]) == ("1", "1", "1")
    assert r["geom_wkt"] == "POINT (38.872 34.887)"


def test_ucdps_own_ids_stay_empty() -> None:
    r = row()
    own = [c for c in r if c.endswith(("dset_id", "new_id"))]
    assert [r[c] for c in (*own, "id", "relid", "conflict_name", "active_year", "code_status")] == (
        [""] * (len(own) + 5)
    )  # fmt: skip


def test_types_of_violence() -> None:
    assert row(targets=(party("syr-sdf"),))["type_of_violence"] == "2"
    one_sided = row(targets=(party("civilians"),), casualties=(killed(3, who="civilians"),))
    assert (one_sided["type_of_violence"], one_sided["side_b"]) == ("3", "Civilians")
    assert (one_sided["deaths_civilians"], one_sided["deaths_unknown"]) == ("3", "0")
    clash = row(type="armed_clash", initiators=(party("syr-sdf"), party("tur-forces")), targets=())
    assert (clash["type_of_violence"], clash["side_a"]) == ("1", "Government of Turkey")


def test_deaths_by_side_and_the_rest_unknown() -> None:
    r = row(casualties=(killed(9), killed(5, who="syr-republican-guard"), killed(2, who="isis"),
                        killed(1, who="children")))  # fmt: skip
    assert [r[c] for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")] == [
        "5", "2", "1", "1",
    ]  # fmt: skip


def test_low_best_high() -> None:
    found, _ = rows(one(told("a", "r1", casualties=(killed(3),), **FIGHT),
                        told("b", "r2", casualties=(killed(6),), **FIGHT),
                        told("c", "r3", casualties=(killed(6),), **FIGHT)))  # fmt: skip
    assert [found[0][c] for c in ("low", "best", "high")] == ["3", "6", "6"]
    assert found[0]["number_of_sources"] == "3"


@pytest.mark.parametrize(("days", "precision"), [
    (1, "1"), (2, "2"), (6, "2"), (7, "3"), (8, "4"), (31, "4"), (32, "5"), (366, "5"), (367, None),
])  # fmt: skip
def test_date_precision(days: int, precision: str | None) -> None:
    time = on(DAY, DAY + dt.timedelta(days=days - 1))
    found, _ = rows(one(time=time, casualties=(killed(4),), **FIGHT))
    assert [r["date_prec"] for r in found] == ([precision] if precision else [])


@pytest.mark.parametrize(("fields", "precision"), [
    ({}, "1"), ({"relation": "near", "radius_km": 15.0}, "2"),
    ({"anchors": ("syr-al-sukhna-subdistrict",), "radius_km": 25.0}, "3"),
    ({"anchors": ("syr-aleppo-governorate",), "radius_km": 75.0}, "4"),
    ({"relation": "road", "anchors": ("syr-palmyra", "syr-deir-ez-zor")}, "5"),
    ({"anchors": ("syr-country",), "radius_km": 300.0}, "6"),
])  # fmt: skip
def test_where_precision(fields: dict[str, Any], precision: str) -> None:
    assert row(place=place(**fields))["where_prec"] == precision


@pytest.mark.parametrize(("fields", "says"), [
    ({"casualties": ()}, "deaths only"), ({"casualties": (killed(0),)}, "deaths only"),
    ({"status": "planned"}, "planned"), ({"initiators": ()}, "organised"),
    ({"targets": ()}, "organised"), ({"place": None}, "place"),
])  # fmt: skip
def test_what_is_out_of_scope_is_told(fields: dict[str, Any], says: str) -> None:
    found, losses = rows(one(**{"casualties": (killed(4),), **FIGHT, **fields}))
    assert found == []
    assert [says in x.says for x in losses if x.kind == "left out"] == [True]


@pytest.mark.parametrize(("lat", "lon", "cell"), [
    (34.5328, 69.1658, 179779), (-90, -180, 1), (89.99, 179.99, 259200), (90, 180, 259200),
])  # fmt: skip
def test_priogrid(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell


@settings(max_examples=25, deadline=None)
@given(tellings())
def test_deaths_add_up(several: Any) -> None:
    incidents = [incident_of([t]) for t in several]
    found, losses = rows(*incidents)
    assert len(found) + losses.count("left out") == len(incidents)
    for r in found:
        parts = [r[f"deaths_{s}"] for s in ("a", "b", "civilians", "unknown")]
        assert sum(map(int, parts)) == int(r["best"]) >= 1
        assert int(r["low"]) <= int(r["best"]) <= int(r["high"])
        assert r["date_start"] <= r["date_end"]
