"""What a unit of one sentence tells, before it is merged with other tellings of the same event."""

from __future__ import annotations

from dataclasses import dataclass, field

from isnad.coding.attribution import SourceRef
from isnad.coding.parts import Part
from isnad.coding.places import PlaceMention
from isnad.coding.sentence import Sentence, Trig
from isnad.language.arabic.times import TimeMention


@dataclass(slots=True, eq=False)
class Count:
    """A figure with the words that give it: offsets in the normal form."""

    start: int
    end: int
    low: int | None
    high: int | None
    actor: str | None
    rule: str
    outcome: str = ""
    item: str = ""
    noun: str = ""


@dataclass(slots=True, eq=False)
class Event:
    """One event as far as one sentence, or later one report, tells it.

    ``scene`` holds the places by which it is known apart from other events: those that its own
    words name, without what only says where these lie. ``another`` tells that its words set it
    beside an earlier one («قصف مماثل», «غارة أخرى»). ``known``: its words
    only recall an event told before («ويأتي الهجوم بعد …»).

    ``received`` tells that a hospital took the people in: they are those of an event told before.
    """

    type: str
    trigger: Trig
    sentence: Sentence
    link: str = ""
    generic: bool = False
    anaphoric: bool = False
    another: bool = False
    scene: list[PlaceMention] = field(default_factory=list)
    told: bool = True
    received: bool = False
    known: bool = False
    status: str = "happened"
    status_rule: str = ""
    initiators: list[Part] = field(default_factory=list)
    targets: list[Part] = field(default_factory=list)
    victims: list[Part] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    casualties: list[Count] = field(default_factory=list)
    forces: list[Count] = field(default_factory=list)
    materiel: list[Count] = field(default_factory=list)
    sources: list[SourceRef] = field(default_factory=list)
    evidence: list[Sentence] = field(default_factory=list)
    hits: list[tuple[int, int, str]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    triggers: list[Trig] = field(default_factory=list)
    tellings: int = 1
    sure: float | None = None
    signs: list[str] = field(default_factory=list)
    inherited: set[str] = field(default_factory=set)


NEW_TOTAL = "new total"
"""The rule of a figure that a toll has reached («ارتفع عدد القتلى إلى 12»)."""


NAMED = "dead or wounded by name"
"""The rule of people whom an outcome noun names («الشهيدان فلان وفلان»)."""


def has_new_total(event: Event) -> bool:
    """Whether an event tells what a toll has risen to."""
    return any(c.rule == NEW_TOTAL for c in event.casualties)
