"""Where something was done, and not whence or whither, nor where it was fired from.

In: a place in a unit. Out: whether it is the scene of the unit's event.
"""

from __future__ import annotations

from isnad.coding.document import Document
from isnad.coding.places import PlaceMention
from isnad.coding.readings import bare
from isnad.coding.treated import where_treated
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list

_ORIGINS = word_list("origins")
_FIRINGS = frozenset(["fire_one", "fire_shell", "fall_one", "fall_shell"])
_WHOLES = word_list("regions_named")


def elsewhere(doc: Document, unit: Unit, place: PlaceMention) -> bool:
    """Whether a place is where people come from or are taken to, or where a shot came from."""
    lead = doc.normal.text[max(0, place.word_start - 24) : place.word_start].split()
    if not lead:
        return False
    if lead[-1] in _ORIGINS or (lead[-1][:1] in "لبو" and lead[-1][1:] in _ORIGINS):
        return True
    if where_treated(doc, place) == "surely":
        return True
    first = doc.normal.text[place.start : place.end].split(" ", 1)[0]
    if lead[-1] == "الي" and ("نقل" in " ".join(lead) or first in _ORIGINS):
        return True
    return lead[-1] == "من" and _fired_from(unit, lead)


def _fired_from(unit: Unit, lead: list[str]) -> bool:
    """«رشقة صاروخية من لبنان», «اعترض صاروخا أطلق من اليمن»; not «أحياء من المدينة»."""
    if len(lead) > 1 and bare(lead[-2]) in _WHOLES:
        return False
    fired = any(t.entry.id in _FIRINGS for t in unit.content)
    return fired or any(bare(w).startswith("اطلق") for w in lead)


def is_adjunct(doc: Document, place: PlaceMention) -> bool:
    """Whether a place says where something was done («في X»), and is not what was done to."""
    normal = doc.normal.text
    before = normal[max(0, place.word_start - 12) : place.word_start].split()[-1:]
    return before == ["في"] or normal[place.word_start : place.start].endswith("ب")
