"""Who may do what: roles, what each permission asks for, and the one gate of all routes.

A route names its permission by :func:`may`; one that names none is closed to everybody. What a
caller sees is decided in one place too: :meth:`Caller.public` chooses the view that every route
reads from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from isnad.desk.errors import DeskError

Role = Literal["public", "viewer", "coder", "lead", "admin"]
ROLES: tuple[Role, ...] = ("public", "viewer", "coder", "lead", "admin")
PERMISSIONS: dict[str, Role] = {
    "see": "public",  # incidents, coarsened and delayed for those without an account
    "read": "viewer",  # reports, words, sources, comments, history
    "save": "viewer",  # one's own searches, password, tokens
    "comment": "coder",
    "decide": "coder",
    "snapshot": "lead",
    "bulk": "lead",
    "assign": "lead",
    "adjudicate": "lead",
    "accounts": "admin",
}
OPEN = "open"
"""The permission of routes that anybody may ask: health, signing in, invitations by their link."""

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. ``role`` is ``None`` for somebody who may see nothing.

    Attributes:
        name: for the journal.
        account: the account's id; ``None`` for the owner of a desk without accounts.
        session: the session's id, if the caller has one that can be ended.
        by_cookie: whether a browser sent who it is by itself, so that the origin must be looked at.
    """

    role: Role | None
    name: str | None = None
    account: str | None = None
    session: str | None = None
    by_cookie: bool = False

    @property
    def public(self) -> bool:
        """Whether only the public view may be shown."""
        return self.role == "public"

    def can(self, permission: str) -> bool:
        """Whether the role has a permission."""
        if self.role is None:
            return False
        return ROLES.index(self.role) >= ROLES.index(PERMISSIONS[permission])

    def must(self, permission: str) -> None:
        """Raise E704 or E705 without the permission."""
        if not self.can(permission):
            if self.name is None:
                raise DeskError(
                    "E704", 401, "sign in first", headers={"WWW-Authenticate": "Bearer"}
                )
            least = PERMISSIONS[permission]
            raise DeskError(
                "E705", 403, f"this is for the role {least} or higher; yours: {self.role}"
            )

    @property
    def who(self) -> str:
        """The name that the journal takes down."""
        return self.name or "nobody"


NOBODY = Caller(None)


def may(permission: str) -> Callable[[Endpoint], Endpoint]:
    """Say which permission a route asks for."""
    if permission != OPEN and permission not in PERMISSIONS:
        raise ValueError(f"there is no permission {permission!r}")

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.__may__ = permission  # type: ignore[attr-defined]
        return endpoint

    return mark


def permission_of(endpoint: Any) -> str | None:
    """The permission that a route names, or ``None`` (then it is closed)."""
    found: str | None = getattr(endpoint, "__may__", None)
    return found
