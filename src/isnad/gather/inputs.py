"""Files, folders, JSON Lines and standard input as a stream of reports.

One bad input never stops the rest: it is handed to ``on_problem`` with file, line and a stable code.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from isnad.errors import InputError
from isnad.gather.encodings import decode
from isnad.model import Report

MAX_BYTES = 32 * 1024 * 1024
"""A line of JSON Lines or a plain file longer than this many bytes is refused."""

Problem = InputError
OnProblem = Callable[[InputError], None]
_JSONL = frozenset([".jsonl", ".ndjson", ".jl"])
_PLAIN = frozenset([".txt", ".text", ".md", ""])
_FIELDS = ("id", "title", "published", "publisher", "url")
_OPENERS, _ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"


def read_inputs(
    inputs: Iterable[str],
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnProblem | None = None,
) -> Iterator[Report]:
    """Reports from files, folders (their ``.txt`` and ``.jsonl`` files, by name) and ``-``.

    Args:
        inputs: paths, or ``-`` for standard input.
        published: publication day of reports that do not state one.
        publisher: publisher of reports that do not state one.
        on_problem: called for each input refused (codes E1xx); without it the first is raised.
        on_note: called for what was assumed or looks odd but was read (codes W1xx).
    """

    def problem(error: InputError) -> None:
        if on_problem is None:
            raise error
        on_problem(error)

    note = on_note or (lambda _: None)
    for name in inputs:
        for report in _one(name, problem, note):
            update: dict[str, Any] = {}
            if published is not None and report.published is None:
                update["published"] = published
            if publisher is not None and report.publisher is None:
                update["publisher"] = publisher
            yield report.model_copy(update=update) if update else report


def _one(name: str, problem: OnProblem, note: OnProblem) -> Iterator[Report]:
    if name == "-":
        yield from _stdin(problem, note)
        return
    path = Path(name)
    try:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix in _JSONL | {".txt"})
            if not inside:
                problem(InputError("E103", "the folder holds no .txt or .jsonl file", name))
            for p in inside:
                yield from _file(p, problem, note)
        elif path.exists():
            yield from _file(path, problem, note)
        else:
            problem(InputError("E101", "there is no such file or folder", name))
    except OSError as error:
        problem(InputError("E102", f"cannot be read: {error.strerror or error}", name))


def _file(path: Path, problem: OnProblem, note: OnProblem) -> Iterator[Report]:
    try:
        with path.open("rb") as stream:
            if path.suffix in _JSONL:
                yield from _json_lines(stream, str(path), problem, note)
            else:
                yield from _plain(stream, str(path), path.stem, problem, note)
    except OSError as error:
        problem(InputError("E102", f"cannot be read: {error.strerror or error}", str(path)))


def _stdin(problem: OnProblem, note: OnProblem) -> Iterator[Report]:
    stream = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]
    head = stream.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        yield from _json_lines(stream, "-", problem, note)
    else:
        yield from _plain(stream, "-", "-", problem, note)
    stream.detach()


def _plain(
    stream: IO[bytes], where: str, ident: str, problem: OnProblem, note: OnProblem
) -> Iterator[Report]:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        problem(InputError("E105", f"is longer than {MAX_BYTES >> 20} MiB; split it", where))
        return
    try:
        text, encoding, assumed = decode(data)
    except UnicodeDecodeError:
        problem(InputError("E104", "is no UTF-8 and no Arabic code page fits; convert it to UTF-8", where))
        return
    if assumed:
        note(InputError("W101", f"is no UTF-8; read as {encoding} by the look of it", where))
    report = _checked({"text": text, "id": ident}, where, problem, note)
    if report is not None:
        yield report


def _json_lines(
    stream: IO[bytes], where: str, problem: OnProblem, note: OnProblem
) -> Iterator[Report]:
    number = 0
    while True:
        line = stream.readline(MAX_BYTES + 1)
        if not line:
            return
        number += 1
        at = f"{where}:{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)
            problem(InputError("E105", f"the line is longer than {MAX_BYTES >> 20} MiB", at))
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        record = _record(line, at, problem)
        if record is not None:
            report = _checked(record, at, problem, note)
            if report is not None:
                yield report


def _record(line: bytes, at: str, problem: OnProblem) -> dict[str, Any] | None:
    try:
        got = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        problem(InputError("E106", f"the line is no UTF-8 (byte {error.start + 1})", at))
        return None
    except (json.JSONDecodeError, RecursionError) as error:
        message = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        problem(InputError("E107", f"the line is no JSON: {message}", at))
        return None
    if not isinstance(got, dict):
        problem(InputError("E107", "the line is no JSON object", at))
        return None
    if not isinstance(got.get("text"), str):
        problem(InputError("E108", 'lacks "text", or it is no string', at))
        return None
    record: dict[str, Any] = {"text": got["text"]}
    for field in _FIELDS:
        value = got.get(field)
        if value is None or value == "":
            continue
        if field == "id" and isinstance(value, int | float):
            value = str(value)
        if not isinstance(value, str):
            problem(InputError("E109", f"{field!r} is no string", at))
            return None
        record[field] = value
    return record


def _checked(
    record: dict[str, Any], at: str, problem: OnProblem, note: OnProblem
) -> Report | None:
    text: str = record["text"]
    if not text.strip():
        problem(InputError("E110", "the text is empty", at))
        return None
    if "\0" in text:
        problem(InputError("E111", f"the text holds NUL characters (first at {text.index(chr(0))}): binary data?", at))
        return None
    for field, value in record.items():
        if any("\ud800" <= c <= "\udfff" for c in value):
            problem(InputError("E112", f"{field!r} holds half a surrogate pair, which is no character", at))
            return None
    if _unbalanced(text):
        note(InputError("W102", "the text has unbalanced bidi controls; kept as they are", at))
    try:
        return Report(**record)
    except (ValidationError, ValueError):
        problem(InputError("E113", f"{record.get('published')!r} is no day; write YYYY-MM-DD", at))
        return None


def _unbalanced(text: str) -> bool:
    embeddings = isolates = 0
    for c in text:
        if c in _OPENERS:
            embeddings += 1
        elif c == "\u202c":
            embeddings -= 1
        elif c in _ISOLATES:
            isolates += 1
        elif c == "\u2069":
            isolates -= 1
        if embeddings < 0 or isolates < 0:
            return True
    return embeddings != 0 or isolates != 0
