"""What of a page is furniture: menus, comments, related and most-read boxes, tags, share bars.

By the markup first (elements, roles, names of classes), then by the words of headings and lines
(``data/furniture.csv``). Nothing goes that holds the title or, but for comments, most of the prose:
a theme may call the whole page "has-sidebar".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isnad.gather.page.blocks import Block, blocks_of
from isnad.gather.page.dates import is_stamp
from isnad.gather.page.markup import Source
from isnad.gather.page.words import opens_with, phrases, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PROSE = 80
"""A block of so many characters, less than half of them links, is prose."""

_LINE = 70  # a line of furniture is short: longer ones are sentences that begin alike
_SHARE = 0.5
_ALWAYS = frozenset([
    "nav", "aside", "footer", "form", "button", "dialog", "figcaption", "menu", "select",
])  # fmt: skip
_ROLES = frozenset([
    "navigation", "complementary", "contentinfo", "dialog", "search", "banner", "alert",
])  # fmt: skip
_NEVER = frozenset(["html", "body", "main"])
_ABOUT = frozenset(["has", "with", "no", "without", "is", "show", "open"])
_HOLDERS = frozenset([
    "box", "block", "list", "area", "section", "wrap", "wrapper", "container", "bar", "widget",
    "links",
])  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d|[١٢][٠٩][٠-٩]{2}")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_prose(block: Block) -> bool:
    """Whether a block reads like part of a text: long, of words, not of links."""
    size = len(block.text)
    return size >= PROSE and block.link_share < _SHARE and block.text.count(" ") * 50 > size


def drop_elements(source: Source, title: Block | None) -> None:
    """Take elements that are furniture by their markup out of the tree."""
    blocks = blocks_of(source)
    kept = set(title.element.iterancestors()) | {title.element} if title else set()
    prose: dict[HtmlElement, int] = {}
    for block in filter(is_prose, blocks):
        for element in (block.element, *block.element.iterancestors()):
            prose[element] = prose.get(element, 0) + len(block.text)
    most = _SHARE * prose.get(source.root, 0)
    for element in list(source.root.iter("*")):
        if element in kept or element.tag in _NEVER or element.getparent() is None:
            continue
        sure, likely = _named(element)
        if sure or (likely and prose.get(element, 0) <= most):
            element.drop_tree()


def _named(element: HtmlElement) -> tuple[bool, bool]:
    """Whether an element is furniture by its markup: surely, likely."""
    names = _names(element)
    if names & phrases("furniture.csv", "name-sure"):
        return True, True
    get = element.get
    if get("itemprop") == "comment" or (get("itemtype") or "").endswith("/Comment"):
        return True, True
    if names & phrases("furniture.csv", "name-kept"):
        return False, False
    hidden = "hidden" in element.attrib or _UNSEEN.search(get("style") or "") is not None
    return False, bool(
        hidden
        or element.tag in _ALWAYS
        or get("role") in _ROLES
        or get("aria-hidden") == "true"
        or names & phrases("furniture.csv", "name")
    )


def _names(element: HtmlElement) -> set[str]:
    """Class names and id, in small letters with hyphens, whole and without their first words."""
    found: set[str] = set()
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".split()[:20]:
        parts = [p for p in re.split("[-_]+", _CAMEL.sub("-", name[:80]).lower()) if p]
        while parts and parts[-1].isdigit():
            parts.pop()
        if parts and parts[0] in _ABOUT:
            continue  # "has-sidebar" tells of what stands beside it
        found.update("-".join(parts[i:]) for i in range(len(parts)))
        if len(parts) > 1 and parts[-1] in _HOLDERS:
            found.update("-".join(parts[i:-1]) for i in range(len(parts) - 1))
    return found - {""}


def is_line(block: Block, opening: bool) -> bool:
    """Whether a block is a line of furniture: by its words, all links, or a stamp.

    A line with a date is a stamp only in the page's ``opening``, before its first prose: further
    down it heads what was told of that day.
    """
    text = block.text
    words = plain(text)
    if not words:
        return True
    if block.timed > 0.6 * len(text):
        return True
    if len(text) > _LINE:
        return (block.link_share > 0.9 and text[-1] not in '.!؟…»"') or _appeal(words, len(text))
    if any(opens_with(words, kind) for kind in ("line", "byline", "stamp")):
        return text[-1] not in ".؟" or len(text) < 30 or block.link_share > 0.3
    return (
        bool(is_heading(words, text))
        or block.link_share > 0.8
        or words.replace(" ", "").isdigit()
        or (opening and (is_stamp(text) or (bool(_YEAR.search(text)) and text[-1] not in ".؟!")))
    )


def _appeal(words: str, length: int) -> bool:
    """«اشترك في قناتنا …», «لمتابعة آخر الأخبار …»: an appeal may be a whole sentence."""
    return length < 200 and opens_with(words, "line").count(" ") >= 1


def is_heading(words: str, text: str) -> str:
    """``end`` or ``box`` if words head such a part of the page, else ""."""
    if len(text) > 45:
        return ""
    bare = re.sub(r"(?: \d+)+$", "", words)
    for kind in ("end", "box"):
        phrase = opens_with(bare, kind)
        if phrase and len(bare) - len(phrase) <= 14 and not re.search(r"[.،؟]\s*\S", text):
            return kind
    return ""


def below_headings(blocks: list[Block], title: Block | None) -> set[int]:
    """Which blocks stand below a heading that makes them furniture (its own number included)."""
    out: set[int] = set()
    for number, block in enumerate(blocks):
        kind = is_heading(plain(block.text), block.text) if number not in out else ""
        if kind == "end":
            out.update(_part(blocks, number, title, _over(blocks, number, title)))
        elif kind == "box":
            out.update(_box(blocks, number))
    return out


def _part(blocks: list[Block], number: int, title: Block | None, over: bool) -> set[int]:
    """From a heading to the end of the largest element around it without title or much prose."""
    kept = set(title.element.iterancestors()) if title else set()
    start = blocks.index(title) if title in blocks else 0
    first = next((b for b in blocks[start:] if is_prose(b)), None)
    if first is not None:
        kept |= set(first.element.iterancestors()) | {first.element}
    around: HtmlElement | None = None
    for element in (blocks[number].element, *blocks[number].element.iterancestors()):
        if element in kept or element.tag in _NEVER:
            break
        around = element
    end = number + 1
    while end < len(blocks) and around is not None and _inside(blocks[end], around):
        end += 1
    if end == number + 1 and over:
        return set(range(number, len(blocks)))
    return set(range(number, end))


def _over(blocks: list[Block], number: int, title: Block | None) -> bool:
    """Whether the article ends at a heading: prose before it, and little of the same after it."""
    first = blocks.index(title) if title in blocks else 0
    before = [b for b in blocks[first:number] if is_prose(b)]
    homes = {b.element.getparent() for b in before}
    after = [b for b in blocks[number:] if is_prose(b) and b.element.getparent() in homes]
    return sum(len(b.text) for b in before) > sum(len(b.text) for b in after)


def _inside(block: Block, element: HtmlElement) -> bool:
    return block.element is element or element in set(block.element.iterancestors())


def _box(blocks: list[Block], number: int) -> set[int]:
    """A heading and the links that follow it."""
    end = number + 1
    while end < len(blocks) and blocks[end].link_share > _SHARE:
        end += 1
    return set(range(number, end))
