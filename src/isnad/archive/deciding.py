"""People's decisions as rows: recorded in the writer's transaction, looked up by claim."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from isnad.archive import journal as jr
from isnad.archive import rows as rw
from isnad.archive.decisions import apply, fault_of, standing
from isnad.archive.filters import alive
from isnad.archive.tables import claim, decision, decision_claim
from isnad.errors import UsageError
from isnad.model import Claim, Decision


def decide(c: sa.Connection, log: jr.Writer, one: Decision, at: str) -> Decision:
    """Record a decision; as recorded, with its id and time.

    Raises:
        UsageError: E512 if a claim or decision is not there, or a fix's value does not fit.
    """
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
    ):  # fmt: skip
        raise UsageError("E512", f"there is no decision {one.undoes!r} to take back")
    ident = "d" + uuid.uuid4().hex[:16]
    made = Decision.model_validate({**one.model_dump(), "id": ident, "at": at})
    text = jr.canonical(made.model_dump(mode="json"))
    # the words of a person stay out of the journal: they may have to go one day
    data = {"kind": one.kind, "claims": list(one.claims), "undoes": one.undoes,
            "decision": jr.digest(text)}  # fmt: skip
    seq = log("decide", ident, "", data, by=one.by, at=at)
    c.execute(decision.insert(), {"id": ident, "json": text, "added_seq": seq})
    if one.claims:
        c.execute(decision_claim.insert(), [{"decision": ident, "claim": k} for k in one.claims])
    return made


def overtaken(c: sa.Connection, claims: Sequence[str], since: int) -> bool:
    """Whether anything was decided about claims, or they were coded anew, after a position."""
    later = (
        sa.select(decision.c.id)
        .join(decision_claim, decision_claim.c.decision == decision.c.id)
        .where(decision_claim.c.claim.in_(claims), decision.c.added_seq > since)
        .limit(1)
    )
    coded = sa.select(claim.c.nr).where(claim.c.id.in_(claims), claim.c.added_seq > since).limit(1)
    return bool(c.execute(later).first() or c.execute(coded).first())


def decided(c: sa.Connection, claims: Sequence[str]) -> frozenset[str]:
    """Those of ``claims`` on which a decision stands that was not taken back."""
    if not claims:
        return frozenset()
    return frozenset(k for d in about(c, claims) for k in d.claims) & frozenset(claims)


def about(c: sa.Connection, claims: Sequence[str], as_of: int | None = None) -> list[Decision]:
    """The decisions about some claims that stand (at a position of the journal), in order."""
    ids = sa.select(decision_claim.c.decision).where(decision_claim.c.claim.in_(claims))
    asked = (
        sa.select(decision.c.json)
        .where(decision.c.id.in_(ids) | decision.c.json.contains('"kind":"undo"'))
        .order_by(decision.c.added_seq)
    )
    if as_of is not None:
        asked = asked.where(decision.c.added_seq <= as_of)
    return standing(Decision.model_validate_json(t) for t in c.scalars(asked))


def fixed(one: Claim, fix: Decision) -> Claim:
    """A claim with a person's value in one slot; the value's rule names the decision.

    Raises:
        UsageError: E512 if the value does not fit the slot.
    """
    try:
        return apply(one, fix)
    except ValueError as error:
        raise UsageError("E512", f"--value does not fit: {fault_of(error)}") from error
