"""Approximators and bounds around a value: «نحو», «ما لا يقل عن», «على الأقل», «أو أكثر».

The phrases are in ``data/bounds.csv``; the value they set follows the gold guidelines: about 40 is
40/40, more than and at least 40 are 40/null, fewer than and up to 40 null/40.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from isnad.language.arabic.normal import fold
from isnad.language.arabic.number import Exactness, Part
from isnad.language.arabic.numerals import numeral
from isnad.language.arabic.tables import rows
from isnad.language.arabic.tokens import Token


class _Phrases(NamedTuple):
    before: dict[str, Exactness]
    last_words: frozenset[str]
    after: dict[str, Exactness]
    first_words: frozenset[str]
    longest: int


@cache
def _phrases() -> _Phrases:
    before: dict[str, Exactness] = {}
    after: dict[str, Exactness] = {}
    for row in rows("bounds"):
        phrase, exactness = fold(row["phrase"]), cast(Exactness, row["exactness"])
        if row["place"] in ("before", "both"):
            before[phrase] = exactness
        if row["place"] in ("after", "both"):
            after[phrase] = exactness
    return _Phrases(
        before, frozenset(p.rsplit(" ", 1)[-1] for p in before),
        after, frozenset(p.split(" ", 1)[0] for p in after),
        max(p.count(" ") + 1 for p in [*before, *after]),
    )  # fmt: skip


_PARTS = frozenset(["بينهم", "بينهن", "بينهما", "بينها", "منهم", "منهن", "ضمنهم"])
"""«خمسة بينهم أطباء على الأقل»: words after which a bound is that of the part."""

_OPERATORS: dict[str, Exactness] = {
    ">": "more_than", "<": "fewer_than", ">=": "at_least", "<=": "at_most", "≥": "at_least",
    "≤": "at_most", "~": "about", "±": "about",
}  # fmt: skip


def _match_before(tokens: list[Token], i: int) -> tuple[int, int, Exactness] | None:
    """First token, letters of proclitics before the phrase, and sense of the one ending at i."""
    phrases = _phrases()
    last = tokens[i].text
    bare = last[1:] if last[:1] in ("و", "ف", "ب", "ل") else last
    if last not in phrases.last_words and bare not in phrases.last_words:
        return None
    best: tuple[int, int, Exactness] | None = None
    text = ""
    for k in range(i, max(-1, i - phrases.longest), -1):
        word = tokens[k].text
        if tokens[k].kind != "word":
            break
        text = f"{word} {text}" if text else word
        found = phrases.before.get(text)
        if found is not None:
            best = k, 0, found
        elif word[0] in "وفبل" and len(word) > 3:
            found = phrases.before.get(text[1:])
            if found is not None:
                best = k, 1, found
    return best


def apply_before(tokens: list[Token], part: Part, stop: int) -> None:
    """Take in the bound or approximator before ``part``; never a token before ``stop``."""
    i = part.first - 1
    if i < stop or i < 0:
        return
    if tokens[i].kind == "mark":
        _operator(tokens, part, i, stop)
        return
    if part.conj and tokens[part.first].kind == "word":
        return
    rounds = 0
    while i >= stop and rounds < 3:
        found = _match_before(tokens, i)
        if found is None or found[0] < stop:
            return
        first, skip, sense = found
        if sense == "at_most" and not _limit(tokens, part, first):
            return
        if rounds == 0 or (part.exactness == "about" and sense != "exact"):
            bound(part, sense)
        part.first, part.start = first, tokens[first].start + skip
        i, rounds = first - 1, rounds + 1


def _limit(tokens: list[Token], part: Part, first: int) -> bool:
    """«حتى 20» is a limit only of a count: not «من 10 حتى 20», not «حتى 2021»."""
    if tokens[first].text.lstrip("و") not in ("حتي", "لغايه"):
        return True
    low = part.low
    year = isinstance(low, int) and 1300 <= low <= 2100
    return not year and part.exactness == "exact" and part.noun_start is not None


def _operator(tokens: list[Token], part: Part, i: int, stop: int) -> None:
    sign, first = tokens[i].text, i
    if sign == "=" and i - 1 >= stop and tokens[i - 1].text in "<>":
        first, sign = i - 1, tokens[i - 1].text + "="
    elif i - 1 >= stop and tokens[i - 1].text in ("<", ">", "="):
        return
    if sign in _OPERATORS:
        bound(part, _OPERATORS[sign])
        part.first, part.start = first, tokens[first].start


def apply_after(tokens: list[Token], part: Part, stop: int) -> None:
    """Take in the bound after ``part`` or after its noun (at most four words on)."""
    phrases = _phrases()
    reach = part.last
    if part.noun_end is not None and part.noun_end > part.value_end:
        reach += 4
    for i in range(part.last, min(reach + 1, stop)):
        if tokens[i].kind != "word" or tokens[i].text in _PARTS:
            return
        if tokens[i].text not in phrases.first_words:
            continue
        text, best = "", None
        for k in range(i, min(i + phrases.longest, stop)):
            if tokens[k].kind != "word":
                break
            text = f"{text} {tokens[k].text}" if text else tokens[k].text
            found = phrases.after.get(text)
            if found is not None and not _begins_another(tokens, k + 1):
                best = k, found
        if best is not None:
            bound(part, best[1])
            part.last, part.end = best[0] + 1, tokens[best[0]].end
            return


def _begins_another(tokens: list[Token], i: int) -> bool:
    """«5000 أو أقل من 6000»: the bound belongs to the number that follows."""
    if i < len(tokens) and tokens[i].text == "من":
        i += 1
    return i < len(tokens) and (tokens[i].kind == "number" or numeral(tokens[i].text) is not None)


def bound(part: Part, sense: Exactness) -> None:
    """Set the value's ends for ``sense``."""
    low, high = part.low, part.high
    if sense == "exact":
        return
    if sense in ("more_than", "at_least"):
        part.high = None
        part.low = low if low is not None else high
    elif sense in ("fewer_than", "at_most"):
        part.low, part.high = None, high if high is not None else low
    elif part.exactness in ("vague", "range", "more_than", "at_least", "fewer_than", "at_most"):
        return  # «نحو 15-20», «حوالي مئات» stay what they are
    part.exactness = sense
