"""Are values said to be p sure right p of the time? And the fitting of the weights that say so.

``isnad evaluate GOLD --calibration`` prints the table. ``python -m isnad.evaluate.calibration
GOLD…`` fits the weights of ``coding/confidence.py`` on gold and prints the rows of its table.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from isnad.coding.coder import read
from isnad.coding.confidence import SLOTS, of_claim, signs
from isnad.evaluate.matching import Record, credit, likeness, pair_up
from isnad.evaluate.records import load, to_report
from isnad.model import Claim, Value

BINS = 5
_RARE = 8
"""A sign seen in fewer values than this gets no weight."""
_ROUNDS = 400
_RATE = 0.5
_SHRINK = 0.02


class Judged(NamedTuple):
    """One coded value: its slot, its signs, how sure the coder was, and whether it was right."""

    slot: str
    signs: frozenset[str]
    sure: float | None
    right: bool


class Bin(NamedTuple):
    """Values said to be about equally sure: how many, the mean said, the share that was right."""

    values: int
    said: float
    right: float


def judge(gold: Sequence[Record]) -> Iterator[Judged]:
    """Every value (and, as slot ``claims``, every claim) coded from the gold's reports."""
    for record in gold:
        claims = read(to_report(record)).claims
        coded = [c.contract() for c in claims]
        mate = {j: i for i, j, _ in pair_up(record["claims"], coded, likeness)}
        for j, claim in enumerate(claims):
            want = record["claims"][mate[j]] if j in mate else None
            yield Judged("claims", frozenset(), claim.confidence, want is not None)
            yield from _values(claim, coded[j], want)


def _values(claim: Claim, coded: Record, want: Record | None) -> Iterator[Judged]:
    shared = frozenset(of_claim(claim))
    for slot in SLOTS:
        held = getattr(claim, slot)
        values: tuple[Value, ...] = held if isinstance(held, tuple) else (held,) if held else ()
        for k, value in enumerate(values):
            one = coded[slot][k : k + 1] if isinstance(held, tuple) else coded[slot]
            right = want is not None and credit(want, {slot: one}, slot) > 0
            found = frozenset(signs(slot, value, shared, len(values)))
            yield Judged(slot, found, value.confidence, right)


def table(judged: Iterable[Judged]) -> dict[str, list[Bin]]:
    """Bins of equal width for each slot; ``values`` holds all slots' values together."""
    sorted_in: dict[str, list[list[tuple[float, bool]]]] = {}
    for j in judged:
        if j.sure is None:
            continue
        for name in (j.slot, "values") if j.slot != "claims" else (j.slot,):
            bins = sorted_in.setdefault(name, [[] for _ in range(BINS)])
            bins[min(int(j.sure * BINS), BINS - 1)].append((j.sure, j.right))
    return {
        name: [
            Bin(len(b), sum(s for s, _ in b) / len(b), sum(r for _, r in b) / len(b))
            if b
            else Bin(0, 0.0, 0.0)
            for b in bins
        ]
        for name, bins in sorted_in.items()
    }


def error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean distance of said from right, weighted by values."""
    n = sum(b.values for b in bins)
    return sum(b.values * abs(b.said - b.right) for b in bins) / n if n else 0.0


def fit(judged: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """Weights by slot: logistic regression by gradient descent, shrunk towards none."""
    out: dict[str, dict[str, float]] = {}
    by_slot: dict[str, list[Judged]] = {slot: [] for slot in SLOTS}
    for j in judged:
        if j.slot in by_slot:
            by_slot[j.slot].append(j)
    for slot, rows in by_slot.items():
        seen = Counter(s for j in rows for s in j.signs)
        names = sorted(s for s, n in seen.items() if _RARE <= n <= len(rows) - _RARE)
        weights = dict.fromkeys(["base", *names], 0.0)
        for _ in range(_ROUNDS if rows else 0):
            slope = dict.fromkeys(weights, 0.0)
            for j in rows:
                active = ["base", *(s for s in j.signs if s in weights)]
                miss = j.right - 1 / (1 + math.exp(-sum(weights[s] for s in active)))
                for s in active:
                    slope[s] += miss
            for s in weights:
                shrink = 0.0 if s == "base" else _SHRINK * weights[s]
                weights[s] += _RATE * (slope[s] / len(rows) - shrink)
        out[slot] = {s: round(w, 2) for s, w in weights.items() if s == "base" or abs(w) >= 0.05}
    return out


def main() -> None:
    """Fit on the gold files named and print the table's rows."""
    judged = [j for path in sys.argv[1:] for j in judge(load(path))]
    sys.stdout.write("slot,sign,weight\n")
    for slot, weights in fit(judged).items():
        for sign, weight in weights.items():
            sys.stdout.write(f"{slot},{sign},{weight}\n")


if __name__ == "__main__":
    main()
