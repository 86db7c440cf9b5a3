"""Lemma groups: the words that tell one thing in different forms, for triggers and search.

simplemma's Arabic dictionary, our own lexicon before it («ميليشيات» → «ميليشيا», «قتلى» → «قتيل»).
Never used on names: stemmers turn لبنان into لبن.
"""

from __future__ import annotations

from functools import cache, lru_cache

from isnad.language.arabic.normal import fold
from isnad.language.arabic.tables import rows
from isnad.language.arabic.tokens import splits


@cache
def _own() -> dict[str, str]:
    """Folded form → lemma as written, from the nouns and ``data/lemmas.csv``."""
    table: dict[str, str] = {}
    for row in rows("lemmas"):
        for form in row["forms"].split(";"):
            table.setdefault(fold(form), row["lemma"])
        table.setdefault(fold(row["lemma"]), row["lemma"])
    for row in rows("nouns"):
        forms = [row["singular"], *row["dual"].split(";"), *row["plural"].split(";")]
        for form in filter(None, forms):
            table.setdefault(fold(form), row["singular"])
    return table


@lru_cache(maxsize=65536)
def lemma(word: str) -> str | None:
    """The lemma of a common word, as written or in normal form, or None if none is known.

    Proclitics may stand before it. Must not be asked about names.
    """
    folded = fold(word)
    own = _own()
    for split in splits(folded):
        found = own.get(split.stem)
        if found is not None:
            return found
    import simplemma  # a quarter of a second to load its dictionary: only when needed

    for split in splits(word):
        if len(split.stem) > 1 and simplemma.is_known(split.stem, lang="ar"):
            return simplemma.lemmatize(split.stem, lang="ar")
    return None


def same_lemma(one: str, other: str) -> bool:
    """Whether two words are forms of one, both known."""
    first = lemma(one)
    return first is not None and first == lemma(other)
