"""Compression of what goes out: JSON, tables, scripts; nothing that holds a secret.

A secret beside words that others chose could be guessed at by the size of what is packed (BREACH).
Cookies here are ``SameSite=Strict``, so that no other site can make a browser ask; answers with
secrets (feeds' addresses, links, tokens, sessions) are left as they are all the same.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LEAST = 1000
"""Bytes below which nothing is gained."""
LEVEL = 5
TEXTS = frozenset([".js", ".mjs", ".css", ".svg", ".json", ".html", ".webmanifest"])
SECRETS = ("searches", "tokens", "invitations", "resets", "accounts", "session", "alerts")
"""Routes whose answers hold secrets."""


class Packing:
    """ASGI middleware: answers to ``GET`` of the API and its twins, for browsers that unpack."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._packed = GZipMiddleware(app, minimum_size=LEAST, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fits = scope["type"] == "http" and scope["method"] == "GET" and packs(scope["path"])
        await (self._packed if fits else self._plain)(scope, receive, send)


def packs(path: str) -> bool:
    """Whether the answer at a path is packed on its way; raw copies go out as they are."""
    parts = path.strip("/").split("/")
    if parts[:2] == ["api", "v1"]:
        return len(parts) > 2 and parts[2] not in SECRETS and "raw" not in parts
    return parts[0] not in ("feeds", "enter") and path.endswith((".json", ".csv"))


def packed(file: Path) -> bytes | None:
    """A built file compressed, or ``None`` if that gains nothing."""
    if file.suffix not in TEXTS:
        return None
    at = file.stat()
    return _packed(file, at.st_mtime_ns) if at.st_size >= LEAST else None


@lru_cache(maxsize=256)
def _packed(file: Path, _made: int) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)
