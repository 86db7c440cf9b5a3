"""Parts of a toll: «بينهم طفلتان وممرض», «أحدهم ضابط», «ثلاثة منهم».

In: a sentence's mentions and the figures before them. Out: the part's figure, with the outcome of
the figure it is a part of, whatever is told after it.
"""

from __future__ import annotations

import re

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.events import Count
from isnad.coding.people import collective, mention_count, word_before
from isnad.coding.sentence import Sentence
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.numbers import Number

_OF_THEM = word_list("of_them")
_OF_NUMBER = re.compile(r" (?:موءلفه |مكونه )?من (?:\d|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع|عشر|اثن|احد)")
_ONE_OF_THEM = word_list("one_of_them")


def portions_of(
    doc: Document, sentence: Sentence, numbers: dict[int, Number]
) -> dict[int, ActorMention]:
    """Mentions that name a part of people counted before («بينهم طفلتان وممرض», «أحدهم ضابط»)."""
    out: dict[int, ActorMention] = {}
    marks = [m for m in sentence.prepositions if m.kind in ("part", "most")]
    last: ActorMention | None = None
    for m in sentence.actors:
        first = min(numbers[id(m)].start, m.start) if id(m) in numbers else m.start
        gap = doc.normal.text[last.end : first] if last is not None else ""
        if (
            last is not None
            and id(last) in out
            and last.kind == "count"
            and gap.strip() in _OF_THEM
        ):
            last.actor = m.actor  # «ثلاثة منهم أطفال»: who the part is, no further figure
            out[id(m)] = last
            continue
        carried = (
            last is not None
            and id(last) in out
            and _carries_on(sentence, last, first, gap)
            and m.start > last.end
        )
        marked = any(
            0 <= m.start - k.end <= 24 and _only_number(doc, k.end, m, sentence) for k in marks
        )
        one = word_before(doc.normal.text, m.word_start) in _ONE_OF_THEM
        inner = doc.normal.text[m.start : m.head_end] in _ONE_OF_THEM
        of_them = m.kind == "count" and word_after(doc, m.end) in _OF_THEM
        told = marked or one or inner or of_them
        if carried or (told and not _after_verb(sentence, m)):
            out[id(m)] = m
        last = m
    return out


def _carries_on(sentence: Sentence, last: ActorMention, first: int, gap: str) -> bool:
    """Whether only و parts two portions, or where the first is from («ستة من X وخمسة من Y»)."""
    if gap.strip() in ("و", "وال"):
        return True
    words = gap.split()
    if not words or words[0] != "من" or not (words[-1] == "و" or gap.rstrip() != gap):
        return False
    return any(last.end <= p.word_start and 0 <= first - p.end <= 3 for p in sentence.places)


def _after_verb(sentence: Sentence, m: ActorMention) -> bool:
    """«واستشهد منهم القائد», «فأصيب أحدهم»: no part of a figure, but whom the verb tells of."""
    verbs = [t for t in sentence.triggers if t.role == "outcome"]
    return any(0 <= m.word_start - t.end <= 7 for t in verbs)


def _only_number(doc: Document, at: int, m: ActorMention, sentence: Sentence) -> bool:
    """Whether only a figure stands between a point and a mention."""
    gap = doc.normal.text[at : m.word_start].strip()
    if not gap:
        return True
    return any(
        n.start >= at and n.end <= m.start + 1 and gap == doc.normal.text[n.start : n.end].strip()
        for n in sentence.numbers
    )


def count_portions(
    doc: Document, unit: Unit, out: list[Count], numbers: dict[int, Number],
    portions: dict[int, ActorMention], taken: set[int],
) -> list[Count]:  # fmt: skip
    """Add the parts of the figures before them; «معظمهم أطفال» gives none."""
    found: list[Count] = []
    for m in {id(p): p for p in portions.values()}.values():
        if not unit.start <= m.start < unit.end or id(m) in taken or not is_figure(doc, m, numbers):
            continue
        if any(
            k.kind == "most" and 0 <= m.start - k.end <= 24 and m.start > k.end
            for k in unit.sentence.prepositions
        ):
            continue
        whole = [c for c in out if c.start < m.start and c.outcome]
        if not whole:
            continue
        low, high, start, end = mention_count(m, numbers)
        who = m.id or whole[-1].actor
        found.append(Count(start, end, low, high, who, "part of a toll", whole[-1].outcome))
    return out + found


def is_figure(doc: Document, m: ActorMention, numbers: dict[int, Number]) -> bool:
    """A party as such and people already known («المدنيين») are no figure, nor is a rank."""
    if word_before(doc.normal.text, m.word_start) in ("برتبه", "رتبه"):
        return False
    n = numbers.get(id(m))
    if n is not None and not (n.high == 1 and collective(doc, m)):
        return True
    if m.kind in ("actor", "unknown") and not m.role:
        return False
    definite = doc.normal.text.startswith(("ال", "لل"), m.start)
    if definite and m.kind == "group" and (m.number == "plural" or collective(doc, m)):
        return False
    if collective(doc, m) and _OF_NUMBER.match(doc.normal.text, m.end):
        return False  # «دورية من ستة عناصر»: the figure is the people's
    return not (collective(doc, m) and word_before(doc.normal.text, m.word_start) == "من")


def word_after(doc: Document, at: int) -> str:
    words = doc.normal.text[at : at + 16].split()
    return words[0] if words else ""
