"""What a number in a text is: its value as an interval, its words, and the thing it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Exactness = Literal[
    "exact", "about", "at_least", "at_most", "more_than", "fewer_than", "range", "vague",
    "singular", "dual", "plural", "ordinal", "percent", "fraction",
]  # fmt: skip
Kind = Literal[
    "count", "percent", "fraction", "ordinal", "date", "clock", "duration", "age", "measure",
    "model", "unit", "id", "bullet",
]  # fmt: skip
Relation = Literal["", "among", "from", "to"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text tells it. Offsets are half-open, in the normal form.

    Attributes:
        start, end: the whole expression, approximators and bounds included.
        low, high: the value's ends (persons, things, per cent…), None where the text sets none.
        exactness: how the text gives the value.
        value_start, value_end: the numeral words alone.
        noun_start, noun_end: the head of what is counted, None if no word says it.
        kind: ``count``, or what else the figure is by its neighbours (part of a date, a clock
            time, a weapon's model, a military unit's number, an identifier, a list's bullet…).
        relation: ``among`` after «بينهم», ``from`` and ``to`` for a figure that changed.
    """

    start: int
    end: int
    low: int | float | None
    high: int | float | None
    exactness: Exactness
    value_start: int
    value_end: int
    noun_start: int | None = None
    noun_end: int | None = None
    kind: Kind = "count"
    relation: Relation = ""


@dataclass(slots=True)
class Part:
    """A number while it is being read: like :class:`Number`, with its tokens ``[first, last)``."""

    low: int | float | None
    high: int | float | None
    first: int
    last: int
    start: int
    end: int
    exactness: Exactness
    kind: Kind = "count"
    relation: Relation = ""
    value_start: int = -1
    value_end: int = -1
    noun_start: int | None = None
    noun_end: int | None = None
    digits: bool = False
    conj: bool = False
    word: str = ""

    def __post_init__(self) -> None:
        if self.value_start < 0:
            self.value_start, self.value_end = self.start, self.end

    def done(self) -> Number:
        return Number(
            self.start, self.end, self.low, self.high, self.exactness, self.value_start,
            self.value_end, self.noun_start, self.noun_end, self.kind, self.relation,
        )  # fmt: skip
