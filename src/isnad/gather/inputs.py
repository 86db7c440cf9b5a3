"""Files of every kind, folders and standard input as a stream of reports.

One bad input never stops the rest: it is handed to ``on_problem`` with file, line and stable code.
Readers (:mod:`isnad.gather.kinds`) hold one report at a time where the format allows it.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from isnad.errors import InputError, UsageError
from isnad.gather.files import foreign_kind, walk
from isnad.gather.kinds import PEEK, Kind, Source, kind_for, named
from isnad.gather.records import unbalanced
from isnad.model import Report

Problem = InputError
OnProblem = Callable[[InputError], None]


class _Ears(NamedTuple):
    """Who is told of what (refusals, remarks, bytes read), and what was set for all inputs."""

    problem: OnProblem
    note: OnProblem
    read: Callable[[int], None]
    kind: Kind | None = None
    settings: Mapping[str, str] = {}


def read_inputs(
    inputs: Iterable[str],
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    kind: str | None = None,
    settings: Mapping[str, str] | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnProblem | None = None,
    on_read: Callable[[int], None] | None = None,
) -> Iterator[Report]:
    """Reports from files, folders (their files of a known kind, by name) and ``-``.

    Args:
        inputs: paths, or ``-`` for standard input.
        published: publication day of reports that do not state one.
        publisher: publisher of reports that do not state one.
        kind: the name of the kind that all inputs are of, whatever their endings say.
        settings: values of the kind's settings, such as ``{"columns": "text=body"}``.
        on_problem: called for each input refused (codes E1xx); without it the first is raised.
        on_note: called for what was assumed or looks odd but was read (codes W1xx).
        on_read: called with the number of bytes each step has read, for a progress bar.

    Raises:
        UsageError: E121, when the first report is asked for, if no kind has that name.
    """
    chosen = named(kind) if kind is not None else None
    if kind is not None and chosen is None:
        raise UsageError("E121", f"there is no kind {kind!r}; `isnad inputs` lists them")

    def refuse(error: InputError) -> None:
        raise error

    def ignore(_: object) -> None:
        return None

    ears = _Ears(on_problem or refuse, on_note or ignore, on_read or ignore, chosen, settings or {})
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
            why = f"is {foreign}; `isnad inputs` lists what is read"
            ears.problem(InputError("E115", why, where))
            return
        kind = ears.kind or kind_for(ending, head)
        source = Source(stream, where, ident, ears.read, ears.settings)
        for got in kind.read(source):
            if isinstance(got, Report):
                yield _noted(got, got.id if got.id != ident else where, ears)
            elif got.code.startswith("W"):
                ears.note(got)
            else:
                ears.problem(got)
    except InputError as error:
        ears.problem(error)
    except OSError as error:
        ears.problem(InputError("E102", f"cannot be read: {error.strerror or error}", where))


def _peek(stream: IO[bytes]) -> bytes:
    """The first bytes, left in place; a pipe may hand over fewer than asked for at first."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(PEEK)[:PEEK]
    head = stream.read(PEEK)
    stream.seek(0)
    return head


def _noted(report: Report, at: str, ears: _Ears) -> Report:
    if unbalanced(report.text):
        ears.note(InputError("W102", "the text has unbalanced bidi controls; kept as they are", at))
    return report
