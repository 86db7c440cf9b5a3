"""Claims as people fixed them, for filters: rows hold claims as coded.

In: the decisions that stand (at a position of the journal). Out: the fixed claims by their rows'
numbers, those rejected, and conditions that look at them in place of their rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import rows as rw
from isnad.archive.decisions import apply, standing
from isnad.archive.filters import Filter, Where, alive
from isnad.archive.fitting import fits
from isnad.archive.tables import claim, decision
from isnad.archive.view.change import some
from isnad.model import Claim, Decision

_KINDS = ("fix", "reject", "accept", "undo")


class Fixed(NamedTuple):
    """What people made of claims by the number of their rows: fixed with their ids, rejected."""

    claims: dict[int, tuple[str, Claim]]
    rejected: frozenset[int]


def fixed(c: sa.Connection, as_of: int | None) -> Fixed:
    """The claims that people fixed or rejected, as things stand or stood."""
    kinds = [decision.c.json.contains(f'"kind":"{kind}"') for kind in _KINDS]
    asked = sa.select(decision.c.json).where(sa.or_(*kinds)).order_by(decision.c.added_seq)
    if as_of is not None:
        asked = asked.where(decision.c.added_seq <= as_of)
    fixes: dict[str, list[Decision]] = {}
    last: dict[str, str] = {}
    for one in standing(Decision.model_validate_json(text) for text in c.scalars(asked)):
        if one.kind == "fix":
            fixes.setdefault(one.claims[0], []).append(one)
        else:
            last[one.claims[0]] = one.kind
    rejected = {ident for ident, kind in last.items() if kind == "reject"}
    claims: dict[int, tuple[str, Claim]] = {}
    gone: set[int] = set()
    for ids in some(fixes.keys() | rejected):
        columns = sa.select(claim.c.nr, claim.c.id, claim.c.json)
        for nr, ident, text in c.execute(columns.where(claim.c.id.in_(ids), alive(claim, as_of))):
            if ident in rejected:
                gone.add(nr)
            if ident in fixes:
                made = rw.claim_of(text)
                for one in fixes[ident]:
                    made = apply(made, one)
                claims[nr] = (ident, made)
    return Fixed(claims, frozenset(gone))


def fitting(f: Filter, coded: Where, people: Fixed, *, rejected: bool) -> Where:
    """Conditions on ``claim`` that look at fixed claims as they are now.

    Args:
        f: the filter. coded: what it asks of rows.
        people: what people made of claims.
        rejected: whether rejected ones may fit.
    """
    out = coded
    if coded and people.claims:
        fit = [nr for nr, (ident, made) in people.claims.items() if fits(f, ident, made)]
        now: Where = [claim.c.nr.in_(_numbers(fit))]
        if f.coder is not None:
            now.append(claim.c.coder == f.coder)
        others = claim.c.nr.not_in(_numbers(people.claims))
        out = [sa.or_(sa.and_(others, *coded), sa.and_(*now))]
    if people.rejected and not rejected:
        out = [*out, claim.c.nr.not_in(_numbers(people.rejected))]
    return out


def _numbers(values: Iterable[int]) -> Any:
    """Numbers written into the statement: there may be more of them than it can have parameters."""
    return sa.bindparam(None, sorted(values), sa.Integer, expanding=True, literal_execute=True)
