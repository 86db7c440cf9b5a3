"""The archive: reports and their versions, claims, decisions, each change in the journal.

In: readings and decisions. Out: rows, streamed. Each change is one transaction that writes its rows
and its journal entry, or neither.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

import sqlalchemy as sa

from isnad.archive import deciding, migrate, recoding, removing
from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.adding import Added, Batch, Codes, Incoming, Stream, There, undated
from isnad.archive.errors import told
from isnad.archive.joined import Joined, join_unjoined
from isnad.archive.joining import Joins
from isnad.archive.recoding import Recoded
from isnad.errors import InputError, IsnadError, UsageError
from isnad.model import Claim, Decision, Reading, Report

Code = Callable[[Report], Reading]
Clock = Callable[[], dt.datetime]
AT_ONCE = 64
"""Reports of a transaction at most: what a run that is killed has to code again."""
AT_LATEST = 2.0
"""Seconds after which what was coded is kept, however few reports it is."""


class Archive(Joins):
    """An archive that is open. Use :meth:`open`; close it, or use it in a ``with``."""

    def __init__(self, engine: sa.Engine, name: str, by: str, clock: Clock) -> None:
        super().__init__(engine, name)
        self.by = by
        self._clock = clock
        self._joined = Joined()

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
            log = jr.Writer(c, self.by, self._now)
            changes = join_unjoined(c)
            if changes:
                log("join", "", "", {"copies": changes})
            if before < "0007" and (days := undated(c)):
                log("days", "", "", {"days": days})
            log.flush()
            return before, migrate.revision(c) or ""

    def knows(self, one: Report) -> Added | None:
        """Whether this very report was added before, or removed for good; ``None`` if neither."""
        return self._known([rw.checked(one)])[0]

    def _known(self, reports: Sequence[Report]) -> list[Added | None]:
        with told(self.name), engines.reading(self.engine) as c:
            there = There(c, reports)
            return [there.known(one) for one in reports]

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
        return self._add([(Incoming(one, raw), code(one).claims)], coder, why)[0]

    def add_all(
        self, items: Iterable[Incoming], code: Codes, coder: str, *, why: str = "",
        at_once: int = AT_ONCE,
    ) -> Iterator[tuple[Report, Added | InputError]]:  # fmt: skip
        """Add reports, many in a transaction; each is kept whole or not at all.

        What is told of a report is told after it is kept. Whoever stops asking leaves what was
        coded but not told of; adding the same again completes it.

        Args:
            items: the reports, in the order in which they came.
            code: makes the claims of those that are not known (:data:`isnad.archive.adding.Codes`).
            coder: the coder's version.
            why: for the journal.
            at_once: reports of a transaction at most; what has waited two seconds is kept as well.

        Yields:
            Each report and what became of it, or why it was refused (E511, or what ``code`` says).

        Raises:
            IsnadError: E505 to E508 if it cannot be written; what was told of before is kept.
        """
        stream = Stream(items, self._known)
        ready: list[tuple[Incoming, Sequence[Claim]]] = []
        begun = 0.0
        for outcome in code(stream.unknown(at_once)):
            item = stream.coded()
            if isinstance(outcome, InputError):
                yield item.report, outcome
            else:
                begun = begun if ready else time.monotonic()
                ready.append((item, outcome.claims))
            if len(ready) >= at_once or (ready and time.monotonic() - begun > AT_LATEST):
                yield from self._told(ready, coder, why)
                ready = []
            yield from stream.told()
        yield from self._told(ready, coder, why)
        yield from stream.told()

    def _told(
        self, ready: list[tuple[Incoming, Sequence[Claim]]], coder: str, why: str
    ) -> Iterator[tuple[Report, Added]]:
        if ready:
            done = self._add(ready, coder, why)
            yield from ((item.report, one) for (item, _), one in zip(ready, done, strict=True))

    def _add(
        self, ready: Sequence[tuple[Incoming, Sequence[Claim]]], coder: str, why: str
    ) -> list[Added]:
        try:
            with self._writing() as (c, log):
                self._joined.catch_up(c)
                batch = Batch(c, log, coder, why)
                there = There(c, (item.report for item, _ in ready))
                done = [batch.add(item, claims, there, self._joined) for item, claims in ready]
                batch.flush()
        except BaseException:
            self._joined.forget()
            raise
        self._joined.done()
        return done

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
                row = recoding.next_report(c, coder, at)
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
                    found: Recoded | None = recoding.compare(c, row, one, claims)
            else:
                with self._writing() as (c, log):
                    found = recoding.recode(c, log, row, one, claims, coder, why)
            if found is not None:
                yield found

    def decide(self, one: Decision) -> Decision:
        """Record a person's decision; what it is about must be there.

        Raises:
            UsageError: E512 if a claim or decision is not there, or a fix's value does not fit.
        """
        with self._writing() as (c, log):
            return deciding.decide(c, log, one, self._now())

    def decide_all(self, some: Sequence[Decision], *, since: int) -> list[Decision]:
        """Record decisions together, all or none, if nobody was there meanwhile.

        Args:
            some: the decisions.
            since: the journal's position at which those who decide saw the claims.

        Raises:
            UsageError: E512 as :meth:`decide`; E518 if a claim was decided about since.
        """
        with self._writing() as (c, log):
            claims = sorted({k for one in some for k in one.claims})
            for at in range(0, len(claims), AT_ONCE):
                if deciding.overtaken(c, claims[at : at + AT_ONCE], since):
                    raise UsageError("E518", "somebody else decided about it meanwhile; look again")
            return [deciding.decide(c, log, one, self._now()) for one in some]

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
            IsnadError: E516 if others read the archive: bytes may be left in its file.
        """
        if not why.strip():
            raise UsageError("E512", "say why a report is removed; name nobody in it")
        with self._writing() as (c, log):
            self._joined.catch_up(c)
            count = removing.remove(c, log, ident, why, self._joined)
        self._joined.forget()
        removing.wipe(self.engine, self.name)
        return count

    @contextmanager
    def _writing(self) -> Iterator[tuple[sa.Connection, jr.Writer]]:
        """The writer's transaction with the journal, which is written as it ends."""
        with told(self.name), engines.writing(self.engine) as c:
            log = jr.Writer(c, self.by, self._now)
            yield c, log
            log.flush()

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds")
