"""The lines of a text, with the traits by which they are judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from isnad.coding.layout.furniture import furniture

_SPACE = " \t\r\xa0"
_CLOSERS = "»”\")]}›'’"
_STOPS = ".؛…"
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBERED = re.compile(r"\(?\d{1,2}\s?[-_.):–/](?!\d)")
_NOTHING = frozenset({""})
_INNER_STOP = re.compile(r"[^\W\d_]{3}\. (?=[^\W\d_])")
_TAIL = re.compile(r"(?:\s*(?:#\S+|https?:\S+|[^\w\s.؟?!…»”\")\]:؛,،]))+$")
BODY_WORDS = 9  # a line of as many words that closes with a full stop is running text
LONG_WORDS = 24  # a line of as many words is running text even if it does not close
_COUNTED = 300  # longer lines are running text: their words need no exact count
_QUOTE_WORDS = 18  # and of as many words if it ends with a closing quote: a headline may end so


@dataclass(slots=True)
class Line:
    """A line trimmed of blanks, and what its shape says.

    ``closing`` is ``stop``, ``cut`` (ends in dots: cut short), ``ask`` (؟ or !), ``colon``,
    ``quote`` (a closing quote or bracket) or empty. ``role`` is set for what is not the report:
    see :mod:`isnad.coding.layout.roles`.
    """

    start: int
    end: int
    text: str
    words: int
    bullet: bool
    closing: str
    running: bool
    role: str = ""
    marks: bool = False  # a sign of a page: a label, a marker, a link
    twice: bool = False  # the page tells it more than once

    _content: frozenset[str] | None = field(default=None, repr=False)

    @property
    def content(self) -> frozenset[str]:
        """The words that carry meaning, without proclitics, for likeness."""
        if self._content is None:
            self._content = content_words(self.text)
        return self._content


def split_lines(normal: str) -> list[Line]:
    """The lines that are not blank."""
    out, at = [], 0
    for raw in normal.split("\n"):
        text = raw.strip(_SPACE)
        if text:
            out.append(line_of(text, at + raw.index(text[0])))
        at += len(raw) + 1
    return out


def line_of(text: str, start: int) -> Line:
    """A line whose text (not blank at its ends) begins at offset ``start``."""
    if len(text) < _COUNTED:
        words = len(_WORD.findall(text))
    else:
        words = text.count(" ") + 1 if _WORD.search(text) else 0
    first = text[0]
    # Signs before a word («🔴», «▪», «-») mark an item; marks that open words do not.
    bullet = words >= 2 and (
        not (first.isalnum() or first in "#@«“\"'‹([{<…._،") or bool(_NUMBERED.match(text))
    )
    closing = _closing(text)
    running = (
        (closing == "stop" and words >= BODY_WORDS)
        or words >= LONG_WORDS
        or (closing == "quote" and words >= _QUOTE_WORDS)
        or (closing == "cut" and words >= 15)
        or (words >= 14 and _INNER_STOP.search(text, 0, len(text) * 3 // 4) is not None)
    )
    return Line(start, start + len(text), text, words, bullet, closing, running)


def part_of(line: Line, start: int, end: int) -> Line | None:
    """The part ``[start, end)`` of a line, or ``None`` if nothing is left."""
    text = line.text[start:end]
    body = text.strip(_SPACE + "·|")
    if not body:
        return None
    return line_of(body, line.start + start + text.index(body[0]))


def _closing(text: str) -> str:
    last = text[-1]
    if last.isalnum() or ord(last) > 0x2100 or last == "_":
        cut = _TAIL.search(text[-160:]) if ("#" in text[-160:] or ord(last) > 0x2100) else None
        if cut is None:
            return ""
        text = text[: len(text) - (cut.end() - cut.start())]
        if not text:
            return ""
        last = text[-1]
    quoted = False
    while last in _CLOSERS:
        quoted = True
        text = text[:-1].rstrip()
        if not text:
            return "quote"
        last = text[-1]
    if last == "…" or text.endswith(".."):
        return "cut"
    if last in _STOPS:
        return "stop"
    if last in "؟?!":
        return "ask"
    if last == ":":
        return "colon"
    return "quote" if quoted else ""


def content_words(text: str) -> frozenset[str]:
    """Words of three letters or more, less the article and one-letter proclitics, no stop words."""
    return frozenset(map(_stem, _WORD.findall(text))) - _NOTHING


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    """The word by which lines are compared, empty for one that says nothing."""
    if len(word) > 4 and word[0] in "وفبلك" and word[1:3] == "ال":
        word = word[3:]
    elif len(word) > 3 and word[:2] in ("ال", "لل"):
        word = word[2:]
    elif len(word) > 3 and word[0] in "وب":
        word = word[1:]
    if len(word) < 3 or word in furniture().stop:
        return ""
    return word[:5]  # endings of number and gender apart
