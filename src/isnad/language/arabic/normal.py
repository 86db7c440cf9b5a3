"""Arabic normal form: one spelling for what readers take as one word.

Folds alef, hamza seats, ya, ta marbuta, Persian, Kurdish and Maghrebi letters, presentation forms
and digits of all scripts; drops marks, tatweel, zero-width and bidi characters; closes evasive
writing («اشتـ.ـباكات», «قصـ ـف», «الشهد.اء»; see :mod:`isnad.language.arabic.evasion`). The map
back to the source is exact (see :class:`NormalText`): a letter's source includes the marks and
tatweel that follow it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache

from isnad.language.arabic.evasion import separators
from isnad.language.normal import NormalText

_FOLD = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا", "ى": "ي", "ئ": "ي",
    "ؤ": "و", "ة": "ه", "ۀ": "ه", "ۂ": "ه", "ۃ": "ه", "ک": "ك", "ڪ": "ك", "گ": "ك", "ڭ": "ك",
    "ݣ": "ك", "ی": "ي", "ێ": "ي", "ې": "ي", "ۍ": "ي", "ۑ": "ي", "ے": "ي", "ۓ": "ي", "ٸ": "ي",
    "ؠ": "ي", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۿ": "ه", "ۆ": "و", "ۇ": "و", "ۈ": "و", "ۉ": "و",
    "ۋ": "و", "ۊ": "و", "ٶ": "و", "ٷ": "و", "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڥ": "ف",
    "ڢ": "ف", "ڡ": "ف", "ڧ": "ق", "ڨ": "ق", "ٯ": "ق", "ٮ": "ب", "ڵ": "ل", "ڕ": "ر", "ړ": "ر",
    "ڑ": "ر", "ځ": "خ", "څ": "خ", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ڼ": "ن", "ں": "ن",
    "ښ": "ش", "ڜ": "ش", "ږ": "ز", "ڠ": "غ",
    "٪": "%", "؉": "%", "٫": ".", "٬": ",", "⁄": "/", "−": "-", "‐": "-", "‑": "-",
    "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n",
    "\u20e3": ")",  # a keycap «1️⃣» is an item's number: 1)
}  # fmt: skip
_DROPPED_CATEGORIES = ("Mn", "Me", "Cf")
_TATWEEL = "ـ"

# Characters that stay one character are folded over the whole text at once: the common ones by
# `str.replace` (a quarter of the time of `str.translate`), runs of the others by `_PLAIN`.
# All that are dropped or become several are special and go through `_fold` one by one.
_SPECIAL = re.compile("[^\t\n -~،؛؟ء-غف-ي٠-٩۰-۹«»“”‘’–—پچژگکی•%٪٫٬]")
_PLAIN = {
    code: _FOLD.get(chr(code), chr(code).lower())
    for code in (*range(0x41, 0x5B), *map(ord, _FOLD))
    if not _SPECIAL.match(chr(code))
} | {zero + value: str(value) for zero in (0x660, 0x6F0) for value in range(10)}
_COMMON = [(c, _FOLD[c]) for c in "أإآىئؤة"]
_UNCOMMON = "".join(chr(code) for code in _PLAIN if not 0x620 <= code <= 0x64A)
_RARE = re.compile(f"[{re.escape(_UNCOMMON)}]+")

_identity = array("L", range(4097))


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    """The normal form of one character: empty if it is dropped, several if it is a ligature."""
    if char in _FOLD:
        return _FOLD[char]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # a lone surrogate cannot be encoded
    if char == _TATWEEL:
        return ""
    out = []
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) > 2 and "⁄" in compatible:
        out.append(" ")  # «2½» is 2 1/2
    for c in compatible:
        for low in _FOLD.get(c, c.lower()):
            if low == _TATWEEL or unicodedata.category(low) in _DROPPED_CATEGORIES:
                continue
            if low.isdigit() and not low.isascii():
                value = unicodedata.digit(low, None)
                low = str(value) if value is not None else low
            out.append(low)
    return "".join(out)


def _numbers_to(n: int) -> array[int]:
    """0, 1, … at least to ``n``: slices of it are copied whole into offset maps."""
    global _identity
    if len(_identity) <= n:
        _identity = array("L", range(max(n + 1, 2 * len(_identity))))
    return _identity


def _plain_run(m: re.Match[str]) -> str:
    return m.group().translate(_PLAIN)


def normalize(text: str) -> NormalText:
    """Normal form of ``text`` with its offset map. Linear in the length of ``text``."""
    n = len(text)
    numbers = _numbers_to(n)
    plain = text
    for char, folded in _COMMON:
        plain = plain.replace(char, folded)
    plain = _RARE.sub(_plain_run, plain)
    special = [m.start() for m in _SPECIAL.finditer(text)]
    dropped = separators(text)
    if not special and not dropped:
        return NormalText(text, plain, numbers[:n], numbers[1 : n + 1])
    if dropped:
        special = sorted({*special, *dropped})
    out: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for i in special:
        if i > at:
            out.append(plain[at:i])
            starts.extend(numbers[at:i])
            ends.extend(numbers[at + 1 : i + 1])
        at = i + 1
        if i in dropped:
            continue
        char = text[i]
        folded = _fold(char)
        if not folded:
            if char == _TATWEEL and _lone(text, i):
                folded = "-"  # «دمشق ـ وكالات»: tatweel used as a dash
            elif ends and ends[-1] == i and unicodedata.category(char) != "Cf":
                ends[-1] = at
                continue
            else:
                continue
        elif char == "\r":
            if text[at : at + 1] == "\n":
                continue
            folded = "\n"
        out.append(folded)
        for _ in folded:
            starts.append(i)
            ends.append(at)
    if at < n:
        out.append(plain[at:])
        starts.extend(numbers[at:n])
        ends.extend(numbers[at + 1 : n + 1])
    return NormalText(text, "".join(out), starts, ends)


def _lone(text: str, i: int) -> bool:
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    return before.isspace() and after.isspace()


def fold(text: str) -> str:
    """Normal form without the map: for keys of lexicons."""
    return normalize(text).text
