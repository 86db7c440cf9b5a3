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
    used, hanging = 0, False
    for run in line:
        for word in filter(None, run.text.split(" ")):
            for i, piece in enumerate(_pieces(word, width - hang if row else width, width - hang)):
                size = cell_len(piece)
                if row and (i or used + 1 + size > width):
                    yield _visual(row, hanging)
                    row, used, hanging = [], hang, bool(hang)
                used += size + bool(row)
                row.append((piece, run))
    yield _visual(row, hanging)


def _pieces(word: str, first: int, rest: int) -> list[str]:
    """A word that is too long for a line, cut after hyphens (ids have them) or where it must be."""
    out = []
    room = first
    while cell_len(word) > room:
        cut = word.rfind("-", 0, room) + 1
        if cut <= 3:
            cut = len(chop_cells(word, room)[0])
        out.append(word[:cut])
        word, room = word[cut:], rest
    return [*out, word]


def _visual(row: list[tuple[str, Run]], hanging: bool) -> Text:
    out = Text(" " * _HANG if hanging else "", no_wrap=True, end="\n")
    for i, (piece, run) in enumerate(row):
        before = row[i - 1][1] if i else None
        after = row[i + 1][1] if i + 1 < len(row) else None
        opening = FSI if run.quoted and before is not run else ""
        closing = PDI if run.quoted and after is not run else ""
        out.append(f"{opening}{piece}{closing}", style=run.style)
        if after is not None:
            out.append(" ", style=run.style if after is run else "")
    return out
