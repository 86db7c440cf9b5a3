"""Reader of DOCX: the text of the body, paragraph by paragraph, its tracked changes taken.

Tables come a row a line. What was struck out under "track changes", comments, headers and footers
are no part of it; footnotes are left out and counted.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from isnad.errors import InputError
from isnad.gather.archives.zips import sound
from isnad.gather.kinds import Source
from isnad.gather.office import checked_parts
from isnad.gather.records import made
from isnad.gather.written import Left
from isnad.model import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = 64 << 20  # bytes of XML that a document may unpack to
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_GONE = frozenset(["del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "sectPr"])
_TITLES = frozenset(["title", "عنوان", "العنوان"])


def document(source: Source) -> Iterator[Report | InputError]:
    """The report of one document."""
    with (
        checked_parts(source, _PARTS) as stream,
        sound(source.where),
        zipfile.ZipFile(stream) as archive,
    ):
        names = set(archive.namelist())
        if _BODY not in names:
            raise InputError("E137", "is no DOCX: it holds no word/document.xml", source.where)
        root = _parsed(archive.read(_BODY), source.where)
        core = "docProps/core.xml"
        said = _parsed(archive.read(core), source.where) if core in names else None
    left = Left()
    paragraphs = list(_paragraphs(root, left))
    text = "\n\n".join(words for words, _ in paragraphs)
    title = next((words for words, style in paragraphs[:5] if style in _TITLES), None)
    named = said.findtext(f"{_DC}title") if said is not None else None
    if title is None and named and named.strip() and " ".join(named.split()) in text[:2000]:
        title = " ".join(named.split())
    if not text.strip():
        raise InputError("E138", "holds no text; pictures of pages?", source.where)
    yield from left.remark(source.where)
    yield from made({"text": text, "id": source.ident, "title": title}, source.where)


def _parsed(data: bytes, where: str) -> _Element:
    from lxml import etree  # heavy: only where needed

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError("E137", f"is a damaged document: {error}", where) from error


def _tag(element: _Element) -> str:
    """The name of an element of the format, without its namespace; empty for anything else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _paragraphs(root: _Element, left: Left) -> Iterator[tuple[str, str]]:
    """Words and style of paragraphs and rows that hold any, in order."""
    stack: list[_Element] = [root]
    while stack:
        element = stack.pop()
        name = _tag(element)
        if name in _GONE:
            continue
        if name == "p":
            words = _words(element, left)
            if words.strip():
                yield words.strip("\n"), _style(element)
            stack.extend(reversed(list(_own(element, "txbxContent"))))
        elif name == "tr":
            cells = [
                " ".join(filter(None, (_words(p, left).strip() for p in _own(cell, "p"))))
                for cell in _own(element, "tc")
            ]
            if any(cells):
                yield "\t".join(cells), ""
        else:
            stack.extend(reversed(element))


def _own(element: _Element, name: str) -> Iterator[_Element]:
    """Elements of a name below, but none inside another of the same name."""
    stack = list(reversed(element))
    while stack:
        one = stack.pop()
        if _tag(one) == name:
            yield one
        elif _tag(one) not in _GONE:
            stack.extend(reversed(one))


def _words(paragraph: _Element, left: Left) -> str:
    out: list[str] = []
    stack: list[_Element] = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = _tag(element)
        if name == "t":
            out.append(element.text or "")
        elif name == "tab":
            out.append("\t")
        elif name in ("br", "cr"):
            out.append("\n")
        elif name == "noBreakHyphen":
            out.append("\u2011")
        elif name in ("footnoteReference", "endnoteReference"):
            left.counts["notes at the foot"] += 1
        elif name not in _GONE and name not in ("txbxContent", "p"):
            stack.extend(reversed(element))
    return "".join(out)


def _style(paragraph: _Element) -> str:
    """The name of a paragraph's style, in small letters; empty without one."""
    for prefix in (_W, _W_STRICT):
        style: Any = paragraph.find(f"{prefix}pPr/{prefix}pStyle")
        if style is not None:
            return str(style.get(f"{prefix}val") or "").lower()
    return ""
