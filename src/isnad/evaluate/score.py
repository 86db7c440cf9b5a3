"""Scores of coded reports against gold: per slot and over all, precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from isnad.evaluate.matching import SLOTS, Record, credit, likeness, pair_up, values


class Figures(NamedTuple):
    """Counts and rates of one slot; ``right`` may hold halves (a parent actor, another kind)."""

    precision: float
    recall: float
    f1: float
    gold: int
    coded: int
    right: float


class Mistake(NamedTuple):
    """Where gold and coded differ: ``claim`` is the gold claim's index, ``None`` if spurious."""

    report: str
    claim: int | None
    slot: str
    want: list[Any]
    got: list[Any]


def _rates(right: float, coded: int, gold: int) -> Figures:
    p = right / coded if coded else 0.0
    r = right / gold if gold else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return Figures(round(p, 4), round(r, 4), round(f, 4), gold, coded, right)


def score(
    gold: Sequence[Record], coded: Iterable[Record], mistakes: list[Mistake] | None = None
) -> dict[str, Figures]:
    """Figures for ``claims``, each slot and ``slots`` (the micro-average over all slots).

    A status counts only where either side is not ``happened``. Coded reports without gold are
    ignored; gold reports that were not coded count as missed.
    """
    by_id = {r["id"]: r for r in coded}
    counts: dict[str, list[float]] = {s: [0.0, 0, 0] for s in ("claims", *SLOTS)}

    def add(slot: str, right: float, n_coded: int, n_gold: int) -> None:
        c = counts[slot]
        c[0] += right
        c[1] += n_coded
        c[2] += n_gold

    for report in gold:
        want, got = report["claims"], by_id.get(report["id"], {}).get("claims", [])
        pairs = pair_up(want, got, likeness)
        add("claims", len(pairs), len(got), len(want))
        mate = {i: j for i, j, _ in pairs}
        for i, g in enumerate(want):
            p = got[mate[i]] if i in mate else {}
            for slot in SLOTS:
                if slot == "status" and g["status"] == p.get("status", "happened") == "happened":
                    continue
                right = credit(g, p, slot) if p else 0.0
                g_values, p_values = values(g, slot), values(p, slot)
                add(slot, right, len(p_values), len(g_values))
                if mistakes is not None and right < max(len(g_values), len(p_values)):
                    mistakes.append(Mistake(report["id"], i, slot, g_values, p_values))
        for j in sorted(set(range(len(got))) - set(mate.values())):
            for slot in SLOTS:
                if slot != "status" or got[j].get("status", "happened") != "happened":
                    add(slot, 0.0, len(values(got[j], slot)), 0)
            if mistakes is not None:
                mistakes.append(
                    Mistake(report["id"], None, "spurious claim", [], [got[j].get("type")])
                )
    result = {s: _rates(c[0], int(c[1]), int(c[2])) for s, c in counts.items()}
    total = [sum(counts[s][k] for s in SLOTS) for k in range(3)]
    result["slots"] = _rates(total[0], int(total[1]), int(total[2]))
    return result
