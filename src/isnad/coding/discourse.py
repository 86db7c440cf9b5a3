"""One event told in title, lead and body is one claim; what is left unsaid is carried forward.

In: events in text order. Out: events told once, with all their evidence, and with places and times
carried forward where the text goes on about the same thing.
"""

from __future__ import annotations

from isnad.coding.document import Document
from isnad.coding.events import NAMED, Event, has_new_total
from isnad.coding.ledger import Ledger
from isnad.coding.likeness import CLOSE, FAMILIES, likeness
from isnad.coding.merging import merge
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.times import TimeMention

_SAME = 2.0
"""Threshold of :func:`likeness`: type alone just reaches it, any contradiction undoes it."""


def tell_once(doc: Document, events: list[Event], ledger: Ledger | None = None) -> list[Event]:
    """Merge tellings of one event; the result keeps the order of first telling."""
    ledger = ledger or Ledger()
    told: list[Event] = []
    latest: Event | None = None
    for event in events:
        again = revises(event) or tells_a_part(doc, event)
        if latest is not None and again and _just_told(latest, event):
            event.times = []  # they date the count
            merge(latest, event)
            continue
        best, best_score = None, _SAME
        for age, earlier in enumerate(reversed(told)):
            score = likeness(earlier, event, age)
            if score >= best_score + (0.01 if best is not None else 0):
                best, best_score = earlier, score
        if best is not None:
            merge(best, event)
            latest = best
        elif tells_enough(event):
            if latest is not None:
                _carry_forward(latest, event)
            told.append(event)
            latest = event
        else:
            ledger.let_go(event.triggers, "names no place, day, figure or deed of its own")
    return told


def revises(event: Event) -> bool:
    """Whether a sentence only gives another figure («ارتفعت الحصيلة إلى 46», «حصيلة سابقة …»)."""
    elsewhere = any(not p.anaphor for p in event.places)
    if elsewhere or not event.casualties or event.status != "happened":
        return False
    if any(t.kind in ("since", "until") for t in event.times):
        return False  # a sum over a period is a claim of its own
    told = {t.role for t in event.triggers}
    figures = told <= {"sum", "outcome", "outcome_noun", "light"}
    return figures and ("sum" in told or has_new_total(event) or event.received)


def tells_a_part(doc: Document, event: Event) -> bool:
    """Whether a sentence only says who some of those told of were («من بين القتلى ثلاثة أطباء»)."""
    first = event.triggers[0] if event.triggers else event.trigger
    if not (first.role == "outcome_noun" and first.definite and event.casualties):
        return False
    lead = doc.normal.text[max(0, first.word_start - 6) : first.word_start].split()
    figures = all(t.role in ("outcome", "outcome_noun", "light") for t in event.triggers)
    return figures and not event.places and bool(lead) and lead[-1].lstrip("و") in _AMONG


_AMONG = word_list("among")


def _names_its_dead(event: Event) -> bool:
    """Whether the dead told of are named («الشهيد فلان ارتقى …», «الشهداء: فلان وفلان»)."""
    named = [c for c in event.casualties if c.rule == NAMED]
    told = any(t.role != "outcome_noun" for t in event.triggers)
    return bool(named) and (told or sum(c.low or 0 for c in named) > 1)


def _just_told(last: Event, event: Event) -> bool:
    """Whether ``last`` is an event with figures of its own, told a few sentences before."""
    gap = event.sentence.number - max(s.number for s in last.evidence)
    same = {c.outcome for c in last.casualties} & {c.outcome for c in event.casualties}
    risen = has_new_total(event) and bool(last.casualties)  # «وارتفع عدد الجرحى إلى …»
    return 0 <= gap <= CLOSE and (bool(same) or risen) and last.status == "happened"


def tells_enough(event: Event) -> bool:
    """Whether an event is one of its own: a place, a day, a figure, or a deed with a party.

    GUIDELINES, Types: background is a claim when it has at least one of these of its own.
    """
    people = event.trigger.role == "outcome_noun" and event.trigger.definite
    if (event.known and not event.scene) or (
        people and not has_new_total(event) and not _names_its_dead(event)
    ):
        return False  # «نُقل الجرحى إلى…» tells of people already told of
    if not event.told:
        if event.type in ("agreement", "negotiation"):
            return bool(event.times) or len(event.initiators) >= 2
        return bool(event.casualties) or bool(event.times and event.places)
    headed = event.sentence.block.kind in ("title", "item") and not _looks_back(event)
    if headed or (event.places and not event.generic):
        return True
    if event.casualties or event.forces or event.materiel or event.times:
        return True
    if event.status == "planned" and event.initiators and (event.targets or event.hits):
        return True  # «هددت X باستهداف Y»
    if event.status in ("denied", "foiled") and (event.targets or event.hits):
        return True  # «ننفي احتجاز موظفين»
    if event.generic:
        return bool(
            event.places
            and (event.initiators or event.targets or event.status == "denied")
            and (_begun(event) or event.status in ("foiled", "denied"))
        )
    parties = event.targets or event.initiators or event.victims
    if event.type in ("sexual_violence", "torture") and (event.targets or event.victims):
        return True
    told = event.trigger.role == "event" and not event.trigger.definite
    done = any(t.pos == "past" and (t.role != "light" or told) for t in event.triggers)
    return done and bool(parties or event.hits)


def _begun(event: Event) -> bool:
    """Whether a word says that the deed was done: a verb, or «انطلاق», «شن», «تنفيذ» before it."""
    return any(t.verbal or t.role == "light" for t in event.triggers)


def _looks_back(event: Event) -> bool:
    """«أفرج عن ثلاثة بعد احتجازهم»: what was done before to those just told of."""
    trig = event.trigger
    return trig.pos == "noun" and bool(trig.enclitic) and event.link == "break"


def _carry_forward(last: Event, event: Event) -> None:
    """Give an event without place or time those of the event it continues, the one told last."""
    same_sentence = any(s is event.sentence for s in last.evidence)
    close = event.sentence.number - max(s.number for s in last.evidence) <= 1
    if _same_authors(last, event, close):
        event.initiators = list(last.initiators)
        event.inherited.add("initiators")
    near = same_sentence or (close and event.link != "break" and event.type != "losses")
    if not event.places and last.places and near:
        event.places = list(last.places)
        event.inherited.add("place")
    if not event.times and last.times and same_sentence and event.status == last.status:
        event.times = list(last.times)
        event.inherited.add("time")


_DEEDS = frozenset(["attack", "aim", "raid", "gain", "detain", "destroy", "operate"])


def _same_authors(last: Event, event: Event, close: bool) -> bool:
    """Whether ``event`` names no author because the one told before goes on.

    «كما طال القصف قرية …»: a definite noun takes up the deed; «واستهدفت أيضا …»: a verb without
    a subject has that of the sentence before.
    """
    if event.initiators or not last.initiators or not close:
        return False
    alike = event.type == last.type or any({event.type, last.type} <= f for f in FAMILIES)
    if event.anaphoric and alike:
        return True
    trig = event.trigger
    dropped = trig.verbal and not trig.passive and trig.entry.voice == "active"
    return dropped and alike and trig.entry.frame in _DEEDS


def best_times(times: list[TimeMention]) -> TimeMention | None:
    """The time that says most: resolved, then narrow, then told first."""
    dated = [t for t in times if t.kind != "clock"] or times
    if not dated:
        return None

    def rank(t: TimeMention) -> tuple[int, int, int]:
        known = 0 if t.earliest or t.latest else 1
        wide = int(
            t.earliest is not None and t.latest is not None and (t.latest - t.earliest).days > 7
        )
        return known, wide, t.start

    return min(dated, key=rank)
