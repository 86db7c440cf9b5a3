"""Which column of a table holds which field: by ``--columns``, else by the words of its heading.

The words stand in ``data/headings.csv``, for people who keep tables, not programmers.
``python -m isnad.gather.tables.headings`` checks the file.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from isnad.errors import InputError, KnowledgeError, UsageError
from isnad.gather.records import FIELDS, made
from isnad.language.arabic.normal import fold
from isnad.model import Report

DATA = Path(__file__).parent.parent / "data" / "headings.csv"
_FIELDS = ("text", *FIELDS)


def _plain(heading: str) -> str:
    """How headings are compared: without case, hamza, marks, byte-order mark, underscores."""
    return " ".join(fold(heading.lstrip("\ufeff").replace("_", " ").casefold()).split())


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The headings that are taken for each field, surest first."""
    return _rows(DATA)


def _rows(data: Path) -> dict[str, tuple[str, ...]]:
    with data.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if not {"field", "words"} <= set(reader.fieldnames or ()):
            raise KnowledgeError("E302", 'needs the columns "field" and "words"', str(data))
        found: dict[str, list[str]] = {}
        for row in reader:
            found.setdefault(row["field"] or "", []).append(row["words"] or "")
    return {field: tuple(those) for field, those in found.items()}


def mapping(setting: str | None, headings: Sequence[str], where: str) -> dict[str, int]:
    """Field to column number.

    Args:
        setting: what ``--columns`` says: ``field=heading``, several with commas between.
        headings: the table's headings, in order.
        where: file and line of the headings.

    Raises:
        UsageError: E124, if ``setting`` is no such list or names no field.
        InputError: E125, if a column is not there, or none holds the text.
    """
    exact = [h.strip().lstrip("\ufeff").casefold() for h in headings]
    plain = [_plain(h) for h in headings]
    found: dict[str, int] = {}
    for part in (setting or "").split(","):
        name, equals, column = (p.strip() for p in part.partition("="))
        if not part.strip():
            continue
        if not equals or name not in _FIELDS:
            raise UsageError("E124", f"--columns: {part!r} is no FIELD=COLUMN with a known field")
        if column.casefold() not in exact:
            raise InputError("E125", f"has no column {column!r}", where)
        found[name] = exact.index(column.casefold())
    for name, known in words().items():
        places = (plain.index(w) for w in map(_plain, known) if w in plain)
        column_of = next((i for i in places if i not in found.values()), None)
        if name not in found and column_of is not None:
            found[name] = column_of
    if "text" not in found:
        have = ", ".join(h for h in headings[:12] if h.strip())
        why = f"no column is known to hold the text (it has {have}); say --columns text=COLUMN"
        raise InputError("E125", why, where)
    return found


def row_made(
    cells: Sequence[str | None], columns: Mapping[str, int], ident: str, at: str
) -> Iterator[Report | InputError]:
    """The report of one row, after remarks; its refusal; or nothing, if the row is empty.

    Args:
        cells: the row, ``None`` for a cell without value.
        columns: field to column number, as :func:`mapping` gives it.
        ident: the report's id, if no column gives one.
        at: file and row.
    """
    if not any((cell or "").strip() for cell in cells):
        return
    known = {
        name: value
        for name, i in columns.items()
        if i < len(cells) and (value := cells[i] or "").strip()
    }
    known.setdefault("id", ident)
    day = known.pop("published", None)
    yield from made({"text": "", **known}, at, date=day)


def lint(data: Path = DATA) -> list[str]:
    """What is wrong with the file, one line each.

    Raises:
        KnowledgeError: E302, if it lacks a column.
    """
    found, seen = [], set()
    for field, those in _rows(data).items():
        for one in those:
            at = f"{data.name}: {field}, {one!r}"
            if field not in _FIELDS:
                found.append(f"{at}: {field!r} is none of {', '.join(_FIELDS)}")
            if unicodedata.normalize("NFKC", one) != one or " ".join(one.split()) != one:
                found.append(f"{at}: is not in NFKC, or holds stray blanks")
            if not _plain(one) or _plain(one) in seen:
                found.append(f"{at}: is empty or stands here twice")
            seen.add(_plain(one))
    return found


if __name__ == "__main__":
    for line in (lines := lint()):
        sys.stdout.write(line + "\n")
    raise SystemExit(1 if lines else 0)
