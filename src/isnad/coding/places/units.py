"""Phrases that open with what a place is: units («قرية»), sites («جسر»), natural things («جبل»)."""

from __future__ import annotations

import re

from isnad.coding.places.reader import NONE, OPENING, SEPARATORS, Piece, Reader
from isnad.coding.places.types import Ref
from isnad.coding.places.words import OPENERS, Found, PlaceWord, capitals, is_class, listed
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Sense

_ADJECTIVES = listed("السكنية المدنية الحدودية المأهولة المجاورة الواقعة المحيطة الزراعية")
# Unit words too general to introduce an indefinite unknown name.
_GENERAL = frozenset({"منطقة", "إقليم", "مقاطعة", "محافظة", "مثلث", "غابة"})
# «المدينة الصناعية», «المنطقة الحرة»: quarters named by an adjective.
_DISTRICTS = listed("الصناعية القديمة الجامعية الرياضية الخضراء الحرة الطبية السياحية")
# Sites that are spoken of again by their kind alone («السد»).
_AGAIN = frozenset({"prison", "dam", "airport", "crossing", "oilfield", "port"})
_DEFINITE = re.compile(r"^ال\w{2,}$")


class Units(Reader):
    """The rules for units, sites and natural things."""

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
            if not entry.plural and not self._known_after(j) and "_" not in text:
                return self._anaphor(i, j, entry)
        inner = None
        nested = self.found(j, NONE)
        if any(n.entry.cls in OPENERS and n.entry.cls not in ("inside",) for n in nested):
            inner = self.phrase(j, NONE, depth + 1)
        if inner is not None and not inner.bare:
            inner.first = i
            if f.entry.kind == "city" and inner.relation == "at" and inner.refs:
                inner.kind = inner.kind or ""
            return inner
        got = self.known(j, NONE, entry.kind)
        if got is None and not (entry.definite and self._tight(j)):
            # «حراس القرى بدعم من …»: after the article a name must be known or stand in marks
            got = self.unknown(j, entry.kind, general=entry.word in _GENERAL)
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
        named = self.known(j + 1, NONE) if self._tight(j + 1) else None  # «… الصومالية مقديشو»
        same = named is not None and {s.entry.n for s in named[0].senses} & {
            s.entry.n for s in senses
        }
        after = named[1] if named is not None and same else j + 1
        return Piece(i, after, [ref], kind="city", radius_km=entry.radius_km)

    def _known_after(self, j: int) -> bool:
        """Whether a name follows a definite unit's word («العاصمة دمشق»)."""
        return bool(self._tight(j) and self.known(j, NONE)) or (
            bool(self.word(j)) and any(c in OPENING for c in self.gap(j))
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
        if self._tight(j) and (is_class(self.word(j), "tail") or _DEFINITE.match(self.word(j))):
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

    def _country(self, name: str, j: int) -> Ref | None:
        entries = [e for e in self.gazetteer.lookup(name) if e.kind == "country"]
        if not entries:
            return None
        token = self.toks[j]
        return Ref(token.start, token.end, token.text, (Sense(entries[0], False),))
