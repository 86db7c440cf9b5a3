"""Which incidents are written: the filters of ``isnad search`` over claims, and all their tellings.

Joining never depends on the filter: all tellings are joined first, and an incident is chosen if
one of its claims fits. With ``each="claim"`` nothing is joined: a claim is an incident by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from isnad.geodesy import inside
from isnad.incidents import Index
from isnad.incidents.merge import incident_of
from isnad.model import Claim, Decision, Figure, Incident, Telling

if TYPE_CHECKING:
    from isnad.archive import Filter

Each = Literal["incident", "claim"]
Fits = Callable[[Telling], bool]


def incidents(
    tellings: Iterable[Telling], decisions: Iterable[Decision] = (), *, fits: Fits | None = None,
    each: Each = "incident", least: int = 1,
) -> Iterator[Incident]:  # fmt: skip
    """The incidents (or claims) chosen, in an order that depends on nothing but them.

    Args:
        tellings: all of them, whatever is asked for.
        decisions: people's; "same" and "different" count.
        fits: whether a claim is asked for; ``None``: all are.
        each: whether claims that tell one event are joined.
        least: only incidents that so many reports tell.
    """
    for incident in _all(tellings, decisions, each):
        if (fits is None or any(fits(t) for t in incident.tellings)) and (
            least <= 1 or len({t.report for t in incident.tellings}) >= least
        ):
            yield incident


def _all(
    tellings: Iterable[Telling], decisions: Iterable[Decision], each: Each
) -> Iterator[Incident]:
    if each == "claim":
        for telling in tellings:
            yield incident_of([telling])
        return
    index = Index(tellings)
    for d in decisions:
        if d.kind == "same":
            index.same(*d.claims)
        elif d.kind == "different":
            index.different(*d.claims)
    yield from index.incidents()


def among(claims: Container[str]) -> Fits:
    """Whether a claim is one of those (that an archive's filter let through)."""
    return lambda t: t.id in claims


def fitting(f: Filter) -> Fits:
    """What the archive's filter asks, asked of a telling: for reports that are in no archive.

    A test holds both to the same answers. ``coder`` is not asked: there is one.
    """
    checks = [
        check for name, check in _CHECKS.items() if getattr(f, name, None) is not None
    ]  # fmt: skip
    if f.outcome is not None or f.item is not None or f.low is not None or f.high is not None:
        checks.append(_figures)
    if f.time_from is not None or f.time_to is not None:
        checks.append(_time)
    return lambda t: all(check(f, t) for check in checks)


def _acts(claim: Claim, slots: tuple[str, ...], actor: str | None) -> bool:
    return any(
        actor in (p.actor, p.listed or p.actor) for s in slots for p in getattr(claim, s)
    )  # fmt: skip


_CHECKS: dict[str, Callable[[Filter, Telling], bool]] = {
    "report": lambda f, t: t.report == f.report,
    "publisher": lambda f, t: t.publisher == f.publisher,
    "url": lambda f, t: t.url == f.url,
    "published_from": lambda f, t: bool(
        t.published and f.published_from and t.published >= f.published_from
    ),
    "published_to": lambda f, t: bool(
        t.published and f.published_to and t.published <= f.published_to
    ),
    "claim": lambda f, t: t.id == f.claim,
    "type": lambda f, t: t.claim.type == f.type,
    "status": lambda f, t: t.claim.status == f.status,
    "actor": lambda f, t: _acts(t.claim, ("initiators", "targets"), f.actor),
    "initiator": lambda f, t: _acts(t.claim, ("initiators",), f.initiator),
    "target": lambda f, t: _acts(t.claim, ("targets",), f.target),
    "source": lambda f, t: any(s.kind == f.source for s in t.claim.sources),
    "hit": lambda f, t: any(h.kind == f.hit for h in t.claim.hit),
    "place": lambda f, t: t.claim.place is not None and str(f.place) in t.claim.place.as_written,
    "rule": lambda f, t: any(v.rule == f.rule for _, v in t.claim.values()),
    "box": lambda f, t: _box(f, t.claim),
}


def _box(f: Filter, claim: Claim) -> bool:
    p = claim.place
    if p is None or p.lat is None or p.lon is None or f.box is None:
        return False
    return inside(p.lat, p.lon, f.box)


def _time(f: Filter, telling: Telling) -> bool:
    time = telling.claim.time
    if time is None or (time.earliest is None and time.latest is None):
        return False
    late = f.time_from is None or time.latest is None or time.latest >= f.time_from
    early = f.time_to is None or time.earliest is None or time.earliest <= f.time_to
    return late and early


def _figures(f: Filter, telling: Telling) -> bool:
    claim = telling.claim

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
