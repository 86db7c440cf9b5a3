"""The gazetteer in use: the shipped one, or the shipped one with the user's own files merged in.

Each file added is kept as it was read (JSON Lines, one place a line) under the user's data folder;
the merged gazetteer is built from them when a file is added or removed, or when the shipped one has
changed. Readers see the old file or the new one, never a part.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from isnad.errors import InputError, UsageError
from isnad.knowledge.gazetteer.importers import NOWHERE, read_places
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.merge import km, merge, names_of
from isnad.knowledge.gazetteer.rows import Row
from isnad.knowledge.gazetteer.store import BUILT, SCHEMA, Gazetteer, open_gazetteer
from isnad.knowledge.gazetteer.weakness import is_weak
from isnad.knowledge.gazetteer.write import write


class Added(NamedTuple):
    """A file that a user added: its name, where it came from, how many places it holds."""

    name: str
    origin: str
    places: int


def data_folder() -> Path:
    """Where a user's own place files are kept: ``$ISNAD_DATA`` or the platform's data folder."""
    given = os.environ.get("ISNAD_DATA")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "isnad"


def _folder() -> Path:
    return data_folder() / "places"


def merged_path() -> Path:
    """The merged gazetteer of this user."""
    return _folder() / "gazetteer.sqlite"


def gazetteer() -> Gazetteer:
    """The gazetteer in use; brought up to date if the shipped one has changed since."""
    folder = _folder()
    if not folder.is_dir() or not any(folder.glob("*.jsonl")):
        return open_gazetteer()
    path = merged_path()
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _merged(path, stamp)


@lru_cache(maxsize=2)
def _merged(path: Path, _stamp: int) -> Gazetteer:
    base = open_gazetteer()
    if path.is_file():
        merged = Gazetteer(path)
        if merged.meta.get("base") == base.hash:
            return merged
        merged.close()
    rebuild()
    return Gazetteer(path)


def find_dump(code: str, folder: Path) -> Path:
    """The file of ``geonames:SY`` in a folder.

    Raises:
        UsageError: E414 if the code is no country code or its dump is not there.
    """
    if not re.fullmatch(r"[A-Za-z]{2}", code):
        raise UsageError("E414", f"geonames:{code}: two letters of a country are needed")
    for name in (f"{code.upper()}.txt", f"{code.upper()}.zip"):
        if (folder / name).is_file():
            return folder / name
    raise UsageError(
        "E414",
        f"no {code.upper()}.txt or {code.upper()}.zip here; get it from "
        "https://download.geonames.org/export/dump/ and run this again",
    )


def add_all(sources: Iterable[str], name: str = "", country: str = "") -> list[Added]:
    """Add files (or ``geonames:SY``) to the user's gazetteer; files of the same name are replaced.

    All of them are read before any is kept: a file that is refused changes nothing.

    Raises:
        InputError, UsageError: if one cannot be read (see :mod:`importers`).
    """
    read: list[tuple[Added, list[Row]]] = []
    for source in sources:
        if source.lower().startswith("geonames:"):
            path = find_dump(source.split(":", 1)[1], Path.cwd())
        else:
            path = Path(source)
        rows = read_places(path, country)
        label = re.sub(r"[^\w.-]+", "-", name or path.stem).strip("-.") or "places"
        read.append((Added(label, str(path.absolute()), len(rows)), rows))
    _folder().mkdir(parents=True, exist_ok=True)
    for one, rows in read:
        target = _folder() / f"{one.name}.jsonl"
        part = target.with_suffix(".part")
        with part.open("w", encoding="utf-8") as f:
            f.write(json.dumps(one._asdict(), ensure_ascii=False) + "\n")
            f.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        part.replace(target)
    rebuild()
    return [one for one, _ in read]


def add(source: str, name: str = "", country: str = "") -> Added:
    """Add one file: see :func:`add_all`."""
    return add_all([source], name, country)[0]


def added() -> list[Added]:
    """The files a user has added, by name."""
    out = []
    for path in sorted(_folder().glob("*.jsonl")):
        with path.open(encoding="utf-8") as f:
            head = json.loads(f.readline())
        out.append(Added(head["name"], head["origin"], head["places"]))
    return out


def remove(name: str) -> None:
    """Take a file out again.

    Raises:
        UsageError: E415 if none of that name was added.
    """
    names = [a.name for a in added()]
    if name not in names:
        known = ", ".join(names) or "none"
        raise UsageError("E415", f"no file {name!r} was added (added: {known})")
    (_folder() / f"{name}.jsonl").unlink()
    if any(_folder().glob("*.jsonl")):
        rebuild()
    else:
        merged_path().unlink(missing_ok=True)


def rebuild() -> None:
    """Build the user's merged gazetteer anew."""
    rows: list[Row] = []
    for path in sorted(_folder().glob("*.jsonl")):
        with path.open(encoding="utf-8") as f:
            next(f)
            for number, line in enumerate(f, 2):
                try:
                    row = Row(**json.loads(line))
                except (json.JSONDecodeError, TypeError) as error:
                    raise InputError("E410", f"is damaged: {error}", f"{path}:{number}") from error
                row.id = f"{path.stem}:{row.id}"
                row.source = path.stem
                row.ends = tuple(row.ends)
                rows.append(row)
    merge_into(rows, merged_path())


def merge_into(rows: list[Row], out: Path, base: Path = BUILT) -> str:
    """Write the shipped gazetteer with ``rows`` merged in; returns the content hash."""
    shipped = list(shipped_rows(open_gazetteer(base)))
    known = {r.country for r in shipped if r.kind == "country"}
    rows = [r for r in rows if r.kind != "country" or r.country not in known]
    _countries(rows, shipped)
    placed = shipped + [r for r in rows if r.lat != NOWHERE]
    units = _units([r for r in rows if r.lat == NOWHERE], placed)
    merged = merge([*placed[len(shipped) :], *units], fixed=shipped)
    _unique(merged)
    meta = {
        "name": "merged", "base": open_gazetteer(base).hash, "schema": SCHEMA,
        "attribution": open_gazetteer(base).meta["attribution"] + " And the user's own files.",
    }  # fmt: skip
    return write(merged, out, is_weak, meta)


def shipped_rows(base: Gazetteer) -> list[Row]:
    """The rows of a built gazetteer, as they went in."""
    out = []
    for n in range(len(base)):
        e = base.entry(n)
        row = Row(
            e.id, e.name_ar, e.name_en, e.kind, e.country, e.lat, e.lon, e.admin1, e.admin2,
            e.extent_km, e.population, source=e.source,
            ends=tuple(p for p in e.ends.split("|") if p),
        )  # fmt: skip
        row.variants_ar = base.variants(e)
        row.weak = base.is_weak_place(e)
        out.append(row)
    return out


def _unique(rows: list[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        stem, n = row.id, 2
        while row.id in seen:
            row.id, n = f"{stem}~{n}", n + 1
        seen.add(row.id)


def _countries(rows: list[Row], shipped: list[Row]) -> None:
    """Give rows that name no country that of the nearest shipped place."""
    grid: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in shipped:
        if kind_of(row.kind).level <= 2:
            grid[round(row.lat * 2), round(row.lon * 2)].append(row)
    for row in rows:
        if row.country or row.lat == NOWHERE:
            continue
        y, x = round(row.lat * 2), round(row.lon * 2)
        near = [r for dy in (-1, 0, 1) for dx in (-1, 0, 1) for r in grid.get((y + dy, x + dx), ())]
        if near:
            row.country = min(near, key=lambda r: km(row.lat, row.lon, r.lat, r.lon)).country


def _units(units: list[Row], placed: list[Row]) -> list[Row]:
    """Official units without coordinates: at the place of their name, else at their parent's."""
    if not units:
        return []
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in placed:
        for name in names_of(row):
            by_name[row.country, name].append(row)
    levels = {"governorate": 0, "district": 1, "subdistrict": 2, "village": 3}
    at: dict[tuple[str, tuple[str, ...]], Row] = {}
    out = []
    for unit in sorted(units, key=lambda r: levels[r.kind]):
        parent = at.get((unit.country, unit.ends)) if unit.ends else None
        found = [r for name in names_of(unit) for r in by_name.get((unit.country, name), ())]
        if parent is not None:
            found = [r for r in found if km(r.lat, r.lon, parent.lat, parent.lon) < 80]
            found.sort(key=lambda r: km(r.lat, r.lon, parent.lat, parent.lon))
        found.sort(key=lambda r: (kind_of(r.kind).group != kind_of(unit.kind).group, -r.population))
        source = found[0] if found else parent
        if source is None:
            continue
        unit.lat, unit.lon, unit.extent_km = source.lat, source.lon, kind_of(unit.kind).radius_km
        if unit.kind == "subdistrict":
            unit.extent_km = 8.0
        for key in (unit.name_ar, unit.id.split(":")[-1]):
            at[unit.country, (*unit.ends, key)] = unit
        unit.ends = ()
        out.append(unit)
    return out
