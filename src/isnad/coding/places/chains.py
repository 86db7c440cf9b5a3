"""Runs of places («قرية X بريف Y شمال Z»): which one says where, the rest say where that is.

In: the normal form and its places. Out: the places that head a run, in text order.
"""

from __future__ import annotations

from collections.abc import Iterable

from isnad.coding.places.types import PlaceMention
from isnad.coding.places.words import listed

_GAP = 14
"""Code points between two places of one run."""
_TO = listed("إلى نحو باتجاه صوب تجاه حتى")
"""Where something goes says nothing of where the place before lies."""


def heads(text: str, places: Iterable[PlaceMention]) -> list[PlaceMention]:
    """The first of each run, and every member of a list.

    A district or larger that comes first keeps the finer one after it («ريف X، قرية Y»), unless
    that only says where the first lies («منطقة X جنوب مدينة Y»).
    """
    out: list[PlaceMention] = []
    run: list[PlaceMention] = []
    for p in sorted(places, key=lambda q: q.start):
        before = run[-1] if run else None
        gap = text[before.end : p.word_start] if before is not None else ""
        chained = (
            before is not None
            and not before.heads
            and 0 <= p.word_start - before.end <= _GAP
            and not set(gap) & set(".\n؛")
            and not (gap.strip().startswith("و") and gap.split()[0] != "وسط")
            and not _TO & set(gap.split())
            and (before.list_id is None or before.list_id != p.list_id)
        )
        if not chained:
            run = []
        if not run or (p.level < min(q.level for q in run) and not _says_where(p, run)):
            out.append(p)
        run.append(p)
    return out


def _says_where(p: PlaceMention, run: list[PlaceMention]) -> bool:
    """Whether ``p`` tells where a place of the run lies, and not where in it something was.

    «محافظة مأرب شرق صنعاء» is in Marib; «محافظة حلب، شرق منبج» is near Manbij.
    """
    if any(q.holder == p.start for q in run):
        return True
    last = run[-1]
    if not p.relation.endswith("-of") or last.relation != "at":
        return False
    return last.level < 4 or (bool(p.admin1) and last.admin1 != p.admin1)
