"""Promises: what a preview showed, kept for a while, so that just that can be done."""

from __future__ import annotations

import datetime as dt
import threading
from typing import NamedTuple

from isnad.desk.auth.secrets import new_secret
from isnad.desk.auth.store import stamp

MINUTES = 15
_MOST = 100


class Promise(NamedTuple):
    """A kind of decision about claims in the versions that were shown, to one person."""

    kind: str
    versions: dict[str, str]
    by: str


class Previews:
    """Promises by token; each is good once."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Promise, dt.datetime]] = {}
        self._lock = threading.Lock()

    def keep(self, promise: Promise, now: dt.datetime) -> tuple[str, str]:
        """A token for a promise, and when it expires."""
        until, token = now + dt.timedelta(minutes=MINUTES), new_secret()
        with self._lock:
            self._kept = {t: k for t, k in self._kept.items() if k[1] > now}
            if len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[token] = (promise, until)
        return token, stamp(until)

    def take(self, token: str, by: str, now: dt.datetime) -> Promise | None:
        """The promise of a token, which is used up by it; ``None`` if not theirs, or too old."""
        with self._lock:
            found = self._kept.get(token)
            if found is None or found[0].by != by or found[1] <= now:
                return None
            del self._kept[token]
            return found[0]
