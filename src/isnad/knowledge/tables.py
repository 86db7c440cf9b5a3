"""Reading the CSV files of ``data/``: one way, with the file and line in every refusal.

In: a path and the columns it must have. Out: rows as dictionaries, each with its place
(``file:line``). Codes: E301 unreadable, E302 columns, E303 fields, E304 day, E305 value.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from isnad.errors import KnowledgeError

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by column (stripped, never ``None``) and where it stands."""

    values: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def day(self, column: str) -> str:
        """The ISO day in ``column``, or "". Raises E304 if it is no day."""
        return iso_day(self.values[column], self.where)


def iso_day(value: str, where: str) -> str:
    """``value`` if it is empty or a day ``YYYY-MM-DD``; raises E304 otherwise."""
    if value:
        try:
            ok = dt.date.fromisoformat(value).isoformat() == value
        except ValueError:
            ok = False
        if not ok:
            raise KnowledgeError("E304", f"{value!r} is no day; write YYYY-MM-DD", where)
    return value


def short(path: Path) -> str:
    """The path as people know it: from ``data/`` on, if it lies there."""
    try:
        return str(path.relative_to(DATA.parent))
    except ValueError:
        return str(path)


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file whose header has at least ``columns``.

    Lines whose first cell begins with ``#`` and empty lines are passed over.

    Raises:
        KnowledgeError: E301, E302 or E303, with file and line.
    """
    name = short(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError("E301", f"cannot be read as UTF-8: {error}", name) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header: list[str] | None = None
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise KnowledgeError("E303", str(error), f"{name}:{reader.line_num}") from error
        where = f"{name}:{reader.line_num}"
        if header is None:
            header = [c.strip() for c in cells]
            missing = [c for c in columns if c not in header]
            if missing:
                raise KnowledgeError("E302", f"lacks the column(s) {', '.join(missing)}", where)
            continue
        if not any(cells) or cells[0].startswith("#"):
            continue
        if len(cells) != len(header):
            message = f"has {len(cells)} fields, the header {len(header)}; quote cells with commas"
            raise KnowledgeError("E303", message, where)
        yield Row({k: v.strip() for k, v in zip(header, cells, strict=True)}, where)


def read_folder(folder: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of every CSV file in ``folder``, files in order of name."""
    for path in sorted(folder.glob("*.csv")):
        yield from read_table(path, columns)


class Dated(NamedTuple):
    """A value that holds from ``start`` to ``end`` (ISO days, inclusive; "" is open)."""

    value: str
    start: str = ""
    end: str = ""

    def holds(self, day: str) -> bool:
        """Whether it holds on ``day`` (ISO; "" for an unknown day, on which everything holds)."""
        return not day or (
            (not self.start or self.start <= day) and (not self.end or day <= self.end)
        )


def dated(cell: str, where: str) -> tuple[Dated, ...]:
    """The values of a cell such as ``a@2014-01-01..2017-12-30;b@2017-12-30..`` (days optional)."""
    out = []
    for piece in cell.split(";"):
        value, at, span = piece.strip().rpartition("@")
        if not at:
            value, span = span, ".."
        start, dots, end = span.partition("..")
        if not dots:
            raise KnowledgeError("E304", f"{span!r}: write FROM..TO after @", where)
        if value.strip():
            pair = iso_day(start.strip(), where), iso_day(end.strip(), where)
            out.append(Dated(value.strip(), *pair))
    return tuple(out)


def one_of(value: str, allowed: Iterable[str], what: str, where: str) -> str:
    """``value`` if it is allowed; raises E305 otherwise."""
    allowed = tuple(allowed)
    if value not in allowed:
        raise KnowledgeError(
            "E305", f"{what} {value!r} is none of {', '.join(map(repr, allowed))}", where
        )
    return value
