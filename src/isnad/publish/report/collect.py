"""What a situation report says, as figures and lists: no words, no drawing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from isnad.incidents.figures import Range, ranges
from isnad.incidents.grade import Dispute, Grade, disputes, grade
from isnad.incidents.origins import origins
from isnad.model import OUTCOMES, Incident
from isnad.publish.when import TOLD, When, when
from isnad.publish.where import where

SHOWN = 200
"""Incidents listed one by one, unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Item:
    """An incident with the views that a report shows."""

    incident: Incident
    when: When | None
    ranges: dict[str, Range]
    grade: Grade
    origins: tuple[str, ...]
    disputes: tuple[Dispute, ...]

    @property
    def weight(self) -> tuple[int, int, str]:
        """What comes first in a short list: most dead, most origins."""
        dead = self.ranges.get("killed")
        return (-(dead.best or 0) if dead else 0, -len(self.origins), self.incident.id)


@dataclass(slots=True)
class Summary:
    """The figures of a period.

    Attributes:
        first, last: the period; ``None`` where it is open.
        events: what happened or goes on, by day. planned: announced or prepared.
        sums: for each outcome how many incidents count it, and the sums of low, best and high.
        held: how many were held back for safety.
    """

    first: dt.date | None
    last: dt.date | None
    events: list[Item] = field(default_factory=list)
    planned: list[Item] = field(default_factory=list)
    foiled: int = 0
    denied: int = 0
    sums: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)
    initiators: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    unlocated: int = 0
    undated: int = 0
    held: int = 0

    @property
    def period(self) -> tuple[str, str]:
        """The first and last day: of the period where it is closed, else of what is in it."""
        days = [i.when for i in self.events if i.when]
        first = self.first or min((d.first for d in days), default=None)
        last = self.last or max((d.last for d in days), default=None)
        return (first.isoformat() if first else "…", last.isoformat() if last else "…")

    @property
    def disputed(self) -> list[Item]:
        return [i for i in self.events if i.disputes]

    def shown(self, most: int) -> list[Item]:
        """The weightiest events, in order of their days."""
        kept = {i.incident.id for i in sorted(self.events, key=lambda i: i.weight)[:most]}
        return [i for i in self.events if i.incident.id in kept]


def collect(
    incidents: Iterable[Incident], first: dt.date | None = None, last: dt.date | None = None
) -> Summary:
    """The figures of the incidents that may lie in a period; those of no known day only if it is
    open at both ends."""
    out, reports, sums = Summary(first, last), set[str](), dict[str, list[int]]()
    for incident in incidents:
        days = when(incident)
        if not _within(days, first, last):
            continue
        reports |= {t.report for t in incident.tellings}
        if incident.status == "foiled":
            out.foiled += 1
        elif incident.status == "denied":
            out.denied += 1
        item = _item(incident, days)
        if incident.status == "planned":
            out.planned.append(item)
        if incident.status not in ("happened", "ongoing"):
            continue
        out.events.append(item)
        out.unlocated += where(incident.place) is None
        out.undated += days is None or days.basis != TOLD
        out.types[incident.type] += 1
        out.initiators.update(incident.initiators)
        out.targets.update(incident.targets)
        out.origins.update(item.origins)
        for outcome, r in item.ranges.items():
            best = r.best if r.best is not None else r.low or 0
            line = sums.setdefault(outcome, [0, 0, 0, 0])
            for n, value in enumerate(
                (1, r.low or 0, best, r.high if r.high is not None else best)
            ):
                line[n] += value
    out.reports = len(reports)
    out.sums = {o: (s[0], s[1], s[2], s[3]) for o in OUTCOMES if (s := sums.get(o))}
    for items in (out.events, out.planned):
        items.sort(key=lambda i: (i.when.first if i.when else dt.date.max, i.incident.id))
    return out


def _item(incident: Incident, days: When | None) -> Item:
    return Item(
        incident, days, {r.outcome: r for r in ranges(incident)}, grade(incident),
        tuple(o.words for o in origins(incident)), tuple(disputes(incident)),
    )  # fmt: skip


def _within(days: When | None, first: dt.date | None, last: dt.date | None) -> bool:
    if days is None:
        return first is None and last is None
    return (first is None or days.last >= first) and (last is None or days.first <= last)
