"""Coming in and going out."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from isnad.desk.answers import ok
from isnad.desk.auth.secrets import hashed, new_secret
from isnad.desk.auth.store import SESSION_HOURS, Accounts
from isnad.desk.auth.who import cookie_name
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import DeskError
from isnad.desk.roles import OPEN, PERMISSIONS, may

router = APIRouter(tags=["session"])
entry = APIRouter()
_ENTERED = 1000


class SignIn(BaseModel):
    """Name and password."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=200)
    password: str = Field(max_length=1000)


@router.get("/session")
@may(OPEN)
def session(desk: AnyDesk, who: Who) -> Response:
    """Who asks, and what they may do."""
    return ok({
        "signed_in": who.name is not None, "local": not desk.settings.accounts,
        "accounts": desk.settings.accounts, "public": desk.settings.public, "name": who.name,
        "role": who.role, "can": [p for p in PERMISSIONS if who.can(p)],
    })  # fmt: skip


@router.post("/session", status_code=201)
@may(OPEN)
def sign_in(desk: AnyDesk, request: Request, body: SignIn) -> Response:
    """Sign in; a session of before ends, so that nobody can plant one."""
    if not desk.settings.accounts:
        raise DeskError("E705", 403, "this desk has no accounts; open the address that it printed")
    origin = request.state.address
    wait = max(desk.sign_ins.wait(f"from {origin}"), desk.sign_ins.wait(f"as {body.name[:60]}"))
    if wait:
        raise DeskError(
            "E706", 429, "too many attempts; wait a minute",
            headers={"Retry-After": str(int(wait) + 1)},
        )  # fmt: skip
    accounts = Accounts(desk.archive)
    found = accounts.sign_in(body.name, body.password, now=desk.clock(), origin=origin)
    if found is None:
        raise DeskError("E704", 401, "name and password do not fit")
    who: Who = request.state.caller
    if who.session and who.by_cookie:
        accounts.sign_out(who.session)
    account, secret = found
    return set_cookie(desk, ok({"name": account.name, "role": account.role}, 201), secret)


@router.delete("/session", status_code=204)
@may(OPEN)
def sign_out(desk: AnyDesk, request: Request, who: Who) -> Response:
    """End the session."""
    name = cookie_name(desk.settings)
    if desk.settings.accounts and who.session:
        Accounts(desk.archive).sign_out(who.session)
    elif request.cookies.get(name):
        desk.entered.discard(hashed(request.cookies[name]))
    answer = Response(status_code=204)
    answer.delete_cookie(
        name, path="/", httponly=True, samesite="strict", secure=desk.settings.secure
    )
    return answer


@entry.get("/enter", include_in_schema=False)
@may(OPEN)
def enter(desk: AnyDesk, token: str = "") -> Response:
    """From the printed address to a session: the token leaves the address bar at once."""
    if desk.settings.accounts:
        return RedirectResponse("/", 303)
    if not hmac.compare_digest(hashed(token), hashed(desk.token)):
        raise DeskError(
            "E704", 403, "this address is not of the desk that runs now; open the one it printed"
        )
    secret = new_secret()
    if len(desk.entered) >= _ENTERED:
        desk.entered.clear()
    desk.entered.add(hashed(secret))
    return set_cookie(desk, RedirectResponse("/", 303), secret)


def set_cookie(desk: Desk, answer: Response, secret: str) -> Response:
    """Give a browser its session: for this host only, out of reach of scripts and other sites."""
    answer.set_cookie(
        cookie_name(desk.settings), secret, path="/",
        max_age=SESSION_HOURS * 3600 if desk.settings.accounts else None,
        httponly=True, samesite="strict", secure=desk.settings.secure,
    )  # fmt: skip
    return answer
