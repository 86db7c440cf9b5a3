"""Verifying: every row against the journal, and the journal against itself.

In: an archive. Out: a line for each fault, naming the row. Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.errors import told
from isnad.archive.joined import COLUMNS
from isnad.archive.reads import Reads
from isnad.archive.shadow import Passage
from isnad.archive.tables import (
    claim,
    decision,
    decision_claim,
    journal,
    mention,
    passage,
    raw_copy,
    report,
    tombstone,
)
from isnad.model import Decision


class Fault(NamedTuple):
    """What is not as the journal says: the row, and what is wrong with it."""

    what: str
    says: str


class _Expected:
    """What the journal says there is."""

    def __init__(self) -> None:
        self.reports: dict[tuple[str, int], dict[str, Any]] = {}
        # by report, version, claim and added_seq
        self.claims: dict[tuple[str, int, str, int], tuple[str, str]] = {}
        self.gone: dict[tuple[str, int, str, int], int] = {}
        self.now: dict[tuple[str, int], dict[str, int]] = {}  # claims that hold: id → added_seq
        self.decisions: dict[str, str] = {}
        self.tombstones: dict[str, int] = {}

    def take(self, seq: int, action: str, subject: str, data: dict[str, Any]) -> None:
        if action in ("add", "version", "recode"):
            self._take(seq, action, subject, data)
        elif action == "decide":
            self.decisions[subject] = data["decision"]
        elif action == "remove":
            self.tombstones[subject] = seq
            tables: tuple[dict[Any, Any], ...] = (self.reports, self.claims, self.gone, self.now)
            for table in tables:
                for key in [k for k in table if k[0] == subject]:
                    del table[key]
            for ident in data["decisions"]:
                self.decisions.pop(ident, None)
            self._join(data.get("copies", ()))
        elif action == "join":
            self._join(data["copies"])
        elif action == "days":
            for ident, version, day in data["days"]:
                self.reports[ident, version]["day"] = day

    def _join(self, changes: Iterable[Any]) -> None:
        for ident, version, join in changes:
            self.reports[ident, version]["copy"] = join

    def _take(self, seq: int, action: str, subject: str, data: dict[str, Any]) -> None:
        key = (subject, data["version"])
        now = self.now.setdefault(key, {})
        if action == "recode":
            self.reports[key] |= {"coder": data["coder"], "shadow": data["shadow"]}
            for ident in data["gone"]:
                self.gone[(*key, ident, now.pop(ident))] = seq
        else:
            self.reports[key] = {**data, "added_seq": seq, "superseded_seq": None}
        if action == "version":
            before = (subject, data["version"] - 1)
            self.reports[before]["superseded_seq"] = seq
            for ident, added in self.now.pop(before).items():
                self.gone[(*before, ident, added)] = seq
        for ident, hashed in data["claims"]:
            self.claims[(*key, ident, seq)] = (hashed, data["coder"])
            now[ident] = seq


def verify(archive: Reads, head: str | None = None) -> Iterator[Fault]:
    """All faults; none if the archive is whole.

    Args:
        archive: what to verify.
        head: ``SEQ:HASH`` noted earlier (a backup, a publication names it): the journal must still
            hold it, so that even a journal written anew from its start is found out.
    """
    with told(archive.name), engines.reading(archive.engine) as c:
        if archive.engine.dialect.name == "sqlite":
            for (line,) in c.exec_driver_sql("PRAGMA integrity_check").all():
                if line != "ok":
                    yield Fault("file", str(line))
        expected = _Expected()
        yield from _chain(c, expected, head)
        yield from _reports(c, expected)
        yield from _claims(c, expected)
        yield from _decisions(c, expected)
    if archive.engine.dialect.name == "sqlite":
        # asked as a writer: a reader whose state is no longer the last one may not ask it
        with told(archive.name), engines.writing(archive.engine) as c:
            faults = list(_index(c))
        yield from faults


def _chain(c: sa.Connection, expected: _Expected, head: str | None) -> Iterator[Fault]:
    previous, last, seen = jr.NONE, 0, head is None
    for row in c.execute(sa.select(journal).order_by(journal.c.seq)):
        name = f"journal entry {row.seq}"
        if row.seq != last + 1:
            yield Fault(name, f"entries {last + 1} to {row.seq - 1} are missing")
        if row.previous != previous:
            yield Fault(name, "does not follow from the entry before it")
        fields = (row.seq, row.at, row.by, row.action, row.subject, row.why, row.data)
        if jr.hash_of(row.previous, *fields) != row.hash:
            yield Fault(name, "was altered")
        previous, last = row.hash, row.seq
        seen = seen or head == f"{row.seq}:{row.hash}"
        try:
            expected.take(row.seq, row.action, row.subject, rw.unpacked(row.data))
        except (KeyError, TypeError, ValueError, AttributeError):
            yield Fault(name, "makes no sense after the entries before it")
    if not seen:
        yield Fault("journal", f"holds no entry {head}: it was cut off or written anew")


def _reports(c: sa.Connection, expected: _Expected) -> Iterator[Fault]:
    left = dict(expected.reports)
    asked = sa.select(report).order_by(report.c.nr)
    for row in c.execution_options(yield_per=200).execute(asked):
        name, data = f"report {row.id} version {row.version}", left.pop((row.id, row.version), None)
        if data is None:
            yield Fault(name, "is not in the journal")
            continue
        fields = {k: getattr(row, k) for k in ("given", *rw.PUBLISHED, "text")}
        if rw.report_hash(fields) != data["report"]:
            yield Fault(name, "was altered")
        for field in ("coder", "added_seq", "superseded_seq"):
            if getattr(row, field) != data[field]:
                yield Fault(name, f"{field} was altered")
        if (row.day and row.day.isoformat()) != data.get("day"):
            yield Fault(name, "the day from which it speaks was altered")
        join = [getattr(row, name) for name in COLUMNS]
        if join != data.get("copy", [None] * len(COLUMNS)):
            yield Fault(name, "what it copies was altered")
        shadow = c.execute(
            sa.select(passage.c.n, passage.c.words, passage.c.stems)
            .where(passage.c.report_row == row.nr)
            .order_by(passage.c.n)
        ).all()
        if rw.shadow_hash([Passage(*p) for p in shadow]) != data["shadow"]:
            yield Fault(name, "its words for search were altered")
        raw = c.execute(
            sa.select(raw_copy).where(raw_copy.c.report_row == row.nr).order_by(raw_copy.c.nr)
        ).all()
        kept = [rw.raw_of(r) for r in raw]
        about = [[r.sha256, jr.digest(r.about)] for r in kept]
        if about != data["raw"] or [r.sha256 for r in raw] != [r.sha256 for r in kept]:
            yield Fault(name, "its raw copy was altered")
    for ident, version in left:
        yield Fault(f"report {ident} version {version}", "is missing")


def _claims(c: sa.Connection, expected: _Expected) -> Iterator[Fault]:
    left = dict(expected.claims)
    asked = (
        sa.select(claim, report.c.id.label("of"), report.c.version)
        .outerjoin(report, claim.c.report_row == report.c.nr)
        .order_by(claim.c.nr)
    )
    for rows in c.execution_options(yield_per=500).execute(asked).partitions(500):
        mentions: dict[int, list[dict[str, Any]]] = {}
        inside = sa.select(mention).where(mention.c.claim_row.in_([r.nr for r in rows]))
        for m in c.execute(inside.order_by(mention.c.claim_row, mention.c.n)).mappings():
            values = dict(m)
            mentions.setdefault(values.pop("claim_row"), []).append(values)
        for row in rows:
            key = (row.of, row.version, row.id, row.added_seq)
            said, name = left.pop(key, None), f"claim {row.id}"
            if said is None:
                yield Fault(name, f"(added at {row.added_seq}) is not in the journal")
            elif rw.claim_hash(row.id, row.position, row.json) != said[0]:
                yield Fault(name, "was altered")
            elif row.coder != said[1]:
                yield Fault(name, "coder was altered")
            elif row.superseded_seq != expected.gone.get(key):
                yield Fault(name, "superseded_seq was altered")
            else:
                one = rw.claim_of(row.json)
                columns = rw.claim_row(row.id, row.position, one, row.json)
                if any(getattr(row, k) != v for k, v in columns.items()):
                    yield Fault(name, "its columns are not what it says")
                if mentions.get(row.nr, []) != rw.mention_rows(one):
                    yield Fault(name, "its mentions are not what it says")
    for _, _, ident, seq in left:
        yield Fault(f"claim {ident}", f"(added at {seq}) is missing")


def _decisions(c: sa.Connection, expected: _Expected) -> Iterator[Fault]:
    left = dict(expected.decisions)
    links: dict[str, set[str]] = {}
    for one, about in c.execute(sa.select(decision_claim)):
        links.setdefault(one, set()).add(about)
    for row in c.execute(sa.select(decision)):
        name, hashed = f"decision {row.id}", left.pop(row.id, None)
        if hashed is None:
            yield Fault(name, "is not in the journal")
        elif jr.digest(row.json) != hashed:
            yield Fault(name, "was altered")
        elif links.get(row.id, set()) != set(Decision.model_validate_json(row.json).claims):
            yield Fault(name, "its claims are not what it says")
    for ident in left:
        yield Fault(f"decision {ident}", "is missing")
    there = {r.report: r.seq for r in c.execute(sa.select(tombstone))}
    for of, _ in sorted(set(there.items()) ^ set(expected.tombstones.items())):
        yield Fault(f"tombstone of {of}", "is not what the journal says")


def _index(c: sa.Connection) -> Iterator[Fault]:
    try:
        c.exec_driver_sql(
            "INSERT INTO passage_fts(passage_fts, rank) VALUES ('integrity-check', 1)"
        )
    except sa.exc.DatabaseError as error:
        if "readonly" in str(error.orig):
            return  # the index is only checked by what looks like writing
        yield Fault("search index", "does not fit the words; `isnad backup` and `restore` mend it")
