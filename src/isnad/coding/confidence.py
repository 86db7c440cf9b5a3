"""How sure each value of a claim is: a probability from what is known of how it was found.

In: a claim. Out: the claim with ``confidence`` on its values. The signs and their weights are the
rows of ``data/coding/confidence.csv`` (a logistic sum for each slot); ``isnad evaluate
--calibration`` shows how often values said to be p sure are right, and ``python -m
isnad.evaluate.calibration`` fits the weights on the repository's own gold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from isnad.knowledge.tables import DATA, read_table
from isnad.model import Casualty, Claim, Figure, Materiel, Participant, Place, Source, Time, Value

SLOTS = (
    "initiators", "targets", "place", "time", "casualties", "forces", "materiel", "sources",
)  # fmt: skip
LOOSE = frozenset(["armed_attack", "killing", "operation", "deployment", "losses", "agreement"])
"""Types that the coder falls back on, or that are told in many ways."""
FILE = DATA / "coding" / "confidence.csv"


@cache
def weights() -> dict[str, dict[str, float]]:
    """Slot → sign → weight; every slot has a ``base``.

    Raises:
        KnowledgeError: if the table cannot be read.
    """
    out: dict[str, dict[str, float]] = {}
    for row in read_table(FILE, ("slot", "sign", "weight")):
        out.setdefault(row["slot"], {})[row["sign"]] = float(row["weight"])
    return out


def with_confidence(claim: Claim) -> Claim:
    """The claim with a confidence, 0 to 1, on every value of its slots."""
    shared = frozenset(of_claim(claim))
    update: dict[str, Any] = {}
    for slot in SLOTS:
        held = getattr(claim, slot)
        if isinstance(held, tuple):
            if held:
                update[slot] = tuple(_sure(slot, v, shared, len(held)) for v in held)
        elif held is not None:
            update[slot] = _sure(slot, held, shared, 1)
    return claim.model_copy(update=update)


def _sure(slot: str, value: Value, shared: frozenset[str], beside: int) -> Value:
    table = weights()[slot]
    total = table["base"] + sum(table.get(s, 0.0) for s in signs(slot, value, shared, beside))
    return value.model_copy(update={"confidence": round(1 / (1 + math.exp(-total)), 3)})


def signs(slot: str, value: Value, shared: Iterable[str], beside: int) -> Iterator[str]:
    """The signs that hold for a value: those of its claim, and its own."""
    yield from shared
    if beside > 1:
        yield "one_of_several"
    yield from _OWN[slot](value)


def of_claim(claim: Claim) -> Iterator[str]:
    """The signs that a claim lends to all its values."""
    rules = claim.trigger.rule if claim.trigger else ""
    if "(noun)" in rules.partition(";")[0]:
        yield "noun"
    if "told again" in rules:
        yield "told_again"
    if claim.type in LOOSE:
        yield "loose_type"
    if claim.status != "happened":
        yield "not_happened"
    if claim.casualties:
        yield "has_figures"
    if claim.time is None:
        yield "undated"
    if claim.evidence and claim.evidence[0][0] < _LEAD:
        yield "in_lead"


_LEAD = 400
"""Code points that count as a report's beginning."""


def _participant(value: Value) -> Iterator[str]:
    assert isinstance(value, Participant)
    if value.actor is None:
        yield "unlisted"
    elif value.listed != value.actor:
        yield "finer_than_listed"
    rule = value.rule
    if "before" in rule:
        yield "before_the_verb"
    if "admission" in rule or "carried" in rule or "possess" in rule or "side" in rule:
        yield "by_inference"
    if "victim" in rule:
        yield "as_victim"


def _place(value: Value) -> Iterator[str]:
    assert isinstance(value, Place)
    if "carried forward" in value.rule:
        yield "carried"
    if value.relation != "at":
        yield "relative"
    if value.radius_km is None:
        yield "unlocated"
    elif value.radius_km > 15:
        yield "wide"
    if "not listed" in value.rule:
        yield "not_listed"


def _time(value: Value) -> Iterator[str]:
    assert isinstance(value, Time)
    yield f"basis_{value.basis or 'unresolved'}"
    if value.earliest is not None and value.latest is not None and value.earliest != value.latest:
        yield "interval"


def _figure(value: Value) -> Iterator[str]:
    assert isinstance(value, Figure)
    if value.low != value.high:
        yield "inexact"
    if isinstance(value, Casualty):
        yield f"outcome_{value.outcome}"
        if value.who is None:
            yield "nobody"
    if isinstance(value, Materiel):
        yield f"item_{value.item}"


def _source(value: Value) -> Iterator[str]:
    assert isinstance(value, Source)
    yield f"kind_{value.kind}"
    if "said before" in value.rule:
        yield "said_before"


_OWN: dict[str, Callable[[Value], Iterator[str]]] = {
    "initiators": _participant, "targets": _participant, "place": _place, "time": _time,
    "casualties": _figure, "forces": _figure, "materiel": _figure, "sources": _source,
}  # fmt: skip
