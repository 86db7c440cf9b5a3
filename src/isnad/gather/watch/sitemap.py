"""Site maps: addresses with the day of their last change, and what news maps say of each.

In: bytes as fetched, packed or not. Out: :class:`~isnad.gather.watch.journal.Seen`. Forms: urlset,
sitemapindex (sitemaps.org), the news extension, plain lists of addresses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from isnad.errors import InputError
from isnad.gather.fetch.body import decoded
from isnad.gather.watch.journal import Seen
from isnad.gather.written import written_day
from isnad.model import Report

MOST = 64 * 1024 * 1024
"""Bytes of a site map, unpacked; the standard allows 50 MB."""


def read_sitemap(data: bytes, where: str) -> Iterator[tuple[Seen, Report | None]]:
    """The addresses of a site map in its order, each with what it says of the page, if anything.

    Raises:
        InputError: E123 if it is none; E122 if it declares entities; E153, E155 if it is packed
            badly.
    """
    if data.startswith(b"\x1f\x8b"):
        data = decoded([data], "gzip", MOST)
    start = data[: 1 << 20].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not start.startswith(b"<"):
        yield from _list(data, where)
        return
    if b"<!ENTITY" in start.upper():
        raise InputError("E122", "declares XML entities; not read", where)
    from lxml import etree  # heavy: only where needed

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError("E123", f"is no sound site map (cut off?): {error.msg}", where) from error
    name = _name(root)
    if name not in ("urlset", "sitemapindex"):
        raise InputError("E123", f"is no site map: its root is <{name}>", where)
    for entry in root:
        said = dict(_said(entry))
        address = said.get("loc", "")
        if not _is_web(address):
            continue
        mark = said.get("lastmod")
        if name == "sitemapindex":
            yield Seen(address, mark, role="sitemap"), None
            continue
        title, said_day = said.get("title"), written_day(said.get("publication_date"))
        day = dt.date.fromisoformat(said_day) if said_day else None
        report = Report(
            text="", id=address, title=title, url=address, publisher=said.get("name"),
            published=day, published_basis="feed" if day else None,
        )  # fmt: skip
        yield Seen(address, mark), report if title or day else None


def _said(entry: Any) -> Iterator[tuple[str, str]]:
    """Names and words below an entry; of images and videos nothing."""
    for element in entry:
        if not isinstance(element.tag, str) or _name(element) in ("image", "video"):
            continue
        if len(element):
            yield from _said(element)
        elif element.text and element.text.strip():
            yield _name(element), element.text.strip()


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _list(data: bytes, where: str) -> Iterator[tuple[Seen, None]]:
    lines = data.decode("utf-8-sig", "replace").split()
    if not lines or not all(_is_web(line) for line in lines):
        raise InputError("E123", "is no site map", where)
    for line in lines:
        yield Seen(line), None


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
