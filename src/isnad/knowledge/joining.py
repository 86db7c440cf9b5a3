"""What joins claims: kinds that reports confuse, and what each likeness weighs.

In: ``data/incidents/*.csv``. Out: :class:`Joining`. Weights are log odds; where each comes from is
told in the files and in ``docs/incidents.md``. Codes: E301 to E305.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from isnad.errors import KnowledgeError
from isnad.knowledge.tables import DATA, Row, read_table
from isnad.language.arabic.normal import fold
from isnad.model import CLAIM_TYPES

SIGNALS = (
    "bias", "place_same", "place_near", "place_wide", "place_apart", "place_km",
    "place_unknown", "place_named", "place_renamed", "place_site", "place_within", "place_said",
    "date_same", "date_apart", "names", "day_same", "day_wide", "day_weak",
    "day_next", "day_apart", "day_weak_apart", "day_unknown", "day_published", "kind_same",
    "kind_other", "status_apart", "initiator_same", "initiator_apart", "target_same",
    "target_apart", "figure_same", "figure_large", "figure_near", "figure_apart", "hit_same",
    "hit_apart", "source_same", "words", "words_none", "main_both", "main_neither",
    "one_report", "missing", "part_apart", "again_apart",
)  # fmt: skip


MARKS = ("morning", "evening", "again")
_LEXICON = ("", "actors", "aliases", "coding", "sources")
_ARABIC = re.compile(r"[\u0621-\u064a\u064b-\u0652]{3,}")


class Kind(NamedTuple):
    """Of what group and family a type is."""

    group: str
    family: str


class Joining(NamedTuple):
    """``kinds`` by claim type, ``confused`` by (sorted) pair of families, ``weights`` by signal.

    ``common`` holds folded words that say little of which event is told, ``lexicon`` those that
    are no names; ``marks`` what some words say of a telling.
    """

    kinds: dict[str, Kind]
    confused: dict[tuple[str, str], float]
    weights: dict[str, float]
    common: frozenset[str]
    lexicon: frozenset[str]
    marks: dict[str, str]


def number(row: Row, column: str) -> float:
    """The number in ``column``; raises E305 otherwise."""
    try:
        return float(row[column])
    except ValueError as error:
        raise KnowledgeError("E305", f"{row[column]!r} is no number", row.where) from error


def read_joining(data: Path = DATA) -> Joining:
    """The tables of ``data/incidents``.

    Raises:
        KnowledgeError: E305 for a type, family or signal that is unknown, missing or given twice.
    """
    folder = data / "incidents"
    kinds: dict[str, Kind] = {}
    for row in read_table(folder / "kinds.csv", ("type", "group", "family")):
        if row["type"] not in CLAIM_TYPES or row["type"] in kinds:
            raise KnowledgeError("E305", f"{row['type']!r} is no type, or given twice", row.where)
        kinds[row["type"]] = Kind(row["group"], row["family"])
    _all("kinds.csv", CLAIM_TYPES, kinds)
    families = {k.family for k in kinds.values()}
    confused: dict[tuple[str, str], float] = {}
    for row in read_table(folder / "confused.csv", ("one", "other", "weight")):
        pair = (min(row["one"], row["other"]), max(row["one"], row["other"]))
        if pair in confused or not set(pair) <= families:
            raise KnowledgeError("E305", f"{pair} is no pair, or given twice", row.where)
        confused[pair] = number(row, "weight")
    weights: dict[str, float] = {}
    for row in read_table(folder / "weights.csv", ("signal", "weight")):
        if row["signal"] not in SIGNALS or row["signal"] in weights:
            what = f"{row['signal']!r} is no signal, or given twice"
            raise KnowledgeError("E305", what, row.where)
        weights[row["signal"]] = number(row, "weight")
    _all("weights.csv", SIGNALS, weights)
    common = frozenset(row["word"] for row in read_table(folder / "common.csv", ("word",)))
    marks = {}
    for row in read_table(folder / "marks.csv", ("word", "mark")):
        if row["mark"] not in MARKS or row["word"] in marks:
            what = f"{row['mark']!r} is no mark, or its word given twice"
            raise KnowledgeError("E305", what, row.where)
        marks[row["word"]] = row["mark"]
    return Joining(kinds, confused, weights, common, lexicon_words(data), marks)


def lexicon_words(data: Path = DATA) -> frozenset[str]:
    """The Arabic words, folded, of the tables by which reports are coded, but for places.

    They say what kind of event it is and who are told of in many; what is left are names of
    people and places, and what is odd about an event.
    """
    found: set[str] = set()
    for folder in _LEXICON:
        for path in sorted((data / folder).glob("*.csv")):
            found.update(_ARABIC.findall(path.read_text(encoding="utf-8")))
    return frozenset(fold("\n".join(sorted(found))).splitlines())


def _all(file: str, wanted: tuple[str, ...], got: Container[str]) -> None:
    missing = [w for w in wanted if w not in got]
    if missing:
        raise KnowledgeError("E305", f"lacks {', '.join(missing)}", f"data/incidents/{file}")


@lru_cache(maxsize=1)
def joining() -> Joining:
    """The project's own tables, read once."""
    return read_joining()
