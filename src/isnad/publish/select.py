"""Which incidents are written: the filters of ``isnad search`` over claims, and all their tellings.

Joining never depends on the filter: all tellings are joined first, and an incident is chosen if
one of its claims fits. With ``each="claim"`` nothing is joined: a claim is an incident by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from isnad.incidents import Index
from isnad.incidents.merge import incident_of
from isnad.model import Decision, Incident, Telling

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

    ``coder`` is not asked: there is one.
    """
    from isnad.archive.fitting import fits

    checks = [check for name, check in _REPORT.items() if getattr(f, name) is not None]
    return lambda t: all(check(f, t) for check in checks) and fits(f, t.id, t.claim)


def _stated(telling: Telling) -> dt.date | None:
    return None if telling.guessed else telling.published


_REPORT: dict[str, Callable[[Filter, Telling], bool]] = {
    "report": lambda f, t: t.report == f.report,
    "publisher": lambda f, t: t.publisher == f.publisher,
    "url": lambda f, t: t.url == f.url,
    "published_from": lambda f, t: bool(
        (day := _stated(t)) and f.published_from and day >= f.published_from
    ),
    "published_to": lambda f, t: bool(
        (day := _stated(t)) and f.published_to and day <= f.published_to
    ),
}
