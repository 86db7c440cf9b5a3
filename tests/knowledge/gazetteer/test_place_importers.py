"""A user's own files in every form, and what is refused, with file and line."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.knowledge.gazetteer.importers import NOWHERE, read_places

GEONAMES = (
    "1\tTall Tamr\tTall Tamr\tTell Tamer,تل تمر\t36.65\t40.37\tP\tPPL\tSY\t\t02\t\t\t\t5000\t\t300\tAsia/Damascus\t2020-01-01\n"
    "2\tA hotel\tA hotel\tفندق\t36.65\t40.37\tS\tHTL\tSY\t\t02\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01\n"
)


def put(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_plain_csv(tmp_path: Path) -> None:
    rows = read_places(put(tmp_path, "a.csv", "name,lat,lon\nقرية الخيال,36.5,38.5\n"), "SYR")
    assert [(r.name_ar, r.kind, r.country, r.lat, r.lon) for r in rows] == [
        ("قرية الخيال", "village", "SYR", 36.5, 38.5)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_a_byte_order_mark(tmp_path: Path, delimiter: str) -> None:
    text = "\ufeff" + "\n".join(
        delimiter.join(line)
        for line in (["Name_AR", "Latitude", "Longitude"], ["سرمين", "35.9", "36.7"])
    )
    assert read_places(put(tmp_path, "a.csv", text))[0].name_ar == "سرمين"


def test_whos_on_first(tmp_path: Path) -> None:
    text = (
        "wof_id,placetype,name,name_ar,name_ar_variants,name_en,variants,lat,lon,country,population,"
        "is_current,superseded_by\n"
        "7,locality,Sarmin,سرمين,,Sarmin,Sermin|صرمين,35.9,36.7,SY,20000,1,\n"
        "8,locality,Old,قديمة,,Old,,35.9,36.7,SY,,0,7\n"
        "9,county,Idlib,قضاء إدلب,,Idlib,,35.9,36.7,SY,,1,\n"
    )
    rows = read_places(put(tmp_path, "wof.csv", text))
    assert [(r.id, r.kind, r.country) for r in rows] == [
        ("wof-7", "town", "SYR"), ("wof-9", "district", "SYR"),
    ]  # fmt: skip
    assert "صرمين" in rows[0].variants_ar and "Sermin" in rows[0].variants_en


def test_pcodes(tmp_path: Path) -> None:
    text = "id,pcode,name_ar,name_en,lat,lon\n0,C1,ابين- عفرين,Abin,36.4,36.9\n1,C2,بلا نقطة,X,,\n"
    (row,) = read_places(put(tmp_path, "p.csv", text))
    assert (row.name_ar, row.name_en) == ("ابين", "Abin")


def test_official_units_without_points(tmp_path: Path) -> None:
    text = "ADM0_PCODE,ADM1_PCODE,ADM1_EN,ADM1_AR\nYE,YE11,Ibb,اب\n"
    (row,) = read_places(put(tmp_path, "adm1.csv", text))
    assert (row.kind, row.country, row.lat) == ("governorate", "YEM", NOWHERE)


def test_geojson(tmp_path: Path) -> None:
    data = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name:ar": "سرمين", "name": "Sarmin"},
             "geometry": {"type": "Point", "coordinates": [36.7, 35.9]}},
            {"type": "Feature", "properties": {"name": "حقل"},
             "geometry": {"type": "Polygon", "coordinates": [[[36, 35], [38, 35], [38, 37], [36, 35]]]}},
            {"type": "Feature", "properties": {"name": "بلا"}, "geometry": None},
        ],
    }  # fmt: skip
    rows = read_places(put(tmp_path, "a.geojson", json.dumps(data)))
    assert [(r.lat, r.lon) for r in rows] == [(35.9, 36.7), (36.0, 37.0)]


def test_geonames_dump_plain_and_zipped(tmp_path: Path) -> None:
    plain = read_places(put(tmp_path, "SY.txt", GEONAMES))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as z:
        z.writestr("SY.txt", GEONAMES)
        z.writestr("readme.txt", "x")
    (tmp_path / "SY.zip").write_bytes(buffer.getvalue())
    assert read_places(tmp_path / "SY.zip") == plain
    assert [(r.id, r.name_ar, r.country) for r in plain] == [("gn-1", "تل تمر", "SYR")]


@pytest.mark.parametrize(
    ("name", "text", "code", "where"),
    [
        ("a.csv", "name,lat,lon\nx,91,10\n", "E412", "a.csv:2"),
        ("a.csv", "name,lat,lon\nok,1,1\nx,1,far\n", "E412", "a.csv:3"),
        ("a.csv", "name,lat,lon\nx,nan,1\n", "E412", "a.csv:2"),
        ("a.csv", "name,lat,lon\nx,1,1,1,1\n", "E412", "a.csv:2"),
        ("a.csv", "town,north,east\nx,1,1\n", "E411", "a.csv:1"),
        ("a.csv", "", "E411", "a.csv:1"),
        ("a.csv", "name,lat,lon\n", "E413", "a.csv"),
        ("a.geojson", "{", "E410", "a.geojson:1"),
        ("a.geojson", "[]", "E411", "a.geojson"),
        ("a.geojson", '{"features": [1]}', "E412", "feature 1"),
        ("SY.txt", GEONAMES + "1\t2\n", "E412", "SY.txt:3"),
    ],
)
def test_refused_with_code_and_line(
    tmp_path: Path, name: str, text: str, code: str, where: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_places(put(tmp_path, name, text))
    assert caught.value.code == code
    assert caught.value.where and where in caught.value.where


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("name,lat,lon\nحلب,1,1\n".encode("cp1256"))
    with pytest.raises(InputError, match="UTF-8") as caught:
        read_places(path)
    assert caught.value.where == f"{path}:2"


def test_missing_file_and_broken_zip(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_places(tmp_path / "none.csv")
    (tmp_path / "SY.zip").write_bytes(b"PK\x03\x04broken")
    with pytest.raises(InputError):
        read_places(tmp_path / "SY.zip")


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300), suffix=st.sampled_from([".csv", ".geojson", ".txt", ".zip"]))
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(InputError):
        read_places(path)
        raise InputError("", "it was read")
