"""What stands before every route: host, origin, size, rate; who asks; and headers on every answer.

In: any request. Out: a refusal in the one shape, or the request with its caller. Nothing of what a
request says is trusted before it has been here.
"""

from __future__ import annotations

import hashlib
import logging
from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from isnad.desk.auth.who import caller_for, cookie_name
from isnad.desk.desk import Desk
from isnad.desk.errors import DeskError
from isnad.desk.rates import Rates
from isnad.desk.refusing import answer
from isnad.desk.roles import Caller
from isnad.desk.settings import loopback, origin_of

log = logging.getLogger(__name__)
SAFE = frozenset(["GET", "HEAD", "OPTIONS"])
BODY = 1 << 20
"""Bytes of a request's body at most."""
PER_MINUTE = 1200
"""Requests a minute that one caller may make: far above a page that loads, far below a flood."""


class Shield:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp, desk: Desk, per_minute: int = PER_MINUTE) -> None:
        self.app, self.desk = app, desk
        self.rates = Rates(per_minute)
        self._headers = policy(desk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sent = _Sent(send, scope, headers, self._headers)
        try:
            self._checked(scope, headers)
            caller = await self._caller(headers)
            scope.setdefault("state", {})["caller"] = caller
            scope["state"]["address"] = self._address(scope, headers)
            owner = caller.name is not None and not self.desk.settings.accounts
            if scope["path"] != "/api/v1/health" and not owner:
                self._rate(caller, scope["state"]["address"])
            if scope["method"] not in SAFE and "authorization" not in headers:
                self._same_origin(headers, must=caller.by_cookie)
            await self.app(scope, _limited(receive), sent)
        except DeskError as error:
            await answer(error)(scope, receive, sent)
        except Exception:
            if sent.begun:
                raise
            log.exception("a fault in the desk")
            fault = DeskError("E999", 500, "this is a fault in isnad; please report it")
            await answer(fault)(scope, receive, sent)

    def _checked(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        if not self._known_host(host):
            raise DeskError("E707", 421, "this desk does not go by that name; see docs/desk.md")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length[:12]) > BODY:
            raise DeskError("E708", 413, f"a request may hold {BODY} bytes at most")
        empty = int(length[:12]) == 0 and "transfer-encoding" not in headers
        if scope["method"] not in SAFE and not empty:
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/json":
                raise DeskError("E701", 415, "send application/json")

    def _known_host(self, host: str) -> bool:
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not name:
            name, port = host, ""
        name = name.strip("[]").lower()
        if name in {n.lower() for n in self.desk.settings.names}:
            return True
        s = self.desk.settings
        own = name == s.host.strip("[]").lower() or (s.local and loopback(name))
        return own and (port in ("", str(s.port)) or s.dev is not None or s.port == 0)

    def _same_origin(self, headers: Headers, *, must: bool) -> None:
        """A browser that sends a cookie by itself must say that it comes from our own page.

        Raises:
            DeskError: E707.
        """
        origin, host = headers.get("origin"), headers.get("host", "")
        scheme = "https" if self.desk.settings.secure else "http"
        allowed = {f"{scheme}://{host}"}
        if self.desk.settings.dev:
            allowed.add(origin_of(self.desk.settings.dev) or "")
        if origin is None and not must:
            return  # no browser: those send where they come from
        site = headers.get("sec-fetch-site")
        if origin not in allowed or (site == "cross-site" and not self.desk.settings.dev):
            raise DeskError("E707", 403, "this was not asked for by a page of this desk")

    async def _caller(self, headers: Headers) -> Caller:
        bearer = headers.get("authorization", "")
        if bearer:
            kind, _, token = bearer.partition(" ")
            if kind.lower() != "bearer" or not token.strip():
                raise DeskError("E704", 401, "send Authorization: Bearer TOKEN")
            return await run_in_threadpool(caller_for, self.desk, token.strip(), True)
        secret = cookie_of(headers, cookie_name(self.desk.settings))
        return await run_in_threadpool(caller_for, self.desk, secret, False)

    def _rate(self, caller: Caller, address: str) -> None:
        wait = self.rates.wait(caller.account or address)
        if wait:
            raise DeskError(
                "E706", 429, "too many requests; wait a moment",
                headers={"Retry-After": str(int(wait) + 1)},
            )  # fmt: skip

    def _address(self, scope: Scope, headers: Headers) -> str:
        client = scope.get("client")
        here = client[0] if client else "?"
        if here in self.desk.settings.proxies:
            told = headers.get("x-forwarded-for", "").split(",")[-1].strip()
            return told[:64] or here
        return str(here)


def cookie_of(headers: Headers, name: str) -> str | None:
    """The session's secret that a browser sends."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None


def policy(desk: Desk) -> dict[str, str]:
    """Headers of every answer: what a page may load, and from where (only from here)."""
    tiles = origin_of(desk.settings.tiles) if desk.settings.tiles else None
    more = f" {tiles}" if tiles else ""
    dev = f" {origin_of(desk.settings.dev)}" if desk.settings.dev else ""
    rules = (
        "default-src 'none'", "script-src 'self'", "style-src 'self'",
        f"img-src 'self' data: blob:{more}", "font-src 'self'", f"connect-src 'self'{more}{dev}",
        "worker-src 'self' blob:", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'",
        "frame-ancestors 'none'", "object-src 'none'",
    )  # fmt: skip
    out = {
        "Content-Security-Policy": "; ".join(rules),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if desk.settings.secure:
        out["Strict-Transport-Security"] = "max-age=31536000"
    return out


class _Sent:
    """Sends on, with our headers; a JSON answer to GET gets an ETag, and 304 where it is known."""

    def __init__(self, send: Send, scope: Scope, asked: Headers, headers: dict[str, str]) -> None:
        self._send, self._scope, self._asked, self._headers = send, scope, asked, headers
        self._start: Message | None = None
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "private, no-cache")
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            message = self._tagged(start, message)
            self.begun = True
            await self._send(start)
        await self._send(message)

    def _tagged(self, start: Message, message: Message) -> Message:
        headers = MutableHeaders(scope=start)
        whole = message["type"] == "http.response.body" and not message.get("more_body")
        json = headers.get("content-type", "").startswith("application/json")
        safe = self._scope["method"] in ("GET", "HEAD")
        if not (whole and json and safe and start["status"] == 200):
            return message
        tag = f'W/"{hashlib.blake2b(message.get("body", b""), digest_size=12).hexdigest()}"'
        headers["ETag"] = tag
        known = [t.strip() for t in self._asked.get("if-none-match", "").split(",")]
        if tag in known or "*" in known:
            start["status"] = 304
            for name in ("content-length", "content-type"):
                if name in headers:
                    del headers[name]
            return {"type": "http.response.body", "body": b""}
        return message


def _limited(receive: Receive) -> Receive:
    """Counts the bytes of a body that does not say its length."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > BODY:
            raise DeskError("E708", 413, f"a request may hold {BODY} bytes at most")
        return message

    return counted
