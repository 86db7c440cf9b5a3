"""The cut: which claims of a component are one incident.

Average linkage over log odds: two groups join only if their pairs, on the whole, speak for it, so
a chain of likely neighbours does not become one incident. A pair that was not compared weighs
``missing``. What may never be together (one report's own events, people's "different") bars a
join; people's "same" is joined before all else. Nothing depends on the order of the input.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping

Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """The two ids in order."""
    return (one, other) if one < other else (other, one)


def together(
    ids: Iterable[str], same: Iterable[Pair], different: Iterable[Pair]
) -> list[list[str]]:
    """Groups that people's "same" makes, but for what a "different" overrules.

    Pairs are taken in order of ids: where three judgements contradict each other, two hold.
    """
    group = {i: [i] for i in ids}
    apart: dict[str, set[str]] = {}
    for one, other in different:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    for one, other in sorted(pair(*p) for p in same):
        if one not in group or other not in group or group[one] is group[other]:
            continue
        if any(apart.get(x, set()).intersection(group[other]) for x in group[one]):
            continue
        group[one].extend(group[other])
        for member in group[other]:
            group[member] = group[one]
    unique = {min(g): sorted(g) for g in group.values()}
    return [unique[k] for k in sorted(unique)]


def cut(
    groups: list[list[str]],
    odds: Mapping[Pair, float],
    missing: float,
    barred: Collection[Pair] = (),
) -> list[list[str]]:
    """Agglomerate ``groups`` while two of them have a positive mean of log odds.

    ``odds`` holds the compared pairs by ordered ids; ``barred`` holds the pairs, compared or
    not, that may never be together. Returns groups of sorted ids, in order of their least.
    """
    members = {g[0]: list(g) for g in groups}
    home = {i: g[0] for g in groups for i in g}
    sums: dict[str, dict[str, tuple[float, int]]] = {g: {} for g in members}
    never: dict[str, set[str]] = {g: set() for g in members}
    for (one, other), value in sorted(odds.items()):
        a, b = home[one], home[other]
        if a == b:
            continue
        total, count = sums[a].get(b, (0.0, 0))
        sums[a][b] = sums[b][a] = (total + value, count + 1)
    for one, other in barred:
        if home[one] != home[other]:
            never[home[one]].add(home[other])
            never[home[other]].add(home[one])
    heap: list[tuple[float, str, str]] = []

    def mean(a: str, b: str) -> float:
        total, count = sums[a][b]
        pairs = len(members[a]) * len(members[b])
        return (total + missing * (pairs - count)) / pairs

    def offer(a: str, b: str) -> None:
        value = mean(a, b)
        if value > 0 and b not in never[a]:
            heapq.heappush(heap, (-value, *pair(a, b)))

    for a, row in sums.items():
        for b in row:
            if a < b:
                offer(a, b)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in members or b not in members or b in never[a] or -value != mean(a, b):
            continue  # made before one of them grew
        members[a] = sorted(members[a] + members.pop(b))
        for c, (total, count) in sums.pop(b).items():
            del sums[c][b]
            if c != a:
                had, times = sums[a].get(c, (0.0, 0))
                sums[a][c] = sums[c][a] = (had + total, times + count)
        for c in never.pop(b):
            never[c].discard(b)
            never[c].add(a)
            never[a].add(c)
        for c in sorted(sums[a]):
            offer(a, c)
    return [members[k] for k in sorted(members)]
