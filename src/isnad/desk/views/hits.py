"""What search shows of a report: some words around the first hit, with the hits marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from isnad.archive.query import Unit
from isnad.archive.shadow import stem, words_of
from isnad.archive.snippet import snippet
from isnad.desk.views.text import Units
from isnad.language.arabic.normal import fold

_WORD = re.compile(r"[^\W_]+")


def snippet_json(text: str, asked: Sequence[Unit], exact: str) -> dict[str, Any]:
    """``text`` and the hits in it (UTF-16 units).

    Args:
        text: the report's text.
        asked: the query's units.
        exact: the query, if it is asked for letter by letter, else "".
    """
    shown = snippet(text, asked, exact)
    units = Units(shown)
    marks: list[list[int]] = []
    if exact:
        marks = [units.utf16(m.span()) for m in re.finditer(re.escape(exact), shown)]
    else:
        wanted = {word for unit in asked for phrase in unit.phrases for word in phrase}
        for match in _WORD.finditer(shown):
            words = words_of(match[0]) or [fold(match[0])]
            if any(w in wanted or stem(w) in wanted for w in words):
                marks.append(units.utf16(match.span()))
    return {"text": shown, "marks": marks}
