"""Blocking: which claims are compared at all, so that cost grows with claims, not with pairs.

A claim is put down under some keys (*post*) and looks under some (*probe*). The two are made so
that ``a`` finds ``b`` exactly when ``b`` finds ``a``; no bucket is ever cut, so what is compared
does not depend on what came first.

- With a day: by day (one day's slack) and cell of a quarter degree with its neighbours; a claim of
  a district or wider by day and cells of one degree.
- Without a day: by cell and one of its rare words. Without a place: by day and one of them. Two
  claims that each lack one or both: by one of them and a count, or by a name.
- Sums over a period: by month of the beginning, cell of one degree, and a figure.
Rare words are the :data:`SKETCH` least by hash: two claims that share many share one of those;
with them go :data:`NAMES` pairs of words, as names of people are.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from isnad.geodesy import KM_PER_DEGREE
from isnad.incidents.features import Features

Key = int
"""64 bits of what is looked for. Two things share one by chance once in a million archives of
100,000 claims, and are then compared for nothing."""
Cell = tuple[int, int]
FINE, COARSE = 0.25, 1.0
WIDE_KM = 15.0
SKETCH, NAMES = 16, 8
SLACK = 1
"""Days that told days of one event differ: dawn and evening are told by different days."""


@lru_cache(maxsize=1 << 18)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _sketch(f: Features) -> list[str]:
    return sorted(f.words, key=_hash)[:SKETCH] + _names(f)


def _names(f: Features) -> list[str]:
    return sorted(f.names, key=_hash)[:NAMES]


def _cell(point: tuple[float, float], size: float) -> Cell:
    return math.floor(point[0] / size), math.floor(point[1] / size)


def _around(point: tuple[float, float], size: float) -> Iterator[Cell]:
    y, x = _cell(point, size)
    columns = round(360 / size)
    low = -columns // 2
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            yield y + dy, (x + dx - low) % columns + low


def _reached(point: tuple[float, float], radius: float) -> Iterator[Cell]:
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
    return set(_keys(f, looking=False))


def probe(f: Features) -> set[Key]:
    """The keys under which ``f`` looks."""
    return set(_keys(f, looking=True))


def _keys(f: Features, *, looking: bool) -> Iterator[Key]:
    """Both sides in one shape: who looks, looks around and into what others are put down under."""
    said = partial(_key, _token(f.group))
    if f.summed:
        yield from _summed(f, said)
        return
    words = [_hash(word) for word in _sketch(f)]
    days = _days(f, SLACK if looking else 0)
    fine: list[Cell] = []
    if f.point is not None:
        fine = list(_around(f.point, FINE)) if looking else [_cell(f.point, FINE)]
        if f.radius > WIDE_KM:
            names, cells = ("wide", "small") if looking else ("wide",), _reached(f.point, f.radius)
        else:
            names, cells = ("wide",) if looking else ("small",), iter([_cell(f.point, COARSE)])
            yield from (said("fine", day, *cell) for day in days for cell in fine)
        yield from (said(n, day, *cell) for cell in cells for day in days for n in names)
    # a word ties what lacks a day (or a place) to all, and what has one to those that lack it
    lacks = ("none",), ("none", "day"), ("nowhere",), ("nowhere", "place")
    in_cell = lacks[f.days is None] if looking else ("none" if f.days is None else "day",)
    on_day = lacks[2 + (f.point is None)] if looking else ("nowhere" if not fine else "place",)
    lacking = f.point is None or f.days is None
    figures = [_hash(f"{o} {max(counts)}") for o, counts in f.figures.items()] if lacking else []
    starts = [said(n, *cell) for n in in_cell for cell in fine]
    starts += [said(n, day) for n in on_day for day in days]
    starts += [said("bare", figure) for figure in figures]
    for word in words:
        yield from _further(starts, word)
    for name in _names(f) if lacking else ():
        yield said("bare", _hash(name))


def _days(f: Features, slack: int) -> range:
    return range(f.days[0] - slack, f.days[1] + slack + 1) if f.days else range(0)


def _summed(f: Features, said: Callable[..., Key]) -> Iterator[Key]:
    assert f.days is not None
    for cell in _reached(f.point, f.radius) if f.point else [()]:
        for outcome, counts in f.figures.items():
            for count in counts:
                yield said("sum", f.days[0] // 30, _token(outcome), count, *cell)


_MASK, _HALF, _ODD = (1 << 64) - 1, 1 << 63, 0x9E3779B97F4A7C15


def _key(group: int, name: str, *parts: int) -> Key:
    """The parts in 64 bits, signed as databases have them; the same in every process."""
    mixed = group ^ _token(name)
    for part in parts:
        mixed = ((mixed ^ (part & _MASK)) * _ODD) & _MASK
        mixed ^= mixed >> 29
    return mixed - _HALF


def _further(starts: Iterable[Key], part: int) -> Iterator[Key]:
    """Keys with one more part: what :func:`_key` gives for it, in one pass for many."""
    part &= _MASK
    for start in starts:
        mixed = ((start + _HALF ^ part) * _ODD) & _MASK
        yield (mixed ^ mixed >> 29) - _HALF


@lru_cache(maxsize=256)
def _token(name: str) -> int:
    return _hash(name)
