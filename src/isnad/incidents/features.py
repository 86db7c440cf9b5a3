"""What of a telling is compared: a flat record, made once."""

from __future__ import annotations

from dataclasses import dataclass

from isnad.incidents.days import YearDay, day_of_year
from isnad.incidents.words import marks_in, names_in, rare_words
from isnad.knowledge.joining import joining
from isnad.language.arabic.normal import fold
from isnad.model import Claim, Telling

WEAK_BEFORE = 3
"""Days before publication in which an event without a day of its own is taken to lie.
Nine reports in ten tell of the day they are published or of the two before."""
OPEN_DAYS = 7
"""Days that an interval with one open end is taken to reach, as in the contract's «قبل أيام»."""
PERIOD = 10
"""Days from which a time is a period, and its claim a sum rather than one event."""
UNSAID = frozenset({"planned", "foiled"})
VAGUE = frozenset({"fighters", "unidentified-gunmen"})


@dataclass(frozen=True, slots=True)
class Features:
    """A telling as the likeness sees it. Days are ordinals; ``days`` is ``None`` if unknown."""

    id: str
    report: str
    type: str
    group: str
    family: str
    unsaid: bool
    point: tuple[float, float] | None
    radius: float
    days: tuple[int, int] | None
    weak: bool
    published: int | None
    initiators: frozenset[str]
    targets: frozenset[str]
    figures: dict[str, frozenset[int]]
    hits: frozenset[str]
    sources: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    named: frozenset[str]
    date: YearDay | None
    main: bool
    part: str
    again: bool

    @property
    def summed(self) -> bool:
        """Whether it tells a period, not an event."""
        return self.days is not None and self.days[1] - self.days[0] >= PERIOD


def features_of(telling: Telling) -> Features:
    """The features of a telling."""
    claim, kind = telling.claim, joining().kinds[telling.claim.type]
    place = claim.place
    point = (
        (place.lat, place.lon)
        if place is not None and place.lat is not None and place.lon is not None
        else None
    )
    published = telling.published.toordinal() if telling.published else None
    days = _days(claim, published)
    weak = days is None and published is not None
    if weak:
        assert published is not None
        days = (published - WEAK_BEFORE + 1, published)
    named = rare_words(place.as_written) if place else frozenset()
    outlet = rare_words(telling.publisher or "")
    return Features(
        id=telling.id,
        report=telling.report,
        type=claim.type,
        group=kind.group,
        family=kind.family,
        unsaid=claim.status in UNSAID,
        point=point,
        radius=(place.radius_km if place and place.radius_km is not None else 8.0),
        days=days,
        weak=weak,
        published=published,
        initiators=frozenset(p.actor for p in claim.initiators if p.actor) - VAGUE,
        targets=frozenset(p.actor for p in claim.targets if p.actor) - VAGUE,
        figures=_figures(claim),
        hits=frozenset(h.kind for h in claim.hit),
        sources=frozenset(
            fold(s.as_written) for s in claim.sources if s.kind not in ("unnamed", "local")
        ),
        words=rare_words(telling.words) - named - outlet,
        names=names_in(telling.words, outlet),
        named=named,
        date=_date(claim) if days is None or weak else None,
        main=telling.position == 0,
        part=_part(claim),
        again="again" in marks_in(telling.words.split("\n", 1)[0]),
    )


def _part(claim: Claim) -> str:
    """``morning`` or ``evening`` if the claim's time says one of the two."""
    parts = marks_in(claim.time.as_written) - {"again"} if claim.time else frozenset()
    return min(parts) if len(parts) == 1 else ""


def _date(claim: Claim) -> YearDay | None:
    return day_of_year(claim.time.as_written) if claim.time else None


def _days(claim: Claim, published: int | None) -> tuple[int, int] | None:
    time = claim.time
    if time is None or (time.earliest is None and time.latest is None):
        return None
    if time.earliest is not None and time.latest is not None:
        return time.earliest.toordinal(), max(time.latest, time.earliest).toordinal()
    if time.earliest is not None:
        first = time.earliest.toordinal()
        last = published if published is not None and published >= first else first + OPEN_DAYS
        return first, last
    assert time.latest is not None
    return time.latest.toordinal() - OPEN_DAYS, time.latest.toordinal()


def _figures(claim: Claim) -> dict[str, frozenset[int]]:
    """Counts by outcome; only those that were given, low ends of vague ones left out."""
    out: dict[str, set[int]] = {}
    for c in claim.casualties:
        if c.low is not None and (c.low == c.high or (c.high is None and c.low > 2)):
            out.setdefault(c.outcome, set()).add(c.low)
    return {k: frozenset(v) for k, v in out.items()}
