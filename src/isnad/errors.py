"""Errors that people read: what was wrong, where, and what to do.

Every message carries a stable code (``E…`` refused, ``W…`` read all the same), so that scripts and
documentation can name it. ``docs/errors.md`` lists them all; a test holds it to that.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """``text`` safe to print on one line: what a terminal would act on is written as an escape.

    File names and identifiers come from outside; they must neither break the line nor steer the
    terminal, nor fail to encode.
    """

    def escape(match: re.Match[str]) -> str:
        number = ord(match[0])
        return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"

    return _UNSEEN.sub(escape, text)


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

    def __reduce__(self) -> tuple[type[IsnadError], tuple[str, str, str | None]]:
        return type(self), (self.code, self.message, self.where)  # between processes

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return one_line(f"{place}{self.message} [{self.code}]")


class UsageError(IsnadError):
    """Wrong use: a bad argument or option. Exit status 2."""

    exit_status = 2


class InputError(IsnadError):
    """One input (a file, a line) that is refused; the rest goes on. Exit status 1 at the end."""


class KnowledgeError(IsnadError):
    """A knowledge file that does not hold together."""
