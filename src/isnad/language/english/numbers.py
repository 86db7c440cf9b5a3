"""English numbers: digits and words («at least 40», «twenty-one», «dozens»), in small."""

from __future__ import annotations

from isnad.language.arabic.number import Exactness, Number
from isnad.language.arabic.numerals import Value, figure
from isnad.language.arabic.tokens import Token

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_VAGUE: dict[str, tuple[int, int | None]] = {
    "dozens": (20, 99), "scores": (20, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
    "several": (3, None), "few": (3, 9),
}  # fmt: skip
_BOUNDS: dict[tuple[str, ...], Exactness] = {
    ("at", "least"): "at_least", ("no", "fewer", "than"): "at_least", ("more", "than"): "more_than",
    ("over",): "more_than", ("fewer", "than"): "fewer_than", ("less", "than"): "fewer_than",
    ("up", "to"): "at_most", ("at", "most"): "at_most", ("about",): "about",
    ("around",): "about", ("some",): "about", ("nearly",): "about", ("approximately",): "about",
}  # fmt: skip


def find_numbers(
    normal: str,  # noqa: ARG001 (all finders are called alike)
    tokens: list[Token],
) -> list[Number]:
    """Every number of an English text in normal form, in order; values as in Arabic."""
    out: list[Number] = []
    i = 0
    while i < len(tokens):
        value, last = _value(tokens, i)
        if value is not None:
            out.append(_number(tokens, i, last, value, value, "exact"))
        elif tokens[i].text in _VAGUE:
            last = i + 1
            out.append(_number(tokens, i, last, *_VAGUE[tokens[i].text], "vague"))
        else:
            last = i + 1
        i = last
    return out


def _value(tokens: list[Token], i: int) -> tuple[Value | None, int]:
    """The value that begins at ``i`` and where it ends; None if none begins there."""
    total: Value = 0
    group: Value = 0
    at, seen = i, False
    while at < len(tokens):
        text = tokens[at].text
        value = figure(text) if tokens[at].kind == "number" and not seen else None
        if value is not None:
            group = value
        elif text in _UNITS and (not seen or group % 10 == 0):
            group += _UNITS[text]
        elif text in _TENS and (not seen or group % 100 == 0):
            group += _TENS[text]
        elif seen and text == "hundred":
            group *= 100
        elif seen and text in _SCALES:
            total, group = total + group * _SCALES[text], 0
        elif seen and text in ("-", "and") and at + 1 < len(tokens) and (
            tokens[at + 1].text in _UNITS or tokens[at + 1].text in _TENS
        ) and (text == "and") == (group % 100 == 0):  # fmt: skip
            pass
        else:
            break
        seen = True
        at += 1
    return (total + group, at) if seen else (None, i + 1)


def _number(
    tokens: list[Token], i: int, last: int, low: Value | None, high: Value | None, how: Exactness
) -> Number:
    first = i
    for words, sense in _BOUNDS.items():
        if i >= len(words) and tuple(t.text for t in tokens[i - len(words) : i]) == words:
            first, how = i - len(words), sense
            if sense in ("more_than", "at_least"):
                high = None
            elif sense in ("fewer_than", "at_most"):
                low = None
            break
    noun = tokens[last] if last < len(tokens) and tokens[last].kind == "word" else None
    return Number(
        tokens[first].start, tokens[last - 1].end, low, high, how, tokens[i].start,
        tokens[last - 1].end, noun.start if noun else None, noun.end if noun else None,
    )  # fmt: skip
