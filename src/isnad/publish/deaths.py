"""Counts of the dead by the datasets' rules, from every telling's own count."""

from __future__ import annotations

from typing import NamedTuple

from isnad.incidents.figures import Range, newest, ranges, tolls
from isnad.knowledge.compiled import knowledge
from isnad.model import Incident
from isnad.publish.parties import Party, civilian
from isnad.publish.tables import tables

NONE_TOLD = "no count of the dead: 0, which says none or unknown there"
NO_NUMBER = "deaths told without a number, or with an open lower end: 0"


def killed(incident: Incident) -> Range | None:
    """Low, best and high of the killed; ``None`` if no telling counts them."""
    return next((r for r in ranges(incident) if r.outcome == "killed"), None)


def acled(incident: Incident) -> tuple[int, str]:
    """ACLED's figure, and what was narrowed for it ("" if nothing).

    The lowest count of the newest reports; vague ones by the codebook's numbers; 0 for none.
    """
    told = [t for t in newest(tolls(incident)) if t.outcome == "killed"]
    if not told:
        return 0, NONE_TOLD
    found = []
    for t in told:
        vague = tables().vague.get((t.low, t.high))
        if vague is not None:
            found.append((vague, f"{_range(t.low, t.high)} → {vague}"))
        elif t.low is None:
            found.append((0, NO_NUMBER))
        elif t.low != t.high:
            found.append((t.low, f"{_range(t.low, t.high)} → {t.low}"))
        else:
            found.append((t.low, ""))
    return min(found)


def _range(low: int | None, high: int | None) -> str:
    return f"{'…' if low is None else low}-{'…' if high is None else high}"


class Sides(NamedTuple):
    """UCDP's deaths by side; what nobody assigns to a side is unknown."""

    a: int
    b: int
    civilians: int
    unknown: int


def by_side(incident: Incident, best: int, a: Party, b: Party) -> Sides:
    """The best estimate parted by whose dead they were, as the telling that gave it says.

    Parts are of the telling with the most parts whose counts are exact and do not exceed the
    estimate; what they leave is unknown.
    """
    actors = knowledge().actors
    most = Sides(0, 0, 0, best)
    for telling in incident.tellings:
        parts = {"a": 0, "b": 0, "civilians": 0}
        for c in telling.claim.casualties:
            if c.outcome != "killed" or c.low is None or c.low != c.high or c.who is None:
                continue
            side = "civilians" if civilian(Party(c.who, "")) else ""
            for name, p in (("a", a), ("b", b)):
                if not side and p.id and c.who in actors and p.id in actors:
                    side = name if actors.related(c.who, p.id) else ""
            if side:
                parts[side] = max(parts[side], c.low)
        total = sum(parts.values())
        if total <= best and best - total < most.unknown:
            most = Sides(parts["a"], parts["b"], parts["civilians"], best - total)
    return most
