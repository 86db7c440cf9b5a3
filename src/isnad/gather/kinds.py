"""The kinds of input: what each is called, which files are of it, what may be set, who reads it.

One :class:`Kind` a kind, and all that is said of kinds elsewhere (which files a folder gives, what
``isnad inputs`` lists, ``docs/inputs.md``) is said from them. A package of others adds its own with
an entry point in the group ``isnad.inputs`` that names a :class:`Kind`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import entry_points
from typing import IO, Any

from isnad.errors import InputError
from isnad.model import Report

PEEK = 1024
"""How many first bytes a kind is known by."""


@dataclass(frozen=True)
class Source:
    """What a reader is given.

    Attributes:
        stream: the bytes, from their beginning; it may be a pipe, which cannot seek.
        where: the file's name, for remarks and refusals.
        ident: the id of the report, if the file is one; the beginning of ids, if it has many.
        count: to be told how many bytes were read, as they are.
        settings: what was set, by the names of the kind's settings.
        url: the address that the bytes came from, if they were fetched.
        content_type: the header ``Content-Type``, if there was one.
    """

    stream: IO[bytes]
    where: str
    ident: str
    count: Callable[[int], None] = lambda _: None
    settings: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    content_type: str | None = None

    def whole(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            InputError: E105, if there are more than ``limit``.
        """
        data = self.stream.read(limit + 1)
        self.count(len(data))
        if len(data) > limit:
            raise InputError("E105", f"is longer than {limit >> 20} MiB; split it", self.where)
        return data


Reader = Callable[[Source], Iterator[Report | InputError]]
"""Yields reports and, as values, refusals (E…) and remarks (W…); raises what ends the file."""


@dataclass(frozen=True)
class Setting:
    """One thing that a user may set for a kind: name, default in words, what it does."""

    name: str
    default: str
    help: str


@dataclass(frozen=True)
class Kind:
    """A kind of input.

    Attributes:
        name: stable, one word; what ``--as`` takes.
        endings: endings of file names, small letters, with their dot.
        help: what it is, in a few words.
        reader: its :data:`Reader` as ``module:function``; imported when a file is read.
        sniff: whether first bytes (without byte-order mark and white space) are of this kind.
        settings: what may be set.
        types: content types of what servers send, without their parameters.
        one: whether an input of it is one report, so that its address is the report's.
    """

    name: str
    endings: tuple[str, ...]
    help: str
    reader: str
    sniff: Callable[[bytes], bool] | None = None
    settings: tuple[Setting, ...] = ()
    types: tuple[str, ...] = ()
    one: bool = False

    def read(self, source: Source) -> Iterator[Report | InputError]:
        """Read one input."""
        module, _, name = self.reader.partition(":")
        reader: Any = getattr(importlib.import_module(module), name)
        yield from reader(source)


_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_JSON_FEED = b"https://jsonfeed.org/version/"
_PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<!--")


def _bare(head: bytes) -> bytes:
    """First bytes without a byte-order mark, white space and the zeros of UTF-16."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip()


def _opens_feed(head: bytes) -> bool:
    if head.startswith(b"{"):
        return _JSON_FEED in head.replace(b"\\/", b"/")
    return head.startswith(b"<") and _FEED.search(head) is not None


def _opens_page(head: bytes) -> bool:
    return head[:16].lower().startswith(_PAGE)


_PUBLISHED = Setting("published", "unknown", "publication day of reports that state none")
_PUBLISHER = Setting("publisher", "unknown", "publisher of reports that state none")
_GAPS = (_PUBLISHED, _PUBLISHER)
_COLUMNS = Setting(
    "columns", "by their headings", "which column is which field: text=body,published=date"
)

TEXT = Kind("text", (".txt", ".text"), "a text file, one report", "isnad.gather.text:plain",
            settings=_GAPS, types=("text/plain",), one=True)  # fmt: skip
JSON_LINES = Kind(
    "jsonl", (".jsonl", ".ndjson", ".jl"), "JSON Lines: id, text, title, published, publisher, url",
    "isnad.gather.text:json_lines", lambda head: head.startswith(b"{"), _GAPS,
    types=("application/x-ndjson", "application/jsonl", "application/json-lines"),
)  # fmt: skip
PAGE = Kind("page", (".html", ".htm", ".xhtml"), "a saved web page", "isnad.gather.text:page",
            _opens_page, _GAPS, ("text/html", "application/xhtml+xml"), one=True)  # fmt: skip
FEED = Kind(
    "feed", (".rss", ".atom", ".xml", ".json"), "a feed: RSS, Atom, JSON Feed",
    "isnad.gather.feeds:feed", _opens_feed, _GAPS,
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/xml",
     "text/xml", "application/json"),
)  # fmt: skip
CSV = Kind("csv", (".csv", ".tsv"), "a table with one report a row", "isnad.gather.tables:rows",
           settings=(_COLUMNS, *_GAPS), types=("text/csv",))  # fmt: skip
MAIL = Kind("mail", (".eml",), "a mail message", "isnad.gather.mail:message", settings=_GAPS,
            types=("message/rfc822",), one=True)  # fmt: skip

KINDS: tuple[Kind, ...] = (TEXT, JSON_LINES, PAGE, FEED, CSV, MAIL)
_BY_LOOK = (FEED, PAGE, JSON_LINES)


@lru_cache(maxsize=1)
def all_kinds() -> tuple[Kind, ...]:
    """Ours, then those that installed packages add; a name or ending of ours stays ours."""
    names = {kind.name for kind in KINDS}
    added = [point.load() for point in entry_points(group="isnad.inputs")]
    return KINDS + tuple(k for k in added if isinstance(k, Kind) and k.name not in names)


def kind_of(ending: str) -> Kind | None:
    """The kind of files with an ending (small letters, with its dot), if there is one."""
    ours = next((k for k in KINDS if ending in k.endings), None)
    return ours or next((k for k in all_kinds() if ending in k.endings), None)


def named(name: str) -> Kind | None:
    """The kind of that name."""
    return next((k for k in all_kinds() if k.name == name), None)


def kind_for(ending: str, head: bytes) -> Kind:
    """The kind of one input: by its ending; text, or what has no known ending, by its look.

    A ``.txt`` that opens a page or feed is one; one that opens with a brace stays text.
    """
    kind = kind_of(ending)
    if kind is not None and kind is not TEXT:
        return kind
    start = _bare(head)
    looks = _BY_LOOK if kind is None else _BY_LOOK[:2]
    return next((k for k in looks if k.sniff and k.sniff(start)), TEXT)


def kind_sent(content_type: str | None, ending: str, head: bytes) -> Kind | None:
    """The kind of what a server sent; ``None`` if it says that it is something else.

    Its look comes first (feeds are sent as pages, and both as plain text), then what the server
    calls it, then the address's ending; only what nobody says anything about is taken for text.
    """
    start = _bare(head)
    looks = next((k for k in _BY_LOOK if k is not JSON_LINES and k.sniff and k.sniff(start)), None)
    if looks is not None:
        return looks
    said = (content_type or "").partition(";")[0].strip().lower()
    if said in ("", "application/octet-stream", "binary/octet-stream", "text/plain"):
        return kind_for(ending, head)
    return next((k for k in all_kinds() if said in k.types), None) or kind_of(ending)
