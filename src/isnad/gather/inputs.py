"""Files, folders, JSON Lines, pages and standard input as a stream of reports.

One bad input never stops the rest: it is handed to ``on_problem`` with file, line and stable code.
At most one report is held at a time, and of a line that is too long only its first part.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from isnad.errors import InputError
from isnad.gather.encodings import Undecodable, bom, decode
from isnad.gather.files import foreign_kind, opens_page, walk
from isnad.gather.kinds import JSON_LINES, PAGE, TEXT, kind_of
from isnad.gather.records import fields_of, report_of, unbalanced
from isnad.model import Report

MAX_BYTES = 8 * 1024 * 1024
"""A plain file or a line of JSON Lines longer than this many bytes is refused.

The longest reports there are (a commission's, of a thousand pages) stay below a third of it.
"""

Problem = InputError
OnProblem = Callable[[InputError], None]
_CHUNK = 1 << 20
_PEEK = 64


class _Ears(NamedTuple):
    """Who is told of what: refusals, remarks, and how many bytes were read."""

    problem: OnProblem
    note: OnProblem
    read: Callable[[int], None]


def read_inputs(
    inputs: Iterable[str],
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnProblem | None = None,
    on_read: Callable[[int], None] | None = None,
) -> Iterator[Report]:
    """Reports from files, folders (their files of a known kind, by name) and ``-``.

    Args:
        inputs: paths, or ``-`` for standard input.
        published: publication day of reports that do not state one.
        publisher: publisher of reports that do not state one.
        on_problem: called for each input refused (codes E1xx); without it the first is raised.
        on_note: called for what was assumed or looks odd but was read (codes W1xx).
        on_read: called with the number of bytes each step has read, for a progress bar.
    """

    def refuse(error: InputError) -> None:
        raise error

    def ignore(_: object) -> None:
        return None

    ears = _Ears(on_problem or refuse, on_note or ignore, on_read or ignore)
    for name in inputs:
        for report in _one(name, ears):
            update: dict[str, Any] = {}
            if published is not None and report.published is None:
                update["published"] = published
            if publisher is not None and report.publisher is None:
                update["publisher"] = publisher
            yield report.model_copy(update=update) if update else report


def _one(name: str, ears: _Ears) -> Iterator[Report]:
    if name == "-":
        yield from _stdin(ears)
        return
    path = Path(name)
    try:
        if path.is_dir():
            for inside in walk(path, ears.problem, ears.note):
                yield from _file(inside, ears)
        elif path.exists():
            yield from _file(path, ears)
        else:
            ears.problem(InputError("E101", "there is no such file or folder", name))
    except OSError as error:
        ears.problem(InputError("E102", f"cannot be read: {error.strerror or error}", name))
    except ValueError as error:  # a NUL in the name
        ears.problem(InputError("E101", f"is no file name: {error}", name))


def _file(path: Path, ears: _Ears) -> Iterator[Report]:
    """One file; what fails in reading it is told, and the next is read."""
    where = str(path)
    try:
        stream = path.open("rb")
    except OSError as error:
        ears.problem(InputError("E102", f"cannot be read: {error.strerror or error}", where))
        return
    with stream:
        ending = path.suffix.lower()
        ident = path.stem.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        yield from _stream(stream, where, ident, ending, ears)


def _stdin(ears: _Ears) -> Iterator[Report]:
    if sys.stdin is None:
        ears.problem(InputError("E102", "cannot be read: there is no standard input", "-"))
        return
    raw = sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BytesIO(raw.read())
    yield from _stream(stream, "-", "-", "", ears)


def _stream(
    stream: IO[bytes], where: str, ident: str, ending: str, ears: _Ears
) -> Iterator[Report]:
    try:
        head = _peek(stream)
        foreign = foreign_kind(head)
        if foreign:
            why = f"is {foreign}; give plain text, JSON Lines or a web page"
            ears.problem(InputError("E115", why, where))
            return
        kind = kind_of(ending)
        opens_object = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
        if kind is JSON_LINES or (opens_object and kind is None):
            yield from _json_lines(stream, where, head, ears)
        elif kind is PAGE or (kind in (None, TEXT) and opens_page(head)):
            yield from _page(stream, where, ident, ears)
        else:
            yield from _plain(stream, where, ident, ears)
    except OSError as error:
        ears.problem(InputError("E102", f"cannot be read: {error.strerror or error}", where))


def _peek(stream: IO[bytes]) -> bytes:
    """The first bytes, left in place; a pipe may hand over fewer than asked for at first."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(_PEEK)
    head = stream.read(_PEEK)
    stream.seek(0)
    return head


def _page(stream: IO[bytes], where: str, ident: str, ears: _Ears) -> Iterator[Report]:
    from isnad.gather.page import MAX_BYTES as LONGEST  # heavy: only where needed
    from isnad.gather.page import read_page

    data = stream.read(LONGEST + 1)
    ears.read(len(data))
    try:
        page = read_page(data, ident=ident, where=where)
    except InputError as error:
        ears.problem(error)
        return
    for remark in page.remarks:
        ears.note(remark)
    yield _noted(page.report, where, ears)


def _plain(stream: IO[bytes], where: str, ident: str, ears: _Ears) -> Iterator[Report]:
    data = stream.read(MAX_BYTES + 1)
    ears.read(len(data))
    try:
        if len(data) > MAX_BYTES:
            raise InputError("E105", f"is longer than {MAX_BYTES >> 20} MiB; split it", where)
        decoded = decode(data)
        report = report_of({"text": decoded.text, "id": ident}, f"{where}:{_line(decoded.text)}")
    except Undecodable as error:
        ears.problem(
            InputError("E104", f"{error.reason}; convert it to UTF-8", f"{where}:{error.line}")
        )
        return
    except InputError as error:
        ears.problem(error)
        return
    if decoded.assumed:
        how = f"is no UTF-8; read as {decoded.encoding}, by the look of it"
        ears.note(InputError("W101", how, f"{where}:1"))
    yield _noted(report, f"{where}:1", ears)


def _line(text: str) -> int:
    """The line of the first NUL, or 1: where to look in a plain file that is refused."""
    return text.count("\n", 0, max(0, text.find("\0"))) + 1


def _json_lines(stream: IO[bytes], where: str, head: bytes, ears: _Ears) -> Iterator[Report]:
    marked = bom(head)
    if marked not in (None, "utf-8-sig"):
        name = str(marked).upper()
        ears.problem(InputError("E104", f"is {name}; JSON Lines must be UTF-8", f"{where}:1"))
        return
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        at = f"{where}:{number}"
        ears.read(len(line))
        if len(line) > MAX_BYTES:
            _skip(stream, line, ears)
            ears.problem(InputError("E105", f"the line is longer than {MAX_BYTES >> 20} MiB", at))
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            report = report_of(fields_of(line, at), at)
        except InputError as error:
            ears.problem(error)
            continue
        yield _noted(report, at, ears)
    if not number:
        ears.problem(InputError("E110", "the file is empty", f"{where}:1"))


def _skip(stream: IO[bytes], line: bytes, ears: _Ears) -> None:
    """Read on to the end of a line that is too long, a chunk at a time."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)
        ears.read(len(line))


def _noted(report: Report, at: str, ears: _Ears) -> Report:
    if unbalanced(report.text):
        ears.note(InputError("W102", "the text has unbalanced bidi controls; kept as they are", at))
    return report
