"""Persons: names after a rank or «المدعو», and ages that make a person a child.

GUIDELINES rule 4: not said to be armed is ``civilians``; under 18 is ``children``.
"""

from __future__ import annotations

from collections.abc import Sequence

from isnad.coding.actors import heads as H
from isnad.coding.actors.scan import CLOSERS, QUOTES, Scan
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.tokens import Token

KUNYA = word_list("kunya")
YEARS = word_list("years_of_age")
_NO_AGE = word_list("no_age_before")
ADULT = 18
REACH = 9
"""How many tokens after a person noun an age may stand."""


def person_name(
    tokens: Sequence[Token], i: int, scan: Scan, *, ranked: bool
) -> tuple[int, int, int] | None:
    """A person's name at token ``i``: (first, last, token after it), or ``None``.

    In quotes or brackets anything up to six words; a kunya («أبو X») anywhere; after a definite
    rank («الرائد X») up to four words that no table knows and that are no function words.
    """
    size = len(tokens)
    if i < size and (tokens[i].text in QUOTES or tokens[i].text == "("):
        j = i + 1
        while j < size and j - i <= 10 and tokens[j].text not in CLOSERS and tokens[j].text != ")":
            if tokens[j].kind in ("newline", "number"):
                return None
            j += 1
        return (i + 1, j, j + 1) if i + 1 < j < size and j - i <= 10 else None
    j = i
    while j < size and j - i < 4:
        word = tokens[j]
        if word.kind != "word" or word.text in H.STOP or j in scan.heads:
            break
        if j in scan.names and scan.names[j][0].prefix == "" and word.text not in KUNYA:
            break
        if j > i and word.text[0] == "و" and (len(word.text) > 4 or len(word.text) == 1):
            break
        if word.text.startswith(("ال", "بال", "لل", "وال")) and j == i:
            break
        j += 1
    if j == i or not (ranked or tokens[i].text in KUNYA):
        return None
    return i, j, j


def age_near(tokens: Sequence[Token], i: int) -> int | None:
    """The age told after the phrase that ends at ``i``: «(16 عاماً)», «يبلغ من العمر 13 عام»."""
    for j in range(i, min(i + REACH, len(tokens) - 1)):
        token = tokens[j]
        if token.kind == "newline" or token.text == ".":
            return None
        if token.kind == "number" and token.text.isdigit() and tokens[j + 1].text in YEARS:
            before = {t.text for t in tokens[i:j]}
            near = j - i <= 5 or "العمر" in before or "(" in before
            months = tokens[j + 1].text in ("شهرا", "اشهر")
            if near and not before & _NO_AGE:
                return 0 if months else int(token.text)
    return None
