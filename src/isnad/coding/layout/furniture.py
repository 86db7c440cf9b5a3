"""The words of ``furniture.csv``, made ready: which phrases mark what part of a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from isnad.knowledge.tables import DATA, read_table
from isnad.language.arabic.normal import fold

_FRAME = ' \t:|-–—#.•*»«"“”()[]،,؟?!…<>›‹~_=+'


@dataclass(frozen=True)
class Furniture:
    """The table by kind. ``openings`` and ``inside`` go from a phrase's first word to its kinds.

    ``openings`` hold what a line begins with (kinds ``end``, ``related``, ``insert``, ``share``,
    ``stamp``, ``byline``); ``inside`` what it holds anywhere (``line``, ``caption``).
    """

    openings: dict[str, tuple[tuple[str, str], ...]]
    inside: dict[str, tuple[tuple[str, str], ...]]
    labels: frozenset[str]
    stamps: frozenset[str]
    credits: tuple[str, ...]
    connectives: frozenset[str]
    waw: frozenset[str]
    areas: frozenset[str]
    roundup: tuple[str, ...]
    stop: frozenset[str]
    social_start: tuple[str, ...]
    social_end: tuple[str, ...]

    def opening(self, text: str) -> tuple[str, str] | None:
        """Phrase and kind of the longest phrase of ``openings`` with which ``text`` begins."""
        first = text.split(None, 1)[0].rstrip(":،,.؟?!|-") if text else ""
        for phrase, kind in self.openings.get(first, ()):
            if text.startswith(phrase) and not text[len(phrase) : len(phrase) + 1].isalnum():
                return phrase, kind
        return None

    def holds(self, text: str) -> str:
        """The kind of the first phrase of ``inside`` that ``text`` holds as words, or empty."""
        for token in text.split():
            for phrase, kind in self.inside.get(token.strip(_FRAME), ()):
                if phrase in text:
                    return kind
        return ""


def bare(text: str) -> str:
    """A line without the signs that frame it, emoji too."""
    text = text.strip(_FRAME)
    i = 0
    while i < len(text) and not text[i].isalnum():
        i += 1
    j = len(text)
    while j > i and not text[j - 1].isalnum():
        j -= 1
    return text[i:j]


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """The table, read once."""
    kinds: dict[str, list[str]] = {}
    for row in read_table(DATA / "coding" / "furniture.csv", ("words", "kind")):
        kinds.setdefault(row["kind"], []).append(fold(row["words"]))

    def by_first(*names: str) -> dict[str, tuple[tuple[str, str], ...]]:
        index: dict[str, list[tuple[str, str]]] = {}
        for name in names:
            for phrase in kinds.get(name, ()):
                index.setdefault(phrase.split()[0], []).append((phrase, name))
        return {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in index.items()}

    def words(name: str) -> frozenset[str]:
        return frozenset(kinds.get(name, ()))

    return Furniture(
        openings=by_first("end", "related", "insert", "share", "stamp", "byline"),
        inside=by_first("line", "caption"),
        labels=words("label"),
        stamps=words("day"),
        credits=tuple(kinds.get("credit", ())),
        connectives=words("connective"),
        waw=words("waw"),
        areas=words("area"),
        roundup=tuple(kinds.get("roundup", ())),
        stop=words("stop"),
        social_start=tuple(kinds.get("social_start", ())),
        social_end=tuple(kinds.get("social_end", ())),
    )
