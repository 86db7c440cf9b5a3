"""Forces and materiel: people deployed or taking part, weapons used, moved, lost or seized.

In: a unit's parts, the numbers that count them, and its weapons. Out: counts.
"""

from __future__ import annotations

from isnad.coding.events import Count
from isnad.coding.parts import Part, is_armed
from isnad.coding.people import mention_count
from isnad.coding.units import Unit
from isnad.language.arabic.numbers import Number

_CROWD = 20  # fewer without a noun are no body of people
_FORCE_TYPES = frozenset(["deployment", "operation", "withdrawal", "siege", "territory_gained"])


def forces(kind: str, parts: list[Part], numbers: dict[int, Number]) -> list[Count]:
    """People deployed or taking part: counted initiators, the counted crowd of a protest."""
    out = []
    crowd = kind in ("protest", "riot")
    for p in parts:
        m = p.mention
        if id(m) not in numbers or p.role in ("victim", "target"):
            continue
        if m.kind == "count" and (numbers[id(m)].low or 0) < _CROWD:
            continue  # «من ثلاث جهات», «واحدا بعد آخر»
        low, high, start, end = mention_count(m, numbers)
        if crowd and not is_armed(m):
            out.append(Count(start, end, low, high, "protesters", "counted crowd"))
        elif p.role in ("initiator", "both") and (kind in _FORCE_TYPES or is_armed(m)):
            out.append(Count(start, end, low, high, m.id, "counted initiator"))
    return out


_BOOTY = frozenset(["hit_armour", "seize_arms", "neutralise"])


def _is_booty(unit: Unit) -> bool:
    """Whether the unit tells that a party's equipment was destroyed or taken."""
    return any(t.entry.id in _BOOTY for t in unit.triggers)


def materiel(unit: Unit, named: list[Part], kind: str) -> list[Count]:
    """Weapons and equipment in the unit's stretch, but the aircraft that names one of ``named``."""
    out = []
    first = unit.triggers[0]
    for w in unit.sentence.weapons:
        taken_up = first.verbal and bool(first.enclitic) and 0 <= first.word_start - w.end <= 1
        if not (unit.start <= w.start < unit.end or taken_up):  # «صاروخا اعترضته الدفاعات»
            continue
        names_actor = any(p.mention.start <= w.start < p.mention.end for p in named)
        if names_actor and w.item in ("aircraft", "other"):
            continue  # aircraft or boats that only name the author (GUIDELINES, finer rule 9)
        if w.item == "artillery" and w.low is None and w.start == w.word_start:
            continue  # «جددت مدفعية الاحتلال قصفها»: it only names the author
        if w.item == "vehicle" and w.note and kind not in _FORCE_TYPES and not _is_booty(unit):
            continue  # «مسلحون على دراجات نارية», «استهدفت شاحنة»: no military equipment
        out.append(Count(w.start, w.end, w.low, w.high, None, w.why, item=w.item))
    return out
