"""The same place from two files is one place.

Rows are merged when they share a name (normal form, any of their names), a country, a group of
kinds and lie within a few kilometres. The first row wins (ours come first); the later one only adds
names, population and what the first leaves empty. Linear in the number of names.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.rows import Row, bare, key

# How far apart two points of one place may lie in two sources, in kilometres.
APART_KM = {
    "settlement": 4.0, "quarter": 2.0, "camp": 4.0, "site": 3.0, "admin1": 150.0, "admin2": 35.0,
    "country": 2000.0, "region": 60.0, "land": 20.0, "water": 60.0, "sea": 500.0, "island": 30.0,
    "frontline": 5.0, "road": 0.0,
}  # fmt: skip
CITY_APART_KM = 9.0
NEIGHBOUR_KM = 45.0


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points, by an equirectangular plane: within 0.5 % below 300 km."""
    x = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 111.195 * math.hypot(lat2 - lat1, x)


def names_of(row: Row) -> list[str]:
    """All folded names of a row, Arabic and other, the bare ones included, without repeats."""
    out: dict[str, None] = {}
    for name in (row.name_ar, *row.variants_ar, row.name_en, *row.variants_en):
        folded = key(name)
        if folded:
            out[folded] = None
            stripped = bare(folded, row.kind)
            if stripped:
                out[stripped] = None
    return list(out)


def _apart(a: Row, b: Row) -> float:
    group = kind_of(a.kind).group
    if group == "settlement" and "city" in (a.kind, b.kind):
        return CITY_APART_KM
    return APART_KM.get(group, 3.0)


def _absorb(first: Row, later: Row) -> None:
    first.variants_ar += [n for n in (later.name_ar, *later.variants_ar) if n]
    first.variants_en += [n for n in (later.name_en, *later.variants_en) if n]
    first.name_ar = first.name_ar or later.name_ar
    first.name_en = first.name_en or later.name_en
    first.population = max(first.population, later.population)
    first.admin1 = first.admin1 or later.admin1
    first.admin2 = first.admin2 or later.admin2
    if later.source and later.source not in first.source.split("+"):
        first.source = f"{first.source}+{later.source}"


def merge(rows: Iterable[Row], fixed: Iterable[Row] = ()) -> list[Row]:
    """Rows without duplicates, in the order in which each place first came.

    ``fixed`` come before them and are taken as they are: places that have been merged already.
    """
    kept: list[Row] = []
    by_name: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in fixed:
        kept.append(row)
        for name in names_of(row):
            by_name[kind_of(row.kind).group, row.country, name].append(row)
    for row in rows:
        group = kind_of(row.kind).group
        names = names_of(row)
        same = None
        for name in names:
            for other in by_name.get((group, row.country, name), ()):
                if km(row.lat, row.lon, other.lat, other.lon) <= _apart(row, other):
                    same = other
                    break
            if same:
                break
        if same is None:
            kept.append(row)
            same = row
        else:
            _absorb(same, row)
        for name in names:
            bucket = by_name[group, row.country, name]
            if same not in bucket:
                bucket.append(same)
    for row in kept:
        _tidy(row)
    fill_admin(kept)
    return kept


def _tidy(row: Row) -> None:
    for main, variants in ((row.name_ar, row.variants_ar), (row.name_en, row.variants_en)):
        seen = {main}
        variants[:] = [n for n in variants if not (n in seen or seen.add(n))]  # type: ignore[func-returns-value]


def fill_admin(rows: list[Row]) -> None:
    """Give places without a governorate that of the nearest place that has one (within 45 km)."""
    grid: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.admin1 and kind_of(row.kind).level <= 2:
            grid[row.country, math.floor(row.lat * 3), math.floor(row.lon * 3)].append(row)
    given: list[tuple[Row, str]] = []
    for row in rows:
        if row.admin1 or kind_of(row.kind).level > 3:
            continue
        y, x = math.floor(row.lat * 3), math.floor(row.lon * 3)
        best, name = NEIGHBOUR_KM, ""
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                for other in grid.get((row.country, y + dy, x + dx), ()):
                    d = km(row.lat, row.lon, other.lat, other.lon)
                    if d < best:
                        best, name = d, other.admin1
        if name:
            given.append((row, name))
    for row, name in given:
        row.admin1 = name
