"""A walk over the tokens with the day that relative words count from; numbers, days and years.

A rule is a function ``(scan, i) -> (next index, value) | None``: it reads from token ``i`` and
never moves anything, so rules may try and give up freely. Each looks ahead a bounded number of
tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from isnad.language.arabic.times_words import Form, Hit, context_forms, forms, single_words
from isnad.language.arabic.tokens import Token


@dataclass(frozen=True, slots=True)
class Value:
    """Days read from the text: ordinals, both included.

    ``rel_lo`` and ``rel_hi`` say that an end was counted from the publication day: without one it
    is unknown.
    """

    lo: int | None
    hi: int | None
    precision: str = "day"
    rel_lo: bool = False
    rel_hi: bool = False
    kind: str = "point"
    flags: tuple[str, ...] = ()

    def flagged(self, *flags: str) -> Value:
        """The same days with more flags."""
        more = tuple(f for f in flags if f not in self.flags)
        return replace(self, flags=(*self.flags, *more)) if more else self


def relative(lo: int | None, hi: int | None, precision: str = "day", *flags: str) -> Value:
    """Days counted from the publication day."""
    return Value(lo, hi, precision, True, True, "point", flags)


Read = tuple[int, Value] | None


def remembered(rule: Callable[[Scan, int], Read]) -> Callable[[Scan, int], Read]:
    """A rule that is tried once at a token, however many rules ask.

    What was counted from the day told before is not kept: that day moves on.
    """
    name = rule.__name__

    def asked(scan: Scan, i: int) -> Read:
        key = (name, i)
        if key in scan.memo:
            return scan.memo[key]
        found = rule(scan, i)
        if found is None or "anaphoric" not in found[1].flags:
            scan.memo[key] = found
        return found

    return asked


class Scan:
    """The tokens of one text, their readings (found once each), and the day relative words mean.

    Attributes:
        today: the publication day or dateline as an ordinal; a stand-in where none is known
            (``known`` is then false and the ends counted from it are dropped afterwards).
        heads: the tokens that are numbers or words of time, in order: few of a text's, and an
            expression begins only with one of them or with a word of :data:`BARE_HEADS`.
    """

    __slots__ = ("_by", "_figures", "antecedent", "heads", "known", "memo", "today", "tokens")

    def __init__(self, tokens: list[Token], today: int, known: bool) -> None:
        self.tokens = tokens
        self.today = today
        self.known = known
        self.antecedent: Value | None = None
        self.memo: dict[tuple[str, int], Read] = {}
        table, alone, begins = forms(), single_words(), _begins()
        self.heads = [i for i, t in enumerate(tokens) if t[3] == "number" or t[0] in begins]
        # A mapping, so that an index beyond either end has no reading and needs no check.
        self._by: dict[int, dict[str, Hit]] = {}
        self._figures: set[int] = set()
        for i in self.heads:
            text, _, _, kind = tokens[i]
            if kind == "number" or text == "ال":
                self._figures.add(i)
            plain = alone.get(text)
            if plain is None:
                continue
            if plain[0] and self.text(i + 1) in plain[0]:
                read = self._read(i, table[text])
            else:
                read = {name: _hit(Hit, (i + 1, *rest)) for name, rest in plain[1]}
            if read:
                self._by[i] = read

    def _read(self, i: int, found: tuple[Form, ...]) -> dict[str, Hit]:
        """The longest reading in each category at token ``i``, the longest of all first."""
        out: dict[str, Hit] = {}
        follower = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        for f in found:
            rest = f.rest
            if rest and (rest[0] != follower or not self._follows(i + 1, rest)):
                continue
            if f.category in out:
                continue
            out[f.category] = Hit(
                i + 1 + len(f.rest), f.category, f.value, f.conjunction, f.preposition, f.article,
                f.offset,
            )  # fmt: skip
        return out

    def _follows(self, i: int, words: tuple[str, ...]) -> bool:
        if i + len(words) > len(self.tokens):
            return False
        return all(self.tokens[i + k].text == w for k, w in enumerate(words))

    def at(self, i: int) -> dict[str, Hit]:
        """The readings at token ``i`` by category, the longest of all first; not to be changed."""
        return self._by.get(i, _NONE)

    def reads(self, i: int, categories: frozenset[str]) -> bool:
        """Whether token ``i`` has a reading in one of ``categories``."""
        found = self._by.get(i)
        return found is not None and not categories.isdisjoint(found)

    def counts(self, i: int) -> bool:
        """Whether a number in digits may begin at ``i``: a figure, or «ال» before one."""
        return i in self._figures

    def begins(self, i: int, categories: frozenset[str]) -> bool:
        """Whether token ``i`` is a figure (or «ال») or has a reading in one of ``categories``."""
        if i in self._figures:
            return True
        found = self._by.get(i)
        return found is not None and not categories.isdisjoint(found)

    def longest(self, i: int) -> Hit | None:
        """The longest of all readings at token ``i``."""
        found = self._by.get(i)
        return next(iter(found.values())) if found else None

    def hit(self, i: int, *categories: str) -> Hit | None:
        """The longest reading at ``i`` in one of ``categories``."""
        found = self._by.get(i)
        if found is None:
            return None
        if len(categories) == 1:
            return found.get(categories[0])
        for name, h in found.items():
            if name in categories:
                return h
        return None

    def text(self, i: int) -> str:
        """The token's text; empty beyond the ends."""
        try:
            return self.tokens[i][0] if i >= 0 else ""
        except IndexError:
            return ""

    def skip(self, i: int, *marks: str) -> int:
        """``i``, or the next index if the token is one of ``marks``."""
        return i + 1 if self.text(i) in marks else i

    def comma(self, i: int) -> int:
        """Past a comma."""
        return self.skip(i, "،", ",")

    def context(self, i: int, category: str) -> bool:
        """Whether token ``i``, or it without its proclitics or article, is in a context list."""
        return self.text(i) in context_forms()[category]

    def adjacent(self, i: int) -> bool:
        """Whether token ``i`` follows its predecessor with nothing between."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    def integer(self, i: int) -> int | None:
        """The value of a whole number of at most six digits."""
        if i in self._figures:
            t = self.tokens[i]
            if t.kind == "number" and t.text.isascii() and t.text.isdigit() and len(t.text) <= 6:
                return int(t.text)
        return None


BARE_HEADS = frozenset({"ال", "يومه", "يومها", "اسبوعها", "شهرها", "عامها", "عامه"})
"""Words that may begin an expression and are in no table."""

_hit = tuple.__new__
_NONE: dict[str, Hit] = {}


@lru_cache(maxsize=1)
def _begins() -> frozenset[str]:
    return BARE_HEADS.union(forms())


_CARDINALS = frozenset({"thousand", "hundred", "ten", "card"})
_ORDINALS = frozenset({"ord", "ten"})
NUMBERS = _CARDINALS | _ORDINALS
"""Categories of word with which a number or an ordinal begins."""


def _join(scan: Scan, i: int) -> int:
    """Past a و that stands by itself («ستة و عشرون»)."""
    return i + 1 if scan.text(i) == "و" else i


def _chained(scan: Scan, i: int, *categories: str) -> tuple[int, Hit] | None:
    """A number word joined by و, written on it or apart."""
    j = _join(scan, i)
    h = scan.hit(j, *categories)
    return (h.end, h) if h and (h.conjunction or j > i) else None


def number(scan: Scan, i: int) -> tuple[int, int] | None:
    """A whole number in digits or words below 10,000: ``(next index, value)``."""
    if scan.counts(i):
        if scan.text(i) == "ال" and scan.integer(i + 1) is not None:
            i += 1
        n = scan.integer(i)
        if n is not None:
            return i + 1, n
    if not scan.reads(i, _CARDINALS):
        return None
    total, j, floor = 0, i, 10_000
    for _ in range(4):
        if j == i:
            h = scan.hit(i, "thousand", "hundred", "ten", "card")
            if h and h.category == "card" and h.article:
                # «الأحد»، «الاثنين» are days; «الثلاثة أيام» a count
                h = None if h.value in ("1", "2") else h
        else:
            step = _chained(scan, j, "hundred", "ten", "card")
            h = step[1] if step else None
        if h is None:
            break
        size = int(h.value)
        rank = 1000 if size >= 1000 else 100 if size >= 100 else 1
        if rank >= floor:
            break
        total, j, floor = total + size, h.end, rank
        if h.category == "card" and size < 10:
            teen = scan.hit(j, "teen")
            if teen and not teen.conjunction and not teen.preposition:
                return teen.end, total + 10
            step = _chained(scan, j, "ten")
            if step and not step[1].preposition:
                return step[0], total + int(step[1].value)
            if total == 1 and scan.text(i)[h.offset :] in ("احد", "احدي"):
                return None  # «أحد أيام»: one of, not a count
        if rank == 1:
            break
    return (j, total) if j > i else None


def ordinal(scan: Scan, i: int) -> tuple[int, int] | None:
    """An ordinal in words from first to thirty-first: ``(next index, value)``."""
    at = scan.at(i)
    h = at.get("ord")
    if h:
        teen = scan.hit(h.end, "teen")
        if teen and not teen.conjunction and not teen.preposition:
            return teen.end, int(h.value) + 10
        step = _chained(scan, h.end, "ten")
        if step and step[1].article:
            return step[0], int(h.value) + int(step[1].value)
        return h.end, int(h.value)
    h = at.get("ten")
    return (h.end, int(h.value)) if h and h.article else None


def day_number(scan: Scan, i: int) -> tuple[int, int] | None:
    """The day of a month, 1 to 31, in digits, ordinals or cardinals."""
    found = ordinal(scan, i) or number(scan, i)
    if found and 1 <= found[1] <= 31:
        # «12.5» and «12:30» are no day numbers; the token must be whole
        return found
    return None


def plain_year(scan: Scan, i: int) -> tuple[int, int] | None:
    """Four digits from 1800 to 2199 (1343 to 1500 before «هـ»), or in words from 1900 on."""
    n = scan.integer(i)
    if n is not None:
        if len(scan.text(i)) != 4 or not (1800 <= n <= 2199 or 1343 <= n <= 1500):
            return None
        if n <= 1500 and not scan.hit(scan.skip(i + 1, "("), "era"):
            return None
        return i + 1, n
    if scan.hit(i, "thousand"):
        found = number(scan, i)
        if found and (1900 <= found[1] <= 2199 or (1000 < found[1] < 1900 and found[1] % 100)):
            return found
    return None
