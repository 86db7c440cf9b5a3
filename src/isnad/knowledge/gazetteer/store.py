"""The gazetteer as one immutable SQLite file: names found in a text, and what each may be.

The file holds the places, an index of names, and the serialised automaton over all Arabic and Latin
names with a flat table of the places each name may mean. It is opened read-only; the automaton is
read at the first search.
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
from array import array
from bisect import bisect_left
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from isnad.errors import KnowledgeError
from isnad.geodesy import distance
from isnad.knowledge import lexicon
from isnad.knowledge.gazetteer.rows import key

SCHEMA = "2"
BUILT = Path(__file__).parent.parent / "built" / "gazetteer.sqlite"
# What may stand before a place name inside its word. The article belongs to the name.
PROCLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"])
_NOT_WORD = re.compile(r"[^\w ]|_")
_SEAM = re.compile("(?<=[\u0620-\u06ff])(?=[a-z0-9])|(?<=[a-z0-9])(?=[\u0620-\u06ff])")
_BREAK = re.compile(r"[^\w\s\-–_'’/]|\n")


class Entry(NamedTuple):
    """One place. Degrees WGS84; ``extent_km`` is how far it reaches, 0 if by its kind."""

    n: int
    id: str
    name_ar: str
    name_en: str
    kind: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    extent_km: float
    population: int
    ends: str
    source: str


class Sense(NamedTuple):
    """A place that a name may mean; ``weak`` if the name is also an ordinary word, ``doubtful`` if
    it may be one."""

    entry: Entry
    weak: bool
    doubtful: bool = False


class NameHit(NamedTuple):
    """A name found: half-open offsets in the normal form; ``word_start`` with its proclitics."""

    start: int
    end: int
    word_start: int
    pattern: int


class Gazetteer:
    """An opened gazetteer file. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise KnowledgeError(
                "E401",
                "the gazetteer is not built: run `python -m isnad.knowledge.gazetteer.build`",
                str(path),
            )
        self.path = path
        self._lock = threading.Lock()
        self._db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._entries: dict[int, Entry] = {}
        try:
            self.meta: dict[str, str] = dict(self._db.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise KnowledgeError("E402", f"not a gazetteer: {error}", str(path)) from error
        if self.meta.get("schema") != SCHEMA:
            raise KnowledgeError(
                "E402", "a gazetteer of another version: build or add its files again", str(path)
            )

    @property
    def hash(self) -> str:
        """SHA-256 over all places and names."""
        return self.meta["hash"]

    def _blob(self, name: str) -> bytes:
        with self._lock:
            row = self._db.execute("SELECT data FROM blob WHERE name = ?", (name,)).fetchone()
        return bytes(row[0])

    @cached_property
    def automaton(self) -> Any:
        return lexicon.automaton_from_bytes(self._blob("automaton"))

    @cached_property
    def _offsets(self) -> array[int]:
        return array("I", self._blob("offsets"))

    @cached_property
    def _refs(self) -> array[int]:
        return array("I", self._blob("refs"))

    def find(self, normal: str) -> list[NameHit]:
        """Names at word boundaries of a text in normal form, overlapping ones included.

        Marks count as blanks, so «#تل_تمر» and «دير-الزور» are found; a name never reaches across a
        comma, a full stop or the end of a line. A word ends where the script changes («#حلب4:10»).
        """
        spaced = _NOT_WORD.sub(" ", normal) + " "
        seams = [m.start() for m in _SEAM.finditer(spaced)]
        if not seams:
            return self._find_words(spaced, normal)
        parted = _SEAM.sub(" ", spaced)
        lead = [at + i for i, at in enumerate(seams)]  # where each inserted blank stands
        hits = []
        for start, end, word_start, number in self._find_words(parted, parted):
            before = bisect_left(lead, start)
            if bisect_left(lead, end) > before:
                continue  # a name does not reach across a seam
            shift = bisect_left(lead, word_start)
            hit = NameHit(start - before, end - before, word_start - shift, number)
            if not (" " in spaced[hit.start : hit.end] and _BREAK.search(normal, *hit[:2])):
                hits.append(hit)
        return hits

    def _find_words(self, spaced: str, normal: str) -> list[NameHit]:
        """Names in a text whose words stand apart, by their offsets in it."""
        hits: list[NameHit] = []
        # Half of the time went into attribute look-ups and the constructor.
        add, new, within = hits.append, tuple.__new__, spaced.find
        for start, end, number in self.automaton.find_overlapping(spaced):
            end -= 1
            word_start = start
            if start and spaced[start - 1] != " ":
                word_start = spaced.rfind(" ", 0, start) + 1
                if start - word_start > 2 or spaced[word_start:start] not in PROCLITICS:
                    continue
            if (
                within(" ", start, end) >= 0
                and spaced[start:end] != normal[start:end]
                and _BREAK.search(normal, start, end)
            ):
                continue
            add(new(NameHit, (start, end, word_start, number)))
        return hits

    @lru_cache(maxsize=16384)  # noqa: B019 - one gazetteer a process
    def senses(self, pattern: int) -> tuple[Sense, ...]:
        """The places that a name may mean, the likeliest by kind and population first."""
        refs = self._refs[self._offsets[pattern] : self._offsets[pattern + 1]]
        return tuple(Sense(self.entry(r >> 2), bool(r & 2), bool(r & 3)) for r in refs)

    def entry(self, n: int) -> Entry:
        """The place with row number ``n``."""
        found = self._entries.get(n)
        if found is None:
            with self._lock:
                row = self._db.execute("SELECT * FROM place WHERE n = ?", (n,)).fetchone()
            found = self._entries[n] = Entry(*row)
        return found

    def by_id(self, id: str) -> Entry | None:
        """The place with this id."""
        with self._lock:
            row = self._db.execute("SELECT * FROM place WHERE id = ?", (id,)).fetchone()
        return Entry(*row) if row else None

    @lru_cache(maxsize=256)  # noqa: B019 - one gazetteer a process
    def country(self, iso3: str) -> Entry | None:
        """The country with this ISO 3166 alpha-3 code."""
        with self._lock:
            row = self._db.execute(
                "SELECT * FROM place WHERE kind = 'country' AND country = ? ORDER BY id", (iso3,)
            ).fetchone()
        return Entry(*row) if row else None

    @lru_cache(maxsize=4096)  # noqa: B019 - one gazetteer a process
    def near(self, lat: float, lon: float, km: float) -> list[Entry]:
        """Settlements within ``km`` kilometres of a point, the nearest first."""
        reach = km / 111.2
        wide = reach / max(0.01, math.cos(math.radians(lat)))
        with self._lock:
            rows = self._db.execute(
                "SELECT * FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
                " AND kind IN ('city', 'town', 'village', 'neighbourhood', 'camp')",
                (lat - reach, lat + reach, lon - wide, lon + wide),
            ).fetchall()
        found = [(distance(lat, lon, e.lat, e.lon), e.id, e) for e in map(Entry._make, rows)]
        return [e for far, _, e in sorted(found) if far <= km]

    def largest(
        self, west: float, south: float, east: float, north: float, most: int
    ) -> list[Entry]:
        """The most populous settlements inside a box, the largest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT * FROM place WHERE lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
                " AND kind IN ('city', 'town', 'village') ORDER BY population DESC, id LIMIT ?",
                (west, east, south, north, most),
            ).fetchall()
        return [Entry(*row) for row in rows]

    @lru_cache(maxsize=4096)  # noqa: B019 - one gazetteer a process
    def unit(self, country: str, admin1: str = "", admin2: str = "") -> Entry | None:
        """The smallest unit with a row of its own: the district, else the governorate, else the
        country."""
        with self._lock:
            row = self._db.execute(
                "SELECT * FROM place WHERE country = ? AND admin1 = ? AND admin1 <> ''"
                " AND ((kind = 'district' AND admin2 = ? AND admin2 <> '')"
                "      OR kind = 'governorate') ORDER BY kind, id",
                (country, admin1, admin2),
            ).fetchone()
        return Entry(*row) if row else self.country(country)

    def lookup(self, name: str) -> list[Entry]:
        """All places of exactly this name in any spelling, the likeliest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT n FROM name WHERE key = ? ORDER BY rank, n", (key(name),)
            ).fetchall()
        return [self.entry(n) for (n,) in rows]

    def variants(self, entry: Entry) -> list[str]:
        """The other names of a place, as written in the sources."""
        with self._lock:
            row = self._db.execute("SELECT names FROM variant WHERE n = ?", (entry.n,)).fetchone()
        return row[0].split("|") if row and row[0] else []

    def is_weak_place(self, entry: Entry) -> bool:
        """Whether the place's own row marks its name as an ordinary word."""
        with self._lock:
            row = self._db.execute("SELECT 1 FROM weak WHERE n = ?", (entry.n,)).fetchone()
        return row is not None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)

    def __len__(self) -> int:
        return int(self.meta["places"])


@lru_cache(maxsize=4)
def open_gazetteer(path: Path = BUILT) -> Gazetteer:
    """A gazetteer file, opened once a process."""
    return Gazetteer(path)
