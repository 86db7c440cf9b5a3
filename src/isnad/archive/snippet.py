"""Some words around the first place where a query hits a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from isnad.archive.query import Unit
from isnad.archive.shadow import stem, words_of
from isnad.language.arabic.normal import fold

_WORD = re.compile(r"[^\W_]+")
AROUND = 60  # code points on either side


def snippet(text: str, units: Sequence[Unit], exact: str = "") -> str:
    """At most some 140 code points of ``text`` on one line, as written, with … where cut."""
    at = text.find(exact) if exact else _first(text, units)
    at = max(at, 0)
    start, end = max(0, at - AROUND), min(len(text), at + AROUND + 20)
    while start > 0 and not text[start - 1].isspace() and at - start < AROUND + 20:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - at < AROUND + 40:
        end += 1
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"


def _first(text: str, units: Sequence[Unit]) -> int:
    wanted = {phrase[0] for unit in units for phrase in unit.phrases}
    if not wanted:
        return 0
    for match in _WORD.finditer(text):
        for word in words_of(match[0]) or [fold(match[0])]:
            if word in wanted or stem(word) in wanted:
                return match.start()
    return 0
