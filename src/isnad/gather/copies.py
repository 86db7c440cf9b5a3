"""Same text again: reports that repeat an earlier one are joined to it, as one telling.

MinHash (rensa) proposes earlier reports that may share text; what two reports truly share is then
counted, so that a hash never decides. ``docs/copies.md`` gives the thresholds and their figures.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

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
_SPREADS = 4.0  # standard deviations of the estimate that are allowed for before texts are compared
_READ = 2048  # texts whose shingles are kept at hand
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


class Sketch(NamedTuple):
    """What is kept of a text to find its copies later: how many shingles it has, and their MinHash.

    ``data`` is empty for a text without words, which is nobody's copy.
    """

    size: int
    data: bytes


@dataclass(frozen=True)
class _Kept:
    id: str
    first: str
    sketch: RMinHash
    size: int
    shingles: frozenset[int] | None


class Copies:
    """Reports seen so far. What comes first is the original: add them in order of publication.

    Args:
        text_of: gives the text of a report seen; with it, texts need not be held in memory.

    An index can be put together again from sketches (:meth:`restore`): what comes next is judged as
    if the reports had been added.
    """

    def __init__(self, text_of: Callable[[str], str] | None = None) -> None:
        self._kept: list[_Kept] = []
        self._at: dict[str, int] = {}
        self._lsh = RMinHashLSH(threshold=0.3, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._text_of = text_of
        self._read = lru_cache(maxsize=_READ)(self._reread)

    def add(
        self, ident: str, text: str, passing: Callable[[str], bool] | None = None
    ) -> Copy | None:  # fmt: skip
        """Whom a report copies, among those added before it; the report is added.

        Args:
            ident: its id.
            text: its whole text.
            passing: reports (ids) that are passed over.

        Returns:
            The copy, or ``None`` for a text of its own or one without any words.

        Raises:
            ValueError: if a report of that id was added before.
        """
        mine = shingles(text)
        made = _minhash(mine)
        found = self._nearest(ident, mine, made, passing)
        held = mine if self._text_of is None else None
        self._keep(_Kept(ident, found.first if found else ident, made, len(mine), held))
        return found

    def restore(self, ident: str, first: str | None, sketch: Sketch) -> None:
        """Take in a report that was judged before; ``first`` is of its copy, if it is one.

        Raises:
            ValueError: if a report of that id was added before, or the sketch is of another kind.
        """
        made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        if sketch.data:
            made.__setstate__(sketch.data)
        self._keep(_Kept(ident, first or ident, made, sketch.size, None))

    def judge(
        self, ident: str, text: str, passing: Callable[[str], bool] | None = None
    ) -> Copy | None:  # fmt: skip
        """Whom a text copies, among the reports added; nothing is added."""
        mine = shingles(text)
        return self._nearest(ident, mine, _minhash(mine), passing)

    def sketch(self, ident: str) -> Sketch:
        """The sketch of a report that was added.

        Raises:
            KeyError: if it was not.
        """
        kept = self._kept[self._at[ident]]
        return Sketch(kept.size, bytes(kept.sketch.__getstate__()) if kept.size else b"")

    def _keep(self, kept: _Kept) -> None:
        if kept.id in self._at:
            raise ValueError(f"a report of the id {kept.id!r} was added before")
        at = self._at[kept.id] = len(self._kept)
        self._kept.append(kept)
        if kept.size:
            self._lsh.insert(at, kept.sketch)

    def _nearest(
        self, ident: str, mine: frozenset[int], made: RMinHash,
        passing: Callable[[str], bool] | None,
    ) -> Copy | None:  # fmt: skip
        if not mine:
            return None
        best: Copy | None = None
        for at in sorted(self._lsh.query(made)):  # at equal scores the first seen stays
            kept = self._kept[at]
            if passing is not None and passing(kept.id):
                continue
            if not _plausible(made.jaccard(kept.sketch), len(mine), kept.size):
                continue
            theirs = self._read(kept.id) if kept.shingles is None else kept.shingles
            if theirs == mine:
                return Copy(ident, kept.id, kept.first, 1.0, "same text")
            judged = judge(mine, theirs)
            if judged is not None and (best is None or judged[0] > best.score):
                best = Copy(ident, kept.id, kept.first, judged[0], judged[1])
        return best

    def _reread(self, ident: str) -> frozenset[int]:
        if self._text_of is None:
            raise ValueError(f"the text of {ident!r} is not here")
        return shingles(self._text_of(ident))


def _minhash(mine: frozenset[int]) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([f"{s:x}" for s in sorted(mine)])
    return sketch


def _plausible(share: float, one: int, other: int) -> bool:
    """Whether an estimated share of all shingles leaves it open that the two are copies."""
    spread = math.sqrt(max(share * (1 - share), 1 / _PERMUTATIONS) / _PERMUTATIONS)
    high = min(1.0, share + _SPREADS * spread)
    if high >= NEARLY:
        return True
    least = min(one, other)
    return least >= LEAST_CONTAINED and high / (1 + high) * (one + other) >= CONTAINED * least


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
