"""The words of a telling that say which event it is: rare ones, folded and without proclitics."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from isnad.knowledge.joining import joining
from isnad.language.arabic.normal import fold

_WORD = re.compile(r"(?:\d{1,4} )?[^\W\d_]{3,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAD = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_LEAST = 3
MOST = 80


@lru_cache(maxsize=1 << 16)
def core(word: str) -> str:
    """A folded word without the article and one proclitic, where three letters stay."""
    for lead in _LEAD:
        if word.startswith(lead) and len(word) - len(lead) >= _LEAST:
            return word[len(lead) :]
    return word


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(core(w) for w in joining().common)


@lru_cache(maxsize=1)
def _lexicon() -> frozenset[str]:
    return frozenset(core(w) for w in joining().lexicon)


def rare_words(text: str) -> frozenset[str]:
    """At most :data:`MOST` rare words of ``text``, the first ones."""
    common = _common()
    out: dict[str, None] = {}
    for match in _WORD.finditer(fold(text).lower()):
        number, _, word = match[0].rpartition(" ")
        word = core(word)
        if number:  # «28 شباط», «13 قتيلا»: a number with what it counts is rare where neither is
            out[f"{number} {word}"] = None
        if word not in common:
            out[word] = None
            if len(out) == MOST:
                break
    return frozenset(out)


def marks_in(text: str) -> frozenset[str]:
    """What words of ``text`` say of a telling: morning, evening, again (``marks.csv``)."""
    marks = joining().marks
    words = (core(match[0]) for match in _LETTERS.finditer(fold(text)))
    return frozenset(marks[word] for word in words if word in marks)


def names_in(text: str, without: Container[str] = ()) -> frozenset[str]:
    """Two rare words side by side, as names of people are: at most :data:`MOST` such pairs.

    One of the two at least is no word of the tables by which reports are coded, so that «الخوذ
    البيضاء» is none.
    """
    common, lexicon = _common(), _lexicon()
    out: dict[str, None] = {}
    for line in fold(text).lower().splitlines():
        before, end = "", -2
        for match in _LETTERS.finditer(line):
            word = core(match[0])
            if len(word) < _LEAST or word in common or word in without:
                before = ""
                continue
            near = before and match.start() == end + 1
            if near and not (before in lexicon and word in lexicon):
                out[f"{before} {word}"] = None
                if len(out) == MOST:
                    return frozenset(out)
            before, end = word, match.end()
    return frozenset(out)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter is in the longer, 0 to 1; damped where the shorter is very short."""
    if not one or not other:
        return 0.0
    return len(one & other) / (min(len(one), len(other)) + 4)
