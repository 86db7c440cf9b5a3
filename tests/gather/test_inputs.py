"""Inputs as a stream: what is bad is told once, with file, line and code, and the rest is read."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather import read_inputs, total_bytes
from isnad.gather import text as gather_text
from isnad.gather.records import fields_of, report_of, unbalanced
from isnad.model import Report

TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب."


class Ears:
    def __init__(self) -> None:
        self.problems: list[InputError] = []
        self.notes: list[InputError] = []

    def read(self, *names: object, **known: object) -> list[Report]:
        return list(self.stream(*names, **known))

    def stream(self, *names: object, **known: object) -> Iterator[Report]:
        return read_inputs(
            [str(n) for n in names], on_problem=self.problems.append, on_note=self.notes.append,
            **known,  # type: ignore[arg-type]
        )  # fmt: skip

    @property
    def codes(self) -> list[str]:
        return [e.code for e in self.problems]


@pytest.fixture
def ears() -> Ears:
    return Ears()


def lines(path: Path, *records: object) -> Path:
    path.write_bytes(
        b"".join(
            (r if isinstance(r, bytes) else json.dumps(r, ensure_ascii=False).encode()) + b"\n"
            for r in records
        )
    )
    return path


def test_a_plain_file_is_its_text_unchanged(tmp_path: Path, ears: Ears) -> None:
    text = "\n  " + TEXT + "\r\n\u200f\n"
    (tmp_path / "a.b.txt").write_bytes(text.encode())
    (report,) = ears.read(tmp_path / "a.b.txt")
    assert (report.id, report.text) == ("a.b", text)
    assert not ears.problems
    assert not ears.notes


def test_what_is_known_from_outside_fills_only_gaps(tmp_path: Path, ears: Ears) -> None:
    path = lines(
        tmp_path / "r.jsonl",
        {"text": TEXT, "id": "a", "published": "2020-01-02", "publisher": "س", "x": [1]},
        {"text": TEXT, "id": 7, "published": None, "title": "ع"},
    )
    one, two = ears.read(path, published=dt.date(2021, 5, 24), publisher="ص")
    assert (one.published, one.publisher) == (dt.date(2020, 1, 2), "س")
    assert (two.id, two.published, two.publisher, two.title) == (
        "7",
        dt.date(2021, 5, 24),
        "ص",
        "ع",
    )


BAD_LINES = [
    (b"{broken", "E107"),
    (b"[1, 2]", "E107"),
    (b'"text"', "E107"),
    (b"[" * 200_000, "E107"),
    (b'{"text": "x", "id": ' + b"9" * 5000 + b"}", "E107"),
    (b'{"id": "x"}', "E108"),
    (b'{"text": 5}', "E108"),
    (b'{"text": "x", "publisher": ["y"]}', "E109"),
    (b'{"text": "x", "id": true}', "E109"),
    (b'{"text": "  \\n"}', "E110"),
    (b'{"text": "a\\u0000b"}', "E111"),
    (b'{"text": "a\\ud800b"}', "E112"),
    (b'{"text": "x", "title": "\\udc00"}', "E112"),
    (b'{"text": "x", "published": "24/5/2021"}', "E113"),
    (b'{"text": "x", "published": "2021-02-30"}', "E113"),
    ('{"text": "قصف"}'.encode("windows-1256"), "E106"),
]


@pytest.mark.parametrize(
    ("bad", "code"), BAD_LINES, ids=[f"{c}-{i}" for i, (_, c) in enumerate(BAD_LINES)]
)
def test_a_bad_line_is_told_and_the_rest_is_read(
    tmp_path: Path, ears: Ears, bad: bytes, code: str
) -> None:
    path = lines(
        tmp_path / "r.jsonl", {"text": TEXT, "id": "1"}, bad, b"", {"text": TEXT, "id": "2"}
    )
    assert [r.id for r in ears.read(path)] == ["1", "2"]
    assert ears.codes == [code]
    said = str(ears.problems[0])
    assert said.startswith(f"{path}:2: ")
    assert said.endswith(f"[{code}]")
    assert "\n" not in said


BAD_FILES = [
    (b"", "E110", 1),
    (b" \n\n", "E110", 1),
    (TEXT.encode() + b"\n\n\0", "E111", 3),
    (b"\x89PNG\r\n", "E115", None),
    (b"7z\xbc\xaf\x27\x1c", "E115", None),
    (b"\x1f\x8b\x08..", "E115", None),
    (b"\n<!DOCTYPE html><html></html>", "E140", None),
    (TEXT.encode() + b"\n" + TEXT.encode()[:-2] + b"\xd9\n", "E104", 2),
    (b"caf\xe9", "E104", 1),
]


@pytest.mark.parametrize(("data", "code", "line"), BAD_FILES)
def test_a_bad_file_is_told_and_the_rest_is_read(
    tmp_path: Path, ears: Ears, data: bytes, code: str, line: int | None
) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text(TEXT, encoding="utf-8")
    assert [r.id for r in ears.read(bad, good)] == ["good"]
    assert ears.codes == [code]
    assert ears.problems[0].where == (f"{bad}:{line}" if line else str(bad))


def test_files_that_are_not_there(tmp_path: Path, ears: Ears) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    got = ears.read(tmp_path / "none.txt", "a\0b", "x" * 5000, tmp_path / "good.txt")
    assert [r.id for r in got] == ["good"]
    assert ears.codes == ["E101", "E101", "E102"]


def test_a_file_that_may_not_be_read(
    tmp_path: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    real = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert [r.id for r in ears.read(tmp_path)] == ["b"]
    assert [str(e) for e in ears.problems] == [
        f"{tmp_path / 'a.txt'}: cannot be read: Permission denied [E102]"
    ]


def test_encodings_are_said(tmp_path: Path, ears: Ears) -> None:
    for name in ("windows-1256", "utf-16-le"):
        (tmp_path / f"{name}.txt").write_bytes(TEXT.encode(name))
    assert [r.text for r in ears.read(tmp_path)] == [TEXT, TEXT]
    assert [(e.code, "utf-16-le" in e.message or "windows-1256" in e.message) for e in ears.notes] == [
        ("W101", True), ("W101", True)
    ]  # fmt: skip


def test_json_lines_in_utf16_are_refused_once(tmp_path: Path, ears: Ears) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(('{"text": "x"}\n' * 5).encode("utf-16"))
    assert ears.read(path) == []
    assert ears.codes == ["E104"]


def test_a_byte_order_mark_before_json_lines_is_no_fault(tmp_path: Path, ears: Ears) -> None:
    path = lines(tmp_path / "r.jsonl", b'\xef\xbb\xbf{"text": "x"}')
    assert [r.text for r in ears.read(path)] == ["x"]


def test_folders_in_order_by_name(tmp_path: Path, ears: Ears) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.jsonl", "c.TXT", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        record = json.dumps({"text": TEXT, "id": "line"}, ensure_ascii=False)
        path.write_text(record if path.suffix == ".jsonl" else TEXT, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [r.id for r in ears.read(tmp_path)] == ["b", "c", "line", "z"]
    assert [e.code for e in ears.notes] == ["W103"]
    assert ears.read(tmp_path / "a") != []
    (tmp_path / "empty").mkdir()
    assert ears.read(tmp_path / "empty") == []
    assert ears.codes == ["E103"]


@pytest.mark.parametrize(
    ("text", "odd"),
    [("\u202bقصف\u202c", False), ("\u2067قصف\u2069", False), ("\u202bقصف", True), ("قصف\u202c", True),
     ("\u2067قصف", True), ("\u2069قصف\u2067", True), ("\u200fقصف", False)],
)  # fmt: skip
def test_unbalanced_bidi_marks_are_noted_and_kept(
    tmp_path: Path, ears: Ears, text: str, odd: bool
) -> None:
    assert unbalanced(text) is odd
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert [r.text for r in ears.read(tmp_path / "a.txt")] == [text]
    assert [e.code for e in ears.notes] == ["W102"] * odd


@pytest.mark.parametrize(
    ("data", "ids"),
    [(TEXT.encode(), ["-"]), (b'{"text": "x", "id": "1"}\n{"text": "y", "id": "2"}', ["1", "2"]),
     (b"", [])],
)  # fmt: skip
def test_standard_input(
    ears: Ears, monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    assert [r.id for r in ears.read("-")] == ids
    assert ears.codes == ([] if data else ["E110"])


def test_no_standard_input(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert ears.read("-") == []
    assert ears.codes == ["E102"]


def test_without_ears_the_first_problem_is_raised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E101"):
        list(read_inputs([str(tmp_path / "none")]))


def test_names_from_outside_cannot_break_the_line(tmp_path: Path, ears: Ears) -> None:
    ears.read(tmp_path / "a\n\x1b[31m\u202e.txt")
    said = str(ears.problems[0])
    assert "\\x0a\\x1b[31m\\u202e" in said
    assert "\n" not in said


def test_a_line_of_50_mb_is_refused_in_bounded_memory(tmp_path: Path, ears: Ears) -> None:
    path = tmp_path / "r.jsonl"
    with path.open("wb") as out:
        out.write(b'{"text": "first", "id": "1"}\n{"text": "')
        for _ in range(50):
            out.write(b"x" * (1 << 20))
        out.write(b'"}\n{"text": "last", "id": "3"}\n')
    tracemalloc.start()
    got = [r.id for r in ears.read(path)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert got == ["1", "3"]
    assert [str(e.where) for e in ears.problems] == [f"{path}:2"]
    assert ears.codes == ["E105"]
    assert peak < 3 * gather_text.MAX_BYTES


def test_a_long_plain_file_is_refused(
    tmp_path: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather_text, "MAX_BYTES", 100)
    (tmp_path / "a.txt").write_bytes(b"x" * 101)
    assert ears.read(tmp_path / "a.txt") == []
    assert ears.codes == ["E105"]


def test_many_reports_are_streamed(tmp_path: Path, ears: Ears) -> None:
    path = tmp_path / "r.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for i in range(20_000):
            out.write(json.dumps({"text": TEXT * 20, "id": str(i)}, ensure_ascii=False) + "\n")
    read = 0
    tracemalloc.start()
    stream = ears.stream(path, on_read=lambda n: None)
    for i, report in enumerate(stream):
        assert report.id == str(i)
        read += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == 20_000
    assert peak < 2_000_000  # the file has 25 MB


def test_bytes_are_counted(tmp_path: Path) -> None:
    path = lines(tmp_path / "r.jsonl", {"text": TEXT}, {"text": TEXT})
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    seen: list[int] = []
    assert len(list(read_inputs([str(tmp_path)], on_read=seen.append))) == 3
    size = path.stat().st_size + len(TEXT.encode())
    assert sum(seen) == size == total_bytes((str(tmp_path),))
    assert total_bytes(("-",)) is None
    assert total_bytes(("nothing here",)) is None


@given(st.dictionaries(st.sampled_from(["text", "id", "published", "title"]),
                       st.one_of(st.none(), st.integers(), st.text(max_size=20), st.lists(st.none()))))  # fmt: skip
def test_any_record_makes_a_report_or_is_refused(record: dict[str, object]) -> None:
    line = json.dumps(record).encode()
    try:
        report = report_of(fields_of(line, "x:1"), "x:1")
    except InputError as error:
        assert error.code in {"E108", "E109", "E110", "E111", "E112", "E113"}
    else:
        assert report.text == record["text"]


@given(st.binary(max_size=120))
def test_any_line_is_read_or_refused(line: bytes) -> None:
    try:
        fields_of(line, "x:1")
    except InputError as error:
        assert "\n" not in str(error)
