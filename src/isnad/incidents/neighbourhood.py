"""Neighbourhoods: the claims that one claim may touch, and how they fall into groups.

In: who is near whom, the log odds of the pairs compared, people's judgements. Out: groups. Pure, so
that an index in memory and one in a database come to the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from isnad.incidents.cut import Pair, cut, pair, together
from isnad.knowledge.joining import joining


def component(start: str, near: Callable[[str], Iterable[str]]) -> set[str]:
    """All that is reached from ``start``."""
    seen, queue = {start}, deque([start])
    while queue:
        for other in near(queue.popleft()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return seen


def rule(
    told: Mapping[str, tuple[str, str]], odds: Mapping[Pair, float], same: Iterable[Pair],
    different: Iterable[Pair],
) -> list[tuple[str, ...]]:  # fmt: skip
    """The groups of sorted ids into which the claims of a component fall.

    Args:
        told: by claim, its report and type: a report tells each event of a type once.
        odds: log odds of the pairs that were compared, by ordered ids.
        same, different: people's judgements on pairs of the component.
    """
    ids, apart = sorted(told), {pair(*p) for p in different}
    start = together(ids, same, apart)
    barred = apart | set(_told_once(told))
    groups = cut(start, odds, joining().weights["missing"], barred)
    return [tuple(g) for g in groups]


def _told_once(told: Mapping[str, tuple[str, str]]) -> Iterator[Pair]:
    by: dict[tuple[str, str], list[str]] = {}
    for claim in sorted(told):
        by.setdefault(told[claim], []).append(claim)
    for claims in by.values():
        yield from combinations(claims, 2)
