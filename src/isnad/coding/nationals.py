"""People told by their nation alone: «أحد عشر سودانيا», «مقتل فلسطيني», «خطفوا هنديا ومصريين».

In: a sentence with its mentions. Out: mentions of civilians (finer rule 4: not said to be armed).
The words are the rows of class ``national`` in ``nouns.csv``; each is an adjective as well, so that
only what stands before it tells whether it names anybody.
"""

from __future__ import annotations

from bisect import bisect_left

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.names import overlapped, person
from isnad.coding.parts import is_armed
from isnad.coding.sentence import Sentence, Trig
from isnad.language.arabic.nouns import Noun
from isnad.language.arabic.nouns import noun as lookup_noun

_WHY = "people by their nation, not said to be armed"
_TAKES_PEOPLE = frozenset(["kill", "kill_on", "victim", "detain", "missing", "release"])
"""Frames whose verb or noun takes people right after it."""


def is_national(word: str) -> bool:
    """Whether ``word`` names the people of a nation, or is the adjective of it."""
    known = lookup_noun(word)
    return known is not None and known.category == "national"


def as_people(figure: ActorMention, word: str) -> None:
    """Make a counted figure the people that its noun names."""
    known = lookup_noun(word)
    women = known is not None and known.gender == "f"
    figure.kind = figure.category = "group"
    figure.actor = "women" if women else "civilians"
    figure.gender = "f" if women else "m"
    figure.why = _WHY


def nationals(doc: Document, sentence: Sentence, extra: list[ActorMention]) -> list[ActorMention]:
    """The people of a nation that no figure counts."""
    out: list[ActorMention] = []
    first = bisect_left(doc.tokens, sentence.start, key=lambda t: t.start)
    last = bisect_left(doc.tokens, sentence.end, key=lambda t: t.start)
    for i in range(first + 1, last):
        token = doc.tokens[i]
        known = lookup_noun(token.text) if token.kind == "word" else None
        if known is None or known.category != "national" or known.article or known.prep:
            continue
        if overlapped(sentence, [*extra, *out], token.start, token.end):
            continue
        if not _is_people(doc, sentence, [*extra, *out], i, known):
            continue
        number = {"singular": 1, "dual": 2}.get(known.form, "plural")
        actor = "women" if known.gender == "f" else "civilians"
        out.append(person(token, "group", "group", number, _WHY, known.offset, actor, known.gender))
    return out


def _is_people(
    doc: Document, sentence: Sentence, extra: list[ActorMention], i: int, known: Noun
) -> bool:
    """Whether the word at token ``i`` is a noun here: right after what befalls people, joined to
    people, or the indefinite object of a verb whose subject stands between."""
    before = doc.tokens[i - 1]
    people = [*sentence.actors, *extra]
    if known.conj:
        return any(m.start < before.end <= m.end and m.kind in ("group", "count") for m in people)
    trig = _over(sentence, before.start)
    if trig is not None:
        return _takes_people(trig)
    word = doc.tokens[i].text
    if not word.endswith(("ا", "ين")):
        return False
    if before.text.endswith(("ا", "ين", "ه")) and not before.text.startswith(("ال", "وال")):
        return False  # «جنودا سودانيين», «قوة سورية»: the adjective
    subject = next((m for m in sentence.actors if m.start < before.end <= m.end), None)
    if subject is None or not is_armed(subject):
        return False
    j = bisect_left(doc.tokens, subject.word_start, key=lambda t: t.start) - 1
    verb = _over(sentence, doc.tokens[j].start) if j >= 0 else None
    return verb is not None and verb.verbal and _takes_people(verb)


def _over(sentence: Sentence, at: int) -> Trig | None:
    return next((t for t in sentence.triggers if t.word_start <= at < t.end), None)


def _takes_people(trig: Trig) -> bool:
    if trig.enclitic or trig.role == "outcome_noun":
        return False
    return trig.entry.frame in _TAKES_PEOPLE or trig.entry.type in ("assassination", "execution")
