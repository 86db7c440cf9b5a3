"""Same text again: reports that repeat an earlier one are joined to it, as one telling.

MinHash (rensa) proposes earlier reports that may share text; what two reports truly share is then
counted, so that a hash never decides. ``docs/copies.md`` gives the thresholds and their figures.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rensa import RMinHash, RMinHashLSH

from isnad.language.arabic.normal import fold

Reason = Literal["same text", "nearly the same", "contained"]

# docs/copies.md: how these were found
NEARLY = 0.30  # of all shingles of the two, the share that both have
CONTAINED = 0.60  # of the shorter one's shingles, the share that the longer has
LEAST_CONTAINED = 12  # shingles of a text that may count as contained: a stock sentence is no copy
_WORDS = 3  # a shingle
_PERMUTATIONS = 128
_BANDS = 64  # of two rows: texts that share a third of their shingles are all but sure to meet
_SEED = 20_260_101
_WORD = re.compile(r"\w+")
_JOINED = re.compile(r"[وف](?=\w{4})")


@dataclass(frozen=True)
class Copy:
    """A report that repeats an earlier one.

    Attributes:
        id: the report's id.
        copies: the id of the earlier report that it is nearest to.
        first: the id of the first report of that telling; ``copies`` itself, or whom that copies.
        score: the share of shingles, 0 to 1: of both texts for ``nearly the same``, of the
            shorter for ``contained``.
        reason: what makes it a copy.
    """

    id: str
    copies: str
    first: str
    score: float
    reason: Reason


@dataclass(frozen=True)
class _Kept:
    id: str
    first: str
    shingles: frozenset[int]


class Copies:
    """Reports seen so far. What comes first is the original: add them in order of publication.

    An index is not stored: added again in the same order, the same reports give the same copies.
    """

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._ids: set[str] = set()
        self._lsh = RMinHashLSH(threshold=0.3, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._exact: dict[frozenset[int], int] = {}

    def add(self, ident: str, text: str) -> Copy | None:
        """Whom a report copies, among those added before it; the report is added.

        Args:
            ident: its id.
            text: its whole text.

        Returns:
            The copy, or ``None`` for a text of its own or one without any words.

        Raises:
            ValueError: if a report of that id was added before.
        """
        if ident in self._ids:
            raise ValueError(f"a report of the id {ident!r} was added before")
        self._ids.add(ident)
        mine = shingles(text)
        if not mine:
            return None
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update([f"{s:x}" for s in sorted(mine)])
        found = self._nearest(ident, mine, sketch)
        at = len(self._kept)
        self._kept.append(_Kept(ident, found.first if found else ident, mine))
        self._lsh.insert(at, sketch)
        self._exact.setdefault(mine, at)
        return found

    def _nearest(self, ident: str, mine: frozenset[int], sketch: RMinHash) -> Copy | None:
        same = self._exact.get(mine)
        if same is not None:
            kept = self._kept[same]
            return Copy(ident, kept.id, kept.first, 1.0, "same text")
        best: Copy | None = None
        for at in sorted(self._lsh.query(sketch)):  # at equal scores the first seen stays
            kept = self._kept[at]
            judged = judge(mine, kept.shingles)
            if judged is not None and (best is None or judged[0] > best.score):
                best = Copy(ident, kept.id, kept.first, judged[0], judged[1])
        return best


def copies(reports: Iterable[tuple[str, str]]) -> Iterator[Copy]:
    """The copies among reports given as id and text, in order of publication."""
    seen = Copies()
    for ident, text in reports:
        found = seen.add(ident, text)
        if found is not None:
            yield found


def judge(one: frozenset[int], other: frozenset[int]) -> tuple[float, Reason] | None:
    """Score and reason if two texts, as shingles, tell the same words; else ``None``."""
    both = len(one & other)
    least = min(len(one), len(other))
    contained = both / least
    nearly = both / (len(one) + len(other) - both)
    if nearly >= NEARLY:
        return round(nearly, 4), "nearly the same"
    if least >= LEAST_CONTAINED and contained >= CONTAINED:
        return round(contained, 4), "contained"
    return None


def shingles(text: str) -> frozenset[int]:
    """Every run of three words, hashed; letters' variants, marks and a joined «و» or «ف» left out.

    A text of fewer than three words is one shingle.
    """
    words = [_JOINED.sub("", w, count=1) if w[0] in "وف" else w for w in _words(text)]
    if not words:
        return frozenset()
    runs = range(max(1, len(words) - _WORDS + 1))
    return frozenset(_hash(" ".join(words[i : i + _WORDS])) for i in runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).casefold())


def _hash(run: str) -> int:
    data = run.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")
