"""A sentence, the triggers and marks in it, and the mentions that the finders gave.

Offsets are code points of the document's normal form.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isnad.coding.actors import ActorMention
from isnad.coding.layout import Block
from isnad.coding.places import PlaceMention
from isnad.coding.weapons import WeaponMention
from isnad.knowledge.vocabulary import Trigger
from isnad.language.arabic.numbers import Number
from isnad.language.arabic.times import TimeMention


@dataclass(slots=True, eq=False)
class Trig:
    """A trigger in its sentence. Offsets in the normal form; ``word_start`` with proclitics.

    ``pos`` is ``past``, ``present``, ``future`` or ``noun``; ``prefix`` the proclitics without و/ف;
    ``plural`` a noun in ـات.
    """

    start: int
    end: int
    word_start: int
    entry: Trigger
    pos: str
    enclitic: str
    prefix: str
    definite: bool
    conj: bool
    passive: bool = False
    plural: bool = False

    @property
    def verbal(self) -> bool:
        return self.pos != "noun"

    @property
    def role(self) -> str:
        return self.entry.role

    @property
    def outcome(self) -> str | None:
        """The casualties' outcome, for a trigger of the outcome kind."""
        return self.entry.type[1:] if self.entry.type.startswith("@") else None


@dataclass(slots=True, eq=False)
class Mark:
    """A word that is no trigger: link, cue, preposition, reporting verb, source, topic, thing."""

    start: int
    end: int
    word_start: int
    kind: str
    pos: str
    conj: bool


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence and all that was found in it, in text order."""

    start: int
    end: int
    block: Block
    number: int
    paragraph: int
    triggers: list[Trig] = field(default_factory=list)
    links: list[Mark] = field(default_factory=list)
    cues: list[Mark] = field(default_factory=list)
    prepositions: list[Mark] = field(default_factory=list)
    reports: list[Mark] = field(default_factory=list)
    heads: list[Mark] = field(default_factory=list)
    topics: list[Mark] = field(default_factory=list)
    things: list[Mark] = field(default_factory=list)
    actors: list[ActorMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    weapons: list[WeaponMention] = field(default_factory=list)
