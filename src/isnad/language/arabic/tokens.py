"""Words: tokens of the normal form, and the ways a word may split into proclitics and stem."""

from __future__ import annotations

import re
from typing import NamedTuple

# Letters of the Arabic script; a word ends where the script changes («Facebookشام» is two words).
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
_TOKEN = re.compile(rf"([{_ARABIC}]+|[^\W\d_{_ARABIC}]+)|([0-9]+(?:[.,][0-9]+)*|\d+)|(\n)|[^\w\s]|_")
_KINDS = ("mark", "word", "number", "newline")


class Token(NamedTuple):
    """A token: its normal form and its half-open offsets *in the normal form*.

    ``kind`` is ``word``, ``number``, ``newline`` or ``mark``.
    """

    text: str
    start: int
    end: int
    kind: str


def tokenize(normal: str) -> list[Token]:
    """Tokens of a text in normal form. Whitespace is dropped, line ends are kept."""
    new = Token._make
    return [
        new((m.group(), m.start(), m.end(), _KINDS[m.lastindex or 0]))
        for m in _TOKEN.finditer(normal)
    ]


class Split(NamedTuple):
    """One way to read a word: proclitics, whether it has the article, and the stem's offset."""

    conjunction: str
    preposition: str
    article: bool
    offset: int
    stem: str


def splits(word: str) -> list[Split]:
    """Every way to read ``word`` (normal form) as proclitics + stem, the whole word first.

    Proclitics: و ف, then ب ل ك (and س before verbs is left to the lexicon), then the article;
    لل stands for ل + ال. The stem keeps at least two letters.
    """
    out = [Split("", "", False, 0, word)]
    conjunctions = [""]
    if len(word) > 3 and word[0] in "وف":
        conjunctions.append(word[0])
    for conj in conjunctions:
        at = len(conj)
        rest = word[at:]
        if conj:
            out.append(Split(conj, "", False, at, rest))
        if rest.startswith("ال") and len(rest) > 3:
            out.append(Split(conj, "", True, at + 2, rest[2:]))
        if len(rest) > 3 and rest[0] in "بلك":
            out.append(Split(conj, rest[0], False, at + 1, rest[1:]))
            if rest[1:3] == "ال" and len(rest) > 4 and rest[0] != "ل":
                out.append(Split(conj, rest[0], True, at + 3, rest[3:]))
            if rest.startswith("لل") and len(rest) > 3:
                out.append(Split(conj, "ل", True, at + 2, rest[2:]))
    return out
