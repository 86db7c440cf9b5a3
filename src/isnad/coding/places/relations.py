"""Phrases that open with how a place is meant: near, countryside, directions, lines, roads."""

from __future__ import annotations

from isnad.coding.places.reader import (
    DASHES,
    KILOMETRES,
    MILE_KM,
    MILES,
    NONE,
    NUMBERS,
    SEA_MILE_KM,
    SEPARATORS,
    Piece,
)
from isnad.coding.places.types import Ref
from isnad.coding.places.units import Units
from isnad.coding.places.words import Found, is_class, listed
from isnad.knowledge.gazetteer.store import Sense

_ROAD_WORDS = listed(
    "الدولي العام السريع الرئيسي الواصل الواصلة الرابط الرابطة المؤدي المؤدية الممتد الممتدة "
    "الفرعي الزراعي عام دولي الحربي الصحراوي الساحلي واصل رئيسي القديم الجديد"
)
_TO = listed("إلى باتجاه نحو حتى")
_FROM = listed("إلى من عن")
# Of the words for nearness only this one belongs to the phrase (the gold's practice).
_KEPT = listed("محيط المحيط")
_COMBINED = {("N", "E"): "NE", ("N", "W"): "NW", ("S", "E"): "SE", ("S", "W"): "SW"}


class Relations(Units):
    """The rules for relations."""

    def _inner(self, j: int, depth: int, prefixes: tuple[str, ...] = NONE) -> Piece | None:
        piece = self.phrase(j, prefixes, depth + 1)
        if piece is None or not piece.refs:
            return None
        if piece.bare and self.a(piece.after, "quarter") is None:
            self._more_bare(piece)
        return piece

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
        return self._inner(i + f.length, depth)

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
                Piece(
                    at, got[1] + quarter.length, [got[0]], "countryside", quarter.entry.direction,
                    kind="district", radius_km=entry.radius_km, prefix="و",
                )
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

    def _away(self, i: int, depth: int) -> Piece | None:
        """«30 كم شرق X», «على بعد 12 كيلومترا من X»."""
        token = self.toks[i]
        try:
            value = float(NUMBERS.get(token.text) or token.text.replace(",", "."))
        except ValueError:
            return None
        j = i + 2
        if self.word(i + 1) in MILES:
            at_sea = self.word(j).startswith("بحري")
            value *= SEA_MILE_KM if at_sea else MILE_KM
            j += at_sea
        elif self.word(i + 1) not in KILOMETRES:
            return None
        if not 0 < value <= 1000:
            return None
        if self.word(i + 1) == "كيلو" and self.word(j).startswith("متر"):
            j += 1
        if self.word(j) in _FROM:
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
            dash = bool(self.mark(k)) and self.mark(k) in DASHES
            if dash or self.word(k) == "و" or self.word(k) in _TO:
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
        for ref, mate in zip(refs, reversed(refs), strict=True):
            if not ref.senses or ref.senses[0].entry.kind == "country":
                return None
            entry = ref.senses[0].entry
            if ref.senses[0].weak and not (  # «بين غاو وكيدال»: the other shows it
                mate.senses and not mate.senses[0].weak
                and mate.senses[0].entry.country == entry.country
            ):  # fmt: skip
                return None
        return Piece(i, other.after, refs, "between", kind="road")
