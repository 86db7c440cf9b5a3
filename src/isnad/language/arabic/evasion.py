"""Evasive writing: words broken by dots, stars or spaces so that a platform's filter misses them.

In: a source text. Out: the offsets of the separators that stand *inside* words. Two kinds of
evidence close a word: a tatweel that reaches over the gap («قصـ ـف», «اشتـ.ـباكات»), or, without
one, that the joined word is known and a part is not («الشهد.اء», but «القصف.وقال» stays two).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

_LETTER = "ء-غف-يٱ-ۓ"
_VOWELS = "\u064b-\u0652"
_MARKS = ".*·•|~"
# Each pattern begins with what is rare in a text and is bounded in length: fast and linear. What
# stands before a match is looked at afterwards, as a lookbehind would be tried at every character.
_REACHING = re.compile(rf"ـ(?:[ .*_\-/·•|~]{{1,3}}(?=ـ)|[{_MARKS}/]{{1,2}}(?=[{_LETTER}]))")
_REACHED = re.compile(rf"[{_MARKS}/]{{1,2}}(?=ـ)")
_BROKEN = re.compile(rf"[{_MARKS}/](?=[{_LETTER}])")
_FRAGMENT = re.compile(rf" ([{_LETTER}]{{1,2}}) (?=[{_LETTER}])")
_WORD = re.compile(rf"[{_LETTER}]+")
_LONGEST = 24  # letters of a word looked at on either side of a gap


def separators(text: str) -> frozenset[int]:
    """Offsets of characters inside evasively written words. Linear in the length of ``text``."""
    out: set[int] = set()
    if "ـ" in text:
        for m in _REACHING.finditer(text):
            start, end = m.span()
            if not _inside(text, start - 1):
                continue
            if text[start - 1] == "ه" and text[end] != "ـ" and not _inside(text, start - 2):
                continue  # «1445هـ.»
            out.update(range(start + 1, end))
        for m in _REACHED.finditer(text):
            if _WORD.match(text[m.start() - 1 : m.start()]):
                out.update(range(*m.span()))
    broken = [
        m.start() for m in _BROKEN.finditer(text) if _WORD.match(text[m.start() - 1 : m.start()])
    ]
    if broken:
        _join_broken(text, broken, out)
    # Two passes, as fragments may share a space: «اسر ائ يل».
    if not _short_words().issuperset(_FRAGMENT.findall(text)):
        at = 0
        while (gap := _FRAGMENT.search(text, at)) is not None:
            at = gap.end() - 1
            if gap.group(1) not in _short_words() and _inside(text, gap.start() - 1):
                _join_fragment(text, gap.start(), at, out)
    return frozenset(out)


def _inside(text: str, i: int) -> bool:
    """Whether a letter, a vowel mark or tatweel stands at ``i``."""
    return i >= 0 and ("\u064b" <= text[i] <= "\u0652" or text[i] == "ـ" or text[i].isalpha())


def _join_broken(text: str, broken: list[int], out: set[int]) -> None:
    """Decide each chain of pieces «الشهد.اء», «ق.ص.ف» by what is known."""
    k = 0
    while k < len(broken):
        chain = [broken[k]]
        while (
            k + 1 < len(broken) and len(chain) < 12
            and broken[k + 1] - chain[-1] <= _LONGEST
            and _WORD.fullmatch(text, chain[-1] + 1, broken[k + 1]) is not None
        ):  # fmt: skip
            k += 1
            chain.append(broken[k])
        k += 1
        start = chain[0]
        while start and chain[0] - start < _LONGEST and _WORD.match(text[start - 1]):
            start -= 1
        ending = _WORD.match(text, chain[-1] + 1, chain[-1] + 1 + _LONGEST)
        end = ending.end() if ending else chain[-1] + 1
        if start and (text[start - 1] in "#_@" or "\u064b" <= text[start - 1] <= "\u0652"):
            continue  # «#دير_الزور»; a vowel hides where the word begins
        edges = [start - 1, *chain, end]
        pieces = [text[a + 1 : b] for a, b in pairwise(edges)]
        _close(pieces, chain, out)


def _close(pieces: list[str], gaps: list[int], out: set[int]) -> None:
    """Close the gaps of the longest joins, from the left, that make known words."""
    at = 0
    while at < len(pieces) - 1:
        for end in range(min(len(pieces), at + 12), at + 1, -1):
            joined = "".join(pieces[at:end])
            if len(joined) > 2 and known(joined) and not all(_whole(p) for p in pieces[at:end]):
                out.update(gaps[at : end - 1])
                at = end - 1
                break
        at += 1


def _join_fragment(text: str, first: int, second: int, out: set[int]) -> None:
    """«اسر ائ يل»: a fragment of one or two letters that is no word, between two spaces."""
    start = first
    while start and first - start < _LONGEST and _WORD.match(text[start - 1]):
        start -= 1
    before, middle = text[start:first], text[first + 1 : second]
    ending = _WORD.match(text, second + 1, second + 1 + _LONGEST)
    after = ending.group() if ending else ""
    if known(before + middle + after) and not (_whole(before) and _whole(after)):
        out.update((first, second))
    elif known(before + middle) and not _whole(before):
        out.add(first)
    elif known(middle + after) and not _whole(after):
        out.add(second)


def _whole(piece: str) -> bool:
    """Whether a piece may stand alone: two letters only if the list of short words has it."""
    return known(piece) if len(piece) > 2 else len(piece) == 2 and piece in _short_words()


@cache
def _short_words() -> frozenset[str]:
    return frozenset(_list("short_words"))


@cache
def _own_words() -> frozenset[str]:
    return frozenset(_list("known_words"))


def _list(name: str) -> list[str]:
    text = files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]


_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "فال", "كال", "ولل",
            "وبال", "س", "وس")  # fmt: skip
_HAMZA = ("ا", "أ", "إ", "آ")


@lru_cache(maxsize=16384)
def known(word: str) -> bool:
    """Whether a word, as written and without marks, is in simplemma's dictionary or our own list.

    Proclitics may stand before it, and a bare alef for one with hamza («ايران»).
    """
    import simplemma  # its dictionary takes a quarter of a second to load: only when needed

    own = _own_words()
    for clitic in _CLITICS:
        if not word.startswith(clitic):
            continue
        stem = word[len(clitic) :]
        if len(stem) < 2 or (clitic and len(stem) < 3):
            continue
        seats = _HAMZA if stem[0] == "ا" else ("",)
        for seat in seats:
            form = seat + stem[1:] if seat else stem
            if form in own or simplemma.is_known(form, lang="ar"):
                return True
    return False
