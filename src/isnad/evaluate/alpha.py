"""Krippendorff's alpha for nominal data: how far coders agree beyond what chance would give.

Krippendorff, K. (2011), "Computing Krippendorff's Alpha-Reliability". Units that only one coder
gave a value for tell nothing and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Agreement(NamedTuple):
    """``alpha`` is 1 for full agreement, 0 for what chance gives, below 0 for less.

    It is ``None`` where it is not defined: with fewer than two units, or if all values are one (no
    variation: ``agree`` of ``units`` is then all there is to say).
    """

    alpha: float | None
    units: int
    agree: int


def nominal(units: Iterable[Sequence[str | None]]) -> Agreement:
    """Agreement over units, each the values that coders gave it (``None``: gave none)."""
    weights: dict[tuple[str, str], float] = {}
    count = agree = 0
    for unit in units:
        values = [v for v in unit if v is not None]
        if len(values) < 2:
            continue
        count += 1
        agree += len(set(values)) == 1
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    pair = (one, other)
                    weights[pair] = weights.get(pair, 0.0) + 1 / (len(values) - 1)
    totals: dict[str, float] = {}
    for (one, _), weight in weights.items():
        totals[one] = totals.get(one, 0.0) + weight
    n = sum(totals.values())
    expected = n * n - sum(a * a for a in totals.values())
    if count < 2 or not expected:
        return Agreement(None, count, agree)
    apart = sum(w for (one, other), w in weights.items() if one != other)
    return Agreement(1 - (n - 1) * apart / expected, count, agree)
