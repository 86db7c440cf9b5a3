"""A claim as JSON: every value with its words, where they stand, and what people made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from isnad.archive.journal import digest
from isnad.desk.labels import words
from isnad.desk.model.names import actor, located
from isnad.desk.model.world import World
from isnad.desk.views.text import Units
from isnad.model import FIXABLE, Casualty, Claim, Decision, Participant, Place, Value

_OWN = frozenset(["as_written", "span", "rule", "confidence", "listed"])


def claim_json(
    world: World, ident: str, text: str, *, coded_only: bool = False
) -> dict[str, Any] | None:
    """A claim with its state, or ``None`` if there is no such claim now.

    Args:
        world: the world.
        ident: the claim's id.
        text: its report's text.
        coded_only: as the program coded it, without anything that people decided: for a coder who
            must not see what another one did; its version is that of a claim nobody decided about.
    """
    telling = world.telling(ident)
    if telling is None:
        return None
    about = [] if coded_only else world.about(ident)
    made = world.put_right(ident) if not coded_only else telling.claim
    claim, units = made or telling.claim, Units(text)
    fixed = {d.slot for d in about if d.kind == "fix" and d.slot}
    return {
        "id": ident, "report": telling.report, "type": claim.type, "status": claim.status,
        "confidence": telling.claim.confidence, "version": version(telling.claim, about),
        "review": "open" if coded_only else world.state(ident),
        "evidence": [
            {"span": list(s), "utf16": units.utf16(s), "text": text[s[0] : s[1]]}
            for s in claim.evidence
        ],
        "values": [value_json(slot, v, n, units, text) for slot, n, v in numbered(claim)],
        "coded": {slot: editable(telling.claim)[slot] for slot in sorted(fixed)},
        "contract": editable(claim),
    }  # fmt: skip


def editable(claim: Claim) -> dict[str, Any]:
    """What a fix may change, in the form that it is sent in; actors by their own ids."""
    whole = claim.model_dump(mode="json", include=set(FIXABLE))
    return {slot: _bare(whole[slot]) for slot in FIXABLE}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(v) for v in value]
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if k not in ("rule", "confidence", "listed")}
    return value


def version(coded: Claim, about: Iterable[Decision]) -> str:
    """What tells a claim's present state from any other; a stale edit is refused by it."""
    return "v" + digest([coded.model_dump(mode="json"), [d.id for d in about]])[:16]


def numbered(claim: Claim) -> list[tuple[str, int, Value]]:
    """A claim's values with their slots, numbered within each."""
    seen: dict[str, int] = {}
    out = []
    for slot, value in claim.values():
        out.append((slot, seen.get(slot, 0), value))
        seen[slot] = seen.get(slot, 0) + 1
    return out


def value_json(slot: str, value: Value, n: int, units: Units, text: str) -> dict[str, Any]:
    """A value with its words, where they stand, and the rule that made it."""
    fields = value.model_dump(mode="json", exclude=set(_OWN))
    told = bool(value.as_written) and text[value.span[0] : value.span[1]] == value.as_written
    return {
        "slot": slot, "n": n, "as_written": value.as_written,
        "span": list(value.span) if told else None,
        "utf16": units.utf16(value.span) if told else None, "rule": value.rule,
        "confidence": value.confidence, "label": label(slot, value), **fields,
        **({"who_label": actor(value.who)} if isinstance(value, Casualty) and value.who else {}),
    }  # fmt: skip


def label(slot: str, value: Value) -> dict[str, Any] | None:
    """What a value is called: its actor, place, or kind."""
    if isinstance(value, Participant):
        return actor(value.actor) if value.actor else None
    if isinstance(value, Place):
        at = located(value)
        return {"id": at.gazetteer, "ar": at.ar, "en": at.en} if at.gazetteer else None
    for name, enum in (("outcome", "outcome"), ("item", "item"), ("kind", None)):
        found = getattr(value, name, None)
        if found:
            kind = enum or ("source" if slot == "sources" else "hit")
            one = words().label(kind, found)
            return {"id": found, "ar": one.ar, "en": one.en}
    return None


def decision_json(one: Decision, stands: bool) -> dict[str, Any]:
    """A decision, and whether it stands."""
    return {**one.model_dump(mode="json"), "stands": stands}
