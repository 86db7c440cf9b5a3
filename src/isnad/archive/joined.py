"""The same text again: each report is joined to the earlier one that it repeats, as it comes in.

What is kept is a sketch of each text; the index over them is put together in memory when the first
report comes, and grows by what others wrote meanwhile. The order is that of the archive's rows:
what came first is the original. If an original is removed, its copies are judged as if it had never
come. A report's own versions, and what copies it, are nobody that it could copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive.tables import report, sketch, tombstone
from isnad.gather.copies import Copies, Copy, Sketch

COLUMNS = ("copy_first", "copy_of", "copy_score", "copy_reason")


class Join(NamedTuple):
    """What a report copies: archive ids of the first of that telling and of the nearest."""

    first: str | None = None
    of: str | None = None
    score: float | None = None
    reason: str | None = None

    def columns(self) -> dict[str, Any]:
        """The report's columns that say so."""
        return dict(zip(COLUMNS, self, strict=True))


NONE = Join()
Changes = list[list[Any]]
"""For the journal: report id, version, and what it copies now."""


def join_of(row: Any) -> Join:
    """What the report in a row copies."""
    return Join(*(getattr(row, name) for name in COLUMNS))


class Joined:
    """The index of an archive's texts. Used within the writer's transaction only."""

    def __init__(self) -> None:
        self._c: sa.Connection | None = None
        self._texts: dict[str, str] = {}  # of the batch, not in the database yet
        self._forget()

    def _forget(self) -> None:
        self._copies = Copies(self._text)
        self._ids: dict[str, str] = {}  # archive id by row number
        self._firsts: dict[str, str | None] = {}  # archive id of the first, by row number
        self._last, self._removed, self._gone = 0, 0, ""

    def catch_up(self, c: sa.Connection) -> None:
        """Take in what is in the database and not here."""
        self._c = c
        removed = c.scalar(sa.select(sa.func.count()).select_from(tombstone)) or 0
        if removed != self._removed:
            self._forget()
            self._removed = removed
        asked = (
            sa.select(sketch, report.c.id, report.c.copy_first)
            .join(report, sketch.c.report_row == report.c.nr)
            .where(sketch.c.report_row > self._last)
            .order_by(sketch.c.report_row)
        )
        for row in c.execute(asked):
            name = str(row.report_row)
            self._ids[name], self._firsts[name] = row.id, row.copy_first
            self._copies.restore(name, None, Sketch(row.size, row.data))
            self._last = row.report_row

    def forget(self) -> None:
        """The transaction came to nothing: begin anew with what the database holds."""
        self._texts = {}
        self._forget()

    def done(self) -> None:
        """The transaction is kept."""
        self._texts = {}

    def add(self, nr: int, ident: str, text: str) -> tuple[Join, Sketch]:
        """Judge the text of the row ``nr`` and take it in."""
        name = str(nr)
        self._texts[name] = text
        found = self._copies.add(name, text, self._own(ident, nr))
        join = self._join(found)
        self._ids[name], self._firsts[name] = ident, join.first
        self._last = nr
        return join, self._copies.sketch(name)

    def again(self, nr: int, ident: str, text: str) -> Join:
        """Judge a row that is here already, against those before it."""
        join = self._join(self._copies.judge(str(nr), text, self._own(ident, nr)))
        self._firsts[str(nr)] = join.first
        return join

    def without(self, c: sa.Connection, ident: str) -> Changes:
        """Judge what rests on a report as if that had never come, and write it; what changed."""
        rests = (report.c.copy_first == ident) | (report.c.copy_of == ident)
        rows = c.execute(sa.select(report).where(rests).order_by(report.c.nr)).all()
        self._gone, out = ident, []
        for row in rows:
            join = self.again(row.nr, row.id, row.text)
            c.execute(report.update().where(report.c.nr == row.nr).values(join.columns()))
            out.append([row.id, row.version, list(join)])
        return out

    def _own(self, ident: str, nr: int) -> Callable[[str], bool]:
        def passing(name: str) -> bool:
            whose = self._ids[name]
            mine = whose == ident or self._firsts[name] == ident
            return mine or whose == self._gone or int(name) >= nr

        return passing

    def _join(self, found: Copy | None) -> Join:
        if found is None:
            return NONE
        of = self._ids[found.copies]
        return Join(self._firsts[found.copies] or of, of, found.score, found.reason)

    def _text(self, name: str) -> str:
        if name in self._texts:
            return self._texts[name]
        assert self._c is not None
        return str(self._c.scalar(sa.select(report.c.text).where(report.c.nr == int(name))))


def join_unjoined(c: sa.Connection) -> Changes:
    """Judge the reports that came before copies were joined."""
    joined, out = Joined(), []
    joined.catch_up(c)
    has = sa.select(sketch.c.report_row)
    asked = sa.select(report).where(report.c.nr.not_in(has)).order_by(report.c.nr)
    for row in c.execute(asked).all():
        join, made = joined.add(row.nr, row.id, row.text)
        c.execute(sketch.insert(), {"report_row": row.nr, **made._asdict()})
        if join != NONE:
            c.execute(report.update().where(report.c.nr == row.nr).values(join.columns()))
            out.append([row.id, row.version, list(join)])
    return out
