"""How often incidents and reports were read: counted in memory, written down now and then."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections import Counter

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive.errors import told
from isnad.archive.people import visit
from isnad.archive.store import Archive
from isnad.errors import IsnadError

log = logging.getLogger(__name__)
_EVERY = 20.0
"""Seconds between writings: a count is not worth a transaction."""


_STANDS = 60.0
"""Seconds after which counts are read anew: another desk on the archive counts too."""


class Visits:
    """Counts of visits to an archive's incidents (by the least claim id) and reports."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._counts: Counter[str] | None = None
        self._new: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._written = time.monotonic()
        self._read = 0.0

    def note(self, kind: str, about: str, today: dt.date) -> None:
        """Count one visit."""
        counts = self._all()
        with self._lock:
            counts[about] += 1
            self._new[kind, about] += 1
            due = time.monotonic() - self._written > _EVERY
        if due:
            self.flush(today)

    def count(self, about: str) -> int:
        """How often something was visited."""
        return self._all()[about]

    def _all(self) -> Counter[str]:
        if self._counts is None or time.monotonic() - self._read > _STANDS:
            self._read = time.monotonic()
            asked = sa.select(visit.c.about, sa.func.sum(visit.c.count)).group_by(visit.c.about)
            with told(self.archive.name), engines.reading(self.archive.engine) as c:
                found = Counter({about: int(n) for about, n in c.execute(asked)})
            with self._lock:
                for (_, about), n in self._new.items():
                    found[about] += n
                self._counts = found
        return self._counts

    def flush(self, today: dt.date) -> None:
        """Write down what was counted; what cannot be written now is kept for the next time."""
        with self._lock:
            new, self._new = self._new, Counter()
            self._written = time.monotonic()
        if not new:
            return
        try:
            with told(self.archive.name), engines.writing(self.archive.engine) as c:
                for (kind, about), n in sorted(new.items()):
                    here = (
                        (visit.c.kind == kind) & (visit.c.about == about) & (visit.c.day == today)
                    )
                    more = visit.update().where(here).values(count=visit.c.count + n)
                    if not c.execute(more).rowcount:
                        values = {"kind": kind, "about": about, "day": today, "count": n}
                        c.execute(visit.insert().values(**values))
        except IsnadError as error:
            log.warning("visits are not written down: %s", error)
            with self._lock:
                self._new.update(new)
