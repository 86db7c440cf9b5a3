"""One pass of the automaton over a report, sorted by token.

Quotes, ``#`` and ``_`` do not part the words of a name («قوات "قسد"», «#التحالف_الدولي»): the
automaton reads a text without them, and its offsets are mapped back.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

from isnad.coding.document import Document
from isnad.knowledge.compiled import Entry, Knowledge
from isnad.language.arabic.tokens import Token

_LOOSE = re.compile(r"[\"«»“”„‟‘’#_]|[^\S\n]{2,}|[\u00a0\u2002-\u200a\u202f]|(?<=\n)[^\S\n]+")
OPENERS = frozenset("\"«“„‟‘’#'(_[")
QUOTES = frozenset("\"«»“”„‟‘’'")
CLOSERS = frozenset("\"»”’'")


class Found(NamedTuple):
    """A pattern in the text: tokens ``[first, last)``, normal offsets, proclitics, meaning.

    ``start`` leaves out the proclitics but keeps the article (and the ل of لل).
    """

    first: int
    last: int
    start: int
    end: int
    word_start: int
    prefix: str
    article: bool
    entries: tuple[Entry, ...]
    pattern: int


@dataclass
class Scan:
    """The hits of a report by the token they begin at, longest first."""

    tokens: list[Token]
    text: str
    names: dict[int, list[Found]] = field(default_factory=dict)
    adjectives: dict[int, list[Found]] = field(default_factory=dict)
    heads: dict[int, list[Found]] = field(default_factory=dict)
    ranks: dict[int, list[Found]] = field(default_factory=dict)
    weapons: dict[int, list[Found]] = field(default_factory=dict)


def scan(doc: Document, k: Knowledge) -> Scan:
    """The hits of ``doc``; kept with the document, so that it is read once."""
    kept = doc.__dict__.get("_actor_scan")
    if kept is not None and kept[0] is k:
        found: Scan = kept[1]
        return found
    found = _scan(doc, k)
    doc.__dict__["_actor_scan"] = (k, found)
    return found


def _squeeze(text: str) -> tuple[str, array[int] | None]:
    """The text without loose marks and double blanks, and the offset of each of its characters."""
    if not _LOOSE.search(text):
        return text, None
    out: list[str] = []
    offsets = array("L")
    at = 0
    for m in _LOOSE.finditer(text):
        start, end = m.span()
        if start < at:
            continue
        out.append(text[at:start])
        offsets.extend(range(at, start))
        if (text[start].isspace() or text[start] == "_") and not (
            start and text[start - 1] == "\n"
        ):
            out.append(" ")
            offsets.append(start)
        at = end
    out.append(text[at:])
    offsets.extend(range(at, len(text)))
    return "".join(out), offsets


def _scan(doc: Document, k: Knowledge) -> Scan:
    text = doc.normal.text
    tokens = doc.tokens
    result = Scan(tokens, text)
    by_table: dict[str, dict[int, list[Found]]] = {
        "names": result.names, "adjectives": result.adjectives, "heads": result.heads,
        "ranks": result.ranks, "weapons": result.weapons,
    }  # fmt: skip
    squeezed, offsets = _squeeze(text)
    starts = {t.start: i for i, t in enumerate(tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(tokens)}
    for hit in k.lexicon.find(squeezed):
        start, end, word_start = hit.start, hit.end, hit.word_start
        prefix = squeezed[word_start:start]
        if offsets is not None:
            start, end, word_start = offsets[start], offsets[end - 1] + 1, offsets[word_start]
        first, last = starts.get(word_start), ends.get(end)
        if first is None or last is None or "س" in prefix:
            continue
        article = False
        if prefix.endswith(("ال", "لل")):
            article = True
            start -= 2
            prefix = prefix[:-2] + ("ل" if prefix.endswith("لل") else "")
        elif text.startswith("ال", start):
            article = True
        elif not prefix and text.startswith("لل", start):
            article, prefix = True, "ل"
        if first + 1 < last and starts.get(start, first) > first and prefix:
            first = starts[start]  # the proclitic stands apart: «لـ "قسد"»
            word_start = start
        for table, some in k.tables(hit.pattern):
            found = Found(first, last, start, end, word_start, prefix, article, some, hit.pattern)
            by_table[table].setdefault(first, []).append(found)
    for by_token in by_table.values():
        for hits in by_token.values():
            if len(hits) > 1:
                hits.sort(key=lambda f: (-f.last, f.start))
    return result
