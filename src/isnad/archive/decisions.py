"""What people's decisions make of claims. Pure: decisions and claims in, claims out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from isnad.model import Claim, Decision

_LISTS = frozenset(["initiators", "targets", "casualties", "forces", "materiel", "sources"])


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that were not taken back, in order. An undo of an undo restores."""
    all_of = list(decisions)
    undone: set[str] = set()
    for one in reversed(all_of):  # a later undo decides whether an earlier one counts
        if one.kind == "undo" and one.id not in undone and one.undoes:
            undone.add(one.undoes)
    return [d for d in all_of if d.id not in undone and d.kind != "undo"]


def apply(claim: Claim, fix: Decision) -> Claim:
    """``claim`` with the value of ``fix`` in its slot.

    Values that quote no words get none: ``as_written`` "" at ``(0, 0)``.

    Raises:
        ValueError: if the value does not fit the slot.
    """
    assert fix.slot is not None
    value = fix.value
    if fix.slot in _LISTS:
        if not isinstance(value, list):
            raise ValueError("a list is wanted")
        value = [_filled(v, fix) for v in value]
    elif fix.slot in ("place", "time") and value is not None:
        value = _filled(value, fix)
    return Claim.model_validate({**claim.model_dump(), fix.slot: value})


def _filled(value: Any, fix: Decision) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("an object is wanted")
    return {"as_written": "", "span": (0, 0), **value, "rule": f"decision {fix.id}".strip()}


def fault_of(error: ValueError) -> str:
    """What is wrong, in a line, of a value that pydantic or we refuse."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    at = ".".join(str(part) for part in first["loc"])
    return f"{at}: {first['msg']}" if at else first["msg"].removeprefix("Value error, ")


def corrected(claim: Claim, about: Iterable[Decision]) -> Claim | None:
    """A claim after the decisions about it that stand; ``None`` if it is rejected."""
    rejected = False
    for one in about:
        if one.kind == "fix":
            claim = apply(claim, one)
        elif one.kind in ("accept", "reject"):
            rejected = one.kind == "reject"
    return None if rejected else claim
