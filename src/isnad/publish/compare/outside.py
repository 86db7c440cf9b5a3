"""Reading ACLED and UCDP GED files as they are met: headers or none, either form of dates."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from isnad.errors import InputError
from isnad.publish.forms.acled import COLUMNS as ACLED
from isnad.publish.forms.ucdp import COLUMNS as UCDP
from isnad.publish.tables import tables
from isnad.publish.where import doubtful_point

Problem = Callable[[InputError], None]
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][0-9:.]*)?")
_SLACK = {1: 0, 2: 3, 3: 15}
"""Days either way that ACLED's time precision leaves: it gives the middle of a week or month."""
_ACLED_KM = {1: 5.0, 2: 25.0, 3: 75.0}
_UCDP_KM = {1: 5.0, 2: 25.0, 3: 25.0, 4: 75.0, 5: 75.0, 6: 300.0, 7: 300.0}
"""How far off a point of each precision may be, in kilometres; radii of our own contract."""
FIELD = 1 << 20  # characters of a cell: notes of others can be long


class Outside(NamedTuple):
    """An event of another dataset.

    Attributes:
        form: ``acled`` or ``ucdp``. id: its own. where: ``FILE:LINE``.
        first, last: days it may lie on, by its own precision.
        lat, lon, km: its point and how far off that may be.
        sides: names of its parties, ours not resolved.
        kind: ACLED's event type, or UCDP's type of violence.
        low, best, high: its dead.
    """

    form: str
    id: str
    where: str
    first: dt.date
    last: dt.date
    lat: float
    lon: float
    km: float
    place: str
    country: str
    admin1: str
    sides: tuple[str, ...]
    classes: tuple[str, ...]
    kind: str
    low: int
    best: int
    high: int


def read(path: Path, on_problem: Problem, on_note: Problem) -> Iterator[Outside]:
    """The events of a file; which form it is, its columns say.

    A row that cannot be read is told (E612) and passed over; coordinates that look wrong are told
    (W612) and taken.

    Raises:
        InputError: E610 if the file cannot be read, E611 if it is neither form.
    """
    try:
        stream = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise InputError("E610", f"cannot be read: {error.strerror}", str(path)) from error
    with stream:
        try:
            yield from _rows(stream, path, on_problem, on_note)
        except UnicodeDecodeError as error:
            raise InputError("E610", "is no UTF-8", str(path)) from error


def _rows(
    stream: Iterator[str], path: Path, on_problem: Problem, on_note: Problem
) -> Iterator[Outside]:
    first = next(stream, "")
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(FIELD)
    reader = csv.reader(_again(first, stream), delimiter=mark, strict=True)
    head: list[str] | None = None
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            on_problem(InputError("E612", f"no row: {error}", f"{path}:{reader.line_num}"))
            continue
        where = f"{path}:{reader.line_num}"
        if head is None:
            head, is_head = _head(cells, str(path))
            if is_head:
                continue
        if not any(cells):
            continue
        if len(cells) != len(head):
            what = f"has {len(cells)} fields, the header {len(head)}"
            on_problem(InputError("E612", what, where))
            continue
        row = dict(zip(head, cells, strict=True))
        try:
            event = (_acled if "event_id_cnty" in row else _ucdp)(row, where)
        except ValueError as error:
            on_problem(InputError("E612", f"cannot be read: {error}", where))
            continue
        if doubt := doubtful_point(event.lat, event.lon):
            on_note(InputError("W612", f"{event.id}: coordinates look wrong: {doubt}", where))
        yield event


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _head(cells: list[str], path: str) -> tuple[list[str], bool]:
    """The columns, and whether the row is them: UCDP's candidate files come without a header."""
    names = [c.strip().lower() for c in cells]
    if {"event_id_cnty", "event_date", "latitude", "longitude"} <= set(names):
        return names, True
    if {"type_of_violence", "date_start", "latitude", "longitude", "best"} <= set(names):
        return names, True
    if len(cells) == len(UCDP) and cells[0].strip().isdigit():
        return list(UCDP), False
    known = f"ACLED's ({', '.join(ACLED[:3])} …) nor UCDP GED's ({', '.join(UCDP[:3])} …)"
    what = f"the columns are neither {known}"
    raise InputError("E611", what, path)


def day(text: str) -> dt.date:
    """``2025-05-16``, with a time of day or not, or ``16 May 2025``.

    Raises:
        ValueError: if it is none.
    """
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    if words := _WORDS.fullmatch(text):
        name = words[2].lower()
        for number, month in enumerate(_MONTHS, 1):
            if month == name or (len(name) == 3 and month.startswith(name)):
                return dt.date(int(words[3]), number, int(words[1]))
    raise ValueError(f"{text!r} is no day")


def _int(row: dict[str, str], name: str, default: int | None = None) -> int:
    text = row.get(name, "").strip()
    if not text and default is not None:
        return default
    value = float(text)
    if value != int(value):
        raise ValueError(f"{name} {text!r} is no whole number")
    return int(value)


def _point(row: dict[str, str]) -> tuple[float, float]:
    lat, lon = float(row["latitude"]), float(row["longitude"])
    if not (abs(lat) <= 180 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is no point")
    return lat, lon


def inter(text: str) -> str:
    """ACLED's class of an actor in words, from words or from the number of older files."""
    text = text.strip()
    if text.isdigit():
        return next((n for n, code in tables().inter.items() if code == int(text)), "")
    return text


def _acled(row: dict[str, str], where: str) -> Outside:
    about = day(row["event_date"])
    slack = dt.timedelta(days=_SLACK[min(3, max(1, _int(row, "time_precision", 1)))])
    lat, lon = _point(row)
    sides = [
        name.strip()
        for column in ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")
        for name in row.get(column, "").split(";")
        if name.strip()
    ]
    dead = _int(row, "fatalities", 0)
    return Outside(
        "acled", row["event_id_cnty"], where, about - slack, about + slack, lat, lon,
        _ACLED_KM[min(3, max(1, _int(row, "geo_precision", 1)))], row.get("location", ""),
        row.get("country", ""), row.get("admin1", ""), tuple(dict.fromkeys(sides)),
        tuple(inter(row.get(c, "")) for c in ("inter1", "inter2")), row.get("event_type", ""),
        dead, dead, dead,
    )  # fmt: skip


def _ucdp(row: dict[str, str], where: str) -> Outside:
    first, last = day(row["date_start"]), day(row.get("date_end") or row["date_start"])
    lat, lon = _point(row)
    best = _int(row, "best", 0)
    return Outside(
        "ucdp", row.get("id", "") or where, where, first, max(first, last), lat, lon,
        _UCDP_KM[min(7, max(1, _int(row, "where_prec", 1)))],
        row.get("where_coordinates", ""), row.get("country", ""), row.get("adm_1", ""),
        tuple(row[c].strip() for c in ("side_a", "side_b") if row.get(c, "").strip()), (),
        row["type_of_violence"].strip(), _int(row, "low", best), best, _int(row, "high", best),
    )  # fmt: skip
