"""Whether an event happened, goes on, is planned, was foiled or denied, or is no event at all.

In: a unit. Out: a status and the cue that gave it, or ``drop`` for aims, comments, drills and
metaphors. The cues are the rows of ``data/coding/cues.csv``.
"""

from __future__ import annotations

import re

from isnad.coding.document import Document
from isnad.coding.sentence import Mark, Trig
from isnad.coding.units import Unit

_REACH_NEXT = 12  # «قصفا صاروخيا مماثلا»: one adjective between
_REACH_BEFORE = 45  # code points between a cue and the trigger it colours
_REACH_AFTER = 18
_REACH_FAR = 160  # a denial or an escape reaches over the clauses of its sentence
_FUTURE_WORDS = re.compile(r"مقبل|قادم|\bغدا\b|القريب العاجل|لاحقا هذا")
"""Not «غداة», the day after something."""
_HAD = re.compile(r"\bو?كان(ت|وا)?\b")
_RELATIVES = frozenset(["الذي", "التي", "الذين", "ممن"])
_HABIT = ("يوميا", "يومي", "متكرر", "بشكل مستمر", "عاده ما", "باستمرار", "بين الحين والاخر")
_ALWAYS_FOILED = frozenset(["aid_stop"])
_ALWAYS_PLANNED = frozenset(["march_on"])
_STATES = frozenset(["siege", "armed_clash", "disappearance", "operation", "protest"])
_AROUND = _STATES | {"deployment"}
_DEEDS = frozenset(["event", "generic", "raid"])
_DROP = frozenset(["purpose", "comment", "drill", "metaphor"])


def status_of(doc: Document, unit: Unit) -> tuple[str, str]:
    """The unit's status and the rule; the status ``drop`` says that nothing is told.

    Planned, foiled and denied lean on a cue before the main trigger with no other event between;
    ``attempt`` is foiled if no harm is told (``docs/coding.md``).
    """
    main = unit.content[0] if unit.content else unit.triggers[0]
    first = unit.triggers[0]
    found: dict[str, Mark] = {}
    for cue in unit.sentence.cues:
        if _colours(doc, unit, cue, main, first):
            found.setdefault(cue.kind, cue)
    if any(t.entry.frame == "halt" and t.start < main.start for t in unit.triggers):
        return "drop", "what is stopped or suspended"
    if unit.link == "purpose" and "planned" not in found:
        return "drop", "an aim, not an event"
    for kind in ("denied", "foiled", "planned"):
        if kind in found and found[kind].pos == "verb" and not unit.content:
            return "drop", "a harm that is told not to have been, or only feared"
        if kind in found:
            return kind, f"cue {doc.normal.quote(found[kind].start, found[kind].end)}"
    for kind in ("metaphor", "drill", "purpose", "comment"):
        if kind in found and not (kind in ("comment", "drill") and unit.outcomes):
            cue = found[kind]
            return "drop", f"{kind}: cue {doc.normal.quote(cue.start, cue.end)}"
    if "attempt" in found and not unit.outcomes:
        return "foiled", "attempt without harm"
    if main.entry.id in _ALWAYS_FOILED:
        return "foiled", "what it tells is a prevention"
    if main.entry.id in _ALWAYS_PLANNED or any(t.pos == "future" for t in unit.triggers):
        return "planned", "future tense"
    if not any(t.pos == "past" for t in unit.triggers) and _in_future(doc, unit):
        return "planned", "its time lies after the report"
    if unit.link == "purpose":
        return "drop", "an aim, not an event"
    ongoing = found.get("ongoing") or (found.get("ongoing_weak") if main.pos == "present" else None)
    if ongoing is None and main.pos == "noun" and not main.definite and main.entry.type in _AROUND:
        ongoing = found.get("ongoing_around")
    if ongoing is not None:
        return "ongoing", f"cue {doc.normal.quote(ongoing.start, ongoing.end)}"
    lasting = any(
        "consecutive" in tm.flags or (tm.kind == "since" and main.entry.type in _STATES)
        for tm in unit.sentence.times
        if unit.start <= tm.start < unit.end
    )
    if lasting:
        return "ongoing", "a state that lasts"
    if any(t.pos == "present" for t in unit.triggers):
        since = any(
            tm.kind == "since" and (unit.link != "break" or unit.start <= tm.start < unit.end)
            for tm in unit.sentence.times
        )
        if since:
            return "ongoing", "present tense with منذ"
        stretch = doc.normal.text[unit.start : unit.end]
        if "habit" in found or any(h in stretch for h in _HABIT):
            return "habit", "a habit"
    return "happened", "told as past"


def is_another(doc: Document, unit: Unit) -> bool:
    """Whether the unit's words set its event beside an earlier one («قصف مماثل», «غارة أخرى»)."""
    main = unit.content[0] if unit.content else unit.triggers[0]
    return any(
        cue.kind == "another" and _colours(doc, unit, cue, main, unit.triggers[0])
        for cue in unit.sentence.cues
    )


def _in_future(doc: Document, unit: Unit) -> bool:
    """Whether the unit's only times lie after the day of publication."""
    times = [
        t
        for t in unit.sentence.times
        if unit.start <= t.start < unit.end and t.kind in ("point", "until")
    ]
    if not times:
        return False
    day = doc.report.published
    for t in times:
        words = doc.normal.text[t.start : t.end]
        ahead = _FUTURE_WORDS.search(words) is not None or (
            day is not None and t.earliest is not None and t.earliest > day
        )
        if not ahead:
            return False
    return True


def _parted(unit: Unit, start: int, end: int) -> bool:
    """Whether a new statement begins between two points of the sentence."""
    if any(m.kind == "break" and start <= m.word_start < end for m in unit.sentence.links):
        return True
    return any(
        m.kind in ("continue", "accuse") and start <= m.word_start < end
        for m in unit.sentence.reports
    )


def negated(unit: Unit, trig: Trig) -> bool:
    """Whether an outcome is told not to have been («دون وقوع إصابات»)."""
    return any(
        c.kind == "negated" and 0 <= trig.word_start - c.end <= 30 for c in unit.sentence.cues
    )


def _dated_or_parted(doc: Document, cue: Mark, main: Trig) -> bool:
    """Whether a word of lasting belongs to something else than the event: a toll has happened,
    and «الذين لا يُعرف مكانهم الآن» speaks of people."""
    if main.outcome:
        return True
    gap = doc.normal.text[main.end : cue.start].split()
    return any(w in _RELATIVES for w in gap)


def _colours(doc: Document, unit: Unit, cue: Mark, main: Trig, first: Trig) -> bool:
    if cue.pos == "any" and cue.kind.startswith("ongoing") and _dated_or_parted(doc, cue, main):
        return False
    if cue.pos == "any":
        if cue.kind == "ongoing" and any(
            main.end <= t.start and t.end <= cue.start and t.role in _DEEDS
            for t in unit.sentence.triggers
        ):
            return False  # «قصفت … دعما لمن يقاومون الهجمات المستمرة»: of the nearer one
        return unit.start <= cue.start < unit.end and abs(cue.start - main.start) < 120
    if cue.kind == "planned" and main.pos == "past":
        return False  # what is planned stands in the imperfect or as a verbal noun
    if cue.pos == "verb":
        if cue.kind == "planned" and (
            cue.conj or _HAD.search(doc.normal.text, unit.start, cue.start)
        ):
            return False  # «وكان ناطق قد تحدّث»: the past, whatever its letters
        return any(
            t.pos == "present"
            and 0 <= t.word_start - cue.end <= 1
            and (t.start <= main.start or t.role == "light")
            for t in unit.triggers
        )
    if cue.pos == "touching":
        return main.pos == "noun" and 0 <= main.word_start - cue.end <= 1
    if cue.pos == "sentence":
        return cue.start > main.start and not _parted(unit, main.end, cue.start)
    if cue.pos == "far":
        return 0 <= main.word_start - cue.end <= _REACH_FAR and not _parted(
            unit, cue.end, main.start
        )
    if cue.kind == "denied" and cue.pos == "before":
        at = first.word_start if first.start > cue.end else main.word_start
        return 0 <= at - cue.end <= _REACH_FAR and not _parted(unit, cue.end, at)
    if cue.pos == "next":
        return 0 <= cue.word_start - main.end <= _REACH_NEXT
    if cue.pos == "after" and cue.kind == "metaphor" and main.pos == "noun":
        words = doc.normal.text[main.end : cue.word_start].split()
        if main.entry.frame in ("detain", "destroy", "seize"):
            return False  # «احتجاز سفينة تجارية»
        return cue.word_start >= main.end and all(w.endswith(("ي", "يه")) for w in words)
    if cue.pos == "after":
        of_its_object = main.verbal and main.entry.voice == "active"
        if of_its_object and doc.normal.text[cue.start : cue.end].endswith("يه"):
            return False  # «هاجمت سفينة تجارية»: of the ship
        return 0 <= cue.word_start - main.end <= _REACH_AFTER
    gap_end = first.word_start if first.role != "outcome_noun" else main.word_start
    at = main.word_start if main.start >= cue.end else gap_end
    if not (cue.end <= at and at - cue.end <= _REACH_BEFORE):
        return False
    between = [t for t in unit.sentence.triggers if cue.end <= t.start < at]
    if any(t.role in ("event", "generic", "raid") and t not in unit.triggers for t in between):
        return False
    if cue.kind in _DROP and any(t.verbal and t.pos == "past" for t in between):
        return False  # «يئسا من القدرة على الإفلات فأقدما على تفجير …»
    gap = doc.normal.text[cue.end : at]
    if cue.kind in _DROP and ("،" in gap or (" و" in gap and cue.kind != "comment")):
        return False
    return "،" not in gap or cue.kind in ("denied",)
