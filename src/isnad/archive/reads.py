"""Reading the archive: reports, tellings, decisions, journal, search; typed and streamed.

Everything takes ``as_of``, a position of the journal (see :meth:`Reads.snapshot`): the same rows
come back for it whatever was added since, but for what was removed for somebody's safety.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.deciding import about
from isnad.archive.decisions import standing
from isnad.archive.errors import told
from isnad.archive.filters import Filter, alive, of_claim, of_report
from isnad.archive.fixes import Fixed, fitting, fixed
from isnad.archive.joined import NONE, Join, join_of
from isnad.archive.paging import Cursor, Page, after, cursor, ordered
from isnad.archive.tables import claim, decision, journal, raw_copy, report
from isnad.archive.telling import KeptClaim, kept_claim, names_of, telling_of, telling_rows
from isnad.model import Decision, Report, Telling

_AT_ONCE = 500  # rows held at a time


class Kept(NamedTuple):
    """A report as the archive keeps it: ``id`` is the archive's, ``report.id`` the one it had.

    ``copies`` says which earlier report it repeats, if it does.
    """

    id: str
    version: int
    report: Report
    coder: str
    added_seq: int
    copies: Join = NONE


class Reads:
    """What can be read; :class:`isnad.archive.searching.Searches` adds searching."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._fixed: tuple[int, Fixed] | None = None

    @cached_property
    def postgis(self) -> bool:
        """Whether the database has PostGIS; its index on points then serves map boxes."""
        if self.engine.dialect.name != "postgresql":
            return False
        with self.engine.connect() as c:
            return bool(
                c.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").scalar()
            )

    def snapshot(self) -> jr.Snapshot:
        """Where the journal stands now: a name for the archive's present state."""
        with told(self.name), engines.reading(self.engine) as c:
            return jr.head(c)

    def journal(self, after: int = 0) -> Iterator[jr.Entry]:
        """The entries after a position, in order."""
        asked = sa.select(journal).where(journal.c.seq > after).order_by(journal.c.seq)
        with told(self.name), engines.reading(self.engine) as c:
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                yield jr.Entry(**{**row._asdict(), "data": rw.unpacked(row.data)})

    def reports(
        self, f: Filter | None = None, *, as_of: int | None = None, versions: bool = False
    ) -> Iterator[Kept]:
        """Reports in the order in which they came; of each the present text.

        Args:
            f: of which the conditions on reports count, and, if there are any, those on claims:
                then only reports with such a claim.
            as_of: a position of the journal.
            versions: earlier texts too.
        """
        asked = sa.select(report).where(*self._reports(f, as_of, versions)).order_by(report.c.nr)
        with told(self.name), engines.reading(self.engine) as c:
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                yield kept(row)

    def reports_page(
        self, f: Filter | None = None, *, limit: int = 50, start: str | None = None,
        versions: bool = False,
    ) -> Page[Kept]:  # fmt: skip
        """A page of :meth:`reports`: at most ``limit`` from the cursor ``start`` on.

        Raises:
            UsageError: E517 if ``start`` is no cursor of such a page.
        """
        at = cursor(start, "reports", (int,)) if start else None
        as_of = at.as_of if at else self.snapshot().seq
        where = self._reports(f, as_of, versions)
        if at:
            where.append(report.c.nr > at.key[0])
        asked = sa.select(report).where(*where).order_by(report.c.nr).limit(limit + 1)
        with told(self.name), engines.reading(self.engine) as c:
            rows = c.execute(asked).all()
        some = tuple(kept(row) for row in rows[:limit])
        more = len(rows) > limit
        return Page(some, Cursor("reports", as_of, (rows[limit - 1].nr,)).text() if more else None)

    def _reports(
        self, f: Filter | None, as_of: int | None, versions: bool
    ) -> list[sa.ColumnElement[bool]]:  # fmt: skip
        f = f or Filter()
        where = of_report(f)
        if f.of_claims():
            where.append(self.has_claim(f, as_of))
        if not versions:
            where.append(alive(report, as_of))
        elif as_of is not None:
            where.append(report.c.added_seq <= as_of)
        return where

    def report(
        self, ident: str, *, version: int | None = None, as_of: int | None = None
    ) -> Kept | None:
        """A report by the archive's id, or by the id it came with if that is one report's alone.

        Args:
            ident: the id.
            version: which text; the present one (or that of ``as_of``) unless given.
            as_of: a position of the journal.
        """
        for column in (report.c.id, report.c.given):
            asked = sa.select(report).where(column == ident)
            if version is None:
                asked = asked.where(alive(report, as_of))
            else:
                asked = asked.where(report.c.version == version)
            with told(self.name), engines.reading(self.engine) as c:
                rows = c.execute(asked.limit(2)).all()
            if rows:
                return kept(rows[0]) if len(rows) == 1 else None
        return None

    def claim(self, ident: str, *, as_of: int | None = None) -> KeptClaim | None:
        """A claim by its id, as coded and as people left it; ``None`` if there is none."""
        asked = telling_rows([claim.c.id == ident, alive(claim, as_of)])
        with told(self.name), engines.reading(self.engine) as c:
            row = c.execute(asked).first()
            if row is None:
                return None
            return kept_claim(row, about(c, [ident], as_of), names_of(c))

    def tellings(
        self, f: Filter | None = None, *, as_of: int | None = None, decided: bool = True
    ) -> Iterator[Telling]:
        """Claims with what is known of their reports, in the order in which they came.

        Args:
            f: what is asked for.
            as_of: a position of the journal.
            decided: put right what people fixed, and leave out what they rejected; without it,
                the filter, too, is about claims as coded.
        """
        by_claim = self._standing(as_of) if decided else {}
        asked = telling_rows(self._claims(f, as_of, decided=decided)).order_by(claim.c.nr)
        with told(self.name), engines.reading(self.engine) as c:
            names = names_of(c)
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                made = telling_of(row, by_claim.get(row.claim, ()), names)
                if made is not None:
                    yield made

    def claims_page(
        self, f: Filter | None = None, *, limit: int = 50, start: str | None = None,
        uncertain: bool = False,
    ) -> Page[KeptClaim]:  # fmt: skip
        """A page of claims in the order in which they came, or the least certain first.

        Args:
            f: what is asked for, of claims as people fixed them.
            limit: claims at most.
            start: the cursor of the page before, if there was one.
            uncertain: in order of the coder's confidence, those without one first.

        Raises:
            UsageError: E517 if ``start`` is no cursor of such a page.
        """
        of, kinds = ("uncertain", (float, int)) if uncertain else ("claims", (int,))
        columns: list[tuple[sa.ColumnElement[Any], bool]] = [(claim.c.nr, False)]
        if uncertain:
            columns.insert(0, (sa.func.coalesce(claim.c.confidence, 0.0), False))
        at = cursor(start, of, kinds) if start else None
        as_of = at.as_of if at else self.snapshot().seq
        where = self._claims(f, as_of)
        if at:
            where.append(after(columns, at.key))
        asked = telling_rows(where).order_by(*ordered(columns)).limit(limit + 1)
        with told(self.name), engines.reading(self.engine) as c:
            rows = c.execute(asked).all()
            some = rows[:limit]
            names = names_of(c)
            stand: dict[str, list[Decision]] = defaultdict(list)
            for one in about(c, [r.claim for r in some], as_of):
                for ident in one.claims:
                    stand[ident].append(one)
        out = tuple(kept_claim(row, stand[row.claim], names) for row in some)
        if len(rows) <= limit:
            return Page(out, None)
        last = some[-1]
        key = (last.confidence or 0.0, last.claim_nr) if uncertain else (last.claim_nr,)
        return Page(out, Cursor(of, as_of, key).text())

    def _claims(
        self, f: Filter | None, as_of: int | None, *, decided: bool = True
    ) -> list[sa.ColumnElement[bool]]:
        f = f or Filter()
        fit = self.fit(f, as_of, rejected=True) if decided else self._coded(f)
        return [*of_report(f), *fit, alive(claim, as_of)]

    def _coded(self, f: Filter) -> list[sa.ColumnElement[bool]]:
        return of_claim(f, self.engine.dialect.name, self.postgis)

    def fit(
        self, f: Filter, as_of: int | None, *, rejected: bool = False
    ) -> list[sa.ColumnElement[bool]]:
        """The conditions on claims, of those that people fixed as they are now."""
        return fitting(f, self._coded(f), self.fixed(as_of), rejected=rejected)

    def fixed(self, as_of: int | None) -> Fixed:
        """What people made of claims; kept until the journal moves."""
        with told(self.name), engines.reading(self.engine) as c:
            at = jr.head(c).seq if as_of is None else as_of
            if self._fixed is None or self._fixed[0] != at:
                self._fixed = at, fixed(c, as_of)
            return self._fixed[1]

    def decisions(self, *, as_of: int | None = None, all_of: bool = False) -> Iterator[Decision]:
        """People's decisions, in order: those that stand, or all of them, undone ones too."""
        asked = sa.select(decision.c.json).order_by(decision.c.added_seq)
        if as_of is not None:
            asked = asked.where(decision.c.added_seq <= as_of)
        with told(self.name), engines.reading(self.engine) as c:
            every = [Decision.model_validate_json(t) for t in c.scalars(asked)]
        yield from every if all_of else standing(every)

    def raw(self, ident: str) -> Iterator[rw.Raw]:
        """The raw copies of a report (the archive's id), of all versions."""
        asked = (
            sa.select(raw_copy.c.data, raw_copy.c.about)
            .join(report, raw_copy.c.report_row == report.c.nr)
            .where(report.c.id == ident)
            .order_by(raw_copy.c.nr)
        )
        with told(self.name), engines.reading(self.engine) as c:
            for row in c.execute(asked):
                yield rw.raw_of(row)

    def raw_elsewhere(self) -> Iterator[tuple[str, str]]:
        """SHA-256 of raw copies that a folder of evidence keeps, each with its report's id."""
        asked = (
            sa.select(raw_copy.c.sha256, report.c.id)
            .join(report, raw_copy.c.report_row == report.c.nr)
            .where(sa.func.length(raw_copy.c.data) == 0, raw_copy.c.about.contains('"sha256"'))
            .order_by(raw_copy.c.nr)
        )
        with told(self.name), engines.reading(self.engine) as c:
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                yield row.sha256, row.id

    def has_claim(self, f: Filter, as_of: int | None) -> sa.ColumnElement[bool]:
        """The condition that a report has a claim that fits, and that nobody rejected."""
        fit = self.fit(f, as_of)
        one = sa.exists().where(claim.c.report_row == report.c.nr, alive(claim, as_of), *fit)
        return one.correlate(report)

    def _standing(self, as_of: int | None) -> dict[str, list[Decision]]:
        out: dict[str, list[Decision]] = defaultdict(list)
        for one in self.decisions(as_of=as_of):
            for ident in one.claims:
                out[ident].append(one)
        return out


def kept(row: Any) -> Kept:
    """The report in a row."""
    return Kept(row.id, row.version, rw.report_of(row), row.coder, row.added_seq, join_of(row))
