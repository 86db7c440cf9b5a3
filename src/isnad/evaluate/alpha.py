"""Krippendorff's alpha: how far coders agree beyond what chance would give.

Krippendorff, K. (2011), "Computing Krippendorff's Alpha-Reliability". Units that only one coder
gave a value for tell nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple


class Agreement(NamedTuple):
    """``alpha`` is 1 for full agreement, 0 for what chance gives, below 0 for less.

    It is ``None`` where it is not defined: with fewer than two units, or if all values are one (no
    variation: ``agree`` of ``units`` is then all there is to say).
    """

    alpha: float | None
    units: int
    agree: int


Distance = Callable[[Any, Any], float]


def alpha(units: Sequence[Sequence[Hashable]], distance: Distance) -> float | None:
    """Krippendorff's alpha: 1 - observed / expected disagreement.

    Args:
        units: the values that coders gave to each unit, two or more.
        distance: 0 for the same, up to 1; symmetric.

    Returns:
        ``None`` where no disagreement can be expected: nobody ever gives a second value.
    """
    pooled = Counter(v for unit in units for v in unit)
    total = pooled.total()
    if not total:
        return None
    observed = 0.0
    for unit in units:
        apart = sum(distance(x, y) for x, y in combinations(unit, 2))
        observed += 2 * apart / (len(unit) - 1)
    expected = sum(n * (n - 1) * distance(x, x) for x, n in pooled.items())
    expected += sum(
        2 * n * m * distance(x, y) for (x, n), (y, m) in combinations(pooled.items(), 2)
    )
    return 1 - (total - 1) * observed / expected if expected else None


def differ(x: Hashable, y: Hashable) -> float:
    """The nominal distance: 1 for two values, 0 for one."""
    return float(x != y)


def nominal(units: Iterable[Sequence[str | None]]) -> Agreement:
    """Agreement over units, each the values that coders gave it (``None``: gave none)."""
    told = [[v for v in unit if v is not None] for unit in units]
    told = [values for values in told if len(values) > 1]
    agree = sum(len(set(values)) == 1 for values in told)
    found = alpha(told, differ) if len(told) > 1 else None
    return Agreement(found, len(told), agree)
