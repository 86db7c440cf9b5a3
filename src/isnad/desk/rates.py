"""How often somebody may do something."""

from __future__ import annotations

import time
from collections import OrderedDict


class Rates:
    """How often somebody did something within a minute, by name; the oldest names are forgotten."""

    def __init__(self, per_minute: int, most: int = 10_000) -> None:
        self.per_minute, self._most = per_minute, most
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, cost: float = 1.0) -> float:
        """Count one; seconds to wait if it is too often, else 0 (a leaking bucket)."""
        now = time.monotonic()
        level, then = self._seen.pop(name, (0.0, now))
        level = max(0.0, level - (now - then) * self.per_minute / 60)
        full = level + cost > self.per_minute
        self._seen[name] = (level if full else level + cost, now)
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return (level + cost - self.per_minute) * 60 / self.per_minute if full else 0.0
