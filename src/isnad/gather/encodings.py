"""Bytes to text by evidence: a byte-order mark, valid UTF-8, or what makes the likeliest Arabic.

The rule for the legacy code pages: of windows-1256 and ISO-8859-6 (and whatever charset-normalizer
proposes) take the one under which most letters are Arabic and none is a control character.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("windows-1256", "iso-8859-6")
_LOWEST_SHARE = 0.6  # of the letters outside ASCII must be Arabic for a legacy code page


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and whether that was assumed rather than certain."""

    text: str
    encoding: str
    assumed: bool


def decode(data: bytes) -> Decoded:
    """Decode a whole file.

    Raises:
        UnicodeDecodeError: if no encoding fits.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(data.decode(name), name.removesuffix("-sig"), False)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError as error:
        best = _best_guess(data)
        if best is None:
            raise error
        return best


def looks_utf16(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` if the high bytes of a UTF-16 Arabic text show, else ``None``."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(b in (0x00, 0x06) for b in high) > 0.9 * len(high):
            return name
    return None


def _best_guess(data: bytes) -> Decoded | None:
    wide = looks_utf16(data)
    if wide is not None:
        return Decoded(data.decode(wide, "strict"), wide, True)
    candidates: list[tuple[float, str, str]] = []
    names = list(_LEGACY)
    proposed = from_bytes(data[:65536]).best()
    if proposed is not None and proposed.encoding not in names:
        names.append(proposed.encoding)
    for order, name in enumerate(names):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        candidates.append((_arabic_share(text) - order * 0.001, name, text))
    if not candidates:
        return None
    share, name, text = max(candidates)
    return Decoded(text, name, True) if share >= _LOWEST_SHARE else None


def _arabic_share(text: str) -> float:
    sample = text[:20000]
    foreign = [c for c in sample if ord(c) > 127]
    if not foreign or any(ord(c) < 32 and c not in "\t\n\r\f" for c in sample):
        return 0.0
    letters = sum("\u0621" <= c <= "\u064a" or c in "،؛؟«»ـ\u00a0–“”…" for c in foreign)
    # common letters tell two code pages apart that both give letters
    common = sum(c in "المينورتبهةعدسفكحق " for c in sample) / max(1, len(sample))
    return letters / len(foreign) * 0.7 + common * 0.3
