"""Whose voice a report goes on in: sources carried over sentences, and who an anaphor means.

In: sentences in text order. Out: for each its :class:`Attribution`. A voice goes on by a verb
without a subject («وأضاف أن»), inside a quotation, and over the lines that an announcement opens
(«X تعلن:»); a communiqué («بيان صادر عن X») is its author's from end to end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from isnad.coding.attribution.refs import Attribution, SourceRef
from isnad.coding.attribution.tellers import teller_at, tellers_at
from isnad.coding.attribution.tellings import attribute
from isnad.coding.attribution.view import View
from isnad.coding.document import Document
from isnad.coding.layout import Block
from isnad.coding.sentence import Sentence
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.sentences import find_quotes

_FAR = 4
"""Sentences after which «وأضاف» no longer goes on with an earlier source."""
_ANY = word_list("any_source")
_OWN = word_list("own_correspondents")
_RIGHTS = word_list("rights_words")
_POINTING = word_list("pointing")
_STATEMENT = word_list("statements")
_HEADER_LINES = 3


class Voice:
    """The tellers of one report so far."""

    def __init__(self, doc: Document, sentences: Callable[[int, int], Sentence]) -> None:
        """``sentences`` makes a filled sentence of a stretch: for a line that names an author."""
        self.doc = doc
        self.chain: list[SourceRef] = []
        self.told_at = -100
        self.known: list[tuple[SourceRef, frozenset[str]]] = []
        self.lines: list[SourceRef] = []
        self.quote_end = 0
        self.quotes = _long_quotes(doc)
        named = normalize(doc.report.publisher or "").text.split()
        self.publisher = frozenset(_bare(w) for w in named)
        self.author = self._author(sentences)

    def attribute(self, sentence: Sentence) -> Attribution:
        """The attribution of the next sentence."""
        own = attribute(self.doc, sentence)
        for t in own.tellings:
            t.chain = self._identify(t.chain)
        if own.tellings:
            own.chain = []
            for t in own.tellings:
                own.chain += [r for r in t.chain if r not in own.chain]
            if own.open_end:
                self.lines = own.chain
            elif sentence.block.kind != "item":
                self.lines = []
            if sentence.start >= self.quote_end:
                own.otherwise = self.lines or self.author
            self.chain, self.told_at = own.tellings[-1].chain, sentence.number
            self._open_quote(sentence)
            return own
        if sentence.start < self.quote_end or (
            own.continues and sentence.number - self.told_at <= _FAR
        ):
            own.chain = own.otherwise = self.chain
            self.told_at = sentence.number
            self._open_quote(sentence)
        elif self.lines or self.author:
            own.chain = own.otherwise = self.lines or self.author
        return own

    def _open_quote(self, sentence: Sentence) -> None:
        """Remember a quotation that begins in ``sentence`` and goes on after it."""
        for start, end in self.quotes:
            if sentence.start <= start < sentence.end < end:
                self.quote_end = max(self.quote_end, end)

    def _identify(self, chain: list[SourceRef]) -> list[SourceRef]:
        """The chain with every teller known by the key of its first naming; a bare anaphor keeps
        the links that stood outside it."""
        out: list[SourceRef] = []
        for ref in chain:
            words = self._words(ref)
            earlier = self._earlier(ref, words)
            if earlier is not None:
                ref = replace(ref, teller=earlier.teller)
                if words <= _OWN and earlier.kind == ref.kind:
                    ref = earlier  # «مراسلنا»: the first naming says of what outlet
                elif ref.definite and ref.kind in (
                    "unnamed",
                    earlier.kind,
                    "official",
                    "outlet",
                    "local",
                ):
                    ref = replace(ref, kind=earlier.kind, rule=f"{ref.rule}; said before")
                if (
                    len(chain) == 1
                    and ref.definite
                    and len(self.chain) > 1
                    and earlier in self.chain
                ):
                    return [ref if r == earlier else r for r in self.chain]
            elif (
                ref.definite
                and ref.kind == "outlet"
                and words <= self.publisher
                and self.publisher & _RIGHTS
            ):
                ref = replace(ref, kind="monitor")  # «الشبكة» of a rights network's own report
            self.known.append((ref, words))
            out.append(ref)
        return out

    def _words(self, ref: SourceRef) -> frozenset[str]:
        text = self.doc.normal.text[ref.start : ref.end]
        words = (w.strip("«»“”\"'()،#_") for w in text.split())
        return frozenset(_bare(w) for w in words if w and w not in _POINTING)

    def _earlier(self, ref: SourceRef, words: frozenset[str]) -> SourceRef | None:
        """The teller named before that ``ref`` names again."""
        own = bool(words & _OWN)
        for known, theirs in reversed(self.known):
            if ref.told_by and ref.told_by == known.told_by and ref.kind == known.kind:
                return known
            if own and theirs & _OWN and (len(words) == 1 or words <= theirs or len(theirs) == 1):
                return known
            if words == theirs or (words <= theirs and (ref.definite or len(words) > 1)):
                return known
            if len(theirs) > 1 and theirs <= words and known.kind == ref.kind:
                return known
        if ref.definite and len(words) == 1 and words & _ANY and self.known:
            stem = next(iter(words))
            if stem in ("مصدر", "مصادر"):
                return self.known[-1][0]
        return None

    def _author(self, sentences: Callable[[int, int], Sentence]) -> list[SourceRef]:
        """Who signs the whole report: a heading like «بيان صادر عن X», «X – إعلان»."""
        normal = self.doc.normal.text
        at = 0
        for line in normal.split("\n", _HEADER_LINES)[:_HEADER_LINES]:
            start, at = at, at + len(line) + 1
            words = line.split()
            if not 2 <= len(words) <= 16 or line.rstrip().endswith("."):
                continue
            if not any(w.strip("«»:–-،") in _STATEMENT for w in words):
                continue
            view = View(self.doc, sentences(start, start + len(line)))
            if (refs := _signed(view)) is not None:
                return self._identify(
                    [replace(r, teller=str(r.start), rule="author of the statement") for r in refs]
                )
        return []


def _long_quotes(doc: Document) -> list[tuple[int, int]]:
    """Quotations long enough to go on over a sentence's end."""
    if not any(mark in doc.normal.text for mark in '«»“”"'):
        return []
    return [q for q in find_quotes(doc.normal.text, doc.tokens) if q[1] - q[0] > 60]


def _signed(view: View) -> list[SourceRef] | None:
    """The author in a heading line: after «عن», «من», «ل» or before a dash."""
    said = [i for i in range(view.first, view.last) if view.text(i) in _STATEMENT]
    if not said or said[0] - view.first > 8:
        return None
    if said[0] > view.first:
        found = teller_at(view, view.first)
        if found is not None and view.text(found.after) in _STATEMENT | {"-", "–", ":", ""}:
            return [found.ref]
    i = said[0] + 1
    while i < min(said[0] + 5, view.last):
        text = view.text(i)
        if text in _STATEMENT or text in (
            "عن",
            "من",
            "رقم",
            "اليوميه",
            "عسكري",
            "هام",
            "عاجل",
            "صحفي",
        ):
            i += 1
            continue
        refs, _ = tellers_at(view, i)
        if refs and refs[0].kind in ("party", "official", "monitor", "medical", "rescue", "local"):
            return refs
        return None
    return None


def _bare(word: str) -> str:
    if word.startswith("لل") and len(word) > 4:
        return word[2:]
    if len(word) > 4 and word[0] in "وف" and word.startswith("ال", 1):
        word = word[1:]
    if word[:1] == "ل" and len(word) > 4:  # «بيان لجبهة …»
        word = word[1:]
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def stretch(start: int, end: int) -> Sentence:
    """An empty sentence over a line of the report."""
    return Sentence(start, end, Block(start, end, "head"), -1, -1)
