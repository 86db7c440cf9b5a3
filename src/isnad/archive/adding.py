"""Adding: reports with their claims become rows, many in one transaction, each whole or not at all.

In: reports and the claims made of them, within the writer's transaction. Out: what became of each.
Row numbers are given here, since writers are one at a time, so that all rows of a batch go to the
database together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.joined import Joined
from isnad.archive.shadow import Passage, passages
from isnad.archive.tables import claim, mention, passage, raw_copy, report, sketch, tombstone
from isnad.errors import InputError
from isnad.incidents.days import day_of
from isnad.model import Claim, Reading, Report, claim_ids, report_id

Status = Literal["added", "version", "known", "removed"]


class Incoming(NamedTuple):
    """A report on its way in, with the bytes that it was made from."""

    report: Report
    raw: Sequence[rw.Raw] = ()


class Added(NamedTuple):
    """What became of a report: ``version`` is a changed text of a report that was there.

    ``copy_of`` is the archive's id of the earlier report whose text it repeats.
    """

    status: Status
    id: str
    version: int = 0
    claims: int = 0
    copy_of: str | None = None


Codes = Callable[[Iterable[Report]], Iterator[Reading | InputError]]
"""Makes the claims of reports: for each, in order, a reading, or why it cannot be coded."""


class There:
    """Which of some reports an archive holds, with what is added meanwhile."""

    def __init__(self, c: sa.Connection, reports: Iterable[Report]) -> None:
        ids = sorted({report_id(one) for one in reports})
        asked = sa.select(report).where(report.c.id.in_(ids))
        self._versions: dict[str, list[dict[str, Any]]] = {}
        for row in c.execute(asked.order_by(report.c.id, report.c.version)).mappings():
            self.versions(row["id"]).append(dict(row))
        gone = sa.select(tombstone.c.report).where(tombstone.c.report.in_(ids))
        self._gone = set(c.scalars(gone))

    def versions(self, ident: str) -> list[dict[str, Any]]:
        """The rows of a report, the last version last."""
        return self._versions.setdefault(ident, [])

    def known(self, one: Report) -> Added | None:
        """Whether this very report is there, or was removed for good; ``None`` if neither.

        What is not stated this time (a day that a feed stated, and the page does not) makes no
        other report, nor does another moment of change with the same words.
        """
        ident = report_id(one)
        if ident in self._gone:
            return Added("removed", ident)
        told = rw.report_row(one) | {"changed_at": None}
        for row in self.versions(ident):
            if all(row[name] == value for name, value in told.items() if value):
                return Added("known", ident, row["version"])
        return None


class Batch:
    """The rows of one transaction, put together and then inserted by :meth:`flush`."""

    def __init__(self, c: sa.Connection, log: jr.Writer, coder: str, why: str) -> None:
        self._c, self._log, self._coder, self._why = c, log, coder, why
        self._rows: dict[sa.Table, list[dict[str, Any]]] = {}
        self._next: dict[sa.Table, int] = {}

    def add(
        self, one: Incoming, claims: Sequence[Claim], there: There, joined: Joined
    ) -> Added:  # fmt: skip
        """Add a report, as a new one or a new version, unless it is known."""
        known = there.known(one.report)
        if known:
            return known
        ident, fields = report_id(one.report), rw.report_row(one.report)
        here = there.versions(ident)
        last = here[-1] if here else None
        version = last["version"] + 1 if last else 1
        made = claim_rows(one.report, claims)
        shadow = list(passages(one.report.title, one.report.text))
        nr = self._number(report)
        join, sketched = joined.add(nr, ident, one.report.text)
        data = {
            "version": version, "report": rw.report_hash(fields), "coder": self._coder,
            "claims": hashes(made), "shadow": rw.shadow_hash(shadow),
            "raw": [[r.sha256, jr.digest(r.about)] for r in one.raw],
        }  # fmt: skip
        day = None if one.report.published else day_of(one.report)
        if day:
            data["day"] = day.isoformat()
        if join.first:
            data["copy"] = list(join)
        seq = self._log("version" if last else "add", ident, self._why, data)
        if last:
            self._supersede(last, seq)
        row = {**fields, "nr": nr, "id": ident, "version": version, "coder": self._coder,
               "added_seq": seq, "superseded_seq": None, "day": day, **join.columns()}  # fmt: skip
        self._rows.setdefault(report, []).append(row)
        here.append(row)
        self._rows.setdefault(sketch, []).append({"report_row": nr, **sketched._asdict()})
        self.put_claims(nr, made, seq)
        self.put_shadow(nr, shadow)
        for r in one.raw:
            self._put(raw_copy, {
                "report_row": nr, "sha256": r.sha256, "about": jr.canonical(r.about),
                "data": r.data or b"",
            })  # fmt: skip
        return Added("version" if last else "added", ident, version, len(made), join.of)

    def put_claims(self, nr: int, made: Sequence[tuple[dict[str, Any], Claim]], seq: int) -> None:
        """Put down claims of the report's row ``nr``."""
        mentions = self._rows.setdefault(mention, [])
        for values, one in made:
            given = {"report_row": nr, "coder": self._coder, "added_seq": seq,
                     "superseded_seq": None}  # fmt: skip
            row = self._put(claim, {**values, **given})
            mentions += [{"claim_row": row, **m} for m in rw.mention_rows(one)]

    def put_shadow(self, nr: int, shadow: Iterable[Passage]) -> None:
        """Put down the words for search of the report's row ``nr``."""
        for some in shadow:
            self._put(passage, {"report_row": nr, **some._asdict()})

    def _supersede(self, last: dict[str, Any], seq: int) -> None:
        """End a version and its claims, whether they are in the database or of this batch."""
        last["superseded_seq"] = seq
        for row in self._rows.get(claim, ()):
            if row["report_row"] == last["nr"]:
                row["superseded_seq"] = seq
        if any(row is last for row in self._rows.get(report, ())):
            return
        of, now = report.c.nr == last["nr"], {"superseded_seq": seq}
        self._c.execute(report.update().where(of).values(now))
        live = (claim.c.report_row == last["nr"]) & claim.c.superseded_seq.is_(None)
        self._c.execute(claim.update().where(live).values(now))

    def _number(self, table: sa.Table) -> int:
        if table not in self._next:
            self._next[table] = rw.next_nr(self._c, table)
        self._next[table] += 1
        return self._next[table] - 1

    def _put(self, table: sa.Table, row: dict[str, Any]) -> int:
        nr = row["nr"] = self._number(table)
        self._rows.setdefault(table, []).append(row)
        return nr

    def flush(self) -> None:
        """Insert the rows and the journal's entries."""
        self._log.flush()
        for table in (report, claim, mention, passage, raw_copy, sketch):
            if self._rows.get(table):
                self._c.execute(table.insert(), self._rows[table])
        self._rows = {}


def undated(c: sa.Connection) -> list[list[Any]]:
    """Find the days of reports that state none, in an archive that kept none; id, version, day."""
    out: list[list[Any]] = []
    asked = sa.select(report).where(report.c.published.is_(None)).order_by(report.c.nr)
    for row in c.execute(asked).all():
        day = day_of(rw.report_of(row))
        if day:
            c.execute(report.update().where(report.c.nr == row.nr).values(day=day))
            out.append([row.id, row.version, day.isoformat()])
    return out


def claim_rows(one: Report, claims: Sequence[Claim]) -> list[tuple[dict[str, Any], Claim]]:
    """The rows of a report's claims, without what the archive gives them, each with its claim."""
    ids = claim_ids(one, claims)
    return [
        (rw.claim_row(i, n, k, rw.packed(k)), k)
        for n, (i, k) in enumerate(zip(ids, claims, strict=True))
    ]


def hashes(made: Sequence[tuple[dict[str, Any], Claim]]) -> list[list[str]]:
    """Ids and hashes of claims, for the journal."""
    return [[r["id"], rw.claim_hash(r["id"], r["position"], r["json"])] for r, _ in made]


class Stream:
    """Reports that come in one by one: what is known passes by, the rest goes through the coder.

    The coder pulls reports from :meth:`unknown`, ahead of what it gives back if it likes;
    :meth:`told` gives what needed no coding.
    """

    def __init__(
        self, items: Iterable[Incoming], known: Callable[[Sequence[Report]], Sequence[Added | None]]
    ) -> None:
        self._items, self._known = iter(items), known
        self._waiting: deque[Incoming] = deque()
        self._told: deque[tuple[Report, Added | InputError]] = deque()

    def unknown(self, at_once: int) -> Iterator[Report]:
        """The reports that must be coded. ``at_once`` are looked up at a time."""
        while some := self._take(at_once):
            reports = [item.report for item in some]
            for item, known in zip(some, self._known(reports), strict=True):
                if known:
                    self._told.append((item.report, known))
                else:
                    self._waiting.append(item)
                    yield item.report

    def _take(self, count: int) -> list[Incoming]:
        out: list[Incoming] = []
        for item in self._items:
            try:
                rw.checked(item.report)
            except InputError as error:
                self._told.append((item.report, error))
                continue
            out.append(item)
            if len(out) == count:
                break
        return out

    def coded(self) -> Incoming:
        """The report that the coder's next outcome is about."""
        return self._waiting.popleft()

    def told(self) -> Iterator[tuple[Report, Added | InputError]]:
        """What became of reports without coding, since this was last asked."""
        while self._told:
            yield self._told.popleft()
