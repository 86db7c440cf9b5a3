"""What a database says, as something a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc as sx

from isnad.errors import IsnadError


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what the database refuses into an :class:`IsnadError` (E502 to E508) about ``where``."""
    try:
        yield
    except (sx.DBAPIError, sqlite3.Error) as error:
        raise _of(str(getattr(error, "orig", error)), where) from error
    except sx.TimeoutError as error:  # all connections are in use
        busy = "too many read the archive at once; try again in a moment"
        raise IsnadError("E505", busy, where) from error


_SAYS = (
    ("is locked", "E505", "another process is writing to the archive; try again when it is done"),
    ("disk is full", "E506", "the disk is full; make room and run again: nothing is half-written"),
    ("disk i/o error", "E506", "cannot be written or read: a full or failing disk, or a limit"),
    ("no space left", "E506", "the disk is full; make room and run again: nothing is half-written"),
    ("readonly", "E507", "cannot be written; look at the permissions of the file and its folder"),
    ("read-only", "E507", "cannot be written; look at the permissions of the file and its folder"),
    ("permission denied", "E507", "cannot be written; ask for the right to write there"),
    ("malformed", "E504", "is damaged; restore a backup (`isnad restore`)"),
    ("not a database", "E502", "is no archive; name another file with --archive"),
    ("unable to open", "E503", "cannot be opened; look at the path and its permissions"),
    ("connection", "E503", "the server cannot be reached; look at the address, and that it runs"),
    ("authentication", "E503", "the server refuses the user; look at name and password"),
    ("does not exist", "E503", "there is no such database; ask for it to be created"),
)


def _of(says: str, where: str) -> IsnadError:
    low = says.lower()
    first = says.strip().splitlines()[0] if says.strip() else "no reason given"
    for words, code, message in _SAYS:
        if words in low:
            return IsnadError(code, message, where)
    return IsnadError("E508", f"the database refused: {first}", where)
