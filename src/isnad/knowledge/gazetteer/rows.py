"""One row of a place file on its way into the gazetteer, and the names a row goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from isnad.language.arabic.normal import fold

_GAP = re.compile(r"[\W_]+")
_ARABIC = re.compile(r"[ء-ي]")
# Heads that are written apart from or together with what follows: دير الزور / ديرالزور.
_JOINED = ("دير", "كفر", "تل", "عين", "بيت", "ابو", "ام", "خان", "راس", "معره", "باب", "جب")
_SPLITTABLE = ("كفر", "دير", "عين", "بيت")
# Words that state what a unit is; a name may be met without them.
_UNIT = {
    "محافظه": {"governorate"}, "ولايه": {"governorate"}, "اقليم": {"region", "governorate"},
    "منطقه": {"district", "subdistrict", "area"}, "قضاء": {"district"},
    "ناحيه": {"subdistrict"}, "مديريه": {"district"}, "محليه": {"district"},
    "مدينه": {"city", "town"}, "بلده": {"town", "village", "city"}, "قريه": {"village", "town"},
    "حي": {"neighbourhood"}, "شعبيه": {"governorate"}, "لواء": {"district"},
    "عزله": {"subdistrict"}, "مركز": {"district", "subdistrict"},
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """A place as a source gives it. Degrees WGS84; ``extent_km`` 0 means: by its kind."""

    id: str
    name_ar: str
    name_en: str
    kind: str
    country: str
    lat: float
    lon: float
    admin1: str = ""
    admin2: str = ""
    extent_km: float = 0.0
    population: int = 0
    variants_ar: list[str] = field(default_factory=list)
    variants_en: list[str] = field(default_factory=list)
    ends: tuple[str, ...] = ()
    weak: bool = False
    source: str = ""


def key(name: str) -> str:
    """A name in the form that is looked up: normal form, marks as single blanks."""
    return _GAP.sub(" ", fold(name)).strip()


def is_arabic(name: str) -> bool:
    """Whether a folded name is written in Arabic letters."""
    return bool(_ARABIC.search(name))


def spellings(folded: str) -> list[str]:
    """Other ways a folded name is commonly written, the name itself not among them."""
    out: list[str] = []
    words = folded.split(" ")
    if len(words) > 1 and words[0] in _JOINED:
        out.append(words[0] + " ".join(words[1:]))
    for head in _SPLITTABLE:
        if len(words) == 1 and folded.startswith(head) and len(folded) >= len(head) + 3:
            out.append(f"{head} {folded[len(head) :]}")
    base = [folded, *out]
    for name in base:
        if len(name) >= 5 and name.endswith("ه"):
            out.append(name[:-1] + "ا")
        elif len(name) >= 5 and name.endswith("ا"):
            out.append(name[:-1] + "ه")
        if len(name) >= 4 and name.endswith("اء"):
            out.append(name[:-1])
        elif len(name) >= 5 and name.endswith("ا") and name.startswith("ال"):
            out.append(name + "ء")
    return [o for o in out if o != folded]


def bare(folded: str, kind: str) -> str | None:
    """The name without the word that states its unit («محافظة حلب» → «حلب»), if it has one."""
    head, _, rest = folded.partition(" ")
    if rest and kind in _UNIT.get(head, ()):
        return rest
    return None
