"""One incident: all its tellings, or, for the public, what of it is public."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.archive.whole import entries_about, texts
from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.blind import Blind, decisions, state, told
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import missing
from isnad.desk.model.row import Row
from isnad.desk.roles import Caller, may
from isnad.desk.routes.overview import shown
from isnad.desk.views.claims import decision_json
from isnad.desk.views.incidents import incident_json
from isnad.incidents.merge import incident_id

router = APIRouter(tags=["incidents"])
_NEAR = 5


@router.get("/incidents/{ident}")
@may("see")
def incident(desk: AnyDesk, who: Who, ident: str) -> Response:
    """An incident with everything that is known of it."""
    row = row_of(desk, who, ident)
    moved = {"moved": row.id} if row.id != ident else {}
    if who.public:
        return ok(row.shown | moved)
    desk.visits.note("incident", row.anchor, desk.today)
    return ok(whole(desk, who, row) | moved)


def row_of(desk: Desk, who: Caller, ident: str) -> Row:
    """The row of an incident that a caller may see.

    An incident that became part of another is found by the claim that gave it its id.

    Raises:
        DeskError: E702.
    """
    view = desk.view(who)
    row = view.get(ident)
    if row is None:
        claims = view.remember(
            "answer", "ids", lambda: {incident_id([c]): c for c in view.of_claim}
        )
        row = view.of(claims[ident]) if ident in claims else None
    if row is None:
        raise missing("such incident: it may have been parted, or its claims rejected")
    return row


def whole(desk: Desk, who: Caller, row: Row) -> dict[str, Any]:
    """All of an incident that a caller may see."""
    world, blind = desk.world, desk.blind(who)
    found = told(world, row, blind)
    if found is None:
        raise missing("such incident")
    shows = incident_json(world, found, texts(desk.archive, row.reports), blind)
    claims = set(row.claims)
    near: dict[str, float] = {}
    view = desk.view(who)
    for claim, score in world.likely(row.claims, 4 * _NEAR):
        other = view.of(claim)
        if other is not None and other.id != row.id:
            near[other.id] = max(near.get(other.id, 0.0), score)
    every = _with_rejected(desk, row, blind)
    standing = {d.id for c in every for d in world.about(c)}
    about = [
        decision_json(d, d.id in standing)
        for d in decisions(world, blind)
        if claims.intersection(d.claims) or d.undoes in standing
    ]
    rejected = [c for c in every if c not in claims]
    return {
        **shown(desk, row), **shows, "decisions": about,
        "rejected": [_rejected(desk, c) for c in rejected],
        "overruled": [p for p in world.overruled if claims.intersection(p)],
        "neighbours": [
            {"id": i, "score": round(s, 3), "row": shown(desk, other)}
            for i, s in sorted(near.items(), key=lambda x: (-x[1], x[0]))[:_NEAR]
            if (other := view.get(i)) is not None
        ],
        "at": answers.at(view.head),
    }  # fmt: skip


def _with_rejected(desk: Desk, row: Row, blind: Blind) -> list[str]:
    """The incident's claims, and those of its reports that people rejected."""
    heads = (desk.world.heads.get(r) for r in row.reports)
    every = (c for h in heads if h for c in h.claims)
    gone = [c for c in every if state(desk.world, c, blind) == "rejected"]
    return [*row.claims, *gone]


def _rejected(desk: Desk, claim: str) -> dict[str, Any]:
    telling = desk.world.telling(claim)
    assert telling is not None
    return {
        "claim": claim, "report": telling.report, "publisher": telling.publisher,
        "type": telling.claim.type, "words": telling.words,
        "why": next((d.why for d in desk.world.about(claim) if d.kind == "reject"), ""),
    }  # fmt: skip


@router.get("/incidents/{ident}/history")
@may("read")
def history(
    desk: AnyDesk, who: Who, ident: str, limit: str | None = None, cursor: str | None = None
) -> Response:
    """What happened to an incident's reports and claims, the newest first."""
    row = row_of(desk, who, ident)
    blind = desk.blind(who)
    claims, every = set(_with_rejected(desk, row, blind)), decisions(desk.world, blind)
    made = {d.id: d for d in every if claims.intersection(d.claims)}
    made |= {d.id: d for d in every if d.undoes in made}
    about = [*row.reports, *made]
    return ok(_entries(desk, about, made, ("history", row.id), limit, cursor))


def _entries(
    desk: Desk, about: list[str], made: dict[str, Any], of: object, limit: str | None,
    cursor: str | None,
) -> dict[str, Any]:  # fmt: skip
    size, before = answers.limit_of(limit), answers.place_of(of, cursor)
    found = entries_about(desk.archive, about, before, size + 1)
    return {
        "items": [
            {
                "seq": e.seq, "at": e.at, "by": e.by, "action": e.action, "subject": e.subject,
                "why": e.why or (made[e.subject].why if e.subject in made else ""),
                "decision": made[e.subject].model_dump(mode="json")
                if e.subject in made
                else None,
            }
            for e in found[:size]
        ],
        "next": answers.cursor(of, found[size - 1].seq) if len(found) > size else None,
        "total": None, "at": answers.at(desk.full_view().head),
    }  # fmt: skip
