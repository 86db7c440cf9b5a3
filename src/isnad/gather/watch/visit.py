"""Requests as a guest makes them: what the site's robots.txt asks, and never two in a hurry.

In: something that is due. Out: the answer, from whatever thread asks. A redirect to another host is
held to that host's robots.txt and pace too.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from isnad.errors import InputError
from isnad.gather.fetch import Fetched, Limits, fetch
from isnad.gather.fetch.addresses import Resolver, resolve
from isnad.gather.watch.config import Settings
from isnad.gather.watch.journal import Work
from isnad.gather.watch.robots import Robots
from isnad.version import __version__

_LONGEST = 86400.0
"""Seconds that a server may ask to be left alone; what is longer counts as this."""


class Stopped(Exception):
    """The watch ends; what was under way counts as not begun."""


class Visitor:
    """Makes requests for a watch; safe to use from several threads.

    Args:
        settings: the watch's.
        stop: set when the watch ends.
        resolver: what resolves host names.
    """

    def __init__(
        self, settings: Settings, stop: threading.Event, resolver: Resolver = resolve
    ) -> None:
        self._delay = settings.delay
        self._stop = stop
        self._resolver = resolver
        local = frozenset(settings.local_hosts)
        self._limits = Limits(wait=settings.wait, whole=settings.whole, local=local)
        contact = f" (+{settings.contact})" if settings.contact else ""
        self._headers = {"User-Agent": f"isnad/{__version__}{contact}"}
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}  # by host: when the last request began
        self._robots = Robots(lambda url: self._get(url, lambda at: self._pace(at, 0.0)))

    def visit(self, work: Work, *, robots: bool) -> Fetched:
        """Ask for what is due, only if it changed where the server can say so.

        Raises:
            InputError: as :func:`isnad.gather.fetch.fetch`, and E174.
            Stopped: if the watch ends meanwhile.
        """
        more = {}
        if work.etag:
            more["If-None-Match"] = work.etag
        if work.modified:
            more["If-Modified-Since"] = work.modified

        def before(url: str) -> None:
            self._pace(url, self._robots.check(url) if robots else 0.0)

        return self._get(work.address, before, more)

    def _get(
        self, url: str, before: Callable[[str], None], more: dict[str, str] | None = None
    ) -> Fetched:
        headers = {**self._headers, **(more or {})}
        return fetch(
            url, headers=headers, limits=self._limits, resolver=self._resolver, before=before
        )  # fmt: skip

    def _pace(self, url: str, asked: float) -> None:
        """Wait until the host may be asked again, and take that moment."""
        host = host_of(url)
        with self._lock:
            now = time.monotonic()
            at = max(now, self._last.get(host, 0.0) + max(self._delay, asked))
            if host not in self._last:
                at = now
            self._last[host] = at
        if self._stop.wait(at - now):
            raise Stopped


def host_of(url: str) -> str:
    """The host of an address, as politeness counts hosts: without port, in small letters."""
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def retry_after(got: Fetched, now: dt.datetime) -> float | None:
    """Seconds for which a server asks to be left alone, a day at most; ``None`` if it does not.

    RFC 9110, 10.2.3: seconds, or a date.
    """
    value = (got.header("retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return min(max((when - now).total_seconds(), 0.0), _LONGEST)


def is_final(error: InputError) -> bool:
    """Whether trying again would give the same: a page without a report, an address inside."""
    return error.code in _FINAL


_FINAL = frozenset((
    "E104", "E105", "E110", "E111", "E112", "E115", "E122", "E123", "E140", "E141", "E142", "E143",
    "E144", "E147", "E150", "E152", "E153", "E166", "E199", "E511",
))  # fmt: skip


def final_status(status: int) -> bool:
    """Whether an HTTP status says that asking again is useless."""
    return 400 <= status < 500 and status not in (408, 425, 429)
