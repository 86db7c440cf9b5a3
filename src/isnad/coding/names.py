"""People by name alone: «مقتل هاني الحمود», «اعتقال "فلان"».

In: a sentence's triggers and mentions. Out: mentions of the persons named after what befell them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.places.words import is_forename
from isnad.coding.sentence import Sentence, Trig
from isnad.knowledge.word_lists import word_list
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


_NAME_STOPS = word_list("person_name_stops")
_NAMING_TYPES = frozenset(["abduction", "detention", "assassination", "execution", "release"])
_NAMES_IN_WAW = word_list("names_in_waw")
_OWNED = ("هما", "هم", "هن")


def bare_names(doc: Document, sentence: Sentence, extra: list[ActorMention]) -> list[ActorMention]:
    """A person by bare name after what befell him: «مقتل هاني الحمود», «اعتقال "فلان"».

    Someone not said to be armed is a civilian (GUIDELINES, finer rule 4).
    """
    out: list[ActorMention] = []
    for t in sentence.triggers:
        harmed = t.outcome and t.role == "outcome"
        told = harmed or (t.entry.type in _NAMING_TYPES and t.role != "raid")
        relative = t.verbal and t.enclitic in ("ه", "ها")
        if not told or (t.enclitic and not relative):
            continue
        if doc.normal.text.endswith("ات", t.start, t.end):
            continue
        i = bisect_left(doc.tokens, t.end, key=lambda x: x.start)
        found = _names(doc, sentence, i + 2 if _each_of(doc, i) else i)
        if not found:
            found = _name_before(doc, sentence, t)
        if not found:
            continue
        start, end = found[0][0], found[-1][1].end
        if overlapped(sentence, [*extra, *out], start.start, end):
            continue
        why = "by name, not said to be armed"
        named = person(start, "person", "person", len(found), why, actor="civilians", end=end)
        if _each_of(doc, i):
            named.word_start = doc.tokens[i].start
        out.append(named)
    return out


def enumerated(doc: Document, sentence: Sentence, numbers: Mapping[int, object]) -> None:
    """Give people named after a plural their number: «مقتل الصحفيين أحمد العمر وعلاء الأبرش»."""
    for m in sentence.actors:
        if m.kind not in ("group", "person") or m.number not in ("plural", 2) or id(m) in numbers:
            continue
        i = bisect_left(doc.tokens, m.end, key=lambda x: x.start)
        names = _names(doc, sentence, i)
        if len(names) > 1:
            m.number = len(names)


_QUOTES = frozenset('"“”«»()')
_CLOSING = frozenset("”»)")
_MOST_WORDS = 5
Name = tuple[Token, Token]


def _each_of(doc: Document, i: int) -> bool:
    """«استشهاد كل من …»."""
    return [t.text for t in doc.tokens[i : i + 2]] == ["كل", "من"]


def _names(doc: Document, sentence: Sentence, i: int) -> list[Name]:
    """The names that begin at token ``i``, joined by و: each its first and last word.

    The first has two words at least; one after it may be a given name alone.
    """
    found: list[Name] = []
    while len(found) < 20:
        name, after = _name(doc, sentence, i)
        if name is None or not (found or name[0] is not name[1]):
            break
        if found and not _given(name[0]) and (name[0] is name[1] or not _maybe_joined(name[0])):
            break
        found.append(name)
        if after < len(doc.tokens) and doc.tokens[after].text == "و":
            i = after + 1
        elif after < len(doc.tokens) and (
            _joined(doc.tokens[after]) or _maybe_joined(doc.tokens[after])
        ):
            i = after
        else:
            break
    if not found or not _may_begin(found[0][0]):
        return []
    return found


_MOST_TITLES = 3


def names_after(doc: Document, sentence: Sentence, at: int) -> list[Name]:
    """The names that follow ``at``, with titles before the first («الشهيد القائد فلان»)."""
    i = bisect_left(doc.tokens, at, key=lambda x: x.start)
    for k in range(i, min(i + _MOST_TITLES + 1, len(doc.tokens))):
        token = doc.tokens[k]
        if token.start >= sentence.end or (token.kind != "word" and token.text not in _QUOTES):
            return []
        titled = next((m for m in sentence.actors if m.start == token.start and m.role), None)
        if titled is not None and titled.number == 1:
            return [(token, _last_of(doc, titled))]  # «الشهيد الطفل فلان», «الشهيد العميد فلان»
        if is_forename(token.text):
            return _names(doc, sentence, k)
        if token.kind == "word" and not token.text.startswith("ال"):
            return []
    return []


def _last_of(doc: Document, m: ActorMention) -> Token:
    return doc.tokens[bisect_left(doc.tokens, m.end, key=lambda x: x.start) - 1]


def begins_a_name(doc: Document, sentence: Sentence, at: int) -> bool:
    """Whether the word at ``at`` may be a given name: no article, no noun of another meaning."""
    i = bisect_left(doc.tokens, at, key=lambda x: x.start)
    if i >= len(doc.tokens) or doc.tokens[i].kind != "word" or doc.tokens[i].start >= sentence.end:
        return False
    token = doc.tokens[i]
    return is_forename(token.text) or (_may_name(sentence, token) and _may_begin(token))


def _name(doc: Document, sentence: Sentence, i: int) -> tuple[Name | None, int]:
    """The name at token ``i`` and the index after it."""
    first: Token | None = None
    last: Token | None = None
    after = i
    while after < min(len(doc.tokens), i + 9):
        token = doc.tokens[after]
        if first is not None and token.text in _CLOSING:
            after += 1
            break  # «((محمود الهليل)) لنجليه»
        if token.text not in _QUOTES:
            two = first is not None and last is not first
            another = first is not None and (
                _joined(token) or token.text == "و" or (two and _maybe_joined(token))
            )
            outside = token.start >= sentence.end or token.kind != "word"
            if another or outside or not _may_name(sentence, token):
                break
            first, last = first or token, token
        after += 1
    return ((first, last) if first is not None and last is not None else None), after


def _may_name(sentence: Sentence, token: Token) -> bool:
    if token.text in _NAME_STOPS or is_known(sentence, token.start, token.end):
        return False
    return not (token.text[:1] in "وبلف" and token.text[1:] in _NAME_STOPS)


def _given(token: Token) -> bool:
    return is_forename(token.text) or _joined(token)


def _maybe_joined(token: Token) -> bool:
    """«… وناظم داشتان»: after a whole name, a word with و that is no given name in و."""
    rest = token.text[1:]
    if not token.text.startswith("و") or len(rest) < 3 or rest.startswith("ال"):
        return False
    known = token.text in _NAMES_IN_WAW or is_forename(token.text) or rest in _NAME_STOPS
    return not known and lookup_noun(rest) is None


def _joined(token: Token) -> bool:
    """«وعلاء»: another name after و."""
    return token.text[:1] == "و" and is_forename(token.text[1:])


def _may_begin(first: Token) -> bool:
    """Whether a word may begin a name: no article, no noun of another meaning."""
    if first.text.startswith("ال") or first.text.endswith(_OWNED):
        return False
    if first.text.startswith("و") and first.text not in _NAMES_IN_WAW:
        return False
    if first.text[0] in "بلك" and not is_forename(first.text):
        return False  # «أصيبوا بجروح»
    return lookup_noun(first.text) is None


_WHO = word_list("who")
_HAS = word_list("before_relatives")


def _name_before(doc: Document, sentence: Sentence, t: Trig) -> list[Name]:
    """«خالد المسعود الذي اعتقلته القوات», «محمود الشاهر الذي قُتل»: whom a relative clause names."""
    if not t.verbal or not (t.enclitic or t.passive or t.entry.voice in ("passive", "undergo")):
        return []
    tokens = doc.tokens
    i = bisect_left(tokens, t.word_start, key=lambda x: x.start) - 1
    while i > 0 and tokens[i].text in _HAS:
        i -= 1
    if i < 1 or tokens[i].text not in _WHO:
        return []
    last = k = i - 1
    while k >= max(0, i - _MOST_WORDS - 2) and tokens[k].start >= sentence.start:
        if tokens[k].text not in _QUOTES and (
            tokens[k].kind != "word" or not _may_name(sentence, tokens[k])
        ):
            break
        k -= 1
    words = [x for x in tokens[k + 1 : last + 1] if x.kind == "word"]
    while words and not is_forename(words[0].text):
        words = words[1:]
    return [(words[0], words[-1])] if len(words) > 1 else []


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
