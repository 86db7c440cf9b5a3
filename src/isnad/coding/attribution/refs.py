"""What attribution hands on: references to tellers, and the stretches they speak for.

In: nothing. Out: :class:`SourceRef`, :class:`Telling`, :class:`Attribution`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source's words (half-open, normal form), its kind and the rule that found it.

    Two references are equal if they are to the same ``teller``, however worded: «مصادر محلية» and,
    a sentence on, «المصادر». So a chain joined with another telling's names each teller once, by
    its first words. ``told_by`` is the id of the actor it is, where one is known.
    """

    start: int = field(compare=False)
    end: int = field(compare=False)
    kind: str = field(compare=False)
    rule: str = field(compare=False)
    teller: str = ""
    told_by: str | None = field(default=None, compare=False)
    definite: bool = field(default=False, compare=False)


@dataclass(slots=True)
class Telling:
    """One act of telling in a sentence: its chain and the stretch of the sentence it covers.

    ``whole`` marks a telling that covers the sentence on both sides («…، بحسب X»); any other
    covers what follows it. ``observed`` marks one by who saw it («رصد المرصد أمس اشتباكات»): a day
    beside its verb is the event's.
    """

    at: int
    chain: list[SourceRef]
    statement: tuple[int, int]
    whole: bool = False
    conj: bool = False
    start: int = 0
    end: int = 0
    observed: bool = False


@dataclass(slots=True)
class Attribution:
    """The chain of a sentence; ``continues`` if it goes on with the source before it.

    ``statement`` is the stretch between the reporting verb and what it reports: a day in it dates
    the statement, not the event (GUIDELINES, finer rule 6). ``tellings`` part the sentence among
    its sources; ``otherwise`` is the chain of what none of them covers. ``open_end`` marks a
    sentence that only announces («X تعلن:»): what follows it is its teller's too.
    """

    chain: list[SourceRef]
    continues: bool = False
    statement: tuple[int, int] | None = None
    tellings: list[Telling] = field(default_factory=list)
    otherwise: list[SourceRef] = field(default_factory=list)
    open_end: bool = False

    def over(self, start: int) -> list[SourceRef]:
        """Who tells what stands at ``start``, outermost first, each teller once."""
        out: list[SourceRef] = []
        for t in self.tellings:
            if t.start <= start < t.end:
                out += [r for r in t.chain if r not in out]
        return out or list(self.otherwise)

    def dates_a_statement(self, at: int) -> bool:
        """Whether a day at ``at`` is the day of a statement, not of what it tells."""
        return any(t.statement[0] <= at < t.statement[1] and not t.observed for t in self.tellings)
