"""Reader of CSV and TSV: one report a row, its fields by heading or by the setting ``columns``.

A row that is refused is named and the rest is read. Rows are streamed: one is held at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from isnad.errors import InputError
from isnad.gather.encodings import Undecodable, decode
from isnad.gather.kinds import Source
from isnad.gather.tables.headings import mapping, row_made
from isnad.gather.text import MAX_BYTES, skip
from isnad.model import Report

_SAMPLE = 65536


def rows(source: Source) -> Iterator[Report | InputError]:
    """Reports of one table with a row of headings."""
    head = source.stream.readline(_SAMPLE)
    sample = head + source.stream.read(_SAMPLE)
    sample += source.stream.readline(MAX_BYTES + 1)
    source.count(len(sample))
    if len(sample) > MAX_BYTES:
        raise InputError("E105", f"a line is longer than {MAX_BYTES >> 20} MiB", source.where)
    if not sample.strip():
        raise InputError("E110", "the file is empty", f"{source.where}:1")
    try:
        got = decode(sample)
    except Undecodable as error:
        why = f"{error.reason}; convert it to UTF-8"
        raise InputError("E104", why, f"{source.where}:{error.line}") from error
    if got.assumed:
        how = f"is no UTF-8; read as {got.encoding}, by the look of it"
        yield InputError("W101", how, f"{source.where}:1")
    if got.encoding.startswith(("utf-16", "utf-32")):
        sample += source.whole(MAX_BYTES * 8)  # no lines of bytes to stream by
        text = iter(io.StringIO(sample.decode(got.encoding), newline=""))
        yield from _records(text, source, [])
        return
    cut: list[bool] = []
    yield from _records(_lines(sample, source, got.encoding, cut), source, cut)


def _lines(sample: bytes, source: Source, encoding: str, cut: list[bool]) -> Iterator[str]:
    """Lines of text; a byte that fits no character is half a surrogate, refused with its row.

    Of a line that is too long only the beginning is given, and ``cut`` says so.
    """
    for line in io.BytesIO(sample.removeprefix(b"\xef\xbb\xbf")):
        yield line.decode(encoding, "surrogateescape")
    while line := source.stream.readline(MAX_BYTES + 1):
        source.count(len(line))
        if len(line) > MAX_BYTES:
            cut.append(True)
            skip(source.stream, line, source)
        yield line.decode(encoding, "surrogateescape")


def _records(text: Iterator[str], source: Source, cut: list[bool]) -> Iterator[Report | InputError]:
    csv.field_size_limit(MAX_BYTES)
    above, first = 0, ""
    for first in text:
        if first.strip("\ufeff \r\n"):
            break
        above += 1  # blank lines before the headings
    else:
        raise InputError("E110", "the file is empty", f"{source.where}:1")
    marks = {mark: first.count(mark) for mark in ",;\t"}
    mark = max(marks, key=marks.__getitem__)
    # strict: a quote that is never closed must not swallow the rest in silence
    reader = csv.reader(_chain(first, text), delimiter=mark, strict=True)
    try:
        headings = next(reader)
    except (csv.Error, StopIteration) as error:
        raise InputError("E126", f"is no table: {error}", f"{source.where}:1") from error
    columns = mapping(source.settings.get("columns"), headings, f"{source.where}:1")
    number = 0
    while True:
        at = f"{source.where}:{above + reader.line_num + 1}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" not in str(error):  # inside a quoted cell: no row can be told
                why = f"{error}; nothing is read from this line on"
                raise InputError("E126", why, at) from error
            yield InputError("E126", f"the row is none: {error}", at)
            continue
        number += 1
        if cut:
            cut.clear()
            yield InputError("E105", f"the row is longer than {MAX_BYTES >> 20} MiB", at)
            continue
        yield from row_made(row, columns, f"{source.ident}#{number}", at)


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
