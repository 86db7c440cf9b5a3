"""The journal: who did what, when and why, each entry holding the hash of the one before.

Append-only. An entry says nothing of what a report tells, only the hashes of it, so that the
journal can stay whole when a report has to go for somebody's safety.
"""

from __future__ import annotations

import hashlib
import json
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


def append(
    c: sa.Connection, at: str, by: str, action: str, subject: str, why: str, data: dict[str, Any]
) -> Entry:
    """Write the next entry within the writer's transaction. Order is by ``seq``, never by clock."""
    last = head(c)
    seq, packed = last.seq + 1, canonical(data)
    hashed = hash_of(last.hash, seq, at, by, action, subject, why, packed)
    c.execute(
        journal.insert().values(
            seq=seq, at=at, by=by, action=action, subject=subject, why=why, data=packed,
            previous=last.hash, hash=hashed,
        )
    )  # fmt: skip
    return Entry(seq, at, by, action, subject, why, data, last.hash, hashed)
