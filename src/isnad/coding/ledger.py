"""Triggers that made no claim, and why: what ``isnad explain`` tells beside the claims.

In: each place on the road where an event is let go. Out: a list in text order. Coding itself never
reads it, and without one nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from isnad.coding.document import Document
from isnad.coding.sentence import Trig


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Words that could have told an event: ``span`` in the report's code points, half open.

    ``rule`` is the vocabulary's entry; ``why`` says what let it go.
    """

    span: tuple[int, int]
    rule: str
    why: str


@dataclass(slots=True)
class Ledger:
    """What was let go, with the reason that came first."""

    entries: dict[int, tuple[Trig, str]] = field(default_factory=dict)

    def let_go(self, triggers: Iterable[Trig], why: str) -> None:
        """Note the triggers that name an event or a harm; light verbs name none."""
        for trig in triggers:
            if trig.role != "light":
                self.entries.setdefault(trig.start, (trig, why))

    def unclaimed(self, doc: Document) -> tuple[Unclaimed, ...]:
        """The entries in text order."""
        return tuple(
            Unclaimed(doc.span(trig.start, trig.end), f"{trig.entry.id} ({trig.pos})", why)
            for _, (trig, why) in sorted(self.entries.items())
        )
