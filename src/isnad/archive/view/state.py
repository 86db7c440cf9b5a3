"""What the view stands for: a position of the journal, and the version of the rules that joined."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

import isnad
from isnad.archive import journal as jr
from isnad.archive.tables import VIEW, meta

_NAME = "incidents"
_RULES = (
    "archive/view", "archive/telling.py", "archive/decisions.py", "incidents", "geodesy.py",
    "addresses.py", "model.py", "knowledge/actors", "knowledge/joining.py", "knowledge/data",
    "language/arabic",
)  # fmt: skip
_KINDS = (".py", ".csv", ".json")


class State(NamedTuple):
    """The journal's position that the view has reached, and the rules that made it."""

    seq: int
    hash: str
    rules: str


@cache
def rules() -> str:
    """A hash of all that joining rests on."""
    digest = hashlib.sha256()
    root = Path(isnad.__file__).parent
    for name in _RULES:
        path = root / name
        files = [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix in _KINDS]
        for file in sorted(files):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def state(c: sa.Connection) -> State | None:
    """Where the view stands; ``None`` if there is none, or one that other rules made."""
    text = c.scalar(sa.select(meta.c.value).where(meta.c.name == _NAME))
    found = State(*json.loads(text)) if text else None
    return found if found is not None and found.rules == rules() else None


def current(c: sa.Connection) -> bool:
    """Whether the view is that of the journal's head."""
    at, head = state(c), jr.head(c)
    return at is not None and (at.seq, at.hash) == (head.seq, head.hash)


def note(c: sa.Connection, at: jr.Snapshot) -> State:
    """The view is now that of a position of the journal."""
    made = State(at.seq, at.hash, rules())
    c.execute(meta.delete().where(meta.c.name == _NAME))
    c.execute(meta.insert(), {"name": _NAME, "value": json.dumps(made)})
    return made


def clear(c: sa.Connection) -> None:
    """Throw the view away."""
    c.execute(meta.delete().where(meta.c.name == _NAME))
    for table in VIEW:
        c.execute(table.delete())
