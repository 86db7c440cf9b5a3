"""A sentence laid out for reading tellers: by token, what begins there.

In: a document and a :class:`Sentence` filled by ``scan``. Out: :class:`View`.
"""

from __future__ import annotations

from bisect import bisect_left

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.sentence import Mark, Sentence, Trig
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.tokens import Token

OPENING = frozenset('«“"‹(#[‘')
CLOSING = frozenset('»”"›)]’')
QUOTES = OPENING | CLOSING | frozenset("_'")
COMMAS = frozenset("،,؛")
THAT = word_list("that")
"""«أنّ» and its like: what is told begins here."""


class View:
    """Tokens ``first`` up to ``last`` of the document, with the marks and mentions at each."""

    def __init__(self, doc: Document, sentence: Sentence) -> None:
        tokens = doc.tokens
        self.doc = doc
        self.sentence = sentence
        self.tokens: list[Token] = tokens
        self.first = bisect_left(tokens, sentence.start, key=_start)
        self.last = bisect_left(tokens, sentence.end, key=_start)
        self.heads: dict[int, Mark] = {}
        for h in sentence.heads:
            known = self.heads.get(h.word_start)
            if known is None or h.end > known.end:
                self.heads[h.word_start] = h
        self.actors: dict[int, ActorMention] = {}
        for m in sentence.actors:
            self.actors.setdefault(m.word_start, m)
        self.reports: dict[int, Mark] = {}
        for r in sentence.reports:  # «نفى» and «نفي» look alike: the verb goes first
            if r.word_start not in self.reports or r.kind in ("verb", "accuse"):
                self.reports[r.word_start] = r
        self.triggers: dict[int, Trig] = {t.word_start: t for t in sentence.triggers}
        self.times: dict[int, int] = {}
        for t in sentence.times:
            self.times.setdefault(t.start, t.end)
        self.places = {p.word_start: p for p in sentence.places}

    def index(self, at: int) -> int:
        """The first token that begins at or after the offset ``at``."""
        return bisect_left(self.tokens, at, self.first, self.last, key=_start)

    def text(self, i: int) -> str:
        """The token's text; "" outside the sentence."""
        return self.tokens[i].text if self.first <= i < self.last else ""

    def skip_time(self, i: int) -> int:
        """The token after the time expression that begins at ``i``; ``i`` if none does."""
        token = self.tokens[i]
        end = self.times.get(token.start)
        if end is None and token.text[:1] in "وب":
            end = self.times.get(token.start + 1)
        return max(i + 1, self.index(end)) if end is not None else i

    def bare(self, i: int) -> str:
        """The word without conjunction and article: «والمصادر» → «مصادر»."""
        word = self.text(i)
        if len(word) > 4 and word[0] in "وف" and word.startswith("ال", 1):
            return word[3:]
        if len(word) > 3 and word.startswith(("ال", "لل")):
            return word[2:]
        return word


def _start(token: Token) -> int:
    return token.start
