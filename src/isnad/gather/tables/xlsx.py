"""Reader of XLSX: every sheet with a row of headings that name the text, one report a row.

Rows are streamed. Values are those that the program which wrote the file last worked out; formulas
are never run, links never followed, macros never looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.office import checked_parts
from isnad.gather.tables.headings import mapping, row_made
from isnad.model import Report

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PARTS = 512 << 20  # bytes of XML that a workbook may unpack to


def rows(source: Source) -> Iterator[Report | InputError]:
    """Reports of one workbook, sheet by sheet."""
    from openpyxl import load_workbook  # heavy: only where needed

    with checked_parts(source, _PARTS) as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # the library fails in many ways on what is no workbook
            why = f"is no sound workbook ({type(error).__name__}: {error})"
            raise InputError("E137", why, source.where) from error
        try:
            yield from _sheets(book, source)
        finally:
            book.close()


def _sheets(book: Any, source: Source) -> Iterator[Report | InputError]:
    wanted = source.settings.get("sheet")
    sheets = [s for s in book.worksheets if wanted is None or s.title == wanted]
    if not sheets:
        have = ", ".join(s.title for s in book.worksheets[:12])
        raise InputError("E125", f"has no sheet {wanted!r} (it has {have})", source.where)
    refusals: list[InputError] = []
    for sheet in sheets:
        try:
            yield from _sheet(sheet, source, len(sheets) > 1)
        except InputError as error:
            refusals.append(error)
    if len(refusals) == len(sheets):
        yield from refusals[:1]
    else:
        for refusal in refusals:  # a workbook has its sheets of notes and of sums
            yield InputError("W123", f"sheet not read: {refusal.message}", refusal.where)


def _sheet(sheet: Any, source: Source, several: bool) -> Iterator[Report | InputError]:
    name = f"{source.where}:{sheet.title}"
    ident = f"{source.ident}#{sheet.title}!" if several else f"{source.ident}#"
    sheet.reset_dimensions()  # what the file says of its size may be a lie
    found: dict[str, int] | None = None
    number = 0
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [as_text(value) for value in values]
            if found is None:
                if any(cells):
                    headings = [cell or "" for cell in cells]
                    found = mapping(source.settings.get("columns"), headings, f"{name}:{number}")
                continue
            yield from row_made(cells, found, f"{ident}{number}", f"{name}:{number}")
    except InputError:
        raise
    except Exception as error:  # as above, met only when its rows are read
        why = f"is damaged behind row {number} ({type(error).__name__}: {error})"
        raise InputError("E137", why, name) from error
    if found is None:
        raise InputError("E110", "the sheet is empty", name)


def as_text(value: object) -> str | None:
    """A cell's value as text: days in ISO 8601, whole numbers without a point."""
    match value:
        case None:
            return None
        case str():
            return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value).replace("\r\n", "\n")
        case bool():
            return str(value).lower()
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
