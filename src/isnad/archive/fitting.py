"""What a filter asks of claims, asked of a claim in hand: those in no archive, those people fixed.

In: a filter, a claim. Out: whether it fits. A test holds it to what :mod:`isnad.archive.filters`
asks of rows.
"""

from __future__ import annotations

from collections.abc import Callable

from isnad.archive.filters import Filter
from isnad.geodesy import inside
from isnad.model import Claim, Figure


def fits(f: Filter, ident: str, claim: Claim) -> bool:
    """Whether a claim of this id fits all conditions on claims but ``coder``."""
    if f.claim is not None and ident != f.claim:
        return False
    checks = [check for name, check in _CHECKS.items() if getattr(f, name) is not None]
    if f.outcome is not None or f.item is not None or f.low is not None or f.high is not None:
        checks.append(_figures)
    if f.time_from is not None or f.time_to is not None:
        checks.append(_time)
    return all(check(f, claim) for check in checks)


def _acts(claim: Claim, slots: tuple[str, ...], actor: str | None) -> bool:
    return any(
        actor in (p.actor, p.listed or p.actor) for s in slots for p in getattr(claim, s)
    )  # fmt: skip


_CHECKS: dict[str, Callable[[Filter, Claim], bool]] = {
    "type": lambda f, c: c.type == f.type,
    "status": lambda f, c: c.status == f.status,
    "actor": lambda f, c: _acts(c, ("initiators", "targets"), f.actor),
    "initiator": lambda f, c: _acts(c, ("initiators",), f.initiator),
    "target": lambda f, c: _acts(c, ("targets",), f.target),
    "source": lambda f, c: any(s.kind == f.source for s in c.sources),
    "hit": lambda f, c: any(h.kind == f.hit for h in c.hit),
    "place": lambda f, c: c.place is not None and str(f.place) in c.place.as_written,
    "rule": lambda f, c: any(v.rule == f.rule for _, v in c.values()),
    "box": lambda f, c: _box(f, c),
}


def _box(f: Filter, claim: Claim) -> bool:
    p = claim.place
    if p is None or p.lat is None or p.lon is None or f.box is None:
        return False
    return inside(p.lat, p.lon, f.box)


def _time(f: Filter, claim: Claim) -> bool:
    time = claim.time
    if time is None or (time.earliest is None and time.latest is None):
        return False
    late = f.time_from is None or time.latest is None or time.latest >= f.time_from
    early = f.time_to is None or time.earliest is None or time.earliest <= f.time_to
    return late and early


def _figures(f: Filter, claim: Claim) -> bool:
    def within(v: Figure) -> bool:
        low = v.low if v.low is not None else v.high
        high = v.high if v.high is not None else v.low
        return (f.low is None or (low is not None and low >= f.low)) and (
            f.high is None or (high is not None and high <= f.high)
        )

    if f.outcome is not None and not any(
        c.outcome == f.outcome and within(c) for c in claim.casualties
    ):
        return False
    if f.item is not None and not any(m.item == f.item and within(m) for m in claim.materiel):
        return False
    if f.outcome is None and f.item is None:
        return any(within(v) for v in (*claim.casualties, *claim.forces, *claim.materiel))
    return True
