"""Our own forms, opened by other people's libraries: every incident is there, value by value."""

from __future__ import annotations

import csv
import json
import math
from importlib.metadata import EntryPoint
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from isnad.errors import IsnadError, UsageError
from isnad.incidents.merge import incident_of
from isnad.model import Incident
from isnad.publish import form, form_names
from isnad.publish.cells import original
from isnad.publish.flat import COLUMNS, flat, joined
from isnad.publish.forms import xlsx
from isnad.publish.frame import _registered
from isnad.publish.record import record

from .conftest import FORMS, killed, lines, one, party, place, tellings, told, written

SOME = [
    one(told("a", "r1", casualties=(killed(20, 99),), initiators=(party("isis", "=داعش"),))),
    one(told("b", "r2", place=None, time=None, type="aid", publisher="＝وكالة")),
    one(told("c", "r3", place=place(anchors=(), lat=20.07, lon=32.12))),
]


def all_of(several: Any) -> list[Incident]:
    return [incident_of([t]) for t in several]


@pytest.mark.parametrize("name", FORMS)
def test_the_same_incidents_give_the_same_bytes(name: str) -> None:
    assert written(name, SOME)[0] == written(name, SOME)[0]
    assert written(name, [])[2] == 0


@settings(max_examples=12, deadline=None)
@given(tellings())
def test_csv_rows_are_the_incidents(several: Any) -> None:
    incidents = all_of(several)
    data, _, count = written("csv", incidents)
    back = list(csv.reader(StringIO(data.decode("utf-8"), newline="")))
    assert back[0] == [c.name for c in COLUMNS]
    assert count == len(back) - 1 == len(incidents)
    for cells, incident in zip(back[1:], incidents, strict=True):
        want = ["" if v is None else str(v) for v in joined(flat(incident))]
        assert [original(c) for c in cells] == want


def test_unknown_is_empty_never_zero() -> None:
    row = flat(one(casualties=()))
    assert row["killed_best"] is None and row["wounded_low"] is None
    assert flat(SOME[1])["lat"] is None


def test_xlsx_opens_with_no_formula_in_it() -> None:
    import openpyxl

    data, losses, count = written("xlsx", SOME)
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None
    back = list(sheet.iter_rows())
    assert [c.value for c in back[0]] == [c.name for c in COLUMNS]
    assert count == len(back) - 1
    assert {c.data_type for r in back for c in r} <= {"s", "n", "d", "inlineStr"}
    names = {c.name: n for n, c in enumerate(COLUMNS)}
    assert back[2][names["publishers"]].value == "＝وكالة"
    assert back[1][names["killed_low"]].value == 20
    assert back[1][names["earliest"]].value.date().isoformat() == "2021-05-23"
    assert [x.says for x in losses if x.kind == "flagged"] == ["latitude and longitude swapped?"]


def test_xlsx_refuses_more_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    with pytest.raises(IsnadError, match="E605"):
        written("xlsx", SOME)


@settings(max_examples=12, deadline=None)
@given(tellings())
def test_parquet_holds_every_value(several: Any) -> None:
    import pyarrow.parquet as pq

    incidents = all_of(several)
    data, _, count = written("parquet", incidents)
    back = pq.read_table(BytesIO(data)).drop(["geometry"]).to_pylist()
    assert count == len(back)
    assert back == [flat(i) for i in incidents]


def test_duckdb_and_geopandas_read_the_parquet(tmp_path: Path) -> None:
    import duckdb
    import geopandas

    data, _, _ = written("parquet", SOME)
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    found = duckdb.execute(
        f"SELECT id, killed_low, initiators[1], earliest FROM read_parquet('{path}') ORDER BY id"
    ).fetchall()
    assert {r[0] for r in found} == {i.id for i in SOME}
    assert (20, "isis") in {(r[1], r[2]) for r in found}
    frame = geopandas.read_parquet(path)
    assert frame.crs is not None and frame.crs.to_authority() == ("OGC", "CRS84")
    assert [None if g is None else (g.x, g.y) for g in frame.geometry] == [
        (38.872, 34.887), None, (32.12, 20.07),
    ]  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(tellings())
def test_geojson_is_what_its_schema_says(several: Any) -> None:
    from geojson_pydantic import FeatureCollection

    incidents = all_of(several)
    data, _, count = written("geojson", incidents)
    found: Any = FeatureCollection.model_validate_json(data)
    assert count == len(found.features) == len(incidents)
    for feature, incident in zip(json.loads(data)["features"], incidents, strict=True):
        assert feature["id"] == incident.id
        p = incident.place
        if p is None or p.lat is None:
            assert feature["geometry"] is None
        else:
            assert feature["geometry"]["coordinates"] == [p.lon, p.lat]


def test_geopandas_reads_the_geojson(tmp_path: Path) -> None:
    import geopandas

    path = tmp_path / "a.geojson"
    path.write_bytes(written("geojson", SOME)[0])
    frame = geopandas.read_file(path)
    assert len(frame) == 3
    assert math.isclose(frame.geometry[0].x, 38.872)


@settings(max_examples=10, deadline=None)
@given(tellings())
def test_ftm_is_read_by_its_own_library(several: Any) -> None:
    ftm = pytest.importorskip(
        "followthemoney", reason="not installed: it has no wheels and needs ICU to be built"
    )
    incidents = all_of(several)
    data, _, count = written("ftm", incidents)
    found = [ftm.EntityProxy.from_dict(e) for e in lines(data)]
    for raw, entity in zip(lines(data), found, strict=True):
        assert entity.schema.validate({"properties": raw["properties"]}) is None
        assert {k: sorted(v) for k, v in entity.to_dict()["properties"].items()} == raw[
            "properties"
        ]
        for name, values in raw["properties"].items():
            kind = entity.schema.get(name).type
            assert all(kind.clean(v) is not None for v in values), (name, values)
    events = {e.id: e for e in found if e.schema.name == "Event"}
    assert count == len(incidents) and set(events) == {i.id for i in incidents}
    known = {e.id for e in found}
    for event in events.values():
        for name in ("organizer", "involved", "proof"):
            assert set(event.get(name)) <= known


def test_hxl_tags_stand_in_the_second_row() -> None:
    data, losses, count = written("hxl", [*SOME, one(status="planned")])
    back = list(csv.reader(StringIO(data.decode("utf-8"))))
    assert " ".join(back[1]) == (
        "#event+code #date+occurred #event+type #event+type+sub #group+name+first"
        " #group+name+second #adm1+name #adm2+name #loc+name #geo+lat #geo+lon #meta+source"
        " #description #affected+killed"
    )
    assert (count, len(back), losses.count("left out")) == (3, 5, 1)
    assert back[3][-1] == ""  # nobody counted the dead: not 0


@settings(max_examples=12, deadline=None)
@given(tellings())
def test_jsonl_holds_everything(several: Any) -> None:
    incidents = all_of(several)
    data, losses, count = written("jsonl", incidents)
    back = lines(data)
    assert count == len(back) == len(incidents)
    assert losses.count("dropped") == losses.count("left out") == 0
    for got, incident in zip(back, incidents, strict=True):
        coded = [row.pop("coded") for row in got["claims"]]
        for row in got["claims"]:
            row.pop("url")
        assert got == json.loads(json.dumps(record(incident)))
        assert coded == [t.claim.model_dump(mode="json") for t in incident.tellings]


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UsageError, match="E601"):
        form("nonesuch")


def test_another_package_may_register_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("mine", "isnad.publish.forms.csv:FORM", "isnad.exports")
    broken = EntryPoint("broken", "nowhere.at.all:FORM", "isnad.exports")
    monkeypatch.setattr("isnad.publish.frame.entry_points", lambda group: [entry, broken])
    _registered.cache_clear()
    try:
        assert form("mine").name == "csv"
        assert form_names()[-2:] == ("mine", "broken")
        with pytest.raises(UsageError, match="E601"):
            form("broken")
    finally:
        _registered.cache_clear()
