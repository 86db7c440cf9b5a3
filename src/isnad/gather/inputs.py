"""Files of every kind, folders, addresses and standard input as a stream of reports.

One bad input never stops the rest: it is handed to ``on_problem`` with file, line and stable code.
Readers (:mod:`isnad.gather.kinds`) hold one report at a time where the format allows it.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypedDict, Unpack

from isnad.errors import InputError, UsageError
from isnad.gather.dispatch import foreign_kind, ident_of, peek, read_source
from isnad.gather.files import walk
from isnad.gather.kinds import Kind, Source, named
from isnad.gather.web import is_address, opened
from isnad.model import Report

if TYPE_CHECKING:
    from isnad.gather.evidence import Evidence, RawCopy
    from isnad.gather.fetch import Limits

Problem = InputError
OnProblem = Callable[[InputError], None]


class Gathered(NamedTuple):
    """A report, and the record of the bytes that it was read from, if they were kept."""

    report: Report
    raw: RawCopy | None = None


class _Ears(NamedTuple):
    """Who is told of what (refusals, remarks, bytes read), and what was set for all inputs."""

    problem: OnProblem
    note: OnProblem
    read: Callable[[int], None]
    kind: Kind | None = None
    settings: Mapping[str, str] = {}
    evidence: Evidence | None = None
    limits: Limits | None = None


class Asked(TypedDict, total=False):
    """The keywords of :func:`gather`."""

    published: dt.date | None
    publisher: str | None
    kind: str | None
    settings: Mapping[str, str] | None
    on_problem: OnProblem | None
    on_note: OnProblem | None
    on_read: Callable[[int], None] | None
    limits: Limits | None


def read_inputs(inputs: Iterable[str], **asked: Unpack[Asked]) -> Iterator[Report]:
    """Reports from files, folders, addresses and ``-``: :func:`gather` without raw copies."""
    return (got.report for got in gather(inputs, **asked))


def gather(
    inputs: Iterable[str],
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    kind: str | None = None,
    settings: Mapping[str, str] | None = None,
    on_problem: OnProblem | None = None,
    on_note: OnProblem | None = None,
    on_read: Callable[[int], None] | None = None,
    evidence: Evidence | None = None,
    limits: Limits | None = None,
) -> Iterator[Gathered]:
    """Reports from files, folders (their files of a known kind, by name), addresses and ``-``.

    Args:
        inputs: paths, http(s) addresses, or ``-`` for standard input.
        published: publication day of reports that do not state one.
        publisher: publisher of reports that do not state one.
        kind: the name of the kind that all inputs are of, whatever their endings say.
        settings: values of the kind's settings, such as ``{"columns": "text=body"}``.
        on_problem: called for each input refused (codes E1xx); without it the first is raised.
        on_note: called for what was assumed or looks odd but was read (codes W1xx).
        on_read: called with the number of bytes each step has read, for a progress bar.
        evidence: keeps the bytes of every file and address; they are read from where they are
            kept, so that a report is made of the very bytes. Standard input has none to keep.
        limits: what fetching may cost, and which hosts may be this machine.

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

    ears = _Ears(
        on_problem or refuse, on_note or ignore, on_read or ignore, chosen, settings or {},
        evidence, limits,
    )  # fmt: skip
    for name in inputs:
        for report, raw in _one(name, ears):
            update: dict[str, Any] = {}
            if published is not None and report.published is None:
                update["published"] = published
            if publisher is not None and report.publisher is None:
                update["publisher"] = publisher
            yield Gathered(report.model_copy(update=update) if update else report, raw)


def _one(name: str, ears: _Ears) -> Iterator[Gathered]:
    if name == "-":
        yield from map(Gathered, _stdin(ears))
        return
    if is_address(name):
        yield from _address(name, ears)
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


def _address(url: str, ears: _Ears) -> Iterator[Gathered]:
    from isnad.gather.fetch import fetch  # heavy: only where needed

    try:
        got = fetch(url, limits=ears.limits)
        kind, source = opened(got, kind=ears.kind, settings=ears.settings, count=ears.read)
        raw = ears.evidence.keep(got) if ears.evidence is not None else None
    except InputError as error:
        ears.problem(error)
        return
    for report in _told(source, "", kind, ears):
        if kind.one and not report.url:
            report = report.model_copy(update={"url": source.url})
        yield Gathered(report, raw)


def _file(path: Path, ears: _Ears) -> Iterator[Gathered]:
    """One file; what fails in reading it is told, and the next is read."""
    where = str(path)
    raw: RawCopy | None = None
    try:
        stream: BinaryIO = path.open("rb")
        if ears.evidence is not None and not foreign_kind(peek(stream)):
            stream.close()
            raw = ears.evidence.keep_file(path)
            stream = ears.evidence.open(raw)
    except InputError as error:
        ears.problem(error)
        return
    except OSError as error:
        ears.problem(InputError("E102", f"cannot be read: {error.strerror or error}", where))
        return
    with stream:
        source = Source(stream, where, ident_of(path.name), ears.read, ears.settings)
        for report in _told(source, path.name, ears.kind, ears):
            yield Gathered(report, raw)


def _stdin(ears: _Ears) -> Iterator[Report]:
    if sys.stdin is None:
        ears.problem(InputError("E102", "cannot be read: there is no standard input", "-"))
        return
    raw = sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BytesIO(raw.read())
    yield from _told(Source(stream, "-", "-", ears.read, ears.settings), "", ears.kind, ears)


def _told(source: Source, name: str, kind: Kind | None, ears: _Ears) -> Iterator[Report]:
    for got in read_source(source, name, kind):
        if isinstance(got, Report):
            yield got
        elif got.code.startswith("W"):
            ears.note(got)
        else:
            ears.problem(got)
