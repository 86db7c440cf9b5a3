"""The archive: reports and their versions, claims, decisions, each change in the journal.

In: readings and decisions. Out: rows, streamed. Each change is one transaction that writes its rows
and its journal entry, or neither.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive import migrate
from isnad.archive import rows as rw
from isnad.archive.decisions import apply, fault_of, standing
from isnad.archive.errors import told
from isnad.archive.filters import alive
from isnad.archive.reads import Reads
from isnad.archive.shadow import passages
from isnad.archive.tables import (
    claim,
    decision,
    decision_claim,
    mention,
    passage,
    raw_copy,
    report,
    tombstone,
)
from isnad.errors import IsnadError, UsageError
from isnad.model import Claim, Decision, Reading, Report, claim_ids, report_id

Code = Callable[[Report], Reading]
Clock = Callable[[], dt.datetime]
Status = Literal["added", "version", "known", "removed"]


class Added(NamedTuple):
    """What became of a report: ``version`` is a changed text of a report that was there."""

    status: Status
    id: str
    version: int = 0
    claims: int = 0


class Recoded(NamedTuple):
    """What a newer coder says of a report: claims by id, before and after (``None``: not there).

    ``held`` are those left as they were, because a person has decided about them.
    """

    report: Report
    before: dict[str, Claim]
    after: dict[str, Claim]
    held: frozenset[str]

    @property
    def changed(self) -> list[str]:
        """Ids of the claims that come, go or differ, in the report's order."""
        ids = dict.fromkeys([*self.before, *self.after])
        return [i for i in ids if self.before.get(i) != self.after.get(i)]


class Archive(Reads):
    """An archive that is open. Use :meth:`open`; close it, or use it in a ``with``."""

    def __init__(self, engine: sa.Engine, name: str, by: str, clock: Clock) -> None:
        super().__init__(engine, name)
        self.by = by
        self._clock = clock

    @classmethod
    def open(
        cls, url: str, *, create: bool = False, by: str = "", any_version: bool = False,
        clock: Clock = lambda: dt.datetime.now(dt.UTC),
    ) -> Archive:  # fmt: skip
        """Open the archive at a path or address.

        Args:
            url: a file, or ``postgresql+psycopg://USER@HOST/DATABASE``.
            create: make it if it is not there.
            by: who works with it, for the journal; the program if empty.
            any_version: accept an older one, to bring it up to date.
            clock: what tells the time.

        Raises:
            IsnadError: E501 to E510; see ``docs/errors.md``.
        """
        at = engines.address(url)
        engine = engines.connect(at, create=create, any_version=any_version)
        return cls(engine, engines.where(at), by or "isnad", clock)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or server."""
        self.engine.dispose()

    def upgrade(self) -> tuple[str, str]:
        """Bring the tables up to this program's version; the revisions before and after."""
        with told(self.name), engines.writing(self.engine) as c:
            before = migrate.revision(c) or ""
            migrate.up(c)
            return before, migrate.revision(c) or ""

    def knows(self, one: Report) -> Added | None:
        """Whether this very report was added before, or removed for good; ``None`` if neither."""
        with told(self.name), engines.reading(self.engine) as c:
            return _known(c, rw.checked(one))

    def add(
        self, one: Report, code: Code, coder: str, *, raw: Sequence[rw.Raw] = (), why: str = ""
    ) -> Added:
        """Add a report with the claims that ``code`` makes of it; nothing if it is known.

        Coding goes on outside the transaction, so that writers wait for each other's rows only.

        Args:
            one: the report. A changed one of the same address or id becomes a new version.
            code: makes the claims; called only if the report is not known.
            coder: the coder's version.
            raw: the bytes that the report was made from.
            why: for the journal.

        Raises:
            InputError: E511.
            IsnadError: E505 to E508 if it cannot be written; then nothing of it was.
        """
        known = self.knows(one)
        if known:
            return known
        claims = code(one).claims
        with told(self.name), engines.writing(self.engine) as c:
            return _known(c, one) or self._insert(c, one, claims, coder, raw, why)

    def _insert(
        self, c: sa.Connection, one: Report, claims: Sequence[Claim], coder: str,
        raw: Sequence[rw.Raw], why: str,
    ) -> Added:  # fmt: skip
        ident, fields = report_id(one), rw.report_row(one)
        last = c.execute(
            sa.select(report.c.nr, report.c.version)
            .where(report.c.id == ident)
            .order_by(report.c.version.desc())
            .limit(1)
        ).first()
        version = last.version + 1 if last else 1
        made, shadow = _claims(one, claims), list(passages(one.title, one.text))
        data = {
            "version": version, "report": rw.report_hash(fields), "coder": coder,
            "claims": _hashes(made),
            "shadow": rw.shadow_hash(shadow),
            "raw": [[rw.sha256(r.data), jr.digest(r.about)] for r in raw],
        }  # fmt: skip
        entry = self._journal(c, "version" if last else "add", ident, why, data)
        if last:
            now = {"superseded_seq": entry.seq}
            c.execute(report.update().where(report.c.nr == last.nr).values(now))
            live = (claim.c.report_row == last.nr) & claim.c.superseded_seq.is_(None)
            c.execute(claim.update().where(live).values(now))
        values = {"id": ident, "version": version, "coder": coder, "added_seq": entry.seq}
        nr = rw.insert(c, report, fields | values)
        _insert_claims(c, nr, made, coder, entry.seq)
        c.execute(passage.insert(), [{"report_row": nr, **p._asdict()} for p in shadow])
        for r in raw:
            rw.insert(c, raw_copy, {
                "report_row": nr, "sha256": rw.sha256(r.data), "about": jr.canonical(r.about),
                "data": r.data,
            })  # fmt: skip
        return Added("version" if last else "added", ident, version, len(made))

    def recode(
        self, code: Code, coder: str, *, dry: bool = False, why: str = "",
        problem: Callable[[Report, Exception], None] | None = None,
    ) -> Iterator[Recoded]:  # fmt: skip
        """Code every current report again that another coder has coded.

        Each report is a transaction of its own: a run that is stopped goes on where it was. A claim
        on which a person's decision stands is left as it is, whatever the coder says now.

        Args:
            code: makes the claims.
            coder: the coder's version.
            dry: only tell what would change.
            why: for the journal.
            problem: told of each report that cannot be coded; it stays as it was.
        """
        at = 0
        while True:
            with told(self.name), engines.reading(self.engine) as c:
                row = c.execute(
                    sa.select(report)
                    .where(
                        report.c.nr > at, report.c.coder != coder, report.c.superseded_seq.is_(None)
                    )
                    .order_by(report.c.nr)
                    .limit(1)
                ).first()
            if row is None:
                return
            at, one = row.nr, rw.report_of(row)
            try:
                claims = code(one).claims
            except IsnadError:
                raise
            except Exception as error:
                if problem is None:
                    raise
                problem(one, error)
                continue
            if dry:
                with told(self.name), engines.reading(self.engine) as c:
                    yield self._compare(c, row, one, claims)[0]
                continue
            with told(self.name), engines.writing(self.engine) as c:
                found = self._recode(c, row, one, claims, coder, why)
            if found is not None:
                yield found

    def _compare(
        self, c: sa.Connection, row: Any, one: Report, claims: Sequence[Claim]
    ) -> tuple[Recoded, dict[str, Any], list[tuple[dict[str, Any], Claim]]]:
        here = c.execute(
            sa.select(claim)
            .where(claim.c.report_row == row.nr, claim.c.superseded_seq.is_(None))
            .order_by(claim.c.position, claim.c.nr)
        ).all()
        old, made = {r.id: r for r in here}, _claims(one, claims)
        held = decided(c, list(old))
        found = Recoded(
            one, {i: rw.claim_of(r.json) for i, r in old.items()},
            {r["id"]: new for r, new in made}, held,
        )  # fmt: skip
        return found, old, made

    def _recode(
        self, c: sa.Connection, row: Any, one: Report, claims: Sequence[Claim], coder: str, why: str
    ) -> Recoded | None:  # fmt: skip
        fresh = c.execute(sa.select(report).where(report.c.nr == row.nr)).first()
        if fresh is None or fresh.superseded_seq is not None or fresh.coder == coder:
            return None  # another process was here meanwhile
        found, old, made = self._compare(c, row, one, claims)
        new = {r["id"]: r for r, _ in made}
        gone = [
            r for i, r in old.items()
            if i not in found.held
            and (i not in new or (new[i]["json"], new[i]["position"]) != (r.json, r.position))
        ]  # fmt: skip
        come = [
            (r, k) for r, k in made
            if r["id"] not in old or any(r["id"] == g.id for g in gone)
        ]  # fmt: skip
        shadow = list(passages(one.title, one.text))
        data = {
            "version": row.version, "coder": coder, "gone": [r.id for r in gone],
            "claims": _hashes(come),
            "shadow": rw.shadow_hash(shadow),
        }  # fmt: skip
        entry = self._journal(c, "recode", row.id, why, data)
        if gone:
            which = claim.c.nr.in_([r.nr for r in gone])
            c.execute(claim.update().where(which).values(superseded_seq=entry.seq))
        _insert_claims(c, row.nr, come, coder, entry.seq)
        c.execute(report.update().where(report.c.nr == row.nr).values(coder=coder))
        c.execute(passage.delete().where(passage.c.report_row == row.nr))
        c.execute(passage.insert(), [{"report_row": row.nr, **p._asdict()} for p in shadow])
        return found

    def decide(self, one: Decision) -> Decision:
        """Record a person's decision; what it is about must be there.

        Raises:
            UsageError: E512 if a claim or decision is not there, or a fix's value does not fit.
        """
        with told(self.name), engines.writing(self.engine) as c:
            for ident in one.claims:
                row = c.execute(
                    sa.select(claim.c.json).where(claim.c.id == ident, alive(claim, None))
                ).first()
                if row is None:
                    raise UsageError("E512", f"there is no claim {ident!r}; `isnad search` has ids")
                if one.kind == "fix":
                    fixed(rw.claim_of(row.json), one)
            if one.undoes and not c.scalar(
                sa.select(sa.func.count()).where(decision.c.id == one.undoes)
            ):
                raise UsageError("E512", f"there is no decision {one.undoes!r} to take back")
            at = self._now()
            ident = "d" + uuid.uuid4().hex[:16]
            made = Decision.model_validate({**one.model_dump(), "id": ident, "at": at})
            text = jr.canonical(made.model_dump(mode="json"))
            # the words of a person stay out of the journal: they may have to go one day
            data = {"kind": one.kind, "claims": list(one.claims), "undoes": one.undoes,
                    "decision": jr.digest(text)}  # fmt: skip
            entry = jr.append(c, at, one.by, "decide", ident, "", data)
            c.execute(decision.insert().values(id=ident, json=text, added_seq=entry.seq))
            if one.claims:
                links = [{"decision": ident, "claim": k} for k in one.claims]
                c.execute(decision_claim.insert(), links)
            return made

    def remove(self, ident: str, *, why: str) -> int:
        """Remove a report, all versions, with its claims and the decisions about them, for good.

        What stays is a tombstone: the report's id and the journal's entries, which hold hashes
        only. The same report is not taken in again.

        Args:
            ident: the report's id in the archive, or the id it came with.
            why: the reason; it stays, so let it name nobody.

        Returns:
            How many versions went.

        Raises:
            UsageError: E512 if there is no such report, or ``why`` is empty.
        """
        if not why.strip():
            raise UsageError("E512", "say why a report is removed; name nobody in it")
        with told(self.name), engines.writing(self.engine) as c:
            either = (report.c.id == ident) | (report.c.given == ident)
            ids = set(c.scalars(sa.select(report.c.id).where(either)))
            if len(ids) != 1:
                many = f"{len(ids)} reports are" if ids else "no report is"
                raise UsageError("E512", f"{many} called {ident!r}; give the archive's id")
            (key,) = ids
            reports = list(c.scalars(sa.select(report.c.nr).where(report.c.id == key)))
            claims = c.execute(
                sa.select(claim.c.nr, claim.c.id).where(claim.c.report_row.in_(reports))
            ).all()
            about = set(c.scalars(
                sa.select(decision_claim.c.decision)
                .where(decision_claim.c.claim.in_([r.id for r in claims]))
            ))  # fmt: skip
            data = {"versions": len(reports), "decisions": sorted(about)}
            entry = self._journal(c, "remove", key, why, data)
            for table, column, values in (
                (decision_claim, decision_claim.c.decision, about),
                (decision, decision.c.id, about),
                (mention, mention.c.claim_row, [r.nr for r in claims]),
                (claim, claim.c.report_row, reports), (passage, passage.c.report_row, reports),
                (raw_copy, raw_copy.c.report_row, reports), (report, report.c.nr, reports),
            ):  # fmt: skip
                c.execute(table.delete().where(column.in_(list(values))))
            c.execute(tombstone.insert().values(report=key, seq=entry.seq))
            if self.engine.dialect.name == "sqlite":  # words stay in the index's pages otherwise
                c.exec_driver_sql("INSERT INTO passage_fts(passage_fts) VALUES ('rebuild')")
        self._wipe()
        return len(reports)

    def _wipe(self) -> None:
        """Leave nothing of deleted rows in the log or the pages of the database."""
        if self.engine.dialect.name == "sqlite":
            engines.compact(self.engine, self.name)
            return
        with told(self.name), self.engine.connect() as c:
            free = c.execution_options(isolation_level="AUTOCOMMIT")
            free.exec_driver_sql("VACUUM report, claim, mention, passage, raw_copy, decision")

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds")

    def _journal(
        self, c: sa.Connection, action: str, subject: str, why: str, data: dict[str, Any]
    ) -> jr.Entry:
        return jr.append(c, self._now(), self.by, action, subject, why, data)


def _known(c: sa.Connection, one: Report) -> Added | None:
    ident = report_id(one)
    if c.scalar(sa.select(tombstone.c.seq).where(tombstone.c.report == ident)):
        return Added("removed", ident)
    for row in c.execute(sa.select(report).where(report.c.id == ident)):
        if rw.report_of(row) == one:
            return Added("known", ident, row.version)
    return None


def _claims(one: Report, claims: Sequence[Claim]) -> list[tuple[dict[str, Any], Claim]]:
    ids = claim_ids(one, claims)
    return [
        (rw.claim_row(i, n, k, rw.packed(k)), k)
        for n, (i, k) in enumerate(zip(ids, claims, strict=True))
    ]


def _hashes(made: Sequence[tuple[dict[str, Any], Claim]]) -> list[list[str]]:
    return [[r["id"], rw.claim_hash(r["id"], r["position"], r["json"])] for r, _ in made]


def _insert_claims(
    c: sa.Connection, nr: int, made: Sequence[tuple[dict[str, Any], Claim]], coder: str, seq: int
) -> None:
    mentions = []
    for values, one in made:
        given = {"report_row": nr, "coder": coder, "added_seq": seq}
        claim_nr = rw.insert(c, claim, values | given)
        mentions += [{"claim_row": claim_nr, **m} for m in rw.mention_rows(one)]
    if mentions:
        c.execute(mention.insert(), mentions)


def decided(c: sa.Connection, claims: Sequence[str]) -> frozenset[str]:
    """Those of ``claims`` on which a decision stands that was not taken back."""
    if not claims:
        return frozenset()

    ids = sa.select(decision_claim.c.decision).where(decision_claim.c.claim.in_(claims))
    texts = c.scalars(
        sa.select(decision.c.json)
        .where(decision.c.id.in_(ids) | decision.c.json.contains('"kind":"undo"'))
        .order_by(decision.c.added_seq)
    )
    stand = standing(Decision.model_validate_json(t) for t in texts)
    return frozenset(k for d in stand for k in d.claims) & frozenset(claims)


def fixed(one: Claim, fix: Decision) -> Claim:
    """A claim with a person's value in one slot; the value's rule names the decision.

    Raises:
        UsageError: E512 if the value does not fit the slot.
    """
    try:
        return apply(one, fix)
    except ValueError as error:
        raise UsageError("E512", f"--value does not fit: {fault_of(error)}") from error
