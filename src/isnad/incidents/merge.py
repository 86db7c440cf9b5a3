"""From a group of tellings to the incident that they tell."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable

from isnad.model import Claim, Incident, Link, Status, Telling

SPECIFIC = (
    "chemical_attack", "suicide_bombing", "vehicle_bomb", "drone_strike", "air_strike", "ambush",
    "assassination", "execution", "shelling", "explosive_device",
)  # fmt: skip
"""Types that say more than another of the same number of tellings, first ones before later."""
UNSURE_KM = 1000.0
STATUSES_BY_WEIGHT: tuple[Status, ...] = ("happened", "ongoing", "foiled", "planned", "denied")


def incident_of(tellings: Iterable[Telling], links: Iterable[Link] = ()) -> Incident:
    """The incident of some tellings.

    Its type is what most tellings say, copies left out, then the more specific. Place and time are
    those told most precisely, the earliest claim id first. It is ``denied`` only if all deny it.
    """
    told = sorted(tellings, key=lambda t: (t.published or dt.date.max, t.report, t.id))
    own = [t for t in told if t.copy_of is None] or told
    kinds = Counter(t.claim.type for t in own)
    first = min(kinds, key=lambda k: (-kinds[k], _rank(k), k))
    placed = [t for t in own if t.claim.place and t.claim.place.lat is not None]
    where = min(placed, key=lambda t: (_radius(t.claim), t.id), default=None)
    timed = [t for t in own if t.claim.time and (t.claim.time.earliest or t.claim.time.latest)]
    when = min(timed, key=lambda t: (_length(t.claim), t.id), default=None)
    return Incident(
        id=incident_id(t.id for t in told),
        type=first,
        status=_status([t.claim.status for t in own]),
        place=where.claim.place if where else None,
        place_from=where.id if where else None,
        time=when.claim.time if when else None,
        time_from=when.id if when else None,
        initiators=_parties(own, "initiators"),
        targets=_parties(own, "targets"),
        tellings=tuple(told),
        links=tuple(sorted(links, key=lambda x: (x.one, x.other))),
    )


def incident_id(claims: Iterable[str]) -> str:
    """``inc-`` and twelve hexadecimal digits from the least of the claim ids."""
    return "inc-" + hashlib.sha256(min(claims).encode()).hexdigest()[:12]


def _rank(kind: str) -> int:
    return SPECIFIC.index(kind) if kind in SPECIFIC else len(SPECIFIC)


def _radius(claim: Claim) -> float:
    radius = claim.place.radius_km if claim.place else None
    return radius if radius is not None else UNSURE_KM


def _length(claim: Claim) -> int:
    time = claim.time
    if time is None or time.earliest is None or time.latest is None:
        return 1 << 20
    return (time.latest - time.earliest).days


def _status(told: list[Status]) -> Status:
    """The weightiest that any telling gives: one that says it happened is enough."""
    return min(told, key=STATUSES_BY_WEIGHT.index)


def _parties(told: list[Telling], slot: str) -> tuple[str, ...]:
    count = Counter(
        a for t in told for a in {p.actor for p in getattr(t.claim, slot) if p.actor is not None}
    )
    return tuple(sorted(count, key=lambda a: (-count[a], a)))
