"""Decisions: one by one, many by a preview, and their history."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.blind import decisions as seen
from isnad.desk.deciding import claims_json, decide, decide_all, version_of
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import bad, missing, stale
from isnad.desk.previews import Promise
from isnad.desk.query import read
from isnad.desk.roles import may
from isnad.desk.routes.bodies import Bulk, BulkUndo, NewDecision, Preview
from isnad.desk.views.claims import decision_json
from isnad.model import DECISION_KINDS, Decision

router = APIRouter(tags=["decisions"])
SAMPLE, MOST = 10, 2000


@router.post("/decisions", status_code=201)
@may("decide")
def new(desk: AnyDesk, who: Who, body: NewDecision) -> Response:
    """Record a decision on claims that were seen as they are now."""
    before = desk.full_view()
    made, about = decide(desk, who, body.model_dump(exclude={"seen"}), body.seen)
    view = desk.world.refresh()
    touched = [c for k in about if (row := before.of(k)) is not None for c in row.claims]
    rows = [view.of(c) for c in dict.fromkeys([*about, *touched])]
    return ok({
        "decision": decision_json(made, True), "claims": claims_json(desk, about),
        "incidents": list(dict.fromkeys(r.id for r in rows if r is not None)),
        "at": answers.at(view.head),
    }, 201)  # fmt: skip


@router.get("/decisions")
@may("read")
def decisions(
    desk: AnyDesk, who: Who, claim: str | None = None, by: str | None = None,
    kind: str | None = None, limit: str | None = None, cursor: str | None = None,
) -> Response:  # fmt: skip
    """People's decisions, the newest first, undone ones too."""
    if kind is not None and kind not in DECISION_KINDS:
        raise bad("a parameter does not fit", kind=f"is none of {', '.join(DECISION_KINDS)}")
    view, every = desk.full_view(), seen(desk.world, desk.blind(who))
    stand = {d.id for some in list(desk.world.by_claim.values()) for d in some}
    fit = [
        n for n in range(len(every) - 1, -1, -1)
        if (claim is None or claim in every[n].claims) and (by is None or by == every[n].by)
        and (kind is None or kind == every[n].kind)
    ]  # fmt: skip
    of, size = ("decisions", claim, by, kind), answers.limit_of(limit)
    before = answers.place_of(of, cursor)
    rest = [n for n in fit if before is None or n < before]
    return ok({
        "items": [decision_json(every[n], every[n].id in stand) for n in rest[:size]],
        "next": answers.cursor(of, rest[size - 1]) if len(rest) > size else None,
        "total": len(fit), "at": answers.at(view.head),
    })  # fmt: skip


@router.post("/decisions/preview", status_code=201)
@may("bulk")
def preview(desk: AnyDesk, who: Who, body: Preview) -> Response:
    """What would be decided at once, and a token that does just that for a while."""
    asked = read(answers.pairs(body.query))
    selection = desk.select(who, asked)
    claims, decided = [], 0
    for row in selection.view.each(selection.mask):
        for claim in row.claims:
            if desk.world.state(claim) == "open":
                claims.append(claim)
            else:
                decided += 1
    if len(claims) > MOST:
        raise bad(f"{len(claims)} claims are too many to decide at once; narrow to {MOST}")
    versions = {c: version_of(desk, c) or "" for c in sorted(claims)}
    token, expires = desk.previews.keep(Promise(body.kind, versions, who.who), desk.clock())
    return ok({
        "count": len(versions), "left_out": {"decided": decided},
        "sample": claims_json(desk, list(versions)[:SAMPLE]), "token": token, "expires": expires,
        "at": answers.at(selection.view.head),
    }, 201)  # fmt: skip


@router.post("/decisions/bulk", status_code=201)
@may("bulk")
def bulk(desk: AnyDesk, who: Who, body: Bulk) -> Response:
    """Decide what a preview showed: all of it as it was shown, or nothing."""
    promise = desk.previews.take(body.token, who.who, desk.clock())
    if promise is None:
        raise missing("such preview any more; look at a new one")
    with desk.writing:
        view = desk.world.refresh()
        changed = [c for c, v in promise.versions.items() if version_of(desk, c) != v]
        if changed:
            raise stale(
                f"{len(changed)} of the claims changed meanwhile; look at a new preview",
                {"claims": claims_json(desk, changed[:SAMPLE])}, body.model_dump(),
            )  # fmt: skip
        some = [
            Decision(by=who.who, kind=promise.kind, claims=(c,), why=body.why)  # type: ignore[arg-type]
            for c in promise.versions
        ]
        made = decide_all(desk, some, view.head.seq) if some else []
    return ok({"done": len(made), "decisions": [d.id for d in made]}, 201)


@router.post("/decisions/bulk/undo", status_code=201)
@may("bulk")
def bulk_undo(desk: AnyDesk, who: Who, body: BulkUndo) -> Response:
    """Take decisions back together."""
    with desk.writing:
        view = desk.world.refresh()
        known = {d.id for d in desk.world.decisions}
        lacking = [i for i in body.decisions if i not in known]
        if lacking:
            raise missing(f"decision {lacking[0]!r}")
        some = [
            Decision(by=who.who, kind="undo", undoes=i, why=body.why)
            for i in dict.fromkeys(body.decisions)
        ]
        made = decide_all(desk, some, view.head.seq)
    return ok({"done": len(made), "decisions": [d.id for d in made]}, 201)


def in_selection(desk: Desk, who: Any, query: str) -> list[str]:
    """The claims of the incidents that a query asks for, the least certain first."""
    selection = desk.select(who, read(answers.pairs(query)))
    rows = selection.view.each(selection.mask)
    return sorted((c for r in rows for c in r.claims), key=lambda c: (sureness(desk, c), c))


def sureness(desk: Desk, claim: str) -> float:
    """How sure the coder is of a claim; of one without a figure nothing is known: last."""
    telling = desk.world.telling(claim)
    found = telling.claim.confidence if telling else None
    return found if found is not None else 2.0
