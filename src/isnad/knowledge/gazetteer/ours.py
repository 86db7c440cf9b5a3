"""Our own place files: ``data/places/*.csv``, checked line by line.

Columns: id, name_ar, variants_ar, name_en, variants_en, kind, country, admin1, admin2, lat, lon,
extent_km, ends, weak, note. Lists are parted by ``|``. A road has ``ends`` (ids) and may lack a
point.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from isnad.errors import KnowledgeError
from isnad.knowledge.gazetteer.kinds import known
from isnad.knowledge.gazetteer.rows import Row

COLUMNS = (
    "id", "name_ar", "variants_ar", "name_en", "variants_en", "kind", "country", "admin1", "admin2",
    "lat", "lon", "extent_km", "ends", "weak", "note",
)  # fmt: skip


def degrees(text: str, limit: float) -> float:
    """A coordinate in degrees.

    Raises:
        ValueError: if it is no number or beyond ``limit``.
    """
    value = float(text)
    if not -limit <= value <= limit:
        raise ValueError(f"{text} is beyond {limit:g} degrees")
    return value


def split_list(text: str) -> list[str]:
    """The values of a cell parted by ``|``."""
    return [part.strip() for part in text.split("|") if part.strip()]


def ours(path: Path) -> Iterator[tuple[int, Row]]:
    """Line number and row for each line of one of our files.

    Raises:
        KnowledgeError: on a bad header, kind, id or coordinate, naming file and line.
    """
    with path.open(encoding="utf-8-sig", newline="") as f:
        reader = csv.DictReader(f)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise KnowledgeError("E403", f"the columns must be {','.join(COLUMNS)}", str(path))
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            if None in cells or None in cells.values():
                raise KnowledgeError("E403", "the line has too many or too few cells", where)
            if not known(cells["kind"]):
                raise KnowledgeError("E403", f"unknown kind {cells['kind']!r}", where)
            if not cells["id"] or not (cells["name_ar"] or cells["name_en"]):
                raise KnowledgeError("E403", "a place needs an id and a name", where)
            ends = tuple(split_list(cells["ends"]))
            if ends and not cells["lat"]:
                lat = lon = 999.0
            else:
                try:
                    lat, lon = degrees(cells["lat"], 90), degrees(cells["lon"], 180)
                except ValueError as error:
                    raise KnowledgeError("E403", f"bad coordinate: {error}", where) from error
            try:
                extent = float(cells["extent_km"] or 0)
            except ValueError as error:
                raise KnowledgeError("E403", f"bad extent: {error}", where) from error
            yield reader.line_num, Row(
                id=cells["id"], name_ar=cells["name_ar"], name_en=cells["name_en"],
                kind=cells["kind"], country=cells["country"], admin1=cells["admin1"],
                admin2=cells["admin2"], lat=lat, lon=lon, extent_km=extent, ends=ends,
                variants_ar=split_list(cells["variants_ar"]),
                variants_en=split_list(cells["variants_en"]),
                weak=cells["weak"].strip() == "1", source="isnad",
            )  # fmt: skip


def place_roads(rows: list[Row]) -> list[Row]:
    """Every road without a point is given the middle of its ends; without ends it is left out."""
    from isnad.knowledge.gazetteer.merge import km

    by_id = {r.id: r for r in rows}
    out = []
    for row in rows:
        if row.lat == 999.0:
            ends = [by_id[e] for e in row.ends if e in by_id and by_id[e].lat != 999.0]
            if len(ends) < 2:
                continue
            row.lat = (ends[0].lat + ends[-1].lat) / 2
            row.lon = (ends[0].lon + ends[-1].lon) / 2
            if not row.extent_km:
                row.extent_km = round(km(ends[0].lat, ends[0].lon, ends[-1].lat, ends[-1].lon) / 2)
        out.append(row)
    return out
