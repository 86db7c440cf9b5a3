"""What changed in an archive since the view was made: claims that came and went, judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from isnad.archive import rows as rw
from isnad.archive.decisions import standing
from isnad.archive.filters import alive
from isnad.archive.tables import claim, decision, journal, report, told
from isnad.incidents.cut import Pair, pair
from isnad.model import Decision

T = TypeVar("T")
_SOME = 500


class Change(NamedTuple):
    """Row numbers of claims to take out and to take in, and ids of claims that were judged."""

    gone: set[int]
    come: set[int]
    judged: set[str]


class Decided(NamedTuple):
    """The decisions that stand: by claim, and pairs that people joined and parted."""

    by_claim: dict[str, list[Decision]]
    same: set[Pair]
    different: set[Pair]


def some(values: Iterable[T], size: int = _SOME) -> Iterator[list[T]]:
    """The values in lists that a statement can hold."""
    all_of: Sequence[T] = list(values)
    yield from (list(all_of[at : at + size]) for at in range(0, len(all_of), size))


def decided(c: sa.Connection) -> Decided:
    """The decisions that stand now; of two judgements on one pair the later one."""
    texts = c.scalars(sa.select(decision.c.json).order_by(decision.c.added_seq))
    by_claim: dict[str, list[Decision]] = defaultdict(list)
    kinds: dict[Pair, str] = {}
    for one in standing(Decision.model_validate_json(t) for t in texts):
        for ident in one.claims:
            by_claim[ident].append(one)
        if one.kind in ("same", "different"):
            first, second = one.claims
            kinds[pair(first, second)] = one.kind
    same = {p for p, kind in kinds.items() if kind == "same"}
    return Decided(by_claim, same, kinds.keys() - same)


def since(c: sa.Connection, seq: int) -> Change | None:
    """What changed after a position of the journal; ``None`` if all must be made anew."""
    happened = _happened(c, seq)
    if happened is None:
        return None
    reports, judged = happened
    mine, every = _rows(c, report.c.id, reports)
    here, _ = _rows(c, claim.c.id, judged)
    there: set[int] = set()
    gone: set[int] = set()
    for part in some(every | here):
        there.update(c.scalars(sa.select(told.c.claim_row).where(told.c.claim_row.in_(part))))
    for ids in some(judged):
        gone.update(c.scalars(sa.select(told.c.claim_row).where(told.c.id.in_(ids))))
    gone |= (every & there) - mine
    return Change(gone, (mine - there) | here, judged)


def touched(c: sa.Connection, seq: int) -> set[str] | None:
    """Ids of claims that came, went or were decided about after a position of the journal.

    ``None`` if something happened that touches all.
    """
    happened = _happened(c, seq)
    if happened is None:
        return None
    reports, out = happened
    for part in some(reports):
        of = report.c.id.in_(part)
        out.update(c.scalars(sa.select(claim.c.id).join(report).where(of)))
    return out


def _happened(c: sa.Connection, seq: int) -> tuple[set[str], set[str]] | None:
    """Reports that changed and claims that were judged; ``None`` if something touches all."""
    reports: set[str] = set()
    judged: set[str] = set()
    undone: list[str] = []
    asked = sa.select(journal.c.action, journal.c.subject, journal.c.data)
    for row in c.execute(asked.where(journal.c.seq > seq)):
        if row.action in ("add", "version", "recode"):
            reports.add(row.subject)
        elif row.action == "decide":
            data = rw.unpacked(row.data)
            judged.update(data["claims"])
            undone += [data["undoes"]] if data["undoes"] else []
        else:
            return None
    return reports, judged | _undone(c, undone)


def _undone(c: sa.Connection, ids: list[str]) -> set[str]:
    """The claims of decisions that were taken back, or whose taking back was."""
    out: set[str] = set()
    while ids:
        texts = c.scalars(sa.select(decision.c.json).where(decision.c.id.in_(ids)))
        found = [Decision.model_validate_json(t) for t in texts]
        out.update(ident for one in found for ident in one.claims)
        ids = [one.undoes for one in found if one.undoes]
    return out


def _rows(
    c: sa.Connection, column: sa.ColumnElement[str], values: set[str]
) -> tuple[set[int], set[int]]:
    """Of claims with such values: the rows that hold now, and all rows."""
    now, every = set(), set()
    for part in some(values):
        asked = (
            sa.select(claim.c.nr, alive(claim, None))
            .join(report, claim.c.report_row == report.c.nr)
            .where(column.in_(part))
        )
        for nr, holds in c.execute(asked):
            every.add(nr)
            if holds:
                now.add(nr)
    return now, every
