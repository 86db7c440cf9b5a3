"""Figures in digits and the marks around them: signs, fractions, percent, dates, clock times."""

from __future__ import annotations

from isnad.language.arabic.compounds import Compound, atom, whole
from isnad.language.arabic.number import Kind, Part
from isnad.language.arabic.numerals import Value
from isnad.language.arabic.tokens import Token

_SIGNS = "-−"


def mark(tokens: list[Token], i: int, marks: str) -> bool:
    """Whether token ``i`` is one of ``marks``."""
    return 0 <= i < len(tokens) and tokens[i].text in marks and tokens[i].kind == "mark"


def glued(tokens: list[Token], i: int) -> bool:
    """Whether token ``i`` follows the one before it with no space."""
    return 0 < i < len(tokens) and tokens[i].start == tokens[i - 1].end


def dated(tokens: list[Token], i: int) -> tuple[int, Kind] | None:
    """The end of a written date or clock time that begins at ``i``, and which it is.

    «12/5/2021», «2021-05-12», «12:30», «12:30:15»: digits and one kind of mark, unspaced.
    """
    for marks, kind in ((":", "clock"), ("/-", "date")):
        at, parts = i, 1
        separator = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if len(separator) != 1 or separator not in marks:
            continue
        while (
            parts < 4
            and mark(tokens, at + 1, separator)
            and glued(tokens, at + 1)
            and glued(tokens, at + 2)
            and tokens[at + 2].text.isdigit()
        ):
            at, parts = at + 2, parts + 1
        if kind == "clock" and parts in (2, 3) and len(tokens[i + 2].text) == 2:
            return at + 1, "clock"
        if kind == "date" and parts == 3 and any(len(tokens[k].text) == 4 for k in (i, at)):
            return at + 1, "date"
        if kind == "date" and parts == 3 and separator == "/":
            return at + 1, "date"
    return None


def quotient(tokens: list[Token], i: int) -> Value | None:
    """The value of «3/4» at token ``i`` (three tokens, unspaced), or None."""
    if not (
        mark(tokens, i + 1, "/") and glued(tokens, i + 1) and glued(tokens, i + 2)
        and tokens[i].text.isdigit() and tokens[i + 2].text.isdigit()
        and len(tokens[i].text) < 9 and len(tokens[i + 2].text) < 9
    ):  # fmt: skip
        return None
    below = int(tokens[i + 2].text)
    return int(tokens[i].text) / below if below else None


def grouped(tokens: list[Token], i: int) -> int:
    """How many tokens from ``i`` are one figure in groups of three («1 234 567»), at least 1."""
    if len(tokens[i].text) > 3:
        return 1
    last = i + 1
    while (
        last < len(tokens) and len(tokens[last].text) == 3 and tokens[last].text.isdigit()
        and tokens[last].start == tokens[last - 1].end + 1 and last - i < 8
    ):  # fmt: skip
        last += 1
    return last - i if last - i > 2 else 1


def digits_part(normal: str, tokens: list[Token], c: Compound) -> Part:
    """The part for a value that begins with digits: signs and fractions joined to it."""
    i = c.first
    part = Part(
        c.low, c.high, i, c.last, c.start, c.end, "exact", digits=True, conj=bool(c.head.conj)
    )
    count = grouped(tokens, i) if c.last == i + 1 else 1
    if count > 1:
        part.low = part.high = int("".join(t.text for t in tokens[i : i + count]))
        part.last, part.end = i + count, tokens[i + count - 1].end
    value = quotient(tokens, i) if c.last == i + 1 else None
    if value is not None:
        part.low = part.high = round(value, 12)
        part.last, part.end, part.exactness = i + 3, tokens[i + 2].end, "fraction"
        scale = atom(tokens, part.last)
        if scale is not None and scale.category == "scale" and not scale.conj:  # «½ مليون»
            part.low = part.high = whole(value * scale.low)
            part.last, part.end, part.exactness = i + 4, tokens[i + 3].end, "exact"
            value = 1.0
        if value < 1 and _beside(tokens, part.last, part.end):  # «1/4 2», written right to left
            part.low = part.high = round(value + int(tokens[part.last].text), 12)
            part.last, part.end = part.last + 1, tokens[part.last].end
    elif part.last == i + 1 and part.last < len(tokens) and tokens[part.last].start == part.end + 1:
        value = quotient(tokens, part.last) if tokens[part.last].kind == "number" else None
        if value is not None and value < 1 and isinstance(part.low, int):
            part.low = part.high = round(part.low + value, 12)
            part.last, part.end = part.last + 3, tokens[part.last + 2].end
    _raise(tokens, part)
    before = normal[part.start - 2] if part.start > 1 else " "
    if mark(tokens, i - 1, ".") and glued(tokens, i) and before.isspace() and part.last == i + 1:
        part.low = part.high = (
            float(f"0.{tokens[i].text}"[:40]) if tokens[i].text.isdigit() else part.low
        )
        part.first, part.start = i - 1, part.start - 1
    elif mark(tokens, i - 1, _SIGNS) and glued(tokens, i) and (
        before.isspace() or before in "<>=^"
    ) and not _counts(tokens, part.last):  # fmt: skip
        part.first, part.start = i - 1, part.start - 1
        if part.low is not None:
            part.low = part.high = -part.low
    part.value_start, part.value_end = part.start, part.end
    return part


def _beside(tokens: list[Token], i: int, end: int) -> bool:
    """Whether a small whole figure stands at ``i``, one space after ``end``, and counts nothing."""
    return (
        i < len(tokens) and tokens[i].text.isdigit() and len(tokens[i].text) < 3
        and tokens[i].start == end + 1 and not _counts(tokens, i + 1)
    )  # fmt: skip


def _raise(tokens: list[Token], part: Part) -> None:
    """«2.5^-1»: a power, taken in where the exponent is a small figure."""
    if not (mark(tokens, part.last, "^") and glued(tokens, part.last)):
        return
    at = part.last + 1
    sign = -1 if mark(tokens, at, "-") else 1
    at += mark(tokens, at, "+-")
    if at >= len(tokens) or not tokens[at].text.isdigit() or len(tokens[at].text) > 2:
        return
    exponent = sign * int(tokens[at].text)
    if isinstance(part.low, int | float) and 0 < abs(part.low) < 1000:
        part.low = part.high = part.low**exponent
        part.last, part.end = at + 1, tokens[at].end


def _counts(tokens: list[Token], i: int) -> bool:
    """Whether a word stands there that a figure could count: then a dash before it is a bullet."""
    return i < len(tokens) and tokens[i].kind == "word"


def percent(tokens: list[Token], part: Part) -> bool:
    """Whether a per cent sign or words follow or precede; the part then takes them in."""
    i = part.last
    if mark(tokens, i, "%"):
        part.last, part.end = i + 1, tokens[i].end
    elif mark(tokens, part.first - 1, "%") and glued(tokens, part.first):
        part.first, part.start = part.first - 1, tokens[part.first - 1].start
    elif i < len(tokens) and tokens[i].text in _PERCENT:
        part.last, part.end = i + 1, tokens[i].end
    elif i + 1 < len(tokens) and tokens[i].text == "في" and tokens[i + 1].text in _HUNDRED:
        part.last, part.end = i + 2, tokens[i + 1].end
    else:
        return False
    return True


_PERCENT = frozenset(("بالميه", "بالمايه", "بالماه"))
_HUNDRED = frozenset(("الميه", "المايه"))
