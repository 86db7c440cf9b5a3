"""The review queue: what to look at next, by whom, and what words mean."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.archive.whole import texts
from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.auth.store import Accounts
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.errors import bad, missing
from isnad.desk.model.names import actor
from isnad.desk.model.row import Row
from isnad.desk.model.select import Selection
from isnad.desk.query import day, read
from isnad.desk.resolving import actors_called, place_value, places_called, values_of
from isnad.desk.roles import PERMISSIONS, ROLES, Caller, may
from isnad.desk.routes.bodies import Assign, Take, WordsOf
from isnad.desk.routes.decisions import in_selection, sureness
from isnad.desk.routes.overview import shown
from isnad.desk.routes.reports import key_of
from isnad.desk.second import first_of
from isnad.desk.views.claims import claim_json
from isnad.desk.views.reports import head_json
from isnad.desk.views.text import Units, direction, language
from isnad.knowledge.compiled import knowledge
from isnad.model import FIXABLE

router = APIRouter(tags=["review"])
STAGES = ("first", "second", "adjudicate")
_NEAR = 3
DECIDE = ROLES[ROLES.index(PERMISSIONS["decide"]) :]


@router.get("/review/queue")
@may("decide")
def queue(
    desk: AnyDesk, who: Who, asked: Asked, stage: str = "first", mine: str = "0",
    limit: str | None = None, cursor: str | None = None,
) -> Response:  # fmt: skip
    """Claims to look at, the least certain first; those assigned to others are left out.

    ``stage=second`` has those that one is to code without seeing the first coder; ``POST
    /review/second`` takes some.
    """
    if stage not in STAGES:
        raise bad("a parameter does not fit", stage=f"is none of {', '.join(STAGES)}")
    if stage == "adjudicate":
        who.must("adjudicate")
    if mine not in ("0", "1"):
        raise bad("a parameter does not fit", mine="write 1, or leave it out")
    selection = desk.select(who, asked)
    waiting = _waiting(desk, who, stage, mine == "1", selection)
    of, size = ("queue", stage, mine, asked, who.who), answers.limit_of(limit)
    after = answers.place_of(of, cursor)
    rest = [w for w in waiting if after is None or w > after]
    turn = desk.assignments.by_claim("second" if stage == "second" else "first")
    claims = [c for _, c in rest[:size]]
    return ok({
        "items": _items(desk, who, claims, stage, turn),
        "next": answers.cursor(of, rest[size - 1]) if len(rest) > size else None,
        "total": len(waiting), "at": answers.at(selection.view.head),
    })  # fmt: skip


def _waiting(
    desk: Desk, who: Caller, stage: str, mine: bool, selection: Selection
) -> list[tuple[float, str]]:
    """How sure the coder is of each claim that waits for a caller, and its id, least sure first."""
    if stage == "second":
        fitting = _told_in(desk, selection)
        return sorted((sureness(desk, c), c) for c in desk.blind(who) if fitting(c))
    turn = desk.assignments.by_claim("first")
    if stage == "first":
        view, mask = selection.view, selection.mask
        some = view.remember("answer", ("open", mask), lambda: _open(desk, view.each(mask)))
    else:
        fitting = _told_in(desk, selection)
        pairs = desk.codings.of().items()
        coded = (c for c, s in pairs if any(x.settled_by is None for x in s) and fitting(c))
        some = sorted((sureness(desk, c), c) for c in coded)
    out = []
    for sure, claim in some:
        to = turn[claim]["to"] if claim in turn else None
        if to == who.who or not (mine or (stage == "first" and to is not None)):
            out.append((sure, claim))
    return out


def _open(desk: Desk, rows: Iterable[Row]) -> list[tuple[float, str]]:
    claims = (c for row in rows for c in row.claims)
    return sorted((sureness(desk, c), c) for c in claims if desk.world.state(c) == "open")


def _told_in(desk: Desk, selection: Selection) -> Callable[[str], bool]:
    """Whether a claim's report tells an incident of a selection; rejected claims tell none now."""
    if not selection.query.pairs():
        return lambda claim: desk.world.telling(claim) is not None
    rows = selection.view.each(selection.mask)
    reports = {r for row in rows for r in row.reports}

    def fits(claim: str) -> bool:
        telling = desk.world.telling(claim)
        return telling is not None and telling.report in reports

    return fits


@router.post("/review/second", status_code=201)
@may("decide")
def take(desk: AnyDesk, who: Who, body: Take) -> Response:
    """Take claims that somebody else decided about on oneself, to code them without seeing that.

    As many as bring those that wait for one to ``count``, the least certain first. From then on
    they are shown as the program coded them, wherever one looks, until one has coded them.
    """
    selection = desk.select(who, read(answers.pairs(body.query)))
    waiting = desk.blind(who)
    lacking, claims = body.count - len(waiting), []
    if lacking > 0:
        fitting, coded = _told_in(desk, selection), desk.codings.of()
        taken = desk.assignments.by_claim("second")
        claims = sorted(
            (c for c in list(desk.world.by_claim)
             if c not in taken and c not in coded and fitting(c)
             and not any(d.by == who.who for d in desk.world.about(c))
             and first_of(desk.world, c, who.who) is not None),
            key=lambda c: (sureness(desk, c), c),
        )[:lacking]  # fmt: skip
    if claims:
        desk.assignments.add(who.who, "second", claims, "", None, who.who, desk.clock())
    return ok({"taken": len(claims), "waiting": len(waiting) + len(claims)}, 201)


def _items(
    desk: Desk, who: Caller, claims: list[str], stage: str, turn: dict[str, Any]
) -> list[dict[str, Any]]:
    world, view = desk.world, desk.view(who)
    tellings = {c: t for c in claims if (t := world.telling(c)) is not None}
    found = texts(desk.archive, {t.report for t in tellings.values()}) if tellings else {}
    blind = stage == "second"
    out = []
    for claim, telling in tellings.items():
        text, row = found.get(telling.report, ""), view.of(claim)
        near: dict[str, float] = {}
        for other, score in world.likely([claim], 12):
            there = view.of(other)
            if there is not None and (row is None or there.id != row.id):
                near[there.id] = max(near.get(there.id, 0.0), score)
        sure = telling.claim.confidence
        out.append({
            "claim": claim_json(world, claim, text, coded_only=blind),
            "report": {
                **head_json(world.heads[telling.report]), "text": text, "lang": language(text),
                "dir": direction(text),
            },
            "incident": shown(desk, row) if row is not None and not blind else None,
            "candidates": [
                {"id": i, "score": round(s, 3), "row": shown(desk, r)}
                for i, s in sorted(near.items(), key=lambda x: (-x[1], x[0]))[:_NEAR]
                if not blind and (r := view.get(i)) is not None
            ],
            "assigned": turn.get(claim),
            "why": f"confidence {sure:.2f}" if sure is not None else "no confidence known",
        })  # fmt: skip
    return out


@router.post("/review/words")
@may("decide")
def meant(desk: AnyDesk, body: WordsOf) -> Response:
    """What words of a report may mean in a slot."""
    key = key_of(desk, body.report)
    if body.slot not in FIXABLE:
        raise bad("the request does not fit", slot=f"is none of {', '.join(FIXABLE)}")
    text, head = texts(desk.archive, [key]).get(key, ""), desk.world.heads[key]
    units = Units(text)
    try:
        start, end = units.points((body.utf16[0], body.utf16[1]))
    except ValueError as error:
        raise bad("the request does not fit", utf16=str(error)) from None
    words = text[start:end]
    values = (
        values_of(body.slot, words, head.published) if words.strip() and len(words) < 500 else []
    )
    for one in values:
        if "actor" in one:
            one["label"] = actor(one["actor"])
    span = {"as_written": words, "span": [start, end], "utf16": units.utf16((start, end))}
    return ok({**span, "values": values})


@router.get("/pick/actors")
@may("read")
def pick_actors(q: str = "", day_of: str | None = None, limit: str | None = None) -> Response:
    """Actors by any of their names, or its beginning."""
    actors, size = knowledge().actors, answers.limit_of(limit)
    on = ""
    if day_of is not None:
        try:
            on = day(day_of).isoformat()
        except ValueError as error:
            raise bad("a parameter does not fit", day_of=str(error)) from None
    items = []
    for ident in actors_called(q[:200], size):
        a = actors[ident]
        items.append({
            **actor(ident), "kind": a.kind, "country": a.country or None,
            "valid": [a.valid_from or None, a.valid_to or None],
            "valid_then": actors.valid(ident, on) if on else None,
            "names": [n.text for n in actors.names(ident)[:8]],
        })  # fmt: skip
    return ok({"items": items})


@router.get("/pick/places")
@may("read")
def pick_places(q: str = "", near: str | None = None, limit: str | None = None) -> Response:
    """Places of the gazetteer by name, in any spelling; the nearest to a point first if given."""
    point = None
    if near is not None:
        try:
            lat, lon = (float(x) for x in near.split(","))
            point = (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
        except ValueError:
            point = None
        if point is None:
            raise bad("a parameter does not fit", near="write LAT,LON in degrees")
    found = places_called(q[:200], point, answers.limit_of(limit))
    return ok({"items": [{"id": e.id, **place_value(e)} for e in found]})


@router.get("/review/assignments")
@may("decide")
def assignments(desk: AnyDesk, to: str | None = None) -> Response:
    """Whose turn it is, with how much of it is done."""
    items = []
    for one in desk.assignments.all_of(to):
        done = [c for c in one["claims"] if _done(desk, c, one)]
        items.append({**one, "count": len(one["claims"]), "done": len(done)})
    return ok({"items": items, "next": None, "total": len(items)})


def _done(desk: Desk, claim: str, one: dict[str, Any]) -> bool:
    if one["stage"] == "first":
        return desk.world.state(claim) != "open"
    return bool(desk.codings.of([claim], by=one["to"]))


@router.post("/review/assignments", status_code=201)
@may("assign")
def assign(desk: AnyDesk, who: Who, body: Assign) -> Response:
    """Give somebody claims to look at: those named, or the least certain of a filter."""
    claims = list(dict.fromkeys(body.claims))
    unknown = [c for c in claims if desk.world.telling(c) is None]
    if unknown:
        raise missing(f"claim {unknown[0]!r}")
    if body.query is not None:
        taken = desk.assignments.by_claim(body.stage)
        more = in_selection(desk, who, body.query)
        claims += [c for c in more if c not in taken and c not in claims][: body.count]
    if desk.settings.accounts:
        known = {a.name for a in Accounts(desk.archive).all_of() if not a.disabled}
        if body.to not in known:
            raise bad("nobody of that name can sign in", to="GET /review/people lists who can")
    if not claims:
        raise bad("nothing to assign", claims="name claims, or a query that finds some")
    ident = desk.assignments.add(
        body.to, body.stage, claims, body.note, body.due, who.who, desk.clock()
    )
    return ok({"id": ident, "count": len(claims)}, 201)


@router.get("/review/people")
@may("assign")
def people(desk: AnyDesk, who: Who) -> Response:
    """Who may be given claims: open accounts that may decide, with how much waits for each."""
    s = desk.settings
    names = (
        [a.name for a in Accounts(desk.archive).all_of() if not a.disabled and a.role in DECIDE]
        if s.accounts
        else [who.who]
    )
    open_ones: Counter[str] = Counter()
    for one in desk.assignments.all_of():
        open_ones[one["to"]] += sum(not _done(desk, c, one) for c in one["claims"])
    items = [{"name": n, "waiting": open_ones[n]} for n in sorted(names)]
    return ok({"items": items, "next": None, "total": len(items)})


@router.delete("/review/assignments/{ident}", status_code=204)
@may("assign")
def unassign(desk: AnyDesk, ident: str) -> Response:
    """Take an assignment back."""
    desk.assignments.drop(ident)
    return Response(status_code=204)


@router.get("/review/progress")
@may("read")
def progress(desk: AnyDesk) -> Response:
    """How far the review is: claims by state, decisions by person and day."""
    view, world = desk.full_view(), desk.world
    states = Counter(world.state(c) for h in list(world.heads.values()) for c in h.claims)
    people = Counter((d.by, d.kind) for d in world.decisions)
    days = Counter(d.at[:10] for d in world.decisions)
    since = (desk.today - dt.timedelta(days=90)).isoformat()
    return ok({
        "states": dict(states),
        "people": [{"by": by, "kind": kind, "count": n} for (by, kind), n in
        sorted(people.items())], "days": [{"day": d, "count": n} for d, n in sorted(days.items()) if
        d >= since], "at": answers.at(view.head),
    })  # fmt: skip
