"""What pages say around reports: the phrases of ``data/*.csv``, and their lint.

The files are for people who read such pages, not programmers: one phrase a line and its kind (the
first row of each kind says in ``note`` what the kind does). Spelling variants (hamza, marks,
tatweel) need no rows of their own. ``python -m isnad.gather.page.words`` checks them.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from functools import cache
from pathlib import Path

from isnad.errors import KnowledgeError
from isnad.language.arabic.normal import fold

DATA = Path(__file__).parent / "data"
KINDS = {
    "furniture.csv": (
        "name", "name-sure", "name-kept", "end", "box", "line", "byline", "stamp", "platform",
    ),
    "reasons.csv": ("paywall", "consent", "script", "challenge", "missing"),
}  # fmt: skip
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00a0ـ]")
_LETTERS = re.compile(r"[\w%]+")


def plain(text: str) -> str:
    """Words only, in normal form, single blanks between: how phrases are compared."""
    return " ".join(_LETTERS.findall(fold(text)))


def rows(file: str, data: Path = DATA) -> list[tuple[str, str]]:
    """Phrase and kind of every row.

    Raises:
        KnowledgeError: E301 for a file that is not UTF-8, E302 for one without the columns.
    """
    try:
        text = (data / file).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError("E301", f"is not UTF-8: {error}", file) from error
    reader = csv.DictReader(text.splitlines())
    if not {"words", "kind"} <= set(reader.fieldnames or ()):
        raise KnowledgeError("E302", 'needs the columns "words" and "kind"', file)
    return [(row["words"] or "", row["kind"] or "") for row in reader]


@cache
def phrases(file: str, kind: str) -> frozenset[str]:
    """The phrases of a kind, as :func:`plain` gives them (names of elements as they are)."""
    same = kind.startswith("name")
    return frozenset(w if same else plain(w) for w, k in rows(file) if k == kind)


@cache
def _longest(file: str, kind: str) -> int:
    return max(p.count(" ") + 1 for p in phrases(file, kind))


def opens_with(words: str, kind: str, file: str = "furniture.csv") -> str:
    """The longest phrase of ``kind`` that ``words`` (in :func:`plain` form) begins with, or ""."""
    parts = words.split(" ", _longest(file, kind))
    known = phrases(file, kind)
    for n in range(min(len(parts), _longest(file, kind)), 0, -1):
        start = " ".join(parts[:n])
        if start in known:
            return start
    return ""


def lint(data: Path = DATA) -> list[str]:
    """What is wrong with the files, one line each."""
    found: list[str] = []
    for file, kinds in KINDS.items():
        seen: set[tuple[str, str]] = set()
        for number, (words, kind) in enumerate(rows(file, data), 2):
            at = f"{file}:{number}: {words!r}"
            if kind not in kinds:
                found.append(f"{at}: {kind!r} is none of {', '.join(kinds)}")
            if unicodedata.normalize("NFKC", words) != words or _HIDDEN.search(words):
                found.append(f"{at}: holds a hidden character, a tatweel, or is not in NFKC")
            if words != " ".join(words.split()):
                found.append(f"{at}: holds stray blanks")
            form = words if kind.startswith("name") else plain(words)
            if not form:
                found.append(f"{at}: is empty")
            if kind.startswith("name") and not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", words):
                found.append(f"{at}: write names in small letters, words joined by hyphens")
            if (form, kind) in seen:
                found.append(f"{at}: stands here twice")
            seen.add((form, kind))
    return found


if __name__ == "__main__":
    for line in (lines := lint()):
        sys.stdout.write(line + "\n")
    raise SystemExit(1 if lines else 0)
