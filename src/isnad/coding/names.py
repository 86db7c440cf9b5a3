"""People by name alone: «مقتل هاني الحمود», «اعتقال "فلان"».

In: a sentence's triggers and mentions. Out: mentions of the persons named after what befell them.
"""

from __future__ import annotations

from bisect import bisect_left

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.sentence import Sentence, Trig
from isnad.language.arabic.nouns import noun as lookup_noun
from isnad.language.arabic.tokens import Token


def person(
    token: Token, kind: str, category: str, number: int | str, why: str,
    offset: int = 0, actor: str | None = None, gender: str = "", end: int | None = None,
) -> ActorMention:  # fmt: skip
    """A mention of the people that one word names, after ``offset`` letters of proclitics."""
    start = token.start + offset
    return ActorMention(
        start=start, end=end or token.end, head_start=start, head_end=token.end,
        word_start=token.start, prefix=token.text[:offset], actor=actor, kind=kind,
        category=category, number=number, gender=gender, why=why,
    )  # fmt: skip


_NAME_STOPS = frozenset(
    str.split(
        "في من علي الي عن مع بعد قبل خلال جراء اثر نتيجه بسبب اثناء الذي التي حيث فيما بينما "
        "كما ما مما وسط داخل قرب بين ضد لدي عند امس اليوم فجر مساء صباح ظهر ليل احد كل جميع "
        "بعض اي هذا هذه تحت دون بدون وهو وهي ان لم لا قد او ثم اذ حتي منذ عبر حول باتجاه نحو "
        "حين عندما بعدما ليلا نهارا كان كانت يوم متاثرا متاثره انتقاما ردا شمال جنوب شرق غرب "
        "شرقي غربي شمالي جنوبي علما ايضا رغم بحمد"
    )
)
_NAMING_TYPES = frozenset(["abduction", "detention", "assassination", "execution", "release"])
_NAMES_IN_WAW = ("وايل", "وليد", "وسام", "وسيم", "وفاء", "وجيه", "وداد", "وحيد", "ورده")
_OWNED = ("هما", "هم", "هن")


def bare_names(doc: Document, sentence: Sentence, extra: list[ActorMention]) -> list[ActorMention]:
    """A person by bare name after what befell him: «مقتل هاني الحمود», «اعتقال "فلان"».

    Someone not said to be armed is a civilian (GUIDELINES, finer rule 4).
    """
    out: list[ActorMention] = []
    for t in sentence.triggers:
        harmed = t.outcome and t.role == "outcome"
        told = harmed or (t.entry.type in _NAMING_TYPES and t.role != "raid")
        if not told or t.enclitic or doc.normal.text.endswith("ات", t.start, t.end):
            continue
        found = _name_after(doc, sentence, t)
        if found is None:
            continue
        first, last = found
        if overlapped(sentence, [*extra, *out], first.start, last.end):
            continue
        why = "a person by name, not said to be armed"
        out.append(person(first, "person", "person", 1, why, actor="civilians", end=last.end))
    return out


def _name_after(doc: Document, sentence: Sentence, t: Trig) -> tuple[Token, Token] | None:
    """The first and last word of a name of two words or more, right after a trigger."""
    tokens = doc.tokens
    i = bisect_left(tokens, t.end, key=lambda x: x.start)
    first = last = None
    for token in tokens[i : i + 8]:
        if token.start >= sentence.end:
            break
        if token.text in ('"', "“", "”", "«", "»", "(", ")") and (
            first is None or last is not None
        ):
            continue
        if (
            token.kind != "word"
            or token.text in _NAME_STOPS
            or is_known(sentence, token.start, token.end)
        ):
            break
        if token.text[:1] in "وبلف" and token.text[1:] in _NAME_STOPS:
            break
        first = token if first is None else first
        last = token
    if first is None or last is None or last is first:
        return None
    if (
        first.text.startswith("ال")
        or first.text.endswith(_OWNED)
        or lookup_noun(first.text) is not None
    ):
        return None
    if first.text.startswith("و") and first.text not in _NAMES_IN_WAW:
        return None
    return first, last


def is_known(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word is already something else: a trigger, a mark, a place, a time, a weapon."""
    pools = (
        sentence.triggers, sentence.links, sentence.prepositions, sentence.reports, sentence.places,
        sentence.times, sentence.weapons, sentence.numbers, sentence.things, sentence.actors,
    )  # fmt: skip
    return any(m.start < end and start < m.end for pool in pools for m in pool)


def overlapped(sentence: Sentence, extra: list[ActorMention], start: int, end: int) -> bool:
    """Whether a mention stands on these words already."""
    return any(m.start < end and start < m.end for m in [*sentence.actors, *extra])
