"""From the order in which glyphs stand on a line, left to right, to the order in which it is read.

A PDF keeps glyphs and where they stand, not text. Arabic comes out mirrored, and turning a line
round would mirror its numbers, its Latin words and the letters of its ligatures. The rules here
undo what the Unicode Bidirectional Algorithm (UAX #9) did when the line was set.
"""

from __future__ import annotations

import re
import unicodedata

_CLASSES = {
    "L": "l", "R": "r", "AL": "r", "EN": "d", "AN": "d", "ES": "s", "CS": "s", "ET": "s",
    "NSM": "m", "WS": "w", "S": "w", "B": "w",
}  # fmt: skip
# Latin words with the numbers and signs among them; a number; one character
_RTL_PARTS = re.compile("(?:d[dsnwm]*)?l(?:[ldsnwm]*[ld])?|d(?:[ds]*d)?|.")
_RTL_RUN = re.compile("[rm](?:[rsnwmd]*[rm])?")
_STOP = re.compile(r"[.,;:!?](?=.*\w$)")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_PAIRS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_WORD = re.compile("[\u0621-\u064a]{3,}")
_STOPS_WELL = re.compile(r"\w[،؛.](?=\s|$)")
_STOPS_ILL = re.compile(r"(?:^|\s)[،؛.](?=\w)")


def classes(text: str) -> str:
    """One letter a character: how it behaves in a line of both directions."""
    return "".join(_CLASSES.get(unicodedata.bidirectional(c), "n") for c in text)


def is_rtl(text: str) -> bool:
    """Whether a text has letters that are written right to left, and more of them than others."""
    kinds = classes(text)
    return kinds.count("r") > kinds.count("l")


def read_order(line: str, rtl: bool) -> str:
    """A line as it is read.

    Args:
        line: its characters as they stand, from left to right.
        rtl: whether the text around it is read from right to left.
    """
    kinds = classes(line)
    if "r" not in kinds:
        stop = _STOP.match(line) if rtl else None  # what ends a line stands at its left end
        return line[stop.end() :].lstrip() + stop[0] if stop else line
    if rtl:
        return _turned(line, kinds)
    out, at = [], 0
    for run in _RTL_RUN.finditer(kinds):
        out += [line[at : run.start()], _turned(line[run.start() : run.end()], run[0])]
        at = run.end()
    return "".join([*out, line[at:]])


def _turned(line: str, kinds: str) -> str:
    parts = [line[m.start() : m.end()] for m in _RTL_PARTS.finditer(kinds)]
    return "".join(reversed(parts))


def unmirrored(text: str) -> str:
    """A text with its brackets and quotation marks the other way round."""
    return text.translate(_PAIRS)


def mirrored(text: str) -> bool:
    """Whether brackets close before they open: some programs write the glyph, some the sign."""
    wrong = right = 0
    opened = ""
    for c in text:
        if c in _OPENING:
            opened = c
        elif c in _CLOSING:
            fits = opened == _OPENING[_CLOSING.index(c)]
            right, wrong, opened = right + fits, wrong + (not fits), ""
    return wrong > right


def plain_letters(text: str) -> str:
    """Forms of letters as they join (U+FB50 …, U+FE70 …) as the letters that they are (NFKC)."""
    return _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)


def fitness(text: str) -> int:
    """How well the letters of Arabic words stand in order: above 0 if well, below if turned round.

    Words begin with the article and end in ta marbuta or alif maqsura, never the other way round.
    """
    score = 0
    for word in _WORD.findall(text):
        score += word.startswith(("ال", "وال", "بال", "لل")) + word.endswith(("ة", "ى"))
        score -= word.endswith(("لا", "لاو", "لاب", "لل")) + word.startswith(("ة", "ى"))
    return score


def words_in_order(text: str) -> bool:
    """Whether stops follow words rather than go before them."""
    return len(_STOPS_ILL.findall(text)) <= len(_STOPS_WELL.findall(text))
