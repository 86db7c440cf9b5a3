"""What a sentence holds: its triggers, links, cues and prepositions, with the mentions in it.

In: a :class:`Document` and the mentions found in it. Out: :class:`Sentence` objects, each trigger
read as verb or noun by what stands around it.
"""

from __future__ import annotations

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
            elif word.table == "report" and doc.normal.quote(hit.start, hit.end)[-1:] == "ة":
                continue  # «حملة» is a campaign, and no «حمّله»
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
                sentence.triggers.append(trig)
    sentence.triggers = _without_overlaps(
        _without_mere_people(_without_companions(doc, sentence.triggers))
    )
    sentence.triggers = _without_launches(sentence)
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
    """Drop the firing that only says whose the thing stopped was («اعترض صاروخا أطلقه …»)."""
    sent = {m.start for m in sentence.prepositions if m.kind == "laid"}
    out: list[Trig] = []
    for t in sentence.triggers:
        stopped = bool(out) and out[-1].entry.frame == "seize" and t.start - out[-1].end <= 40
        if not (stopped and t.start in sent and t.enclitic and not t.conj):
            out.append(t)
    return out


def _without_overlaps(triggers: list[Trig]) -> list[Trig]:
    out: list[Trig] = []
    for t in triggers:
        if out and t.start < out[-1].end:
            if t.end - t.start > out[-1].end - out[-1].start:
                out[-1] = t
            continue
        out.append(t)
    return out
