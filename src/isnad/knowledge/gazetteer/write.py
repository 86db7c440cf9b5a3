"""Rows into one immutable gazetteer file, bit for bit the same from the same rows."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from isnad.knowledge import lexicon
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.rows import Row, bare, is_arabic, key, spellings
from isnad.knowledge.gazetteer.store import SCHEMA
from isnad.knowledge.gazetteer.weakness import in_dictionary, never

_TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name_ar TEXT, name_en TEXT, kind TEXT,
  country TEXT, admin1 TEXT, admin2 TEXT, lat REAL, lon REAL, extent_km REAL, population INTEGER,
  ends TEXT, source TEXT);
CREATE UNIQUE INDEX place_id ON place (id);
CREATE TABLE name (key TEXT, n INTEGER, rank INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE variant (n INTEGER PRIMARY KEY, names TEXT);
CREATE TABLE weak (n INTEGER PRIMARY KEY);
CREATE TABLE blob (name TEXT PRIMARY KEY, data BLOB);
"""
_KIND_ORDER = {"city": 0, "country": 0, "town": 1, "governorate": 1, "village": 3}
OURS = "isnad"


def rank(row: Row) -> int:
    """A smaller number for the likelier place of a name: kind first, then population."""
    size = len(str(row.population)) if row.population else 0
    ours = OURS in row.source.split("+")
    return _KIND_ORDER.get(row.kind, 2) * 10 - size + (0 if ours else 10)


def _names(row: Row, weak: Callable[[str, Row], int]) -> dict[str, int]:
    """Every key of a row with whether it is weak."""
    out: dict[str, int] = {}
    for name in (row.name_ar, *row.variants_ar, row.name_en, *row.variants_en):
        folded = key(name)
        if len(folded) < 2:
            continue
        forms = [folded]
        if is_arabic(folded):
            stripped = bare(folded, row.kind)
            if stripped:
                forms.append(stripped)
            if row.kind != "country":
                slight = row.kind in ("village", "neighbourhood")
                forms += [
                    s for f in list(forms) for s in spellings(f)
                    if not (slight and " " not in s and in_dictionary(s))  # «مركبة» is no «مركبا»
                ]  # fmt: skip
        for form in forms:
            if form not in out and form not in never():
                out[form] = weak(form, row)
    return out


def write(
    rows: list[Row], path: Path, weak: Callable[[str, Row], int], meta: dict[str, str]
) -> str:
    """Write the gazetteer and return its content hash (SHA-256 over places and names)."""
    digest = hashlib.sha256()
    refs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    places, names, variants, weak_places = [], [], [], []
    numbered = sorted(rows, key=lambda r: r.id)
    own = {n for n, row in enumerate(numbered) if OURS in row.source.split("+")}
    for n, row in enumerate(numbered):
        place = (
            n, row.id, row.name_ar, row.name_en, row.kind, row.country, row.admin1, row.admin2,
            round(row.lat, 5), round(row.lon, 5), row.extent_km, row.population,
            "|".join(row.ends), row.source,
        )  # fmt: skip
        places.append(place)
        if row.weak:
            weak_places.append((n,))
        digest.update(repr(place).encode())
        order = rank(row)
        for form, is_weak in _names(row, weak).items():
            names.append((form, n, order))
            refs[form].append((order, n << 2 | is_weak))
        others = [v for v in (*row.variants_ar, *row.variants_en) if v]
        if others:
            variants.append((n, "|".join(others)))
    names.sort()
    for name in names:
        digest.update(repr(name).encode())

    patterns: list[str] = []
    offsets, flat = array("I", [0]), array("I")
    for form in sorted(refs):
        ordered = [ref for _, ref in sorted(refs[form])]
        if any(ref & 2 and ref >> 2 in own for ref in ordered):
            # What our table holds for an ordinary word is one in the other sources too.
            ordered = [ref if ref >> 2 in own else ref & ~3 | 2 for ref in ordered]
        digest.update(f"{form}{ordered}".encode())
        forms = [form, "لل" + form[2:]] if form.startswith("ال") and len(form) > 4 else [form]
        for f in forms:
            if f != form and f in refs:
                continue
            patterns.append(f + " ")
            flat.extend(ordered)
            offsets.append(len(flat))
    automaton = lexicon.automaton_to_bytes(patterns)

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    db = sqlite3.connect(part)
    try:
        db.executescript(_TABLES)
        db.executemany(f"INSERT INTO place VALUES ({','.join('?' * 14)})", places)
        db.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        db.executemany("INSERT INTO weak VALUES (?)", weak_places)
        db.executemany("INSERT INTO variant VALUES (?, ?)", variants)
        db.executemany(
            "INSERT INTO blob VALUES (?, ?)",
            [("automaton", automaton), ("offsets", offsets.tobytes()), ("refs", flat.tobytes())],
        )
        record = {
            **meta, "schema": SCHEMA, "hash": digest.hexdigest(), "places": str(len(places)),
            "names": str(len(refs)),
        }  # fmt: skip
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(record.items()))
        db.commit()
        db.execute("VACUUM")
    finally:
        db.close()
    # The file's change counters and the library's version number are no content.
    with part.open("r+b") as raw:
        for at in (24, 92):
            raw.seek(at)
            raw.write(b"\x00\x00\x00\x01")
        raw.seek(96)
        raw.write((3_040_000).to_bytes(4, "big"))
    part.replace(path)
    return digest.hexdigest()


def level_of(row: Row) -> int:
    """How large a thing a row is: 0 building … 5 country."""
    return kind_of(row.kind).level
