"""Who does and who suffers: each mention's role from its position and what governs it.

In: a sentence, its units and mentions. Out: for every unit its parts (mention, role). The frames of
``frames.toml`` say which position or preposition fills which role.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.governors import STOPS, governor, trigger_before
from isnad.coding.parts import INDEFINITE_CLAUSE, Governor, Part, is_armed
from isnad.coding.sentence import Sentence, Trig
from isnad.coding.units import Unit
from isnad.knowledge.vocabulary import vocabulary
from isnad.knowledge.word_lists import word_list


def assign(
    doc: Document, sentence: Sentence, units: list[Unit], starts: dict[int, int]
) -> dict[int, list[Part]]:
    """Parts by unit (index in ``units``), in text order.

    ``starts`` holds, for each mention that a figure counts (by its ``id()``), where the figure
    begins:
    what governs the figure governs the mention, and after a verb such a mention is its object.
    """
    out: dict[int, list[Part]] = {i: [] for i in range(len(units))}
    before: Part | None = None
    for mention in sentence.actors:
        made_of = _composition(sentence, starts.get(id(mention), mention.word_start), before)
        if made_of and before is not None and before.role != "none":
            unit = next((i for i, ps in out.items() if before in ps), None)
            gov = replace(before.governor, counts=True)
            part = Part(mention, before.role, "counts the people named before", gov)
            if unit is not None:
                out[unit].append(part)
            before = part
            continue
        gov = governor(doc, sentence, mention, before, starts.get(id(mention)))
        gov.object_follows = _object_follows(doc, sentence, mention)
        begin = min(mention.word_start, starts.get(id(mention), mention.word_start))
        gov.part = _part_of(sentence, begin) or (
            gov.coordinated and before is not None and before.governor.part
        )
        gov.counts = gov.coordinated and before is not None and before.governor.counts
        gov.site = gov.site or _names_a_thing(sentence, mention)
        unit, trig, position = _place(doc, sentence, units, mention, gov)
        if gov.coordinated and before is not None and before.role != "none":
            unit = next((i for i, ps in out.items() if before in ps), unit)
            role, rule = before.role, "coordinated"
        elif position == "leading" and trig is not None and not trig.verbal:
            found = _subject_of_cue(doc, sentence, mention, trig)
            if (
                found is None
                and trig.outcome
                and trig.enclitic
                and mention.kind in ("group", "person", "count")
            ):
                found = "victim", "antecedent of the outcome's pronoun"
            role, rule = found or ("none", "before a noun")
        else:
            role, rule = _role(
                doc, units, unit, mention, gov, trig, position, out, before, id(mention) in starts
            )
        if role == "none" and gov.trigger is None:
            same = _named_before(doc, mention, out)
            if same is not None:
                unit, role, rule = same[0], same[1].role, "named before: " + same[1].rule
        if mention.kind in ("outlet", "monitor") or mention.category == "media":
            role, rule = "none", "tells of it"
        part = Part(mention, role, rule, gov)
        if unit is not None:
            out[unit].append(part)
        before = part
    return out


def _part_of(sentence: Sentence, start: int) -> bool:
    """Whether «بينهم», «من ضمنهم» right before makes them a part of those named before."""
    return any(m.kind == "part" and 0 <= start - m.end <= 3 for m in sentence.prepositions)


def _names_a_thing(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether the mention's own words begin with a thing of the party («مواقع قوات النظام»)."""
    return any(
        mention.start <= t.start
        and (
            t.end <= mention.head_start or (t.kind == "military_site" and t.end <= mention.head_end)
        )
        for t in sentence.things
    )


def _object_follows(doc: Document, sentence: Sentence, mention: ActorMention) -> bool:
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


def _named_before(
    doc: Document, mention: ActorMention, done: dict[int, list[Part]]
) -> tuple[int, Part] | None:
    """The unit and the part that a definite noun takes up again («دورية … فإن الدورية»)."""
    head = doc.normal.text[mention.head_start : mention.head_end]
    if not head.startswith("ال"):
        return None
    for unit, parts in done.items():
        for p in parts:
            if (
                doc.normal.text[p.mention.head_start : p.mention.head_end] == head[2:]
                and p.role != "none"
            ):
                return unit, p
    return None


def _composition(sentence: Sentence, start: int, before: Part | None) -> bool:
    """Whether the words before say what the party ``before`` is made of: «قوة قوامها 60 جنديا»."""
    return before is not None and any(
        m.kind == "made_of" and 0 <= start - m.end <= 3 and m.word_start - before.mention.end <= 12
        for m in sentence.prepositions
    )


def _charged(doc: Document, trig: Trig) -> bool:
    """Whether a verbal noun is what one is accused of: «اتهمت X بقصف», «حملت X مسؤولية خطف»."""
    lead = doc.normal.text[max(0, trig.word_start - 16) : trig.word_start].split()
    return trig.prefix.startswith("ب") or (
        bool(lead) and (lead[-1] == "عن" or "مسوولي" in lead[-1])
    )


def _subject_of_cue(
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


def _unit_of(units: list[Unit], trig: Trig) -> int | None:
    return next((i for i, u in enumerate(units) if trig in u.triggers), None)


def _place(
    doc: Document, sentence: Sentence, units: list[Unit], mention: ActorMention, gov: Governor
) -> tuple[int | None, Trig | None, str]:
    """The unit and trigger a mention belongs to, and its position towards the trigger."""
    hidden = next(
        (
            t
            for t in sentence.triggers
            if (mention.start <= t.start < mention.end or t.start < mention.start < t.end)
            and not _struck_convoy(sentence, mention, t)
        ),
        None,
    )
    if hidden is not None:  # the trigger is the mention's own word: «قصف تركي»
        return _unit_of(units, hidden), hidden, "hidden"
    nearest = next((t for t in sentence.triggers if t.start >= mention.end), None)
    if (
        nearest is not None
        and nearest.verbal
        and not nearest.conj
        and nearest.outcome
        and nearest.word_start - mention.end <= 1
        and not is_armed(mention)
    ):
        return _unit_of(units, nearest), nearest, "relative"  # «… على طفل قضى بقصف»
    if gov.preposition:
        trig = gov.trigger or trigger_before(sentence, mention.start)
        if trig is None:
            trig = sentence.triggers[0] if sentence.triggers else None
        return (None if trig is None else _unit_of(units, trig)), trig, "preposition"
    following = next((t for t in sentence.triggers if t.start >= mention.end), None)
    if gov.trigger is None:
        parted = following is not None and (
            ":" in doc.normal.text[mention.end : following.start]
            or any(
                k.kind == "break" and mention.end <= k.word_start < following.start
                for k in sentence.links
            )
        )
        if following is not None and not parted:
            return _unit_of(units, following), following, "leading"
        trig = trigger_before(sentence, mention.start)
        return (None if trig is None else _unit_of(units, trig)), trig, "loose"
    return _unit_of(units, gov.trigger), gov.trigger, "after"


def _struck_convoy(sentence: Sentence, mention: ActorMention, trig: Trig) -> bool:
    """Whether a convoy is named as what a strike before it hit («هجوم استهدف قافلة عسكرية»)."""
    if trig.entry.frame != "move" or trig.start != mention.start:
        return False
    before = trigger_before(sentence, mention.word_start)
    return before is not None and before.entry.frame in _HITS


def _alone(unit: Unit, mention: ActorMention, trig: Trig) -> bool:
    """Whether people after an unvowelled «قتل» have no object after them: the verb is passive."""
    people = mention.kind == "group" or "persons" in mention.flags
    if not people or trig.enclitic or not 0 <= mention.word_start - trig.end <= 20:
        return False
    following = next((t for t in unit.sentence.triggers if t.start > mention.end), None)
    end = following.word_start if following is not None else unit.sentence.end
    others = [m for m in unit.sentence.actors if mention.end <= m.start < end]
    return not any(m.kind in ("group", "count", "person") or "persons" in m.flags for m in others)


def _were_killed(unit: Unit, mention: ActorMention, trig: Trig) -> bool:
    """Whether men before an unvowelled «قتلوا» are its victims: none stands after it to be killed
    («خمسة جنود قتلوا في الهجوم», «شرطيان قتلا»; not «الجنود قتلوا ثلاثة»)."""
    men = mention.kind in ("group", "count") or mention.flags & {"persons", "soldiers"}
    leans = mention.flags & {"both", "anaphor"} and "soldiers" not in mention.flags
    if trig.pos != "past" or trig.enclitic or not men or leans:
        return False
    return not _killed_after(unit, trig)


def _killed_after(unit: Unit, trig: Trig) -> bool:
    """Whether somebody stands after the verb, before the next one, whom it may kill."""
    after = next((t for t in unit.sentence.triggers if t.start > trig.end), None)
    end = after.word_start if after is not None else unit.sentence.end
    return any(trig.end <= m.start < end for m in unit.sentence.actors)


def _own_subject(unit: Unit, trig: Trig) -> bool:
    """Whether an armed party stands right after an active verb: nobody before it is the subject."""
    return (
        trig.entry.frame in _VIOLENT
        and trig.entry.voice == "active"
        and not trig.passive
        and any(
            0 <= o.word_start - trig.end <= 1 and o.start == o.word_start and is_armed(o)
            and not _names_a_thing(unit.sentence, o) for o in unit.sentence.actors
        )
    )  # fmt: skip


def _case(doc: Document, mention: ActorMention) -> str:
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


def _role(
    doc: Document,
    units: list[Unit],
    unit: int | None,
    mention: ActorMention,
    gov: Governor,
    trig: Trig | None,
    position: str,
    done: dict[int, list[Part]],
    before: Part | None,
    counted: bool,
) -> tuple[str, str]:
    """The role and the rule that gave it."""
    if unit is None or trig is None:
        return "none", "no event near"
    if gov.coordinated and before is not None:
        return before.role, "coordinated"
    frame = vocabulary().frames.get(trig.entry.frame, {})
    name = trig.entry.frame
    if position == "hidden":
        if trig.start < mention.start and mention.flags >= {"persons", "indefinite"}:
            return "none", "describes the event: «تصعيد عسكري»"
        if trig.outcome or name == "victim":
            return "victim", "people named by the outcome"
        if trig.entry.frame in ("flee", "protest", "clash", "pact"):
            return frame.get("idafa", "none"), f"{name}: in the noun's own phrase"
        if trig.start < mention.start and name == "operate":
            return "target", "whom the operation hunts"  # «لملاحقة خلايا X»
        if name == "seize" and mention.flags & _MEANS:
            return "target", "whose weapon is stopped"  # «إسقاط مسيّرة حوثية»
        return "initiator", "author in the adjective"
    if position == "relative":
        return "victim", INDEFINITE_CLAUSE
    if gov.preposition == "backed":
        return "none", "only backs, holds or is said to be near the party"
    if gov.preposition == "laid":
        stopped = any(t.entry.frame == "seize" for t in units[unit].content)
        return "target" if stopped else "initiator", "who laid or sent it"
    if gov.preposition == "agent":
        return "initiator", "named as author"
    if gov.preposition == "part":
        return "victim", "part of a toll"
    if mention.flags & {"state", "capital"} and role_is_target(frame, gov, trig):
        return "none", "a state's or a capital's bare name is not what is hit"
    bare = mention.flags & {"state", "capital"} and name in _HITS and gov.trigger is not None
    if bare and any(p.role == "initiator" for p in done[unit]):
        return "none", "where it hit, beside its author"
    if mention.flags & {"state", "capital"} and name == "suffer" and not gov.preposition:
        return "none", "where it happened: «شهدت مالي هجوما»"
    armed = any(0 <= w.word_start - trig.end <= 1 for w in units[unit].sentence.weapons)
    if (
        gov.preposition == "ل" and gov.site and not armed and trig.end <= mention.word_start
        and _deed_is_subject(doc, units[unit], trig)
    ):  # fmt: skip
        return "target", f"{name}: owner of what the deed struck"
    if gov.preposition:
        role = frame.get(gov.preposition)
        if role is None and gov.preposition == "ranks":
            role = "victim"
        if role is None:
            role = _fallback(units[unit], gov.preposition)
        means = mention.flags & _MEANS and name not in ("move", "clash") and role != "target"
        if gov.preposition == "ب" and means and mention.actor is None:
            return "none", "a weapon of nobody named"
        if gov.preposition == "ب" and means:
            return "initiator", "whose weapon it is"
        if name == "aid" and gov.preposition == "ل" and gov.site:
            return "initiator", "whose aid it is"  # «قافلة تابعة لبرنامج X»
        if gov.preposition == "من" and role == "initiator" and _bystander(mention, name):
            return "none", "people are no authors"
        return _decide(role, mention, gov, done[unit]), f"{name}: after {gov.preposition}"
    if position == "leading":
        if trig.verbal and trig.entry.voice in ("passive", "undergo"):
            role = frame.get("subject", "none")
            return _decide(role, mention, gov, done[unit]), f"{name}: before its verb"
        if trig.verbal and not is_armed(mention) and _own_subject(units[unit], trig):
            return "none", "the verb has its own subject"
        if trig.verbal and name == "kill" and _were_killed(units[unit], mention, trig):
            return "victim", "kill: nobody is named after the verb"
        if trig.verbal:
            people = name in ("kill", "detain") and not is_armed(mention)
            passive = (
                name == "kill"
                and trig.pos == "past"
                and _no_object(doc, units[unit].sentence, trig)
            )
            people = people or passive
            side = "object" if trig.passive or people else "subject"
            return frame.get(side, "none"), f"{name}: {side} before the verb"
        return "none", "before a noun"
    if position == "loose":
        return "none", "not governed"
    verb = _struck_by_weapon(units[unit], trig, mention, gov)
    if verb is not None:
        side = vocabulary().frames.get(verb.entry.frame, {}).get("object", "none")
        return _decide(side, mention, gov, done[unit]), f"{verb.entry.frame}: a weapon is subject"
    taker = _waits_for_object(doc, units[unit], trig, done[unit]) if counted else None
    if taker is not None:
        gov.trigger = taker
        side = vocabulary().frames.get(taker.entry.frame, {}).get("object", "none")
        return _decide(
            side, mention, gov, done[unit]
        ), f"{taker.entry.frame}: object after an aside"
    if name == "by_agent" and trig.prefix == "ب" and not is_armed(mention) and any(
        0 <= trig.word_start - t.end <= 1 and t.verbal and t.entry.frame in _HITS
        for t in units[unit].triggers
    ):  # fmt: skip
        return "target", "object of the verb before «بالرصاص»"
    if trig.pos == "noun" and _struck_by_deed(units[unit], trig, mention):
        return "target", "object of the verb whose subject is the deed"
    if trig.pos == "noun":
        return _decide(
            frame.get("idafa", "none"), mention, gov, done[unit]
        ), f"{name}: after the noun"
    subject = any(p.role in ("initiator", "both") for p in done[unit])
    if trig.verbal and not trig.passive and name in _HITS | _VIOLENT and _subject_told(doc, trig):
        side = frame.get("object", "none")
        return _decide(side, mention, gov, done[unit]), f"{name}: object, the subject is a pronoun"
    if name == "inflict" and trig.conj and not subject:
        return "target", "inflict: object of a verb whose subject was told before"
    if _deed_is_subject(doc, units[unit], trig):
        side = frame.get("object", "none")
        return _decide(side, mention, gov, done[unit]), f"{name}: object, the deed is the subject"
    told_before = any(p.rule.endswith("before the verb") for p in done[unit])
    if (
        trig.entry.voice == "active"
        and told_before
        and doc.normal.text.endswith("وا", trig.start, trig.end)
    ):
        return _decide(frame.get("object", "none"), mention, gov, done[unit]), f"{name}: object"
    if name == "kill" and trig.pos == "past" and not subject and _alone(units[unit], mention, trig):
        return "victim", "kill: nobody else is named as killed"
    case = "" if counted else _case(doc, mention)
    if name == "move" and case == "oblique" and mention.actor is None:
        return "none", "move: what is set up or sent"  # «وأقامت حاجزا»
    if (
        case
        and trig.entry.voice == "active"
        and not trig.passive
        and trig.verbal
        and not subject
        and not gov.site
    ):
        side = "subject" if case == "nominative" else "object"
        return _decide(
            frame.get(side, "none"), mention, gov, done[unit]
        ), f"{name}: {side} by its ending"
    if (
        counted
        and name in ("kill", "kill_on", "detain", "release", "seize")
        and trig.entry.voice == "active"
    ):
        return _decide(
            frame.get("object", "none"), mention, gov, done[unit]
        ), f"{name}: counted object"
    if trig.passive:
        return "target", f"{name}: passive"
    if trig.entry.voice in ("active", "two_sided") and subject:
        return _decide(frame.get("object", "none"), mention, gov, done[unit]), f"{name}: object"
    if trig.entry.voice == "active" and gov.site and not gov.direct:
        return _decide(
            frame.get("object", "none"), mention, gov, done[unit]
        ), f"{name}: owner of what is hit"
    if trig.entry.voice == "active" and not is_armed(mention) and name != "protest":
        return _decide(
            frame.get("object", "none"), mention, gov, done[unit]
        ), f"{name}: people as object"
    return _decide(frame.get("subject", "none"), mention, gov, done[unit]), f"{name}: subject"


_OF_ITSELF = word_list("of_itself")


def _subject_told(doc: Document, trig: Trig) -> bool:
    """Whether a pronoun right before a verb is its subject («موضحا أنه استهدف أفرادا»)."""
    i = bisect_left(doc.tokens, trig.word_start, key=lambda t: t.start)
    return i > 0 and doc.tokens[i - 1].text in _OF_ITSELF and trig.start == trig.word_start


def _waits_for_object(doc: Document, unit: Unit, trig: Trig, done: list[Part]) -> Trig | None:
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
_NO_OBJECT = word_list("no_object")


def _no_object(doc: Document, sentence: Sentence, trig: Trig) -> bool:
    """Whether nothing stands after a verb that it could take: «ثلاثة من عناصر X قتلوا في كمين»."""
    if trig.enclitic:
        return False
    after = doc.normal.text[trig.end : trig.end + 24].split()
    when = any(0 <= t.start - trig.end <= 1 for t in sentence.times)  # «شرطيان قتلا الخميس»
    return when or not after or after[0][0] in "وب،.؛:" or after[0] in _NO_OBJECT


def _deed_is_subject(doc: Document, unit: Unit, trig: Trig) -> bool:
    """Whether an active verb only says whom the deed before it struck («هجوم استهدف قوات X»)."""
    if not trig.verbal or trig.conj or trig.passive or trig.enclitic:
        return False
    if trig.entry.frame not in _HITS and trig.entry.frame != "kill":
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


def _struck_by_deed(unit: Unit, trig: Trig, mention: ActorMention) -> bool:
    """Whether a deed is the subject of the verb right before it: «استهدف هجوم انتحاري قافلة X»."""
    for verb, deed in pairwise(unit.triggers):
        if deed.start > trig.start:
            break
        aims = verb.verbal and verb.entry.frame in _HITS and not (verb.passive or verb.enclitic)
        beside = 0 <= deed.word_start - verb.end <= 1 and deed.pos == "noun" and not deed.definite
        if aims and beside and deed.role in ("event", "instrument"):
            return mention.word_start - deed.end > 1
    return False


def _struck_by_weapon(unit: Unit, trig: Trig, mention: ActorMention, gov: Governor) -> Trig | None:
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
    if verb.entry.frame not in _HITS | _VIOLENT:
        return None
    for w in unit.sentence.weapons:
        if 0 <= w.word_start - verb.end <= 1 and w.start == w.word_start and not w.definite:
            end = w.end
    if end is None or end > mention.word_start:
        return None
    whose = mention.word_start - end <= 1 and mention.start == mention.word_start
    return None if whose and gov.object_follows else verb


_MEANS = frozenset(["action", "drone", "raid", "air", "gear"])
"""Flags of a mention whose own head is a weapon or an act («صاروخ إيراني»)."""
_HITS = frozenset(["attack", "aim", "strike_fall", "blast"])
_VIOLENT = frozenset(["attack", "aim", "kill", "kill_on", "detain"])
_PEOPLE_ACT = frozenset(["protest", "flee", "move", "aid", "pact", "clash", "release"])


def _bystander(mention: ActorMention, frame: str) -> bool:
    """Whether the words name people who are not the author of violence («من عائلة واحدة»)."""
    return mention.kind == "group" and not is_armed(mention) and frame not in _PEOPLE_ACT


def role_is_target(frame: dict[str, str], gov: Governor, trig: Trig) -> bool:
    """Whether a bare state name stands where the target would: in violence a place, no party."""
    if trig.entry.frame not in ("attack", "aim", "strike_fall", "blast", "kill", "victim", "count"):
        return False
    if gov.preposition:
        return frame.get(gov.preposition, "none") in ("target", "none", "victim")
    return gov.trigger is not None and not gov.direct


def _fallback(unit: Unit, preposition: str) -> str:
    """A light verb or an outcome leaves the preposition to the unit's event."""
    frames = vocabulary().frames
    for t in unit.triggers:
        role = frames.get(t.entry.frame, {}).get(preposition)
        if role is not None:
            return role
    return "none"


def _decide(role: str, mention: ActorMention, gov: Governor, done: list[Part]) -> str:
    if role == "armed":
        if gov.site:
            return "target"
        return "initiator" if is_armed(mention) else "target"
    if role == "armed_only" and gov.site:
        return "none"
    if role == "armed_only":
        return "initiator" if is_armed(mention) else "none"
    if role == "aimed" and is_armed(mention) and not gov.site and gov.object_follows:
        return "initiator"
    if role == "aimed":
        return "target"
    if role == "owner":
        return "target" if mention.flags & _MEANS else "none"
    if role == "detainee":
        return (
            "initiator" if is_armed(mention) and not gov.site and gov.object_follows else "target"
        )
    if role == "other":
        if gov.site and (not gov.direct or any(p.role == "initiator" for p in done)):
            return "target"  # «دهم مبنى يتحصن فيه X»
        if any(p.role == "initiator" for p in done) or not is_armed(mention):
            return "target"
        return "initiator"
    return role
