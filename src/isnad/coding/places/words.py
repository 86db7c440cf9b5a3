"""The words by which a text says where, from ``data/placewords.csv``.

A word is looked up with its proclitics (و ف ب ل and pairs of them); forms with the article are
listed in the file. Entries of several words are matched word by word, the longest first.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from isnad.knowledge.gazetteer.rows import key

_PREFIXES = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل")
_PLURAL_CLASSES = {"admin", "countryside", "line", "road", "site", "natural"}


def listed(text: str) -> frozenset[str]:
    """Words parted by blanks, in normal form."""
    return frozenset(key(word) for word in text.split())


# Listed forms that speak of several places; the others of one.
_SEVERAL = listed(
    "محافظتي محافظتا محافظات ولايتي ولايات مقاطعتي مقاطعات منطقتي منطقتا مناطق قضائي أقضية "
    "مديريتي مديريتا مديريات محليتي محليات ناحيتي ناحيتا نواحي نواح عزلتي عزل مدينتي مدينتا مدن "
    "بلدتي بلدتا بلدات بلديتي بلديات قريتي قريتا قرى القرى مزرعتي مزارع مستوطنتي مستوطنات "
    "مستعمرات حيي حيا أحياء الأحياء حارات حارتي مخيمي مخيما مخيمات المخيمات ضاحيتي ريفي ريفا "
    "أرياف محوري محاور جبهتي جبهات طرق طريقي مشافي مستشفيات مدارس مدرستي أسواق مساجد جسري جسور "
    "مطاري قاعدتي قواعد معسكرات معبري معابر سجني سدي حقلي حقول محطات معامل حاجزي شارعي تلال "
    "جبال جبلي سهول غابات"
)


class PlaceWord(NamedTuple):
    """One entry. ``radius_km`` is the contract's radius for what the word names, if any;
    ``only`` is the one country where the word states a unit."""

    word: str
    cls: str
    kind: str
    radius_km: float | None
    direction: str
    form: str
    plural: bool
    definite: bool
    only: str = ""


class Found(NamedTuple):
    """A word found at a token: its entry, the letters before it, how many tokens it takes."""

    entry: PlaceWord
    prefix: str
    length: int


class _Table(NamedTuple):
    single: dict[str, tuple[PlaceWord, ...]]
    several: dict[str, tuple[tuple[tuple[str, ...], PlaceWord], ...]]


@lru_cache(maxsize=1)
def table() -> _Table:
    """All entries by their first word."""
    single: dict[str, list[PlaceWord]] = {}
    several: dict[str, list[tuple[tuple[str, ...], PlaceWord]]] = {}
    source = files("isnad.knowledge") / "data" / "placewords.csv"
    with source.open(encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["class"] in ("ordinary", "never"):
                continue
            for form in (row["word"], *row["forms"].split("|")):
                folded = key(form)
                if not folded:
                    continue
                entry = PlaceWord(
                    row["word"], row["class"], row["kind"],
                    float(row["radius_km"]) if row["radius_km"] else None, row["direction"], folded,
                    row["class"] in _PLURAL_CLASSES and folded in _SEVERAL,
                    folded.startswith("ال"), row["note"].removeprefix("only:"),
                )  # fmt: skip
                first, *rest = folded.split(" ")
                if rest:
                    several.setdefault(first, []).append((tuple(rest), entry))
                elif entry.cls not in {e.cls for e in single.get(first, ())}:
                    single.setdefault(first, []).append(entry)
    return _Table(
        {k: tuple(v) for k, v in single.items()},
        {k: tuple(sorted(v, key=lambda r: -len(r[0]))) for k, v in several.items()},
    )


class Reading(NamedTuple):
    """What a single token may be."""

    prefix: str
    singles: tuple[PlaceWord, ...]
    several: tuple[tuple[tuple[str, ...], PlaceWord], ...]


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """Every way to read a token (normal form) as proclitics and a listed word."""
    single, several = table()
    out = []
    for prefix in _PREFIXES:
        if prefix and not (word.startswith(prefix) and len(word) > len(prefix) + 1):
            continue
        stem = word[len(prefix) :]
        if stem in single or stem in several:
            out.append(Reading(prefix, single.get(stem, ()), several.get(stem, ())))
    for prefix in ("", "و", "ف"):
        if word.startswith(prefix + "لل") and len(word) > len(prefix) + 4:
            stem = "ال" + word[len(prefix) + 2 :]
            if stem in single or stem in several:
                out.append(Reading(prefix, single.get(stem, ()), several.get(stem, ())))
    return tuple(out)


class Listed(NamedTuple):
    """What a token may be: entries of one word, and beginnings of entries of several."""

    single: list[Found]
    several: tuple[tuple[tuple[str, ...], PlaceWord, str], ...]


@lru_cache(maxsize=65536)
def listed_word(word: str) -> Listed:
    """All entries that a token may be or begin, with the proclitics before them."""
    found = readings(word)
    return Listed(
        [Found(e, r.prefix, 1) for r in found for e in r.singles],
        tuple((rest, e, r.prefix) for r in found for rest, e in r.several),
    )


# Classes of words that open a phrase of place.
OPENERS = frozenset(
    {"admin", "site", "natural", "countryside", "compass", "near", "outskirts", "inside", "line",
     "road", "banks", "bank"}
)  # fmt: skip


@lru_cache(maxsize=65536)
def opens(word: str) -> bool:
    """Whether a token may open a phrase of place by a listed word."""
    return any(
        e.cls in OPENERS for r in readings(word) for e in (*r.singles, *(s[1] for s in r.several))
    )


def is_class(word: str, cls: str) -> bool:
    """Whether a bare token is listed in a class, without proclitics."""
    return any(e.cls == cls for e in table().single.get(word, ()))


def is_forename(word: str) -> bool:
    """Whether a bare token (normal form) is a person's forename."""
    return is_class(word, "given") or is_class(word, "forename")


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Country → capital, both as the place words name them."""
    single, several = table()
    entries = [e for found in single.values() for e in found]
    entries += [e for found in several.values() for _, e in found]
    return {e.kind: e.word for e in entries if e.cls == "capital"}
