"""Offsets that browsers count with, a text's direction, addresses that may be followed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from urllib.parse import urlsplit

from isnad.model import Span


class Units:
    """From code points to UTF-16 units and back, of one text."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
        self._units = [w + n for n, w in enumerate(self._wide)]
        self._length = len(text)

    def utf16(self, span: Span) -> list[int]:
        """A span in UTF-16 units."""
        return [at + bisect_left(self._wide, at) for at in span]

    def points(self, span: Span) -> Span:
        """A span in code points. One that halves a character takes the whole of it.

        Raises:
            ValueError: if it does not lie in the text.
        """
        start, end = span
        if not 0 <= start <= end <= self._length + len(self._wide):
            raise ValueError("lies outside the text")
        first = start - bisect_left(self._units, start)
        if start - 1 in self._units:
            first = start - 1 - bisect_left(self._units, start - 1)
        return first, end - bisect_left(self._units, end)


def direction(text: str) -> str:
    """``rtl`` or ``ltr``: which of the two more of the first letters have."""
    right = left = 0
    for c in text[:2000]:
        kind = unicodedata.bidirectional(c)
        right += kind in ("R", "AL")
        left += kind == "L"
    return "rtl" if right > left else "ltr"


def language(text: str) -> str | None:
    """``ar`` or ``en`` by the script; ``None`` for text without letters."""
    if not any(c.isalpha() for c in text[:2000]):
        return None
    return "ar" if direction(text) == "rtl" else "en"


def followable(url: str | None) -> bool:
    """Whether an address may become a link: http or https with a host, and nothing hidden in it."""
    if not url or any(unicodedata.category(c)[0] == "C" or c.isspace() for c in url):
        return False
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return False
