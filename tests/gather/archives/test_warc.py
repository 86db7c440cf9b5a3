"""Web archives: pages whole and as their digests say; whatever is damaged is named, the rest read."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.gather.archives import warc as module
from isnad.gather.dispatch import foreign_kind
from tests.gather.archives.invented import WORDS, address, page, wacz, warc
from tests.gather.reading import read

THREE = {address(n): page(n) for n in (1, 2, 3)}


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_an_archive(tmp_path: Path, packed: bool) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    got = read(tmp_path / name, warc(THREE, packed=packed, revisit=address(9)))
    assert [r.url for r in got.reports] == list(THREE)
    one = got.reports[0]
    assert (one.title, one.id, str(one.published)) == ("عنوان 1", address(1), "2021-05-24")
    assert WORDS in one.text
    assert (got.problems, got.notes) == ([], ["W123"])
    assert "files that are no pages (1), pages whose bytes are in another file (1)" in got.said[0]


def test_what_is_packed_is_known_by_what_it_opens_with() -> None:
    assert foreign_kind(warc(THREE)) is None
    assert foreign_kind(gzip.compress(b"text")) == "gzip-compressed"


def test_an_archive_packed_as_a_whole(tmp_path: Path) -> None:
    got = read(tmp_path / "a.warc.gz", gzip.compress(warc(THREE, packed=False)))
    assert (len(got.reports), got.problems) == (3, [])


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_off_anywhere_gives_whole_pages_only(tmp_path: Path, packed: bool) -> None:
    data = warc(THREE, packed=packed)
    whole = {r.text for r in read(tmp_path / "whole.warc", data).reports}
    for end in range(40, len(data), 97):
        got = read(tmp_path / "a.warc", data[:end])
        assert {r.text for r in got.reports} <= whole
        assert set(got.problems) <= {"E136"}
    # a record cut off inside its block reads without a word in the library
    at = data.index(b"WARC-Type: response") if not packed else len(data) // 2
    assert "E136" in read(tmp_path / "a.warc", data[: at + 700 * (not packed)]).problems


def test_a_record_altered_is_refused_by_name_and_the_rest_is_read(tmp_path: Path) -> None:
    data = warc(THREE, packed=False).replace("رقم 2".encode(), "رقم 7".encode())
    got = read(tmp_path / "a.warc", data)
    assert [r.url for r in got.reports] == [address(1), address(3)]
    assert got.problems == ["E136"]
    assert address(2) in got.said[0]


def test_a_damaged_member_is_passed_over(tmp_path: Path) -> None:
    data = bytearray(warc(THREE))
    starts = [i for i in range(len(data)) if data[i : i + 3] == b"\x1f\x8b\x08"]
    middle = (starts[3] + starts[4]) // 2
    data[middle : middle + 8] = bytes(b ^ 0xFF for b in data[middle : middle + 8])
    got = read(tmp_path / "a.warc.gz", bytes(data))
    assert [r.url for r in got.reports] == [address(1), address(3)]
    assert got.problems == ["E136"]


@pytest.mark.parametrize("lie", [b"9", b"-5", b"x", b"99999999999999999999"])
@pytest.mark.parametrize("packed", [True, False])
def test_lying_lengths(tmp_path: Path, lie: bytes, packed: bool) -> None:
    records = warc(THREE, packed=False).split(b"WARC/1.0\r\n")[1:]
    for number, record in enumerate(records):
        if address(2).encode() in record:
            head, _, rest = record.partition(b"Content-Length: ")
            records[number] = (
                head + b"Content-Length: " + lie + b"\r\n" + rest.partition(b"\r\n")[2]
            )
    parts = [b"WARC/1.0\r\n" + r for r in records]
    data = b"".join(gzip.compress(p) if packed else p for p in parts)
    got = read(tmp_path / "a.warc", data)
    assert address(1) in [r.url for r in got.reports]
    assert address(2) not in [r.url for r in got.reports]
    assert "E136" in got.problems or "E105" in got.problems
    if not lie.startswith(b"999"):
        assert address(3) in [r.url for r in got.reports]


def test_bodies_packed_and_in_chunks(tmp_path: Path) -> None:
    body = gzip.compress(page(1))
    got = read(tmp_path / "a.warc", warc({address(1): body}, headers={"Content-Encoding": "gzip"}))
    assert (len(got.reports), got.problems) == (1, [])
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(1)), page(1))
    got = read(
        tmp_path / "b.warc", warc({address(1): chunked}, headers={"Transfer-Encoding": "chunked"})
    )
    assert (len(got.reports), got.problems) == (1, [])


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [(gzip.compress(b"<p>" + b" " * (64 << 20)), "gzip", "E153"), (b"x", "br", "E154"),
     (zlib.compress(page(1))[:-9], "deflate", "E155"), (b"x", "zstd", "E154")],
)  # fmt: skip
def test_packed_bombs_and_what_is_not_unpacked(
    tmp_path: Path, body: bytes, encoding: str, code: str
) -> None:
    bodies = {address(1): body, address(2): body}
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(bodies, headers={"Content-Encoding": encoding}))
    tracemalloc.start()
    got = read(path, None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (got.reports, got.problems) == ([], [code, code])
    assert peak < 64 << 20
    assert address(1) in got.said[0]


def test_what_is_no_page_or_no_answer_is_counted(tmp_path: Path) -> None:
    got = read(tmp_path / "a.warc", warc(THREE, status="404 Not Found"))
    assert (got.reports, got.problems, got.notes) == ([], [], ["W123"])
    assert "pages of status 404 (3)" in got.said[0]


def test_a_page_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 2000)
    got = read(
        tmp_path / "a.warc", warc({address(1): page(1, "x" * (2 << 20)), address(2): page(2)})
    )
    assert ([r.url for r in got.reports], got.problems) == ([address(2)], ["E105"])


def test_one_poisoned_page_among_many_in_bounded_memory(tmp_path: Path) -> None:
    bodies = {address(n): page(n) for n in range(300)}
    bodies[address(150)] = b"<html><body></body></html>"
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(bodies))
    got = read(path, None)
    assert (len(got.reports), got.problems) == (299, ["E140"])
    assert f"{path}#" in got.said[0]


def test_what_is_no_archive(tmp_path: Path) -> None:
    assert read(tmp_path / "a.warc", b"").problems == ["E110"]
    assert read(tmp_path / "b.warc", b"hello\n" * 9).problems == ["E136"]
    assert read(tmp_path / "c.warc.gz", b"\x1f\x8b\x08junk").problems == ["E136"]
    assert read(tmp_path / "d.warc.gz", gzip.compress(b"hello")).problems == ["E136"]
    assert read(tmp_path / "e.warc", b"WARC/1.0\r\nA: " + b"b" * (2 << 20)).problems[0] == "E136"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=6))
def test_any_damage_is_told_or_harmless(where: int, bad: bytes) -> None:
    import io

    from isnad.errors import InputError
    from isnad.gather.dispatch import read_source
    from isnad.gather.kinds import Source
    from isnad.model import Report

    data = bytearray(warc(THREE))
    at = where % len(data)
    data[at : at + len(bad)] = bad
    got = list(read_source(Source(io.BytesIO(bytes(data)), "x", "x"), "x.warc.gz"))
    assert all(isinstance(one, Report | InputError) for one in got)


def test_wacz(tmp_path: Path) -> None:
    archives = {
        "a.warc.gz": warc({address(1): page(1)}),
        "b.warc": warc({address(2): page(2)}, packed=False),
    }
    got = read(tmp_path / "a.wacz", wacz(archives))
    assert ([r.url for r in got.reports], got.problems) == ([address(1), address(2)], [])
    renamed = read(tmp_path / "a.zip", wacz(archives))
    assert renamed.texts == got.texts


@pytest.mark.parametrize(
    ("change", "left"),
    [({"a.warc.gz": "sha256:" + "0" * 64}, 1), ({"a.warc.gz": ""}, 1), ({"a.warc.gz": "missing"}, 1),
     ({"digest": "sha256:" + "0" * 64}, 0)],
)  # fmt: skip
def test_what_a_wacz_states_is_checked(tmp_path: Path, change: dict[str, str], left: int) -> None:
    archives = {"a.warc.gz": warc({address(1): page(1)}), "b.warc.gz": warc({address(2): page(2)})}
    got = read(tmp_path / "a.wacz", wacz(archives, **change))
    assert (len(got.reports), got.problems) == (left, ["E135"])


def test_what_is_no_wacz(tmp_path: Path) -> None:
    from tests.gather.archives.invented import zipped

    for members in ({"a.txt": b"x"}, {"datapackage.json": b"["}, {"datapackage.json": b"{}"},
                    {"datapackage.json": b'{"resources": []}'}):  # fmt: skip
        assert read(tmp_path / "a.wacz", zipped(members)).problems == ["E135"]
    assert read(tmp_path / "b.wacz", b"PK\x03\x04nothing").problems == ["E130"]
