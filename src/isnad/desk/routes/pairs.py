"""Two coders of one claim: the second's coding, what they differ on, settling it, and agreement."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.auth.store import stamp
from isnad.desk.deciding import claims_json, decide_all, fitted, version_of
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import bad, missing, stale
from isnad.desk.query import day
from isnad.desk.roles import Caller, may
from isnad.desk.routes.bodies import Coding, Settle
from isnad.desk.second import VERDICT, Coded, differ, first_of, made_of, units
from isnad.desk.views.claims import version
from isnad.desk.views.reports import head_json
from isnad.evaluate.alpha import nominal
from isnad.model import FIXABLE, Decision

router = APIRouter(tags=["review"])


@router.post("/review/codings", status_code=201)
@may("decide")
def code(desk: AnyDesk, who: Who, body: Coding) -> Response:
    """What a second coder says of a claim as coded; it changes nothing until it is settled."""
    telling = desk.world.telling(body.claim)
    if telling is None:
        raise missing(f"claim {body.claim!r}")
    if any(d.by == who.who for d in desk.world.about(body.claim)):
        raise bad("you decided about this claim: a second coder has to be somebody else")
    if body.claim not in desk.blind(who):
        raise bad("take the claim first (POST /review/second), and code it once")
    if body.seen != version(telling.claim, []):
        raise stale(
            "the claim was coded anew meanwhile",
            {"claims": claims_json(desk, [body.claim], coded=True)}, body.model_dump(),
        )  # fmt: skip
    values = {s: fitted(desk, body.claim, s, v) for s, v in body.values.items()}
    one = Coded(who.who, stamp(desk.clock()), body.verdict, values, body.why)
    made_of(telling.claim, one)
    return ok({"id": desk.codings.add(body.claim, one)}, 201)


@router.get("/review/pairs")
@may("adjudicate")
def pairs(
    desk: AnyDesk, state: str = "open", limit: str | None = None, cursor: str | None = None
) -> Response:
    """Claims that two people coded, with where they differ."""
    if state not in ("open", "done"):
        raise bad("a parameter does not fit", state="is none of open, done")
    found = [
        (claim, s)
        for claim, some in sorted(desk.codings.of().items())
        for s in some
        if (s.settled_by is not None) == (state == "done") and desk.world.telling(claim)
    ]
    of, size = ("pairs", state), answers.limit_of(limit)
    after = answers.place_of(of, cursor)
    rest = [p for p in found if after is None or (p[0], p[1].by) > after]
    last = rest[size - 1] if len(rest) > size else None
    return ok({
        "items": [_pair(desk, c, s) for c, s in rest[:size]],
        "next": answers.cursor(of, (last[0], last[1].by)) if last else None,
        "total": len(found), "at": answers.at(desk.full_view().head),
    })  # fmt: skip


def _pair(desk: Desk, claim: str, second: Coded) -> dict[str, Any]:
    telling = desk.world.telling(claim)
    assert telling is not None
    first = first_of(desk.world, claim, second.by)
    return {
        "claim": claims_json(desk, [claim], coded=True)[0], "version": version_of(desk, claim),
        "report": head_json(desk.world.heads[telling.report]),
        "first": _shown(first), "second": _shown(second), "settled_by": second.settled_by,
        "differ": differ(telling.claim, first, second) if first else None,
    }  # fmt: skip


def _shown(one: Coded | None) -> dict[str, Any] | None:
    return one and {
        "by": one.by, "at": one.at, "verdict": one.verdict, "values": one.values, "why": one.why
    }  # fmt: skip


@router.post("/review/pairs/{claim}", status_code=201)
@may("adjudicate")
def settle(desk: AnyDesk, who: Who, claim: str, body: Settle) -> Response:
    """Settle what two coders made of a claim: take of each field the first's, the second's, or
    one's own value; what is not named stays as it is."""
    with desk.writing:
        view = desk.world.refresh()
        telling = desk.world.telling(claim)
        second = next(
            (s for s in desk.codings.of([claim]).get(claim, []) if not s.settled_by), None
        )
        if telling is None or second is None:
            raise missing("such pair that is open")
        first = first_of(desk.world, claim, second.by)
        some = _settling(desk, who, claim, body, first, second)
        made = decide_all(desk, some, view.head.seq) if some else []
        desk.codings.settle(claim, who.who, desk.clock())
    done = {"decisions": [d.id for d in made], "claims": claims_json(desk, [claim])}
    return ok(done, 201)


def _settling(
    desk: Desk, who: Caller, claim: str, body: Settle, first: Coded | None, second: Coded
) -> list[Decision]:
    out = []
    for name, choice in sorted(body.choose.items()):
        if name != VERDICT and name not in FIXABLE:
            raise bad("the choice does not fit", choose=f"{name!r} is no field")
        if choice == "first":
            if first is None:
                raise bad("the choice does not fit", choose="there is no first coder yet")
            continue  # what the first coder decided stands already
        if name == VERDICT:
            verdict: Any = second.verdict if choice == "second" else choice
            if verdict not in ("accept", "reject", "unsure"):
                raise bad("the choice does not fit", choose="a verdict is accept, reject or unsure")
            out.append(Decision(by=who.who, kind=verdict, claims=(claim,), why=body.why))
            continue
        telling = desk.world.telling(claim)
        assert telling is not None
        if choice == "second":
            coded = telling.claim.model_dump(mode="json", include={name})[name]
            value = second.values.get(name, coded)
        elif isinstance(choice, dict) and set(choice) == {"value"}:
            value = fitted(desk, claim, name, choice["value"])
        else:
            raise bad("the choice does not fit", choose='write first, second, or {"value": …}')
        out.append(
            Decision(by=who.who, kind="fix", claims=(claim,), slot=name, value=value, why=body.why)
        )
    return out


@router.get("/review/agreement")
@may("read")
def agreement(
    desk: AnyDesk, who: Who, first: str | None = None, second: str | None = None,
    since: str | None = None, until: str | None = None,
) -> Response:  # fmt: skip
    """Krippendorff's alpha (nominal) of each field over the claims that two people coded.

    Those who may not settle see it of settled pairs only: an open one would tell what another said.
    """
    for name, given in (("since", since), ("until", until)):
        try:
            _ = given is None or day(given)
        except ValueError as error:
            raise bad("a parameter does not fit", **{name: str(error)}) from None
    fields: dict[str, list[tuple[str, str]]] = {}
    coders, count = set(), 0
    for claim, some in sorted(desk.codings.of().items()):
        telling = desk.world.telling(claim)
        for two in some:
            one = first_of(desk.world, claim, two.by)
            hidden = two.settled_by is None and not who.can("adjudicate")
            if telling is None or one is None or hidden:
                continue
            if (first or one.by) != one.by or (second or two.by) != two.by:
                continue
            if not (since or "") <= two.at[:10] <= (until or "9999"):
                continue
            count += 1
            coders |= {one.by, two.by}
            a, b = units(telling.claim, one), units(telling.claim, two)
            for name, value in a.items():
                fields.setdefault(name, []).append((value, b[name]))
    return ok({
        "pairs": count, "coders": sorted(coders),
        "fields": [{"field": n, **_alpha(some)} for n, some in fields.items()],
    })  # fmt: skip


def _alpha(some: list[tuple[str, str]]) -> dict[str, Any]:
    found = nominal(some)
    why = None
    if found.alpha is None:
        why = "too few" if found.units < 2 else "all values are one: chance would agree as well"
    alpha = round(found.alpha, 4) if found.alpha is not None else None
    return {"alpha": alpha, "units": found.units, "agree": found.agree, "why_null": why}
