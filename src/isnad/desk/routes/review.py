"""The review queue: what to look at next, by whom, and what words mean."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.archive.whole import texts
from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.errors import bad, missing
from isnad.desk.model.names import actor
from isnad.desk.query import day
from isnad.desk.resolving import actors_called, place_value, places_called, values_of
from isnad.desk.roles import Caller, may
from isnad.desk.routes.bodies import Assign, WordsOf
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


@router.get("/review/queue")
@may("decide")
def queue(
    desk: AnyDesk, who: Who, asked: Asked, stage: str = "first", mine: str = "0",
    limit: str | None = None, cursor: str | None = None,
) -> Response:  # fmt: skip
    """Claims to look at, the least certain first; those assigned to others are left out."""
    if stage not in STAGES:
        raise bad("a parameter does not fit", stage=f"is none of {', '.join(STAGES)}")
    if stage == "adjudicate":
        who.must("adjudicate")
    if mine not in ("0", "1"):
        raise bad("a parameter does not fit", mine="write 1, or leave it out")
    selection = desk.select(who, asked)
    waiting = _waiting(desk, who, stage, mine == "1", selection.view.each(selection.mask))
    of, size = ("queue", stage, mine, asked, who.who), answers.limit_of(limit)
    after = answers.place_of(of, cursor)
    rest = [w for w in waiting if after is None or w > after]
    turn = desk.assignments.by_claim("second" if stage == "second" else "first")
    claims = [c for _, c in rest[:size]]
    return ok({
        "items": _items(desk, claims, stage, turn),
        "next": answers.cursor(of, rest[size - 1]) if len(rest) > size else None,
        "total": len(waiting), "at": answers.at(selection.view.head),
    })  # fmt: skip


def _waiting(desk: Desk, who: Caller, stage: str, mine: bool, rows: Any) -> list[tuple[float, str]]:
    world = desk.world
    turn = desk.assignments.by_claim("second" if stage == "second" else "first")
    coded = desk.codings.of() if stage != "first" else {}
    out = []
    for row in rows:
        for claim in row.claims:
            to = turn[claim]["to"] if claim in turn else None
            if (mine and to != who.who) or (stage != "adjudicate" and to not in (None, who.who)):
                continue
            seconds = coded.get(claim, [])
            if stage == "first":
                fits = world.state(claim) == "open"
            elif stage == "second":
                own = any(s.by == who.who for s in seconds) or any(
                    d.by == who.who for d in world.about(claim)
                )
                first = first_of(world, claim, who.who)
                fits = not own and not seconds and (first is not None or to == who.who)
            else:
                fits = any(s.settled_by is None for s in seconds)
            if fits:
                out.append((sureness(desk, claim), claim))
    return sorted(out)


def _items(desk: Desk, claims: list[str], stage: str, turn: dict[str, Any]) -> list[dict[str, Any]]:
    world, view = desk.world, desk.full_view()
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
    if not claims:
        raise bad("nothing to assign", claims="name claims, or a query that finds some")
    ident = desk.assignments.add(
        body.to, body.stage, claims, body.note, body.due, who.who, desk.clock()
    )
    return ok({"id": ident, "count": len(claims)}, 201)


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
