"""How far matched events agree: day, place, parties, dead, type."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from isnad.publish.compare.match import Matched, Pair


class Line(NamedTuple):
    """One figure: of ``of`` pairs ``agree`` do; ``off`` is the median difference, in ``unit``."""

    what: str
    agree: int
    of: int
    off: float | None
    unit: str


def lines(found: Matched) -> list[Line]:
    """The table of agreement over the pairs."""
    pairs = found.pairs
    dead = [(dead_of(p), p.theirs.best) for p in pairs]
    counted = [(a, b) for a, b in dead if a is not None]
    out = [
        Line("day: the stretches meet", sum(p.days == 0 for p in pairs), len(pairs),
             _median([p.days for p in pairs]), "days"),
        Line("place: within 5 km", sum(p.km <= 5 for p in pairs), len(pairs),
             _median([p.km for p in pairs]), "km"),
        Line("place: within 25 km", sum(p.km <= 25 for p in pairs), len(pairs), None, ""),
        Line("parties: at least one of theirs", sum(p.parties > 0 for p in pairs), len(pairs),
             None, ""),
        Line("parties: all of theirs", sum(p.parties == len(p.theirs.sides) for p in pairs),
             len(pairs), None, ""),
        Line("dead: the same number", sum(a == b for a, b in counted), len(counted),
             _median([abs(a - b) for a, b in counted]), "people"),
        Line("dead: theirs lies in our range", sum(in_range(p) for p in pairs if _told(p)),
             sum(map(_told, pairs)), None, ""),
    ]  # fmt: skip
    if any(p.theirs.form == "acled" for p in pairs):
        coded = [p for p in pairs if p.ours.kind]
        same = sum(p.ours.kind == p.theirs.kind for p in coded)
        out.append(Line("event type", same, len(coded), None, ""))
    return out


def dead_of(pair: Pair) -> int | None:
    """Our count by the rule of their dataset: ACLED's (0 for none), or UCDP's best."""
    return pair.ours.acled if pair.theirs.form == "acled" else pair.ours.best


def _told(pair: Pair) -> bool:
    return pair.ours.low is not None or pair.ours.high is not None


def in_range(pair: Pair) -> bool:
    """Whether their count lies within what our reports tell; open ends reach on."""
    low, high = pair.ours.low, pair.ours.high
    return (low is None or pair.theirs.best >= low) and (high is None or pair.theirs.best <= high)


def _median(values: list[float] | list[int]) -> float | None:
    return round(float(median(values)), 2) if values else None
