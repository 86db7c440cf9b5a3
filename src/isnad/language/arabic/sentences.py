"""Sentences, clauses and quoted passages, as half-open offsets in the normal form.

A sentence ends at . ؟ ? ! … at a line end, and before an item's bullet or number. A full stop in a
decimal, after an initial («(ن. س.)», «د. أحمد») or inside a web address ends nothing. A text
whose lines were wrapped at a width is recognised by its even lines, and they are joined.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from isnad.language.arabic.kinds import links
from isnad.language.arabic.normal import fold
from isnad.language.arabic.tables import rows, words
from isnad.language.arabic.tokens import Token

_ENDS = frozenset(".؟?!…。۔")
_CLOSERS = frozenset("»”\"')]›}")
_DASHES = frozenset("-–—*")
_INITIALS = words("abbreviations")
_DOMAINS = words("domains")
_BULLETS = words("bullets")
_NUMBER_MARKS = frozenset("-–)./:")


def find_sentences(normal: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Sentences in order, each ``(start, end)`` trimmed to its tokens, closing marks included.

    Bullets and item numbers before a sentence are left out of it; a stretch without a word or
    figure is no sentence.
    """
    soft = _soft_line_ends(normal, tokens)
    addresses = links(normal)
    out: list[tuple[int, int]] = []
    begin = 0  # index of the first token of the sentence in hand
    item = 0  # the last item number seen, for «… 2- …» glued to the item before
    at = 0
    n = len(tokens)
    i = 0
    while i < n:
        text, start, _, kind = tokens[i]
        if kind == "word":
            i += 1
            continue
        if kind == "newline":
            if i not in soft:
                _close(tokens, begin, i, out)
                begin = i + 1
                if _blank(tokens, i):
                    item = 0
        elif kind == "number":
            value = _item(tokens, i, item, begin)
            if value:
                _close(tokens, begin, i, out)
                item, begin = value, i + 2
                i += 2
                continue
        elif text in _ENDS:
            while at < len(addresses) and addresses[at][1] <= start:
                at += 1
            inside = at < len(addresses) and addresses[at][0] <= start < addresses[at][1] - 1
            if not inside and _stops(normal, tokens, i):
                last = i + 1
                while last < n and (tokens[last].text in _ENDS or (
                    tokens[last].text in _CLOSERS and tokens[last].start == tokens[last - 1].end
                )):  # fmt: skip
                    last += 1
                _close(tokens, begin, last, out)
                begin = i = last
                continue
        elif text in _BULLETS:
            _close(tokens, begin, i, out)
            begin = i + 1
        i += 1
    _close(tokens, begin, n, out)
    return out


def _close(tokens: list[Token], begin: int, end: int, out: list[tuple[int, int]]) -> None:
    while begin < end and (
        tokens[begin].kind == "newline" or tokens[begin].text in _DASHES
        or tokens[begin].text in _BULLETS or tokens[begin].text in "ـ️_"
    ):  # fmt: skip
        begin += 1
    while begin < end and tokens[end - 1].kind == "newline":
        end -= 1
    if any(t.kind in ("word", "number") for t in tokens[begin:end]):
        out.append((tokens[begin].start, tokens[end - 1].end))


def _blank(tokens: list[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].kind == "newline"


def _stops(normal: str, tokens: list[Token], i: int) -> bool:
    """Whether the mark at ``i`` ends a sentence."""
    text, start, end, _ = tokens[i]
    if text != ".":
        return True
    following = normal[end] if end < len(normal) else " "
    if following == ".":
        return True
    before = tokens[i - 1] if i and tokens[i - 1].end == start else None
    if before is None:
        return not following.isdigit()
    if i + 1 < len(tokens) and tokens[i + 1].start == end and tokens[i + 1].text in _DOMAINS:
        return False  # «السورية.نت»: a site's name in Arabic letters
    if following.isalnum() and following.isascii() and before.text.isascii():
        return False  # an address, an abbreviation in Latin letters
    if before.text in _INITIALS:
        # «(ن. س.)» and «د. أحمد», but a line may end so.
        return following == "\n" or end >= len(normal)
    if before.kind == "number" and i >= 2 and tokens[i - 2].kind == "newline":
        return False  # «1. …» at a line's beginning
    return not (len(before.text) == 1 and before.kind == "word" and following.isalpha())


def _item(tokens: list[Token], i: int, item: int, begin: int) -> int:
    """The item's number if one begins here («2- », «(3) »): first of its line, or next in turn."""
    text = tokens[i].text
    if len(text) > 2 or not text.isdigit():
        return 0
    value = int(text)
    if i + 2 >= len(tokens) or tokens[i + 1].text not in _NUMBER_MARKS:
        return 0
    if tokens[i + 1].start != tokens[i].end and tokens[i + 1].text not in "-–":
        return 0
    if tokens[i + 2].kind == "number" and tokens[i + 2].start == tokens[i + 1].end:
        return 0
    first = i == begin or i == 0 or tokens[i - 1].kind == "newline"
    first = first or (value == 1 and tokens[i - 1].text == ":")
    first = first or (i - 1 == begin and tokens[i - 1].text == "(" and tokens[i + 1].text == ")")
    return value if first or (item and value == item + 1) else 0


def _soft_line_ends(normal: str, tokens: list[Token]) -> frozenset[int]:
    """Indices of line ends inside paragraphs wrapped at a width: three or more even lines."""
    ends = [i for i, t in enumerate(tokens) if t.kind == "newline"]
    if len(ends) < 2:
        return frozenset()
    soft: list[int] = []
    block: list[tuple[int, int]] = []  # (token index of the line's end, its length)
    line = 0
    for i in [*ends, -1]:
        stop = tokens[i].start if i >= 0 else len(normal)
        length = stop - line
        line = stop + 1
        if length:
            block.append((i, length))
        if (not length or i < 0) and block:
            soft += _wrapped(tokens, block)
            block = []
    return frozenset(soft)


def _wrapped(tokens: list[Token], block: list[tuple[int, int]]) -> list[int]:
    if len(block) < 3:
        return []
    widest = max(length for _, length in block)
    full = [length for _, length in block[:-1]]
    if not 35 <= widest <= 130 or min(full) < 0.72 * widest:
        return []
    if sum(tokens[i - 1].text in _ENDS for i, _ in block[:-1]) * 2 > len(full):
        return []  # every line is a sentence of its own
    for i, _ in block[:-1]:
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if after is not None and (after.text in _BULLETS or after.text in _DASHES):
            return []
    return [i for i, _ in block[:-1] if tokens[i - 1].text not in _ENDS]


class _Openers(NamedTuple):
    single: dict[str, str]
    first: frozenset[str]
    phrases: dict[str, str]
    longest: int


@cache
def _openers() -> _Openers:
    phrases = {fold(r["words"]): r["strength"] for r in rows("clauses")}
    return _Openers(
        {p: s for p, s in phrases.items() if " " not in p},
        frozenset(p.split(" ")[0] for p in phrases),
        phrases,
        max(p.count(" ") + 1 for p in phrases),
    )


def find_clauses(
    normal: str,  # noqa: ARG001 (all finders are called alike)
    tokens: list[Token],
    sentence: tuple[int, int],
) -> list[tuple[int, int]]:
    """The clauses of one sentence, in order, each ``(start, end)``; together they hold every word.

    Cut after ، ؛ , ; and before the words of ``data/clauses.csv``: ``always`` wherever they stand,
    ``comma`` only after a mark, ``verb`` («كما») only where a verb or «أن» follows. A comma between
    figures or in a list of single words cuts nothing.
    """
    start, end = sentence
    first, last = _bounds(tokens, start, end)
    cuts: list[int] = []
    openers = _openers()
    depth = 0
    for i in range(first, last):
        text, _, _, kind = tokens[i]
        if kind == "mark":
            if text in "([":
                depth += 1
            elif text in ")]" and depth:
                depth -= 1
            elif (
                text in "،؛,;"
                and i + 1 < last
                and not depth
                and not _listed(tokens, i, first, last)
                and not (text == "," and tokens[i + 1].kind == "number")
            ):
                cuts.append(i + 1)
        elif kind == "word" and text in openers.first and i > first and _opens(tokens, i, last):
            cuts.append(i)
    out = []
    at = first
    for cut in [*cuts, last]:
        if cut > at and any(t.kind in ("word", "number") for t in tokens[at:cut]):
            out.append((tokens[at].start, tokens[cut - 1].end))
            at = cut
        elif cut > at and out:
            out[-1] = (out[-1][0], tokens[cut - 1].end)
            at = cut
    return out


def _bounds(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    """Indices of the tokens within ``[start, end)``, by bisection."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].start < start:
            low = middle + 1
        else:
            high = middle
    first, high = low, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].start < end:
            low = middle + 1
        else:
            high = middle
    return first, low


def _opens(tokens: list[Token], i: int, last: int) -> bool:
    openers = _openers()
    text = ""
    for k in range(i, min(i + openers.longest, last)):
        if tokens[k].kind != "word":
            break
        text = f"{text} {tokens[k].text}" if text else tokens[k].text
        strength = openers.phrases.get(text)
        if strength == "always":
            return True
        if strength == "comma" and tokens[i - 1].kind == "mark":
            return True
        if strength == "verb" and k + 1 < last and _verbal(tokens[k + 1].text):
            return True
    return False


def _verbal(word: str) -> bool:
    return word in ("ان", "انه", "انها", "لم", "لا", "قد") or not word.startswith("ال")


def _listed(tokens: list[Token], i: int, first: int, last: int) -> bool:
    """A comma in a list: one word to the next comma or «و…», or two on either side."""
    return _short(tokens, i, last, 1, 1) or (
        _short(tokens, i, first, -1, 2) and _short(tokens, i, last, 1, 2)
    )


def _short(tokens: list[Token], i: int, limit: int, step: int, most: int) -> bool:
    """Whether at most ``most`` words stand between the comma and the next comma or «و…»."""
    count = 0
    k = i + step
    while (k < limit if step > 0 else k >= limit) and count <= most:
        text, _, _, kind = tokens[k]
        if kind == "mark" and text in "،؛,;":
            return True
        if kind == "word":
            count += 1
            if step > 0 and text[0] == "و" and count > 1:
                return True
        k += step
    return False


_OPENING = {"«": "»", "“": "”", "‹": "›", "„": "“", "‘": "’", "「": "」"}
_CLOSING = {close: open_ for open_, close in _OPENING.items()}


def find_quotes(
    normal: str,  # noqa: ARG001 (all finders are called alike)
    tokens: list[Token],
) -> list[tuple[int, int]]:
    """Quoted passages, marks included, ordered by start; nested ones follow their outer one.

    « » and “ ” may be turned round («»…«), as Arabic keyboards do; straight quotes pair in turn
    within a paragraph. An unpaired mark opens nothing.
    """
    out: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []  # mark, offset
    for i, (text, start, end, kind) in enumerate(tokens):
        if kind == "newline":
            if _blank(tokens, i) or not stack:
                stack.clear()
            else:
                stack = [s for s in stack if s[0] != '"']
            continue
        if kind != "mark":
            continue
        if text == '"' or text in _CLOSING or text in _OPENING:
            at = _opener(stack, text)
            if at is not None:
                out.append((stack[at][1], end))
                del stack[at:]
            elif len(stack) < 8:
                stack.append((text, start))
    out.sort(key=lambda span: (span[0], -span[1]))
    return out


def _opener(stack: list[tuple[str, int]], text: str) -> int | None:
    """Index in the stack of what ``text`` closes, if anything."""
    for at in range(len(stack) - 1, -1, -1):
        mark = stack[at][0]
        if text == '"':
            if mark == '"':
                return at
        elif _OPENING.get(mark) == text or (mark in _CLOSING and _CLOSING[mark] == text):
            return at
    return None
