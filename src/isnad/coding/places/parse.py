"""The scan: all phrases of place of a document, in text order.

Reads the significant tokens left to right once; at each token the longest phrase that parses is
taken. Names come from the gazetteer's hits; after a unit's word («قرية») a name may be unknown.
"""

from __future__ import annotations

from dataclasses import replace

from isnad.coding.places.reader import ANY, NUMBERS, Piece
from isnad.coding.places.relations import Relations
from isnad.coding.places.types import Node
from isnad.coding.places.words import opens


class Parser(Relations):
    """All rules over one document."""

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
            if piece is None and (token.kind == "number" or i in self.hits or token.text in NUMBERS
                                  or opens(token.text)):  # fmt: skip
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
        if end < len(normal) and normal[end] in '"”»' and any(c in '"“«' for c in inside):
            return end + 1
        return end
