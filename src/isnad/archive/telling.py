"""From rows to tellings: a claim as people left it, and what its report is called.

In: rows of claims with their reports, the decisions about them. Out: :class:`isnad.model.Telling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import rows as rw
from isnad.archive.decisions import corrected
from isnad.archive.tables import claim, report
from isnad.incidents.tellings import words_of
from isnad.model import Claim, Decision, Telling


class KeptClaim(NamedTuple):
    """A claim as the archive keeps it.

    ``report`` is the archive's id, ``claim`` as coded; ``telling`` is what people made of it, and
    ``None`` if they rejected it. ``decisions`` are all about it that stand, in order.
    """

    id: str
    report: str
    version: int
    position: int
    coder: str
    claim: Claim
    telling: Telling | None
    decisions: tuple[Decision, ...]
    added_seq: int


def telling_rows(where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """The rows of claims, each with its report and what the report it repeats was called."""
    first = report.alias("first")
    return (
        sa.select(
            claim.c.id.label("claim"), claim.c.json, claim.c.position, claim.c.confidence,
            claim.c.nr.label("claim_nr"), claim.c.coder.label("claim_coder"),
            claim.c.added_seq.label("claim_seq"), first.c.given.label("first_given"), report,
        )
        .join(report, claim.c.report_row == report.c.nr)
        .outerjoin(first, sa.and_(first.c.id == report.c.copy_first, first.c.version == 1))
        .where(*where)
    )  # fmt: skip


Names = dict[tuple[str, str], str]
"""What a report is called, by its archive id and the id it came with, where others share that."""


def names_of(c: sa.Connection) -> Names:
    """Reports that came with an id that another has too: all but the first get a number after it.

    So ids of two publishers stay apart, and a report keeps its name whatever comes later.
    """
    shared = (
        sa.select(report.c.given)
        .where(report.c.given != "")
        .group_by(report.c.given)
        .having(sa.func.count(sa.distinct(report.c.id)) > 1)
    )
    first = sa.func.min(report.c.nr)
    asked = (
        sa.select(report.c.id, report.c.given)
        .where(report.c.given.in_(shared))
        .group_by(report.c.id, report.c.given)
        .order_by(report.c.given, first)
    )
    out: Names = {}
    seen: Counter[str] = Counter()
    for ident, given in c.execute(asked):
        seen[given] += 1
        out[ident, given] = given if seen[given] == 1 else f"{given}~{seen[given]}"
    return out


def telling_of(row: Any, decisions: Iterable[Decision], names: Names) -> Telling | None:
    """A claim's row as people left it; ``None`` if they rejected it."""
    made = corrected(rw.claim_of(row.json), decisions)
    if made is None:
        return None
    return Telling(
        id=row.claim, report=names.get((row.id, row.given), row.given or row.id), claim=made,
        publisher=row.publisher, published=row.published or row.day,
        guessed=row.published is None and row.day is not None,
        url=row.url, forwarded_from=row.forwarded_from, position=row.position,
        copy_of=row.copy_first and names.get(
            (row.copy_first, row.first_given), row.first_given or row.copy_first
        ),
        words=words_of(row.text, row.title, made.evidence, row.position),
    )  # fmt: skip


def kept_claim(row: Any, decisions: Sequence[Decision], names: Names) -> KeptClaim:
    """A claim's row with all that is known of it; ``decisions`` are those about it that stand."""
    return KeptClaim(
        row.claim, row.id, row.version, row.position, row.claim_coder, rw.claim_of(row.json),
        telling_of(row, decisions, names), tuple(decisions), row.claim_seq,
    )  # fmt: skip
