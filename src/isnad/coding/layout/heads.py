"""Headings inside a report («ريف حلب:», «محور …:») and the lines they govern."""

from __future__ import annotations

import re
from dataclasses import replace

from isnad.coding.layout.block import Block
from isnad.coding.layout.furniture import Furniture, furniture
from isnad.coding.layout.lines import Line

_INLINE = re.compile(r"[^\w\n]{0,4}((?:[\w_()/-]+ ){0,3}[\w_()/-]+) ?(::?) ?(?=\S)")
_FRAME = "#*_ \t"


def own_heading(line: Line, following: Line | None) -> bool:
    """Whether a line is a heading: a few words and a colon, a place's kind or bullets below."""
    if line.closing != "colon" or line.words > 6 or line.words == 0:
        return False
    words = furniture()
    first = line.text.lstrip("#*-•🔴🔹 ▪_").split(None, 1)[0].strip("#:*_") if line.text else ""
    if first in words.connectives or (first[:1] == "و" and first not in words.waw):
        return False
    if _area(first, words) or "::" in line.text:
        return True
    return following is not None and following.bullet and not line.bullet


def govern(blocks: list[Block], normal_lines: dict[int, Line]) -> list[Block]:
    """Give each block the heading above it or at its own beginning.

    Inline headings («حلب:: …») count where the page has two of them or the first word says what
    kind of place it is: one alone («الدفاع المدني: …») may name who speaks.
    """
    words = furniture()
    inline: dict[int, tuple[int, int]] = {}
    sure: set[int] = set()
    for i, block in enumerate(blocks):
        line = normal_lines.get(block.start)
        if block.kind not in ("body", "item") or line is None or ":" not in line.text[:50]:
            continue
        m = _INLINE.match(line.text)
        if m is None:
            continue
        inline[i] = (line.start + m.start(1), line.start + m.end(1))
        first = m.group(1).strip(_FRAME).split()[0] if m.group(1).strip(_FRAME) else ""
        if m.group(2) == "::" or _area(first, words):
            sure.add(i)
    if sure and len(inline) < 2 and len(blocks) > 1:
        inline = {i: span for i, span in inline.items() if i in sure}
    elif not sure:
        inline = {}
    out: list[Block] = []
    head: tuple[int, int] | None = None
    for i, block in enumerate(blocks):
        if block.kind == "head":
            head = (block.start, block.end)
            out.append(block)
            continue
        if i in inline:
            head = inline[i]
        out.append(replace(block, head=head) if head is not None else block)
    return out


def _area(word: str, words: Furniture) -> bool:
    return word in words.areas or (word[:2] == "ال" and word[2:] in words.areas)
