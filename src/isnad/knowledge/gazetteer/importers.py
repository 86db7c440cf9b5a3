"""A user's own place files, whatever their form, as rows.

They are told apart by the header: GeoNames dumps (``XX.txt`` or ``XX.zip``), Who's On First CSV,
COD-AB and p-code CSV, GeoJSON, and any CSV with a name and a coordinate. A file that is none of
these, or a value that cannot be, is refused with its file and line.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from isnad.errors import InputError
from isnad.knowledge.gazetteer.geonames import ISO3, NEIGHBOURS
from isnad.knowledge.gazetteer.kinds import known
from isnad.knowledge.gazetteer.ours import degrees
from isnad.knowledge.gazetteer.rows import Row, is_arabic

NOWHERE = 999.0
MAX_BYTES = 600_000_000
_CUT = re.compile(r"\s*(?:[-–(]\s|\(|\s-|- ).*$")
_ADM = re.compile(r"^adm(?:in)?([1-4])_?(?:name_?)?(ar|en|pcode|pcod)$", re.IGNORECASE)
_ALIASES = {
    "name": ("name", "place", "title", "location", "asciiname", "اسم", "الاسم"),
    "name_ar": ("name_ar", "arabic", "ar", "name:ar", "arabic_name", "admname_ar", "namear"),
    "name_en": ("name_en", "english", "en", "name:en", "english_name", "nameen", "name_latin"),
    "lat": ("lat", "latitude", "y", "centroid_lat", "center_lat", "خط العرض"),
    "lon": ("lon", "lng", "long", "longitude", "x", "centroid_lon", "center_lon", "خط الطول"),
    "kind": ("kind", "type", "placetype", "fclass", "place_type"),
    "country": ("country", "iso3", "country_code", "iso", "adm0_pcode"),
    "admin1": ("admin1", "governorate", "province", "adm1_en", "adm1_name"),
    "admin2": ("admin2", "district", "adm2_en", "adm2_name"),
    "population": ("population", "pop"),
    "variants": ("variants", "alternatenames", "aliases", "alt_names", "alt_name"),
    "id": ("id", "pcode", "code", "@id"),
    "extent": ("extent_km", "radius_km"),
}  # fmt: skip
_KINDS = {
    "locality": "village", "hamlet": "village", "region": "governorate", "county": "district",
    "localadmin": "subdistrict", "campus": "airport", "borough": "neighbourhood",
    "state": "governorate", "macrocounty": "district", "quarter": "neighbourhood",
    "neighborhood": "neighbourhood", "suburb": "suburb", "refugee_camp": "camp",
    "isolated_dwelling": "village",
    "governorate": "governorate", "microhood": "neighbourhood", "airfield": "airbase",
    "river_crossing": "bridge", "peak": "mountain",
}  # fmt: skip
_GEONAMES_KINDS = {
    "ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict", "PPLX": "neighbourhood",
    "AIRP": "airport", "AIRB": "airbase", "AIRF": "airbase", "DAM": "dam", "MT": "mountain",
    "MTS": "mountain", "WAD": "valley", "STM": "river", "LK": "lake", "DSRT": "desert",
    "HSP": "hospital", "PRN": "prison", "BDG": "bridge", "MSQE": "mosque", "INSM": "base",
    "OILF": "oilfield", "GASF": "gasfield", "CMPRF": "camp", "ISL": "island",
    "UNIV": "university", "MKT": "market",
    "PRT": "port", "PLN": "plain", "VAL": "valley",
}  # fmt: skip

Make = Callable[[dict[str, str], str, int], Row | None]


def read_places(path: Path, country: str = "") -> list[Row]:
    """All places of a user's file.

    Args:
        path: the file; its form is told by its name and header.
        country: ISO 3166 alpha-3 for rows that name no country.

    Raises:
        InputError: E410 cannot be read, E411 of no known form, E412 a bad value, E413 no places.
    """
    where = str(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError("E410", f"cannot be read: {error.strerror}", where) from error
    if size > MAX_BYTES:
        raise InputError("E410", "is larger than 600 MB", where)
    suffix = path.suffix.lower()
    if suffix == ".zip":
        rows = list(_geonames(io.StringIO(_zip_text(path)), where))
    else:
        text = _text(path)
        if suffix in (".geojson", ".json"):
            rows = list(_geojson(text, where))
        elif text.split("\n", 1)[0].count("\t") == 18:
            rows = list(_geonames(io.StringIO(text), where))
        else:
            rows = list(_table(text, where))
    if not rows:
        raise InputError("E413", "holds no places", where)
    for row in rows:
        row.country = row.country or country
    return rows


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        at = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError("E410", "is not UTF-8: save it as CSV UTF-8", f"{path}:{at}") from error
    except OSError as error:
        raise InputError("E410", f"cannot be read: {error.strerror}", str(path)) from error


def _zip_text(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                name = Path(info.filename).name
                if re.fullmatch(r"[A-Z]{2}\.txt|allCountries\.txt", name):
                    if info.file_size > MAX_BYTES:
                        raise InputError("E410", "holds more than 600 MB", str(path))
                    return archive.read(info).decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError) as error:
        raise InputError("E410", f"cannot be read: {error}", str(path)) from error
    raise InputError("E411", "holds no GeoNames dump (a file such as SY.txt)", str(path))


def _point(lat: str, lon: str, where: str) -> tuple[float, float]:
    try:
        return degrees(lat, 90), degrees(lon, 180)
    except ValueError as error:
        raise InputError("E412", f"bad coordinate: {error}", where) from error


def _whole(text: str) -> int:
    try:
        return max(0, int(float(text))) if text else 0
    except (ValueError, OverflowError):
        return 0


def _iso3(text: str) -> str:
    code = text.strip().upper()
    if len(code) == 2:
        return ISO3.get(code) or NEIGHBOURS.get(code) or ""
    return code if len(code) == 3 and code.isascii() else ""


def _clean(name: str) -> str:
    """A name without what a list adds to tell it from others («ابين- عفرين», «X (Afrin)»)."""
    if ":" in name:
        name = name.rsplit(":", 1)[1]
    return _CUT.sub("", name).strip() or name.strip()


def _split(names: list[str]) -> tuple[list[str], list[str]]:
    arabic = [n for n in names if n and is_arabic(n)]
    return arabic, [n for n in names if n and not is_arabic(n)]


def _geonames(lines: Iterator[str] | io.StringIO, where: str) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != 19:
            if not line.strip():
                continue
            raise InputError("E412", "a GeoNames line has 19 columns", f"{where}:{number}")
        feature, code = cells[6], cells[7]
        kind = _GEONAMES_KINDS.get(code)
        population = _whole(cells[14])
        if kind is None:
            if feature != "P" or code in ("PPLQ", "PPLH", "PPLW"):
                continue
            kind = "city" if population >= 50_000 else "town" if population >= 5_000 else "village"
        arabic, other = _split(cells[3].split(","))
        if not arabic and feature != "P":
            continue
        lat, lon = _point(cells[4], cells[5], f"{where}:{number}")
        yield Row(
            f"gn-{cells[0]}", arabic[0] if arabic else "", cells[1], kind, _iso3(cells[8]),
            lat, lon, population=population, variants_ar=arabic[1:], variants_en=other[:6],
        )  # fmt: skip


def _geojson(text: str, where: str) -> Iterator[Row]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError("E410", "is not JSON", f"{where}{line}") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise InputError("E411", "is no GeoJSON FeatureCollection", where)
    for number, feature in enumerate(features, 1):
        at = f"{where}: feature {number}"
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise InputError("E412", "a feature needs properties", at)
        cells = {
            str(k).lower(): str(v) for k, v in feature["properties"].items()
            if v is not None and not isinstance(v, dict | list)
        }  # fmt: skip
        point = _centre(feature.get("geometry"), at)
        if point is None:
            continue
        cells["lat"], cells["lon"] = str(point[0]), str(point[1])
        columns = _columns(list(cells))
        row = _row(cells, columns, at, f"{Path(where).stem}-{number}")
        if row is not None:
            yield row


def _centre(geometry: Any, where: str) -> tuple[float, float] | None:
    """A point, or the middle of the box around any other geometry."""
    if geometry is None:
        return None
    pairs: list[tuple[float, float]] = []
    stack: list[Any] = [geometry.get("coordinates") if isinstance(geometry, dict) else None]
    while stack:
        item = stack.pop()
        if not isinstance(item, list):
            continue
        if len(item) >= 2 and all(isinstance(v, int | float) for v in item[:2]):
            pairs.append((float(item[1]), float(item[0])))
        else:
            stack.extend(item)
    if not pairs:
        raise InputError("E412", "a geometry without coordinates", where)
    lats, lons = [p[0] for p in pairs], [p[1] for p in pairs]
    return _point(str((min(lats) + max(lats)) / 2), str((min(lons) + max(lons)) / 2), where)


def _columns(header: list[str]) -> dict[str, str]:
    """Which of our columns each of the file's columns is."""
    lower = {h.strip().lower(): h for h in header if h}
    out = {}
    for ours, names in _ALIASES.items():
        for name in names:
            if name in lower:
                out[ours] = lower[name]
                break
    return out


def _table(text: str, where: str) -> Iterator[Row]:
    sample = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=sample.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    header = [h for h in (reader.fieldnames or []) if h]
    levels = sorted({int(m.group(1)) for h in header if (m := _ADM.match(h.strip()))})
    columns = _columns(header)
    named = {"name", "name_ar", "name_en"} & set(columns)
    if levels and not named:
        make: Make = _unit_maker(header, levels, columns)
    elif named and {"lat", "lon"} <= set(columns):
        stem = Path(where).stem
        wof = "wof_id" in header

        def make(cells: dict[str, str], at: str, number: int) -> Row | None:
            if wof and (cells.get("superseded_by") or cells.get("is_current") == "0"):
                return None
            return _row(cells, columns, at, f"{stem}-{number}", wof)
    else:
        raise InputError(
            "E411",
            "needs a name column (name, name_ar or name_en) and lat and lon, or ADM1_AR … columns; "
            f"found: {', '.join(header)[:200] or 'no header'}",
            f"{where}:1",
        )
    try:
        for cells in reader:
            at = f"{where}:{reader.line_num}"
            if None in cells:
                raise InputError("E412", "the line has more cells than the header", at)
            row = make({k: v or "" for k, v in cells.items()}, at, reader.line_num)
            if row is not None:
                yield row
    except csv.Error as error:
        raise InputError(
            "E412", f"cannot be read as CSV: {error}", f"{where}:{reader.line_num}"
        ) from error


def _kind(text: str, names: list[str], population: int) -> str:
    folded = text.strip().lower().replace(" ", "_")
    kind = folded if known(folded) and folded != "region" else _KINDS.get(folded, "")
    if kind == "airport" and any("قاعدة" in n for n in names):
        return "airbase"
    if kind in ("", "village"):
        return "city" if population >= 50_000 else "town" if population >= 5_000 else "village"
    return kind


def _row(
    cells: dict[str, str], columns: dict[str, str], where: str, number: str, wof: bool = False
) -> Row | None:
    def get(name: str) -> str:
        column = columns.get(name)
        return (cells.get(column) or "").strip() if column else ""

    names = [n for n in (get("name_ar"), get("name_en"), get("name")) if n]
    if not names or not get("lat") or not get("lon"):
        return None
    names += [v for v in get("variants").replace(",", "|").split("|") if v.strip()]
    names += [v for v in (cells.get("name_ar_variants") or "").split("|") if v.strip()]
    full = [n.strip() for n in names]
    arabic, other = _split(list(dict.fromkeys(_clean(n) for n in full)))
    lat, lon = _point(get("lat"), get("lon"), where)
    population = _whole(get("population"))
    kind = _kind(get("kind"), arabic, population)
    if ":" in full[0] and not get("kind"):
        kind = "neighbourhood"
    if wof and not arabic and kind == "village":
        return None
    id = f"wof-{cells['wof_id']}" if wof else get("id") or number
    extent = get("extent")
    return Row(
        id, arabic[0] if arabic else "", other[0] if other else "", kind, _iso3(get("country")),
        lat, lon, get("admin1"), get("admin2"), float(_whole(extent)), population,
        arabic[1:], other[1:6],
    )  # fmt: skip


def _unit_maker(
    header: list[str], levels: list[int], columns: dict[str, str]
) -> Callable[[dict[str, str], str, int], Row | None]:
    """Rows of an official list of units (COD-AB): the deepest level of each line."""
    deepest = levels[-1]
    by = {
        (int(m.group(1)), m.group(2).lower()[:2]): h
        for h in header if (m := _ADM.match(h.strip()))
    }  # fmt: skip
    kinds = {1: "governorate", 2: "district", 3: "subdistrict", 4: "village"}

    def make(cells: dict[str, str], where: str, number: int) -> Row | None:
        arabic = cells.get(by.get((deepest, "ar"), ""), "").strip()
        latin = cells.get(by.get((deepest, "en"), ""), "").strip()
        code = cells.get(by.get((deepest, "pc"), ""), "").strip()
        if not arabic and not latin:
            return None
        lat = lon = NOWHERE
        if columns.get("lat") and cells.get(columns["lat"]):
            lat, lon = _point(cells[columns["lat"]], cells.get(columns.get("lon", ""), ""), where)
        parents = [
            cells.get(by.get((n, "ar"), ""), "") or cells.get(by.get((n, "pc"), ""), "")
            for n in levels[:-1]
        ]
        country = _iso3(cells.get(columns.get("country", ""), "") or code[:2])
        row = Row(code or f"line-{number}", arabic, latin, kinds[deepest], country, lat, lon)
        row.ends = tuple(p.strip() for p in parents if p.strip())
        return row

    return make
