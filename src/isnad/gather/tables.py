"""Reader of CSV and TSV: one report a row, its fields by heading or by the setting ``columns``.

A row that is refused is named and the rest is read. Rows are streamed: one is held at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from isnad.errors import InputError, UsageError
from isnad.gather.encodings import Undecodable, decode
from isnad.gather.kinds import Source
from isnad.gather.records import FIELDS, report_of
from isnad.gather.text import MAX_BYTES, skip
from isnad.gather.written import unknown_day, written_day
from isnad.model import Report

HEADINGS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "message", "report", "النص", "نص", "المحتوى", "الخبر"),
    "id": ("id", "identifier", "المعرف", "معرف", "الرقم"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "published": ("published", "date", "published_at", "التاريخ", "تاريخ", "تاريخ النشر"),
    "publisher": ("publisher", "source", "outlet", "channel", "المصدر", "الناشر", "القناة"),
    "url": ("url", "link", "address", "الرابط", "رابط"),
}
"""Headings that are taken for a field, surest first; others need ``columns``."""
_SAMPLE = 65536


def mapping(setting: str | None, headings: list[str], where: str) -> dict[str, int]:
    """Field to column number.

    Raises:
        UsageError: E124, if ``setting`` is no list of ``field=column`` or names no field.
        InputError: E125, if a column is not there, or none holds the text.
    """
    plain = [h.strip().lstrip("\ufeff").casefold() for h in headings]
    found: dict[str, int] = {}
    for part in (setting or "").split(","):
        name, equals, column = (p.strip() for p in part.partition("="))
        if not part.strip():
            continue
        if not equals or name not in (*FIELDS, "text"):
            raise UsageError("E124", f"--columns: {part!r} is no FIELD=COLUMN with a known field")
        if column.casefold() not in plain:
            raise InputError("E125", f"has no column {column!r}", f"{where}:1")
        found[name] = plain.index(column.casefold())
    for name, words in HEADINGS.items():
        column = next((w for w in words if w in plain), "")
        if name not in found and column and plain.index(column) not in found.values():
            found[name] = plain.index(column)
    if "text" not in found:
        have = ", ".join(headings[:12])
        why = f"no column is known to hold the text (it has {have}); say --columns text=COLUMN"
        raise InputError("E125", why, f"{where}:1")
    return found


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
    first = next(text)
    marks = {mark: first.count(mark) for mark in ",;\t"}
    mark = max(marks, key=marks.__getitem__)
    # strict: a quote that is never closed must not swallow the rest in silence
    reader = csv.reader(_chain(first, text), delimiter=mark, strict=True)
    try:
        headings = next(reader)
    except (csv.Error, StopIteration) as error:
        raise InputError("E126", f"is no table: {error}", f"{source.where}:1") from error
    where = mapping(source.settings.get("columns"), headings, source.where)
    number = 0
    while True:
        at = f"{source.where}:{reader.line_num + 1}"
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
        if not any(cell.strip() for cell in row):
            continue
        known = {name: row[i] for name, i in where.items() if i < len(row) and row[i].strip()}
        known.setdefault("text", "")
        known.setdefault("id", f"{source.ident}#{number}")
        raw = known.pop("published", None)
        day = written_day(raw)
        if day:
            known["published"] = day
        try:
            report = report_of(known, at)
        except InputError as error:
            yield error
            continue
        remark = unknown_day(raw, at)
        if remark is not None:
            yield remark
        yield report


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
