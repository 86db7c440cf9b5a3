"""Things that are counted: the table ``data/nouns.csv`` and the number a bare noun tells.

A singular noun counts one («مدني»), a dual two («طفلان»), an indefinite plural two or more.
Source of the rule: the gold guidelines, "Numbers".
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from isnad.language.arabic.normal import fold
from isnad.language.arabic.tables import rows
from isnad.language.arabic.tokens import splits


class Noun(NamedTuple):
    """A counted noun as one word writes it.

    ``form`` is ``singular``, ``dual`` or ``plural`` (where one spelling is both dual and plural,
    as «مدنيين», ``plural``, and ``ambiguous`` is true); ``category`` is person, national (an
    adjective that is a noun after a number), weapon, vehicle, place, time or other; ``offset`` the
    letters of proclitics before it, the article excluded.
    """

    lemma: str
    form: str
    category: str
    gender: str
    ambiguous: bool
    conj: str
    prep: str
    article: bool
    offset: int


@cache
def _table() -> dict[str, tuple[str, str, str, str, bool]]:
    table: dict[str, tuple[str, str, str, str, bool]] = {}
    for row in rows("nouns"):
        lemma = row["singular"]
        forms: dict[str, list[str]] = {"singular": [lemma], "dual": [], "plural": []}
        if not lemma.endswith(("ة", "ى", "اء")):
            forms["singular"].append(lemma + "ا")  # accusative: قتيلا
        for name in ("dual", "plural"):
            forms[name] = [f for f in row[name].split(";") if f]
        duals, plurals = ({fold(f) for f in forms[n]} for n in ("dual", "plural"))
        for name in ("singular", "plural", "dual"):
            for form in forms[name]:
                key = fold(form)
                both = key in duals and key in plurals
                table.setdefault(key, (lemma, name, row["class"], row["gender"], both))
        for plural in plurals:  # «ضباطا»
            if not plural.endswith(("ون", "ين", "ات", "ا", "ه", "ي")):
                entry = (lemma, "plural", row["class"], row["gender"], False)
                table.setdefault(plural + "ا", entry)
    return table


@lru_cache(maxsize=65536)
def noun(word: str) -> Noun | None:
    """The counted noun that ``word`` (normal form) is, or None. Constant time; remembers."""
    table = _table()
    found = table.get(word)
    if found is not None:
        return Noun(*found, "", "", False, 0)
    if len(word) < 4:
        return None
    for split in splits(word)[1:]:
        found = table.get(split.stem)
        if found is not None:
            offset = len(split.conjunction) + len(split.preposition)
            if split.preposition == "ل" and split.article:
                offset -= 1
            return Noun(*found, split.conjunction, split.preposition, split.article, offset)
    return None
