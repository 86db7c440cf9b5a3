"""Which names are also ordinary words or people's names, and so need evidence.

Our own rows say so themselves (column ``weak``). For the rest: names of one or two letters more
than nothing, given names, words an Arabic dictionary knows (simplemma, for villages only), and the
list in ``placewords.csv``. Used when a gazetteer is built, not when coding.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.rows import Row, bare, is_arabic, key

PLACEWORDS = Path(__file__).parent.parent / "data" / "placewords.csv"
_CLASSES = {"ordinary", "given", "admin", "site", "near", "compass", "natural", "line", "road",
            "outskirts", "inside", "notname", "countryside", "head", "title", "org"}  # fmt: skip
STRONG_POPULATION = 20_000
FOREIGN_POPULATION = 60_000
_ARAB = frozenset(
    {"SYR", "IRQ", "LBN", "PSE", "JOR", "EGY", "LBY", "SDN", "YEM", "SAU", "ARE", "OMN", "QAT",
     "KWT", "BHR", "TUN", "DZA", "MAR", "MRT"}
)  # fmt: skip


@cache
def listed() -> frozenset[str]:
    """Single words that ``placewords.csv`` lists, with and without the article."""
    out = set()
    with PLACEWORDS.open(encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["class"] not in _CLASSES:
                continue
            for form in (row["word"], *row["forms"].split("|")):
                folded = key(form)
                if folded and " " not in folded:
                    out |= {folded, "ال" + folded}
    return frozenset(out)


@cache
def ordinary() -> frozenset[str]:
    """Words that need evidence even where our own table has a place of that name."""
    with PLACEWORDS.open(encoding="utf-8") as f:
        return frozenset(
            key(form)
            for row in csv.DictReader(f) if row["class"] == "ordinary"
            for form in (row["word"], *row["forms"].split("|"))
        ) - {""}  # fmt: skip


@cache
def _people() -> frozenset[str]:
    """Words of persons' and groups' names."""
    with PLACEWORDS.open(encoding="utf-8") as f:
        found = {
            key(form)
            for row in csv.DictReader(f)
            if row["class"] in ("given", "title", "org")
            for form in (row["word"], *row["forms"].split("|"))
        }
    return frozenset(found | {"الله", "جبهه", "بي"}) - {""}


@cache
def never() -> frozenset[str]:
    """Single words that are never looked up as names: prepositions and the like."""
    out = set()
    with PLACEWORDS.open(encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["class"] == "never":
                out |= {key(form) for form in (row["word"], *row["forms"].split("|"))}
    return frozenset(out - {""})


@cache
def in_dictionary(word: str) -> bool:
    """Whether an Arabic dictionary knows a folded word, in one of the spellings it folds."""
    import simplemma

    stems = [word, word[2:]] if word.startswith("ال") and len(word) > 4 else [word]
    for stem in stems:
        unfolded = [stem]
        if stem[-1] == "ه":
            unfolded.append(stem[:-1] + "ة")
        if stem[-1] == "ي":
            unfolded.append(stem[:-1] + "ى")
        if stem[0] == "ا":
            unfolded += ["أ" + stem[1:], "إ" + stem[1:]]
        if any(simplemma.is_known(w, lang="ar") for w in unfolded):
            return True
    return False


def is_weak(name: str, row: Row) -> int:
    """How much evidence ``name`` (folded), as a name of ``row``, needs: 0 none, 1 some, 2 much.

    1 is for our own small places whose name an Arabic dictionary knows, and for spellings nobody
    wrote; 2 for ordinary words.
    """
    if name.startswith(("لواء ", "فرقه ", "كتيبه ", "جيش ")):
        return 2
    full = _full_weak(name, row)
    if full or " " in name or row.kind in ("country", "governorate"):
        return 2 if full else 0
    if row.population >= STRONG_POPULATION or not is_arabic(name):
        return 0
    written = {key(n) for n in (row.name_ar, *row.variants_ar)}
    written |= {b for n in list(written) if (b := bare(n, row.kind))}
    if name not in written and name.removeprefix("ال") not in written:
        return 1
    return int(in_dictionary(name))


def _full_weak(name: str, row: Row) -> bool:
    ours = "isnad" in row.source.split("+")
    if " " in name:
        # «عبد العزيز», «محمد أحمد», «جبهة النصرة»: people and groups before villages nobody knows.
        return not ours and not set(name.split(" ")).isdisjoint(_people())
    if not is_arabic(name):
        return len(name) < 4
    if row.kind == "country":
        return row.weak and len(name) <= 3
    if row.weak or name in ordinary():
        return True
    if len(name.removeprefix("ال")) <= (2 if row.country in _ARAB else 3):
        return True
    if ours and kind_of(row.kind).group in ("admin1", "admin2", "settlement"):
        return False
    if name in listed():
        return True
    if row.country not in _ARAB:
        return row.population < FOREIGN_POPULATION or len(name) <= 4 or in_dictionary(name)
    big = row.population >= STRONG_POPULATION
    return not big and (len(name) <= 3 or in_dictionary(name))
