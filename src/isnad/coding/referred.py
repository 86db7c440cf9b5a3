"""People harmed of whom a pronoun or a count of cases tells: «ما أدى إلى مقتله», «73 حالة احتجاز».

In: a unit and the figures that it tells already. Out: further figures.
"""

from __future__ import annotations

from isnad.coding.document import Document
from isnad.coding.events import Count
from isnad.coding.people import counts, mention_count, whole
from isnad.coding.sentence import Trig
from isnad.coding.units import Unit
from isnad.language.arabic.nouns import noun as lookup_noun
from isnad.language.arabic.numbers import Number

INHERENT = {
    "abduction": "captured", "detention": "detained", "disappearance": "missing",
    "displacement": "displaced", "execution": "killed", "assassination": "killed",
    "killing": "killed", "accident": "killed",
}  # fmt: skip
"""What befalls the people of a deed whose word names no outcome."""
_PRONOUNS = {"ه": 1, "ها": 1, "هما": 2}
_THEM: dict[str, int | str] = {**_PRONOUNS, "هم": "plural"}


def told_by(t: Trig) -> str:
    """The outcome that a trigger tells, by itself or by its kind; empty if none."""
    return t.outcome or INHERENT.get(t.entry.type, "")


def by_pronouns(unit: Unit, told: list[Count]) -> list[Count]:
    """«ما أدى إلى مقتله», «أسفر عن إصابتهما»: one or two who are told by a pronoun alone."""
    out: list[Count] = []
    for t in unit.triggers:
        number = _PRONOUNS.get(t.enclitic)
        if number is None or t.role != "outcome" or t.pos != "noun" or not t.outcome:
            continue
        led = any(
            m.kind == "result" and 0 <= t.word_start - m.end <= 12 for m in unit.sentence.links
        )
        if led and not any(c.outcome == t.outcome for c in told):
            out.append(
                Count(t.start, t.end, number, number, None, "whom a pronoun stands for", t.outcome)
            )
    return out


def taken_up(unit: Unit, numbers: dict[int, Number], told: list[Count]) -> list[Count]:
    """«حاول أربعة مسلحين التسلل فقتلتهم مسيّرة»: those counted before, whom a pronoun takes up."""
    out: list[Count] = []
    for t in unit.triggers:
        if t.enclitic not in _THEM or not t.verbal or not t.conj or t.role != "outcome":
            continue
        before = [
            m for m in unit.sentence.actors
            if m.end <= t.word_start and m.kind in ("group", "count", "person")
            and (id(m) in numbers if t.enclitic == "هم" else m.number == _THEM[t.enclitic])
        ]  # fmt: skip
        if not before or any(c.outcome == t.outcome for c in told):
            continue
        m = before[-1]
        low, high, start, end = mention_count(m, numbers)
        out.append(Count(start, end, low, high, m.id, "whom a pronoun takes up", t.outcome or ""))
    return out


def by_cases(doc: Document, unit: Unit, told: list[Count]) -> list[Count]:
    """«73 حالة احتجاز», «ثماني حالات اختطاف»: cases of a deed are people to whom it was done."""
    out: list[Count] = []
    for t in unit.triggers:
        outcome = told_by(t)
        if t.pos != "noun" or t.role not in ("event", "outcome") or not outcome:
            continue
        for n in unit.sentence.numbers:
            if (
                not counts(n)
                or n.noun_start is None
                or not 0 <= t.word_start - (n.noun_end or n.end) <= 1
            ):
                continue
            noun = lookup_noun(doc.normal.text[n.noun_start : n.noun_end])
            if noun is not None and noun.lemma == "حالة" and not told:
                low, high = whole(n.low), whole(n.high)
                out.append(Count(n.start, t.end, low, high, None, "cases of a deed", outcome))
    return out
