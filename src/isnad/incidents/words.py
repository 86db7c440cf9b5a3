"""The words of a telling that say which event it is: rare ones, folded and without proclitics."""

from __future__ import annotations

import re
from functools import lru_cache

from isnad.knowledge.joining import joining
from isnad.language.arabic.normal import fold

_WORD = re.compile(r"(?:\d{1,4} )?[^\W\d_]{3,}")
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


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter is in the longer, 0 to 1; damped where the shorter is very short."""
    if not one or not other:
        return 0.0
    return len(one & other) / (min(len(one), len(other)) + 4)
