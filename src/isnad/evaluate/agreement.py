"""Agreement between two coders: Krippendorff's alpha, Cohen's kappa, and slots F1.

In: two sets of coded records (the contract's JSON) of the same reports. Out: a row a slot. Claims
are paired as in scoring; what only one coder has counts under ``claims``, not under the slots.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from isnad.evaluate.alpha import Distance, alpha, differ
from isnad.evaluate.matching import SLOTS, Record, kilometres, likeness, pair_up, values
from isnad.evaluate.score import score
from isnad.language.arabic.normal import fold

Stretch = tuple[str | None, str | None]


class Agreement(NamedTuple):
    """Agreement on one slot.

    Attributes:
        alpha: Krippendorff's, with the slot's own distance; ``None`` where nobody varies.
        kappa: Cohen's, where equal means equal; ``None`` for places, and where nobody varies.
        f1: of the slot, as ``isnad evaluate`` counts it (A as gold; the same the other way round
            but for halves).
        units: pairs of claims that were compared.
    """

    alpha: float | None
    kappa: float | None
    f1: float
    units: int


def agreement(a: Sequence[Record], b: Sequence[Record]) -> dict[str, Agreement]:
    """A row for ``claims``, each slot and ``slots``; only reports that both coded count."""
    other = {r["id"]: r for r in b}
    both = [(r, other[r["id"]]) for r in a if r["id"] in other]
    figures = score([x for x, _ in both], [y for _, y in both])
    pairs = [
        (x["claims"][i], y["claims"][j])
        for x, y in both
        for i, j, _ in pair_up(x["claims"], y["claims"], likeness)
    ]
    out = {"claims": Agreement(None, None, figures["claims"].f1, len(both))}
    for slot in SLOTS:
        units = [(_value(p, slot), _value(q, slot)) for p, q in pairs]
        out[slot] = Agreement(
            alpha(units, DISTANCES.get(slot, _jaccard)),
            None if slot == "place" else kappa(units), figures[slot].f1, len(units),
        )  # fmt: skip
    out["slots"] = Agreement(None, None, figures["slots"].f1, len(pairs))
    return out


def kappa(units: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa; ``None`` where chance alone would agree on everything."""
    if not units:
        return None
    n = len(units)
    same = sum(x == y for x, y in units) / n
    first, second = Counter(x for x, _ in units), Counter(y for _, y in units)
    chance = sum(first[v] * second[v] for v in first) / n**2
    return (same - chance) / (1 - chance) if chance < 1 else None


def _value(claim: Record, slot: str) -> Hashable:
    """A slot as one value that can be compared across reports: without spans."""
    found = values(claim, slot)
    if slot in ("type", "status"):
        return str(claim.get(slot, "happened"))
    if slot == "place":
        return next(
            ((v["lat"], v["lon"], v.get("radius_km") or 0.0) for v in found), None
        )  # fmt: skip
    if slot == "time":
        return next(((v.get("earliest"), v.get("latest")) for v in found), None)
    return frozenset(_part(v, slot) for v in found)


def _part(value: Record, slot: str) -> Hashable:
    if slot in ("initiators", "targets"):
        return value.get("actor") or fold(value.get("as_written") or "")
    if slot == "sources":
        return value.get("kind"), fold(value.get("as_written") or "")
    what = value.get("outcome") or value.get("item") or value.get("actor")
    return what, value.get("low"), value.get("high")


def _jaccard(x: frozenset[Hashable], y: frozenset[Hashable]) -> float:
    return 1 - len(x & y) / len(x | y) if x | y else 0.0


def _place(x: tuple[float, float, float] | None, y: tuple[float, float, float] | None) -> float:
    """Within the wider radius, at least 5 km: the same, as in scoring."""
    if x is None or y is None:
        return float(x is not y)
    far = kilometres({"lat": x[0], "lon": x[1]}, {"lat": y[0], "lon": y[1]})
    return float(far > max(x[2], y[2], 5.0))


def _time(x: Stretch | None, y: Stretch | None) -> float:
    """1 less the share of days in common; unknown ends as the other end."""
    a, b = _days(x), _days(y)
    if a is None or b is None:
        return float(a is not b)
    common = min(a[1], b[1]) - max(a[0], b[0]) + 1
    return 1 - max(0, common) / (max(a[1], b[1]) - min(a[0], b[0]) + 1)


def _days(time: Stretch | None) -> tuple[int, int] | None:
    ends = [dt.date.fromisoformat(t[:10]).toordinal() for t in time or () if t]
    return (min(ends), max(ends)) if ends else None


DISTANCES: dict[str, Distance] = {
    "type": differ, "status": differ, "place": _place, "time": _time,
}  # fmt: skip
"""How far apart two values of a slot are; sets (parties, counts, sources) by what they share."""
