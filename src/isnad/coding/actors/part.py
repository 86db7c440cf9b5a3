"""A phrase of the grammar, before anybody decides who it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from isnad.coding.actors.scan import Found
from isnad.knowledge.words import Head


@dataclass(slots=True)
class Part:
    """A phrase before anybody decides who it is. ``first`` and ``last`` are tokens, half-open."""

    found: Found
    last: int
    kind: str  # name, head, person, place, outlet, monitor
    head: Head | None = None
    word: str = ""  # the head noun, normal form, no article
    definite: bool = False
    rows: tuple[int, ...] = ()  # alias rows that its words allow
    states: tuple[int, ...] = ()
    capital: bool = False
    adjectives: list[Found] = field(default_factory=list)
    inner: Part | None = None  # in construct, or after من, لـ, التابعة لـ
    link: str = ""  # how the inner phrase hangs on: idafa, of, member, client
    shape: tuple[int, int] | None = None  # tokens of a name that nobody knows
    pronoun: str = ""
    enemy: bool = False
    role: str = ""
    rank: str = ""
    demonstrative: bool = False
    lead: Head | None = None  # of a name: the head noun it begins with
    general: bool = False  # adjectives such as «المسلحة» stood after the head

    @property
    def first(self) -> int:
        return self.found.first
