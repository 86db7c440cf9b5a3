"""How likely two claims tell one event: a sum of weighed reasons, each told.

Weights are log odds from ``data/incidents/weights.csv``. The comparison is symmetric and looks at
nothing but the two claims, so that it is the same whatever else is kept.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from isnad.geodesy import distance
from isnad.incidents.features import Features
from isnad.incidents.words import likeness as words_likeness
from isnad.knowledge.compiled import knowledge
from isnad.knowledge.joining import joining
from isnad.model import Link, Reason

NEAR_KM, SITE_KM, SMALL_KM, SAME_KM, NAMED_KM = 1.0, 2.0, 8.0, 10.0, 60.0
KM_LEAST = -8.0
WIDE_DAYS = 2
LARGE = 4
MOST_NAMES = 3
REVISED = 0.5
"""A toll may grow by half and two between early and late reports and still be one event's."""
Ground = tuple[str, float, str]


def compare(one: Features, other: Features) -> list[Ground]:
    """The grounds for and against, as (signal, log odds, words for people)."""
    if one.id > other.id:
        one, other = other, one
    w = joining().weights
    out: list[Ground] = [("bias", w["bias"], "")]
    for part in (_place, _time, _kind, _parties, _figures, _rest):
        out.extend((s, x, t) for s, x, t in part(one, other, w) if x)
    return out


def odds(grounds: list[Ground]) -> float:
    """Log odds that the two tell one event."""
    return sum(g[1] for g in grounds)


def probability(value: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))


def link(one: Features, other: Features) -> Link:
    """The link between two claims, with its reasons."""
    grounds = compare(one, other)
    first, second = sorted((one.id, other.id))
    return Link(
        one=first,
        other=second,
        score=probability(odds(grounds)),
        reasons=tuple(Reason(signal=s, weight=round(x, 3), says=t) for s, x, t in grounds),
    )


def _place(a: Features, b: Features, w: dict[str, float]) -> Iterator[Ground]:
    if a.point is None or b.point is None:
        shared = (a.named & (b.named | b.words)) | (b.named & a.words)
        name = "place_named" if shared else "place_unknown"
        yield name, w[name], min(shared) if shared else "a place is not told"
        return
    d, wide = distance(*a.point, *b.point), max(a.radius, b.radius)
    if d <= NEAR_KM and wide <= SMALL_KM:
        name = "place_site" if wide <= SITE_KM else "place_same"
        yield name, w[name], f"{d:.1f} km apart"
    elif d <= a.radius + b.radius:
        name = "place_near" if wide <= SAME_KM else "place_wide"
        if name == "place_wide" and _within(a, b):
            name = "place_within"
        yield name, w[name], f"{d:.0f} km apart, circles of {a.radius:.0f} and {b.radius:.0f} km"
        if name == "place_near" and a.named and b.named and not a.named & b.named:
            yield "place_renamed", w["place_renamed"], f"{min(a.named)} and {min(b.named)}"
    elif d <= NAMED_KM and (a.named & b.named or a.named & b.words or b.named & a.words):
        yield "place_said", w["place_said"], f"{d:.0f} km apart, but of one name, or told of both"
    else:
        off = d - a.radius - b.radius
        yield "place_apart", w["place_apart"], f"{d:.0f} km apart, {off:.0f} beyond the circles"
        yield "place_km", max(KM_LEAST, w["place_km"] * off), ""


def _within(a: Features, b: Features) -> bool:
    """Whether the report of the wider place names the narrower one."""
    narrow, wide = (a, b) if a.radius <= b.radius else (b, a)
    return bool(narrow.named & wide.words)


def _time(a: Features, b: Features, w: dict[str, float]) -> Iterator[Ground]:
    if a.part and b.part and a.part != b.part:
        yield "part_apart", w["part_apart"], f"{a.part} and {b.part}"
    dated = _dated(a, b)
    if dated is not None:
        name = "date_same" if dated <= 1 else "date_apart"
        yield name, w[name], "the same date" if not dated else f"dates {dated} days apart"
        return
    if a.days is None or b.days is None:
        yield "day_unknown", w["day_unknown"], "a day is not told"
        return
    gap = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
    if a.weak or b.weak:
        if a.weak and b.weak and abs(a.days[1] - b.days[1]) <= WIDE_DAYS - 1:
            yield "day_published", w["day_published"], "published within a day of each other"
        elif gap <= 0:
            yield "day_weak", w["day_weak"], "fits the day of publication"
        else:
            yield (
                "day_weak_apart",
                w["day_weak_apart"] * min(gap, 3),
                f"{gap} days from publication",
            )
    elif gap <= 0:
        wide = max(a.days[1] - a.days[0], b.days[1] - b.days[0]) > WIDE_DAYS
        name = "day_wide" if wide else "day_same"
        yield name, w[name], "the days told overlap"
    elif gap == 1:
        yield "day_next", w["day_next"], "one day apart"
    else:
        yield "day_apart", w["day_apart"], f"{gap} days apart"


def _dated(a: Features, b: Features) -> int | None:
    """Days between the dates of the year that two tell, where one of them tells no year."""
    if a.date is None and b.date is None:
        return None
    ours, theirs = _dates(a), _dates(b)
    if not ours or not theirs:
        return None
    gaps = [abs(x - y) for x in ours for y in theirs]
    return min(min(gap, 365 - gap) for gap in gaps)


def _dates(f: Features) -> list[int]:
    """Numbers of the days in the year, 1 to 365; the 29th of February counts as the day before."""
    if f.date is not None:
        told = [f.date]
    elif f.days is None or f.weak or f.days[1] - f.days[0] > WIDE_DAYS:
        told = []
    else:
        days = map(dt.date.fromordinal, range(f.days[0], f.days[1] + 1))
        told = [(day.month, day.day) for day in days]
    return [dt.date(2001, m, min(d, 28) if m == 2 else d).timetuple().tm_yday for m, d in told]


def _kind(a: Features, b: Features, w: dict[str, float]) -> Iterator[Ground]:
    if a.type == b.type:
        yield "kind_same", w["kind_same"], a.type
    else:
        pair = (min(a.family, b.family), max(a.family, b.family))
        weight = joining().confused.get(pair, w["kind_other"])
        yield "kind_other", weight, f"{a.type} and {b.type}"
    if a.again != b.again:
        yield "again_apart", w["again_apart"], "one tells of a strike that came after another"
    if a.unsaid != b.unsaid:
        yield "status_apart", w["status_apart"], "planned or foiled against happened"


def _parties(a: Features, b: Features, w: dict[str, float]) -> Iterator[Ground]:
    for slot in ("initiator", "target"):
        ours, theirs = getattr(a, slot + "s"), getattr(b, slot + "s")
        if not ours or not theirs:
            continue
        shared = _related(ours, theirs)
        name = f"{slot}_same" if shared else f"{slot}_apart"
        yield name, w[name], shared or f"{min(ours)} and {min(theirs)}"


def _related(ours: frozenset[str], theirs: frozenset[str]) -> str:
    """The first pair of actors of which one is the other or part of it, or ""."""
    both = sorted(ours & theirs)
    if both:
        return both[0]
    actors = knowledge().actors
    for x in sorted(ours):
        for y in sorted(theirs):
            if actors.related(x, y):
                return f"{x} and {y}"
    return ""


def _figures(a: Features, b: Features, w: dict[str, float]) -> Iterator[Ground]:
    for outcome in sorted(a.figures.keys() & b.figures.keys()):
        ours, theirs = a.figures[outcome], b.figures[outcome]
        shared = ours & theirs
        high, low = max(max(ours), max(theirs)), min(max(ours), max(theirs))
        if shared:
            most = max(shared)
            yield "figure_same", w["figure_same"], f"{outcome} {most} in both"
            if most >= LARGE:
                yield "figure_large", w["figure_large"], ""
        elif high <= low * (1 + REVISED) + 2:
            yield "figure_near", w["figure_near"], f"{outcome} {low} and {high}"
        else:
            yield "figure_apart", w["figure_apart"], f"{outcome} {low} against {high}"


def _rest(a: Features, b: Features, w: dict[str, float]) -> Iterator[Ground]:
    if a.hits and b.hits:
        shared = sorted(a.hits & b.hits)
        name = "hit_same" if shared else "hit_apart"
        yield name, w[name], shared[0] if shared else f"{min(a.hits)} and {min(b.hits)}"
    named = sorted(a.sources & b.sources)
    if named:
        yield "source_same", w["source_same"], named[0]
    if a.words and b.words:
        like = words_likeness(a.words, b.words)
        if like:
            yield "words", w["words"] * like, " ".join(sorted(a.words & b.words)[:5])
        else:
            yield "words_none", w["words_none"], "no rare word in common"
    names = sorted(a.names & b.names)
    if names:
        weight = w["names"] * min(len(names), MOST_NAMES)
        yield "names", weight, ", ".join(names[:MOST_NAMES])
    if a.main == b.main:
        name = "main_both" if a.main else "main_neither"
        yield name, w[name], "what both are about" if a.main else "background in both"
    if a.report == b.report:
        yield "one_report", w["one_report"], "two claims of one report"
