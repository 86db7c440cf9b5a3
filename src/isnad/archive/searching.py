"""Searching and counting: reports by words and filters, by page, and how many of each kind.

The same answers on both engines: words are compared in normal form (``shadow.py``), rows come in an
order that leaves nothing to the engine.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import rows as rw
from isnad.archive.errors import told
from isnad.archive.filters import Filter, alive, of_report
from isnad.archive.paging import Cursor, Page, after, cursor, ordered
from isnad.archive.query import Unit, matches, units
from isnad.archive.reads import Kept, Reads, kept
from isnad.archive.snippet import snippet
from isnad.archive.tables import claim, mention, report
from isnad.errors import UsageError
from isnad.model import Claim

_AT_ONCE = 100
_NEVER = dt.date(1, 1, 1)
"""Stands for a day of publication that is not known: such reports come last."""
_NEWEST: Sequence[tuple[sa.ColumnElement[Any], bool]] = (
    (sa.func.coalesce(report.c.published, sa.literal(_NEVER, sa.Date)), True),
    (report.c.given, False),
    (report.c.id, False),
)


class Found(NamedTuple):
    """A report that search found: some words around the first hit, and its claims that fit.

    Claims are as people fixed them; those that people rejected are left out.
    """

    kept: Kept
    snippet: str
    claims: tuple[tuple[str, Claim], ...]


class Counts(NamedTuple):
    """How many reports and claims fit; ``claims`` counts those of the reports that fit."""

    reports: int
    claims: int


class Facet(NamedTuple):
    """How many claims and reports have a value; the value is ``None`` where it is not known."""

    value: str | None
    claims: int
    reports: int


_FACETS: dict[str, tuple[sa.ColumnElement[Any], tuple[str, ...]]] = {
    "type": (claim.c.type, ()), "status": (claim.c.status, ()), "coder": (claim.c.coder, ()),
    "publisher": (report.c.publisher, ()), "language": (report.c.language, ()),
    "published": (report.c.published, ()), "day": (claim.c.earliest, ()),
    "actor": (mention.c.who, ("initiators", "targets")),
    "initiator": (mention.c.who, ("initiators",)),
    "target": (mention.c.who, ("targets",)), "outcome": (mention.c.what, ("casualties",)),
    "item": (mention.c.what, ("materiel",)), "source": (mention.c.what, ("sources",)),
    "hit": (mention.c.what, ("hit",)), "place": (mention.c.words, ("place",)),
}  # fmt: skip
FACETS = tuple(_FACETS)


class Searches(Reads):
    """What can be read and searched; :class:`isnad.archive.store.Archive` adds the writing."""

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
        asked = _Asked(self, query, f or Filter(), exact, as_of)
        rows = sa.select(report).where(*asked.where).order_by(*ordered(_NEWEST))
        with told(self.name), engines.reading(self.engine) as c:
            stream = c.execution_options(yield_per=_AT_ONCE).execute(rows)
            for some in stream.partitions(_AT_ONCE):
                yield from asked.found(c, some)

    def search_page(
        self, query: str = "", f: Filter | None = None, *, exact: bool = False, limit: int = 50,
        start: str | None = None,
    ) -> Page[Found]:  # fmt: skip
        """A page of :meth:`search`: at most ``limit`` reports from the cursor ``start`` on.

        Raises:
            UsageError: E517 if ``start`` is no cursor of such a page.
        """
        at = cursor(start, "newest", (dt.date, str, str)) if start else None
        as_of = at.as_of if at else self.snapshot().seq
        asked = _Asked(self, query, f or Filter(), exact, as_of)
        if at:
            asked.where.append(after(_NEWEST, at.key))
        rows = sa.select(report).where(*asked.where).order_by(*ordered(_NEWEST)).limit(limit + 1)
        with told(self.name), engines.reading(self.engine) as c:
            some = c.execute(rows).all()
            found = tuple(asked.found(c, some[:limit]))
        if len(some) <= limit:
            return Page(found, None)
        last = some[limit - 1]
        key = (last.published or _NEVER, last.given, last.id)
        return Page(found, Cursor("newest", as_of, key).text())

    def count(
        self, query: str = "", f: Filter | None = None, *, exact: bool = False,
        as_of: int | None = None,
    ) -> Counts:  # fmt: skip
        """How many reports :meth:`search` finds, and how many claims they show."""
        asked = _Asked(self, query, f or Filter(), exact, as_of)
        fit = sa.and_(claim.c.report_row == report.c.nr, alive(claim, as_of), *asked.fit)
        counted = (
            sa.select(sa.func.count(sa.distinct(report.c.nr)), sa.func.count(claim.c.nr))
            .select_from(report.outerjoin(claim, fit))
            .where(*asked.where)
        )
        with told(self.name), engines.reading(self.engine) as c:
            return Counts(*c.execute(counted).one())

    def facets(
        self, by: str, query: str = "", f: Filter | None = None, *, exact: bool = False,
        as_of: int | None = None, limit: int = 50,
    ) -> list[Facet]:  # fmt: skip
        """How many claims, and reports with such claims, there are of each value of a field.

        Args:
            by: one of :data:`FACETS`; days are ISO.
            query, f, exact, as_of: as for :meth:`search`.
            limit: values at most, those of most claims first.

        Raises:
            UsageError: E514 if there is no such field.
        """
        if by not in _FACETS:
            raise UsageError("E514", f"there is no count by {by!r}; one of {', '.join(FACETS)}")
        column, slots = _FACETS[by]
        asked = _Asked(self, query, f or Filter(), exact, as_of)
        claims = sa.func.count(sa.distinct(claim.c.nr))
        counted = (
            sa.select(column, claims, sa.func.count(sa.distinct(report.c.nr)))
            .select_from(claim.join(report, claim.c.report_row == report.c.nr))
            .where(*asked.where, alive(claim, as_of), *asked.fit)
            .group_by(column)
            .order_by(claims.desc(), sa.nulls_last(column.asc()))
            .limit(limit)
        )
        if slots:
            counted = counted.join(mention, mention.c.claim_row == claim.c.nr)
            counted = counted.where(mention.c.slot.in_(slots), column.is_not(None))
        with told(self.name), engines.reading(self.engine) as c:
            return [
                Facet(v.isoformat() if isinstance(v, dt.date) else v, *rest)
                for v, *rest in c.execute(counted)
            ]


class _Asked:
    """What a search asks for, as conditions on reports (``where``) and on claims (``fit``)."""

    def __init__(
        self, archive: Reads, query: str, f: Filter, exact: bool, as_of: int | None
    ) -> None:
        dialect = archive.engine.dialect.name
        self._units: list[Unit] = units(query, exact=exact)
        self._exact, self._as_of = query if exact else "", as_of
        self.fit, self._fixed = archive.fit(f, as_of), archive.fixed(as_of).claims
        self.where = [*of_report(f), alive(report, as_of)]
        self.where += [matches(unit, dialect) for unit in self._units]
        if exact and query.strip():
            at = sa.func.instr if dialect == "sqlite" else sa.func.strpos
            title = sa.func.coalesce(report.c.title, "")
            self.where.append(sa.or_(at(report.c.text, query) > 0, at(title, query) > 0))
        if f.of_claims():
            self.where.append(archive.has_claim(f, as_of))

    def found(self, c: sa.Connection, rows: Sequence[Any]) -> Iterator[Found]:
        claims: dict[int, list[tuple[str, Claim]]] = defaultdict(list)
        mine = (
            sa.select(claim.c.nr, claim.c.report_row, claim.c.id, claim.c.json)
            .where(
                claim.c.report_row.in_([r.nr for r in rows]), alive(claim, self._as_of), *self.fit
            )
            .order_by(claim.c.report_row, claim.c.position, claim.c.nr)
        )
        for nr, of, ident, text in c.execute(mine):
            made = self._fixed[nr][1] if nr in self._fixed else rw.claim_of(text)
            claims[of].append((ident, made))
        for row in rows:
            words = snippet(row.text, self._units, self._exact)
            yield Found(kept(row), words, tuple(claims[row.nr]))
