"""The loss report: for each kind of loss how many rows it met, and which ones first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

Kind = Literal["left out", "dropped", "narrowed", "flagged"]
KINDS: tuple[Kind, ...] = ("left out", "dropped", "narrowed", "flagged")
NAMED = 20
"""Rows named by id for each loss; the count is always exact."""


class CannotSay(Exception):
    """A form has no way to hold a row: of which slot, and why."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field
        self.says = says


class Loss(NamedTuple):
    """A group of rows that met one loss.

    Attributes:
        kind: ``left out`` (no row at all), ``dropped`` (the form has no field for a value),
            ``narrowed`` (a value was made to fit), ``flagged`` (written as it is, but look at it).
        field: of which slot or column.
        says: what became of it and why.
        rows: how many rows. ids: the first of them.
    """

    kind: Kind
    field: str
    says: str
    rows: int
    ids: tuple[str, ...]


class Losses:
    """Collects losses while a file is written; memory does not grow with the rows."""

    def __init__(self) -> None:
        self._found: dict[tuple[Kind, str, str], list[Any]] = {}
        self._last: dict[tuple[Kind, str, str], str] = {}

    def left_out(self, row: str, why: CannotSay) -> None:
        """The form cannot hold the row."""
        self._add(("left out", why.field, why.says), row)

    def dropped(self, row: str, field: str, says: str) -> None:
        """The form has no field for a value."""
        self._add(("dropped", field, says), row)

    def narrowed(self, row: str, field: str, says: str) -> None:
        """A value was made to fit the form."""
        self._add(("narrowed", field, says), row)

    def flagged(self, row: str, field: str, says: str) -> None:
        """A value was written as it is, but looks wrong."""
        self._add(("flagged", field, says), row)

    def _add(self, key: tuple[Kind, str, str], row: str) -> None:
        if self._last.get(key) == row:
            return  # a row counts once
        self._last[key] = row
        entry = self._found.setdefault(key, [0, []])
        entry[0] += 1
        if len(entry[1]) < NAMED:
            entry[1].append(row)

    def count(self, kind: Kind) -> int:
        """How many rows met losses of a kind (a row counts for each)."""
        return sum(n for (k, _, _), (n, _) in self._found.items() if k == kind)

    def __iter__(self) -> Iterator[Loss]:
        """Losses by kind, the most frequent first."""
        for key in sorted(
            self._found, key=lambda k: (KINDS.index(k[0]), -self._found[k][0], k[1], k[2])
        ):
            rows, ids = self._found[key]
            yield Loss(*key, rows, tuple(ids))
