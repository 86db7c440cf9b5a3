"""The blocks of a page: runs of text that one block-level element or line break sets apart.

A block's text keeps all characters but HTML's own white space (blank, tab, line ends, form feed),
which counts as one blank, as a browser shows it. Bidi marks, no-break blanks, tatweel, marks stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from isnad.gather.page.markup import BLOCK, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACE = re.compile("[ \t\n\r\f]+")
_UNSHOWN = frozenset([
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "audio",
    "video", "canvas", "map", "head", "title", "select", "button", "textarea", "input",
])  # fmt: skip


@dataclass(slots=True, eq=False)
class Block:
    """One block.

    Attributes:
        text: its words.
        element: the block-level element that holds them.
        spans: where its pieces stand in the page's source (half-open offsets, in order).
        linked: how many of its characters are links' words.
        timed: how many stand in ``<time>``.
        times: the ``<time>`` elements in it (an empty one counts to the block after it).
        close: whether only a single line break parts it from the block before.
    """

    text: str
    element: HtmlElement
    spans: list[tuple[int, int]] = field(default_factory=list)
    linked: int = 0
    timed: int = 0
    close: bool = False
    times: list[HtmlElement] = field(default_factory=list)

    @property
    def link_share(self) -> float:
        """The share of its characters that are links' words."""
        return self.linked / max(1, len(self.text))


def key(text: str) -> str:
    """Letters and digits only, in compatible form: what two copies of one line have in common."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


@dataclass
class _Walk:
    source: Source
    out: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    linked: int = 0
    timed: int = 0
    times: list[HtmlElement] = field(default_factory=list)
    breaks: int = 2

    def flush(self, element: HtmlElement, breaks: int) -> None:
        """End the block at hand; ``breaks`` parts it from the next one."""
        text = _SPACE.sub(" ", "".join(self.words)).strip(" ")
        if text and not text.isspace():
            close = self.breaks == 1
            self.out.append(
                Block(text, element, self.spans, self.linked, self.timed, close, self.times)
            )
            self.breaks, self.times = breaks, []
        else:
            self.breaks = self.breaks + breaks if self.breaks else breaks
        self.words, self.spans, self.linked, self.timed = [], [], 0, 0


def blocks_of(source: Source, root: HtmlElement | None = None) -> list[Block]:
    """The blocks below ``root`` (the whole page without it), in order."""
    walk = _Walk(source)
    holders: list[HtmlElement] = []
    links = times = 0
    for event, element in _steps(source.root if root is None else root):
        tag = element.tag
        if not isinstance(tag, str):
            if event == "start":
                _piece(walk, element, links, times)
        elif event == "start":
            if tag in BLOCK:
                walk.flush(holders[-1] if holders else element, 2)
                holders.append(element)
            elif tag == "br":
                walk.flush(holders[-1] if holders else element, 1)
            links += tag == "a"
            if tag == "time":
                times += 1
                walk.times.append(element)
        else:
            if tag in BLOCK:
                walk.flush(holders.pop(), 2)
            links -= tag == "a"
            times -= tag == "time"
    if holders or walk.words:
        walk.flush(source.root if root is None else root, 2)
    return walk.out


def joined(blocks: list[Block]) -> str:
    """Blocks as one text: a line break where they stand close, else a blank line."""
    return "".join(("\n" if b.close else "\n\n") + b.text for b in blocks).strip("\n")


def _steps(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Start and end of every element (start of every comment) that a reader would see."""
    stack: list[tuple[str, HtmlElement]] = [("start", root)]
    while stack:
        event, element = stack.pop()
        yield event, element
        if event == "start" and isinstance(element.tag, str):
            stack.append(("end", element))
            if element.tag not in _UNSHOWN:
                stack.extend(("start", child) for child in reversed(element))


def _piece(walk: _Walk, comment: HtmlElement, links: int, times: int) -> None:
    mark = comment.text or ""
    words = comment.tail
    if not words or not mark.startswith("@"):
        return
    start = int(mark[1:])
    walk.words.append(words)
    if words.strip(" \t\n\r\f"):
        walk.spans.append((start, walk.source.pieces[start]))
        shown = len(_SPACE.sub(" ", words).strip(" "))
        walk.linked += shown if links else 0
        walk.timed += shown if times else 0
