"""Workbooks and Parquet: rows as CSV's; lies, bombs and damage are told."""

from __future__ import annotations

import datetime as dt
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather.dispatch import read_source
from isnad.gather.kinds import Source
from isnad.gather.tables import parquet as parquet_module
from isnad.gather.tables.xlsx import as_text
from isnad.model import Report
from tests.gather.archives.invented import zipped
from tests.gather.reading import read

TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب."


def book(sheets: dict[str, list[list[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A zip in which one member reads otherwise."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {i.filename: file.read(i) for i in file.infolist()}
    assert old in members[name]
    members[name] = members[name].replace(old, new)
    return zipped(members)


ROWS: list[list[Any]] = [
    [None, None], ["التاريخ", "النص", "المعرف", "المصدر"],
    [dt.datetime(2021, 5, 24), f"{TEXT}_x000D_\nسطر", 7, "قناة"],
    [None, None, None, None],
    ["30/2/2021", "x" * 40, 8.0, None],
    [44197, "=1+1", True, None],
]  # fmt: skip


def test_a_workbook(tmp_path: Path) -> None:
    got = read(tmp_path / "a.xlsx", book({"أخبار": ROWS}))
    one, two = got.reports
    assert (one.text, one.id, one.publisher) == (f"{TEXT}\nسطر", "7", "قناة")
    assert str(one.published) == "2021-05-24"
    assert (two.id, two.published) == ("8", None)
    assert (got.problems, got.notes) == (["E110"], ["W120"])  # a formula nobody worked out is empty
    assert f"{tmp_path / 'a.xlsx'}:أخبار:6: " in got.said[-1]


def test_sheets(tmp_path: Path) -> None:
    data = book(
        {
            "1": [["text"], ["a"]],
            "ملاحظات": [["x"], ["y"]],
            "2": [["id", "body"], [None, "b"]],
            "3": [],
        }
    )
    got = read(tmp_path / "a.xlsx", data)
    assert [(r.id, r.text) for r in got.reports] == [("a#1!2", "a"), ("a#2!2", "b")]
    assert (got.problems, got.notes) == ([], ["W123", "W123"])
    one = read(tmp_path / "a.xlsx", data, settings={"sheet": "ملاحظات", "columns": "text=x"})
    assert one.texts == ["y"]
    assert read(tmp_path / "a.xlsx", data, settings={"sheet": "5"}).problems == ["E125"]
    assert read(tmp_path / "a.xlsx", book({"1": [["x"], ["y"]]})).problems == ["E125"]


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    data = book({"1": [["text"], ["a"]]})
    lie = changed(data, "xl/worksheets/sheet1.xml", b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert read(tmp_path / "a.xlsx", lie).texts == ["a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_workbook(tmp_path: Path, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><sst>&c;</sst>'
    data = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>",
                   "xl/sharedStrings.xml": bomb.encode(encoding)})  # fmt: skip
    assert read(tmp_path / "a.xlsx", data).problems == ["E122"]


def test_hostile_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert read(path, b"").problems == ["E130"]
    assert read(path, b"\xd0\xcf\x11\xe0encrypted").problems == ["E115"]
    assert read(path, zipped({"a.txt": b"x"})).problems == ["E137"]
    assert read(path, zipped({"xl/workbook.xml": b" " * (100 << 20)})).problems == ["E133"]
    assert read(path, zipped({"../xl/workbook.xml": b"x"})).problems == ["E131"]
    broken = changed(
        book({"1": [["text"]] + [["a"]] * 50}),
        "xl/worksheets/sheet1.xml",
        b'<row r="30"',
        b"<row r=30",
    )
    got = read(path, broken)
    assert (got.problems, len(got.reports) < 50) == (["E137"], True)
    renamed = read(tmp_path / "a.zip", book({"1": [["text"], ["a"]]}))
    assert renamed.texts == ["a"]


def test_one_poisoned_row_among_ten_thousand(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["id", "text"], *([i, TEXT] for i in range(10_000))]
    rows[5001][1] = "_x0000_"
    got = read(tmp_path / "a.xlsx", book({"1": rows}))
    assert (len(got.reports), got.problems) == (9_999, ["E111"])
    table = pa.table({"id": list(range(10_000)), "text": [TEXT] * 5000 + [""] + [TEXT] * 4999})
    got = read(tmp_path / "a.parquet", parquet(table))
    assert (len(got.reports), got.problems) == (9_999, ["E110"])


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.0, "7"), (7.5, "7.5"), (True, "true"), (dt.date(2021, 5, 24), "2021-05-24"), (None, None),
     (dt.datetime(2021, 5, 24, 10), "2021-05-24T10:00:00"), (float("nan"), "nan")],
)  # fmt: skip
def test_values_as_text(value: object, text: str | None) -> None:
    assert as_text(value) == text


def parquet(table: pa.Table, **how: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **how)
    return out.getvalue()


def test_a_parquet_table(tmp_path: Path) -> None:
    table = pa.table({
        "عمود": [["list"], []], "النص": [TEXT, f"{TEXT} 2"], "id": [7, 8],
        "date": pa.array([dt.datetime(2021, 5, 24, 23, tzinfo=dt.UTC), None]),
    })  # fmt: skip
    got = read(tmp_path / "a.parquet", parquet(table, compression="zstd"))
    one, two = got.reports
    assert (one.text, one.id, str(one.published)) == (TEXT, "7", "2021-05-24")
    assert (two.published, got.problems, got.notes) == (None, [], [])
    mapped = read(tmp_path / "a.parquet", None, settings={"columns": "text=النص,id=عمود"})
    assert mapped.reports[0].id == "['list']"
    on_a_pipe = Source(io.BufferedReader(io.BytesIO(parquet(table))), "-", "-")
    assert sum(isinstance(r, Report) for r in read_source(on_a_pipe, "")) == 2


def test_hostile_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    good = parquet(pa.table({"text": [TEXT] * 99}))
    for bad in (b"", b"PAR1", b"PAR1" + b"x" * 99 + b"PAR1", good[:-20], good[:50] + good[60:]):
        got = read(path, bad)
        assert (got.reports, got.problems) == ([], ["E137"])
    lying = bytearray(good)
    lying[-8:-4] = struct.pack("<I", 2**31)
    assert read(path, bytes(lying)).problems == ["E137"]
    raw = pa.table({"text": pa.array([TEXT.encode(), b"\xd9\xff"], pa.binary())})
    got = read(path, parquet(raw))
    assert (got.texts, got.problems) == ([TEXT], ["E106"])
    assert read(path, parquet(pa.table({"x": [1]}))).problems == ["E125"]
    assert read(path, parquet(pa.table({"text": pa.array([], pa.string())}))).problems == ["E110"]
    monkeypatch.setattr(parquet_module, "_GROUP", 1000)
    got = read(path, parquet(pa.table({"text": [str(i) * 99 for i in range(99)]})))
    assert got.problems == ["E105"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4), st.booleans())
def test_any_damage_is_told_or_harmless(where: int, bad: bytes, columnar: bool) -> None:
    data = bytearray(parquet(pa.table({"text": [TEXT]})) if columnar else SMALL)
    at = where % len(data)
    data[at : at + len(bad)] = bad
    name = "x.parquet" if columnar else "x.xlsx"
    got = list(read_source(Source(io.BytesIO(bytes(data)), "x", "x"), name))
    assert all(isinstance(one, Report | InputError) for one in got)


SMALL = book({"1": [["text"], ["a"]]})


def test_heavy_libraries_wait(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,x\n", encoding="utf-8")
    code = (
        "import sys; from isnad.gather import read_inputs; assert list(read_inputs([sys.argv[1]]));"
        "print([m for m in ('pyarrow', 'openpyxl', 'pypdf', 'warcio', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.csv")], capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "[]"
