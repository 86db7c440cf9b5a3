"""What the layout hands on: a stretch of the report and its kind."""

from __future__ import annotations

from dataclasses import dataclass

TELLING = frozenset({"title", "body", "item", "head"})
"""The kinds that tell the report; ``caption`` and ``dateline`` only date and place it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the report: half-open offsets in the normal form and its ``kind``.

    ``kind`` is ``title`` (the headline, at its first telling), ``body`` (running text or a post's
    line), ``item`` (one line of a bulletin or list), ``head`` (a heading inside the text, which
    governs the lines below it), ``caption`` (of a picture) or ``dateline`` (day, place and author
    beside the title). ``head`` holds the offsets of the heading that governs the block, of the
    block's own opening words if they are one («حلب:: …»).
    """

    start: int
    end: int
    kind: str
    head: tuple[int, int] | None = None
