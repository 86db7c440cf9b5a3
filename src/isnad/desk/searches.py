"""Searches that people keep: what is new since they last looked, and a feed of it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive.errors import told
from isnad.archive.people import account, saved_search
from isnad.archive.store import Archive
from isnad.desk.auth.secrets import new_secret
from isnad.desk.auth.store import stamp
from isnad.desk.errors import bad, missing

MOST = 200
"""Searches that one person keeps at most."""


class Kept(NamedTuple):
    """A kept search. ``seen_seq`` is the journal's position when its owner last looked."""

    id: str
    owner: str
    name: str
    query: str
    alert: bool
    seen_seq: int
    feed: str
    created_at: str


class Searches:
    """An archive's kept searches; each belongs to one account ("": the owner of the desk)."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def of(self, owner: str) -> list[Kept]:
        """Somebody's searches, by name."""
        asked = sa.select(saved_search).where(saved_search.c.owner == owner)
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            rows = c.execute(asked.order_by(saved_search.c.name, saved_search.c.id))
            return [_kept(r) for r in rows]

    def one(self, owner: str, ident: str) -> Kept:
        """One of somebody's searches.

        Raises:
            DeskError: E702 without such a search of theirs.
        """
        found = next((k for k in self.of(owner) if k.id == ident), None)
        if found is None:
            raise missing("such search of yours")
        return found

    def by_feed(self, feed: str) -> tuple[Kept, str | None] | None:
        """The search of a feed's secret, with the role of its owner's account.

        ``None`` if there is none, or its owner may no longer sign in.
        """
        asked = (
            sa.select(saved_search, account.c.role, account.c.disabled)
            .outerjoin(account, account.c.id == saved_search.c.owner)
            .where(saved_search.c.feed == feed)
        )
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            row = c.execute(asked).first()
        if row is None or (row.owner and (row.role is None or row.disabled)):
            return None
        return _kept(row), row.role

    def add(
        self, owner: str, name: str, query: str, alert: bool, seq: int, now: dt.datetime
    ) -> Kept:  # fmt: skip
        """Keep a search.

        Raises:
            DeskError: E701 if somebody keeps too many.
        """
        if len(self.of(owner)) >= MOST:
            raise bad(f"at most {MOST} searches can be kept; delete some")
        values: dict[str, Any] = {
            "id": "q" + uuid.uuid4().hex[:16], "owner": owner, "name": name, "query": query,
            "alert": alert, "seen_seq": seq, "feed": new_secret(), "created_at": stamp(now),
        }  # fmt: skip
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            c.execute(saved_search.insert().values(**values))
        return Kept(**values)

    def change(self, owner: str, ident: str, values: dict[str, Any]) -> Kept:
        """Change one of somebody's searches."""
        self.one(owner, ident)
        if values:
            with told(self.archive.name), engines.writing(self.archive.engine) as c:
                c.execute(saved_search.update().where(saved_search.c.id == ident).values(**values))
        return self.one(owner, ident)

    def drop(self, owner: str, ident: str) -> None:
        """Forget one of somebody's searches; its feed ends."""
        self.one(owner, ident)
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            c.execute(saved_search.delete().where(saved_search.c.id == ident))


def _kept(row: Any) -> Kept:
    return Kept(
        row.id, row.owner, row.name, row.query, bool(row.alert), row.seen_seq, row.feed,
        row.created_at,
    )  # fmt: skip
