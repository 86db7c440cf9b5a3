"""A second coder, blind to the first: what they say is kept apart until somebody settles it.

In: claims, and what two coders made of them. Out: pairs, where they differ, and their agreement.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive.decisions import apply
from isnad.archive.errors import told
from isnad.archive.people import coding
from isnad.archive.store import Archive
from isnad.desk.auth.store import stamp
from isnad.desk.errors import bad
from isnad.desk.model.world import World
from isnad.model import FIXABLE, Claim, Decision

VERDICT = "verdict"


class Coded(NamedTuple):
    """What one coder made of a claim: a verdict, and the slots that they changed."""

    by: str
    at: str
    verdict: str
    values: dict[str, Any]
    why: str
    settled_by: str | None = None


class Codings:
    """Second codings of an archive's claims."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def of(
        self, claims: Sequence[str] | None = None, *, by: str | None = None
    ) -> dict[str, list[Coded]]:
        """Second codings by claim; of all claims if none are named."""
        asked = sa.select(coding).order_by(coding.c.at, coding.c.id)
        if by is not None:
            asked = asked.where(coding.c.by == by)
        if claims is not None:
            asked = asked.where(coding.c.claim.in_(list(claims)[:900]))
        out: dict[str, list[Coded]] = {}
        with told(self.archive.name), engines.reading(self.archive.engine) as c:
            for r in c.execute(asked):
                one = Coded(r.by, r.at, r.verdict, json.loads(r.fixes), r.why, r.settled_by)
                out.setdefault(r.claim, []).append(one)
        return out

    def add(self, claim: str, one: Coded) -> str:
        """Keep what a second coder says.

        Raises:
            DeskError: E701 if they coded this claim before.
        """
        ident = "k" + uuid.uuid4().hex[:16]
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            mine = (coding.c.claim == claim) & (coding.c.by == one.by)
            if c.execute(sa.select(coding.c.id).where(mine)).first():
                raise bad("you have coded this claim already; it can be settled, not coded again")
            c.execute(coding.insert().values(
                id=ident, claim=claim, by=one.by, at=one.at, verdict=one.verdict,
                fixes=json.dumps(one.values, ensure_ascii=False), why=one.why,
            ))  # fmt: skip
        return ident

    def settle(self, claim: str, by: str, now: dt.datetime) -> None:
        """Note that somebody settled what two coders made of a claim."""
        open_ones = (coding.c.claim == claim) & coding.c.settled_at.is_(None)
        with told(self.archive.name), engines.writing(self.archive.engine) as c:
            c.execute(coding.update().where(open_ones).values(settled_by=by, settled_at=stamp(now)))


def first_of(world: World, claim: str, not_by: str) -> Coded | None:
    """What the first coder made of a claim: the decisions that stand, but for one person's."""
    about = [
        d for d in world.about(claim)
        if d.by != not_by and d.kind in ("accept", "reject", "unsure", "fix")
    ]  # fmt: skip
    if not about:
        return None
    by = about[0].by
    mine = [d for d in about if d.by == by]
    verdict = next((d.kind for d in reversed(mine) if d.kind != "fix"), "accept")
    values = {d.slot: d.value for d in mine if d.kind == "fix" and d.slot}
    return Coded(by, mine[-1].at, verdict, values, mine[-1].why)


def made_of(claim: Claim, one: Coded) -> Claim:
    """A claim as a coder left it.

    Raises:
        DeskError: E701 for a value that does not fit its slot.
    """
    for slot, value in one.values.items():
        if slot not in FIXABLE:
            raise bad("the coding does not fit", values=f"{slot!r} is no slot")
        fix = Decision(by=one.by, kind="fix", claims=("c",), slot=slot, value=value)
        try:
            claim = apply(claim, fix)
        except ValueError:
            raise bad(
                "the coding does not fit", values=f"the value of {slot} does not fit"
            ) from None
    return claim


def units(claim: Claim, one: Coded) -> dict[str, str]:
    """What agreement compares: of each slot what it says, without words, spans and order."""
    made = made_of(claim, one)
    out = {VERDICT: one.verdict, "type": made.type, "status": made.status}
    for slot in FIXABLE[2:]:
        whole = made.model_dump(mode="json", include={slot})[slot]
        values = whole if isinstance(whole, list) else [whole] if whole else []
        out[slot] = json.dumps(sorted(json.dumps(_meaning(v), sort_keys=True) for v in values))
    return out


_SAYS = ("actor", "lat", "lon", "radius_km", "earliest", "latest", "outcome", "low", "high", "who",
         "item", "kind")  # fmt: skip


def _meaning(value: Mapping[str, Any]) -> dict[str, Any]:
    """What a value says; one that says nothing by itself (no listed actor) is its words."""
    said = {k: value[k] for k in _SAYS if value.get(k) is not None}
    named = said.get("actor") or said.get("lat") or said.keys() - {"radius_km", "kind"}
    return said if named else said | {"words": value.get("as_written")}


def differ(claim: Claim, first: Coded, second: Coded) -> list[str]:
    """The fields on which two coders differ."""
    a, b = units(claim, first), units(claim, second)
    return [name for name in a if a[name] != b[name]]
