"""The thing a number counts, and a number's relation to the one before it."""

from __future__ import annotations

from isnad.language.arabic.nouns import noun
from isnad.language.arabic.number import Part, Relation
from isnad.language.arabic.ranges import changes
from isnad.language.arabic.tables import words
from isnad.language.arabic.tokens import Token

FROM = "من"
_AMONG = frozenset(("بينهم", "بينهن", "بينها", "منهم", "منهن", "منها", "ضمنهم", "بيناتهم"))
QUOTES = "\"«“”‹'(["
NO_NOUN = words("not_nouns")


def _counted(word: str) -> int | None:
    """How many letters of proclitics stand before a counted noun; None if it is none."""
    if word in NO_NOUN:
        return None
    found = noun(word)
    if found is not None:
        return None if found.conj or found.prep else 0
    if word[0] in "ول" or (word[0] == "ب" and len(word) > 3):
        return None
    if word.startswith(("فال", "كال")) or word.endswith("وا"):
        return None
    if (word[0] == "ي" and word.endswith("ون")) or len(word) < 2:
        return None
    return 0


def add_noun(tokens: list[Token], part: Part, stop: int) -> None:
    """Find the head of what is counted: the word after, after «من», or before (مدنيين اثنين)."""
    if part.noun_start is not None or part.kind in ("date", "clock", "id", "bullet"):
        return
    if part.exactness == "ordinal":
        return
    at = part.last
    through = part.word == FROM and tokens[at - 1].text == FROM
    if at + 1 < stop and tokens[at].text in _AMONG:
        token = tokens[at + 1]  # «3 منهم أطفال»
        found = noun(token.text) if token.kind == "word" else None
        if found is not None and not found.conj and not found.prep:
            part.noun_start, part.noun_end, part.relation = token.start, token.end, "among"
        return
    if at < stop and tokens[at].text == FROM and not through:
        at, through = at + 1, True
    if through and at < stop and tokens[at].kind == "mark" and tokens[at].text in QUOTES:
        at += 1
    if at < stop and at < len(tokens) and tokens[at].kind == "word":
        token = tokens[at]
        skip = _counted(token.text)
        definite = token.text.startswith("ال") and noun(token.text) is None
        if skip is not None and (through or not definite or part.exactness != "exact"):
            postposed = part.last == part.first + 1 and part.low == part.high and part.low in (1, 2)
            if not (postposed and not through and _before(tokens, part)):
                part.noun_start, part.noun_end = token.start + skip, token.end
            return
    _before(tokens, part)


def _before(tokens: list[Token], part: Part) -> bool:
    """«جندي واحد», «مدنيين اثنين»: the noun stands before; the expression takes it in."""
    if (
        part.digits
        or part.low not in (1, 2)
        or part.low != part.high
        or part.conj
        or not part.first
    ):
        return False
    token = tokens[part.first - 1]
    found = noun(token.text) if token.kind == "word" else None
    if found is None or found.form != ("singular" if part.low == 1 else found.form):
        return False
    if part.low == 2 and found.form == "singular":
        return False
    part.noun_start, part.noun_end = token.start + found.offset, token.end
    part.first, part.start = part.first - 1, part.noun_start
    return True


def relation(tokens: list[Token], part: Part) -> Relation:
    """Whether the figure is a part of the one before, or the first or second of a change."""
    i = part.first - 1
    for k in range(i, max(-1, i - 3), -1):
        word = tokens[k].text
        if word in _AMONG or (word[:1] == "و" and word[1:] in _AMONG):
            return "among"
        if tokens[k].kind in ("newline", "mark"):
            break
    if i >= 0 and tokens[i].text in (FROM, "الي"):
        for k in range(i - 1, max(-1, i - 12), -1):
            if tokens[k].kind == "newline":
                break
            if changes(tokens[k].text):
                return "from" if tokens[i].text == FROM else "to"
    return ""
