"""The grammar of phrases of place: a relation, a unit's word, a name, a quarter.

Reads the significant tokens left to right once; at each token the longest phrase that parses is
taken. Names come from the gazetteer's hits; after a unit's word («قرية») a name may be unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from isnad.coding.document import Document
from isnad.coding.places.geometry import NAMES
from isnad.coding.places.types import Node, Ref
from isnad.coding.places.words import Found, PlaceWord, capitals, is_class, readings
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Gazetteer, NameHit, Sense
from isnad.language.arabic.tokens import Token

TRANSPARENT = frozenset("\"“”«»#_'’‘()[]*")
OPENING, CLOSING = "\"“«'‘(#", "\"”»'’)"
SEPARATORS = frozenset("،,-–—/؛")
DASHES = frozenset("-–—/")
ANY = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك", "فك")
NONE = ("",)
_ADJECTIVES = frozenset(
    ["السكنيه", "المدنيه", "الحدوديه", "الماهوله", "المجاوره", "الواقعه", "المحيطه", "الزراعيه"]
)
_ROAD_WORDS = frozenset(
    ["الدولي", "العام", "السريع", "الرييسي", "الرييس", "الواصل", "الواصله", "الرابط", "الرابطه", "المودي", "الموديه", "الممتد", "الممتده", "الفرعي", "الزراعي", "عام", "دولي", "الحربي", "الصحراوي", "الساحلي", "واصل", "رييسي", "القديم", "الجديد"]
)
_TO = frozenset(["الي", "باتجاه", "نحو", "حتي"])
_KM = frozenset(["كم", "كيلومتر", "كيلومترا", "كيلومترات", "كلم", "كيلو", "ك.م"])
_NUMBERS = {
    "عشره": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "اربعين": 40, "خمسين": 50, "خمسه": 5,
    "ثلاثه": 3, "اربعه": 4, "سته": 6, "سبعه": 7, "ثمانيه": 8, "تسعه": 9, "ستين": 60, "سبعين": 70,
    "ثمانين": 80, "تسعين": 90, "ميه": 100,
}  # fmt: skip
# Unit words too general to introduce an indefinite unknown name.
_GENERAL = frozenset({"منطقة", "إقليم", "مقاطعة", "محافظة", "مثلث", "غابة"})
# Site words after which a single indefinite word may be a name («جامع قباء»).
_NAMED = frozenset({"mosque", "square", "street", "school", "hospital", "checkpoint", "junction"})
_EASY = frozenset({"admin", "site", "natural", "countryside", "compass", "near", "outskirts",
                   "inside", "line", "road", "banks", "bank"})  # fmt: skip
# «المدينة الصناعية», «المنطقة الحرة»: quarters named by an adjective.
_DISTRICTS = frozenset(["الصناعيه", "القديمه", "الجامعيه", "الرياضيه", "الخضراء", "الحره", "الطبيه", "السياحيه"])
# Sites that are spoken of again by their kind alone («السد»).
_AGAIN = frozenset({"prison", "dam", "airport", "crossing", "oilfield", "port"})
# Of the words for nearness only this one belongs to the phrase (the gold's practice).
_KEPT = frozenset({"محيط", "المحيط"})
_COMBINED = {("N", "E"): "NE", ("N", "W"): "NW", ("S", "E"): "SE", ("S", "W"): "SW"}
_SOLITARY_NAMES = re.compile(r"^ال\w{2,}$")


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


@dataclass(slots=True)
class Parser:
    """One document's tokens and hits, and the rules over them."""

    doc: Document
    gazetteer: Gazetteer
    blocked: list[tuple[int, int]] = field(default_factory=list)
    toks: list[Token] = field(default_factory=list)
    hits: dict[int, list[tuple[int, NameHit]]] = field(default_factory=dict)
    _memo: dict[tuple[int, bool], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.toks = [t for t in self.doc.tokens if t.text not in TRANSPARENT]
        index = {t.start: i for i, t in enumerate(self.toks)}
        ends = {t.end: i + 1 for i, t in enumerate(self.toks)}
        blocked = self.blocked
        for hit in self.gazetteer.find(self.doc.normal.text):
            i, after = index.get(hit.word_start), ends.get(hit.end)
            if i is None or after is None:
                continue
            if blocked and any(s < hit.end and hit.start < e for s, e in blocked):
                continue
            self.hits.setdefault(i, []).append((after, hit))
        for found in self.hits.values():
            found.sort(key=lambda h: (-h[0], h[1].start - h[1].word_start))

    # -- reading tokens -------------------------------------------------------------------------

    def found(self, i: int, prefixes: tuple[str, ...] = ANY) -> list[Found]:
        """Listed words at token ``i``, those of several words first."""
        if i >= len(self.toks) or self.toks[i].kind != "word":
            return []
        out = []
        for reading in readings(self.toks[i].text):
            if reading.prefix not in prefixes:
                continue
            for rest, entry in reading.several:
                if all(
                    i + 1 + k < len(self.toks) and self.toks[i + 1 + k].text == w
                    for k, w in enumerate(rest)
                ):
                    out.append(Found(entry, reading.prefix, 1 + len(rest)))
            out += [Found(e, reading.prefix, 1) for e in reading.singles]
        out.sort(key=lambda f: -f.length)
        return out

    def a(self, i: int, cls: str, prefixes: tuple[str, ...] = NONE) -> Found | None:
        """The longest listed word of one class at token ``i``."""
        return next((f for f in self.found(i, prefixes) if f.entry.cls == cls), None)

    def word(self, i: int) -> str:
        """The token's text if it is a word, else an empty string."""
        return self.toks[i].text if 0 <= i < len(self.toks) and self.toks[i].kind == "word" else ""

    def mark(self, i: int) -> str:
        """The token's text if it is a mark."""
        return self.toks[i].text if i < len(self.toks) and self.toks[i].kind == "mark" else ""

    def _between(self, i: int) -> str:
        """What stands between token ``i - 1`` and token ``i``."""
        return self.doc.normal.text[self.toks[i - 1].end : self.toks[i].start] if i else ""

    # -- names ----------------------------------------------------------------------------------

    def known(self, i: int, prefixes: tuple[str, ...], kind: str = "") -> tuple[Ref, int] | None:
        """The longest known name at token ``i`` after one of ``prefixes``."""
        for after, hit in self.hits.get(i, ()):
            prefix = self.doc.normal.text[hit.word_start : hit.start]
            if prefix not in prefixes and not ("ل" in prefixes and not prefix):
                continue
            text = self.doc.normal.text[hit.start : hit.end]
            senses = self.gazetteer.senses(hit.pattern)
            if (
                after == i + 1 and is_class(text, "head") and self._tight(after)
                and self._name_goes_on(after) and (kind or senses[0].weak)
            ):  # fmt: skip
                return None
            if prefix and len(text) <= 3:
                senses = tuple(s._replace(weak=True, doubtful=True) for s in senses)
            return Ref(hit.start, hit.end, text, senses, kind), after
        return None

    def _name_goes_on(self, i: int) -> bool:
        word = self.word(i)
        return bool(word) and not self._stops(i) and not is_class(word, "quarter")

    def _stops(self, i: int) -> bool:
        """Whether token ``i`` cannot be part of an unknown name."""
        word = self.word(i)
        if len(word) < 2 or is_class(word, "notname") or word in _KM:
            return True
        for _, hit in self.hits.get(i, ()):
            if hit.start > hit.word_start and not self.gazetteer.senses(hit.pattern)[0].weak:
                return True
        for f in self.found(i):
            if f.entry.cls in _EASY and not (f.prefix == "" and f.entry.definite):
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
        gap = self._between(i)
        normal = self.doc.normal.text
        if "_" in gap:
            after = i + 1
            while after < len(self.toks) and self._between(after).strip() == "_":
                after += 1
            return self._make(i, after, kind)
        opened = next((c for c in reversed(gap) if c in OPENING and c != "#"), "")
        if opened:
            after = i + 1
            while after < len(self.toks) and after - i <= 4 and self.word(after):
                if any(c in CLOSING for c in self._between(after)):
                    break
                after += 1
            closing = normal[self.toks[after - 1].end : self.toks[after - 1].end + 1]
            if closing and closing in CLOSING:
                return self._make(i, after, kind)
        if self._stops(i) or word.startswith(("وال", "فال", "بال", "كال", "لل")):
            return None
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

    def _tight(self, i: int) -> bool:
        return 0 < i < len(self.toks) and self.toks[i].kind == "word" and (
            self._between(i) in (" ", "_", "  ")
        )  # fmt: skip

    def _make(self, i: int, after: int, kind: str) -> tuple[Ref, int]:
        start, end = self.toks[i].start, self.toks[after - 1].end
        return Ref(start, end, self.doc.normal.text[start:end].replace("_", " "), (), kind), after

    # -- phrases --------------------------------------------------------------------------------

    def phrase(self, i: int, prefixes: tuple[str, ...] = ANY, depth: int = 0) -> Piece | None:
        """The longest phrase of place that begins at token ``i``."""
        if i >= len(self.toks) or depth > 4:
            return None
        best: Piece | None = None
        if self.toks[i].kind == "number" or self.word(i) in _NUMBERS:
            return self._away(i, depth)
        seen: set[str] = set()
        for f in self.found(i, prefixes):
            if f.entry.cls not in _EASY or f.entry.cls in seen:
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
                kind = ""
                return self._after_name(
                    Piece(i, after, [ref], prefix=self.doc.normal.text[self.toks[i].start : ref.start],
                          kind=kind, bare=True)
                )  # fmt: skip
            if after == best.after and len(best.refs) == 1 and after > i + 1:
                # The whole phrase is a name of its own («سد تشرين», «محافظة حلب», «ريف حلب الشرقي»).
                if best.relation != "at" or best.direction:
                    label = "countryside" if best.relation == "countryside" else ""
                    if best.relation == "compass" and best.direction in NAMES:
                        label = f"{NAMES[best.direction]}-of"
                    best = Piece(i, after, [ref], prefix=best.prefix, label=label)
                elif best.kind and kind_of(best.kind).group not in (
                    "site", "land", "water", "region", "camp", "sea", "island"
                ):
                    own = best.refs[0]
                    more = tuple(s for s in own.senses if s not in ref.senses)
                    own.senses = tuple(s._replace(weak=False, doubtful=False) for s in ref.senses) + more
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

    def _admin(self, i: int, f: Found, depth: int) -> Piece | None:
        entry, j = f.entry, i + f.length
        text = self.toks[i].text
        if entry.definite and self.word(j) in _ADJECTIVES:
            j += 1
        if entry.definite:
            quarter = self.a(j, "quarter")
            if quarter:
                return self._part(i, j + quarter.length, quarter.entry.direction, entry)
            demonym = self.a(j, "demonym")
            if demonym and entry.form == "العاصمه":
                return self._capital(i, j, demonym, entry)
            if self.word(j) in _DISTRICTS:
                start = self.toks[i].end - len(entry.form)
                ref = Ref(start, self.toks[j].end, f"{entry.form} {self.word(j)}", (),
                          "industrial", 2.0)  # fmt: skip
                return Piece(i, j + 1, [ref], kind="industrial", radius_km=2.0)
            if not entry.plural and not self._known_after(j, depth) and "_" not in text:
                return self._anaphor(i, j, entry)
        inner = None
        nested = self.found(j, NONE)
        if any(n.entry.cls in _EASY and n.entry.cls not in ("inside",) for n in nested):
            inner = self.phrase(j, NONE, depth + 1)
        if inner is not None and not inner.bare:
            inner.first = i
            if f.entry.kind == "city" and inner.relation == "at" and inner.refs:
                inner.kind = inner.kind or ""
            return inner
        got = self.known(j, NONE, entry.kind) or self.unknown(
            j, entry.kind, general=entry.word in _GENERAL
        )
        if got is None:
            return None
        ref, after = got
        if entry.only and not any(s.entry.country == entry.only for s in ref.senses):
            return None
        ref.radius_km = entry.radius_km
        if ref.senses and entry.kind in ("village", "neighbourhood"):
            after = self._tail(after)
        piece = Piece(
            i, after, [ref], kind=entry.kind, radius_km=entry.radius_km, plural=entry.plural
        )
        self._after_name(piece)
        if entry.plural:
            self._more(piece, entry)
        return piece

    def _capital(self, i: int, j: int, demonym: Found, entry: PlaceWord) -> Piece | None:
        """«العاصمة الأردنية»."""
        name = capitals().get(demonym.entry.kind)
        senses = tuple(
            Sense(e, False) for e in self.gazetteer.lookup(name or "") if e.kind == "city"
        )[:3]
        if not senses:
            return None
        start = self.toks[i].end - len(entry.form)
        ref = Ref(start, self.toks[j].end, entry.form, senses, "city", entry.radius_km)
        ref.country = demonym.entry.kind
        return Piece(i, j + 1, [ref], kind="city", radius_km=entry.radius_km)

    def _known_after(self, j: int, depth: int) -> bool:
        """Whether a name follows a definite unit's word («العاصمة دمشق»)."""
        return bool(self._tight(j) and self.known(j, NONE)) or (
            j < len(self.toks) and any(c in OPENING for c in self._between(j)) and bool(self.word(j))
        )

    def _more(self, piece: Piece, entry: PlaceWord) -> None:
        """Further names of a list: «بلدات أ، ب وج»."""
        while True:
            j = piece.after
            prefixes: tuple[str, ...] = ("و",)
            if self.word(j) == "و":
                j, prefixes = j + 1, ("",)
            elif self.mark(j) in SEPARATORS and self.mark(j):
                j, prefixes = j + 1, ("", "و")
            got = self.known(j, prefixes, entry.kind)
            if got is None:
                word = self.word(j)
                listed = prefixes == ("", "و") and word and not self._stops(j)
                joined = word.startswith("و") and len(word) > 3 and not self._stops(j)
                if not (listed or joined) or self.found(j):
                    return
                start = self.toks[j].start + (1 if word.startswith("و") and len(word) > 3 else 0)
                stem = self.doc.normal.text[start : self.toks[j].end]
                ends = j + 1 >= len(self.toks) or self.toks[j + 1].kind != "word" or (
                    self.word(j + 1)[0] in "وبل" or self._stops(j + 1)
                )  # fmt: skip
                if not ends or is_class(stem, "notname") or stem.endswith("ت"):
                    return
                got = Ref(start, self.toks[j].end, stem, (), entry.kind), j + 1
            ref, after = got
            ref.radius_km = entry.radius_km
            piece.refs.append(ref)
            piece.after = after

    def _anaphor(self, i: int, j: int, entry: PlaceWord) -> Piece:
        start = self.toks[i].start
        token = self.toks[i]
        start = token.end - len(entry.form.split(" ")[0])
        if token.text.startswith("لل") or token.text[1:].startswith("لل"):
            start = token.start
        ref = Ref(start, self.toks[j - 1].end, entry.form, (), entry.kind, entry.radius_km)
        ref.anaphor = True
        return Piece(i, j, [ref], kind=entry.kind, radius_km=entry.radius_km)

    def _part(self, i: int, j: int, direction: str, entry: PlaceWord) -> Piece | None:
        """«الأحياء الشرقية لمدينة حلب», «الريف الغربي», «القرى الغربية»."""
        inner = None
        if self.word(j) == "من" or self.word(j) == "في":
            inner = self.phrase(j + 1, NONE, 3)
        elif self.word(j).startswith("ل"):
            inner = self.phrase(j, ("ل",), 3)
        relation = "countryside" if entry.cls == "countryside" else "at"
        radius = entry.radius_km if entry.cls == "countryside" else None
        if inner is not None and inner.refs and not inner.refs[0].anaphor:
            inner.first, inner.direction, inner.relation = i, direction, relation
            inner.radius_km = radius or inner.radius_km
            inner.kind = inner.kind if relation == "at" else "district"
            return inner
        token = self.toks[i]
        start = token.end - len(entry.form)
        ref = Ref(start, self.toks[j - 1].end, entry.form, (), entry.kind, entry.radius_km)
        ref.anaphor = True
        nisba = self.a(j, "demonym")
        if nisba:
            ref.country, j = nisba.entry.kind, j + 1
        return Piece(i, j, [ref], relation, direction, kind="district", radius_km=25.0)

    def _site(self, i: int, f: Found, depth: int) -> Piece | None:
        entry, j = f.entry, i + f.length
        if j >= len(self.toks):
            return None
        inner = None
        if not entry.definite:
            if any(n.entry.cls in ("admin", "site", "natural") for n in self.found(j, NONE)):
                inner = self.phrase(j, NONE, depth + 1)
            if inner is not None and not inner.bare:
                inner.first, inner.kind, inner.radius_km = i, entry.kind, entry.radius_km
                if inner.refs and inner.refs[0].anaphor:
                    return None
                return inner
            got = self.known(j, NONE, entry.kind)
            if got and all(s.weak or kind_of(s.entry.kind).level < 2 for s in got[0].senses):
                got = None
            got = got or self.unknown(j, entry.kind, site=True)
            if got is None:
                return None
            ref, after = got
            if ref.senses:
                ref.kind = ""
                after = self._tail(after)
            return Piece(i, after, [ref], kind=entry.kind, radius_km=entry.radius_km,
                         plural=entry.plural)  # fmt: skip
        if self._tight(j) and (is_class(self.word(j), "tail") or _SOLITARY_NAMES.match(self.word(j))):
            if self._stops(j) or self.known(j, NONE) or self.a(j, "demonym"):
                return None
            start = self.toks[i].end - len(entry.form)
            end = self.toks[j].end
            ref = Ref(start, end, self.doc.normal.text[start:end], (), entry.kind, entry.radius_km)
            return Piece(i, j + 1, [ref], kind=entry.kind, radius_km=entry.radius_km)
        if entry.kind in _AGAIN and f.length == 1:
            return self._anaphor(i, j, entry)
        return None

    def _natural(self, i: int, f: Found, depth: int) -> Piece | None:
        entry, j = f.entry, i + f.length
        if entry.definite:
            return None
        got = self.known(j, NONE, "") or (
            self.unknown(j, entry.kind) if entry.kind not in ("desert", "sea", "river") else None
        )
        inner = None
        if got is None and entry.kind == "desert":
            inner = self.phrase(j, NONE, depth + 1)
            if inner is None:
                return None
            inner.first, inner.kind, inner.radius_km = i, entry.kind, entry.radius_km
            return inner
        if got is None:
            return None
        ref, after = got
        ref.radius_km = entry.radius_km
        return Piece(i, after, [ref], kind=entry.kind, radius_km=entry.radius_km)

    def _inner(self, j: int, depth: int, prefixes: tuple[str, ...] = NONE) -> Piece | None:
        piece = self.phrase(j, prefixes, depth + 1)
        if piece is None or not piece.refs:
            return None
        if piece.bare:
            f = self.a(piece.after, "quarter")
            if f is None and self._dual_follows(piece):
                self._more_bare(piece)
        return piece

    def _dual_follows(self, piece: Piece) -> bool:
        return False

    def _more_bare(self, piece: Piece) -> None:
        while True:
            j, prefixes = piece.after, ("و",)
            if self.mark(j) in SEPARATORS and self.mark(j):
                j, prefixes = j + 1, ("", "و")  # type: ignore[assignment]
            got = self.known(j, prefixes)
            if got is None:
                return
            piece.refs.append(got[0])
            piece.after = got[1]

    def _near(self, i: int, f: Found, depth: int) -> Piece | None:
        return self._related(i, f, depth, "near")

    def _outskirts(self, i: int, f: Found, depth: int) -> Piece | None:
        return self._related(i, f, depth, "outskirts")

    def _inside(self, i: int, f: Found, depth: int) -> Piece | None:
        inner = self._inner(i + f.length, depth)
        if inner is not None and f.prefix == "" and self.known(i, ANY) is None:
            return inner
        return inner

    def _related(self, i: int, f: Found, depth: int, relation: str) -> Piece | None:
        inner = self._inner(i + f.length, depth, ("", "ب") if f.length == 1 else NONE)
        if inner is None:
            return None
        if relation == "outskirts" or f.entry.form in _KEPT:
            inner.first, inner.bare = i, False
        if inner.relation == "at":
            inner.relation = relation
        return inner

    def _line(self, i: int, f: Found, depth: int) -> Piece | None:
        inner = self._inner(i + f.length, depth)
        if inner is None and not f.entry.definite and self.word(i - 1) in ("علي", "في"):
            got = self.unknown(i + f.length, "frontline")
            if got and not is_class(self.word(i + f.length), "given"):
                inner = Piece(i, got[1], [got[0]])
        if inner is None or inner.refs[0].anaphor:
            return None
        if self.mark(inner.after) in DASHES and self.mark(inner.after):
            other = self.phrase(inner.after + 1, NONE, depth + 1)
            if other is not None and other.refs and other.relation == "at":
                inner.refs += other.refs
                inner.after = other.after
        elif f.entry.plural:
            self._more_bare(inner)
        inner.first = i
        inner.relation, inner.kind = "line", "frontline"
        inner.radius_km = 4.0
        inner.bare = False
        return inner

    def _countryside(self, i: int, f: Found, depth: int) -> Piece | None:
        entry, j = f.entry, i + f.length
        if entry.definite:
            nisba = self.a(j, "nisba")
            if nisba:
                return self._nisba(i, j, nisba)
            quarter = self.a(j, "quarter")
            if quarter:
                nisba = self.a(j + quarter.length, "nisba")
                if nisba:
                    piece = self._nisba(i, j + quarter.length, nisba)
                    if piece:
                        piece.direction = quarter.entry.direction
                    return piece
                return self._part(i, j + quarter.length, quarter.entry.direction, entry)
            return None
        inner = self.phrase(j, NONE, depth + 1)
        if inner is None or not inner.refs:
            return None
        if entry.plural and inner.bare:
            self._more_bare(inner)
        elif entry.plural:
            while (other := self.phrase(inner.after, ("و",), depth + 1)) is not None:
                if other.relation != "at" or other.prefix != "و":
                    break
                inner.refs += other.refs
                inner.after = other.after
        quarter = self.a(inner.after, "quarter")
        if quarter and quarter.entry.direction:
            inner.direction = quarter.entry.direction
            inner.after += quarter.length
        inner.first, inner.relation, inner.bare = i, "countryside", False
        inner.kind, inner.radius_km = "district", entry.radius_km
        while entry.plural and quarter and len(inner.refs) == 1:
            # «ريفي إدلب الجنوبي واللاذقية الشمالي»: each with its own quarter.
            at = (inner.more or [inner])[-1].after
            got = self.known(at, ("و",))
            quarter = self.a(got[1], "quarter") if got else None
            if not got or not quarter:
                break
            inner.more.append(
                Piece(at, got[1] + quarter.length, [got[0]], "countryside",
                      quarter.entry.direction, kind="district", radius_km=entry.radius_km, prefix="و")
            )  # fmt: skip
        return inner

    def _nisba(self, i: int, j: int, f: Found) -> Piece | None:
        after = j + f.length
        entries = self.gazetteer.lookup(f.entry.kind)
        if not entries:
            return None
        token = self.toks[j]
        ref = Ref(token.start, token.end, token.text, tuple(Sense(e, False) for e in entries[:4]))
        piece = Piece(i, after, [ref], "countryside", kind="district", radius_km=25.0)
        quarter = self.a(after, "quarter")
        if quarter:
            piece.direction = quarter.entry.direction
            piece.after += quarter.length
        return piece

    def _compass(self, i: int, f: Found, depth: int) -> Piece | None:
        direction, j = f.entry.direction, i + f.length
        definite = f.entry.definite
        joined = self.a(j, "compass", ("و",))
        if joined and not definite:
            pair = (direction, joined.entry.direction)
            direction = _COMBINED.get(pair) or _COMBINED.get(pair[::-1]) or direction
            j += joined.length
        if self.word(j) == "من":
            j += 1
        demonym = self.a(j, "demonym")
        if definite and demonym:
            ref = self._country(demonym.entry.kind, j)
            if ref is None:
                return None
            after = j + 1
            if self.word(after).startswith("المحرر"):
                after += 1
            return Piece(i, after, [ref], "part", direction, kind="region", radius_km=120.0)
        inner = self._inner(j, depth)
        if inner is None or not inner.refs or inner.relation in ("part",):
            return None
        inner.first, inner.bare = i, False
        if inner.relation in ("at", "near", "outskirts"):
            inner.relation = "compass"
        inner.direction = direction
        return inner

    def _country(self, name: str, j: int) -> Ref | None:
        entries = [e for e in self.gazetteer.lookup(name) if e.kind == "country"]
        if not entries:
            return None
        token = self.toks[j]
        return Ref(token.start, token.end, token.text, (Sense(entries[0], False),))

    def _away(self, i: int, depth: int) -> Piece | None:
        """«30 كم شرق X», «على بعد 12 كيلومترا من X»."""
        token = self.toks[i]
        try:
            value = float(_NUMBERS.get(token.text) or token.text.replace(",", "."))
        except ValueError:
            return None
        if self.word(i + 1) not in _KM or not 0 < value <= 1000:
            return None
        j = i + 2
        if self.word(i + 1) == "كيلو" and self.word(j).startswith("متر"):
            j += 1
        if self.word(j) in ("الي", "من", "عن"):
            j += 1
        piece = self.phrase(j, NONE, depth + 1)
        if piece is None or not piece.refs or piece.refs[0].anaphor:
            return None
        if piece.relation not in ("compass", "at"):
            return None
        if piece.relation == "at":
            piece.relation = "near"
        piece.first, piece.distance_km, piece.bare = i, value, False
        return piece

    def _banks(self, i: int, f: Found, depth: int) -> Piece | None:
        inner = self.phrase(i + f.length, NONE, depth + 1)
        if inner is None or not inner.refs:
            return None
        inner.first, inner.bare = i, False
        inner.relation = "both-banks" if f.entry.cls == "banks" else "bank"
        inner.kind, inner.radius_km = "river", None
        return inner

    _bank = _banks

    def _road(self, i: int, f: Found, depth: int) -> Piece | None:
        if self.word(i - 1) == "عن":
            return None
        j, leads = i + f.length, False
        between = False
        while self.word(j) in _ROAD_WORDS or self.word(j) in _TO or self.word(j) in ("بين", "من"):
            leads |= self.word(j) in _TO
            between |= self.word(j) in ("بين", "من")
            j += 1
        first = self.phrase(j, ("", "ل"), depth + 1)
        if first is None or not first.refs or first.relation != "at" or first.refs[0].anaphor:
            return None
        if not first.refs[0].senses:
            return None
        refs, after = list(first.refs), first.after
        while len(refs) < 4:
            k, prefixes = after, ("و",)
            if self.word(k) == "و" or (self.mark(k) and self.mark(k) in DASHES) or self.word(k) in _TO:
                k, prefixes = k + 1, ("",)
            elif not between and not leads:
                prefixes = ("",)
                if not self._tight(k) or not self.known(k, NONE):
                    break
            elif not between:
                break
            other = self.phrase(k, prefixes, depth + 1)
            if other is None or other.relation != "at" or not other.refs:
                break
            refs += other.refs
            after = other.after
        while self._tight(after) and self.word(after) in ("الدولي", "العام", "السريع"):
            after += 1
        return Piece(i, after, refs, "road", kind="road")

    def between(self, i: int) -> Piece | None:
        """«بين X وY» of two known places smaller than a country."""
        first = self.phrase(i + 1, NONE, 2)
        if first is None or first.relation != "at" or len(first.refs) != 1:
            return None
        lone = self.word(first.after) == "و"
        other = self.phrase(first.after + lone, ("",) if lone else ("و",), 2)
        if other is None or other.relation != "at" or (other.prefix != "و" and not lone):
            return None
        refs = [first.refs[0], *other.refs[:1]]
        for ref in refs:
            if not ref.senses or ref.senses[0].weak or ref.senses[0].entry.kind == "country":
                return None
        return Piece(i, other.after, refs, "between", kind="road")

    # -- the scan -------------------------------------------------------------------------------

    def nodes(self) -> list[Node]:
        """All phrases of place in text order."""
        out: list[Node] = []
        i, size = 0, len(self.toks)
        while i < size:
            token = self.toks[i]
            if token.kind not in ("word", "number"):
                i += 1
                continue
            piece = None
            if token.text in ("بين", "وبين"):
                piece = self.between(i)
            if piece is None and (token.kind == "number" or i in self.hits or token.text in _NUMBERS
                                  or readings(token.text)):  # fmt: skip
                piece = self.phrase(i)
            if piece is None or not piece.refs or piece.after <= i:
                i += 1
                continue
            if self._no_place(piece):
                i = piece.after
                continue
            out += self._nodes_of(piece)
            i = piece.after
            for more in piece.more:
                out += self._nodes_of(more)
                i = more.after
        return out

    def _no_place(self, piece: Piece) -> bool:
        """Whether a bare name belongs to a person's or an organisation's name."""
        if not piece.bare or piece.first == 0 or not self._tight(piece.first):
            return False
        before = self.word(piece.first - 1)
        if not before or piece.prefix:
            return False
        if any(e.entry.cls in ("given", "title") and e.prefix in ("", "و", "ل", "ب")
               for e in self.found(piece.first - 1)):  # fmt: skip
            return True
        return any(
            e.entry.cls == "org" and e.prefix in ANY and not e.entry.definite
            for e in self.found(piece.first - 1)
        )

    def _nodes_of(self, piece: Piece) -> list[Node]:
        first = self.toks[piece.first]
        split = piece.relation == "at" and len(piece.refs) > 1
        end = self._closed(piece, piece.refs[0].end if split else self.toks[piece.after - 1].end)
        start = first.start + len(piece.prefix)
        if piece.prefix.endswith("ل") and first.text[len(piece.prefix) - 1 :].startswith("لل"):
            start -= 1
        elif piece.bare:
            start = piece.refs[0].start
        normal = self.doc.normal.text
        if start == first.start and start and normal[start - 1] == "#":
            start -= 1
        node = Node(
            start, end, first.start, piece.first, piece.after, piece.relation, piece.direction,
            piece.distance_km, piece.kind, piece.radius_km, piece.refs, piece.prefix, piece.plural,
            label=piece.label,
        )  # fmt: skip
        if not split:
            return [node]
        out = []
        for k, ref in enumerate(piece.refs):
            out.append(
                replace(
                    node, refs=[ref], start=start if k == 0 else ref.start,
                    end=end if k == 0 else ref.end, word_start=first.start if k == 0 else ref.start,
                    prefix=piece.prefix if k == 0 else "",
                )
            )  # fmt: skip
        return out

    def _closed(self, piece: Piece, end: int) -> int:
        """The end with a closing quotation mark whose opening one lies inside the phrase."""
        normal = self.doc.normal.text
        inside = normal[self.toks[piece.first].start : end]
        if end < len(normal) and normal[end] in "\"”»" and any(c in "\"“«" for c in inside):
            return end + 1
        return end
