"""What a sentence holds: its triggers, links, cues and prepositions, with the mentions in it.

In: a :class:`Document` and the mentions found in it. Out: :class:`Sentence` objects, each trigger
read as verb or noun by what stands around it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.layout import Block
from isnad.coding.places import PlaceMention
from isnad.coding.weapons import WeaponMention
from isnad.knowledge.vocabulary import Trigger, Word, WordHit, vocabulary
from isnad.language.arabic.numbers import Number
from isnad.language.arabic.times import TimeMention

_NOUN_BEFORE = frozenset(
    "من في علي الي عن بعد قبل خلال اثناء جراء اثر نتيجه بسبب عقب بفعل عمليه عمليات حمله محاوله حاله "
    "حالات دون ضد بين تحت رغم منذ اي كل هذا هذه ذلك تلك وسط عبر لدي ضمن سلسله".split()
)
_DAMMA = "\u064f"


@dataclass(slots=True, eq=False)
class Trig:
    """A trigger in its sentence. Offsets in the normal form; ``word_start`` with proclitics.

    ``pos`` is ``past``, ``present``, ``future`` or ``noun``; ``prefix`` the proclitics without و/ف;
    ``plural`` a noun in ـات.
    """

    start: int
    end: int
    word_start: int
    entry: Trigger
    pos: str
    enclitic: str
    prefix: str
    definite: bool
    conj: bool
    passive: bool = False
    plural: bool = False
    index: int = 0

    @property
    def verbal(self) -> bool:
        return self.pos != "noun"

    @property
    def role(self) -> str:
        return self.entry.role

    @property
    def outcome(self) -> str | None:
        """The casualties' outcome, for a trigger of the outcome kind."""
        return self.entry.type[1:] if self.entry.type.startswith("@") else None


@dataclass(slots=True, eq=False)
class Mark:
    """A word that is no trigger: a link, cue, preposition, reporting verb, source head, thing hit."""

    start: int
    end: int
    word_start: int
    kind: str
    pos: str
    conj: bool


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence and all that was found in it, in text order."""

    start: int
    end: int
    block: Block
    number: int
    paragraph: int
    triggers: list[Trig] = field(default_factory=list)
    links: list[Mark] = field(default_factory=list)
    cues: list[Mark] = field(default_factory=list)
    prepositions: list[Mark] = field(default_factory=list)
    reports: list[Mark] = field(default_factory=list)
    heads: list[Mark] = field(default_factory=list)
    things: list[Mark] = field(default_factory=list)
    actors: list[ActorMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    weapons: list[WeaponMention] = field(default_factory=list)


_TABLES = {
    "link": "links", "cue": "cues", "preposition": "prepositions", "report": "reports",
    "source": "heads", "hit": "things",
}  # fmt: skip


def fill(doc: Document, sentence: Sentence, hits: list[WordHit]) -> None:
    """Sort word hits of ``sentence`` into its triggers and marks."""
    normal = doc.normal.text
    blocked = [(m.start, m.end) for m in sentence.actors if m.kind in ("actor", "unknown")]
    blocked += [(p.name_start - 1, p.name_end) for p in sentence.places]  # its first word too
    blocked += [(w.start, w.end) for w in sentence.weapons if w.item == "drone"]
    for hit in hits:
        prefix = normal[hit.word_start : hit.start]
        conj = prefix[:1] in ("و", "ف") and bool(prefix)
        bare = prefix[1:] if conj else prefix
        trigger_readings: list[Word] = []
        for word in hit.readings:
            if word.table == "trigger":
                trigger_readings.append(word)
            elif not (word.key == "drill" and (_static(doc, hit) or _nominal_site(doc, hit))):
                mark = Mark(hit.start, hit.end, hit.word_start, word.key, word.pos, conj)
                getattr(sentence, _TABLES[word.table]).append(mark)
        in_time = any(t.start < hit.end and hit.start < t.end for t in sentence.times)
        if trigger_readings and not in_time and not _inside(hit, blocked):
            trig = _read(doc, hit, trigger_readings, bare, conj, sentence)
            if trig is not None:
                trig.index = len(sentence.triggers)
                sentence.triggers.append(trig)
    sentence.triggers = _without_overlaps(
        _without_mere_people(_without_companions(doc, sentence.triggers))
    )
    verbs = {(m.start, m.end) for m in sentence.reports}
    sentence.actors = [m for m in sentence.actors if (m.start, m.end) not in verbs]


def _inside(hit: WordHit, spans: list[tuple[int, int]]) -> bool:
    """Whether a hit lies inside a name, but is not the name's own first word («قصف تركي»)."""
    return any(s < hit.start and hit.end <= e for s, e in spans)


def _read(
    doc: Document, hit: WordHit, readings: list[Word], prefix: str, conj: bool, sentence: Sentence
) -> Trig | None:
    table = vocabulary().triggers
    readings = _in_company(doc, hit, readings)
    if _static(doc, hit):
        return None
    nominal = [w for w in readings if w.pos == "noun"]
    # ه after a verb looks like the ending of a verbal noun («سيطره» is سيطرة): the noun is meant
    lookalike = any(not w.enclitic for w in nominal)
    verbal = [w for w in readings if w.pos != "noun" and not (lookalike and w.enclitic == "ه")]
    normal = doc.normal.text
    definite = "ال" in prefix or prefix.startswith("لل") or normal.startswith(("ال", "لل"), hit.start)
    light = any(table[w.key].role == "light" for w in nominal)
    noun = bool(nominal) and (not verbal or light or _is_noun(doc, hit, prefix, definite, sentence))
    if noun:
        word = _pick_noun(doc, hit, nominal)
        pos = "noun"
    elif verbal:
        if prefix and prefix != "س":
            return None
        word = verbal[0]
        pos = "future" if prefix == "س" else word.pos
    else:
        return None
    source = doc.normal.quote(hit.start, hit.end)
    passive = not noun and _DAMMA in source[:3]
    entry = table[word.key]
    if entry.turns is not None and _followed_by(doc, hit.end, entry.turns[1]):
        entry = table[entry.turns[0]]
    return Trig(
        hit.start, hit.end, hit.word_start, entry, pos, word.enclitic, prefix,
        definite or (noun and bool(word.enclitic)), conj, passive,
        noun and normal.startswith("ات", hit.start + len(normal[hit.start : hit.end].split(" ")[0]) - 2),
    )  # fmt: skip


def _pick_noun(doc: Document, hit: WordHit, readings: list[Word]) -> Word:
    """Among nouns of one form («15 إصابة», «إصابة 15»): after a number, the thing counted."""
    if len(readings) > 1 and not vocabulary().triggers[readings[0].key].company:
        before = _token_before(doc, hit.word_start)
        counted = before is not None and doc.tokens[before].kind == "number"
        for word in readings:
            if (vocabulary().triggers[word.key].role == "outcome_noun") == counted:
                return word
    return readings[0]


def _in_company(doc: Document, hit: WordHit, readings: list[Word]) -> list[Word]:
    """Readings whose companions stand near («أطلق … سراح»), before those that need none."""
    table = vocabulary().triggers
    free = [w for w in readings if not table[w.key].company]
    bound = [w for w in readings if table[w.key].company and _near(doc, hit, table[w.key].company)]
    return bound + free if bound else free


def _near(doc: Document, hit: WordHit, company: frozenset[str]) -> bool:
    """Whether a companion follows within the clause, or stands right before («الطريق قُطع»)."""
    if _followed_by(doc, hit.end, company):
        return True
    i = bisect_left(doc.tokens, hit.word_start, key=lambda t: t.start)
    return any(t.text in company for t in doc.tokens[max(0, i - 2) : i])


def _static(doc: Document, hit: WordHit) -> bool:
    """Whether the word before makes a noun name a place or a state («مناطق انتشار»)."""
    before = _token_before(doc, hit.word_start)
    if before is None:
        return False
    word = doc.tokens[before].text
    statics = vocabulary().statics
    return word in statics or (word[:1] in "وبلف" and word[1:] in statics)


_SITES = frozenset("معسكر معسكرات مركز مراكز ميدان ميادين مقر مقار قاعده كتيبه دوره دورات".split())


def _nominal_site(doc: Document, hit: WordHit) -> bool:
    """Whether a drill only names the place where it is held («معسكر تدريب»)."""
    before = _token_before(doc, hit.word_start)
    return before is not None and _bare(doc.tokens[before].text) in _SITES


def _bare(word: str) -> str:
    """A word without و ب ل before it and without the article."""
    if word[:1] in "وبل" and len(word) > 4:
        word = word[1:]
    if word.startswith("لل"):
        word = word[1:]
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _followed_by(doc: Document, at: int, listed: frozenset[str]) -> bool:
    """Whether one of ``listed`` stands within the next words of the same clause."""
    i = bisect_left(doc.tokens, at, key=lambda t: t.start)
    seen = 0
    for token in doc.tokens[i : i + 20]:
        if token.text in listed or _bare(token.text) in listed:
            return True
        seen += token.kind == "word"
        if seen > 9:
            return False
        if token.kind in ("newline",) or token.text in (".", "؛"):
            return False
    return False


def _token_before(doc: Document, at: int) -> int | None:
    i = bisect_left(doc.tokens, at, key=lambda t: t.start) - 1
    return i if i >= 0 else None


def _is_noun(
    doc: Document, hit: WordHit, prefix: str, definite: bool, sentence: Sentence
) -> bool:
    """Whether a form that may be a verb or its verbal noun is the noun here."""
    if definite or (prefix and prefix != "س"):
        return True
    tokens = doc.tokens
    before = _token_before(doc, hit.word_start)
    first = before is None or tokens[before].kind in ("newline", "mark")
    if not first and before is not None and tokens[before].text in _NOUN_BEFORE:
        return True
    after = bisect_left(tokens, hit.end, key=lambda t: t.start)
    if after >= len(tokens):
        return True
    nxt = tokens[after].text
    if nxt in ("علي", "ل", "من") or (nxt.startswith("لل") and len(nxt) > 3):
        return True
    at = tokens[after].start
    mention = next((m for m in sentence.actors if m.word_start <= at < m.end), None)
    if mention is not None:
        with_lam = mention.start > mention.word_start == at and nxt.startswith("ل")
        hidden = mention.start <= hit.start  # «قصف تركي»: the adjective names the author
        return with_lam or hidden
    # an indefinite adjective right after («قصف مدفعي عنيف») makes it a noun
    return nxt.endswith("ي") and not nxt.startswith("ال") and len(nxt) > 3


_PEOPLE_OUTCOMES = frozenset(["captured", "detained", "displaced"])


def _without_mere_people(triggers: list[Trig]) -> list[Trig]:
    """Drop captives, detainees and displaced people to whom another word tells what happened
    («توفي ثلاثة محتجزين»): there they are people, not the event."""
    out: list[Trig] = []
    for t in triggers:
        people = t.role == "outcome_noun" and t.outcome in _PEOPLE_OUTCOMES
        if people and out and out[-1].role not in ("light", "outcome_noun") and t.start - out[-1].end <= 30:
            continue
        out.append(t)
    return out


def _without_companions(doc: Document, triggers: list[Trig]) -> list[Trig]:
    """Drop a trigger that is only the companion of the one before («فرضت طوقا»: one event)."""
    out: list[Trig] = []
    for t in triggers:
        before = out[-1] if out else None
        if before is not None and before.entry.company and t.start - before.end <= 40:
            words = [doc.normal.text[t.start : t.end], _bare(doc.normal.text[t.word_start : t.end])]
            if any(w in before.entry.company for w in words):
                continue
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
    for i, t in enumerate(out):
        t.index = i
    return out
