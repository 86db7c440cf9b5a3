"""Comments on incidents, reports and claims; every text of each is kept."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive.errors import told
from isnad.archive.people import comment, comment_text
from isnad.archive.store import Archive
from isnad.desk.errors import DeskError, bad, missing, stale
from isnad.desk.roles import Caller

LONGEST = 10_000
Record = dict[str, Any]
_STANDS = 5.0
"""Seconds after which counts are made anew: another desk on the archive may have written."""


class Comments:
    """An archive's comments. One on an incident is kept under the least of its claims' ids, so that
    it stays with the event when the incident is joined with another or parted."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._counts: Counter[str] | None = None
        self._counted = 0.0

    def count(self, claims: Iterable[str]) -> int:
        """How many comments stand on an incident or its claims."""
        old = time.monotonic() - self._counted > _STANDS
        if self._counts is None or old:
            self._counted = time.monotonic()
            asked = (
                sa.select(comment.c.about, sa.func.count())
                .where(comment.c.withdrawn_at.is_(None))
                .group_by(comment.c.about)
            )
            with told(self.archive.name), engines.reading(self.archive.engine) as c:
                self._counts = Counter({about: int(n) for about, n in c.execute(asked)})
        return sum(self._counts[c] for c in claims) if self._counts else 0

    def about(
        self, kind: str, ids: Sequence[str], after: tuple[str, str] | None, limit: int
    ) -> list[Record]:
        """Comments in order of time."""
        newest = comment_text.c.version == comment.c.version
        asked = (
            sa.select(comment, comment_text.c.text)
            .join(comment_text, (comment_text.c.comment == comment.c.id) & newest)
            .where(comment.c.kind == kind, comment.c.about.in_(list(ids)[:900]))
            .order_by(comment.c.at, comment.c.id)
            .limit(limit)
        )
        if after is not None:
            asked = asked.where(sa.tuple_(comment.c.at, comment.c.id) > sa.tuple_(*after))
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            return [_record(r) for r in c.execute(asked)]

    def add(
        self, kind: str, about: str, text: str, reply_to: str | None, who: Caller, now: dt.datetime
    ) -> Record:
        """Write a comment.

        Raises:
            DeskError: E701 for a text that does not fit or a reply to what is not there.
        """
        text, ident, at = clean(text), "m" + uuid.uuid4().hex[:16], _moment(now)
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            if reply_to is not None:
                one = c.execute(
                    sa.select(comment.c.kind, comment.c.about).where(comment.c.id == reply_to)
                ).first()
                if one is None or one.kind != kind:
                    raise bad("the comment does not fit", reply_to="there is no such comment here")
            c.execute(comment.insert().values(
                id=ident, kind=kind, about=about, by=who.who, account=who.account, at=at,
                reply_to=reply_to, version=1,
            ))  # fmt: skip
            c.execute(comment_text.insert().values(comment=ident, version=1, at=at, text=text))
            self._counts = None
            return _record(_one(c, ident))

    def edit(self, ident: str, text: str, version: int, who: Caller, now: dt.datetime) -> Record:
        """Give one's own comment another text; the earlier ones are kept.

        Raises:
            DeskError: E702, E705 (another's), E703 (edited meanwhile), E701.
        """
        text, at = clean(text), _moment(now)
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            old = _own(_one(c, ident), who, lead=False)
            if old.version != version:
                yours = {"text": text, "version": version}
                raise stale("the comment was edited meanwhile", _record(old), yours)
            c.execute(
                comment_text.insert().values(comment=ident, version=version + 1, at=at, text=text)
            )
            c.execute(
                comment.update()
                .where(comment.c.id == ident)
                .values(version=version + 1, edited_at=at)
            )
            return _record(_one(c, ident))

    def withdraw(self, ident: str, who: Caller, now: dt.datetime) -> Record:
        """Withdraw one's own comment, or (a lead) anybody's: its words are no longer shown."""
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            _own(_one(c, ident), who, lead=True)
            c.execute(
                comment.update().where(comment.c.id == ident).values(withdrawn_at=_moment(now))
            )
            self._counts = None
            return _record(_one(c, ident))


def clean(text: str) -> str:
    """A comment's text, in one form.

    Raises:
        DeskError: E701 if it is empty, too long, or holds what no archive can keep.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(text) <= LONGEST:
        raise bad("the comment does not fit", text=f"write 1 to {LONGEST} characters")
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise bad("the comment does not fit", text="holds characters that no archive can keep")
    return text


def _moment(now: dt.datetime) -> str:
    """A moment as text that sorts, finer than two people can write."""
    at = now.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return at.replace("+00:00", "Z")


def _one(c: sa.Connection, ident: str) -> Any:
    newest = comment_text.c.version == comment.c.version
    asked = (
        sa.select(comment, comment_text.c.text)
        .join(comment_text, (comment_text.c.comment == comment.c.id) & newest)
        .where(comment.c.id == ident)
    )
    row = c.execute(asked).first()
    if row is None:
        raise missing("such comment")
    return row


def _own(row: Any, who: Caller, *, lead: bool) -> Any:
    if row.withdrawn_at:
        raise missing("such comment")
    mine = row.account == who.account and row.by == who.who
    if not mine and not (lead and who.can("adjudicate")):
        raise DeskError("E705", 403, "this comment is somebody else's")
    return row


def _record(row: Any) -> Record:
    gone = row.withdrawn_at is not None
    return {
        "id": row.id, "about": f"{row.kind}:{row.about}", "by": row.by, "at": row.at,
        "text": None if gone else row.text, "edited": row.edited_at, "version": row.version,
        "reply_to": row.reply_to, "withdrawn": gone,
    }  # fmt: skip
