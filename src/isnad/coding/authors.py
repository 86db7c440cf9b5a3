"""Authors that a clause leaves out: an elided subject, a party telling of its own deed, a crowd."""

from __future__ import annotations

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.events import Event
from isnad.coding.parts import Part, is_armed
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list

_OWN_DEEDS = frozenset(
    [
        "armed_attack",
        "shelling",
        "air_strike",
        "drone_strike",
        "explosive_device",
        "ambush",
        "territory_gained",
        "withdrawal",
        "deployment",
        "operation",
        "weapons_neutralised",
        "detention",
        "abduction",
        "release",
        "execution",
        "assassination",
        "property_destruction",
        "siege",
        "chemical_attack",
        "suicide_bombing",
        "vehicle_bomb",
        "killing",
        "sexual_violence",
        "torture",
    ]
)


def complete_initiators(
    doc: Document, event: Event, unit: Unit, before: list[Event], tellers: list[ActorMention]
) -> None:
    """Give an event the initiators that its clause leaves out, and groups the type's name."""
    if event.type in ("protest", "riot"):
        _crowd(event)
    event.initiators = [
        p
        for p in event.initiators
        if p.mention.id not in _NOBODY or (p.mention.head not in _BOMBERS and not _bomber(doc, p))
    ]
    if event.type not in ("armed_clash", "deployment"):
        for p in event.initiators:
            if p.mention.actor == "fighters" and doc.normal.text.startswith(
                _GUNMEN, p.mention.start
            ):
                p.mention.actor = "unidentified-gunmen"
    if event.type == "armed_clash":
        _sides_of_the_fallen(event)
    if event.initiators:
        return
    trig = event.trigger
    if (
        trig.pos == "noun"
        and trig.enclitic in ("هم", "ها", "ه", "هما")
        and event.type == "withdrawal"
    ):
        named = [m for m in unit.sentence.actors if m.end < trig.start and is_armed(m)]
        if named:  # «زرعها مقاتلو التنظيم قبل انسحابهم»
            event.initiators = [Part(named[-1], "initiator", "whom the pronoun takes up")]
            return
    own = _own_deed(event, unit, tellers)
    verb = next((t for t in unit.triggers if t.verbal and t.entry.voice == "active"), None)
    if own is not None:
        event.initiators = [Part(own, "initiator", "announces its own deed")]
    elif verb is not None and not verb.passive and before and event.type in _OWN_DEEDS:
        told = [e for e in before if any(t.verbal for t in e.triggers)] or before
        event.initiators = [
            Part(p.mention, "initiator", "subject carried on", p.governor)
            for p in told[-1].initiators
        ]  # of a verb: «اقتحم X البلدة وسط اشتباكات مع Y، واعتقل …»


def _own_deed(event: Event, unit: Unit, tellers: list[ActorMention]) -> ActorMention | None:
    """Who tells of a deed by a noun with no author of its own («أعلن ناطق باسم X تنفيذ عملية»)."""
    first = unit.triggers[0]
    nominal = event.trigger.pos == "noun" or (first.pos == "noun" and first.role == "light")
    if not nominal or event.type not in _OWN_DEEDS:
        return None
    if event.status == "denied" and first.entry.frame in ("happen", "suffer"):
        return None  # «نفت X وقوع هجوم»
    if event.trigger.entry.frame in ("victim", "count", "blast"):
        return None
    if any(t.outcome and t.start < event.trigger.start for t in unit.triggers):
        return None
    accuses = any(r.kind == "accuse" for r in unit.sentence.reports)
    near = [m for m in tellers if 0 <= first.word_start - m.end <= _ANNOUNCED]
    armed = [m for m in near if is_armed(m) or (m.role == "spokesman" and m.id and not accuses)]
    return armed[-1] if armed else None


_ANNOUNCED = 60  # code points from who tells it to the deed


_FLIGHT = word_list("flight")


def fled_from(
    doc: Document, units: list[Unit], parts: dict[int, list[Part]], at: int
) -> list[Part]:
    """Whom people fled, where the deed that drove them out is told beside (GUIDELINES, rule 5).

    «نزحت … هربا من هجمات X»: the deed after a word of flight; «أدت هجمات X إلى نزوح …»: the noun
    that brought the flight about, before it.
    """
    unit = units[at]
    beside: list[int] = []
    if at + 1 < len(units):
        gap = doc.normal.text[unit.triggers[-1].end : units[at + 1].triggers[0].word_start]
        if _FLIGHT & set(gap.replace("،", " ").split()[-5:]):
            beside.append(at + 1)
    noun = unit.triggers[0].pos == "noun"
    if at and noun and unit.link in ("near", "result", "predicate", "purpose", "cause"):
        beside.append(at - 1)
    for i in beside:
        found = [p for p in parts[i] if p.role in ("initiator", "both") and is_armed(p.mention)]
        if found:
            return [Part(p.mention, "initiator", "whom they fled", p.governor) for p in found]
    return []


def _sides_of_the_fallen(event: Event) -> None:
    """Who fell in a clash fought in it: «قتل جنديان من X في اشتباكات مع Y» is of X and Y."""
    if any("both" in p.mention.flags for p in event.initiators):
        return  # «بين الطرفين»
    known = {p.mention.id for p in event.initiators} | {p.mention.id for p in event.targets}
    fell: list[Part] = []
    for p in event.victims:
        m = p.mention
        party = m.group is not None if m.kind == "person" else is_armed(m) and m.kind != "group"
        if len(known) < _SIDES and party and p.mention.id not in {None, *known}:
            known.add(p.mention.id)
            fell.append(Part(p.mention, "both", "fell in the clash", p.governor))
    if event.initiators or len(fell) == _SIDES or not event.trigger.definite:
        event.initiators = sorted([*event.initiators, *fell], key=lambda p: p.mention.start)


_SIDES = 2
_NOBODY = frozenset([None, "fighters", "unidentified-gunmen"])
_BOMBERS = word_list("bombers")
_BOMBER_BEGINS = (*_BOMBERS, "الانتحاري")
_GUNMEN = tuple(sorted(word_list("gunmen")))


def _bomber(doc: Document, part: Part) -> bool:
    """A suicide bomber is the means; the initiator is who sent him («انتحاري من X»)."""
    return doc.normal.text.startswith(_BOMBER_BEGINS, part.mention.start)


_CROWDS = frozenset(["identity_militia", "tribe", "political_party"])
"""Kinds of actors that protest or riot as a crowd («رشق مستوطنون سيارات»)."""


def _crowd(event: Event) -> None:
    """Who protests: the people named, else the crowd that the trigger itself names."""
    named = [
        p
        for p in (*event.initiators, *event.targets, *event.victims)
        if p.mention.kind in ("group", "count", "person")
    ]
    people = [p for p in event.initiators if p in named or p.mention.category in _CROWDS]
    for p in people:
        if p.mention.actor in (None, "civilians", "men", "women", "students"):
            p.mention.actor = "protesters"
            p.mention.kind = "group"  # «خرج الآلاف»: a figure that stands for people
    event.initiators = people
    if not people:
        t = event.trigger
        crowd = ActorMention(
            start=t.start,
            end=t.end,
            head_start=t.start,
            head_end=t.end,
            word_start=t.word_start,
            actor="protesters",
            kind="group",
            category="group",
            number="plural",
            why="the crowd that the word names",
        )
        event.initiators = [Part(crowd, "initiator", "the crowd of the trigger")]
