"""From what a browser or program sends to who it is."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from isnad.desk.auth.secrets import hashed
from isnad.desk.auth.store import Accounts
from isnad.desk.roles import NOBODY, Caller
from isnad.desk.settings import Settings

if TYPE_CHECKING:
    from isnad.desk.desk import Desk

COOKIE = "isnad_session"
PUBLIC = Caller("public")


def cookie_name(settings: Settings) -> str:
    """What the cookie is called: browsers keep one for all ports, and two desks may run at once."""
    return COOKIE if settings.accounts else f"{COOKIE}_{settings.port}"


def caller_for(desk: Desk, secret: str | None, bearer: bool) -> Caller:
    """The caller who sends a secret: a cookie's, or (``bearer``) a token's."""
    nobody = PUBLIC if desk.settings.public else NOBODY
    if not secret or len(secret) > 200:
        return nobody
    if not desk.settings.accounts:
        known = (
            hmac.compare_digest(hashed(secret), hashed(desk.token))
            if bearer
            else hashed(secret) in desk.entered
        )
        return (
            Caller("admin", desk.settings.owner, None, "local", by_cookie=not bearer)
            if known
            else nobody
        )
    found = Accounts(desk.archive).whose(secret, now=desk.clock())
    if found is None or (found[2] == "token") != bearer:
        return nobody
    account, session, _ = found
    return Caller(account.role, account.name, account.id, session, by_cookie=not bearer)
