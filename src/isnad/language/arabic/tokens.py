"""Words: tokens of the normal form, and the ways a word may split into proclitics and stem."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

# Letters of the Arabic script; a word ends where the script changes («Facebookشام» is two words).
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
_WORD = re.compile(f"[{_ARABIC}]+")
# Every character belongs to exactly one piece, so that offsets are running sums of lengths.
_PIECE = re.compile(
    rf"[{_ARABIC}]+|[0-9]+(?:[.,][0-9]+)*|[^\S\n]+|[^\W\d_{_ARABIC}]+|\d+|\n|[^\w\s]|_"
)


class Token(NamedTuple):
    """A token: its normal form and its half-open offsets *in the normal form*.

    ``kind`` is ``word``, ``number``, ``newline`` or ``mark``.
    """

    text: str
    start: int
    end: int
    kind: str


def _kind(piece: str) -> str:
    """The kind of a piece; empty for space."""
    first = piece[0]
    if first == "\n":
        return "newline"
    if first.isspace():
        return ""
    if first.isdecimal():
        return "number"
    return "word" if first.isalnum() else "mark"


_Cut = tuple[str, int, int, str]


class _Chunks(dict[str, str | list[_Cut]]):
    """What stands between two spaces, remembered: the kind of its one token, or its tokens with
    offsets within it. Most of what a text says has been said before."""

    def __missing__(self, chunk: str) -> str | list[_Cut]:
        found: str | list[_Cut]
        if _WORD.fullmatch(chunk):
            found = "word"
        else:
            pieces = _PIECE.findall(chunk)
            ends = accumulate(map(len, pieces))
            kinds = map(_kind, pieces)
            cut = [(p, e - len(p), e, k) for p, e, k in zip(pieces, ends, kinds, strict=True)]
            found = [token for token in cut if token[3]]
            if len(cut) == len(found) == 1:
                found = cut[0][3]
        if len(chunk) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[chunk] = found
        return found


_REMEMBERED = 100_000
_LONGEST = 60
"""Letters of what is remembered: so the memory is bounded too where a text has no spaces."""
_chunks = _Chunks()
_new = tuple.__new__


def tokenize(normal: str) -> list[Token]:
    """Tokens of a text in normal form. Whitespace is dropped, line ends are kept."""
    out: list[Token] = []
    add, chunks, at = out.append, _chunks, 0
    for chunk in normal.split(" "):
        found = chunks[chunk]
        end = at + len(chunk)
        if isinstance(found, str):
            add(_new(Token, (chunk, at, end, found)))
        else:
            for text, first, last, kind in found:
                add(_new(Token, (text, at + first, at + last, kind)))
        at = end + 1
    return out


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
