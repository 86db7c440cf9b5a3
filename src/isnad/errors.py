"""Errors that people read: what was wrong, where, and what to do.

Every message carries a stable code (``E…``), so that scripts and documentation can name it.
"""

from __future__ import annotations


class IsnadError(Exception):
    """A refusal with a stable code.

    Args:
        code: stable identifier, such as ``E101``; listed in ``docs/errors.md``.
        message: one line that says what was wrong and what to do.
        where: the file (with ``:line``) or record at fault, if any.
    """

    exit_status = 1

    def __init__(self, code: str, message: str, where: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.message} [{self.code}]"


class UsageError(IsnadError):
    """Wrong use: a bad argument or option. Exit status 2."""

    exit_status = 2


class InputError(IsnadError):
    """One input (a file, a line) that is refused; the rest goes on. Exit status 1 at the end."""


class KnowledgeError(IsnadError):
    """A knowledge file that does not hold together."""
