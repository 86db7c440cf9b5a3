"""What a newer coder says differently, slot by slot, with the rules that said it."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from isnad.archive.recoding import Recoded
from isnad.model import Claim, Value


class Change(NamedTuple):
    """One difference. ``slot`` is empty if the whole claim came or went.

    ``before`` and ``after`` are values as people read them, each with its rule: the lexicon entry
    or grammar rule that made it, which is why it changed.
    """

    claim: str
    type: str
    slot: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    held: bool


def changes(found: Recoded) -> list[Change]:
    """All differences of a report that was coded again."""
    out = []
    for ident in found.changed:
        old, new = found.before.get(ident), found.after.get(ident)
        held = ident in found.held
        if old is None or new is None:
            one = old or new
            assert one is not None
            out.append(Change(ident, one.type, "", _whole(old), _whole(new), held))
            continue
        a, b = _slots(old), _slots(new)
        for slot in dict.fromkeys([*a, *b]):
            if a.get(slot) != b.get(slot):
                gone = tuple(v for v in a.get(slot, ()) if v not in b.get(slot, ()))
                come = tuple(v for v in b.get(slot, ()) if v not in a.get(slot, ()))
                out.append(Change(ident, new.type, slot, gone, come, held))
    return out


def _whole(claim: Claim | None) -> tuple[str, ...]:
    if claim is None:
        return ()
    return (_value(claim.trigger) if claim.trigger else claim.type,)


def _slots(claim: Claim) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = defaultdict(list, status=[claim.status])
    for slot, value in claim.values():
        out[slot].append(_value(value))
    out["evidence"] = [f"{a}–{b}" for a, b in claim.evidence]
    out["confidence"] = [str(claim.confidence)]
    return {k: tuple(v) for k, v in out.items()}


_HIDDEN = frozenset(["as_written", "span", "rule", "confidence", "listed"])


def _value(value: Value) -> str:
    fields = value.model_dump(mode="json", exclude=set(_HIDDEN))
    says = ", ".join(f"{k} {v}" for k, v in fields.items() if v not in (None, [], ""))
    words = f"«{' '.join(value.as_written.split())}»"
    rule = f" [{value.rule}]" if value.rule else ""
    return f"{words}{' ' if says else ''}{says}{rule}"
