"""Whether a word is a verb, a verbal noun or no trigger at all, by what stands around it."""

from __future__ import annotations

from bisect import bisect_left

from isnad.coding.document import Document
from isnad.coding.sentence import Sentence, Trig
from isnad.knowledge.vocabulary import Word, WordHit, vocabulary
from isnad.knowledge.word_lists import word_list

_NOUN_BEFORE = word_list("before_a_noun")
_HOSPITALS = word_list("hospitals")
_DAMMA = "\u064f"


def read_trigger(
    doc: Document, hit: WordHit, readings: list[Word], prefix: str, conj: bool, sentence: Sentence
) -> Trig | None:
    """The trigger that a word hit is here, as verb or noun, or None."""
    table = vocabulary().triggers
    readings = _in_company(doc, hit, readings)
    if is_static(doc, hit) or _checkpoint(doc, hit):
        return None
    nominal = [w for w in readings if w.pos == "noun"]
    if doc.normal.quote(hit.start, hit.end)[-1:] == "ة":  # «شهيدة», not «شهيد» with «ه»
        nominal = [w for w in nominal if w.enclitic != "ه"] or nominal
        readings = [w for w in readings if w.pos == "noun" or w.enclitic != "ه"]  # «القوة»
    # ه after a verb looks like the ending of a verbal noun («سيطره» is سيطرة): the noun is meant
    lookalike = any(not w.enclitic for w in nominal)
    verbal = [w for w in readings if w.pos != "noun" and not (lookalike and w.enclitic == "ه")]
    normal = doc.normal.text
    definite = (
        "ال" in prefix or prefix.startswith("لل") or normal.startswith(("ال", "لل"), hit.start)
    )
    light = any(table[w.key].role == "light" and not w.enclitic for w in nominal)
    acts = bool(verbal) and not prefix and _subject_follows(doc, hit)
    noun = (
        bool(nominal)
        and not acts
        and (not verbal or light or _is_noun(doc, hit, prefix, definite, sentence))
    )
    if noun:
        word = _pick_noun(doc, hit, nominal)
        pos = "noun"
    elif verbal:
        if (prefix and prefix != "س") or _after_a_preposition(doc, hit, verbal):
            return None
        word = verbal[0]
        pos = "future" if prefix == "س" else "past" if word.pos == "passive" else word.pos
    else:
        return None
    source = doc.normal.quote(hit.start, hit.end)
    passive = not noun and (word.pos == "passive" or _DAMMA in source[:3])
    entry = table[word.key]
    if entry.id in _ARRIVING and _of_a_toll(doc, hit, sentence):
        return None
    if entry.turns is not None and (
        _followed_by(doc, hit.end, entry.turns[1])
        or (not noun and _over_its_subject(doc, hit, entry.turns[1], sentence))
    ):
        entry = table[entry.turns[0]]
    first_word = normal[hit.start : hit.end].split(" ")[0]
    return Trig(
        hit.start, hit.end, hit.word_start, entry, pos, word.enclitic, prefix,
        definite or (noun and bool(word.enclitic)), conj, passive,
        noun and first_word.endswith("ات"),
    )  # fmt: skip


_NO_VERB_AFTER = word_list("no_verb_after")


def _after_a_preposition(doc: Document, hit: WordHit, readings: list[Word]) -> bool:
    """Whether a form of the past stands where only a noun can («في سجن المزة»)."""
    before = _token_before(doc, hit.word_start)
    past = all(w.pos == "past" for w in readings)
    return past and before is not None and doc.tokens[before].text in _NO_VERB_AFTER


_ARRIVING = frozenset(["deploy", "withdraw"])
_WAYS = word_list("into_a_hospital")


def _of_a_toll(doc: Document, hit: WordHit, sentence: Sentence) -> bool:
    """Whether a toll or the hurt arrive, and no force: «وصل عدد الجرحى إلى 28», «ووصل إلى 26»,
    «وصلوا إلى المستشفى»."""
    i = bisect_left(doc.tokens, hit.end, key=lambda t: t.start)
    after = doc.tokens[i : i + 3]
    if not after or after[0].kind != "word":
        return False
    if bare(after[0].text) in _TOTALS:
        return True
    if after[0].text not in _WAYS or len(after) < 2:
        return False
    at = after[1].start
    figure = any(n.start <= at < n.end and n.noun_start is None for n in sentence.numbers)
    return figure or bare(after[1].text) in _HOSPITALS


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


_VICTIMS = frozenset(["ضحايا", "قتلي", "شهداء", "جرحي"])
_TOTALS = frozenset(["عدد", "حصيله", "اعداد", "تعداد", "اجمالي"])


def is_static(doc: Document, hit: WordHit) -> bool:
    """Whether the word before makes a noun name a place or a state («مناطق انتشار»)."""
    before = _token_before(doc, hit.word_start)
    if before is None:
        return False
    word = doc.tokens[before].text
    statics = vocabulary().statics
    if bare(word) == "اثار" and _token_at(doc, hit.end) in _RELATIVES:
        return False  # «آثار القصف الذي تعرض له المخيم» tells of the deed
    if before and word in _VICTIMS and bare(doc.tokens[before - 1].text) in _TOTALS:
        return False  # «ارتفع عدد ضحايا قصف … إلى 140»: the toll of that deed
    return word in statics or (word[:1] in "وبلف" and word[1:] in statics)


_BEFORE_A_POST = word_list("before_a_post")
_POSTS = word_list("posts")


def _checkpoint(doc: Document, hit: WordHit) -> bool:
    """Whether «كمين» is a checkpoint, as Egypt calls it («أطلقوا النار على كمين أمني»)."""
    if doc.normal.text[hit.start : hit.end].removeprefix("ال") not in ("كمين", "كمينا"):
        return False
    i = bisect_left(doc.tokens, hit.end, key=lambda t: t.start)
    before = _token_before(doc, hit.word_start)
    if before is not None and bare(doc.tokens[before].text) in _BEFORE_A_POST:
        return True
    return i < len(doc.tokens) and doc.tokens[i].text in _POSTS


_SITES = word_list("drill_sites")


def names_a_site(doc: Document, hit: WordHit) -> bool:
    """Whether a drill only names the place where it is held («معسكر تدريب»)."""
    before = _token_before(doc, hit.word_start)
    return before is not None and bare(doc.tokens[before].text) in _SITES


def bare(word: str) -> str:
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
        if _is_listed(token.text, listed):
            return True
        seen += token.kind == "word"
        if seen > 9:
            return False
        if token.kind in ("newline",) or token.text in (".", "؛"):
            return False
    return False


_WHERE = word_list("state_is_place_after")
_NO_OBJECT = word_list("no_object_after_on")


def _over_its_subject(
    doc: Document, hit: WordHit, listed: frozenset[str], sentence: Sentence
) -> bool:
    """Whether a verb's own preposition (listed with «+») follows its subject, a party: «قضت قوات X،
    في الميلية، على إرهابي»; not «قضى جندي من X على يد Y»."""
    own = {w[1:] for w in listed if w.startswith("+")}
    subject = next((m for m in sentence.actors if 0 <= m.word_start - hit.end <= 1), None)
    if not own or subject is None or subject.kind != "actor" or "persons" in subject.flags:
        return False
    aside = [(x.start, x.end) for x in sentence.times]
    aside += [(p.word_start, p.end) for p in sentence.places]
    i = bisect_left(doc.tokens, subject.end, key=lambda t: t.start)
    for k, token in enumerate(doc.tokens[i : i + 24], i):
        if token.start >= sentence.end:
            return False
        if token.text in own and k + 1 < len(doc.tokens):
            return doc.tokens[k + 1].text not in _NO_OBJECT
        where = token.text in _WHERE or token.text in "،,()"
        if where or any(s <= token.start < e for s, e in aside):
            continue
        return False
    return False


def _is_listed(word: str, listed: frozenset[str]) -> bool:
    """Whether a word is listed, whatever stands before it, and with or without tanwin."""
    plain = bare(word)
    return bool(listed & {word, plain}) or (plain.endswith("ا") and plain[:-1] in listed)


_RELATIVES = word_list("who")


def _token_at(doc: Document, at: int) -> str:
    i = bisect_left(doc.tokens, at, key=lambda t: t.start)
    return doc.tokens[i].text if i < len(doc.tokens) else ""


def _token_before(doc: Document, at: int) -> int | None:
    i = bisect_left(doc.tokens, at, key=lambda t: t.start) - 1
    return i if i >= 0 else None


def _subject_follows(doc: Document, hit: WordHit) -> bool:
    """Whether the next word is a nominative plural («شن مسلحون»): what a verb has, no noun's owner.

    The owner of a verbal noun would stand in the genitive, «شن مسلحين».
    """
    after = bisect_left(doc.tokens, hit.end, key=lambda t: t.start)
    if after >= len(doc.tokens):
        return False
    word = doc.tokens[after].text
    return word.endswith("ون") and len(word) > 4


def _is_noun(doc: Document, hit: WordHit, prefix: str, definite: bool, sentence: Sentence) -> bool:
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
