"""Reading the archive: reports, tellings, decisions, journal, search; typed and streamed.

Everything takes ``as_of``, a position of the journal (see :meth:`Reads.snapshot`): the same rows
come back for it whatever was added since, but for what was removed for somebody's safety.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.decisions import corrected, standing
from isnad.archive.errors import told
from isnad.archive.filters import Filter, alive, of_claim, of_report
from isnad.archive.query import Unit, matches, units
from isnad.archive.snippet import snippet
from isnad.archive.tables import claim, decision, journal, raw_copy, report
from isnad.model import Claim, Decision, Report, Telling

_AT_ONCE = 500  # rows held at a time


class Kept(NamedTuple):
    """A report as the archive keeps it: ``id`` is the archive's, ``report.id`` the one it had."""

    id: str
    version: int
    report: Report
    coder: str
    added_seq: int


class Found(NamedTuple):
    """A report that search found: some words around the first hit, and its claims that fit."""

    kept: Kept
    snippet: str
    claims: tuple[tuple[str, Claim], ...]


class Reads:
    """What can be read; :class:`isnad.archive.store.Archive` adds the writing."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self.name = name

    @cached_property
    def _postgis(self) -> bool:
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
        f = f or Filter()
        where = of_report(f)
        if f.of_claims():
            where.append(self._has_claim(f, as_of))
        if not versions:
            where.append(alive(report, as_of))
        elif as_of is not None:
            where.append(report.c.added_seq <= as_of)
        asked = sa.select(report).where(*where).order_by(report.c.nr)
        with told(self.name), engines.reading(self.engine) as c:
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                yield _kept(row)

    def tellings(
        self, f: Filter | None = None, *, as_of: int | None = None, decided: bool = True
    ) -> Iterator[Telling]:
        """Claims with what is known of their reports, in the order in which they came.

        Args:
            f: what is asked for; conditions on slots are about the claim as coded.
            as_of: a position of the journal.
            decided: put right what people fixed, and leave out what they rejected.
        """
        f = f or Filter()
        by_claim = self._standing(as_of) if decided else {}
        where = [*of_report(f), *of_claim(f, self.engine.dialect.name, self._postgis)]
        asked = (
            sa.select(claim.c.id.label("claim"), claim.c.json, claim.c.position, report)
            .join(report, claim.c.report_row == report.c.nr)
            .where(*where, alive(claim, as_of))
            .order_by(claim.c.nr)
        )
        with told(self.name), engines.reading(self.engine) as c:
            for row in c.execution_options(yield_per=_AT_ONCE).execute(asked):
                made = corrected(rw.claim_of(row.json), by_claim.get(row.claim, ()))
                if made is None:
                    continue
                yield Telling(
                    id=row.claim, report=row.given or row.id, claim=made,
                    publisher=row.publisher, published=row.published, url=row.url,
                    position=row.position,
                    words=" ".join(row.text[a:b] for a, b in made.evidence),
                )  # fmt: skip

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

    def search(
        self, query: str = "", f: Filter | None = None, *, exact: bool = False,
        as_of: int | None = None,
    ) -> Iterator[Found]:  # fmt: skip
        """Reports that hold every word of ``query`` and fit the filter, the newest first.

        Words in double quotes are a phrase. Names in Latin letters find their Arabic forms.

        Args:
            query: what to look for; empty asks for all that the filter lets through.
            f: conditions; if there are any on claims, only reports with such claims, and those.
            exact: the query as a whole, letter by letter as written.
            as_of: a position of the journal.
        """
        f = f or Filter()
        asked_for: list[Unit] = units(query, exact=exact)
        dialect = self.engine.dialect.name
        where = [*of_report(f), alive(report, as_of)]
        where += [matches(unit, dialect) for unit in asked_for]
        if exact and query.strip():
            at = sa.func.instr if dialect == "sqlite" else sa.func.strpos
            title = sa.func.coalesce(report.c.title, "")
            where.append(sa.or_(at(report.c.text, query) > 0, at(title, query) > 0))
        if f.of_claims():
            where.append(self._has_claim(f, as_of))
        asked = (
            sa.select(report)
            .where(*where)
            .order_by(sa.nulls_last(report.c.published.desc()), report.c.given, report.c.id)
        )
        fit = of_claim(f, dialect, self._postgis)
        with told(self.name), engines.reading(self.engine) as c:
            for rows in c.execution_options(yield_per=_AT_ONCE).execute(asked).partitions(100):
                claims: dict[int, list[tuple[str, Claim]]] = defaultdict(list)
                mine = (
                    sa.select(claim.c.report_row, claim.c.id, claim.c.json)
                    .where(claim.c.report_row.in_([r.nr for r in rows]), alive(claim, as_of), *fit)
                    .order_by(claim.c.report_row, claim.c.position, claim.c.nr)
                )
                for nr, ident, text in c.execute(mine):
                    claims[nr].append((ident, rw.claim_of(text)))
                for row in rows:
                    words = snippet(row.text, asked_for, query if exact else "")
                    yield Found(_kept(row), words, tuple(claims[row.nr]))

    def _has_claim(self, f: Filter, as_of: int | None) -> sa.ColumnElement[bool]:
        fit = of_claim(f, self.engine.dialect.name, self._postgis)
        return sa.exists().where(claim.c.report_row == report.c.nr, alive(claim, as_of), *fit)

    def _standing(self, as_of: int | None) -> dict[str, list[Decision]]:
        out: dict[str, list[Decision]] = defaultdict(list)
        for one in self.decisions(as_of=as_of):
            for ident in one.claims:
                out[ident].append(one)
        return out


def _kept(row: sa.Row[tuple[object, ...]]) -> Kept:
    return Kept(row.id, row.version, rw.report_of(row), row.coder, row.added_seq)
