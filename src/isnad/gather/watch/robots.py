"""What sites ask of robots (RFC 9309), kept a day for each site.

In: an address. Out: nothing, or a refusal; and how long to wait between requests, where it says so.
Protego reads the files. A file that is not there allows everything; one that cannot be had now
(a server's fault, no answer) allows nothing until it can, unless yesterday's is known.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from isnad.errors import InputError
from isnad.gather.fetch import Fetched

_KEPT = 86400.0
_AGAIN = 600.0
"""Seconds until a file that could not be had is asked for again."""
_MOST = 512 * 1024
"""Bytes of a file that are read, as RFC 9309 asks for at least."""
_LONGEST = 300.0
"""Seconds that a site may ask to wait between requests; what is longer counts as this."""
NAME = "isnad"


class Robots:
    """The files of all sites; safe to use from several threads.

    Args:
        get: fetches an address.
    """

    def __init__(self, get: Callable[[str], Fetched]) -> None:
        self._get = get
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, Any]] = {}  # by site: until when, rules or a refusal

    def check(self, url: str) -> float:
        """Whether an address may be fetched.

        Returns:
            Seconds to wait between two requests to its host; 0 if the site does not say.

        Raises:
            InputError: E174 if it may not, or if nobody can say now.
        """
        parts = urlsplit(url)
        rules = self._rules(f"{parts.scheme}://{parts.netloc}")
        if isinstance(rules, InputError):
            raise InputError(rules.code, rules.message, url)
        if rules is None:
            return 0.0
        if not rules.can_fetch(url, NAME):
            raise Barred("E174", "the site's robots.txt asks not to fetch it", url)
        return min(float(rules.crawl_delay(NAME) or 0.0), _LONGEST)

    def _rules(self, site: str) -> Any:
        with self._lock:
            until, known = self._known.get(site, (0.0, None))
        if time.monotonic() < until:
            return known
        rules: Any
        kept = _KEPT
        try:
            rules = _read(self._get(f"{site}/robots.txt"))
        except InputError as error:
            kept = _AGAIN
            why = f"the site's robots.txt cannot be had now: {error.message}"
            stale = until > 0 and not isinstance(known, InputError)
            rules = known if stale else InputError("E174", why)
        with self._lock:
            self._known[site] = (time.monotonic() + kept, rules)
        return rules


class Barred(InputError):
    """A site's wish that an address be left alone: final, until the site changes its mind."""


def _read(got: Fetched) -> Any:
    """The rules of an answer, ``None`` if there are none.

    Raises:
        InputError: E164 for a server's fault.
    """
    from protego import Protego  # heavy: only where needed

    if got.status == 429 or got.status >= 500:
        raise InputError("E164", f"the server answered {got.status}", got.url)
    if not 200 <= got.status < 300:
        return None
    return Protego.parse(got.body[:_MOST].decode("utf-8", "replace"))
