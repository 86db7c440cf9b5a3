"""The words of time: one table from every written form to what it may mean.

``data/times.csv`` holds bare words; this module folds them and adds the proclitics (و ف ب ل ك and
the article), so that finding a word is one dictionary lookup a token.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from isnad.language.arabic.normal import fold


class Form(NamedTuple):
    """One reading of a written form.

    ``rest`` are the following words of a longer name; ``offset`` is where the expression begins in
    the first word (after و، ب; after لل the word is kept whole: GUIDELINES, finer rule 11).
    """

    category: str
    value: str
    rest: tuple[str, ...]
    conjunction: bool
    preposition: str
    article: bool
    offset: int


class Hit(NamedTuple):
    """A reading found in the text; ``end`` is the index of the token after it."""

    end: int
    category: str
    value: str
    conjunction: bool
    preposition: str
    article: bool
    offset: int


_UNPREFIXED = {"from", "in", "approx", "era", "same", "lastrel"}


def _rows(name: str) -> list[dict[str, str]]:
    path = files("isnad.language.arabic") / "data" / name
    with path.open(encoding="utf-8") as f:
        return list(csv.DictReader(f))


def _variants(word: str) -> list[tuple[str, bool, str, bool, int]]:
    """Written forms of a folded word: (form, conjunction, preposition, article, offset)."""
    out = []
    bare = word.removeprefix("ال")
    inherent = bare != word and len(bare) > 2  # an entry written with its article keeps it
    for conj in ("", "و", "ف"):
        at = len(conj)
        has = bool(conj)
        out.append((conj + word, has, "", inherent, at))
        for prep in "بلك":
            if not (inherent and prep == "ل"):
                out.append((conj + prep + word, has, prep, inherent, at + 1))
        stem = bare if inherent else word
        if not inherent:
            out.append((f"{conj}ال{stem}", has, "", True, at))
            for prep in "بك":
                out.append((f"{conj}{prep}ال{stem}", has, prep, True, at + 1))
        out.append((f"{conj}لل{stem.removeprefix('ل')}", has, "ل", True, at))
    return out


@lru_cache(maxsize=1)
def forms() -> dict[str, tuple[Form, ...]]:
    """Every written form (normal form, first word) with its readings, longest first."""
    table: dict[str, dict[Form, None]] = {}
    for row in _rows("times.csv"):
        for entry in row["forms"].split("|"):
            first, *rest = fold(entry).split()
            plain = row["category"] in _UNPREFIXED
            for form, conj, prep, art, at in _variants(first):
                if plain and (prep or art):
                    continue
                reading = Form(row["category"], row["value"], tuple(rest), conj, prep, art, at)
                table.setdefault(form, {})[reading] = None
    return {w: tuple(sorted(r, key=lambda f: (-len(f.rest), f.offset))) for w, r in table.items()}


class Single(NamedTuple):
    """The readings of a written form that are of one word: alike wherever it stands.

    ``followers`` are the words with which its longer readings go on: where none of them follows,
    ``readings`` are all there are, each a category with what follows ``end`` in its :class:`Hit`.
    """

    followers: frozenset[str]
    readings: tuple[tuple[str, tuple[object, ...]], ...]


@lru_cache(maxsize=1)
def single_words() -> dict[str, Single]:
    """For every written form its readings of one word, so that they need not be sorted out again
    at each occurrence."""
    out: dict[str, Single] = {}
    for word, found in forms().items():
        first: dict[str, tuple[object, ...]] = {}
        for f in found:
            if not f.rest:
                first.setdefault(f.category, (f.category, f.value, *f[3:]))
        followers = frozenset(f.rest[0] for f in found if f.rest)
        out[word] = Single(followers, tuple(first.items()))
    return out


@lru_cache(maxsize=1)
def contexts() -> dict[str, frozenset[str]]:
    """Words around an expression that make it something else, by category."""
    return {
        row["category"]: frozenset(fold(w) for w in row["words"].split("|"))
        for row in _rows("times_context.csv")
    }


@lru_cache(maxsize=1)
def context_forms() -> dict[str, frozenset[str]]:
    """The same words also with a proclitic of one letter, the article, or both."""
    out: dict[str, frozenset[str]] = {}
    for category, words in contexts().items():
        definite = {f"ال{w}" for w in words}
        # two letters and a proclitic are too short to be told from a word of their own
        joined = {p + w for p in "وفبل" for w in words | definite if len(w) > 2}
        out[category] = words | definite | joined
    return out
