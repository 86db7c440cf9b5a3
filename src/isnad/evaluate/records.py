"""Records to score: read from JSON Lines, checked for the contract's shape, or coded afresh."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from isnad.errors import InputError
from isnad.model import Report

_LISTS = ("initiators", "targets", "casualties", "forces", "materiel", "sources")
_NEEDED = {"casualties": "outcome", "materiel": "item"}
_OUTSIDE = ("id", "text", "title", "published", "publisher")


def load(path: str | Path) -> list[dict[str, Any]]:
    """Records of a JSON Lines file.

    Raises:
        InputError: E101 or E102 if it cannot be read, E107 or E114 for a line that is no record.
    """
    where = str(path)
    try:
        lines = Path(path).read_bytes().split(b"\n")
    except FileNotFoundError as error:
        raise InputError("E101", "there is no such file", where) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError("E102", f"cannot be read: {why}", where) from error
    return [
        _record(line, f"{where}:{number}") for number, line in enumerate(lines, 1) if line.strip()
    ]


def _record(line: bytes, at: str) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or getattr(error, "reason", None) or "cannot be parsed"
        raise InputError("E107", f"the line is no JSON: {reason}", at) from error
    fault = next(_faults(record), None)
    if fault:
        raise InputError("E114", f"the line is no coded report: {fault}", at)
    assert isinstance(record, dict)
    return record


def _faults(record: Any) -> Iterator[str]:
    """What keeps a record from being scored, in words."""
    if not isinstance(record, dict):
        yield "no JSON object"
        return
    if not isinstance(record.get("id"), str):
        yield '"id" is missing or no string'
    claims = record.get("claims")
    if not isinstance(claims, list):
        yield '"claims" is missing or no list'
        return
    for number, claim in enumerate(claims):
        for fault in _claim_faults(claim):
            yield f"claim {number}: {fault}"


def _claim_faults(claim: Any) -> Iterator[str]:
    if not isinstance(claim, dict):
        yield "no object"
        return
    for name in ("type", "status"):
        if not isinstance(claim.get(name, "happened" if name == "status" else None), str):
            yield f"{name!r} is missing or no string"
    claim.setdefault("status", "happened")
    claim.setdefault("evidence", [])
    if not _spans(claim["evidence"]):
        yield "'evidence' is no list of [start, end]"
    for name in _LISTS:
        values = claim.get(name) or []
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            yield f"{name!r} is no list of objects"
            continue
        needed = _NEEDED.get(name)
        for value in values:
            if needed and not isinstance(value.get(needed), str):
                yield f"{name!r} has an entry without {needed!r}"
            if not _spans([value["span"]] if value.get("span") is not None else []):
                yield f"{name!r} has a span that is not [start, end]"
    yield from _setting_faults(claim)


def _setting_faults(claim: dict[str, Any]) -> Iterator[str]:
    place, time = claim.get("place"), claim.get("time")
    for name, value in (("place", place), ("time", time)):
        if value is not None and not isinstance(value, dict):
            yield f"{name!r} is no object"
            return
    for name in ("lat", "lon", "radius_km"):
        if place and not isinstance(place.get(name), int | float | None):
            yield f"place: {name!r} is no number"
    for name in ("earliest", "latest"):
        day = (time or {}).get(name)
        try:
            if day is not None:
                dt.date.fromisoformat(day[:10])
        except (TypeError, ValueError):
            yield f"time: {name!r} is no day"


def _spans(values: Any) -> bool:
    return isinstance(values, list) and all(
        isinstance(v, list) and len(v) == 2 and all(isinstance(n, int) for n in v) for v in values
    )


def to_report(record: Mapping[str, Any]) -> Report:
    """The report of a gold record.

    Raises:
        InputError: E108 if the record lacks its text.
    """
    if not isinstance(record.get("text"), str):
        raise InputError("E108", '"text" is missing', f"report {record['id']}")
    return Report(**{k: record[k] for k in _OUTSIDE if record.get(k)})


def code_all(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reports of gold records, coded by the program.

    Raises:
        InputError: E108 if a record lacks its text.
    """
    import isnad

    return [isnad.read(to_report(record)).contract() for record in records]
