"""When a coded value is right: the comparison of each slot, as the gold's guidelines define it.

Records here are the contract's JSON (dictionaries), so that gold of other coders can be scored.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

Record = Mapping[str, Any]
SLOTS = ("type", "status", "initiators", "targets", "place", "time", "casualties", "forces",
         "materiel", "sources")  # fmt: skip
FAMILIES: dict[str, int] = {
    name: i
    for i, family in enumerate(
        (
            "shelling air_strike drone_strike chemical_attack",
            "explosive_device vehicle_bomb suicide_bombing",
            "armed_clash armed_attack ambush territory_gained",
            "killing assassination execution",
            "abduction detention disappearance release",
            "deployment operation withdrawal siege",
            "agreement negotiation",
            "protest riot",
        )
    )
    for name in family.split()
}


@lru_cache(maxsize=1)
def _parents() -> Mapping[str, str]:
    """Who is part of whom in the gold's list of actors.

    Fixed here, not taken from the knowledge: a figure must not move because the knowledge grows.
    """
    with files("isnad.evaluate").joinpath("part_of.csv").open(encoding="utf-8") as stream:
        return {row["id"]: row["part_of"] for row in csv.DictReader(stream)}


def _line(actor: str) -> list[str]:
    """The actor, what it is part of, and so on upwards."""
    line: list[str] = []
    step: str | None = actor
    while step and step not in line:
        line.append(step)
        step = _parents().get(step)
    return line


def related(a: str, b: str) -> bool:
    """Whether one actor is, or at some time was, part of the other."""
    return a in _line(b) or b in _line(a)


def overlap(a: Sequence[int] | None, b: Sequence[int] | None) -> bool:
    return bool(a and b) and a[0] < b[1] and b[0] < a[1]  # type: ignore[index]


def kilometres(a: Record, b: Record) -> float:
    """Great-circle distance of two records with ``lat`` and ``lon``."""
    p, q = math.radians(a["lat"]), math.radians(b["lat"])
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(b["lon"] - a["lon"]) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def located(x: Record | None) -> bool:
    return bool(x) and x.get("lat") is not None and x.get("lon") is not None  # type: ignore[union-attr]


def _days(t: Record) -> tuple[int, int] | None:
    def day(s: str | None) -> int | None:
        return dt.date.fromisoformat(s[:10]).toordinal() if s else None

    low, high = day(t.get("earliest")), day(t.get("latest"))
    if low is None and high is None:
        return None
    return (low if low is not None else high, high if high is not None else low)  # type: ignore[return-value]


def _same_time(g: Record, p: Record) -> float:
    a, b = _days(g), _days(p)
    if a is None or b is None:
        return float(a is b and overlap(g.get("span"), p.get("span")))
    common = min(a[1], b[1]) - max(a[0], b[0]) + 1
    return float(common > 0 and common / (max(a[1], b[1]) - min(a[0], b[0]) + 1) >= 0.5)


def _same_actor(g: Record, p: Record) -> float:
    if g.get("actor"):
        if g["actor"] == p.get("actor"):
            return 1.0
        return 0.5 if p.get("actor") and related(g["actor"], p["actor"]) else 0.0
    return float(overlap(g.get("span"), p.get("span")))


def _same_number(g: Record, p: Record) -> bool:
    return g.get("low") == p.get("low") and g.get("high") == p.get("high")


def _same_place(g: Record, p: Record) -> float:
    return float(located(g) and located(p) and kilometres(g, p) <= max(g.get("radius_km") or 0, 5))


SAME: dict[str, Callable[[Any, Any], float]] = {
    "type": lambda g, p: float(g == p),
    "status": lambda g, p: float(g == p),
    "initiators": _same_actor,
    "targets": _same_actor,
    "place": _same_place,
    "time": _same_time,
    "casualties": lambda g, p: float(g["outcome"] == p.get("outcome") and _same_number(g, p)),
    "forces": lambda g, p: float(_same_number(g, p)) * (_same_actor(g, p) if g.get("actor") else 1),
    "materiel": lambda g, p: float(g["item"] == p.get("item") and _same_number(g, p)),
    "sources": lambda g, p: (
        overlap(g.get("span"), p.get("span")) * (1.0 if g.get("kind") == p.get("kind") else 0.5)
    ),
}


def values(claim: Record, slot: str) -> list[Any]:
    """A slot's values as a list; a place that is not located counts as none."""
    v = claim.get(slot)
    if slot == "place" and v and not located(v):
        return []
    if v in (None, [], ""):
        return []
    return list(v) if isinstance(v, list | tuple) else [v]


def pair_up(
    gold: Sequence[Any], coded: Sequence[Any], same: Callable[[Any, Any], float]
) -> list[tuple[int, int, float]]:
    """One-to-one pairs, best first: ``(index in gold, index in coded, credit)``."""
    scored = sorted(
        ((same(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(coded)),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_coded: set[int] = set()
    out = []
    for credit_, i, j in scored:
        if credit_ > 0 and i not in used_gold and j not in used_coded:
            used_gold.add(i)
            used_coded.add(j)
            out.append((-i, -j, credit_))
    return out


def credit(g: Record, p: Record, slot: str) -> float:
    return sum(s for _, _, s in pair_up(values(g, slot), values(p, slot), SAME[slot]))


def likeness(g: Record, p: Record) -> float:
    """How well two claims match: a common type or family, and common evidence or two slots."""
    if g["type"] == p["type"]:
        kind = 2.0
    else:
        family = FAMILIES.get(g["type"])
        kind = 1.0 if family is not None and family == FAMILIES.get(p["type"]) else 0.0
    agree = [credit(g, p, s) > 0 for s in SLOTS[2:]]
    evidence = any(overlap(a, b) for a in g["evidence"] for b in p.get("evidence") or [])
    if not kind or not (evidence or sum(agree) >= 2):
        return 0.0
    return 3 * kind + 2 * evidence + sum(agree)
