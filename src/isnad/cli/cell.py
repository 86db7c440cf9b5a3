"""A table cell that may hold words of either direction.

Why not plain text: a terminal (or a browser) that reorders Arabic takes direction marks over the
end of a visual line. Words isolated as a whole and then wrapped would leave an isolate open at the
end of the first line and turn the next column round. So the cell wraps first, then isolates each
line's part of the quoted words by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

FSI, PDI = "\u2068", "\u2069"
_LEAST, _HANG = 8, 2
# What a terminal acts on, and marks that would end our isolate or leak out of it.
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def plain(words: str) -> str:
    """``words`` on one line, without control characters and bidi marks of their own."""
    return " ".join(_CONTROLS.sub("", words).split())


def isolate(words: str) -> str:
    """``words`` on one line, isolated so that what stands beside keeps its direction."""
    return FSI + plain(words) + PDI


def shorten(words: str, limit: int = 60) -> str:
    """At most ``limit`` characters, cut at a word where there is one."""
    words = plain(words)
    if len(words) <= limit:
        return words
    cut = words[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip("،؛,; ") + "…"


class Run(NamedTuple):
    """Words of one style; ``quoted`` ones come from the report and are isolated."""

    text: str
    style: str = ""
    quoted: bool = False


class Cell:
    """Lines of runs. Continuations of a line are set in by two columns where there is room."""

    def __init__(self, lines: Iterable[Iterable[Run]]) -> None:
        self.lines = [[run for run in line if run.text] for line in lines]

    def __rich_measure__(self, _: Console, options: ConsoleOptions) -> Measurement:
        widest = max(
            (sum(cell_len(r.text) + 1 for r in line) - 1 for line in self.lines), default=1
        )
        longest = max(
            (cell_len(w) for line in self.lines for r in line for w in r.text.split(" ")), default=1
        )
        least = min(max(longest, _LEAST), widest, options.max_width)
        return Measurement(max(1, least), max(1, min(widest, options.max_width)))

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.lines:
            yield from _wrap(line, max(1, options.max_width))


def _wrap(line: list[Run], width: int) -> Iterator[Text]:
    hang = _HANG if width >= _LEAST + 6 else 0
    row: list[tuple[str, Run]] = []
    used = 0
    for run in line:
        for word in filter(None, run.text.split(" ")):
            for piece in _pieces(word, width, width - hang):
                size = cell_len(piece)
                if row and used + 1 + size > width:
                    yield _visual(row, used > 0 and row[0][0] == "")
                    row, used = [("", run)] if hang else [], hang - 1 if hang else 0
                used += size + bool(row)
                row.append((piece, run))
    if row:
        yield _visual(row, row[0][0] == "")
    elif not line:
        yield Text("")


def _pieces(word: str, width: int, inner: int) -> list[str]:
    """A word that is too long for a line, cut after hyphens (ids have them) or where it must be."""
    if cell_len(word) <= width:
        return [word]
    head, hyphen, tail = word[: inner - 1].rpartition("-")
    if hyphen and len(head) > 2:
        return [head + "-", *_pieces(tail + word[inner - 1 :], width, inner)]
    return chop_cells(word, inner)


def _visual(row: list[tuple[str, Run]], hanging: bool) -> Text:
    out = Text(" " * _HANG if hanging else "", no_wrap=True, end="\n")
    pieces = row[1:] if hanging else row
    for i, (piece, run) in enumerate(pieces):
        before = pieces[i - 1][1] if i else None
        after = pieces[i + 1][1] if i + 1 < len(pieces) else None
        if run.quoted and before is not run:
            piece = FSI + piece
        if run.quoted and after is not run:
            piece += PDI
        out.append(piece, style=run.style)
        if after is not None:
            out.append(" ", style=run.style if after is run else "")
    return out
