"""Words that a rule of the coder asks for, kept as data: ``data/coding/word_lists.csv``.

In: the name of a list. Out: its words in normal form. A rule that weighs order and distance stays
in Python; the words it looks for do not.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from isnad.errors import KnowledgeError
from isnad.knowledge.tables import DATA, read_table
from isnad.language.arabic.normal import fold


def read_word_lists(data: Path = DATA) -> dict[str, frozenset[str]]:
    """The lists by name.

    Raises:
        KnowledgeError: E305 for a list given twice, without words or without a note, or with a
            word that stands in it twice.
    """
    out: dict[str, frozenset[str]] = {}
    for row in read_table(data / "coding" / "word_lists.csv", ("list", "words", "note")):
        words = [fold(w) for w in row["words"].split("|")]
        if row["list"] in out:
            raise KnowledgeError("E305", f"the list {row['list']} stands twice", row.where)
        if not all(words) or len(set(words)) < len(words):
            raise KnowledgeError(
                "E305", f"{row['list']}: a word is empty or stands twice", row.where
            )
        if not row["note"]:
            raise KnowledgeError("E305", f"{row['list']}: say what the list is for", row.where)
        out[row["list"]] = frozenset(words)
    return out


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return read_word_lists()


def word_list(name: str) -> frozenset[str]:
    """The words of the list ``name`` in normal form; ``KeyError`` if there is none."""
    return _lists()[name]
