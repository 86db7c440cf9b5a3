"""What governs a mention: the verb, verbal noun or preposition that it hangs on.

In: a sentence and a mention in it. Out: a :class:`Governor`. Looked for leftwards in the text, as
Arabic governs forward; a comma lets through only what can stand after an aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.parts import Governor, Part, is_armed
from isnad.coding.places import PlaceMention
from isnad.coding.sentence import Mark, Sentence, Trig
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.times import TimeMention

_REACH = 9  # tokens looked back for what governs a mention
STOPS = word_list("governor_stops") | frozenset("،؛.؟!\n:")


def governor(
    doc: Document,
    sentence: Sentence,
    mention: ActorMention,
    before: Part | None,
    figure_start: int | None = None,
) -> Governor:
    """What governs ``mention``, or the figure that counts it.

    ``before`` is the part to its left.
    """
    normal = doc.normal.text
    word_start, prefix = mention.word_start, normal[mention.word_start : mention.start]
    if figure_start is not None and figure_start < word_start:
        first = bisect_left(doc.tokens, figure_start + 1, key=lambda t: t.start) - 1
        word_start = doc.tokens[first].start
        prefix = normal[word_start:figure_start]
    conj = prefix[:1] in ("و", "ف") and bool(prefix)
    bare = prefix[1:] if conj else prefix
    named_again = next(
        (
            m
            for m in sentence.prepositions
            if m.start < mention.start <= m.end + 2
            and (m.kind == "backed" or (m.kind == "whole" and _after_a_party(sentence, m)))
        ),
        None,
    )
    if named_again is not None:
        return Governor("backed", trigger_before(sentence, word_start))
    taken = next(
        (
            m
            for m in sentence.prepositions
            if m.pos and bare.startswith(m.pos) and 0 <= word_start - m.end <= 2
            and m.kind not in ("owner", "backed")
        ),
        None,
    )  # fmt: skip
    if taken is not None:  # «مدعوما بمليشيات …», «من مخلفات قصف سابق لقوات …»
        return Governor(taken.kind, trigger_before(sentence, taken.word_start))
    if bare.startswith("ل") or normal.startswith("لل", mention.start):
        owner = any(
            m.kind == "owner" and 0 <= word_start - m.end <= 2 for m in sentence.prepositions
        )
        return Governor("ل", direct=True, trigger=trigger_before(sentence, word_start),
                        site=owner or _thing_right_before(sentence, word_start))  # fmt: skip
    if bare.startswith("ب"):
        return Governor("ب", direct=True)
    tokens = doc.tokens
    at = bisect_left(tokens, word_start, key=lambda t: t.start)
    if opens_clause(sentence, mention):
        return Governor()
    aside = before is not None and normal[before.mention.end : word_start].strip(" ،") in _ONE_SIDE
    if conj and before is not None and (aside or 0 <= word_start - before.mention.end <= 3):
        return Governor(
            before.governor.preposition, before.governor.trigger, before.governor.site, True
        )
    site = False
    comma = 0
    j = at
    back = 0  # tokens looked back over, those of places and times passed over left out
    adjunct = told = False
    while back < 2 * _REACH:
        j -= 1
        if j < 0 or tokens[j].start < sentence.start:
            break
        token = tokens[j]
        where_or_when = _begin_of_adjunct(sentence, token.start, word_start)
        if where_or_when is not None:
            if j + 1 < at and _LAM.match(tokens[j + 1].text):
                break  # «… إلى حقل العمر للقاء ضباط»: the purpose has its own object
            while j > 0 and tokens[j].start > where_or_when:
                j -= 1
            adjunct = True
            continue
        back += 1
        if token.text == "،" and (back <= 2 or comma == 1):
            comma += 1  # an aside may part a verb from its object: «اعتقلت الشرطة، أمس، شخصا»
            if comma == 3:
                break
            continue
        if token.text in STOPS or (back > _REACH and not comma):
            break
        sent = next((m for m in sentence.prepositions if m.kind == "laid"
                     and m.word_start <= token.start < m.end), None)  # fmt: skip
        if sent is not None and not comma:
            return Governor("laid", trigger_before(sentence, sent.word_start), direct=back == 1)
        trig = next((t for t in sentence.triggers if t.word_start <= token.start < t.end), None)
        if trig is not None:
            when = comma == 2 and adjunct and not told and trig.verbal and token.end <= trig.end
            if comma and not when and not _object_after_aside(sentence, trig, mention):
                break  # «قُتل، الثلاثاء، 12 شخصا»: only a day or a place lies between
            if adjunct and not trig.verbal:
                break  # nothing parts a verbal noun from whom it takes
            return Governor("", trig, site, direct=back == 1 and not adjunct)
        if comma:
            told = True
            continue
        mark = next((m for m in sentence.prepositions if m.word_start <= token.start < m.end), None)
        if mark is not None and mark.kind not in ("part", "most", "made_of", "whole"):
            if mark.kind == "owner":
                site = True
                continue
            inner = trigger_before(sentence, token.start)
            if inner is not None and _parted(doc, inner.end, mark.word_start):
                return Governor()  # «… وإصابة 20، فيما تعمل X على خطة Y»
            return Governor(mark.kind, inner, site, direct=back == 1)
        if any(m.word_start <= token.start < m.end for m in sentence.links):
            break
        thing = next((m for m in sentence.things if m.word_start <= token.start < m.end), None)
        if thing is not None:
            site = True
            lead = normal[thing.word_start : thing.start].lstrip("وف")
            if lead.startswith(("ل", "ب", "ك")):
                return Governor(lead[0], trigger_before(sentence, token.start), True)
            continue
        if any(o.word_start <= token.start < o.end for o in sentence.actors if o is not mention):
            if back > 1 or not conj:
                other = next(o for o in sentence.actors if o.word_start <= token.start < o.end)
                if before is not None and other is before.mention and conj and not site:
                    return Governor(
                        before.governor.preposition,
                        before.governor.trigger,
                        before.governor.site,
                        True,
                    )
                # two bare names after a verb: «قصفت القوات … مواقع …»
                inner = trigger_before(sentence, other.word_start)
                if inner is not None and _parted(doc, inner.end, other.word_start):
                    return Governor()
                return Governor("", inner, site)
            break
    return Governor("", None, site)


_OPENERS = word_list("clause_openers")


def _parted(doc: Document, start: int, end: int) -> bool:
    """Whether another clause begins between a trigger and a preposition after it."""
    words = doc.normal.text[start:end].replace("،", " ").split()
    return any(w in _OPENERS or w.lstrip("و") in _OPENERS for w in words)


def _after_a_party(sentence: Sentence, mark: Mark) -> bool:
    """Whether a party is named right before «أحد فصائل …», «الجناح العسكري لـ…»."""
    return any(0 <= mark.word_start - o.end <= 2 for o in sentence.actors)


def opens_clause(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a name after و is the subject of the verb right after it, and joined to nothing
    before it: «… على جرمانا والأمن العام يرسل تعزيزات»."""
    if mention.prefix[:1] not in ("و", "ف") or not mention.prefix:
        return False
    prepositions = {p.start for p in sentence.prepositions}
    for r in sentence.reports:
        if 0 <= r.start - mention.end <= 1 and r.start == r.word_start not in prepositions:
            return True  # «والحكومة تحمّل …»; «بين» is rather a preposition
    if not is_armed(mention):
        return False
    if any(is_armed(o) and 0 <= mention.word_start - o.end <= 3 for o in sentence.actors):
        return False  # «قصف لقوات النظام وروسيا استهدف …»
    verb = next((t for t in sentence.triggers if t.start >= mention.end), None)
    return (
        verb is not None
        and verb.verbal
        and not verb.conj
        and not verb.enclitic
        and verb.word_start - mention.end <= 1
    )


_ONE_SIDE = word_list("on_one_side")
_LAM = re.compile("لل|ل(?!ا$|م|ن$|كن|يل|دي|قد|ه|جن|واء)...")


_BEFORE_ADJUNCTS = word_list("before_adjuncts")


def _begin_of_adjunct(sentence: Sentence, at: int, before: int) -> int | None:
    """Where the place or time over ``at`` begins, with the preposition that governs it and so
    nothing after it: «اعتقل حاجز … في تل الناصرية عشرين شابا»."""
    adjuncts: list[PlaceMention | TimeMention] = [*sentence.places, *sentence.times]
    found = next((x for x in adjuncts if _first_word(x) <= at < x.end and x.end <= before), None)
    if found is None:
        return None
    start = _first_word(found)
    for m in sentence.prepositions:
        if m.kind in _BEFORE_ADJUNCTS and 0 <= start - m.end <= 2 and not m.conj:
            return m.word_start
    return start


def _first_word(x: PlaceMention | TimeMention) -> int:
    return x.word_start if isinstance(x, PlaceMention) else x.start


def _object_after_aside(sentence: Sentence, trig: Trig, mention: ActorMention) -> bool:
    """Whether a verb before a comma may still take ``mention`` as its object: it had a subject."""
    if not trig.verbal or trig.entry.voice != "active":
        return False
    return any(trig.end <= o.start and o.end < mention.start for o in sentence.actors)


def _thing_right_before(sentence: Sentence, at: int) -> bool:
    return any(0 <= at - m.end <= 14 for m in sentence.things)


def trigger_before(sentence: Sentence, at: int) -> Trig | None:
    """The last trigger that begins before ``at``."""
    found = None
    for t in sentence.triggers:
        if t.start >= at:
            break
        found = t
    return found
