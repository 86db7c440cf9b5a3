"""Numerals joined by grammar into one value: «ثلاثمئة وخمسة وعشرون ألفاً», «بضعة عشر», «3 آلاف».

Interval arithmetic throughout: بضع is 3–9, so بضعة عشر is 13–19 and بضع مئات 300–999. The grammar
reads tokens left to right once; each step looks at most three tokens ahead.
"""

from __future__ import annotations

from typing import NamedTuple

from isnad.language.arabic.nouns import noun
from isnad.language.arabic.numerals import Numeral, Value, figure, numeral
from isnad.language.arabic.tokens import Token

_UNIT, _TENS, _HUNDREDS, _FULL = 1, 2, 4, 7
_INFINITE = 10**18


class Compound(NamedTuple):
    """A value and the tokens ``[first, last)`` that say it.

    ``sort`` is ``number``, ``vague``, ``fraction`` or ``ordinal``; ``head`` the first numeral.
    """

    low: Value
    high: Value | None
    first: int
    last: int
    start: int
    end: int
    sort: str
    head: Numeral


def atom(tokens: list[Token], i: int) -> Numeral | None:
    """The numeral at token ``i``, digits included, or None."""
    if i >= len(tokens):
        return None
    text, _, _, kind = tokens[i]
    if kind == "word":
        return numeral(text)
    if kind == "number":
        value = figure(text)
        if value is not None:
            return Numeral("digits", value, value, "", "", False, 0, text)
    return None


def _linked(tokens: list[Token], i: int) -> tuple[Numeral, bool, int] | None:
    """The numeral that follows at ``i``, whether و joins it, and its own token's index."""
    if i >= len(tokens):
        return None
    conj = tokens[i].text == "و"
    if conj:
        i += 1
    found = atom(tokens, i)
    if found is None or found.prep:
        return None
    if not conj and found.word == "واحد" and _is(tokens, i + 1, "ten"):
        conj = True  # «مئة وأحد عشر»: folded, «وأحد» is «واحد»
    return found, conj or found.conj == "و", i


def _is(tokens: list[Token], i: int, category: str) -> bool:
    n = atom(tokens, i)
    return n is not None and n.category == category and not n.conj and not n.prep


class _Sum:
    """A running value: scales summed so far, the group in hand, and which of its places are set."""

    __slots__ = (
        "case",
        "high",
        "last_group",
        "low",
        "places",
        "previous",
        "scale",
        "sort",
        "total",
    )

    def __init__(self) -> None:
        self.total: tuple[Value, Value] = (0, 0)
        self.low: Value = 0
        self.high: Value = 0
        self.places = 0
        self.scale: Value = _INFINITE
        self.last_group: tuple[Value, Value] = (0, 0)
        self.previous = self.case = ""
        self.sort = "number"

    def begin(self, n: Numeral) -> bool:
        """Take the first numeral; False if none can begin with it."""
        c, low = n.category, n.low
        high = n.high if n.high is not None else 9 if c == "several" else low
        if c in _PLACES:
            self.low, self.high, self.places = low, high, _PLACES[c]
        elif c in ("scale", "scale2", "scales"):
            factor = 2 if c == "scale2" else 1
            self.total = self.last_group = (low * factor, low * factor)
            if c == "scales":
                self.total = self.last_group = (2 * low, 10 * low - 1)
                self.sort = "vague"
            self.scale = low
        elif c in ("dozen", "dozen2"):
            self.low = self.high = low * (2 if c == "dozen2" else 1)
            self.places = _FULL
        elif c in ("vague10", "vague100"):
            self.low, self.high, self.sort = low * 2, low * 10 - 1, "vague"
            self.places = _FULL
        elif c in ("part", "third", "parts"):
            self.low = self.high = low
            self.places, self.sort = _FULL, "fraction"
        else:
            return False
        if self.low != self.high:
            self.sort = "vague"
        self.previous, self.case = c, n.word[-2:]
        return True

    def add(self, n: Numeral, conj: bool) -> bool:
        """Join the next numeral; False (and nothing changed) if grammar does not allow it."""
        return self._joined(n) if conj else self._adjacent(n)

    def _adjacent(self, n: Numeral) -> bool:
        c, p = n.category, self.previous
        if c == "ten":
            if p not in ("unit", "one") or self.places & _TENS or not self.low % 10:
                return False
            self.low, self.high, self.places = self.low + 10, self.high + 10, self.places | _TENS
        elif c == "hundred":
            if p not in _BEFORE_HUNDRED or not 0 < self.low < 100:
                return False
            if self.places & _HUNDREDS and p != "digits":
                return False
            self.low, self.high, self.places = self.low * 100, self.high * 100, _HUNDREDS
        elif c in ("vague10", "vague100"):
            if p not in ("unit", "several", "digits") or self.places != _PLACES[p]:
                return False
            # «بضع مئات»: up to the last of the ninth hundred.
            spare = n.low - 1 if self.low != self.high else 0
            self.low, self.high = self.low * n.low, self.high * n.low + spare
            self.places = _FULL
        elif c in ("scale", "scales"):
            return self._multiply(n.low)
        elif c == "dozen":
            if self.places not in (_UNIT, _FULL) or p not in ("unit", "digits"):
                return False
            self.low, self.high, self.places = self.low * 12, self.high * 12, _FULL
        else:
            return False
        self.previous = c
        return True

    def _multiply(self, scale: Value) -> bool:
        spare = scale - 1 if self.sort == "vague" else 0
        if self.places:
            if scale >= self.scale:
                return False
            group = (self.low * scale, self.high * scale + spare)
        elif self.previous in ("scale", "scales") and scale > self.scale:
            # «مئة ألف مليون»: the group just made is itself multiplied.
            group = (self.last_group[0] * scale, self.last_group[1] * scale + spare)
            self.total = (
                self.total[0] - self.last_group[0],
                self.total[1] - self.last_group[1],
            )
        else:
            return False
        if self.sort == "fraction":
            self.sort = "number"
        self.total = (self.total[0] + group[0], self.total[1] + group[1])
        self.last_group, self.scale = group, scale
        self.low = self.high = self.places = 0
        self.previous = "scale"
        return True

    def _joined(self, n: Numeral) -> bool:
        c, low = n.category, n.low
        high = n.high if n.high is not None else low
        if self.sort == "fraction" or self.previous.startswith("vague"):
            return False
        if c in ("unit", "one", "ten", "teen"):
            if self.places & (_UNIT | _TENS) or low == 0:
                return False
            self.places |= _PLACES[c]
        elif c == "tens":
            if self.previous == "tens" and self.case == "ون" and n.word == "خمسين":
                low = high = 0.4  # «ثلاثون وخمسين»: the case differs, so two fifths, not fifty
            elif self.places & _TENS or (
                self.places & _UNIT and self.previous not in ("unit", "one")
            ):
                return False
            self.places |= _TENS | _UNIT
        elif c in ("hundred", "hundreds"):
            if self.places or self.scale == _INFINITE:
                return False
            self.places = _HUNDREDS
        elif c in ("scale", "scale2"):
            if self.places or low >= self.scale:
                return False
            value = low * (2 if c == "scale2" else 1)
            self.total = (self.total[0] + value, self.total[1] + value)
            self.last_group, self.scale, self.previous = (value, value), low, c
            return True
        elif c in ("dozen", "dozen2"):
            if self.places & (_UNIT | _TENS):
                return False
            low = high = low * (2 if c == "dozen2" else 1)
            self.places = _FULL
        elif c == "digits":
            limit = self.scale if not self.places else 100 if self.places == _HUNDREDS else 0
            if low >= limit or limit == _INFINITE:
                return False
            self.places = _FULL
        elif c in ("part", "parts", "third"):
            if self.previous in ("scale", "scale2", "scales") and not self.places:
                low = high = low * self.scale  # «ثلاثة ملايين ونصف»
            self.places = _FULL
        else:
            return False
        self.low, self.high, self.previous = self.low + low, self.high + high, c
        self.case = n.word[-2:]
        if low != high:
            self.sort = "vague"
        return True

    def value(self) -> tuple[Value, Value]:
        return whole(self.total[0] + self.low), whole(self.total[1] + self.high)


_PLACES = {"unit": _UNIT, "one": _UNIT, "ten": _TENS | _UNIT, "teen": _TENS | _UNIT,
           "tens": _TENS, "hundred": _HUNDREDS, "hundreds": _HUNDREDS, "digits": _FULL,
           "several": _UNIT}  # fmt: skip
_BEFORE_HUNDRED = ("unit", "digits", "teen", "tens", "ten")


def whole(value: Value) -> Value:
    if isinstance(value, float):
        value = round(value, 12)
        return int(value) if value.is_integer() else value
    return value


def read(tokens: list[Token], i: int, head: Numeral) -> Compound | None:
    """The longest value that begins at token ``i``, whose numeral ``head`` is."""
    if head.category in ("ordinal", "ordinal1"):
        return _ordinal(tokens, i, head)
    if head.category == "scale" and head.word.endswith("ا") and i + 1 < len(tokens):
        thing = noun(tokens[i + 1].text)
        if thing is not None and not thing.conj and not thing.prep and not thing.article:
            head = head._replace(category="scale2")  # «ألفا جندي» is a dual in construct: 2000
    total = _Sum()
    if head.word == "واحد" and not head.conj and not head.offset and _is(tokens, i + 1, "ten"):
        head = head._replace(category="one", conj="و")  # «وأحد عشر»
    if not total.begin(head):
        return None
    last = i + 1
    while True:
        step = _linked(tokens, last)
        if step is None:
            break
        n, conj, at = step
        if conj and n.category == "unit" and _is_division(tokens, at + 1):
            value = whole(n.low / _division(tokens, at + 1))  # «عشرون وثلاثة أخماس»
            total.low, total.high = total.low + value, total.high + value
            last = at + 2
            break
        if n.category == "digits" and not conj and not _scaled_next(tokens, at, total):
            break
        if n.category == "digits" and not conj:
            total.low = total.high = n.low
            total.places, total.previous = _FULL, "digits"
        elif not total.add(n, conj):
            break
        last = at + 1
        if conj and n.category in ("part", "parts", "third"):
            after = atom(tokens, last)  # «مليون ونصف المليون»
            if after is not None and after.category == "scale" and not after.conj:
                last += 1
            break
    if head.category == "several" and last == i + 1:
        return None
    low, high = total.value()
    sort = total.sort
    if _is_division(tokens, last) and low == high:
        low = high = whole(low / _division(tokens, last))
        last, sort = last + 1, "fraction"
    return Compound(low, high, i, last, begins(tokens, i, head), tokens[last - 1].end, sort, head)


def begins(tokens: list[Token], i: int, head: Numeral) -> int:
    """Where the numeral's own word begins: after و ب ل ك, the article kept, «لل» kept whole."""
    skip = len(head.conj)
    if not (head.prep == "ل" and head.article):
        skip += len(head.prep)
    return tokens[i].start + skip


def _is_division(tokens: list[Token], i: int) -> bool:
    n = atom(tokens, i)
    return n is not None and n.category == "division" and not n.conj and not n.prep


def _division(tokens: list[Token], i: int) -> Value:
    n = atom(tokens, i)
    return n.low if n is not None else 1


def _scaled_next(tokens: list[Token], i: int, total: _Sum) -> bool:
    """«4 آلاف 3 مائة»: figures after a scale without و only when multiplied themselves."""
    if total.places or total.previous not in ("scale", "scales"):
        return False
    n = atom(tokens, i + 1)
    return n is not None and n.category in ("hundred", "scale", "scales") and not n.conj


def _ordinal(tokens: list[Token], i: int, head: Numeral) -> Compound | None:
    value, last = head.low, i + 1
    step = _linked(tokens, last)
    if step is not None:
        n, conj, at = step
        if not conj and n.category == "ten" and value < 10 and not n.article:
            value, last = value + 10, at + 1
        elif conj and n.category == "tens" and value < 10 and n.article:
            value, last = value + n.low, at + 1
    if head.category == "ordinal1" and last == i + 1:
        return None
    start = begins(tokens, i, head)
    return Compound(value, value, i, last, start, tokens[last - 1].end, "ordinal", head)
