"""When an incident lies: days, how they are known, and the datasets' precision codes."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from isnad.model import Incident

BEFORE = 3
"""Days up to publication in which an event without a day of its own is taken to lie: nine reports
in ten tell of the day they are published or of the two before (as in :mod:`isnad.incidents`)."""
TOLD = "told"
OPEN = "one end is open: taken to reach the day of publication"
PUBLISHED = "no day told: the day of publication and the two before stand in"


class When(NamedTuple):
    """The first and last day it may lie on, and how they are known."""

    first: dt.date
    last: dt.date
    basis: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> dt.date:
        """The middle day, the earlier of two: the 15th of a month."""
        return self.first + dt.timedelta(days=(self.days - 1) // 2)

    @property
    def acled(self) -> int | None:
        """Time precision: 1 the day, 2 within a week, 3 within a month, else ``None``."""
        return _step(self.days, ((1, 1), (7, 2), (31, 3)))

    @property
    def ucdp(self) -> int | None:
        """Date precision: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year, or none."""
        return _step(self.days, ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)))


def _step(days: int, steps: tuple[tuple[int, int], ...]) -> int | None:
    return next((code for most, code in steps if days <= most), None)


def published(incident: Incident) -> dt.date | None:
    """The first day on which the incident was told."""
    return min((t.published for t in incident.tellings if t.published), default=None)


def when(incident: Incident) -> When | None:
    """The incident's days; ``None`` if neither a day nor a publication bounds it on both sides."""
    time, told = incident.time, published(incident)
    if time is None or (time.earliest is None and time.latest is None):
        if told is None:
            return None
        return When(told - dt.timedelta(days=BEFORE - 1), told, PUBLISHED)
    if time.earliest is not None and time.latest is not None:
        return When(time.earliest, max(time.earliest, time.latest), TOLD)
    if time.earliest is not None and told is not None and told >= time.earliest:
        return When(time.earliest, told, OPEN)
    return None


def on(incident: Incident) -> str:
    """The ISO day for what depends on it (names, classes); "" if nothing is known."""
    time = incident.time
    day = (time and (time.earliest or time.latest)) or published(incident)
    return day.isoformat() if day else ""
