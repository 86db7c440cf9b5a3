"""Snapshots: incidents as they were shown at a moment, frozen so that they can be cited.

The rows are kept as bytes with their SHA-256, and an entry in the journal holds it. A snapshot is
never changed; what has to go for somebody's safety goes from snapshots too, and they say so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic_core import to_json

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive.errors import told
from isnad.archive.people import frozen, frozen_claim, frozen_row
from isnad.archive.store import Archive
from isnad.desk.auth.store import stamp
from isnad.desk.errors import missing
from isnad.desk.model.row import Row

_AT_ONCE = 500
MOST = 100_000


class Frozen(NamedTuple):
    """A snapshot without its rows; ``left`` of its ``frozen`` rows are still there."""

    id: str
    title: str
    query: str
    note: str
    by: str
    at: str
    seq: int
    head: str
    frozen: int
    sha256: str
    left: int


class Snapshots:
    """An archive's snapshots."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def add(
        self, title: str, query: str, note: str, rows: Iterable[Row], head: jr.Snapshot, by: str,
        now: dt.datetime,
    ) -> Frozen:  # fmt: skip
        """Freeze rows."""
        ident, digest = "s" + uuid.uuid4().hex[:12], hashlib.sha256()
        lines, claims = [], []
        for n, row in enumerate(rows):
            text = to_json(row.shown).decode()
            digest.update(text.encode() + b"\n")
            lines.append({"frozen": ident, "n": n, "json": text})
            claims += [{"frozen": ident, "n": n, "claim": c} for c in row.claims]
        values: dict[str, Any] = {
            "id": ident, "title": title, "query": query, "note": note, "by": by, "at": stamp(now),
            "seq": head.seq, "head": head.hash, "count": len(lines), "sha256": digest.hexdigest(),
        }  # fmt: skip
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            c.execute(frozen.insert().values(**values))
            for table, some in ((frozen_row, lines), (frozen_claim, claims)):
                for at in range(0, len(some), _AT_ONCE):
                    c.execute(table.insert(), some[at : at + _AT_ONCE])
            log = jr.Writer(c, by, lambda: stamp(now))
            log(
                "freeze",
                ident,
                "",
                {"sha256": values["sha256"], "seq": head.seq, "count": len(lines)},
            )
            log.flush()
        return self.one(ident)

    def all_of(self) -> list[Frozen]:
        """All snapshots, the newest first."""
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            rows = c.execute(_counted().order_by(frozen.c.at.desc(), frozen.c.id))
            return [Frozen(**r._asdict()) for r in rows]

    def one(self, ident: str) -> Frozen:
        """A snapshot.

        Raises:
            DeskError: E702 without one.
        """
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            row = c.execute(_counted().where(frozen.c.id == ident)).first()
        if row is None:
            raise missing("such snapshot")
        return Frozen(**row._asdict())

    def rows(
        self, ident: str, after: int = -1, limit: int | None = None
    ) -> Iterator[tuple[int, str]]:
        """Rows of a snapshot as JSON, by number."""
        asked = (
            sa.select(frozen_row.c.n, frozen_row.c.json)
            .where(frozen_row.c.frozen == ident, frozen_row.c.n > after)
            .order_by(frozen_row.c.n)
        )
        if limit is not None:
            asked = asked.limit(limit)
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                yield row.n, row.json


def _counted() -> sa.Select[Any]:
    left = (
        sa.select(sa.func.count())
        .where(frozen_row.c.frozen == frozen.c.id)
        .scalar_subquery()
        .label("left")
    )
    others = [k for k in frozen.c if k.name != "count"]
    return sa.select(*others, frozen.c["count"].label("frozen"), left)
