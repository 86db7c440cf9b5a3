"""The bytes of a page to text: byte-order mark, header, ``<meta>``, and what the bytes show.

What a page says of itself is weighed against its bytes: valid UTF-8 outside ASCII is UTF-8 whatever
the page claims, and of two Arabic code pages the one is taken in which the text looks Arabic.
Damaged bytes become lone surrogates (``surrogateescape``), so that offsets keep their bytes.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from isnad.errors import InputError
from isnad.gather.encodings import Undecodable, arabic_share, bom, decode, looks_utf16

_HEAD = 4096
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{1,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{1,40})["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?([^\s"';]{1,40})""", re.I)
_ALIASES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-6-i": "iso8859_6", "iso-8859-6-e": "iso8859_6",
    "x-cp1256": "cp1256", "arabic": "iso8859_6",
}  # fmt: skip
"""Names that browsers read as another code page (WHATWG Encoding), and old spellings."""
_MOST_DAMAGE = 0.02  # bytes that fit no character, of those outside ASCII


class PageText(NamedTuple):
    """A page's text, and how sure its encoding is.

    Attributes:
        text: the decoded text; bytes that fit no character are lone surrogates (U+DC80 …).
        encoding: the codec's name.
        skipped: bytes before the first character (a byte-order mark).
        said: the encoding that the page or its header named, if another one was used.
        damaged: how many bytes fit no character.
    """

    text: str
    encoding: str
    skipped: int
    said: str | None
    damaged: int

    def byte_offsets(self, offsets: list[int]) -> dict[int, int]:
        """Offsets in the text to offsets in the page's bytes."""
        found: dict[int, int] = {}
        at, byte = 0, self.skipped
        for offset in sorted(set(offsets)):
            byte += len(self.text[at:offset].encode(self.encoding, "surrogateescape"))
            at = offset
            found[offset] = byte
        return found


def page_text(data: bytes, content_type: str | None, where: str) -> PageText:
    """Decode a page.

    Args:
        data: the whole page.
        content_type: the header of that name, if there was one.
        where: what to name in a refusal.

    Raises:
        InputError: E104 if no encoding fits.
    """
    marked = bom(data)
    if marked is not None:
        return _marked(data, marked, where)
    wide = looks_utf16(data) or _wide_markup(data)
    said = _said(data, content_type)
    if wide is not None:
        whole = data[: len(data) // 2 * 2]
        return _sound(whole, wide, 0, None if said in (None, wide, "utf-16") else said, where)
    try:
        return PageText(data.decode("utf-8"), "utf-8", 0, _other(said, "utf-8", data), 0)
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= c <= "\udcff" for c in damaged)
    sound = sum(c > "\x7f" for c in damaged) - broken
    if broken <= max(2, _MOST_DAMAGE * sound) and sound > broken:
        return PageText(damaged, "utf-8", 0, _other(said, "utf-8", data), broken)
    return _code_page(data, said, where)


def _marked(data: bytes, marked: str, where: str) -> PageText:
    mark = next(
        m
        for m in (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE,
                  codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        if data.startswith(m)
    )  # fmt: skip
    codec = {
        codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le",
        codecs.BOM_UTF32_BE: "utf-32-be", codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
    }[mark]  # fmt: skip
    body = data[len(mark) :]
    if marked == "utf-8-sig":
        text = body.decode("utf-8", "surrogateescape")
        return PageText(text, codec, len(mark), None, sum("\udc80" <= c <= "\udcff" for c in text))
    if codec.startswith("utf-16"):
        body = body[: len(body) // 2 * 2]
    return _sound(body, codec, len(mark), None, where)


def _sound(data: bytes, codec: str, skipped: int, said: str | None, where: str) -> PageText:
    try:
        return PageText(data.decode(codec), codec, skipped, said, 0)
    except UnicodeDecodeError as error:
        raise InputError("E104", f"is damaged {codec.upper()}; fetch it again", where) from error


def _code_page(data: bytes, said: str | None, where: str) -> PageText:
    """The code page that the page names if it reads well in it, else the one that fits best."""
    best: tuple[float, str, str] | None = None
    for name in dict.fromkeys([said or "cp1256", "cp1256", "iso8859_6"]):
        if name in ("utf-8", "utf_8"):
            continue
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError, UnicodeError):
            continue
        share = arabic_share(_words(text))
        if best is None or share > best[0] + 0.05:
            best = share, name, text
    if best is not None and (best[0] >= 0.5 or best[1] == said):
        return PageText(best[2], best[1], 0, _other(said, best[1], data), 0)
    try:
        got = decode(data)
    except Undecodable as error:
        raise InputError("E104", f"{error.reason}; save it as UTF-8", where) from error
    return PageText(got.text, got.encoding, 0, _other(said, got.encoding, data), 0)


def _words(text: str) -> str:
    """What is not ASCII, with the blanks between: markup would drown the evidence."""
    return re.sub(r"[\x21-\x7e]+", " ", text)[:20000]


def _wide_markup(data: bytes) -> str | None:
    """UTF-16 without a mark in a page that begins with long markup."""
    sample = data[:400]
    if len(sample) < 20:
        return None
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.9 * len(zeros):
            return name
    return None


def _said(data: bytes, content_type: str | None) -> str | None:
    """The codec that header, XML declaration or ``<meta>`` name, in that order."""
    named = [m[1] for m in (_HEADER.search(content_type or ""),) if m]
    head = data[:_HEAD].replace(b"\0", b"")
    named += [m[1].decode("ascii") for m in (_XML.search(head), _META.search(head)) if m]
    for name in named:
        try:
            return codecs.lookup(_ALIASES.get(name.lower(), name)).name
        except LookupError:
            continue
    return None


def _other(said: str | None, used: str, data: bytes) -> str | None:
    """What was named, if the bytes show another encoding."""
    if said is None or data.isascii():
        return None
    return None if codecs.lookup(said).name == codecs.lookup(used).name else said
