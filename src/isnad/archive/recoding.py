"""Coding again: what a newer coder says of a report beside what is kept, and keeping it.

A claim on which a person's decision stands is left as it is, whatever the coder says now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.adding import Batch, claim_rows, hashes
from isnad.archive.deciding import decided
from isnad.archive.shadow import passages
from isnad.archive.tables import claim, passage, report
from isnad.model import Claim, Report


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


def next_report(c: sa.Connection, coder: str, after: int) -> Any | None:
    """The row of the next current report that another coder has coded; ``None`` after the last."""
    other = (report.c.nr > after, report.c.coder != coder, report.c.superseded_seq.is_(None))
    return c.execute(sa.select(report).where(*other).order_by(report.c.nr).limit(1)).first()


def compare(c: sa.Connection, row: Any, one: Report, claims: Sequence[Claim]) -> Recoded:
    """What would change if ``claims`` were kept as those of the report in ``row``."""
    return _compare(c, row, one, claims)[0]


def _compare(
    c: sa.Connection, row: Any, one: Report, claims: Sequence[Claim]
) -> tuple[Recoded, dict[str, Any], list[tuple[dict[str, Any], Claim]]]:
    here = c.execute(
        sa.select(claim)
        .where(claim.c.report_row == row.nr, claim.c.superseded_seq.is_(None))
        .order_by(claim.c.position, claim.c.nr)
    ).all()
    old, made = {r.id: r for r in here}, claim_rows(one, claims)
    found = Recoded(
        one, {i: rw.claim_of(r.json) for i, r in old.items()},
        {r["id"]: new for r, new in made}, decided(c, list(old)),
    )  # fmt: skip
    return found, old, made


def recode(
    c: sa.Connection, log: jr.Writer, row: Any, one: Report, claims: Sequence[Claim],
    coder: str, why: str,
) -> Recoded | None:  # fmt: skip
    """Keep ``claims`` as those of the report in ``row``; ``None`` if another process was first."""
    fresh = c.execute(sa.select(report).where(report.c.nr == row.nr)).first()
    if fresh is None or fresh.superseded_seq is not None or fresh.coder == coder:
        return None
    found, old, made = _compare(c, row, one, claims)
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
    seq = log("recode", row.id, why, {
        "version": row.version, "coder": coder, "gone": [r.id for r in gone],
        "claims": hashes(come), "shadow": rw.shadow_hash(shadow),
    })  # fmt: skip
    if gone:
        which = claim.c.nr.in_([r.nr for r in gone])
        c.execute(claim.update().where(which).values(superseded_seq=seq))
    c.execute(report.update().where(report.c.nr == row.nr).values(coder=coder))
    c.execute(passage.delete().where(passage.c.report_row == row.nr))
    batch = Batch(c, log, coder, why)
    batch.put_claims(row.nr, come, seq)
    batch.put_shadow(row.nr, shadow)
    batch.flush()
    return found
