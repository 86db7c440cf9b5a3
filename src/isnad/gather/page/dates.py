"""When a page was published, and what says so.

In this order: JSON-LD, Open Graph, other ``<meta>``, ``<time>``, a visible stamp, the dateline in
the text; then, with low confidence, the address and the day of the last change. What stands in
comments, sidebars and boxes of other articles is out of the tree by then. A day that no calendar
has (30 February) counts as not stated; nothing is ever taken for now.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from isnad.addresses import day_of_address
from isnad.gather.page.blocks import Block
from isnad.model import PublishedBasis

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from isnad.language.arabic.times import Dateline

_ISO = re.compile(
    r"\s*(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_META = frozenset([
    "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued",
    "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "article:published",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "article_date_original",
    "originalpublicationdate",
])  # fmt: skip
_CHANGED = frozenset(["article:modified_time", "og:updated_time", "datemodified", "last-modified"])
_FIRST = 1990  # before it there were no pages: an epoch's zero


class Published(NamedTuple):
    """When a page was published.

    Attributes:
        day: the day, as written in whatever zone.
        at: ISO 8601 date and time with its zone, if a time of day is stated.
        basis: what says so.
    """

    day: dt.date
    at: str | None
    basis: PublishedBasis


def stated(text: object, basis: PublishedBasis) -> Published | None:
    """A machine-readable date; ``None`` for what is none or a day that does not exist."""
    if not isinstance(text, str):
        return None
    match = _ISO.match(text)
    if match is None:
        try:
            moment = parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return _sane(moment.date(), moment.isoformat(), basis)
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        date = dt.date(int(year), int(month), int(day))
        time = dt.time(int(hour), int(minute), int(second or 0)) if hour else None
    except ValueError:
        return None
    offset = "+00:00" if zone == "Z" else (zone or "")
    if len(offset) == 5:
        offset = f"{offset[:3]}:{offset[3:]}"
    return _sane(date, f"{date}T{time}{offset}" if time else None, basis)


def _sane(day: dt.date, at: str | None, basis: PublishedBasis) -> Published | None:
    return Published(day, at, basis) if day.year >= _FIRST else None


def published(
    linked: dict[str, Any],
    metas: list[tuple[str, str]],
    root: HtmlElement,
    blocks: list[Block],
    head: list[Block],
    text: str,
    url: str | None,
) -> Published | None:
    """The publication time, or ``None`` if nothing states it.

    Args:
        linked: the article's JSON-LD.
        metas: names (small letters) and contents of ``<meta>``.
        root: the page without furniture.
        blocks: its blocks without what headings of furniture stand over.
        head: the blocks around the title, where a stamp stands.
        text: the report's text.
        url: its address.
    """
    for found in _all(linked, metas, root, blocks, head, text, url):
        if found is not None:
            return found
    return None


def _all(
    linked: dict[str, Any],
    metas: list[tuple[str, str]],
    root: HtmlElement,
    blocks: list[Block],
    head: list[Block],
    text: str,
    url: str | None,
) -> Iterator[Published | None]:
    yield from (stated(linked.get(k), "json-ld") for k in ("datePublished", "dateCreated"))
    og = ("article:published_time", "og:article:published_time", "og:published_time")
    yield from (stated(v, "open-graph") for k, v in metas if k in og)
    yield from (stated(v, "meta") for k, v in metas if k in _META)
    yield from _microdata(root)
    yield from _times(blocks)
    yield from _stamps(b.text for b in head)
    yield dateline(text, "dateline")
    guess = day_of_address(url or "")
    yield Published(guess, None, "url") if guess else None
    yield stated(linked.get("dateModified"), "changed")
    yield from (stated(v, "changed") for k, v in metas if k in _CHANGED)


def _microdata(root: HtmlElement) -> Iterator[Published | None]:
    for element in root.xpath("//*[@itemprop='datePublished' or @property='datePublished']"):
        for name in ("content", "datetime", "title"):
            yield stated(element.get(name), "meta")


def _times(blocks: list[Block]) -> Iterator[Published | None]:
    """``<time>``: those marked as the publication's first, then in the page's order."""
    times = [t for block in blocks for t in block.times if t.get("datetime")]
    marked = ("published", "pubdate", "entry-date", "post-date", "publish")

    def rank(element: HtmlElement) -> int:
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if ("updated" in names.split() and "published" not in names) or "modified" in names:
            return 2
        return 0 if "pubdate" in element.attrib or any(m in names for m in marked) else 1

    for element in sorted(times, key=rank):
        if rank(element) < 2:
            yield stated(element.get("datetime"), "time")


def _stamps(lines: Iterable[str]) -> Iterator[Published | None]:
    """Short lines near the title that are a date; one of publication before one of change."""
    later = []
    for line in lines:
        if len(line) > 120:
            continue
        found = dateline(line, "stamp")
        if found is None:
            continue
        if found.basis == "changed":
            later.append(found)
        else:
            yield found
    yield from later


def dateline(text: str, basis: PublishedBasis) -> Published | None:
    """The day of a stamp or dateline in running text."""
    found = _found(text[:20000])
    if found is None or found.date is None:
        return None
    return _sane(found.date, None, "changed" if found.kind == "updated" else basis)


def is_stamp(line: str) -> bool:
    """Whether a short line is nothing but when something was published or changed."""
    if not any(c.isdigit() for c in line):
        return False
    found = _found(line)
    return found is not None and found.date is not None and found.kind in ("stamp", "updated")


def _found(text: str) -> Dateline | None:
    from isnad.language.arabic.normal import normalize
    from isnad.language.arabic.times import find_dateline
    from isnad.language.arabic.tokens import tokenize

    normal = normalize(text).text
    return find_dateline(normal, tokenize(normal))
