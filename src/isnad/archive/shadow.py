"""The shadow that search reads: a report's words in normal form, and their stems.

In: title and text. Out: passages of words that both engines split alike, since nothing but runs of
letters and digits with one blank between them is left. The query goes through the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from isnad.language.arabic.normal import fold
from isnad.language.arabic.tokens import splits

PASSAGE = 4000
"""Words of a passage: PostgreSQL counts no position beyond 16 383 and holds no vector of 1 MiB."""
OVERLAP = 20
"""Words that two passages share: a phrase of so many is found across their border."""
_LONGEST = 60
_ARTICLE = re.compile("^[وف]?(?:[بك]?ال|لل)(?=..)")
_BARE = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")


class Passage(NamedTuple):
    """Words ``n * (PASSAGE - OVERLAP)`` and following of a report."""

    n: int
    words: str
    stems: str


def words_of(text: str) -> list[str]:
    """The words of a text in normal form: runs of letters and digits, at most 60 of them each."""
    plain = "".join(c if c.isalnum() else " " for c in fold(text))
    return [word[:_LONGEST] for word in plain.split()]


def stem(word: str) -> str:
    """A word without its article and the proclitics before it («وبالمدينة» → «مدينه»).

    A single letter without article stays: «والد» and «ببغداد» cannot be told apart without a
    dictionary, and a dictionary knows no villages. The query asks for both, see :func:`forms`.
    """
    return _ARTICLE.sub("", word)


def forms(word: str) -> tuple[str, ...]:
    """The stems under which a word may stand in a text, whichever proclitics it has there.

    «بغداد» asks for «وبغداد», «ببغداد» … too; «ببغداد» for «بغداد» besides.
    """
    if word.isascii():
        return (word,)
    bases = [word, *(way.stem for way in splits(word)[1:] if len(way.stem) > 2)]
    out = [stem(base) for base in bases]
    out += [proclitic + out[0] for proclitic in _BARE]
    return tuple(dict.fromkeys(out))


def passages(title: str | None, text: str) -> Iterator[Passage]:
    """The passages of a report; at least one."""
    words = words_of(f"{title}\n{text}" if title else text)
    step = PASSAGE - OVERLAP
    for n, at in enumerate(range(0, max(1, len(words) - OVERLAP), step)):
        some = words[at : at + PASSAGE]
        yield Passage(n, " ".join(some), " ".join(map(stem, some)))
