"""Reader of WARC: the HTML pages among its records, each whole and as its digest says, or refused.

warcio reads a record that is cut off without a word, so lengths and digests are checked here. What
stands behind a damaged record is still read: the next one is looked for.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from isnad.errors import InputError
from isnad.gather.archives.members import Counted, Damaged, Members
from isnad.gather.dispatch import peek, read_source
from isnad.gather.fetch.body import decoded
from isnad.gather.kinds import Source
from isnad.gather.page import MAX_BYTES as LONGEST
from isnad.gather.written import Left
from isnad.model import Report

_OPENS = b"WARC/"
_LINE = 1 << 16
_HEADERS = 1 << 20
_HTTP = ["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3"]
_PAGES = ("text/html", "application/xhtml+xml")


def records(source: Source) -> Iterator[Report | InputError]:
    """Reports of the pages of one archive, in its order."""
    yield from _Archive(source).read()


class _Block(NamedTuple):
    """A record's headers and its block, whole."""

    headers: Any
    data: bytes


class _Archive:
    """The walk over one file."""

    def __init__(self, source: Source) -> None:
        self.source, self.left, self.number = source, Left(), 0
        self.seen: set[int] = set()  # hashes of payload digests: a file may hold a million pages
        packed = peek(source.stream).startswith(b"\x1f\x8b")
        self.members = (
            Members(source.stream, source.where, source.count, _OPENS) if packed else None
        )
        self.stream = self._buffered()
        self.loader = ArcWarcRecordLoader()

    def _buffered(self) -> io.BufferedReader:
        if self.members is not None:
            return io.BufferedReader(self.members, 1 << 16)
        return io.BufferedReader(Counted(self.source.stream, self.source.count), 1 << 16)

    def read(self) -> Iterator[Report | InputError]:
        """All records."""
        resume = told = False
        while True:
            self.number += 1
            try:
                line = self._resumed() if resume else self._next_line()
                resume = False
                if not line:
                    break
                record = self._record(line)
                yield from self._page(record) if record else ()
            except Damaged as error:
                yield InputError(error.code, error.message, self.at)
                resume = told = True
            except InputError as error:
                yield error
        if self.number == 1 and not told:
            raise InputError("E110", "the file is empty", self.source.where)
        yield from self.left.remark(self.source.where)

    @property
    def at(self) -> str:
        """The record at hand."""
        return f"{self.source.where}#{self.number}"

    def _next_line(self) -> bytes:
        """The first line that is not blank; empty at the end."""
        while True:
            line = self.stream.readline(_LINE)
            if not line or line.strip():
                return line

    def _resumed(self) -> bytes:
        """The first line of the next record behind damage."""
        if self.members is not None and self.members.broken:
            if not self.members.resume():
                return b""
            self.stream.detach()  # what it holds is of the damaged member; it must not close ours
            self.stream = self._buffered()
            return self._next_line()
        while line := self.stream.readline(_LINE):
            if line.startswith(_OPENS):
                return line
        return b""

    def _record(self, line: bytes) -> _Block | None:
        """The next record; ``None`` for one that holds no page.

        Raises:
            Damaged: if it is none, is cut off, or is not what its digest says.
            InputError: E105, if it is longer than any page; the stream stands behind it.
        """
        if not line.startswith(_OPENS):
            raise Damaged("is no WARC record", self.at)
        head = io.BytesIO(line + self._headers())
        try:
            record = self.loader.parse_record_stream(head, None, None, True)
            length = int(record.rec_headers.get_header("Content-Length"))
        except (ArchiveLoadFailed, EOFError, TypeError, ValueError, AttributeError) as error:
            raise Damaged(f"is no WARC record: {error}", self.at) from error
        if length < 0:
            raise Damaged(f"states a length of {length}", self.at)
        kind = record.rec_type
        if kind == "response" and length <= LONGEST + _HEADERS:
            return self._whole(record, length)
        self._skip(length, record)
        if kind == "response" and self._is_http(record):
            why = f"is longer than {LONGEST >> 20} MiB{self._of(record)}"
            raise InputError("E105", why, self.at)
        if kind == "revisit":
            known = hash(record.rec_headers.get_header("WARC-Payload-Digest")) in self.seen
            what = "pages seen again" if known else "pages whose bytes are in another file"
            self.left.counts[what] += 1
        elif kind not in ("warcinfo", "request", "metadata", "response"):
            self.left.counts["other records"] += 1
        return None

    def _headers(self) -> bytes:
        out = bytearray()
        while line := self.stream.readline(_LINE):
            out += line
            if not line.strip():
                return bytes(out)
            if len(out) > _HEADERS:
                raise Damaged("its headers are too long", self.at)
        raise Damaged("is cut off within its headers", self.at)

    def _whole(self, record: Any, length: int) -> _Block:
        data = self.stream.read(length)
        if len(data) < length:
            why = f"is cut off: {len(data):,} of {length:,} bytes{self._of(record)}"
            raise Damaged(why, self.at)
        stated = record.rec_headers.get_header("WARC-Block-Digest")
        if stated and not _fits(stated, data):
            raise InputError("E136", f"is not what its digest says{self._of(record)}", self.at)
        return _Block(record.rec_headers, data)

    def _skip(self, length: int, record: Any) -> None:
        while length > 0:
            got = len(self.stream.read(min(length, 1 << 18)))
            if not got:
                raise Damaged(f"is cut off{self._of(record)}", self.at)
            length -= got

    @staticmethod
    def _is_http(record: Any) -> bool:
        return "http" in (record.rec_headers.get_header("Content-Type") or "http")

    @staticmethod
    def _of(record: Any) -> str:
        target = record.rec_headers.get_header("WARC-Target-URI")
        return f" ({target})" if target else ""

    def _page(self, block: _Block) -> Iterator[Report | InputError]:
        """The report of a record that holds a page."""
        url = (block.headers.get_header("WARC-Target-URI") or "").strip("<>")
        stream = io.BytesIO(block.data)
        try:
            http = StatusAndHeadersParser(_HTTP).parse(stream)
        except (StatusAndHeadersParserException, EOFError, ValueError):
            self.left.counts["other records"] += 1
            return
        said = http.get_header("Content-Type") or ""
        if said.partition(";")[0].strip().lower() not in _PAGES:
            self.left.counts["files that are no pages"] += 1
            return
        if http.get_statuscode() != "200":
            self.left.counts[f"pages of status {http.get_statuscode()[:3]}"] += 1
            return
        self._check_payload(block, stream)
        body = self._body(http, stream, url)
        page = Source(
            io.BytesIO(body), self.at, url or f"{self.source.ident}#{self.number}",
            settings=self.source.settings, url=url if url.startswith("http") else None,
            content_type=said,
        )  # fmt: skip
        yield from read_source(page, ".html")

    def _check_payload(self, block: _Block, stream: IO[bytes]) -> None:
        stated = block.headers.get_header("WARC-Payload-Digest")
        if not stated:
            return
        self.seen.add(hash(stated))
        if block.headers.get_header("WARC-Block-Digest"):
            return  # checked; of a payload, writers do not agree whether it is chunked
        at = stream.tell()
        raw = stream.read()
        stream.seek(at)
        whole = ChunkedDataReader(stream).read()
        stream.seek(at)
        if not _fits(stated, raw) and not _fits(stated, whole):
            raise InputError("E136", "is not what its digest says", self.at)

    def _body(self, http: Any, stream: IO[bytes], url: str) -> bytes:
        if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
            stream = ChunkedDataReader(stream)  # gives bytes that are not chunked as they are
        pieces = iter(lambda: stream.read(1 << 16), b"")
        packed = (http.get_header("Content-Encoding") or "").strip().lower()
        try:
            return decoded(pieces, packed, LONGEST)
        except InputError as error:
            why = error.message
            if error.code == "E154":
                why = f"is packed as {packed!r}, which is not read"
            raise InputError(error.code, f"{why} ({url})", self.at) from error


def _fits(stated: str, data: bytes) -> bool:
    """Whether a digest (``sha1:BASE32`` or hexadecimal) is that of ``data``; unknown ones fit."""
    algorithm, _, value = stated.partition(":")
    try:
        digest = hashlib.new(algorithm.strip().lower().replace("-", ""), data).digest()
    except ValueError:
        return True
    value = value.strip()
    return value.lower() == digest.hex() or value.upper().rstrip("=") == (
        base64.b32encode(digest).decode("ascii").rstrip("=")
    )
