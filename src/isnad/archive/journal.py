"""The journal: who did what, when and why, each entry holding the hash of the one before.

Append-only. An entry says nothing of what a report tells, only the hashes of it, so that the
journal can stay whole when a report has to go for somebody's safety.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive.tables import journal

NONE = "0" * 64
"""What stands for the hash before the first entry."""


class Entry(NamedTuple):
    """One entry. ``data`` holds the hashes of the rows that the action made or took away."""

    seq: int
    at: str
    by: str
    action: str
    subject: str
    why: str
    data: dict[str, Any]
    previous: str
    hash: str


class Snapshot(NamedTuple):
    """A position in the journal: all that was known up to it can be read again by ``seq``."""

    seq: int
    hash: str
    at: str


def canonical(value: Any) -> str:
    """JSON in one form only: sorted keys, no blanks, characters as they are."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def hash_of(
    previous: str, seq: int, at: str, by: str, action: str, subject: str, why: str, data: str
) -> str:
    """SHA-256 over the hash before and the entry."""
    entry = {"seq": seq, "at": at, "by": by, "action": action, "subject": subject, "why": why,
             "data": data}  # fmt: skip
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()


def head(c: sa.Connection) -> Snapshot:
    """Where the journal stands; 0 and :data:`NONE` before the first entry."""
    last = c.execute(
        sa.select(journal.c.seq, journal.c.hash, journal.c.at)
        .order_by(journal.c.seq.desc())
        .limit(1)
    ).first()
    return Snapshot(*last) if last else Snapshot(0, NONE, "")


class Writer:
    """Entries of one writer's transaction: chained as they are told, written by :meth:`flush`.

    Order is by ``seq``, never by clock.
    """

    def __init__(self, c: sa.Connection, by: str, now: Callable[[], str]) -> None:
        self._connection, self._by, self._now = c, by, now
        self._seq, self._previous, _ = head(c)
        self._rows: list[dict[str, Any]] = []

    def __call__(
        self, action: str, subject: str, why: str, data: dict[str, Any], *, by: str = "",
        at: str = "",
    ) -> int:  # fmt: skip
        """Tell of a change; its number. ``by`` and ``at`` are the writer's unless given."""
        entry = (self._seq + 1, at or self._now(), by or self._by, action, subject, why)
        packed = canonical(data)
        hashed = hash_of(self._previous, *entry, packed)
        names = ("seq", "at", "by", "action", "subject", "why")
        self._rows.append({**dict(zip(names, entry, strict=True)), "data": packed,
                           "previous": self._previous, "hash": hashed})  # fmt: skip
        self._seq, self._previous = self._seq + 1, hashed
        return self._seq

    def flush(self) -> None:
        """Write the entries told."""
        if self._rows:
            self._connection.execute(journal.insert(), self._rows)
            self._rows = []
