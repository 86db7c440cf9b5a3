"""Who does what a verb tells, and whom it takes, where the order of words does not say.

In: a verb with its unit and a mention. Out: answers to one question each («is the deed before it
its subject?», «does it wait for its object?»), which the roles ask.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.governors import STOPS
from isnad.coding.parts import Governor, Part, is_armed
from isnad.coding.sentence import Sentence, Trig
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list


def names_a_thing(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether the mention's own words begin with a thing of the party («مواقع قوات النظام»)."""
    return any(
        mention.start <= t.start
        and (
            t.end <= mention.head_start or (t.kind == "military_site" and t.end <= mention.head_end)
        )
        for t in sentence.things
    )


def names_its_aim(doc: Document, sentence: Sentence, mention: ActorMention) -> bool:
    """Whether what is aimed at comes after the author: «استهداف القوات قرية …», «… لسيارة …»."""
    end = _end_of_series(sentence, mention)
    i = bisect_left(doc.tokens, end, key=lambda t: t.start)
    for token in doc.tokens[i : i + 5]:
        if token.start >= sentence.end or token.text in STOPS:
            return False
        if token.start - end <= 1 and _LAM.match(token.text):
            return True  # «اقتحام قسد لقرية …»
        if any(p.word_start == token.start == p.start for p in sentence.places):
            return token.start - end <= 3
        thing = next((m for m in sentence.things if m.word_start == token.start), None)
        if thing is not None and (token.start - end <= 3 or token.text.startswith("ل")):
            return True
        other = next(
            (o for o in sentence.actors if o.word_start == token.start and o is not mention), None
        )
        if other is not None and (
            token.text.startswith("ل") or other.kind in ("group", "count", "person")
        ):
            return not token.text.startswith("و")
    return False


_LAM = re.compile("ل(?!ا$|م$|ما|مد|من|ن$|كن|يل|دي|قد|ه|جن|واء|قي|حظ|اح)..")
"""A word with ل before it: what a verbal noun with its author is aimed at."""


def _end_of_series(sentence: Sentence, mention: ActorMention) -> int:
    """Where the parties joined to ``mention`` by و end: «استهداف طيران X ومدفعية Y مخيما»."""
    end = mention.end
    for other in sentence.actors:
        if other.prefix == "و" and other.word_start - end == 1 and is_armed(other):
            end = other.end
    return end


def _charged(doc: Document, trig: Trig) -> bool:
    """Whether a verbal noun is what one is accused of: «اتهمت X بقصف», «حملت X مسؤولية خطف»."""
    lead = doc.normal.text[max(0, trig.word_start - 16) : trig.word_start].split()
    return trig.prefix.startswith("ب") or (
        bool(lead) and (lead[-1] == "عن" or "مسوولي" in lead[-1])
    )


def subject_of_cue(
    doc: Document, sentence: Sentence, mention: ActorMention, trig: Trig
) -> tuple[str, str] | None:
    """The subject of a word that colours the verbal noun after it: «هددت X بضربات», «X تستعد لـ…».

    Whom an accusation names is the author too («اتهمت Y الجماعة بقصف»).
    """
    if trig.entry.frame in ("victim", "count", "blast"):
        return None
    for cue in sentence.cues:
        if cue.kind == "foiled" and 0 <= mention.word_start - cue.end <= 2 and _ESCAPED.match(
            doc.normal.text, cue.start
        ):  # fmt: skip
            return "target", "who escapes it"  # «نجا محافظ X من محاولة اغتيال»
        if cue.pos != "before" or cue.kind in ("negated", "comment"):
            continue
        if cue.kind == "denied" and trig.entry.frame in ("happen", "suffer"):
            continue  # «نفت X وقوع أي هجوم»: not said to be hers
        beside = 0 <= mention.word_start - cue.end <= 2 or 0 <= cue.word_start - mention.end <= 2
        if beside and cue.end <= trig.word_start and cue.kind == "foiled":
            if is_armed(mention) and trig.entry.frame in _REPELLED:
                return "target", "who foils it"  # «أفشلت X محاولة تقدم لـY»
            return None
        if beside and cue.end <= trig.word_start:
            return "initiator", "subject of the word that colours the event"
    for verb in sentence.reports:
        if verb.kind == "accuse" and verb.end <= mention.word_start and _charged(doc, trig):
            others = [
                o
                for o in sentence.actors
                if mention.end <= o.word_start and o.end <= trig.word_start
            ]
            if not others:
                return "initiator", "accused of it"
    return None


_REPELLED = frozenset(["attack", "gain", "aim", "clash", "operate"])


_ESCAPED = re.compile("ل?ب?نجا")


def alone(unit: Unit, mention: ActorMention, trig: Trig) -> bool:
    """Whether people after an unvowelled «قتل» have no object after them: the verb is passive."""
    people = mention.kind == "group" or "persons" in mention.flags
    if not people or trig.enclitic or not 0 <= mention.word_start - trig.end <= 20:
        return False
    following = next((t for t in unit.sentence.triggers if t.start > mention.end), None)
    end = following.word_start if following is not None else unit.sentence.end
    others = [m for m in unit.sentence.actors if mention.end <= m.start < end]
    return not any(m.kind in ("group", "count", "person") or "persons" in m.flags for m in others)


def were_killed(
    doc: Document, unit: Unit, mention: ActorMention, trig: Trig, counted: bool
) -> bool:
    """Whether men before an unvowelled «قتلوا» are its victims: none stands after it to be killed
    («خمسة جنود قتلوا في الهجوم», «3 من X قتلوا»; not «الجنود قتلوا ثلاثة»)."""
    men = counted or mention.kind in ("group", "count") or mention.flags & {"persons", "soldiers"}
    leans = mention.flags & {"both", "anaphor"} and "soldiers" not in mention.flags
    if trig.pos != "past" or trig.enclitic or not men or leans:
        return False
    return not _killed_after(doc, unit, trig)


def _killed_after(doc: Document, unit: Unit, trig: Trig) -> bool:
    """Whether somebody stands after the verb, before the next one, whom it may kill: joined to
    nothing by و («أحدهم قتل اليوم و2 قضوا أمس»)."""
    after = next((t for t in unit.sentence.triggers if t.start > trig.end), None)
    end = after.word_start if after is not None else unit.sentence.end
    return any(
        trig.end <= m.start < end and not doc.normal.text.startswith("و", m.start - 1)
        for m in unit.sentence.actors
    )


def own_subject(unit: Unit, trig: Trig) -> bool:
    """Whether an armed party stands right after an active verb: nobody before it is the subject."""
    return (
        trig.entry.frame in VIOLENT
        and trig.entry.voice == "active"
        and not trig.passive
        and any(
            0 <= o.word_start - trig.end <= 1 and o.start == o.word_start and is_armed(o)
            and not names_a_thing(unit.sentence, o) for o in unit.sentence.actors
        )
    )  # fmt: skip


def grammatical_case(doc: Document, mention: ActorMention) -> str:
    """The case that a sound plural's ending shows: «محتجون» acts, «محتجين» is acted on."""
    head = doc.normal.text[mention.head_start : mention.head_end]
    if _accusative(mention, head):
        return "oblique"
    if mention.number != "plural" or len(head) < 5 or mention.kind not in ("group", "count"):
        return ""
    if head.endswith("ون"):
        return "nominative"
    return "oblique" if head.endswith("ين") else ""


def _accusative(mention: ActorMention, head: str) -> bool:
    """«حاجزا», «جنديا»: an indefinite singular in the accusative is no subject."""
    named = mention.flags & {"state", "capital"} or mention.kind in ("outlet", "monitor")
    singular = mention.number in (1, None) and len(head) > 4 and head.endswith("ا")
    return singular and not named and not head.startswith("ال") and bool(mention.head) and (
        mention.kind == "group" or "indefinite" in mention.flags or "persons" in mention.flags
    )  # fmt: skip


_OF_ITSELF = word_list("of_itself")


def subject_told(doc: Document, trig: Trig) -> bool:
    """Whether a pronoun right before a verb is its subject («موضحا أنه استهدف أفرادا»)."""
    i = bisect_left(doc.tokens, trig.word_start, key=lambda t: t.start)
    return i > 0 and doc.tokens[i - 1].text in _OF_ITSELF and trig.start == trig.word_start


def waits_for_object(doc: Document, unit: Unit, trig: Trig, done: list[Part]) -> Trig | None:
    """The verb with a subject but no object yet, over an adjunct: «قتل X في كمين 12 من Y»."""
    i = unit.triggers.index(trig) if trig in unit.triggers else 0
    verb = unit.triggers[i - 1] if i else None
    if verb is None or not verb.verbal or verb.passive or verb.entry.frame not in _TAKES_PEOPLE:
        return None
    roles = {p.role for p in done}
    if "initiator" not in roles or roles & {"target", "victim"} or trig.definite:
        return None
    lead = doc.normal.text[max(0, trig.word_start - 8) : trig.word_start].split()[-1:]
    return verb if lead == ["في"] or lead == ["خلال"] or trig.prefix.startswith("ب") else None


_TAKES_PEOPLE = frozenset(["kill", "detain"])


def deed_is_subject(doc: Document, unit: Unit, trig: Trig) -> bool:
    """Whether an active verb only says whom the deed before it struck («هجوم استهدف قوات X»)."""
    if not trig.verbal or trig.conj or trig.passive or trig.enclitic:
        return False
    if trig.entry.frame not in HITS and trig.entry.frame != "kill":
        return False
    if any(0 <= trig.word_start - w.end <= 1 for w in unit.sentence.weapons):
        return True  # «عبوة ناسفة استهدفت …»
    i = unit.triggers.index(trig) if trig in unit.triggers else 0
    before = unit.triggers[i - 1] if i else None
    if before is None or before.pos != "noun" or before.role not in ("event", "generic"):
        return False
    return not any(before.end <= m.word_start < trig.start for m in unit.sentence.links) and (
        "،" not in doc.normal.text[before.end : trig.start]
    )


def struck_by_weapon(unit: Unit, trig: Trig, mention: ActorMention, gov: Governor) -> Trig | None:
    """The active verb whose subject is a bare weapon right after it: what follows is its object.

    «استهدفت طائرة مسيرة قوات X», «ضرب صاروخ موجه سيارة لـ X»; not «استهدفت صواريخ X مطارا».
    """
    verb, end = trig, None
    if trig.pos == "noun" and trig.entry.type == "drone_strike" and not trig.definite:
        end = trig.end
        beside = (t for t in unit.triggers if t.verbal and 0 <= trig.word_start - t.end <= 1)
        verb = next(beside, trig)
    if not verb.verbal or verb.passive or verb.enclitic or verb.entry.voice != "active":
        return None
    if verb.entry.frame not in HITS | VIOLENT:
        return None
    for w in unit.sentence.weapons:
        if 0 <= w.word_start - verb.end <= 1 and w.start == w.word_start and not w.definite:
            end = w.end
    if end is None or end > mention.word_start:
        return None
    whose = mention.word_start - end <= 1 and mention.start == mention.word_start
    return None if whose and gov.object_follows else verb


def struck_by_deed(unit: Unit, trig: Trig, mention: ActorMention) -> bool:
    """Whether a deed is the subject of the verb right before it: «استهدف هجوم انتحاري قافلة X»."""
    for verb, deed in pairwise(unit.triggers):
        if deed.start > trig.start:
            break
        aims = verb.verbal and verb.entry.frame in HITS and not (verb.passive or verb.enclitic)
        beside = 0 <= deed.word_start - verb.end <= 1 and deed.pos == "noun" and not deed.definite
        if aims and beside and deed.role in ("event", "instrument"):
            return mention.word_start - deed.end > 1
    return False


HITS = frozenset(["attack", "aim", "strike_fall", "blast"])


VIOLENT = frozenset(["attack", "aim", "kill", "kill_on", "detain"])
