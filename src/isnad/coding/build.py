"""From the units of a sentence to events with their slots.

In: a sentence ready with triggers, marks and mentions. Out: events, each with its type, status,
participants, places, times, figures and sources.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from isnad.coding.actors import ActorMention
from isnad.coding.attribution import Attribution
from isnad.coding.authors import complete_initiators, fled_from
from isnad.coding.document import Document
from isnad.coding.equipment import forces, materiel
from isnad.coding.event_type import STRIKES, UNARMED, main_trigger, type_of
from isnad.coding.events import NEW_TOTAL, Event
from isnad.coding.figures import BY_KIND, casualties, counted_mentions
from isnad.coding.ledger import Ledger
from isnad.coding.parts import Part, is_armed
from isnad.coding.places import heads
from isnad.coding.responsibility import share_agents
from isnad.coding.roles import assign
from isnad.coding.scene import elsewhere, is_adjunct
from isnad.coding.sentence import Mark, Sentence
from isnad.coding.status import is_another, negated, status_of
from isnad.coding.treated import where_treated
from isnad.coding.units import Unit, find_units
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.times import TimeMention

_MOVING = frozenset(["deployment", "withdrawal", "displacement", "aid", "release"])
_PEACEFUL = frozenset(
    ["protest", "riot", "displacement", "agreement", "negotiation", "aid", "accident", "release"]
)
_BY_MEANS = frozenset(["chemical_attack", "explosive_device"])
"""Deeds named by their means, which are told wherever somebody is hit."""
_BULLET = 4  # code points of a dash or number before a line's first word
_EVENT_TIMES = frozenset(["point", "since", "until", "clock"])


def events_of(
    doc: Document, sentence: Sentence, attribution: Attribution, ledger: Ledger | None = None
) -> list[Event]:
    """The events that a sentence tells, in text order; the ``ledger`` notes what tells none."""
    ledger = ledger or Ledger()
    numbers = counted_mentions(doc, sentence)
    units = find_units(doc, sentence)
    parts = assign(doc, sentence, units, {k: n.start for k, n in numbers.items()})
    source_spans = [(r.start, r.end) for r in attribution.chain]
    source_spans += [(m.start, m.end) for m in _named_speakers(doc, sentence, source_spans)]
    tellers = [
        m for m in sentence.actors if any(s < m.end and m.start < e for s, e in source_spans)
    ]
    out: list[Event] = []
    opening: list[TimeMention] = []
    told: list[tuple[Unit, Event]] = []
    aimed = False  # whether the unit before was only aimed at
    for i, unit in enumerate(units):
        status, rule = status_of(doc, unit)
        if aimed and unit.link == "coord" and unit.triggers[0].pos == "noun":
            status, rule = "drop", "an aim, as what stands before it"
        aimed = status == "drop" and "aim" in rule
        if status == "drop" or not (unit.content or unit.outcomes or _sums_since(unit)):
            ledger.let_go(unit.triggers, rule if status == "drop" else "names no event by itself")
            if unit.link == "purpose" and out and not out[-1].places:
                out[-1].places = list(unit.places)  # «معارك من أجل السيطرة على X» are at X
            if not out and status != "drop":
                opening = _times(unit, attribution, len(units))
            continue
        own = [
            p
            for p in parts[i]
            if not _speaks(p, source_spans, sentence.reports) or _tells_its_own(doc, p, unit)
        ]
        event = _event(doc, unit, own, status, rule)
        event.places = [
            p for p in event.places if not any(s <= p.start and p.end <= e for s, e in source_spans)
        ]  # «طبيب في مشفى …»: where a source is, not where it happened
        seats = {p.start for p in event.places if attribution.dates_a_statement(p.start)}
        if 0 < len(seats) < len(event.places):  # «قالت الحكومة في X إن … في Y»
            event.places = [p for p in event.places if p.start not in seats]
        event.scene = [p for p in heads(doc.normal.text, event.places) if not p.anaphor]
        event.another = is_another(doc, unit)
        event.casualties = casualties(doc, unit, own, numbers, event.type)
        if status in ("foiled", "denied"):  # what the deed would have done was not done
            event.casualties = [c for c in event.casualties if not c.rule.startswith(BY_KIND)]
        event.type = type_of(unit, event, own)
        complete_initiators(doc, event, unit, out, tellers)
        if event.type == "displacement" and not event.initiators:
            event.initiators = fled_from(doc, units, parts, i)
        event.forces = forces(event.type, own, numbers)
        named = [p for p in event.initiators if not p.governor.counts]
        event.initiators = named or event.initiators
        drones = [
            p for p in event.targets
            if any(w.item == "drone" and p.mention.start <= w.start < p.mention.end
                   for w in sentence.weapons)
        ]  # fmt: skip
        event.materiel = materiel(unit, [*event.initiators, *drones], event.type)
        event.times = _times(unit, attribution, len(units)) or opening
        event.times = [
            t for t in event.times
            if not any(c.rule == NEW_TOTAL and c.start <= t.start < c.end for c in event.casualties)
        ]  # fmt: skip
        if unit.known:  # «ويأتي الهجوم بعد يومين من تفجير …»: it dates the earlier one
            event.times, opening = [], event.times
        if status != "planned":
            event.times = [_looking_back(t) for t in event.times]
        opening = opening if unit.known else []
        event.sources = attribution.over(min(t.start for t in unit.triggers))
        event.told = event.told or status in ("planned", "foiled", "denied", "ongoing")
        if status == "habit" and not any(c.low != 2 or c.high for c in event.casualties):
            ledger.let_go(unit.triggers, "a habit without a figure")
            continue
        if _general(unit, event):
            ledger.let_go(unit.triggers, "a present state of things without day or figure")
            continue
        needs = _lacks(event)
        if needs and event.type in _BY_MEANS and event.casualties:
            needs = ""
        if needs and out and _completes(out[-1], event):
            out[-1].casualties, out[-1].victims = event.casualties, event.victims
        elif needs and unit.outcomes and event.casualties and status == "happened":
            # «710 قتلوا منذ بدء معركة …»: the harm is told, whatever the deed lacks
            unit.triggers = [t for t in unit.triggers if t not in unit.content]
            event.trigger = main_trigger(unit)
            event.type, needs = type_of(unit, event, own), ""
        if needs:
            ledger.let_go(unit.triggers, f"told only with a {needs}, and none is named")
            if out and out[-1].status == event.status:  # its place and day are the event's
                out[-1].places = out[-1].places or event.places
                out[-1].times = out[-1].times or event.times
            continue
        if status == "habit" or (status == "ongoing" and event.type == "losses"):
            event.status = "happened"  # a toll up to a day has happened (finer rule 7)
        event.known = unit.known
        event.received = any(where_treated(doc, p) == "surely" for p in unit.places)
        if unit.link == "prompted" and out and not out[-1].places:
            out[-1].places = list(event.places)  # «نزوح … جراء القصف على X»
            out[-1].inherited.add("place")
        out.append(event)
        told.append((unit, event))
    _share_what_follows(doc, out)
    share_agents(told)
    return out


def _sums_since(unit: Unit) -> bool:
    """Whether a word of summing stands with «منذ» («بلغ عدد القتلى منذ مطلع العام 340»)."""
    since = any(t.kind == "since" for t in unit.sentence.times)
    return since and any(t.role == "sum" for t in unit.triggers)


def _share_what_follows(doc: Document, events: list[Event]) -> None:
    """Give coordinated deeds of one author the place and day told after the last of them.

    «قتلت X مئة واغتصبت نساء ونهبت منازل في الجنينة أمس»: all in الجنينة, all of yesterday.
    """
    for before, after in reversed(list(pairwise(events))):
        verbs = before.trigger.verbal and after.trigger.verbal and after.trigger.conj
        if not (verbs and after.link == "coord" and before.initiators):
            continue
        if not {p.mention.start for p in before.initiators} & {
            p.mention.start for p in after.initiators
        }:
            continue
        scene = [p for p in after.places if is_adjunct(doc, p)]
        if not before.places and scene:
            before.places = scene
            before.inherited.add("place")
        if not before.times:
            before.times = list(after.times)
            before.inherited.add("time")


def _general(unit: Unit, event: Event) -> bool:
    """A present state of things without day or figure is no claim (finer rule 7)."""
    if unit.sentence.block.kind == "title" or event.status in ("planned", "foiled", "denied"):
        return False
    if event.status == "ongoing" and event.places and event.initiators:
        return False  # «تستمر الاشتباكات بين X وY في Z»
    verbs = [t.pos for t in unit.triggers if t.verbal]
    present = verbs[:1] == ["present"]
    stative = any(t.pos == "present" and t.role == "light" for t in unit.triggers)
    if unit.sentence.block.kind != "body" or not (stative or unit.sentence.number > 1):
        return False
    return present and not event.times and not event.casualties and not event.materiel


def _completes(before: Event, event: Event) -> bool:
    """Whether people hit, named without a deed of their own, are those of the event before."""
    violent = before.type in STRIKES | {"armed_clash", "drone_strike", "ambush"}
    return violent and bool(event.casualties) and not before.casualties


def _lacks(event: Event) -> str:
    """What the event's trigger asks for (column ``needs`` of the triggers) and is not named."""
    armed = any(
        is_armed(p.mention) or (p.mention.kind == "person" and p.mention.group)
        for p in event.initiators
    )
    unreal = event.status in ("planned", "denied", "foiled") and bool(event.places)
    unreal = unreal and event.type != "deployment"
    has = {
        "party": armed or unreal or bool(event.forces or event.materiel),
        "figure": bool(event.casualties),
        "people": bool(event.targets or event.victims or event.casualties),
        "materiel": bool(event.materiel),
        "place": bool(event.places),
    }
    return next((need for need in event.trigger.entry.needs if not has.get(need, True)), "")


def _speaks(part: Part, spans: list[tuple[int, int]], reports: list[Mark]) -> bool:
    """A mention that only says it («أعلنت وزارة الدفاع…») is no party to it."""
    m = part.mention
    trig = part.governor.trigger
    if not any(s < m.end and m.start < e for s, e in spans):
        return False
    # «… أسروا عنصرين، قال ناطق باسم X»: the word of saying stands nearer than the event
    return trig is None or any(
        trig.end <= r.start and r.end <= m.start and r.kind != "claimed" for r in reports
    )


def _named_speakers(
    doc: Document, sentence: Sentence, spans: list[tuple[int, int]]
) -> list[ActorMention]:
    """Persons whose name stands in apposition to a source: «المتحدث باسم X، العميد فلان، إن»."""
    ends = [end for _, end in spans]
    text = doc.normal.text
    return [
        m
        for m in sentence.actors
        if m.kind == "person"
        and any(e <= m.start and text[e : m.word_start].strip() in ("،", "(") for e in ends)
    ]


_OF_ITSELF = word_list("of_itself")


def _tells_its_own(doc: Document, part: Part, unit: Unit) -> bool:
    """Whether a speaker tells its own deed: «أعلنت X أنها قصفت …»."""
    if part.role != "initiator" or not is_armed(part.mention):
        return False
    verb = next((t for t in unit.triggers if t.verbal), None)
    if verb is None or verb.passive or verb.start < part.mention.end:
        return False
    i = bisect_left(doc.tokens, verb.word_start, key=lambda t: t.start)
    lead = doc.tokens[max(0, i - 3) : i]
    return any(t.text in _OF_ITSELF and t.start >= part.mention.end for t in lead)


def _event(doc: Document, unit: Unit, parts: list[Part], status: str, rule: str) -> Event:
    main = main_trigger(unit)
    event = Event(main.entry.type, main, unit.sentence, unit.link)
    event.status, event.status_rule = status, rule
    event.generic = not any(
        t.role in ("event", "raid", "sum", "instrument") and not negated(unit, t)
        for t in unit.triggers
    )
    event.anaphoric = _points_back(unit)
    for p in parts:
        if p.role in ("initiator", "both"):
            closing = main.entry.type == "siege" and p.mention.id in UNARMED
            closing = closing or p.mention.id == "protesters"
            if main.entry.type == "aid" and p.mention.kind == "unknown":
                continue  # «قافلة مساعدات»: the aid, not who brings it
            if main.entry.type in _PEACEFUL or closing or _may_act(p):
                event.initiators.append(p)
        elif p.role == "target" and not _only_tells(p):
            event.targets.append(p)
        elif p.role == "victim" and not _only_tells(p):
            event.victims.append(p)
    moving = main.entry.type in _MOVING
    event.places = list(unit.places) if moving else [
        p for p in unit.places if not elsewhere(doc, unit, p)
    ]  # fmt: skip
    event.evidence = [unit.sentence]
    event.hits = [
        (m.start, m.end, m.kind) for m in unit.sentence.things
        if unit.start <= m.start < unit.end and m.kind != "military_site"
    ]  # fmt: skip
    event.told = _is_told(doc, unit)
    event.triggers = list(unit.triggers)
    event.rules = [f"{t.entry.id} ({t.pos})" for t in unit.triggers]
    return event


def _points_back(unit: Unit) -> bool:
    """Whether definite nouns name the event («القصف», «الهجوم استهدف …»), as one told before."""
    content = unit.content
    if not content or not content[0].definite:
        return False
    first = unit.triggers[0]
    head = first.pos == "noun" and first.word_start - unit.sentence.start <= _BULLET
    if head and unit.sentence.block.kind in ("title", "item"):
        return False  # «• العثور على جثة …»: a line that begins so takes nothing up
    return all(t.definite or (t.verbal and t.role == "generic") for t in content)


def _only_tells(part: Part) -> bool:
    """Outlets and monitors are named for what they say, not as those hit."""
    return part.mention.kind in ("outlet", "monitor") or part.mention.category in (
        "media",
        "monitor",
        "outlet",
    )


def _may_act(part: Part) -> bool:
    """Whether a part can be the author of violence: a party, armed people, or a person."""
    m = part.mention
    if m.kind in ("count", "outlet", "monitor"):
        return False
    return m.kind == "person" or m.category == "political_party" or is_armed(m)


def _is_told(doc: Document, unit: Unit) -> bool:
    """Whether the clause tells the event, or only names it in passing («تعليقا على اغتيال…»).

    Told: by a verb, at the head of a clause, as what a source reports, or in a headline or a
    bulletin's line.
    """
    if unit.sentence.block.kind in ("title", "item", "head"):
        return True
    if unit.link == "sequel" or any(t.verbal for t in unit.triggers) or _prompted(unit):
        return True
    if unit.triggers[0].entry.frame == "pact" and unit.triggers[0].definite:
        return False  # «الاتفاق»، «الهدنة»: one told of before
    first = unit.triggers[0]
    lead = doc.normal.text[unit.sentence.start : first.word_start]
    cut = max((lead.rfind(c) for c in "،؛:.!؟\n|/()-"), default=-1)
    if len(lead[cut + 1 :].split()) <= 2:
        return True
    reported = any(0 <= first.word_start - m.end <= 30 for m in unit.sentence.reports)
    if first.prefix[:1] == "ب" or lead.split()[-1:] in _TOLD_OF or reported:
        return any(m.end <= first.word_start <= m.end + 60 for m in unit.sentence.reports)
    return any(
        0 <= first.word_start - m.end <= 3 and m.kind in ("result", "break")
        for m in unit.sentence.links
    )


_TOLD_OF = (["عن"], ["ان"], ["بان"])
"""What stands before the deed that a source tells («كشف مصدر … عن انطلاق عملية»)."""


def _prompted(unit: Unit) -> bool:
    """«ما دفع X إلى شن حملات», «ما اضطر X إلى الانسحاب»: told as what came of it."""
    first = unit.triggers[0]
    return any(
        c.kind == "prompted" and c.end <= first.word_start <= c.end + _PROMPTING
        for c in unit.sentence.cues
    )


_PROMPTING = 60  # code points from «ما دفع» to what it led to, over the party's name


def _times(unit: Unit, attribution: Attribution, units: int) -> list[TimeMention]:
    """Times in the unit's stretch that date it; a sentence with one event owns all its times."""
    out = []
    for t in unit.sentence.times:
        if t.kind not in _EVENT_TIMES or "metonym" in t.flags or "anniversary" in t.flags:
            continue
        inside = units == 1 or unit.start <= t.start < unit.end
        if not inside:
            continue
        if attribution.dates_a_statement(t.start):
            continue
        out.append(t)
    return out


def _looking_back(t: TimeMention) -> TimeMention:
    """«نزح مئة ألف خلال يومين»: what happened did so in the days up to the report."""
    if "direction-unstated" not in t.flags or t.earliest is None or t.latest is None:
        return t
    today = t.earliest - dt.timedelta(days=1)
    return replace(t, earliest=today - (t.latest - today), latest=today)


def people_hit(event: Event) -> list[Part]:
    """Victims to be listed as targets where no broader target is named (finer rule 4)."""
    if event.type in ("armed_clash", "accident", "losses") and any(
        is_armed(p.mention) for p in event.victims
    ):
        return event.victims if event.type != "armed_clash" else []
    return event.victims
