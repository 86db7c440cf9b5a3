"""A page's source to a tree in which every piece of text knows where in the source it stands.

The parser gives line numbers at best. So the source is read once beforehand: after each tag whose
text follows stands a comment with that text's offset (``<!--@1234-->``), comments change no tree.
What could harm is left out on the way: real comments, document types with their entities, nesting
beyond :data:`MAX_DEPTH` (tags are dropped, their text stays), NUL and other control characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_DEPTH = 150
"""Deepest nesting kept. Real pages stay below 60; trees of thousands break every walk over them."""

RAW = frozenset(["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"])
VOID = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
])  # fmt: skip
BLOCK = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "option",
])  # fmt: skip
_CLOSES_ITSELF = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option"])
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>\0]{0,60})"
    r"(?:[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?)?|=)*+>"
)
_DOCTYPE = re.compile(r"<!doctype[^>\[]*+(?:\[.*?\]\s*)?>", re.I | re.S)
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Source:
    """A page's source, read.

    Attributes:
        text: the source.
        root: its tree.
        pieces: where each piece of text ends, by where it starts (offsets in ``text``).
        raw: content of ``title`` and ``script`` elements: name, start, end.
        metas: where ``<meta>`` tags stand: start, end.
        tags: how many tags there are.
        flattened: how many tags were dropped for being nested too deeply.
    """

    text: str
    root: HtmlElement
    pieces: dict[int, int]
    raw: list[tuple[str, int, int]]
    metas: list[tuple[int, int]]
    tags: int
    flattened: int


@dataclass
class _Marker:
    """Writes the marked source, and keeps count of what is open."""

    text: str
    out: list[str] = field(default_factory=list)
    pieces: dict[int, int] = field(default_factory=dict)
    raw: list[tuple[str, int, int]] = field(default_factory=list)
    metas: list[tuple[int, int]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    framed: bool = False  # whether a head or body was opened
    tags: int = 0
    dropped: int = 0
    flattened: int = 0

    def words(self, start: int, end: int) -> None:
        """A piece of text, with the comment that says where it stands."""
        if start < end:
            self.pieces[start] = end
            clean = _CONTROL.sub(_seen, self.text[start:end]).replace("<", "&lt;")
            self.out.append(f"<!--@{start}-->{clean}")

    def tag(self, match: re.Match[str]) -> None:
        """A start or end tag, unless it is nested too deeply."""
        name = match["name"].lower()
        self.tags += 1
        if name in ("html", "body") and match["end"]:
            return  # what stands behind them still belongs to the page
        if name == "meta":
            self.metas.append(match.span())
        if match["end"]:
            self._close(name, match[0])
        elif name in VOID or (match[0].endswith("/>") and name not in BLOCK):
            self.out.append(_CONTROL.sub("", match[0]))
        else:
            self._open(name, match[0])

    def _open(self, name: str, source: str) -> None:
        top = self.open[-1] if self.open else ""
        if (name in _CLOSES_ITSELF and top == name) or (top == "p" and name in BLOCK):
            self.open.pop()
        if len(self.open) >= MAX_DEPTH or self.dropped:
            self.dropped += 1
            self.flattened += 1
            self._part(name)
            return
        self.open.append(name)
        if name in ("head", "body"):
            self.framed = True
        elif not self.framed and name in BLOCK and name != "html":
            # neither is written, as HTML allows: the parser would take it all for the head
            self.framed = True
            self.out.append("<body>")
        self.out.append(_CONTROL.sub("", source))

    def _part(self, name: str) -> None:
        """A line break in place of a block's tag; one is enough."""
        if name in BLOCK and self.out[-1:] != ["<br>"]:
            self.out.append("<br>")

    def _close(self, name: str, source: str) -> None:
        if self.dropped:
            self.dropped -= 1
            self._part(name)
            return
        if name in self.open[-20:]:
            while self.open.pop() != name:
                pass
        self.out.append(source)


def _seen(match: re.Match[str]) -> str:
    """A byte that fits no character shows as U+FFFD; control characters are no text."""
    return "\ufffd" if match[0] >= "\ud800" else ""


def parse(text: str) -> Source:
    """Read a page's source into a tree.

    Raises:
        ValueError: if the parser finds nothing at all in it.
    """
    from lxml.etree import LxmlError, ParserError
    from lxml.html import HTMLParser, document_fromstring

    marker = _Marker(text)
    _scan(marker)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False, no_network=True)
    marked = "".join(marker.out).encode("utf-8", "replace")
    try:
        root = document_fromstring(marked, parser=parser)
    except (LxmlError, ParserError) as error:
        raise ValueError(str(error)) from error
    return Source(
        text, root, marker.pieces, marker.raw, marker.metas, marker.tags, marker.flattened
    )


def _scan(marker: _Marker) -> None:
    text = marker.text
    last = text.rfind(">")  # behind it no tag can end
    closing: dict[str, int] = {}
    at = start = 0
    while True:
        at = text.find("<", at)
        if at < 0 or at > last:
            break
        end = _skipped(text, at, closing)
        match = None if end else _TAG.match(text, at)
        if match is None and not end:
            at += 1
            continue
        marker.words(start, at)
        if match is not None:
            marker.tag(match)
            end = match.end()
            name = match["name"].lower()
            if name in RAW and not match["end"]:
                end = _raw(marker, name, end, closing)
        at = start = end
    marker.words(start, len(text))


def _skipped(text: str, at: int, closing: dict[str, int]) -> int:
    """The end of a comment, document type or instruction that opens at ``at``; 0 for none."""
    if text.startswith("<!--", at):
        if text.startswith(("<!-->", "<!--->"), at):
            return text.index(">", at) + 1
        end = _find(text, "-->", at + 4, closing)
        return end + 3 if end >= 0 else len(text)
    if text.startswith("<![CDATA[", at):
        return at + 9
    if text[at + 1 : at + 2] in ("!", "?") or (
        text.startswith("</", at) and not (text[at + 2 : at + 3].isalpha())
    ):
        doctype = _DOCTYPE.match(text, at) if text[at : at + 9].lower() == "<!doctype" else None
        return doctype.end() if doctype else text.find(">", at) + 1
    return 0


def _find(text: str, what: str, at: int, closing: dict[str, int]) -> int:
    """``text.find``, which remembers what is not there: hostile pages ask a million times."""
    known = closing.get(what, 0)
    if known < 0 or (known and known >= at):
        return known
    closing[what] = text.find(what, at)
    return closing[what]


def _raw(marker: _Marker, name: str, start: int, closing: dict[str, int]) -> int:
    """An element whose content is no markup, whole; where it ends."""
    key = f"</{name}"
    end = start
    while True:
        if closing.get(key) == -1:
            end = len(marker.text)
            break
        found = re.compile(re.escape(key), re.I).search(marker.text, start)
        if found is None:
            closing[key] = -1
            continue
        end = found.start()
        break
    marker.raw.append((name, start, end))
    if name == "title" and not marker.dropped:
        marker.out.append(_CONTROL.sub("", marker.text[start:end]).replace("<", "&lt;"))
    return end
