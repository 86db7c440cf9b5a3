"""Which triggers of a sentence tell one event.

In: a sentence with its triggers and marks. Out: groups of triggers. Two neighbouring triggers are
linked by what stands between them («جراء», «ما أدى إلى», «الذي», «و», «فيما»); strong links join,
coordination joins only what cannot be an event of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from isnad.coding.document import Document
from isnad.coding.governors import opens_clause
from isnad.coding.parts import is_armed
from isnad.coding.places import PlaceMention
from isnad.coding.sentence import Sentence, Trig
from isnad.knowledge.word_lists import word_list

_JOIN = frozenset(["cause", "result", "relative", "during", "carry", "predicate", "same", "after"])
_PROMPTED = frozenset(
    [
        "deployment", "agreement", "negotiation", "protest", "riot", "release", "siege",
        "operation", "displacement", "withdrawal",
    ]
)  # fmt: skip
_BLOWS = frozenset(
    [
        "shelling",
        "air_strike",
        "drone_strike",
        "explosive_device",
        "vehicle_bomb",
        "suicide_bombing",
    ]
)
_FOUGHT = frozenset(["armed_attack", "armed_clash", "operation", "shelling", "air_strike"])
"""Kinds of fighting that are done to take a place."""
_CONSEQUENT = frozenset(["displacement", "withdrawal", "protest", "riot", "siege"])
"""What other events lead to, and what is still an event of its own."""
_APART = frozenset(["break", "prompted", "sequel"])
"""Links after which another event is told."""
_SETTINGS = frozenset(["operation", "detention"])
"""What is rather the setting of somebody shot than how («برصاص … أثناء عملية أمنية»)."""
_FIGHTING = frozenset(["territory_gained", "armed_clash", "armed_attack", "ambush", "operation"])
_WON = frozenset(["hit_armour", "seize_arms"])
_HELD = frozenset(["detained", "captured", "displaced"])
_ROLES_OF_CONTENT = frozenset(["event", "generic", "raid", "instrument"])
_ALIKE = (
    frozenset(
        ["shelling", "air_strike", "drone_strike", "chemical_attack", "armed_attack", "killing"]
    ),
    frozenset(
        [
            "explosive_device",
            "vehicle_bomb",
            "suicide_bombing",
            "armed_attack",
            "killing",
            "chemical_attack",
        ]
    ),
    frozenset(
        ["armed_clash", "armed_attack", "ambush", "territory_gained", "killing", "operation"]
    ),
    frozenset(
        [
            "killing",
            "assassination",
            "execution",
            "ambush",
            "armed_attack",
            "abduction",
            "torture",
            "sexual_violence",
        ]
    ),
    frozenset(["abduction", "detention", "disappearance"]),
    frozenset(["deployment", "operation", "withdrawal", "siege"]),
    frozenset(["agreement", "negotiation"]),
    frozenset(["protest", "riot"]),
)
"""Kinds that one event may be told by."""


@dataclass(slots=True, eq=False)
class Unit:
    """Triggers of one sentence that tell one event, and the stretch they govern."""

    sentence: Sentence
    triggers: list[Trig]
    link: str = "first"
    start: int = 0
    end: int = 0
    places: list[PlaceMention] = field(default_factory=list)
    known: bool = False
    """Whether it only recalls an event told before («ويأتي الهجوم بعد …»)."""
    asides: list[Trig] = field(default_factory=list)
    """Triggers of what went on meanwhile or before («هجوم … خلال تقدمها»): not what was done."""

    @property
    def content(self) -> list[Trig]:
        """Triggers that give the event a type of its own."""
        return [t for t in self.triggers if t.role in _ROLES_OF_CONTENT]

    @property
    def outcomes(self) -> list[Trig]:
        return [t for t in self.triggers if t.outcome]


def link_between(doc: Document, sentence: Sentence, a: Trig, b: Trig) -> str:
    """How trigger ``b`` hangs on the trigger ``a`` before it."""
    gap = doc.normal.text[a.end : b.word_start]
    if b.verbal and any(
        a.end <= m.word_start and m.end <= b.word_start and opens_clause(sentence, m)
        for m in sentence.actors
    ):
        return "break"
    marks = [m for m in sentence.links if a.end <= m.word_start and m.end <= b.start]
    before = gap.split()
    last = before[-1] if before else ""
    near = [m for m in marks if b.word_start - m.end <= 12]
    if "،" in gap and any(
        m.kind == "answer" and m.end <= a.start and "،" not in doc.normal.text[m.end : a.start]
        for m in sentence.links
    ):
        return "break"  # «ردا على قصف X، استهدفت Y»: what is answered is told before its answer
    if any(m.kind == "answer" for m in near):
        return "break"
    if _follows_on(doc, a, b, before):
        return "sequel"
    if near and near[-1].kind == "add" and a.pos == b.pos == "noun" and a.prefix.startswith("ب"):
        return "same"  # «بقصف مدفعي بالإضافة إلى إطلاق نار»: the means of one deed
    if near:
        kind = near[-1].kind
        if kind == "after" and (not a.outcome or (a.outcome in _HELD and b.outcome)):
            return "break"  # one thing after another: two events
        if kind in ("cause", "during", "after", "result", "add"):
            return kind
    kinds = {m.kind for m in marks}
    parting = {
        c.kind
        for c in sentence.cues
        if a.end <= c.start and c.end <= b.start and c.pos not in ("verb", "touching")
    }
    if "prompted" in parting:
        return "break"
    if "comment" in parting and b.pos == "noun" and not a.outcome:
        return "break"  # «رددوا هتافات تندد بالمعارك»
    if "purpose" in parting and b.pos == "noun":
        return "purpose"  # «معارك اندلعت من أجل السيطرة على …»
    if b.prefix.startswith("ب") and b.pos == "noun":
        return "cause" if a.role != "light" else "carry"
    if b.role == "instrument" and a.role != "light" and _adverbial(doc, b):
        return "cause"  # set phrases: «بعبوة ناسفة», «رميا بالرصاص»
    lead = before[0] if before else ""
    if (
        b.pos == "noun"
        and len(before) <= 3
        and lead[:1] == "ب"
        and len(lead) > 3
        and "،" not in gap
    ):
        return "cause" if a.role != "light" else "carry"  # «يستهدف بعدة غارات»
    taking = b.entry.type == "territory_gained" and a.entry.type in _FOUGHT
    if taking and doc.normal.text.startswith("لل", b.start):
        return "purpose"
    if b.prefix.startswith("ل") and b.pos == "noun":
        if a.role == "light" or a.entry.frame == "suffer":
            return "carry"
        if taking:
            return "purpose"  # «هجوم للسيطرة على …»
        return "predicate" if a.pos == "noun" else "purpose"
    if a.role == "light":
        apart = kinds & {"break", "result"} or b.conj or "،" in gap or "؛" in gap
        if a.entry.frame in ("carry", "happen") and not apart:
            return "carry"
        if a.entry.frame == "suffer" and not b.conj:
            return "carry"
    if "relative" in kinds:
        return "relative"
    if "result" in kinds:
        return "result"
    if "break" in kinds:
        return "break"
    if "same" in kinds:
        return "same"
    if (
        last == "في"
        and b.pos == "noun"
        and (
            a.outcome
            or a.role in ("generic", "light")
            or any(a.entry.type in f and b.entry.type in f for f in _ALIKE)
        )
    ):
        return "during"
    if last in ("علي", "من", "الي", "في") and a.role == "light" and b.pos == "noun":
        return "carry"
    if b.verbal and b.enclitic and a.pos == "noun" and "،" not in gap and not b.conj:
        return "relative"  # «قصف نفذته القوات»
    if b.verbal and a.pos == "noun" and not b.conj and "؛" not in gap:
        aside = "،" in gap and not (b.role in ("generic", "light") and not a.definite)
        if not aside:
            return "predicate"  # «قصف … استهدف …», also after an aside
    if b.conj:
        return "coord"
    if a.outcome and b.role == "outcome_noun":
        return "predicate"  # «سقوط 3 قتلى»
    if "،" in gap or "؛" in gap or ":" in gap or "/" in gap or "|" in gap:
        return "comma"
    if a.role == "outcome_noun" or b.role == "outcome_noun":
        return "predicate"
    return "near"


_SEQUELS = word_list("sequels")
_FOREGOERS = word_list("foregoers")
_AFTER = word_list("after")


def _follows_on(doc: Document, a: Trig, b: Trig, between: list[str]) -> bool:
    """Whether a sentence only sets the event ``a``, known already, beside an earlier one.

    «ويأتي الهجوم بعد أسبوع من تفجير …», «وسبقت هذه الغارة غارات على …»: two events.
    """
    if a.verbal or b.verbal:
        return False
    i = bisect_left(doc.tokens, a.word_start, key=lambda t: t.start)
    lead = [t.text.lstrip("و") for t in doc.tokens[max(0, i - 3) : i]]
    if any(w in _FOREGOERS for w in lead):
        return True
    return any(w in _SEQUELS for w in lead) and any(w in _AFTER for w in between)


def find_units(doc: Document, sentence: Sentence) -> list[Unit]:
    """The units of a sentence, in text order, with their places and stretches set."""
    triggers = sentence.triggers
    if not triggers:
        return []
    groups: list[Unit] = [Unit(sentence, [triggers[0]])]
    for a, b in pairwise(triggers):
        kind = link_between(doc, sentence, a, b)
        if kind in ("same", "relative", "during", "after") and _two_events(groups[-1], b):
            kind = "break"
        if kind == "result" and b.entry.type in _CONSEQUENT and _two_events(groups[-1], b):
            kind = "prompted"  # «هدمت مسكنين ما أدى إلى تشريد …»
        if kind == "cause" and _prompted(groups[-1], b):
            kind = "prompted"
        if kind in _JOIN or (kind == "near" and _near_joins(a, b)):
            done = any(t.role != "instrument" for t in groups[-1].content)
            done = done or (bool(groups[-1].content) and b.entry.type in _SETTINGS)
            if done and _stands_around(sentence, a, b):
                groups[-1].asides.append(b)
            groups[-1].triggers.append(b)
        else:
            if kind == "sequel":
                groups[-1].known = True
            groups.append(Unit(sentence, [b], kind))
    if any(m.kind == "break" and m.word_start - sentence.start <= 3 for m in sentence.links):
        groups[0].link = "break"
    _set_stretches(doc, sentence, groups)
    merged: list[Unit] = [groups[0]]
    for unit in groups[1:]:
        if _continues(merged[-1], unit):
            merged[-1].triggers.extend(unit.triggers)
            merged[-1].end = unit.end
            merged[-1].places.extend(unit.places)
        else:
            merged.append(unit)
    return merged


def _adverbial(doc: Document, trig: Trig) -> bool:
    """Whether the words of a means hold their preposition or case («بعبوة ناسفة»)."""
    words = doc.normal.text[trig.word_start : trig.end]
    return words.startswith("ب") or words.split(" ")[0].endswith("يا")


def _stands_around(sentence: Sentence, a: Trig, b: Trig) -> bool:
    """Whether ``b`` names what went on while or before the event of ``a`` was done."""
    if b.role not in _ROLES_OF_CONTENT or b.verbal:
        return False
    between = [m for m in sentence.links if a.end <= m.word_start and m.end <= b.start]
    return bool(between) and between[-1].kind in ("during", "after")


def _prompted(unit: Unit, b: Trig) -> bool:
    """Whether what is named as its cause is no part of it («مظاهرة إثر مقتل شاب»)."""
    if not unit.content or any(t.entry.type not in _PROMPTED for t in unit.content):
        return False
    if b.outcome:
        return True
    if "party" in unit.content[0].entry.needs and not any(
        is_armed(m) and m.start < b.start for m in unit.sentence.actors
    ):
        return False  # «من وصلوا إلى المستشفى إثر قصف …»: nobody is deployed
    other = b.role in ("event", "raid", "generic")
    return other and not any(b.entry.type in f and unit.content[0].entry.type in f for f in _ALIKE)


def _two_events(unit: Unit, b: Trig) -> bool:
    """Whether ``b`` tells a kind of event that cannot be the one the unit tells."""
    mine = {t.entry.type for t in unit.content if t.role not in ("generic", "raid")}
    if not mine or b.role not in ("event", "raid", "generic"):
        return False
    return not any(b.entry.type in f and mine & f for f in _ALIKE) and b.role != "raid"


def _near_joins(a: Trig, b: Trig) -> bool:
    if b.pos == "noun" and b.start - a.end <= 1:
        return True  # a noun and what it is of: «تفكيك سيارة مفخخة»
    if any(a.entry.type in f and b.entry.type in f for f in _ALIKE):
        return True
    if b.pos == "noun" and a.entry.type == b.entry.type:
        return True  # «منعت دخول المساعدات»
    return bool(a.outcome or b.outcome or a.role == "light" or b.role in ("light", "instrument"))


_BETWEEN_PLACES = ("وسط", "ثم")
"""Words that part events, and places too («وسط القامشلي», «في الرقة ثم هجين»)."""


def _opens_at(doc: Document, sentence: Sentence, before: Unit, unit: Unit) -> int:
    """Where a unit opens: at its first trigger, or at «وفي» before it, whose place is its own."""
    first = unit.triggers[0].word_start
    marks = [
        m.word_start
        for m in sentence.links
        if m.kind == "break" and before.triggers[-1].end <= m.word_start < first
    ]
    if not marks or unit.link != "break":
        return first
    words = doc.normal.text[marks[-1] : first]
    return first if "،" in words or words.startswith(_BETWEEN_PLACES) else marks[-1]


def _set_stretches(doc: Document, sentence: Sentence, units: list[Unit]) -> None:
    """Give each unit the stretch from its first word to the next unit's, and the places in it."""
    for i, unit in enumerate(units):
        unit.start = _opens_at(doc, sentence, units[i - 1], unit) if i else sentence.start
        if i:
            units[i - 1].end = unit.start
    units[-1].end = sentence.end
    for place in sentence.places:
        for unit in units:
            if unit.start <= place.start < unit.end:
                unit.places.append(place)
                break


def _own_places(unit: Unit) -> set[tuple[str, ...]]:
    return {p.anchors or (p.kind, str(p.start)) for p in unit.places}


def _continues(before: Unit, unit: Unit) -> bool:
    """Whether a coordinated unit only tells more of the event before it."""
    if unit.link == "purpose":
        return _is_preparation(before)
    content, earlier = unit.content, before.content
    new_place = bool(_own_places(unit) - _own_places(before)) and bool(before.places)
    if all(t.role == "light" for t in unit.triggers):
        return True
    if unit.outcomes and not content:
        return not (new_place and unit.link in _APART)
    if not earlier:  # outcomes first, their cause after: «قتل ثلاثة وأصيب اثنان بقصف»
        if (
            unit.triggers[0] in content
            and unit.triggers[0].verbal
            and unit.triggers[0].role != "generic"
        ):
            return False
        return unit.link not in _APART and (not new_place or unit.link in ("coord", "comma"))
    if not content:
        return True
    if unit.outcomes and unit.link in ("coord", "comma", "add") and not new_place:
        return _same_kind(earlier, content)
    if new_place or unit.link in _APART:
        return False
    if any(t.entry.type in _FIGHTING for t in earlier) and all(
        t.entry.id in _WON or t.role == "light" or t.outcome for t in unit.triggers
    ):
        return True  # «سيطرت على X ودمرت خمس عربات وكبدت Y …»: what the fight cost
    if all(t.entry.type == "property_destruction" for t in content) and any(
        t.entry.type in _BLOWS for t in earlier
    ):
        return True  # «أغارت على … ودمرت مستودعا»: what the blow did
    return _same_kind(earlier, content) and _anaphoric(content)


def _anaphoric(content: list[Trig]) -> bool:
    return all(t.pos == "noun" and t.definite for t in content)


def _same_kind(a: list[Trig], b: list[Trig]) -> bool:
    kinds_a = {t.entry.type for t in a if t.role != "generic"}
    kinds_b = {t.entry.type for t in b if t.role != "generic"}
    return not kinds_a or not kinds_b or bool(kinds_a & kinds_b)


def _is_preparation(before: Unit) -> bool:
    """«استعد لـ…», «تعرض لـ…»: the first is no event, it colours the second."""
    return not before.content and not before.outcomes
