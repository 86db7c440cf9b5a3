"""Reading tokens: listed words, known and unknown names, and the longest phrase at a token.

The rules for each class of words are in :mod:`units` and :mod:`relations` (a method ``_cls`` for
each class of words); the scan is in :mod:`parse`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import accumulate

from isnad.coding.document import Document
from isnad.coding.places.geometry import NAMES
from isnad.coding.places.types import Ref
from isnad.coding.places.words import OPENERS, Found, is_class, listed, listed_word
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Gazetteer, NameHit
from isnad.language.arabic.tokens import Token

TRANSPARENT = frozenset("\"“”«»#_'’‘()[]*")
OPENING, CLOSING = "\"“«'‘(#", "\"”»'’)"
SEPARATORS = frozenset("،,-–—/؛")
DASHES = frozenset("-–—/")
ANY = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك", "فك")
NONE = ("",)
KILOMETRES = listed("كم كيلومتر كيلومترا كيلومترات كلم كيلو")
MILES = listed("ميل ميلا أميال")
MILE_KM, SEA_MILE_KM = 1.609, 1.852
NUMBERS = {
    "عشره": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "اربعين": 40, "خمسين": 50, "خمسه": 5,
    "ثلاثه": 3, "اربعه": 4, "سته": 6, "سبعه": 7, "ثمانيه": 8, "تسعه": 9, "ستين": 60, "سبعين": 70,
    "ثمانين": 80, "تسعين": 90, "ميه": 100,
}  # fmt: skip
# Site kinds after whose word a single indefinite word may be a name («جامع قباء»).
_NAMED = frozenset({"mosque", "square", "street", "school", "hospital", "checkpoint", "junction"})
# And with a word that begins with hamza: no name.
_JOINED = ("وأ", "وإ", "فأ", "فإ")
# Groups of kinds whose whole name is rather the thing itself than its unit and a name.
_THINGS = frozenset({"site", "land", "water", "region", "camp", "sea", "island"})


@dataclass(slots=True)
class Piece:
    """A parsed stretch of tokens ``[first, after)``."""

    first: int
    after: int
    refs: list[Ref]
    relation: str = "at"
    direction: str = ""
    distance_km: float | None = None
    kind: str = ""
    radius_km: float | None = None
    prefix: str = ""
    plural: bool = False
    bare: bool = False
    label: str = ""
    more: list[Piece] = field(default_factory=list)


def _running(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Starts in order, and for each how far the spans up to it reach: overlap by one search."""
    ordered = sorted(spans)
    return [s for s, _ in ordered], list(accumulate((e for _, e in ordered), max))


@dataclass
class Reader:
    """One document's tokens and hits."""

    doc: Document
    gazetteer: Gazetteer
    blocked: list[tuple[int, int]] = field(default_factory=list)
    toks: list[Token] = field(default_factory=list)
    hits: dict[int, list[tuple[int, NameHit]]] = field(default_factory=dict)
    listed_at: dict[int, list[Found]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.toks = [t for t in self.doc.tokens if t.text not in TRANSPARENT]
        index = {t.start: i for i, t in enumerate(self.toks)}
        ends = {t.end: i + 1 for i, t in enumerate(self.toks)}
        starts, reach = _running(self.blocked)
        for hit in self.gazetteer.find(self.doc.normal.text):
            i, after = index.get(hit.word_start), ends.get(hit.end)
            if i is None or after is None:
                continue
            before = bisect_left(starts, hit.end)
            if before and reach[before - 1] > hit.start:
                continue
            if self._other_word(hit.start, hit.end):
                continue
            self.hits.setdefault(i, []).append((after, hit))
        for found in self.hits.values():
            found.sort(key=lambda h: (-h[0], h[1].start - h[1].word_start))

    def _other_word(self, start: int, end: int) -> bool:
        """Whether the text's own letters tell another word than the normal form: «وأدى» is no
        «وادي», «حلفائه» no «حلفاية»."""
        source = self.doc.normal.quote(start, end)
        return (source[1:2] == "أ" and source[:1] == "و") or source.endswith("ائه")

    def found(self, i: int, prefixes: tuple[str, ...] = ANY) -> list[Found]:
        """Listed words at token ``i`` after one of ``prefixes``, those of several words first."""
        known = self.listed_at.get(i)
        if known is None:
            known = self.listed_at[i] = self._listed(i)
        if prefixes is ANY or not known:
            return known
        return [f for f in known if f.prefix in prefixes]

    def _listed(self, i: int) -> list[Found]:
        if not 0 <= i < len(self.toks) or self.toks[i].kind != "word":
            return []
        token = self.toks[i]
        single, several = listed_word(token.text)
        if token.text.startswith("وا") and self._other_word(token.start, token.end):
            single = [f for f in single if f.prefix]
            several = tuple(s for s in several if s[2])
        if not several:
            return single
        out = [
            Found(entry, prefix, 1 + len(rest))
            for rest, entry, prefix in several
            if all(self.word(i + 1 + k) == w for k, w in enumerate(rest))
        ]
        out.sort(key=lambda f: -f.length)
        return out + single

    def a(self, i: int, cls: str, prefixes: tuple[str, ...] = NONE) -> Found | None:
        """The longest listed word of one class at token ``i``."""
        for f in self.found(i):
            if f.entry.cls == cls and f.prefix in prefixes:
                return f
        return None

    def word(self, i: int) -> str:
        """The token's text if it is a word, else an empty string."""
        return self.toks[i].text if 0 <= i < len(self.toks) and self.toks[i].kind == "word" else ""

    def mark(self, i: int) -> str:
        """The token's text if it is a mark."""
        return self.toks[i].text if i < len(self.toks) and self.toks[i].kind == "mark" else ""

    def gap(self, i: int) -> str:
        """What stands between token ``i - 1`` and token ``i``."""
        return self.doc.normal.text[self.toks[i - 1].end : self.toks[i].start] if i else ""

    def _tight(self, i: int) -> bool:
        return 0 < i < len(self.toks) and self.toks[i].kind == "word" and (
            self.gap(i) in (" ", "_", "  ")
        )  # fmt: skip

    def known(self, i: int, prefixes: tuple[str, ...], kind: str = "") -> tuple[Ref, int] | None:
        """The longest known name at token ``i`` after one of ``prefixes``."""
        for after, hit in self.hits.get(i, ()):
            prefix = self.doc.normal.text[hit.word_start : hit.start]
            if prefix not in prefixes and not ("ل" in prefixes and not prefix):
                continue
            if prefix and is_class(self.doc.normal.text[hit.word_start : hit.end], "whole"):
                continue  # «لفترة وجيزة»: no «و» and «جيزة»
            text = self.doc.normal.text[hit.start : hit.end]
            senses = self.gazetteer.senses(hit.pattern)
            if (
                after == i + 1 and is_class(text, "head") and self._tight(after)
                and self._name_goes_on(after) and (kind or senses[0].weak)
            ):  # fmt: skip
                return None
            short = 3 if senses[0].entry.source.startswith("isnad") else 5
            if prefix and len(text) <= short:
                senses = tuple(s._replace(weak=True, doubtful=True) for s in senses)
            return Ref(hit.start, hit.end, text, senses, kind), after
        return None

    def _name_goes_on(self, i: int) -> bool:
        word = self.word(i)
        return bool(word) and not self._stops(i) and not is_class(word, "quarter")

    def _stops(self, i: int) -> bool:
        """Whether token ``i`` cannot be part of an unknown name."""
        word = self.word(i)
        if len(word) < 2 or is_class(word, "notname") or word in KILOMETRES or word in MILES:
            return True
        for _, hit in self.hits.get(i, ()):
            if hit.start > hit.word_start and not self.gazetteer.senses(hit.pattern)[0].weak:
                return True
        for f in self.found(i):
            if f.entry.cls in OPENERS and not (f.prefix == "" and f.entry.definite):
                return f.entry.cls not in ("site", "natural") or bool(f.prefix)
            if f.entry.cls == "link":
                return True
        return False

    def unknown(
        self, i: int, kind: str, site: bool = False, general: bool = False
    ) -> tuple[Ref, int] | None:
        """A name the gazetteer lacks, after a unit's word: one word, or several if it goes on."""
        word = self.word(i)
        if not word:
            return None
        gap = self.gap(i)
        normal = self.doc.normal.text
        if "_" in gap:
            after = i + 1
            while after < len(self.toks) and self.gap(after).strip() == "_":
                after += 1
            return self._make(i, after, kind)
        opened = next((c for c in reversed(gap) if c in OPENING and c != "#"), "")
        if opened:
            after = i + 1
            while after < len(self.toks) and after - i <= 4 and self.word(after):
                if any(c in CLOSING for c in self.gap(after)):
                    break
                after += 1
            closing = normal[self.toks[after - 1].end : self.toks[after - 1].end + 1]
            if closing and closing in CLOSING:
                return self._make(i, after, kind)
        if self._stops(i) or word.startswith(("وال", "فال", "بال", "كال", "لل")):
            return None
        if word[:1] in "بلو" and is_class(word[1:], "notname"):
            return None  # «أصيب مزارع بانفجار لغم»
        if self.doc.normal.quote(self.toks[i].start, self.toks[i].end)[:2] in _JOINED:
            return None  # «ثلاثة بحارة وأصيب أربعة»
        head = is_class(word, "head")
        definite = word.startswith("ال")
        if not definite and not head:
            if general or (site and kind not in _NAMED):
                return None
            if word.endswith(("يه", "ات", "ين", "ون")) and len(word) > 5:
                return None
        if definite and word.endswith("يه") and general and len(word) > 6:
            return None
        after = i + 1
        if head:
            if not self._name_goes_on(after) or not self._tight(after):
                return None if not definite else self._make(i, after, kind)
            if is_class(self.word(after), "head") and self._name_goes_on(after + 1):
                after += 1
            after += 1
        elif is_class(word, "given") and self._tight(after) and self._name_goes_on(after):
            after += 1
            if self.word(after - 1) in ("بن", "ابن") and self._name_goes_on(after):
                after += 1
        elif not definite and self._tight(after) and self._name_goes_on(after):
            # An indefinite noun before a definite one: one name of two words («كويت الرحمة»); so is
            # a word that is a name only by chance («ملوك سراي»).
            hits = self.hits.get(after, ())
            if (self.word(after).startswith("ال") and not is_class(self.word(after), "tail")) or (
                hits and all(s.weak for s in self.gazetteer.senses(hits[0][1].pattern))
            ):  # fmt: skip
                after += 1
        return self._make(i, self._tail(after), kind)

    def _tail(self, after: int) -> int:
        """The index after adjectives that belong to a name («الكبير», «الفوقاني»)."""
        while self._tight(after) and is_class(self.word(after), "tail"):
            if is_class(self.word(after), "compass") and (
                self.phrase(after + 1, NONE, 3) is not None or self.word(after + 1) == "من"
            ):
                break
            after += 1
        return after

    def _make(self, i: int, after: int, kind: str) -> tuple[Ref, int]:
        start, end = self.toks[i].start, self.toks[after - 1].end
        return Ref(start, end, self.doc.normal.text[start:end].replace("_", " "), (), kind), after

    def phrase(self, i: int, prefixes: tuple[str, ...] = ANY, depth: int = 0) -> Piece | None:
        """The longest phrase of place that begins at token ``i``."""
        if i >= len(self.toks) or depth > 4:
            return None
        best: Piece | None = None
        if self.toks[i].kind == "number" or self.word(i) in NUMBERS:
            away: Piece | None = getattr(self, "_away")(i, depth)  # noqa: B009
            return away
        seen: set[str] = set()
        for f in self.found(i, prefixes):
            if f.entry.cls not in OPENERS or f.entry.cls in seen:
                continue
            seen.add(f.entry.cls)
            piece = getattr(self, f"_{f.entry.cls}")(i, f, depth)
            if piece is not None:
                if piece.first == i:
                    piece.prefix = f.prefix
                if best is None or piece.after > best.after:
                    best = piece
        got = self.known(i, prefixes)
        if got is not None:
            ref, after = got
            if best is None or after > best.after:
                prefix = self.doc.normal.text[self.toks[i].start : ref.start]
                return self._after_name(Piece(i, after, [ref], prefix=prefix, bare=True))
            if after == best.after and len(best.refs) == 1 and after > i + 1:
                # The whole phrase is a name of its own («سد تشرين», «ريف حلب الشرقي»).
                if best.relation != "at" or best.direction:
                    label = "countryside" if best.relation == "countryside" else ""
                    if best.relation == "compass" and best.direction in NAMES:
                        label = f"{NAMES[best.direction]}-of"
                    best = Piece(i, after, [ref], prefix=best.prefix, label=label)
                elif best.kind and kind_of(best.kind).group not in _THINGS:
                    own = best.refs[0]
                    whole = tuple(s._replace(weak=False, doubtful=False) for s in ref.senses)
                    own.senses = whole + tuple(s for s in own.senses if s not in ref.senses)
                else:
                    ref.kind = best.kind
                    best = replace(best, refs=[ref], relation="at", radius_km=None, kind="")
        return best

    def _after_name(self, piece: Piece) -> Piece:
        """An adjective of a country after the name: «طرابلس اللبنانية»."""
        f = self.a(piece.after, "demonym")
        if f and len(piece.refs) == 1 and self._tight(piece.after):
            piece.refs[0].country = f.entry.kind
            piece.after += 1
        return piece
