"""From any refusal, ours or a library's, to an answer in the one shape."""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from isnad.desk.errors import DeskError, bad
from isnad.errors import IsnadError


def answer(error: DeskError) -> JSONResponse:
    """The refusal as an answer."""
    return JSONResponse(error.body(), status_code=error.status, headers=error.headers)


_KNOWN = {404: ("E702", "there is nothing here"), 405: ("E701", "this takes another method")}


async def handle(_request: Request, error: Exception) -> Response:
    """Any refusal, ours or a library's, in the one shape."""
    if isinstance(error, DeskError):
        return answer(error)
    if isinstance(error, RequestValidationError):
        fields = {
            ".".join(str(p) for p in e["loc"] if p not in ("body", "query", "path")) or "body": str(
                e["msg"]
            )
            for e in error.errors()
        }
        return answer(bad("the request does not fit", **fields))
    if isinstance(error, HTTPException):
        code, words = _KNOWN.get(error.status_code, ("E701", str(error.detail)))
        headers = dict(error.headers or {})
        return answer(DeskError(code, error.status_code, words, headers=headers))
    if isinstance(error, IsnadError):
        return answer(of_archive(error))
    raise error


def of_archive(error: IsnadError) -> DeskError:
    """What the archive refuses: the caller's fault (E511, E512, E514), else not at hand."""
    if error.code in ("E511", "E512", "E514"):
        return DeskError(error.code, 422, error.message)
    headers = {"Retry-After": "5"} if error.code == "E505" else {}
    return DeskError(error.code, 503, error.message, headers=headers)
