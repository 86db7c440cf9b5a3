"""One automaton over many names, checked for word boundaries and proclitics.

Wraps daachorse (the only module that imports it). A *pattern* is a name in normal form; a *ref* is
whatever its owner uses to find the entry again. Several refs may share a pattern.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import daachorse

# What may stand before a name inside the same word, longest first. "لل" replaces ل + ال.
PROCLITICS = frozenset(
    ["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك", "س", "وس", "فس",
     "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال", "وكال", "فبال"]
)  # fmt: skip


class Hit(NamedTuple):
    """A name found: half-open offsets in the normal form, without and with its proclitics."""

    start: int
    end: int
    word_start: int
    pattern: int

    @property
    def has_proclitic(self) -> bool:
        return self.word_start < self.start


class Lexicon:
    """Finds every pattern at word boundaries in one pass.

    Args:
        entries: ``(pattern, ref)`` pairs, patterns in normal form. For a pattern that begins with
            the article, the form after ل (للX) is added by itself.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        by_pattern: dict[str, list[str]] = {}
        for pattern, ref in entries:
            if not pattern:
                continue
            for form in _with_article_forms(pattern):
                refs = by_pattern.setdefault(form, [])
                if ref not in refs:
                    refs.append(ref)
        self.patterns: list[str] = list(by_pattern)
        self.refs: list[tuple[str, ...]] = [tuple(v) for v in by_pattern.values()]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self.patterns or ["\0"])

    def to_parts(self) -> tuple[str, str, bytes]:
        """The patterns and their refs, a line each, and the automaton as bytes: for a file."""
        automaton: bytes = self._automaton.serialize()
        return "\n".join(self.patterns), "\n".join(map("\t".join, self.refs)), automaton

    @classmethod
    def from_parts(cls, patterns: str, refs: str, automaton: bytes) -> Lexicon:
        """What :meth:`to_parts` gave. ``automaton`` must be unaltered: check it before."""
        self = cls.__new__(cls)
        self.patterns = patterns.split("\n") if patterns else []
        self.refs = [tuple(line.split("\t")) for line in refs.split("\n")] if patterns else []
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(automaton)
        return self

    def find(self, normal: str) -> list[Hit]:
        """All hits at word boundaries, overlapping ones included, in order of their end.

        A hit is kept if it ends at the end of a word and begins at the start of one or after
        letters that are a known sequence of proclitics.
        """
        hits: list[Hit] = []
        size = len(normal)
        for start, end, number in self._automaton.find_overlapping(normal):
            if end < size and _joined(normal[end], normal[end - 1]):
                continue
            if start and _joined(normal[start - 1], normal[start]):
                at = start - 1
                while at and start - at < 5 and _joined(normal[at - 1], normal[at]):
                    at -= 1
                if (at and _joined(normal[at - 1], normal[at])) or (
                    normal[at:start] not in PROCLITICS
                ):
                    continue
                hits.append(Hit(start, end, at, number))
            else:
                hits.append(Hit(start, end, start, number))
        return hits


def _joined(a: str, b: str) -> bool:
    """Whether two neighbours are of one word, which ends where the script changes («Publicقصف»)."""
    return a.isalnum() and a.isascii() == b.isascii()


def _with_article_forms(pattern: str) -> list[str]:
    """``pattern`` and, if it begins with the article, its form after ل (للX)."""
    if pattern.startswith("ال") and len(pattern) > 3:
        return [pattern, "لل" + pattern[2:]]
    return [pattern]


def automaton_to_bytes(patterns: list[str]) -> bytes:
    """The bare automaton over ``patterns``, serialised: for knowledge that is built beforehand."""
    built = daachorse.CharwiseDoubleArrayAhoCorasick(patterns or ["\0"])
    return bytes(built.serialize())


def automaton_from_bytes(data: bytes) -> daachorse.CharwiseDoubleArrayAhoCorasick:
    """What :func:`automaton_to_bytes` made, ready to search. Only for data of our own making."""
    return daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(data)
