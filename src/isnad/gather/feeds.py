"""Reader of feeds: RSS and Atom by feedparser, JSON Feed; one report an entry.

The longest text that an entry gives (content before summary) is the report's. feedparser's own
dates are not used: it turns 30 February into a day of March.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.records import made
from isnad.gather.web import bare
from isnad.gather.written import html_text, titled
from isnad.model import Report

MAX_BYTES = 16 * 1024 * 1024
"""A feed of more bytes is refused; the heaviest news feeds stay below a tenth of it."""
_ENTRY = re.compile(rb"</?(item|entry)[\s>]", re.I)
_ENTITY = re.compile(rb"<!ENTITY", re.I)


def feed(source: Source) -> Iterator[Report | InputError]:
    """Reports of one feed, in its order."""
    data = source.whole(MAX_BYTES)
    start = data.replace(b"\0", b"")[:65536]
    if start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"{":
        yield from _json_feed(data, source)
        return
    if _ENTITY.search(data.replace(b"\0", b"")):
        why = "declares XML entities, which a feed needs not and a bomb does; not read"
        raise InputError("E122", why, source.where)
    import feedparser  # heavy: only where needed

    got: Any = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    if not got.entries:
        why = "is no feed" if not got.get("version") else "is a feed without entries, or cut off"
        raise InputError("E123", why, source.where)
    if got.bozo and "xml" in type(got.bozo_exception).__module__:
        why = "is no sound XML (cut off?); read as far as it goes"
        yield InputError("W121", why, source.where)
    open_end = _cut_off(data)
    for number, entry in enumerate(got.entries, 1):
        if open_end and number == len(got.entries):
            yield InputError("E123", "the entry is cut off", f"{source.where}#{number}")
            return
        bodies = [c.get("value", "") for c in entry.get("content", [])]
        body = max([*bodies, entry.get("summary", "")], key=len)
        yield from _entry(
            source, number, entry.get("id") or entry.get("link"), entry.get("title"), body,
            entry.get("published"), entry.get("link"), got.feed.get("title"),
        )  # fmt: skip


def _cut_off(data: bytes) -> bool:
    """Whether the last entry is never closed, so that its text may be half of it."""
    last = {m[1].lower(): m[0] for m in _ENTRY.finditer(data.replace(b"\0", b""))}
    return any(not mark.startswith(b"</") for mark in last.values())


def _json_feed(data: bytes, source: Source) -> Iterator[Report | InputError]:
    try:
        got = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError("E123", "is no feed: no sound JSON", source.where) from error
    items = got.get("items") if isinstance(got, dict) else None
    if not isinstance(items, list) or not str(got.get("version")).startswith("https://jsonfeed"):
        raise InputError("E123", "is no feed: JSON, but no JSON Feed", source.where)

    def text(record: dict[str, Any], *names: str) -> str | None:
        values = (record.get(name) for name in names)
        return next((str(v) for v in values if isinstance(v, str | int) and v != ""), None)

    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield InputError("E110", "the entry is empty", f"{source.where}#{number}")
            continue
        plain = text(item, "content_text")
        html = text(item, "content_html")
        body = plain if plain and not html else html or text(item, "summary") or ""
        yield from _entry(
            source, number, text(item, "id", "url"), text(item, "title"), body,
            text(item, "date_published"), text(item, "url"), text(got, "title"), body is plain,
        )  # fmt: skip


def _entry(
    source: Source, number: int, ident: str | None, title: str | None, body: str,
    published: str | None, url: str | None, publisher: str | None, plain: bool = False,
) -> Iterator[Report | InputError]:  # fmt: skip
    at = f"{source.where}#{number}"
    title = html_text(title or "")
    words = titled(title, body if plain else html_text(body))
    known = {
        "text": words, "id": ident or f"{source.ident}#{number}", "title": title,
        "publisher": html_text(publisher or ""), "url": bare(url) if url else None,
    }  # fmt: skip
    yield from made(known, at, date=published)
