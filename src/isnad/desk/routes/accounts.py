"""Accounts, invitations, passwords, tokens, and the audit of all that."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import Response

from isnad.archive import engine as engines
from isnad.archive.errors import told
from isnad.archive.people import audit as entries
from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.auth.store import Accounts
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import DeskError
from isnad.desk.roles import OPEN, Caller, may
from isnad.desk.routes.bodies import (
    Accept,
    ChangePassword,
    EditAccount,
    Invite,
    NewPassword,
    NewToken,
)
from isnad.desk.routes.session import set_cookie

router = APIRouter(tags=["accounts"])


def _accounts(desk: Desk) -> Accounts:
    if not desk.settings.accounts:
        raise DeskError("E705", 403, "this desk has no accounts; run it with --accounts")
    return Accounts(desk.archive)


def _mine(who: Caller) -> str:
    if who.account is None:
        raise DeskError("E705", 403, "this is for people with an account")
    return who.account


def _slowed(desk: Desk, request: Request) -> str:
    origin = str(request.state.address)
    wait = desk.sign_ins.wait(f"from {origin}")
    if wait:
        headers = {"Retry-After": str(int(wait) + 1)}
        raise DeskError("E706", 429, "too many attempts; wait a minute", headers=headers)
    return origin


@router.get("/accounts")
@may("accounts")
def accounts(desk: AnyDesk) -> Response:
    """All accounts."""
    items = [
        {"id": a.id, "name": a.name, "role": a.role, "disabled": a.disabled,
         "created": a.created_at, "last": a.last_at}
        for a in _accounts(desk).all_of()
    ]  # fmt: skip
    return ok({"items": items, "next": None, "total": len(items)})


@router.patch("/accounts/{ident}")
@may("accounts")
def change(desk: AnyDesk, who: Who, ident: str, body: EditAccount) -> Response:
    """Give an account another role, or shut it; its sessions end at once."""
    made = _accounts(desk).change(
        ident, role=body.role, disabled=body.disabled, by=who.who, now=desk.clock()
    )
    return ok({"id": made.id, "name": made.name, "role": made.role, "disabled": made.disabled})


@router.post("/accounts/{ident}/reset", status_code=201)
@may("accounts")
def reset(desk: AnyDesk, who: Who, ident: str) -> Response:
    """A link by which somebody gets a new password; shown once."""
    secret, until = _accounts(desk).invite("", "", of=ident, by=who.who, now=desk.clock())
    return ok({"link": f"/reset/{secret}", "expires": until}, 201)


@router.get("/invitations")
@may("accounts")
def invitations(desk: AnyDesk) -> Response:
    """Invitations that nobody used yet; not their links."""
    items = _accounts(desk).invitations(now=desk.clock())
    return ok({"items": items, "next": None, "total": len(items)})


@router.post("/invitations", status_code=201)
@may("accounts")
def invite(desk: AnyDesk, who: Who, body: Invite) -> Response:
    """A link by which somebody makes an account of a role; shown once."""
    secret, until = _accounts(desk).invite(body.role, body.note, by=who.who, now=desk.clock())
    return ok({"link": f"/invite/{secret}", "expires": until}, 201)


@router.delete("/invitations/{ident}", status_code=204)
@may("accounts")
def withdraw(desk: AnyDesk, who: Who, ident: str) -> Response:
    """Take an invitation back."""
    _accounts(desk).withdraw(ident, by=who.who, now=desk.clock())
    return Response(status_code=204)


@router.get("/invitations/{secret}")
@may(OPEN)
def invited(desk: AnyDesk, request: Request, secret: str) -> Response:
    """What an invitation is for."""
    _slowed(desk, request)
    return ok(_accounts(desk).invited(secret, reset=False, now=desk.clock()))


@router.post("/invitations/{secret}", status_code=201)
@may(OPEN)
def accept(desk: AnyDesk, request: Request, secret: str, body: Accept) -> Response:
    """Make the account that an invitation is for, and sign it in."""
    origin = _slowed(desk, request)
    made, session = _accounts(desk).accept(
        secret, body.name, body.password, now=desk.clock(), origin=origin
    )
    return set_cookie(desk, ok({"name": made.name, "role": made.role}, 201), session)


@router.post("/resets/{secret}", status_code=204)
@may(OPEN)
def new_password(desk: AnyDesk, request: Request, secret: str, body: NewPassword) -> Response:
    """Set a new password by a reset's link; every session of the account ends."""
    origin = _slowed(desk, request)
    _accounts(desk).reset(secret, body.password, now=desk.clock(), origin=origin)
    return Response(status_code=204)


@router.post("/password", status_code=204)
@may("save")
def change_password(desk: AnyDesk, request: Request, who: Who, body: ChangePassword) -> Response:
    """Change one's own password; all other sessions end, and all tokens."""
    _slowed(desk, request)
    _accounts(desk).new_password(_mine(who), body.old, body.new, keep=who.session, now=desk.clock())
    return Response(status_code=204)


@router.get("/tokens")
@may("save")
def tokens(desk: AnyDesk, who: Who) -> Response:
    """One's tokens for programs; not their secrets."""
    items = _accounts(desk).tokens(_mine(who))
    return ok({"items": items, "next": None, "total": len(items)})


@router.post("/tokens", status_code=201)
@may("save")
def token(desk: AnyDesk, who: Who, body: NewToken) -> Response:
    """A token for a program, with one's own role; shown once."""
    if not who.by_cookie:
        raise DeskError("E705", 403, "a program's token makes no other tokens; sign in")
    made = _accounts(desk).new_token(_mine(who), body.label, now=desk.clock())
    return ok({"token": made}, 201)


@router.delete("/tokens/{ident}", status_code=204)
@may("save")
def drop_token(desk: AnyDesk, who: Who, ident: str) -> Response:
    """End a token."""
    _accounts(desk).drop_token(_mine(who), ident)
    return Response(status_code=204)


@router.get("/audit")
@may("accounts")
def audit(desk: AnyDesk, limit: str | None = None, cursor: str | None = None) -> Response:
    """Who signed in, was let in, changed roles: the newest first."""
    size, before = answers.limit_of(limit), answers.place_of("audit", cursor)
    asked = sa.select(entries).order_by(entries.c.nr.desc()).limit(size + 1)
    if before is not None:
        asked = asked.where(entries.c.nr < before)
    with told(desk.archive.name), engines.reading(desk.archive.engine) as c:
        found: list[Any] = list(c.execute(asked))
    return ok({
        "items": [
            {"at": r.at, "who": r.who, "what": r.what, "about": r.about, "from": r.origin}
            for r in found[:size]
        ],
        "next": answers.cursor("audit", found[size - 1].nr) if len(found) > size else None,
        "total": None,
    })  # fmt: skip
