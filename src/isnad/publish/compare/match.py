"""Which of their events is which of our incidents: one to one, the likeliest first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from isnad.geodesy import distance
from isnad.model import Incident
from isnad.publish.compare.names import shared
from isnad.publish.compare.outside import Outside
from isnad.publish.deaths import acled as acled_deaths
from isnad.publish.deaths import killed
from isnad.publish.forms.acled import event as acled_event
from isnad.publish.losses import CannotSay, Losses
from isnad.publish.when import When, when
from isnad.publish.where import where

SLACK_DAYS = 1
"""Reports and datasets differ by a day about what happened at night."""
LEAST_KM = 10.0
"""Two points of one town may lie so far apart."""


class Ours(NamedTuple):
    """An incident as it can be compared."""

    incident: Incident
    when: When
    lat: float
    lon: float
    km: float
    country: str
    admin1: str
    parties: frozenset[str]
    kind: str
    low: int | None
    best: int | None
    high: int | None
    acled: int


class Pair(NamedTuple):
    """One of ours and one of theirs that tell one event; ``km`` and ``days`` are how far apart."""

    ours: Ours
    theirs: Outside
    km: float
    days: int
    parties: int
    score: float


class Matched(NamedTuple):
    """Pairs, and what only one side has.

    ``outside``: theirs beyond our days and countries; ``uncomparable``: ours that have no day or
    place, or did not happen.
    """

    pairs: list[Pair]
    extra: list[Ours]
    missed: list[Outside]
    outside: int
    uncomparable: int


def comparable(incident: Incident) -> Ours | None:
    """What of an incident is compared; ``None`` if it has no place or day, or did not happen."""
    days, place = when(incident), where(incident.place)
    if days is None or place is None or incident.status not in ("happened", "ongoing"):
        return None
    toll = killed(incident)
    try:
        kind = acled_event(incident, Losses()).event_type
    except CannotSay:
        kind = ""
    return Ours(
        incident, days, place.lat, place.lon, place.radius_km or 0.0,
        place.country_name, place.admin1,
        frozenset((*incident.initiators, *incident.targets)), kind,
        toll.low if toll else None, toll.best if toll else None, toll.high if toll else None,
        acled_deaths(incident)[0],
    )  # fmt: skip


def match(incidents: Iterable[Incident], theirs: Sequence[Outside]) -> Matched:
    """Match incidents with events of one file.

    Two can be one event only if their days meet (give or take one) and their circles do. Of all
    such pairs the best is taken first, and each incident and event once.
    """
    ours, no = [], 0
    for incident in incidents:
        one = comparable(incident)
        no += one is None
        if one is not None:
            ours.append(one)
    kept = _within(ours, theirs)
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for n, event in enumerate(kept):
        for d in _days(event.first, event.last):
            by_day[d].append(n)
    scored = []
    for i, mine in enumerate(ours):
        near = {n for d in _days(mine.when.first, mine.when.last) for n in by_day.get(d, ())}
        for n in near:
            pair = _pair(mine, kept[n])
            if pair is not None:
                scored.append((-pair.score, pair.km, mine.incident.id, kept[n].id, i, n, pair))
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    pairs = []
    for *_, i, n, pair in sorted(scored, key=lambda s: s[:6]):
        if i not in used_ours and n not in used_theirs:
            used_ours.add(i)
            used_theirs.add(n)
            pairs.append(pair)
    return Matched(
        pairs, [o for i, o in enumerate(ours) if i not in used_ours],
        [e for n, e in enumerate(kept) if n not in used_theirs], len(theirs) - len(kept), no,
    )  # fmt: skip


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days of a stretch and one on either side; a long one by its first year only."""
    count = min(366, (last - first).days + 1) + 2 * SLACK_DAYS
    return [first + dt.timedelta(days=n - SLACK_DAYS) for n in range(count)]


def _within(ours: list[Ours], theirs: Sequence[Outside]) -> list[Outside]:
    """Theirs within the days and countries of ours: the rest we did not set out to know."""
    if not ours:
        return []
    slack = dt.timedelta(days=SLACK_DAYS)
    first = min(o.when.first for o in ours) - slack
    last = max(o.when.last for o in ours) + slack
    countries = {o.country for o in ours} | {""}
    return [
        e for e in theirs
        if e.last >= first and e.first <= last and (e.country in countries or _home(e) in countries)
    ]  # fmt: skip


def _home(event: Outside) -> str:
    from isnad.publish.tables import tables

    return next((c.name for c in tables().countries.values() if c.ucdp_name == event.country), "")


def _pair(mine: Ours, event: Outside) -> Pair | None:
    gap = max(0, (event.first - mine.when.last).days, (mine.when.first - event.last).days)
    far = distance(mine.lat, mine.lon, event.lat, event.lon)
    if gap > SLACK_DAYS or far > max(LEAST_KM, mine.km + event.km):
        return None
    both = shared(mine.parties, event.sides)
    score = 2.0 - gap - min(1.0, far / 50) + min(both, 2)
    score += mine.kind == event.kind != ""
    if mine.best is not None and event.best:
        score += 1.0 if mine.best == event.best else 0.5 * _inside(mine, event)
    return Pair(mine, event, far, gap, both, score)


def _inside(mine: Ours, event: Outside) -> bool:
    low, high = mine.low if mine.low is not None else 0, mine.high
    return low <= event.best and (high is None or event.best <= high)
