"""English normal form: compatibility forms folded, case folded, invisible characters dropped."""

from __future__ import annotations

import unicodedata
from array import array

from isnad.language.normal import NormalText


def normalize(text: str) -> NormalText:
    """NFKC and casefold, one character at a time, with the offset map. Linear."""
    out: list[str] = []
    starts, ends = array("L"), array("L")
    for i, char in enumerate(text):
        for c in unicodedata.normalize("NFKC", char).casefold():
            if unicodedata.category(c) in ("Cf", "Mn", "Me"):
                continue
            out.append(c)
            starts.append(i)
            ends.append(i + 1)
    return NormalText(text, "".join(out), starts, ends)


def fold(text: str) -> str:
    """Normal form without the map: for keys of lexicons."""
    return normalize(text).text
