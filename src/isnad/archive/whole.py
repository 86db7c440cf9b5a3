"""Reports with all that is known of them, one by one: what a program keeps in memory to read from.

In: an archive, and which reports are asked for. Out: heads, texts and claims as coded, streamed;
and the reports that a query finds, as ids alone. Decisions are not applied here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import rows as rw
from isnad.archive.errors import told
from isnad.archive.filters import alive
from isnad.archive.joined import Join, join_of
from isnad.archive.journal import Entry
from isnad.archive.query import matches, units
from isnad.archive.reads import Reads
from isnad.archive.tables import claim, decision, journal, report
from isnad.incidents.tellings import words_of
from isnad.model import Claim, Decision, Telling

_AT_ONCE = 200


class Coded(NamedTuple):
    """A claim as coded: its id, its place among the report's claims, and when it came."""

    id: str
    position: int
    claim: Claim
    coder: str
    added_seq: int


class Whole(NamedTuple):
    """A report's present version with its claims; ``id`` is the archive's.

    ``copies`` says which earlier report it repeats, if it does.
    """

    id: str
    version: int
    given: str
    title: str | None
    published: dt.date | None
    publisher: str | None
    url: str | None
    text: str
    coder: str
    added_seq: int
    claims: tuple[Coded, ...]
    copies: Join
    forwarded_from: str | None = None
    day: dt.date | None = None

    def telling(self, one: Coded) -> Telling:
        """A claim as coded with what is known of its report, by the archive's id."""
        return Telling(
            id=one.id, report=self.id, claim=one.claim, publisher=self.publisher,
            published=self.published or self.day, url=self.url, copy_of=self.copies.first,
            guessed=self.published is None and self.day is not None,
            forwarded_from=self.forwarded_from, position=one.position,
            words=words_of(self.text, self.title, one.claim.evidence, one.position),
        )  # fmt: skip


def wholes(archive: Reads, ids: Collection[str] | None = None) -> Iterator[Whole]:
    """Reports in order of publication (undated ones last), each with its claims in order.

    Args:
        archive: the archive.
        ids: the archive's ids of the reports asked for; all if not given.
    """
    asked = (
        sa.select(report)
        .where(alive(report, None))
        .order_by(sa.nulls_last(report.c.published), report.c.nr)
    )
    if ids is not None:
        asked = asked.where(report.c.id.in_(sorted(ids)))
    with told(archive.name), engines.reading(archive.engine) as c:
        for rows in c.execution_options(yield_per=_AT_ONCE).execute(asked).partitions(_AT_ONCE):
            claims: dict[int, list[Coded]] = defaultdict(list)
            mine = (
                sa.select(
                    claim.c.report_row, claim.c.id, claim.c.position, claim.c.json, claim.c.coder,
                    claim.c.added_seq,
                )
                .where(claim.c.report_row.in_([r.nr for r in rows]), alive(claim, None))
                .order_by(claim.c.report_row, claim.c.position, claim.c.nr)
            )  # fmt: skip
            for nr, ident, position, text, coder, seq in c.execute(mine):
                claims[nr].append(Coded(ident, position, rw.claim_of(text), coder, seq))
            for r in rows:
                yield Whole(
                    r.id, r.version, r.given, r.title, r.published, r.publisher, r.url, r.text,
                    r.coder, r.added_seq, tuple(claims[r.nr]), join_of(r), r.forwarded_from, r.day,
                )  # fmt: skip


def decided_after(archive: Reads, seq: int) -> Iterator[Decision]:
    """Decisions recorded after a position of the journal, undone ones too, in order."""
    asked = sa.select(decision.c.json).where(decision.c.added_seq > seq)
    with told(archive.name), engines.reading(archive.engine) as c:
        for text in c.scalars(asked.order_by(decision.c.added_seq)):
            yield Decision.model_validate_json(text)


def matching(archive: Reads, query: str, *, exact: bool = False) -> list[str]:
    """The archive's ids of reports that :meth:`Reads.search` would find for ``query``.

    The newest first; an empty query matches none.
    """
    asked_for = units(query, exact=exact)
    dialect = archive.engine.dialect.name
    where = [alive(report, None), *(matches(unit, dialect) for unit in asked_for)]
    if exact and query.strip():
        at = sa.func.instr if dialect == "sqlite" else sa.func.strpos
        title = sa.func.coalesce(report.c.title, "")
        where.append(sa.or_(at(report.c.text, query) > 0, at(title, query) > 0))
    elif not asked_for:
        return []
    asked = (
        sa.select(report.c.id)
        .where(*where)
        .order_by(sa.nulls_last(report.c.published.desc()), report.c.given, report.c.id)
    )
    with told(archive.name), engines.reading(archive.engine) as c:
        return list(c.scalars(asked))


def texts(archive: Reads, ids: Collection[str]) -> dict[str, str]:
    """The present texts of some reports, by the archive's id."""
    asked = sa.select(report.c.id, report.c.text).where(
        report.c.id.in_(sorted(ids)), alive(report, None)
    )
    with told(archive.name), engines.reading(archive.engine) as c:
        return {row.id: row.text for row in c.execute(asked)}


class Version(NamedTuple):
    """One text of a report. ``at`` and ``by`` are the journal's."""

    version: int
    title: str | None
    published: dt.date | None
    publisher: str | None
    url: str | None
    given: str
    text: str
    coder: str
    added_seq: int
    superseded_seq: int | None
    changed_at: str | None
    forwarded_from: str | None
    attachments: tuple[str, ...]
    at: str
    by: str


def versions(archive: Reads, ident: str) -> list[Version]:
    """All texts of a report (the archive's id), the first first."""
    asked = (
        sa.select(
            report.c.version, report.c.title, report.c.published, report.c.publisher,
            report.c.url, report.c.given, report.c.text, report.c.coder, report.c.added_seq,
            report.c.superseded_seq, report.c.changed_at, report.c.forwarded_from,
            report.c.attachments, journal.c.at, journal.c.by,
        )
        .join(journal, journal.c.seq == report.c.added_seq)
        .where(report.c.id == ident)
        .order_by(report.c.version)
    )  # fmt: skip
    with told(archive.name), engines.reading(archive.engine) as c:
        return [
            Version(**{
                **row._asdict(), "attachments": tuple(rw.unpacked(row.attachments or "[]"))
            })
            for row in c.execute(asked)
        ]  # fmt: skip


def entries_about(
    archive: Reads, subjects: Collection[str], before: int | None, limit: int
) -> list[Entry]:
    """The newest journal entries about some reports, decisions or snapshots."""
    asked = sa.select(journal).where(journal.c.subject.in_(sorted(subjects)))
    if before is not None:
        asked = asked.where(journal.c.seq < before)
    asked = asked.order_by(journal.c.seq.desc()).limit(limit)
    with told(archive.name), engines.reading(archive.engine) as c:
        return [
            Entry(**{**row._asdict(), "data": rw.unpacked(row.data)}) for row in c.execute(asked)
        ]


def times_of(archive: Reads, positions: Collection[int]) -> dict[int, str]:
    """When entries of the journal were written, by position."""
    asked = sa.select(journal.c.seq, journal.c.at).where(journal.c.seq.in_(sorted(positions)))
    with told(archive.name), engines.reading(archive.engine) as c:
        return {row.seq: row.at for row in c.execute(asked)}
