"""Zips: every member by its own reader; bombs, links and paths that lead outside are refused."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather.dispatch import read_source
from isnad.gather.kinds import Source
from isnad.model import Report
from tests.gather.archives.invented import COLUMNS, page, warc, zipped
from tests.gather.reading import read

TEXT = "قصف على حلب."


def test_members_of_every_kind(tmp_path: Path) -> None:
    members = {
        "a/نص.txt": TEXT.encode(), "b.html": page(1), "c.csv": COLUMNS.encode(),
        "d.jsonl": b'{"text": "x", "id": "7"}\nbroken', "e.warc.gz": warc({"https://e.org/1": page(2)}),
        "settings.json": b'{\n "a": 1\n}', "p.png": b"\x89PNG", "__MACOSX/._b.html": b"junk", "f/": b"",
    }  # fmt: skip
    got = read(tmp_path / "z.zip", zipped(members))
    assert [r.id for r in got.reports] == ["نص", "b", "1", "7", "https://e.org/1"]
    assert got.problems == ["E107"]
    assert f"{tmp_path / 'z.zip'}/d.jsonl:2: " in got.said[0]
    assert got.notes == ["W123", "W103"]
    assert "2 files of other kinds" in got.said[-1]


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:a.txt", "..\\a.txt", "\\a.txt"]
)
def test_names_that_lead_outside(tmp_path: Path, name: str) -> None:
    got = read(tmp_path / "z.zip", zipped({name: b"x", "b.txt": TEXT.encode()}))
    assert ([r.id for r in got.reports], got.problems) == (["b"], ["E131"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["z.zip"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    assert read(tmp_path / "z.zip", out.getvalue()).problems == ["E131"]


def test_bombs_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open("bomb.txt", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(b"\0" * (1 << 20))
        file.writestr("b.txt", TEXT)
    path.write_bytes(out.getvalue())
    tracemalloc.start()
    got = read(path, None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (got.texts, got.problems) == ([], ["E133"])
    assert peak < 8 << 20


def test_a_bomb_among_honest_bytes_is_named(tmp_path: Path) -> None:
    import random

    noise = random.Random(5).randbytes(2 << 20)
    data = zipped({"n.txt": noise, "bomb.txt": b" " * (100 << 20), "b.txt": TEXT.encode()})
    got = read(tmp_path / "z.zip", data)
    assert (got.texts, "E133" in got.problems) == ([TEXT], True)


def test_members_that_overlap(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode() * 9, "b.txt": TEXT.encode() * 9}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 3)
    assert read(tmp_path / "z.zip", bytes(data)).problems == ["E133"]


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped({"a.txt": TEXT.encode()})
    for name in ("inner.zip", "inner.wacz", "inner.txt"):
        got = read(tmp_path / "z.zip", zipped({name: inner, "b.txt": TEXT.encode()}))
        assert ([r.id for r in got.reports], got.problems) == (["b"], ["E134"])


def test_damaged_members_are_named_before_a_word_of_them_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode() * 50, "b.txt": b"x"}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    got = read(tmp_path / "z.zip", bytes(data))
    assert (got.texts, got.problems) == (["x"], ["E130"])
    data[6] |= 1  # says that it is encrypted
    encrypted = bytes(data).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01", 1
    )
    assert read(tmp_path / "y.zip", encrypted).problems == ["E132"]
    assert read(tmp_path / "x.zip", zipped({"a.txt": b"x"}, zipfile.ZIP_LZMA)).problems == ["E132"]


def test_what_is_no_zip_or_empty(tmp_path: Path) -> None:
    assert read(tmp_path / "a.zip", b"PK\x03\x04...").problems == ["E130"]
    assert read(tmp_path / "b.zip", b"").problems == ["E130"]
    assert read(tmp_path / "c.zip", zipped({"p.png": b"x"})).problems == ["E103"]


def test_names_without_a_flag_and_with_controls(tmp_path: Path) -> None:
    data = zipped({"x" * 6 + ".txt": TEXT.encode()})
    named = "قصف".encode()
    got = read(tmp_path / "z.zip", data.replace(b"x" * 6, named))
    assert [r.id for r in got.reports] == ["قصف"]
    odd = "\u202e\u2066\u2067\u2068\u202a\u202b\u202d" * 2 + "a.txt"
    got = read(tmp_path / "y.zip", zipped({odd: b""}))
    assert got.problems == ["E110"]
    assert "\u202e" not in got.said[0]


def test_a_zip_on_a_pipe(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.rest = data

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any, /) -> int:
            piece, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
            buffer[: len(piece)] = piece
            return len(piece)

    stream = io.BufferedReader(Pipe(zipped({"a.txt": TEXT.encode()})))
    got = list(read_source(Source(stream, "-", "-"), ""))
    assert [r.text for r in got if isinstance(r, Report)] == [TEXT]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_any_damage_is_told_or_harmless(where: int, bad: bytes) -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.csv": COLUMNS.encode()}))
    at = where % len(data)
    data[at : at + len(bad)] = bad
    got = list(read_source(Source(io.BytesIO(bytes(data)), "x", "x"), "x.zip"))
    assert all(isinstance(one, Report | InputError) for one in got)
