"""Blocking: which claims are compared at all, so that cost grows with claims, not with pairs.

A claim is put down under some keys (*post*) and looks under some (*probe*). The two are made so
that ``a`` finds ``b`` exactly when ``b`` finds ``a``; no bucket is ever cut, so what is compared
does not depend on what came first.

- With a day: by day (one day's slack) and cell of a quarter degree with its neighbours; a claim of
  a district or wider by day and cells of one degree.
- Without a day: by cell and one of its rare words. Without a place: by day and one of them. Two
  claims that each lack one or both: by one of them.
- Sums over a period: by month of the beginning, cell of one degree, and a figure.
Rare words are the :data:`SKETCH` least by hash: two claims that share many share one of those.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from functools import lru_cache

from isnad.incidents.features import Features

Key = tuple[object, ...]
FINE, COARSE = 0.25, 1.0
WIDE_KM = 15.0
SKETCH = 16
KM_PER_DEGREE = 111.2
SLACK = 1
"""Days that told days of one event differ: dawn and evening are told by different days."""


@lru_cache(maxsize=1 << 18)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _sketch(f: Features) -> list[str]:
    return sorted(f.words, key=_hash)[:SKETCH]


def _cell(point: tuple[float, float], size: float) -> tuple[int, int]:
    return math.floor(point[0] / size), math.floor(point[1] / size)


def _around(point: tuple[float, float], size: float) -> Iterator[tuple[int, int]]:
    y, x = _cell(point, size)
    columns = round(360 / size)
    low = -columns // 2
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            yield y + dy, (x + dx - low) % columns + low


def _reached(point: tuple[float, float], radius: float) -> Iterator[tuple[int, int]]:
    """Cells of one degree that the circle may touch."""
    high = radius / KM_PER_DEGREE
    wide = high / max(0.1, math.cos(math.radians(point[0])))
    y0, y1 = math.floor(point[0] - high), math.floor(point[0] + high)
    x0, x1 = math.floor(point[1] - wide), math.floor(point[1] + wide)
    for y in range(y0, y1 + 1):
        for x in range(x0, min(x1, x0 + 359) + 1):
            yield y, (x + 180) % 360 - 180


def post(f: Features) -> set[Key]:
    """The keys under which ``f`` is found."""
    return set(_post(f))


def probe(f: Features) -> set[Key]:
    """The keys under which ``f`` looks."""
    return set(_probe(f))


def _days(f: Features, slack: int) -> range:
    assert f.days is not None
    return range(f.days[0] - slack, f.days[1] + slack + 1)


def _summed(f: Features) -> Iterator[Key]:
    assert f.days is not None
    cells = list(_reached(f.point, f.radius)) if f.point else [None]
    for cell in cells:
        for outcome, counts in f.figures.items():
            for count in counts:
                yield "sum", f.group, f.days[0] // 30, cell, outcome, count


def _bare(f: Features) -> Iterator[Key]:
    if f.point is None or f.days is None:
        for word in _sketch(f):
            yield "bare", f.group, word


def _post(f: Features) -> Iterator[Key]:
    if f.summed:
        yield from _summed(f)
        return
    wide = f.radius > WIDE_KM
    if f.point is not None:
        if f.days is not None:
            for day in _days(f, 0):
                if wide:
                    for cell in _reached(f.point, f.radius):
                        yield "wide", f.group, day, cell
                else:
                    yield "fine", f.group, day, _cell(f.point, FINE)
                    yield "small", f.group, day, _cell(f.point, COARSE)
        said = "day" if f.days is not None else "none"
        for word in _sketch(f):
            yield said, f.group, _cell(f.point, FINE), word
    yield from _bare(f)
    if f.days is not None:
        said = "place" if f.point is not None else "nowhere"
        for day in _days(f, 0):
            for word in _sketch(f):
                yield said, f.group, day, word


def _probe(f: Features) -> Iterator[Key]:
    if f.summed:
        yield from _summed(f)
        return
    wide = f.radius > WIDE_KM
    if f.point is not None:
        if f.days is not None:
            for day in _days(f, SLACK):
                if wide:
                    for cell in _reached(f.point, f.radius):
                        yield "wide", f.group, day, cell
                        yield "small", f.group, day, cell
                else:
                    for cell in _around(f.point, FINE):
                        yield "fine", f.group, day, cell
                    yield "wide", f.group, day, _cell(f.point, COARSE)
        for cell in _around(f.point, FINE):
            for word in _sketch(f):
                yield "none", f.group, cell, word
                if f.days is None:
                    yield "day", f.group, cell, word
    yield from _bare(f)
    if f.days is not None:
        for day in _days(f, SLACK):
            for word in _sketch(f):
                yield "nowhere", f.group, day, word
                if f.point is None:
                    yield "place", f.group, day, word
