"""Refusals: one shape for all of them, with a stable code and words for people."""

from __future__ import annotations

from typing import Any

from isnad.errors import one_line


class DeskError(Exception):
    """A refusal of a request.

    Args:
        code: the stable code, ``E7..``; see ``docs/errors.md``.
        status: the HTTP status.
        message: one line that says what was wrong and what to do.
        fields: parameters at fault, each with a message.
        headers: of the answer.
        more: what else the body's ``error`` holds (``current``, ``yours``).
    """

    def __init__(
        self, code: str, status: int, message: str, *, fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None, **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.code, self.status, self.message = code, status, message
        self.fields, self.headers, self.more = fields or {}, headers or {}, more

    def body(self) -> dict[str, Any]:
        """What the answer says."""
        error: dict[str, Any] = {
            "code": self.code, "status": self.status, "message": one_line(self.message)
        }  # fmt: skip
        if self.fields:
            error["fields"] = [{"field": k, "message": one_line(v)} for k, v in self.fields.items()]
        return {"error": error | self.more}


def bad(message: str, **fields: str) -> DeskError:
    """E701: a parameter or body that does not fit."""
    return DeskError("E701", 422, message, fields=fields)


def missing(what: str) -> DeskError:
    """E702: nothing of that name (or nothing that the caller may see)."""
    return DeskError("E702", 404, f"there is no {what}")


def stale(message: str, current: Any, yours: Any) -> DeskError:
    """E703: somebody else was here meanwhile; both versions go back."""
    return DeskError("E703", 409, message, current=current, yours=yours)
