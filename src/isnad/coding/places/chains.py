"""Runs of places («قرية X بريف Y شمال Z»): which one says where, the rest say where that is.

In: the normal form and its places. Out: the places that head a run, in text order.
"""

from __future__ import annotations

from collections.abc import Iterable

from isnad.coding.places.types import PlaceMention

_GAP = 14
"""Code points between two places of one run."""


def heads(text: str, places: Iterable[PlaceMention]) -> list[PlaceMention]:
    """The first of each run, and every member of a list.

    A district or larger that comes first keeps the finer one after it («ريف X، قرية Y»).
    """
    out: list[PlaceMention] = []
    before: PlaceMention | None = None
    for p in sorted(places, key=lambda q: q.start):
        gap = text[before.end : p.word_start] if before is not None else ""
        chained = (
            before is not None
            and not before.heads
            and 0 <= p.word_start - before.end <= _GAP
            and not set(gap) & set(".\n؛")
            and not gap.strip().startswith("و")
            and (before.list_id is None or before.list_id != p.list_id)
        )
        if not chained or before is None or p.level < min(before.level, 3):
            out.append(p)
        before = p
    return out
