"""Bytes to text by evidence: a byte-order mark, UTF-16's high bytes, valid UTF-8, or a code page.

The traps, each met in real files:

* Arabic in UTF-16 without a mark is *also* valid UTF-8 (its bytes are all below 0x80): look for
  UTF-16 first, by its high bytes 0x06 and 0x00, which no text in UTF-8 has.
* windows-1256 gives every byte a meaning, so that a damaged UTF-8 file "fits" it and comes out as
  «ط§ظ„». What is mostly sound UTF-8 is therefore refused as damaged, never read as a code page.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("windows-1256", "iso-8859-6")
_LOWEST_SHARE = 0.6  # likeness to Arabic that a code page must reach (see arabic_share)
_SAMPLE = 65536
_MOST = 0.9  # share of UTF-16 high bytes, or of sound UTF-8 sequences, that settles the matter
_SEQUENCE = re.compile(
    rb"(?P<sound>[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
    rb"|[\x80-\xff]"
)
_MIXED = re.compile("[A-Za-z](?=[\u0621-\u064a])|[\u0621-\u064a](?=[A-Za-z])")
_COMMON = frozenset("المينورتبهةعدسفكحق ")
_ARABIC = frozenset(map(chr, range(0x621, 0x64B))) | frozenset("،؛؟«»ـ\u00a0–“”‘’…")

_TRAIL = bytes(range(0x80, 0xC0))
_MOJIBAKE = re.compile(
    f"(?:[طظ][{re.escape(_TRAIL.decode('cp1256'))}]){{2}}"
    f"|(?:[ØÙ][{re.escape(_TRAIL.decode('cp1252', 'ignore') + _TRAIL.decode('latin-1'))}]){{2}}"
)
"""UTF-8's two-byte Arabic letters, read as windows-1256 or as Latin."""


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and whether that was assumed rather than certain."""

    text: str
    encoding: str
    assumed: bool


class Undecodable(ValueError):
    """No encoding fits. ``line`` is where the first unreadable byte stands, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def decode(data: bytes) -> Decoded:
    """Decode a whole file.

    Raises:
        Undecodable: if no encoding fits.
    """
    marked = bom(data)
    if marked is not None:
        return Decoded(_strict(data, marked), marked.removesuffix("-sig"), False)
    wide = looks_utf16(data)
    if wide is not None:
        return Decoded(_strict(data, wide), wide, True)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if _mostly_utf8(data):
        raise Undecodable("is damaged UTF-8", line)
    guess = _code_page(data)
    if guess is None:
        raise Undecodable("is no UTF-8, and no Arabic code page fits", line)
    return guess


def bom(data: bytes) -> str | None:
    """The codec that a byte-order mark at the beginning names, if there is one."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def looks_utf16(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` if the high bytes of UTF-16 Arabic show, else ``None``."""
    sample = data[:4000]
    if len(sample) < 4 or not (b"\x06" in sample or b"\0" in sample):
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        arabic = high.count(0x06)
        if arabic and arabic + high.count(0) + high.count(0x20) > _MOST * len(high):
            return name
    return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        name = encoding.removesuffix("-sig").upper()
        raise Undecodable(f"is damaged {name}", line) from error


def _mostly_utf8(data: bytes) -> bool:
    sound = broken = 0
    for match in _SEQUENCE.finditer(data[:_SAMPLE]):
        if match["sound"]:
            sound += 1
        else:
            broken += 1
    return sound > 0 and sound >= _MOST * (sound + broken)


def _code_page(data: bytes) -> Decoded | None:
    names = list(_LEGACY)
    proposed = from_bytes(data[:_SAMPLE]).best()
    if proposed is not None and proposed.encoding not in ("cp1256", "iso8859_6"):
        names.append(proposed.encoding)
    best: tuple[float, str, str] | None = None
    for name in names:  # ours first: a tie stays with them
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        share = arabic_share(text)
        if best is None or share > best[0]:
            best = share, name, text
    if best is None or best[0] < _LOWEST_SHARE:
        return None
    return Decoded(best[2], best[1], True)


def arabic_share(text: str) -> float:
    """How like Arabic a decoding looks, 0 to 1.

    Mostly the share of Arabic letters and marks among what is outside ASCII; for the rest the share
    of common letters, which tells two code pages apart that both give letters.
    """
    sample = text[:20000]
    foreign = [c for c in sample if c > "\x7f"]
    if not foreign or any(c < " " and c not in "\t\n\r\f" for c in sample):
        return 0.0
    letters = sum(c in _ARABIC for c in foreign)
    if 10 * len(_MIXED.findall(sample)) > letters:
        return 0.0  # «cafى»: letters of two scripts in one word are another language's accents
    common = sum(c in _COMMON for c in sample) / len(sample)
    return letters / len(foreign) * 0.7 + common * 0.3


def mojibake(text: str) -> bool:
    """Whether text was once read in the wrong encoding («ط§ظ„» or "Ø§Ù„" for «ال»)."""
    sample = text[:20000]
    hits = len(_MOJIBAKE.findall(sample))
    return hits >= 3 and hits * 20 > len(sample)
