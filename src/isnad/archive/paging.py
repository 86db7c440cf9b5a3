"""Pages of an answer: a cursor keeps the state that was asked and the last row shown.

A cursor is opaque text. It pins the journal's position of the first page, so that the pages
together are one answer, whatever is added while somebody reads them.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa

from isnad.errors import UsageError

T = TypeVar("T")


class Page(NamedTuple, Generic[T]):
    """Some rows of an answer, and the cursor of those that follow (``None`` after the last)."""

    rows: tuple[T, ...]
    next: str | None


class Cursor(NamedTuple):
    """Where a page begins: what was asked (its order), the journal's position, the last key."""

    of: str
    as_of: int
    key: tuple[Any, ...]

    def text(self) -> str:
        """The cursor for addresses and command lines."""
        packed = json.dumps([self.of, self.as_of, *map(_plain, self.key)], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def cursor(text: str, of: str, kinds: Sequence[type]) -> Cursor:
    """The cursor that :meth:`Cursor.text` wrote, for an answer in the order ``of``.

    Raises:
        UsageError: E517 if it is none, or one of another kind of answer.
    """
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        was, as_of, *key = json.loads(packed)
        if was != of or type(as_of) is not int or len(key) != len(kinds):
            raise ValueError
        return Cursor(of, as_of, tuple(_read(v, k) for v, k in zip(key, kinds, strict=True)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise UsageError("E517", "the cursor is none of this answer; begin anew") from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _read(value: Any, kind: type) -> Any:
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if type(value) is not kind:
        raise ValueError
    return value


def after(
    columns: Sequence[tuple[sa.ColumnElement[Any], bool]], key: Sequence[Any]
) -> sa.ColumnElement[bool]:  # fmt: skip
    """Rows that come after ``key`` in the order of ``columns`` (each: column, whether falling)."""
    (column, falling), value = columns[0], key[0]
    past: sa.ColumnElement[bool] = column < value if falling else column > value
    if len(columns) == 1:
        return past
    return sa.or_(past, sa.and_(column == value, after(columns[1:], key[1:])))


def ordered(columns: Sequence[tuple[sa.ColumnElement[Any], bool]]) -> list[Any]:
    """The ``ORDER BY`` of some columns."""
    return [column.desc() if falling else column.asc() for column, falling in columns]
