"""Comments."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import bad, missing
from isnad.desk.roles import Caller, may
from isnad.desk.routes.bodies import EditComment, NewComment
from isnad.desk.routes.incidents import row_of
from isnad.desk.routes.reports import key_of

router = APIRouter(tags=["comments"])
KINDS = ("incident", "report", "claim")


@router.get("/comments")
@may("read")
def comments(
    desk: AnyDesk, who: Who, about: str, limit: str | None = None, cursor: str | None = None
) -> Response:
    """The comments on an incident, report or claim, in order of time."""
    kind, ids = _subject(desk, who, about)
    if kind == "claim" and ids[0] in desk.blind(who):
        return ok({"items": [], "next": None, "total": None})  # what others say of it is not blind
    of, size = ("comments", kind, tuple(ids[:1])), answers.limit_of(limit)
    found = desk.comments.about(kind, ids, answers.place_of(of, cursor), size + 1)
    last = found[size - 1] if len(found) > size else None
    return ok({
        "items": [_shown(c, about) for c in found[:size]],
        "next": answers.cursor(of, (last["at"], last["id"])) if last else None, "total": None,
    })  # fmt: skip


def _shown(comment: dict[str, object], about: str) -> dict[str, object]:
    """A comment, told of what was asked for: an incident goes by its present id."""
    return comment | {"about": about} if about.startswith("incident:") else comment


def _subject(desk: Desk, who: Caller, about: str) -> tuple[str, list[str]]:
    """What ``KIND:ID`` names, with the ids under which its comments are kept."""
    kind, _, ident = about.partition(":")
    if kind not in KINDS:
        raise bad("a parameter does not fit", about="write incident:ID, report:ID or claim:ID")
    if kind == "incident":
        row = row_of(desk, who, ident)
        return kind, [row.anchor, *(c for c in row.claims if c != row.anchor)]
    if kind == "report":
        return kind, [key_of(desk, ident)]
    if desk.world.telling(ident) is None:
        raise missing("such claim")
    return kind, [ident]


@router.post("/comments", status_code=201)
@may("comment")
def new(desk: AnyDesk, who: Who, body: NewComment) -> Response:
    """Write a comment."""
    kind, ids = _subject(desk, who, body.about)
    made = desk.comments.add(kind, ids[0], body.text, body.reply_to, who, desk.clock())
    return ok(_shown(made, body.about), 201)


@router.patch("/comments/{ident}")
@may("comment")
def edit(desk: AnyDesk, who: Who, ident: str, body: EditComment) -> Response:
    """Give one's own comment another text."""
    return ok(desk.comments.edit(ident, body.text, body.version, who, desk.clock()))


@router.delete("/comments/{ident}")
@may("comment")
def withdraw(desk: AnyDesk, who: Who, ident: str) -> Response:
    """Withdraw a comment; that there was one stays visible."""
    return ok(desk.comments.withdraw(ident, who, desk.clock()))
