"""The lines of a page: what stands beside each other, from left to right.

pypdf's plain text puts numbers in a line of Arabic at the wrong words, so that what it gives cannot
be used for reports of casualties. Its layout mode knows where each piece stands; that is used here,
piece by piece, hence the narrow pin in pyproject.toml.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

_MOST = 8 << 20  # bytes of a page's drawing; pages of text have a few thousand
_STEPS = 1_000_000  # operators of a page and its forms
_DEPTH = 8  # forms in forms
_GAP = 0.5  # of a blank's width, from which two pieces are two words
_SAME = 0.5  # of the letters' height, within which pieces stand on one line


class Line(NamedTuple):
    """A line: its characters from left to right, and how far it stands below the one before.

    ``drop`` is in heights of its letters; a new page begins with 0. ``height`` is in points.
    """

    text: str
    drop: float
    height: float


class TooLong(ValueError):
    """A page whose drawing is longer than any page of text."""


class _Piece(NamedTuple):
    x: float
    end: float
    y: float
    height: float
    blank: float
    text: str


def lines_of(page: Any) -> Iterator[Line]:
    """The lines of a page of pypdf's, from the top.

    Raises:
        TooLong: if it is longer than any page of text.
    """
    pieces = list(_pieces(page))
    pieces.sort(key=lambda p: -p.y)
    at = 0
    before: float | None = None
    while at < len(pieces):
        first, end = pieces[at], at
        while end < len(pieces) and first.y - pieces[end].y <= _SAME * first.height:
            end += 1
        text = _joined(pieces[at:end])
        if text.strip():
            drop = (before - first.y) / first.height if before is not None else 0.0
            yield Line(text, drop, first.height)
            before = first.y
        at = end


def _joined(pieces: list[_Piece]) -> str:
    out: list[str] = []
    last: _Piece | None = None
    for piece in sorted(pieces, key=lambda p: p.x):
        if last is not None and piece.x - last.end > _GAP * (last.blank or last.height / 4):
            out.append(" ")
        out.append(piece.text)
        if last is None or piece.end > last.end:
            last = piece
    return " ".join("".join(out).split())


def _pieces(page: Any) -> Iterator[_Piece]:
    """What is shown, where; a mark of a letter stays with the piece that it was drawn beside."""
    last: _Piece | None = None
    for shown in _shown(page):
        if shown.rotated or not shown.font.interpretable or not shown.text:
            continue
        sign = -1 if shown.flip_vertical else 1
        scale = abs(shown.transform[0]) or 1.0
        height = max(shown.font_height, 0.1)
        one = _Piece(
            shown.tx,
            shown.displaced_tx,
            shown.ty * sign,
            height,
            shown.space_tx * scale,
            shown.text,
        )
        beside = last is not None and abs(one.y - last.y) < height
        if last is not None and beside and (_marks(one.text) or _marks(last.text[-1:])):
            x, end = min(last.x, one.x), max(last.end, one.end)
            last = last._replace(x=x, end=end, text=last.text + one.text)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _marks(text: str) -> bool:
    return bool(text) and all(unicodedata.bidirectional(c) == "NSM" for c in text)


def _shown(page: Any) -> Iterator[Any]:
    from pypdf._text_extraction._layout_mode._fixed_width_page import (
        recurse_to_target_op,
        set_font_operation,
    )
    from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager

    contents = page.get_contents()
    if contents is None:
        return
    drawing = _Drawing(page)
    operations = drawing.operations(contents, page.get("/Resources"), "", 0)
    state = TextStateManager()
    for operands, op in operations:
        if op in (b"BT", b"q"):
            target: Any = b"ET" if op == b"BT" else b"Q"
            yield from recurse_to_target_op(operations, state, target, drawing.fonts, False)[1]
        elif op == b"Tf":
            set_font_operation(state, drawing.fonts, operands)
        elif op == b"cm":
            state.add_cm(*operands)
        else:
            state.set_state_param(op, operands)


class _Drawing:
    """What draws a page, with the forms that it uses put in their places."""

    def __init__(self, page: Any) -> None:
        self.pdf, self.left = page.pdf, _STEPS
        self.fonts: dict[str, Any] = page._layout_mode_fonts()
        for font in self.fonts.values():
            _turn_ligatures(font)

    def operations(self, contents: Any, resources: Any, prefix: str, depth: int) -> Iterator[Any]:
        """Operands and operators; fonts of a form are named by its way from the page.

        Raises:
            TooLong: if they are more than any page of text has.
        """
        from pypdf.generic import ContentStream

        if len(contents.get_data()) > _MOST:
            raise TooLong
        for operands, op in ContentStream(contents, self.pdf, "bytes").operations:
            self.left -= 1
            if self.left < 0:
                raise TooLong
            if op == b"Do" and operands:
                yield from self._form(str(operands[0]), resources, prefix, depth)
            elif op == b"Tf" and operands:
                yield [prefix + str(operands[0]), *operands[1:]], op
            else:
                yield operands, op

    def _form(self, name: str, resources: Any, prefix: str, depth: int) -> Iterator[Any]:
        form = _below(_below(resources, "/XObject"), name)
        if form is None or form.get("/Subtype") != "/Form":
            return
        if depth >= _DEPTH:
            raise TooLong
        own = _below(form, "/Resources")
        inner = prefix
        if own is not None:
            inner = f"{prefix}{name}/"
            self._add_fonts(_below(own, "/Font"), inner)
        yield [], b"q"
        if (matrix := _below(form, "/Matrix")) is not None:
            yield list(matrix), b"cm"
        yield from self.operations(form, own if own is not None else resources, inner, depth + 1)
        yield [], b"Q"

    def _add_fonts(self, fonts: Any, prefix: str) -> None:
        from pypdf.generic._font import Font

        for name in fonts or ():
            if prefix + name not in self.fonts:
                font = Font.from_font_resource(fonts[name].get_object())
                _turn_ligatures(font)
                self.fonts[prefix + name] = font


def _below(holder: Any, name: str) -> Any:
    """What a dictionary of the file holds by a name, ``None`` if nothing."""
    value = holder.get_object().get(name) if holder is not None else None
    return value.get_object() if value is not None else None


def _turn_ligatures(font: Any) -> None:
    """Letters of one glyph as they would stand from left to right, like all others of the line."""
    for glyph, letters in font.character_map.items():
        if len(letters) > 1 and unicodedata.bidirectional(letters[0]) in ("R", "AL"):
            font.character_map[glyph] = letters[::-1]
