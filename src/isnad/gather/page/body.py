"""Which blocks are the report's: what trafilatura finds, and what it leaves out of the same place.

trafilatura judges well which part of a page is the text; its own copy loses bidi marks, repeats and
some short paragraphs. So its text is only compared with the page's blocks: those that it holds are
taken as they stand in the page, and with them what stands between them in the same element.
"""

from __future__ import annotations

import copy
import logging
import re
from typing import TYPE_CHECKING

from isnad.gather.page.blocks import Block, blocks_of, key
from isnad.gather.page.furniture import below_headings, is_line, is_prose
from isnad.gather.page.markup import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MATCH = 20  # letters from which a part of a line may stand for the whole
_LEADS = frozenset(["h2", "h3", "h4", "p"])
_FINAL = '.!؟?…:»"'
_LONG = 600  # a block counts for no more letters, so that one cannot stand for all
_LEAST = 0.5  # of the densest element's prose that trafilatura's choice must reach


def main_blocks(source: Source, title: Block | None) -> tuple[list[Block], list[Block]]:
    """The blocks of the main text without title and furniture, and all that may tell its date.

    Both in the page's order; the second has lines of furniture (stamps, bylines), but nothing of
    what a heading such as «التعليقات» stands over.

    Args:
        source: the page, its furniture elements dropped.
        title: the block that holds the title, if one does.
    """
    blocks = blocks_of(source)
    title = next((b for b in blocks if title and b.spans == title.spans), None)
    below = below_headings(blocks, title)
    rest = [b for i, b in enumerate(blocks) if i not in below]
    start = rest.index(title) if title in rest else 0
    prose = next((i for i, b in enumerate(rest) if i > start and is_prose(b)), 0)
    matched = [b for i, b in enumerate(rest) if not _same(b, title) and not is_line(b, i < prose)]
    chosen = _held(matched, _extracted(source.root))
    dense = _densest(matched)
    if _prose(chosen) < _LEAST * _prose(dense):
        chosen = dense
    filled = _filled(matched, chosen)
    return [*_leads(rest, title, filled), *filled], rest


def _leads(rest: list[Block], title: Block | None, filled: list[Block]) -> list[Block]:
    """What stands between title and text and is told in words: a lead or second heading."""
    if title is None or title not in rest or not filled or filled[0] not in rest:
        return []
    between = rest[rest.index(title) + 1 : rest.index(filled[0])]
    return [
        b
        for b in between
        if b.element.tag in _LEADS
        and len(b.text) >= _MATCH
        and b.text.count(" ") >= 3
        and b.link_share < 0.5
        and not _same(b, title)
        and not is_line(b, True)
    ][:2]


def _same(block: Block, title: Block | None) -> bool:
    return title is not None and key(block.text) == key(title.text)


def _prose(blocks: list[Block]) -> int:
    return sum(len(b.text) for b in blocks if is_prose(b))


def _extracted(root: HtmlElement) -> list[str]:
    """trafilatura's lines, as :func:`key` gives them."""
    from lxml import etree
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = copy.deepcopy(root)
    etree.strip_tags(tree, etree.Comment)
    try:
        found = bare_extraction(
            tree, favor_precision=True, include_comments=False, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return []  # a page that breaks it is read by density alone
    text = getattr(found, "text", None) or ""
    return [k for k in map(key, text.splitlines()) if k]


def _held(blocks: list[Block], lines: list[str]) -> list[Block]:
    """Blocks that the extracted lines hold."""
    whole, together = set(lines), "".join(lines)
    found = []
    for block in blocks:
        k = key(block.text)
        if k in whole or (len(k) >= _MATCH and k in together):
            found.append(block)
    return found


def _densest(blocks: list[Block]) -> list[Block]:
    """The prose of the element that holds most of it with least else."""
    weight: dict[HtmlElement, float] = {}
    for block in filter(is_prose, blocks):
        share = 1.0
        for element in (block.element, *block.element.iterancestors()):
            weight[element] = weight.get(element, 0) + len(block.text) * share
            share *= 0.8  # an element further up must bring more
            if share < 0.1:
                break
    if not weight:
        return []
    best = max(weight, key=weight.__getitem__)
    return [b for b in blocks if is_prose(b) and _within(b, best)]


def _within(block: Block, element: HtmlElement) -> bool:
    return block.element is element or any(e is element for e in block.element.iterancestors())


def _filled(blocks: list[Block], chosen: list[Block]) -> list[Block]:
    """The chosen blocks and what else of the text stands in the same element."""
    if not chosen:
        return []
    home = _home(chosen)
    ours = set(map(id, chosen))
    inside = [i for i, b in enumerate(blocks) if id(b) in ours and _within(b, home)]
    first, last = inside[0], inside[-1]
    shapes = {_shape(blocks[i]) for i in inside}
    out = []
    for i, block in enumerate(blocks):
        if id(block) in ours and _within(block, home):
            out.append(block)
        elif _within(block, home) and block.link_share < 0.5:
            between = first < i < last
            near = _shape(block) in shapes and block.text.rstrip()[-1:] in _FINAL
            opens = first - 2 <= i < first and block.element is blocks[first].element
            if near or opens or (between and (len(block.text) >= 12 or block.close)):
                out.append(block)
    return out


def _home(chosen: list[Block]) -> HtmlElement:
    """The smallest element that holds nine tenths of what was chosen."""
    weight: dict[HtmlElement, int] = {}
    total = 0
    for block in chosen:
        size = min(len(block.text), _LONG)
        total += size
        for element in (block.element, *block.element.iterancestors()):
            weight[element] = weight.get(element, 0) + size
    holds = [e for e, n in weight.items() if n >= 0.9 * total]
    return max(holds, key=lambda e: sum(1 for _ in e.iterancestors()))


def _shape(block: Block) -> tuple[str, str, HtmlElement | None]:
    """Element, class and parent: what paragraphs of one text share."""
    e = block.element
    return str(e.tag), re.sub(r"\d+", "", e.get("class") or ""), e.getparent()
