"""What a sentence holds: its triggers, links, cues and prepositions, with the mentions in it.

In: a :class:`Document` and the mentions found in it. Out: :class:`Sentence` objects, each trigger
read as verb or noun by what stands around it.
"""

from __future__ import annotations

from dataclasses import replace

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.places import PlaceMention
from isnad.coding.readings import bare, is_static, names_a_site, read_trigger
from isnad.coding.sentence import Mark, Sentence, Trig
from isnad.knowledge.vocabulary import Word, WordHit

_TABLES = {
    "link": "links", "cue": "cues", "preposition": "prepositions", "report": "reports",
    "source": "heads", "topic": "topics", "hit": "things",
}  # fmt: skip


def fill(doc: Document, sentence: Sentence, hits: list[WordHit]) -> None:
    """Sort word hits of ``sentence`` into its triggers and marks."""
    normal = doc.normal.text
    blocked = [
        # «الغارة الإسرائيلية»: the adjective names the actor, its noun tells the deed
        (m.head_end if "adjective" in m.flags else m.start, m.end)
        for m in sentence.actors
        if m.kind in ("actor", "unknown")
    ]
    blocked += [(m.start - 1, m.end) for m in sentence.actors if _begins_with_people(m)]
    blocked += [(p.name_start - 1, p.name_end) for p in sentence.places]  # its first word too
    blocked += [(w.start, w.end) for w in sentence.weapons if w.item == "drone"]
    nominal: set[int] = set()
    for hit in hits:
        prefix = normal[hit.word_start : hit.start]
        conj = prefix[:1] in ("و", "ف") and bool(prefix)
        rest = prefix[1:] if conj else prefix
        trigger_readings: list[Word] = []
        in_time = any(t.start < hit.end and hit.start < t.end for t in sentence.times)
        for word in hit.readings:
            if word.table == "trigger":
                trigger_readings.append(word)
            elif word.table == "link" and in_time:
                continue  # «بعد ظهر اليوم» dates the event and ties it to nothing
            elif word.table == "report" and _is_no_verb(doc, hit, rest):
                continue
            elif word.enclitic in _FEMININE and doc.normal.quote(hit.start, hit.end)[-1:] == "ة":
                continue  # «وعدة إصابات»: several, and nothing promised
            elif word.table == "cue" and not _leads_to(doc, hit, word.enclitic[-1:]):
                continue  # «صفارات الإنذار» is no «إنذار بـ…»
            elif word.table == "cue" and _whom_it_befell(sentence, hit):
                continue  # «قُتل طالب بقصف»: a student, nobody who demands
            elif word.table == "preposition" and not _takes(doc, hit, word.pos):
                continue  # «فصائل المعارضة» is not «المعارضة لـ…»
            elif not (word.key == "drill" and (is_static(doc, hit) or names_a_site(doc, hit))):
                mark = Mark(hit.start, hit.end, hit.word_start, word.key, word.pos, conj)
                getattr(sentence, _TABLES[word.table]).append(mark)
        if trigger_readings and not in_time and not _inside(hit, blocked):
            trig = read_trigger(doc, hit, trigger_readings, rest, conj, sentence)
            if trig is not None:
                nominal |= {trig.start} if any(w.pos == "noun" for w in trigger_readings) else set()
                _before_a_verb(sentence.triggers, trig, nominal)
                sentence.triggers.append(trig)
    sentence.triggers = _without_overlaps(
        _without_mere_people(_without_companions(doc, sentence.triggers))
    )
    sentence.triggers = _without_launches(sentence)
    sentence.triggers = _without_repelling(sentence)
    sentence.places = [p for p in sentence.places if not _in_a_trigger(sentence, p)]
    sentence.weapons = [w for w in sentence.weapons if not _only_flies(sentence, w.start, w.end)]
    verbs = {(m.start, m.end) for m in sentence.reports}
    taken = {t.start for t in sentence.triggers if t.outcome and t.role != "outcome_noun"}
    sentence.actors = [
        m
        for m in sentence.actors
        if (m.start, m.end) not in verbs
        and not (m.kind == "group" and m.start in taken)  # «أسر اثنين» names no families
    ]


def _whom_it_befell(sentence: Sentence, hit: WordHit) -> bool:
    """Whether a word stands right after a verb or noun of harm: it names who was harmed."""
    last = sentence.triggers[-1] if sentence.triggers else None
    if last is None or not last.outcome or last.role != "outcome":
        return False
    return hit.start == hit.word_start and hit.word_start - last.end == 1


def _begins_with_people(m: ActorMention) -> bool:
    """«أبطال جهاز مكافحة الإرهاب» are men, and not the defusing («إبطال») of anything."""
    tells = m.role == "detainee" or m.head.startswith(("انتحار", "انغماس"))
    return m.kind == "actor" and "persons" in m.flags and not tells


def _takes(doc: Document, hit: WordHit, particle: str) -> bool:
    """Whether the word after a preposition begins with the particle that belongs to it."""
    if not particle:
        return True
    after = doc.normal.text[hit.end : hit.end + 6].lstrip(" \"«“'#")
    return after.startswith(particle)


def _before_a_verb(triggers: list[Trig], verb: Trig, nominal: set[int]) -> None:
    """A word that may be verb or noun is the noun right before a verb: «قصف يستهدف …»."""
    last = triggers[-1] if triggers else None
    if last is None or not (last.verbal and verb.verbal) or verb.conj or last.start not in nominal:
        return
    if last.role not in ("event", "generic"):
        return
    if verb.word_start - last.end == 1 and not last.enclitic:
        triggers[-1] = replace(last, pos="noun", passive=False)


def _is_no_verb(doc: Document, hit: WordHit, prefix: str) -> bool:
    """«حملة» is a campaign and no «حمّله», «التابع» a belonging and no «تابع»."""
    return "ال" in prefix or doc.normal.quote(hit.start, hit.end)[-1:] == "ة"


_FEMININE = ("ه", "هب", "هل")
"""A pronoun, alone or before a particle, that is spelled as the feminine ending is."""
_PARTICLE_WORDS = 6


def _leads_to(doc: Document, hit: WordHit, particle: str) -> bool:
    """Whether one of the words after a cue begins with the ل or ب that belongs to it."""
    if particle not in ("ل", "ب"):
        return True
    after = doc.normal.text[hit.end : hit.end + 60].split()[:_PARTICLE_WORDS]
    return any(w.lstrip('"«“(').startswith(particle) for w in after)


def _inside(hit: WordHit, spans: list[tuple[int, int]]) -> bool:
    """Whether a hit lies inside a name, but is not the name's own first word («قصف تركي»)."""
    return any(s < hit.start and hit.end <= e for s, e in spans)


_REACH = 25


def _only_flies(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an aircraft is told only to circle («حلقت مسيرات»), and not to strike then."""
    flown = any(
        cue.kind == "overflight"
        and (0 <= start - cue.end <= _REACH or 0 <= cue.word_start - end <= _REACH)
        for cue in sentence.cues
    )
    return flown and not any(
        t.conj and t.role in ("event", "generic") and 0 <= t.word_start - end <= _REACH
        for t in sentence.triggers
    )


def _in_a_trigger(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether a name is a word of the event («مجزرة جديدة»), not where it happened."""
    return any(t.start < place.start and place.end <= t.end for t in sentence.triggers)


_PEOPLE_OUTCOMES = frozenset(["captured", "detained", "displaced"])


def _without_mere_people(triggers: list[Trig]) -> list[Trig]:
    """Drop captives, detainees and displaced people to whom another word tells what happened
    («توفي ثلاثة محتجزين»): there they are people, not the event."""
    out: list[Trig] = []
    for t in triggers:
        people = t.role == "outcome_noun" and t.outcome in _PEOPLE_OUTCOMES
        if (
            people
            and out
            and out[-1].role not in ("light", "outcome_noun")
            and t.start - out[-1].end <= 30
        ):
            continue
        out.append(t)
    return out


def _without_companions(doc: Document, triggers: list[Trig]) -> list[Trig]:
    """Drop a trigger that is only the companion of the one before («فرضت طوقا»: one event)."""
    out: list[Trig] = []
    for t in triggers:
        before = out[-1] if out else None
        counts = t.role == "outcome_noun"  # «عثر على ثلاث جثث»: what is counted
        if (
            before is not None
            and before.entry.company
            and not counts
            and t.start - before.end <= 40
        ):
            words = [doc.normal.text[t.start : t.end], bare(doc.normal.text[t.word_start : t.end])]
            if any(w in before.entry.company for w in words):
                continue
        out.append(t)
    return out


def _without_launches(sentence: Sentence) -> list[Trig]:
    """Drop the firing that only says whose the thing stopped was («اعترض صاروخا أطلقه …», «صاروخا
    أُطلق باتجاه …»)."""
    sent = {m.start for m in sentence.prepositions if m.kind == "laid"}
    out: list[Trig] = []
    for t in sentence.triggers:
        stopped = bool(out) and out[-1].entry.frame == "seize" and t.start - out[-1].end <= 40
        launch = (t.start in sent and t.enclitic) or t.entry.id == "fire_one"
        if not (stopped and launch and t.verbal and not t.conj):
            out.append(t)
    return out


def _without_repelling(sentence: Sentence) -> list[Trig]:
    """Drop the word that only says an attack was repelled («تصدت X لهجوم Y»): the attack is told,
    and its cue says that it failed."""
    repels = {c.start for c in sentence.cues if c.kind == "foiled"}
    out: list[Trig] = []
    for i, t in enumerate(sentence.triggers):
        after = sentence.triggers[i + 1] if i + 1 < len(sentence.triggers) else None
        met = (
            t.start in repels and t.entry.frame == "seize" and after is not None
            and after.pos == "noun" and after.prefix.startswith("ل")
            and after.word_start - t.end <= _REACH_OBJECT
        )  # fmt: skip
        if not met:
            out.append(t)
    return out


_REACH_OBJECT = 50  # code points from a verb over its subject to what it takes


def _without_overlaps(triggers: list[Trig]) -> list[Trig]:
    out: list[Trig] = []
    for t in triggers:
        if out and t.start < out[-1].end:
            if t.end - t.start > out[-1].end - out[-1].start:
                out[-1] = t
            continue
        out.append(t)
    return out
