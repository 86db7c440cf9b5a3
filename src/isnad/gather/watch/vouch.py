"""Time stamps for a watch: an authority is asked every so often, beside everything else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from isnad.errors import InputError
from isnad.gather.evidence import stamp
from isnad.gather.fetch import Limits
from isnad.gather.watch.config import Settings
from isnad.gather.watch.journal import Journal

_AGAIN = 3600.0
"""Seconds after which an authority that failed is asked again, if that is before its time."""
_DUE = "stamp due"


class Vouching:
    """Asks the authority of a configuration, if it names one.

    Args:
        settings: the watch's.
        folder: the evidence.
        journal: remembers when it is due.
        problem: told of a failure, from whatever thread.
        note: told of a stamp.
    """

    def __init__(
        self, settings: Settings, folder: Path, journal: Journal,
        problem: Callable[[InputError], None], note: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._settings, self._folder, self._journal = settings, folder, journal
        self._problem, self._note = problem, note
        self._thread: threading.Thread | None = None

    def when_due(self) -> None:
        """Begin, if it is due and not under way."""
        url, now = self._settings.timestamp, time.time()
        if url is None or (self._thread is not None and self._thread.is_alive()):
            return
        due = float(self._journal.noted(_DUE) or 0.0)
        if now < due <= now + self._settings.timestamp_every:
            return
        self._journal.note(_DUE, str(now + min(self._settings.timestamp_every, _AGAIN)))
        self._thread = threading.Thread(target=self._ask, args=(url,), daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait for what is under way."""
        if self._thread is not None:
            self._thread.join()

    def _ask(self, url: str) -> None:
        settings = self._settings
        limits = Limits(
            wait=settings.wait, whole=settings.whole, local=frozenset(settings.local_hosts)
        )
        try:
            made = stamp(self._folder, url, roots=settings.timestamp_roots, limits=limits)
            self._journal.note(_DUE, str(time.time() + settings.timestamp_every))
        except InputError as error:
            self._problem(error)
            return
        if made is not None and made.at is not None:
            when = made.at.isoformat(timespec="seconds")
            self._note(f"{made.copies} raw copies stamped at {when} by {made.authority}")
