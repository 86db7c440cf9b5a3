"""Authors that another clause names: who claims the deed, and whose agent stands after a series.

In: the events of a sentence, in text order. Out: the same events, with initiators set.
"""

from __future__ import annotations

from isnad.coding.actors import ActorMention
from isnad.coding.attribution import Attribution
from isnad.coding.document import Document
from isnad.coding.events import Event
from isnad.coding.parts import Part, is_armed
from isnad.coding.sentence import Mark, Sentence
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list

_CLAIMABLE = frozenset(
    [
        "armed_attack", "ambush", "shelling", "drone_strike", "explosive_device", "vehicle_bomb",
        "suicide_bombing", "assassination", "execution", "killing", "abduction", "air_strike",
        "property_destruction", "losses",
    ]
)  # fmt: skip
_RELATIVES = word_list("who_relatives")
_NAMELESS = frozenset([None, "fighters", "unidentified-gunmen", "men", "civilians"])


def claimants(doc: Document, sentence: Sentence, attribution: Attribution) -> list[Part]:
    """The parties that take responsibility in a sentence («وتبنى تنظيم الدولة العملية»)."""
    words = {m.start for m in sentence.reports if m.kind == "claimed"}
    spans = [(r.start, r.end) for t in attribution.tellings if t.at in words for r in t.chain]
    for m in sentence.actors:  # «وأعلنت طالبان مسؤوليتها»
        if doc.normal.text[m.end : m.end + 10].lstrip('» "').startswith("مسوولي"):
            spans.append((m.start, m.end))
    claims = [r for r in sentence.reports if r.kind == "claimed"]
    spans += [(m.start, m.end) for m in sentence.actors if _antecedent(doc, m, claims)]
    out = [
        Part(m, "initiator", "takes responsibility")
        for m in sentence.actors
        if is_armed(m) and m.id and any(s <= m.start and m.end <= e for s, e in spans)
    ]
    return out or _accused(sentence, attribution)


def _antecedent(doc: Document, mention: ActorMention, claims: list[Mark]) -> bool:
    """Whether a relative clause says that the party claims a deed: «حركة X، التي تبنت هجوما»."""
    for verb in claims:
        between = doc.normal.text[mention.end : verb.word_start].strip(' ،"»)”')
        if verb.start >= mention.end and between in _RELATIVES:
            return True
    return False


def _accused(sentence: Sentence, attribution: Attribution) -> list[Part]:
    """Whom somebody holds responsible: the first party after the accuser and the verb."""
    for verb in sentence.reports:
        if verb.kind != "accuse":
            continue
        tellers = [r for t in attribution.tellings if t.at == verb.start for r in t.chain]
        if not tellers:
            continue
        after = max(verb.end, *(r.end for r in tellers))
        named = [m for m in sentence.actors if m.start >= after and is_armed(m) and m.id]
        if named and named[0].word_start - after <= 30:
            return [Part(named[0], "initiator", "held responsible")]
    return []


def take_responsibility(parts: list[Part], found: list[Event], earlier: list[Event]) -> None:
    """Make ``parts`` the initiators of the deeds of their sentence, else of the last deed before
    it, unless these have an initiator by name."""
    if not parts:
        return
    deeds = [e for e in found if e.type in _CLAIMABLE]
    if not deeds and not found:
        deeds = [e for e in earlier if e.type in _CLAIMABLE][-1:]
    for event in deeds:
        if all(p.mention.id in _NAMELESS for p in event.initiators):
            event.initiators = list(parts)


def share_agents(told: list[tuple[Unit, Event]]) -> None:
    """Give an author named after the last of several joined nouns to all of them
    («تصفية ثلاثة وتدمير وكر على يد X»)."""
    for (_, before), (unit, event) in zip(reversed(told[:-1]), reversed(told[1:]), strict=True):
        agents = [p for p in event.initiators if p.governor.preposition == "agent"]
        first = event.initiators[:1] == agents[:1]
        plain = before.trigger.pos == "noun" or before.trigger.passive
        if agents and first and plain and not before.initiators and unit.link == "coord":
            before.initiators = list(event.initiators)
