"""The kinds of input: what each is called, which files are of it, what may be set, who reads it.

One :class:`Kind` a kind, and all that is said of kinds elsewhere (which files a folder gives, what
``isnad inputs`` lists, ``docs/inputs.md``) is said from them. A package of others adds its own with
an entry point in the group ``isnad.inputs`` that names a :class:`Kind`.
"""

from __future__ import annotations

import importlib
import io
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import entry_points
from typing import IO, Any

from isnad.errors import InputError
from isnad.model import Report

PEEK = 4096
"""How many first bytes a kind is known by."""
_IN_MEMORY = 8 * 1024 * 1024


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

    @contextmanager
    def seekable(self, limit: int) -> Iterator[IO[bytes]]:
        """The bytes as a stream that can seek: a file as it is, anything else copied first.

        Raises:
            InputError: E105, if there are more than ``limit``.
        """
        with ExitStack() as stack:
            if _may_seek(self.stream):
                out, size = self.stream, self.stream.seek(0, io.SEEK_END)
                self.count(size)
            else:
                out, size = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY)), 0
                while size <= limit and (chunk := self.stream.read(1 << 16)):
                    size += len(chunk)
                    self.count(len(chunk))
                    out.write(chunk)
            if size > limit:
                raise InputError("E105", f"is longer than {limit >> 20} MiB; split it", self.where)
            out.seek(0)
            yield out

    def member(self, stream: IO[bytes], where: str, ident: str) -> Source:
        """A source inside this one (a file of an archive); its bytes are not counted again."""
        return Source(stream, where, ident, settings=self.settings)


def _may_seek(stream: IO[bytes]) -> bool:
    """Whether seeking is cheap; a member of an archive seeks by unpacking all before again."""
    raw = getattr(stream, "raw", None)
    held = isinstance(stream, io.BytesIO | tempfile.SpooledTemporaryFile)
    return held or (isinstance(raw, io.FileIO) and raw.seekable())


Reader = Callable[[Source], Iterator[Report | InputError]]
"""Yields reports and, as values, refusals (E…) and remarks (W…); raises what ends the file."""


@dataclass(frozen=True)
class Setting:
    """One thing that a user may set: name, form of its value, default in words, what it does."""

    name: str
    form: str
    default: str
    help: str


@dataclass(frozen=True)
class Kind:
    """A kind of input.

    Attributes:
        name: stable, one word; what ``--as`` takes.
        endings: endings of file names that are its own, small letters, with their dot.
        shares: endings that are of another kind, or of several: ``sniff`` says whose a file is.
        help: what it is, in a few words.
        reader: its :data:`Reader` as ``module:function``; imported when a file is read.
        sniff: whether first bytes (without byte-order mark and white space) are of this kind.
        magic: first bytes that nothing else has; they decide whatever the ending says.
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
    shares: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()

    def read(self, source: Source) -> Iterator[Report | InputError]:
        """Read one input."""
        module, _, name = self.reader.partition(":")
        reader: Any = getattr(importlib.import_module(module), name)
        yield from reader(source)


_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_JSON_FEED = b"https://jsonfeed.org/version/"
_PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<!--")
_RECORD = re.compile(rb'\{(?:[ \t]*"|[ \t]*$)')
_OOXML = "application/vnd.openxmlformats-officedocument."
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
# a channel, or all data of an account, as Telegram Desktop writes them
_TELEGRAM_JSON = re.compile(
    rb'"type"\s*:\s*"(?:public|private)_(?:channel|supergroup|group)"'
    rb'|"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages)"'
    rb'|"(?:personal_information|chats|left_chats)"\s*:\s*\{'
)
_TELEGRAM_PAGE = re.compile(
    rb'<div class="page_wrap">|<title>Exported Data</title>|\btgme_|tg://resolve\?domain='
)


def _bare(head: bytes) -> bytes:
    """First bytes without a byte-order mark, white space and the zeros of UTF-16."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip()


def _opens_feed(head: bytes) -> bool:
    if head.startswith(b"{"):
        return _JSON_FEED in head.replace(b"\\/", b"/")
    return head.startswith(b"<") and _FEED.search(head) is not None


def _opens_page(head: bytes) -> bool:
    return head[:16].lower().startswith(_PAGE)


def _opens_sitemap(head: bytes) -> bool:
    return head.startswith(b"<") and _SITEMAP.search(head) is not None


def _opens_telegram(head: bytes) -> bool:
    wanted = _TELEGRAM_JSON if head.startswith(b"{") else _TELEGRAM_PAGE
    return head.startswith((b"{", b"<")) and wanted.search(head) is not None


def _opens_records(head: bytes) -> bool:
    return _RECORD.match(head) is not None


def opens_warc(head: bytes) -> bool:
    """A web archive packed with gzip: what is packed says so."""
    if not head.startswith(_GZIP):
        return False
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 8).startswith(b"WARC/")
    except zlib.error:
        return False


_PUBLISHED = Setting("published", "DATE", "unknown", "Publication day of reports without one.")
_PUBLISHER = Setting("publisher", "NAME", "unknown", "Publisher of reports without one.")
_GAPS = (_PUBLISHED, _PUBLISHER)
_COLUMNS = Setting(
    "columns", "LIST", "by their headings", "Columns of tables: text=body,published=date."
)

TEXT = Kind("text", (".txt", ".text"), "a text file, one report", "isnad.gather.text:plain",
            settings=_GAPS, types=("text/plain",), one=True)  # fmt: skip
JSON_LINES = Kind(
    "jsonl", (".jsonl", ".ndjson", ".jl"), "JSON Lines, a report a line",
    "isnad.gather.text:json_lines", _opens_records, _GAPS,
    types=("application/x-ndjson", "application/jsonl", "application/json-lines"),
    shares=(".json",),
)  # fmt: skip
PAGE = Kind("page", (".html", ".htm", ".xhtml"), "a saved web page", "isnad.gather.text:page",
            _opens_page, _GAPS, ("text/html", "application/xhtml+xml"), one=True)  # fmt: skip
FEED = Kind(
    "feed", (".rss", ".atom"), "a feed: RSS, Atom, JSON Feed", "isnad.gather.feeds:feed",
    _opens_feed, _GAPS,
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/xml",
     "text/xml", "application/json"),
    shares=(".xml", ".json"),
)  # fmt: skip
SITEMAP = Kind("sitemap", (), "a site map: refused, `isnad watch` follows it",
               "isnad.gather.sitemaps:addresses", _opens_sitemap, shares=(".xml",))  # fmt: skip
CSV = Kind("csv", (".csv", ".tsv"), "a table, a report a row", "isnad.gather.tables.csv:rows",
           settings=(_COLUMNS, *_GAPS), types=("text/csv",))  # fmt: skip
_CHANNEL = Setting(
    "channel", "NAME", "unknown", "Name of a Telegram channel: its posts are at t.me/NAME/…"
)
TELEGRAM = Kind(
    "telegram", (), "posts: result.json, messages.html, t.me/s pages",
    "isnad.gather.telegram:posts", _opens_telegram, (_CHANNEL, *_GAPS),
    shares=(".json", ".html", ".htm"),
)  # fmt: skip
_SHEET = Setting("sheet", "NAME", "all that have a column of texts", "The one sheet to read.")
XLSX = Kind(
    "xlsx", (".xlsx", ".xlsm"), "a workbook, a report a row", "isnad.gather.tables.xlsx:rows",
    settings=(_COLUMNS, _SHEET, *_GAPS), types=(_OOXML + "spreadsheetml.sheet",), magic=(_ZIP,),
)  # fmt: skip
PARQUET = Kind(
    "parquet", (".parquet", ".pq"), "a table, a report a row", "isnad.gather.tables.parquet:rows",
    settings=(_COLUMNS, *_GAPS), types=("application/vnd.apache.parquet",), magic=(b"PAR1",),
)  # fmt: skip
DOCX = Kind("docx", (".docx", ".docm"), "a document, one report",
            "isnad.gather.documents:document", settings=_GAPS, one=True, magic=(_ZIP,),
            types=(_OOXML + "wordprocessingml.document",))  # fmt: skip
WARC = Kind("warc", (".warc", ".warc.gz"), "a web archive, a report a page",
            "isnad.gather.archives.warc:records", opens_warc, _GAPS, ("application/warc",),
            magic=(b"WARC/",))  # fmt: skip
WACZ = Kind("wacz", (".wacz",), "web archives in one file, a report a page",
            "isnad.gather.archives.wacz:pages", settings=_GAPS, magic=(_ZIP,),
            types=("application/wacz", "application/x-wacz"))  # fmt: skip
PDF = Kind("pdf", (".pdf",), "a PDF with a text layer, one report",
           "isnad.gather.pdf.read:document", settings=_GAPS, types=("application/pdf",), one=True,
           magic=(b"%PDF-",))  # fmt: skip
ZIP = Kind("zip", (".zip",), "files of any of these kinds", "isnad.gather.archives.zip:members",
           settings=_GAPS, types=("application/zip",), magic=(_ZIP,))  # fmt: skip
MAIL = Kind("mail", (".eml",), "a mail message", "isnad.gather.mail:message", settings=_GAPS,
            types=("message/rfc822",), one=True)  # fmt: skip

KINDS: tuple[Kind, ...] = (
    TEXT, PAGE, TELEGRAM, FEED, SITEMAP, JSON_LINES, CSV, XLSX, PARQUET, MAIL, DOCX, PDF, ZIP,
    WARC, WACZ,
)  # fmt: skip
"""In this order looks are tried, where kinds share an ending."""
_LOOKS = (TELEGRAM, FEED, SITEMAP, PAGE, JSON_LINES)
"""Whose look is tried, in this order, where no ending says what a file is."""


@lru_cache(maxsize=1)
def all_kinds() -> tuple[Kind, ...]:
    """Ours, then those that installed packages add; a name or ending of ours stays ours."""
    names = {kind.name for kind in KINDS}
    added = [point.load() for point in entry_points(group="isnad.inputs")]
    return KINDS + tuple(k for k in added if isinstance(k, Kind) and k.name not in names)


def settings() -> tuple[Setting, ...]:
    """What may be set for our kinds, each once."""
    found: dict[str, Setting] = {}
    for kind in KINDS:
        for one in kind.settings:
            found.setdefault(one.name, one)
    return tuple(found.values())


def named(name: str) -> Kind | None:
    """The kind of that name."""
    return next((k for k in all_kinds() if k.name == name), None)


def owner_of(name: str) -> tuple[Kind | None, tuple[Kind, ...]]:
    """Whose ending a file's name has: the kind that owns it, and those that share it."""
    name = name.lower()
    return _owner(KINDS, name) or _owner(all_kinds(), name) or (None, ())


def _owner(kinds: tuple[Kind, ...], name: str) -> tuple[Kind | None, tuple[Kind, ...]] | None:
    own = [(len(e), k) for k in kinds for e in k.endings if name.endswith(e)]
    shared = tuple(k for k in kinds if name.endswith(k.shares or ("\0",)))
    if not own and not shared:
        return None
    return max(own, key=lambda pair: pair[0])[1] if own else None, shared


def kind_for(name: str, head: bytes) -> Kind | None:
    """The kind of one input; ``None`` if several share its ending and its look is none of theirs.

    Magic bytes decide; then the ending; text, or what has no known ending, goes by its look. A
    ``.txt`` that opens a page or feed is one; one that opens with a brace stays text.

    Args:
        name: the file's name, or only its ending; empty for standard input.
        head: its first bytes.
    """
    owner, sharing = owner_of(name)
    marked = [k for k in KINDS if k.magic and head.startswith(k.magic)]
    if not marked and opens_warc(head):
        return WARC
    if marked:
        return owner if owner in marked else ZIP if ZIP in marked else marked[0]
    start = _bare(head)
    if sharing or (owner is not None and owner is not TEXT):
        return next((k for k in sharing if k.sniff and k.sniff(start)), owner)
    seen = (k for k in _LOOKS if k.sniff and k.sniff(start))
    return next((k for k in seen if owner is None or start.startswith(b"<")), TEXT)


def kind_sent(content_type: str | None, name: str, head: bytes) -> Kind | None:
    """The kind of what a server sent; ``None`` if it says that it is something else.

    Its look comes first (feeds are sent as pages, and both as plain text), then what the server
    calls it, then the address's ending; only what nobody says anything about is taken for text.
    """
    if any(head.startswith(k.magic) for k in KINDS if k.magic) or opens_warc(head):
        return kind_for(name, head)
    start = _bare(head)
    looks = next((k for k in _LOOKS if k is not JSON_LINES and k.sniff and k.sniff(start)), None)
    if looks is not None:
        return looks
    said = (content_type or "").partition(";")[0].strip().lower()
    if said in ("", "application/octet-stream", "binary/octet-stream", "text/plain"):
        return kind_for(name, head)
    return next((k for k in all_kinds() if said in k.types), None) or owner_of(name)[0]
