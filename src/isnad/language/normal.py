"""A normal form that remembers where each of its characters came from.

In: any Unicode text. Out: a shorter or equal text for matching, with a map back to the source.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form and its offset map.

    Attributes:
        source: the text as written.
        text: the normal form.
        starts: for each character of ``text``, where its source characters begin.
        ends: for each character of ``text``, where they end (exclusive).
    """

    source: str
    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open source offsets (code points) of the normal form's ``[start, end)``."""
        if end <= start:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        """The source words of the normal form's ``[start, end)``."""
        s, e = self.span(start, end)
        return self.source[s:e]
