"""Who does and who suffers: each mention's role from its position and what governs it.

In: a sentence, its units and mentions. Out: for every unit its parts (mention, role). The frames of
``frames.toml`` say which position or preposition fills which role.
"""

from __future__ import annotations

from dataclasses import replace

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.governors import governor, trigger_before
from isnad.coding.parts import INDEFINITE_CLAUSE, Governor, Part, is_armed
from isnad.coding.sentence import Sentence, Trig
from isnad.coding.subjects import (
    HITS,
    VIOLENT,
    alone,
    deed_is_subject,
    grammatical_case,
    names_a_thing,
    names_its_aim,
    own_subject,
    struck_by_deed,
    struck_by_weapon,
    subject_of_cue,
    subject_told,
    waits_for_object,
    were_killed,
)
from isnad.coding.units import Unit
from isnad.knowledge.vocabulary import vocabulary


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
        gov.object_follows = names_its_aim(doc, sentence, mention)
        begin = min(mention.word_start, starts.get(id(mention), mention.word_start))
        gov.part = _part_of(sentence, begin) or (
            gov.coordinated and before is not None and before.governor.part
        )
        gov.counts = gov.coordinated and before is not None and before.governor.counts
        gov.site = gov.site or names_a_thing(sentence, mention)
        unit, trig, position = _place(doc, sentence, units, mention, gov)
        if gov.coordinated and before is not None and before.role != "none":
            unit = next((i for i, ps in out.items() if before in ps), unit)
            role, rule = before.role, "coordinated"
        elif position == "leading" and trig is not None and not trig.verbal:
            found = subject_of_cue(doc, sentence, mention, trig)
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
    return before is not None and before.entry.frame in HITS


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

    def side(of: str, why: str, verb: Trig = trig) -> tuple[str, str]:
        """What stands on a side of a verb: its role there, and the rule."""
        there = vocabulary().frames.get(verb.entry.frame, {}).get(of, "none")
        return _decide(there, mention, gov, done[unit]), why

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
    bare = mention.flags & {"state", "capital"} and name in HITS and gov.trigger is not None
    if bare and any(p.role == "initiator" for p in done[unit]):
        return "none", "where it hit, beside its author"
    if mention.flags & {"state", "capital"} and name == "suffer" and not gov.preposition:
        return "none", "where it happened: «شهدت مالي هجوما»"
    armed = any(0 <= w.word_start - trig.end <= 1 for w in units[unit].sentence.weapons)
    if (
        gov.preposition == "ل" and gov.site and not armed and trig.end <= mention.word_start
        and deed_is_subject(doc, units[unit], trig)
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
            return side("subject", f"{name}: before its verb")
        if trig.verbal and not is_armed(mention) and own_subject(units[unit], trig):
            return "none", "the verb has its own subject"
        if trig.verbal and name == "kill" and were_killed(doc, units[unit], mention, trig, counted):
            return "victim", "kill: nobody is named after the verb"
        if trig.verbal:
            people = name in ("kill", "detain") and not is_armed(mention)
            of = "object" if trig.passive or people else "subject"
            return frame.get(of, "none"), f"{name}: {of} before the verb"
        return "none", "before a noun"
    if position == "loose":
        return "none", "not governed"
    verb = struck_by_weapon(units[unit], trig, mention, gov)
    if verb is not None:
        return side("object", f"{verb.entry.frame}: a weapon is subject", verb)
    taker = waits_for_object(doc, units[unit], trig, done[unit]) if counted else None
    if taker is not None:
        gov.trigger = taker
        return side("object", f"{taker.entry.frame}: object after an aside", taker)
    if name == "by_agent" and trig.prefix == "ب" and not is_armed(mention) and any(
        0 <= trig.word_start - t.end <= 1 and t.verbal and t.entry.frame in HITS
        for t in units[unit].triggers
    ):  # fmt: skip
        return "target", "object of the verb before «بالرصاص»"
    if trig.pos == "noun" and struck_by_deed(units[unit], trig, mention):
        return "target", "object of the verb whose subject is the deed"
    if trig.pos == "noun":
        return side("idafa", f"{name}: after the noun")
    subject = any(p.role in ("initiator", "both") for p in done[unit])
    if trig.verbal and not trig.passive and name in HITS | VIOLENT and subject_told(doc, trig):
        return side("object", f"{name}: object, the subject is a pronoun")
    if name == "inflict" and trig.conj and not subject:
        return "target", "inflict: object of a verb whose subject was told before"
    if deed_is_subject(doc, units[unit], trig):
        return side("object", f"{name}: object, the deed is the subject")
    told_before = any(p.rule.endswith("before the verb") for p in done[unit])
    if (
        trig.entry.voice == "active"
        and told_before
        and doc.normal.text.endswith("وا", trig.start, trig.end)
    ):
        return side("object", f"{name}: object")
    if name == "kill" and trig.pos == "past" and not subject and alone(units[unit], mention, trig):
        return "victim", "kill: nobody else is named as killed"
    case = "" if counted else grammatical_case(doc, mention)
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
        of = "subject" if case == "nominative" else "object"
        return side(of, f"{name}: {of} by its ending")
    if (
        counted
        and name in ("kill", "kill_on", "detain", "release", "seize")
        and trig.entry.voice == "active"
    ):
        return side("object", f"{name}: counted object")
    if trig.passive:
        return "target", f"{name}: passive"
    if trig.entry.voice in ("active", "two_sided") and subject:
        return side("object", f"{name}: object")
    if trig.entry.voice == "active" and gov.site and not gov.direct:
        return side("object", f"{name}: owner of what is hit")
    if trig.entry.voice == "active" and not is_armed(mention) and name != "protest":
        return side("object", f"{name}: people as object")
    return side("subject", f"{name}: subject")


_MEANS = frozenset(["action", "drone", "raid", "air", "gear"])
"""Flags of a mention whose own head is a weapon or an act («صاروخ إيراني»)."""


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
