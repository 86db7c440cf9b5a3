"""Figures: the people harmed in a unit, each with the number that counts them.

In: a unit with its parts and the numbers that count its people. Out: casualties. A figure is
attached once.
"""

from __future__ import annotations

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.events import Count
from isnad.coding.parts import INDEFINITE_CLAUSE, Part, is_armed
from isnad.coding.people import collective, counted_mentions, mention_count, word_before
from isnad.coding.portions import count_portions, is_figure, portions_of
from isnad.coding.referred import INHERENT, by_cases, by_pronouns, taken_up, told_by
from isnad.coding.sentence import Sentence, Trig
from isnad.coding.tolls import (
    BY_FORM,
    denied,
    mixed_verbs,
    of_outcome_noun,
    says_people,
    total_of,
)
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.numbers import Number

__all__ = ["BY_KIND", "casualties", "counted_mentions"]

BY_KIND = "held or harmed by"
"""How the rule of a figure begins whose outcome is the deed's own («اغتيال فلان»)."""
_FALL = tuple(word_list("falls"))
_HELD_ALREADY = frozenset(
    ["release", "agreement", "negotiation", "protest", "torture", "aid", "operation"]
)
_STATES = frozenset(["captured", "detained", "displaced"])
_TOGETHER = [[], *([w] for w in word_list("in_company_of"))]
_RANKS = [w.split() for w in word_list("in_the_ranks_of")]
_ADVERBIAL = word_list("no_object")
_TELLERS = word_list("before_a_teller")


def casualties(
    doc: Document, unit: Unit, parts: list[Part], numbers: dict[int, Number], kind: str
) -> list[Count]:
    """The people harmed in a unit, in text order."""
    portions = portions_of(doc, unit.sentence, numbers)
    out, taken = _by_outcome_nouns(doc, unit, parts, numbers, kind, portions)
    out += _by_people(doc, unit, parts, numbers, taken | set(portions))
    out += by_pronouns(unit, out)
    out += taken_up(unit, numbers, out)
    out += by_cases(doc, unit, out)
    out = count_portions(doc, unit, sorted(out, key=lambda c: c.start), numbers, portions, taken)
    mixed = [c for c in out if c.outcome == "killed_or_wounded"]
    out = [c for c in out if c in mixed or not any(m.start <= c.start < m.end for m in mixed)]
    return _once(_without_bare(sorted(out, key=lambda c: c.start)))


def _without_bare(counts: list[Count]) -> list[Count]:
    """Without plurals whose number the same clause gives («شهداء مجزرة X 60 شهيدا»)."""
    told = {c.outcome for c in counts if c.rule.startswith(("figure of", "new total"))}
    return [
        c for c in counts
        if c.rule != BY_FORM or c.low != 2 or c.high
        or not (c.outcome in told or any(_counts_them(c, o) for o in counts))
    ]  # fmt: skip


def _counts_them(bare: Count, c: Count) -> bool:
    """Whether the words right after a bare plural count it: «جثامين ثلاثة من أبنائها»."""
    return c.outcome == bare.outcome and 0 <= c.start - bare.end <= 1


def _by_outcome_nouns(
    doc: Document,
    unit: Unit,
    parts: list[Part],
    numbers: dict[int, Number],
    kind: str,
    portions: dict[int, ActorMention],
) -> tuple[list[Count], set[int]]:
    """Counts of «قتلى», «جرحى», «شهيدان»…, and the ``id()`` of the mentions that they use up."""
    text = doc.normal.text
    out: list[Count] = []
    taken: set[int] = set()
    for t in unit.triggers:
        total = total_of(doc, unit.sentence, t)
        if total is not None:
            out.append(total)
        if not says_people(doc, t) or denied(doc, unit, t) or not _fits(t, kind):
            continue
        if t.outcome in _STATES and any(m.start <= t.start < m.end for m in portions.values()):
            continue  # «بينهم أسير محرر»: one of those counted before
        count = of_outcome_noun(doc, unit.sentence, t, numbers)
        if count is None or ("number" in t.entry.needs and count.rule == BY_FORM):
            continue
        follower = next((p for p in parts if _follows(doc, t, p)), None)
        inside = next((p for p in parts if p.mention.start <= t.start < p.mention.end), None)
        owner = inside or follower
        if owner is not None:
            if id(owner.mention) in numbers and count.rule == BY_FORM:
                low, high, start, end = mention_count(owner.mention, numbers)
                count = Count(
                    min(start, t.start),
                    end,
                    low,
                    high,
                    owner.mention.id,
                    "figure after the noun",
                    t.outcome or "",
                )
            count.actor = owner.mention.id
            taken.add(id(owner.mention))
        else:
            count.actor = _ranks_of(doc, unit.sentence, t) or count.actor
        if count.actor is None and text[t.start : t.end].startswith(("شهيد", "شهداء", "الشهداء")):
            count.actor = "civilians"
        taken |= {
            id(m)
            for m in unit.sentence.actors
            if m.kind != "actor" and count.start <= m.start < count.end
        }
        count.outcome = _told_before(unit, t, count) or count.outcome or "killed"
        out.append(count)
    return out, taken


def _ranks_of(doc: Document, sentence: Sentence, t: Trig) -> str | None:
    """Whose dead or wounded they are: «قتلى وجرحى في صفوف القوات», «إصابات بين المدنيين»."""
    for m in sentence.actors:
        if t.end < m.start and doc.normal.text[t.end : m.start].split() in _RANKS:
            return m.id
    return None


def _told_before(unit: Unit, t: Trig, count: Count) -> str | None:
    """«توفي أربعة من المصابين»: the wounded are whom the word before tells of."""
    for o in unit.sentence.triggers:
        beside = 0 <= count.start - o.end <= 1
        if beside and o is not t and o.role == "outcome" and o.outcome == "killed":
            return o.outcome
    return None


def _follows(doc: Document, t: Trig, p: Part) -> bool:
    """Whether a part says who the people of an outcome noun are («شهداء مدنيون», «قتلى من …»)."""
    if p.role != "victim" or not 0 <= p.mention.start - t.end <= 8:
        return False
    return doc.normal.text[t.end : p.mention.start].strip() in ("", "من", "ل")


def _fits(t: Trig, kind: str) -> bool:
    """Whether people by an outcome noun are that outcome of such an event.

    «6 أسرى» set free are not captured by it, «نازحون» shelled not displaced by it.
    """
    if t.outcome in ("captured", "detained"):
        return kind not in _HELD_ALREADY
    return t.outcome != "displaced" or kind in ("displacement", "@displaced")


def _by_people(
    doc: Document, unit: Unit, parts: list[Part], numbers: dict[int, Number], taken: set[int]
) -> list[Count]:
    """Counts of the people to whom a word of the unit tells what happened."""
    out: list[Count] = []
    previous: str | None = None
    end = -2
    for p in parts:
        m = p.mention
        if id(m) in taken:
            end = m.end
            continue
        if not _harmed(doc, unit, p, numbers, end):
            continue
        outcome, rule = _outcome_for(doc, unit, p)
        if not outcome or _tells(doc, unit.sentence, m):
            continue
        adjective = 0 <= m.start - end <= 1 and id(m) not in numbers
        end = m.end
        if adjective:
            continue  # «سائق مدني», «طفلان آخران», «والد الشاب»: one person told by two nouns
        if not is_figure(doc, m, numbers):
            previous = m.id
            continue
        low, high, start, last = mention_count(m, numbers)
        if low == high == 1 and collective(doc, m):
            low, high = 2, None
        who = previous if m.kind == "count" else m.id
        previous = who or previous
        out.append(Count(start, last, low, high, who, rule, outcome))
    return out


def _harmed(doc: Document, unit: Unit, p: Part, numbers: dict[int, Number], last: int) -> bool:
    """Whether a part is of those harmed: by its role, or by its place in the clause.

    By place: an object after a place («اعتقل الحاجز في البلدة عشرين شابا»), those with the one
    harmed («مقتل العقيد مع ثلاثة من مرافقيه»), a soldier who seems the killer
    («قتل جندي وأصيب اثنان»).
    """
    g, m = p.governor, p.mention
    if p.role in ("victim", "target", "both"):
        return True
    if fell(doc, p) and (id(m) in numbers or m.number in (1, 2)):
        return True
    if last >= 0 and g.preposition == "مع":
        return doc.normal.text[last : _start(m, numbers)].split() in _TOGETHER
    if g.trigger is None and id(m) in numbers and p.rule == "before a noun":
        return any(0 <= t.start - m.end <= 40 and _in_the_count(doc, t) for t in unit.triggers)
    if g.trigger is None or g.trigger not in unit.triggers or not g.trigger.verbal:
        return False
    if p.rule == "kill: subject" and g.direct:
        return m.kind == "group" and m.number in (1, 2) and _without_object(doc, m)
    counted = id(m) in numbers or (m.number in (1, 2) and _indefinite_person(doc, m))
    if p.role != "none" or not counted or g.direct or g.preposition != "في":
        return False
    return bool(told_by(g.trigger))


def fell(doc: Document, p: Part) -> bool:
    """«سقط ثلاثة من عناصر الأمن بكمين»: people who fall are killed."""
    t = p.governor.trigger
    if t is None or t.entry.role != "light" or not p.governor.direct or p.mention.kind == "outlet":
        return False
    return doc.normal.text[t.start : t.end].startswith(_FALL)


def _in_the_count(doc: Document, t: Trig) -> bool:
    """«لا يزال 41 شخصا في عداد المفقودين»: what became of those counted before."""
    return t.entry.type == "disappearance" and doc.normal.text.startswith("في عداد", t.start)


def _start(m: ActorMention, numbers: dict[int, Number]) -> int:
    n = numbers.get(id(m))
    return m.word_start if n is None else min(n.start, m.word_start)


def _without_object(doc: Document, m: ActorMention) -> bool:
    """Whether a verb's subject is followed by no object: a new clause, a preposition or nothing."""
    after = doc.normal.text[m.end : m.end + 24].split()
    return not after or after[0][0] in "وب،.؛" or after[0] in _ADVERBIAL


def _indefinite_person(doc: Document, m: ActorMention) -> bool:
    named = doc.normal.text.startswith(("ال", "لل"), m.start)
    return m.kind in ("group", "person") and not named and not is_armed(m)


def _tells(doc: Document, sentence: Sentence, m: ActorMention) -> bool:
    """Whether someone is named for what he says («وفقا لما ذكره الناطق», «لمراسل وكالة …»)."""
    if m.prefix.endswith("ل") and m.actor == "journalists":
        return True
    if m.prefix.endswith("ل") and word_before(doc.normal.text, m.word_start) in _TELLERS:
        return True
    return any(0 <= m.word_start - r.end <= 2 and r.kind != "accuse" for r in sentence.reports)


def _outcome_for(doc: Document, unit: Unit, p: Part) -> tuple[str, str]:
    """What happened to a part's people: from the outcome word that governs them, or the type."""
    m = p.mention
    own = next((t for t in unit.triggers if t.outcome and m.head_start < t.start < m.end), None)
    trig = own or p.governor.trigger
    if own is None and p.rule == INDEFINITE_CLAUSE:
        trig = next((t for t in unit.triggers if t.start >= m.end), trig)  # «على طفل قضى بقصف»
    if trig is None or trig not in unit.triggers:
        before = [t for t in unit.triggers if t.start < p.mention.start]
        before = [t for t in before if told_by(t)] or before  # «قيامها بجولة» tells no harm
        after = [t for t in unit.triggers if t.start >= p.mention.end]
        trig = (
            before[-1]
            if before and not (p.rule.endswith(("before its verb", "before a noun")))
            else (after[0] if after else None)
        )
    if trig is None or denied(doc, unit, trig):
        return "", ""
    if fell(doc, p) and trig is p.governor.trigger:
        return "killed", "people who fell"
    if trig.outcome and trig.role == "outcome":
        outcome = "killed_or_wounded" if mixed_verbs(doc, unit.sentence, trig) else trig.outcome
        return outcome, f"victim of {trig.entry.id}"
    if trig.role == "outcome_noun":
        return trig.outcome or "", f"counted by {trig.entry.id}"
    inherent = INHERENT.get(trig.entry.type)
    if inherent == "missing" and _of_life(doc, m):
        inherent = "killed"
    if inherent and p.role in ("target", "victim", "none"):
        return inherent, f"{BY_KIND} {trig.entry.id}"
    return "", ""


def _of_life(doc: Document, m: ActorMention) -> bool:
    """«فقدان شخصين لحياتهما»: they lost their lives, they are not missing."""
    after = doc.normal.text[m.end : m.end + 12].split()
    return bool(after) and after[0].lstrip("ل").startswith("حيات")


def _once(counts: list[Count]) -> list[Count]:
    out: list[Count] = []
    for c in counts:
        clash = next(
            (o for o in out if o.outcome == c.outcome and o.start < c.end and c.start < o.end), None
        )
        if clash is None:
            out.append(c)
    return out
