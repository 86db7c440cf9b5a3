"""Rows as cells of a table: what a CSV of incidents holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OUTCOMES = (
    "killed",
    "wounded",
    "missing",
    "captured",
    "detained",
    "displaced",
    "killed_or_wounded",
)
COLUMNS = (
    "id", "type", "status", "grade", "category", "earliest", "latest", "time_precision",
    "time_as_written", "place_as_written", "place_ar", "place_en", "gazetteer", "country", "lat",
    "lon", "radius_km", "shape", "initiators", "targets",
    *(f"{o}_{n}" for o in OUTCOMES for n in ("low", "best", "high", "acled")),
    "tellings", "reports", "origins", "copies", "outlets", "first_published", "last_published",
    "disputed", "hit", "confidence", "review", "headline",
)  # fmt: skip


def cells(row: Mapping[str, Any]) -> list[Any]:
    """A row, as it is shown, in the order of :data:`COLUMNS`; several values stand in one cell."""
    place, time = row.get("place") or {}, row.get("time") or {}
    told = {f["outcome"]: f for f in row["figures"]}
    published = row.get("published") or [None, None]
    return [
        row["id"], row["type"], row["status"], row["grade"], row.get("category"),
        time.get("earliest"), time.get("latest"), time.get("precision"), time.get("as_written"),
        place.get("as_written"), place.get("ar"), place.get("en"), place.get("gazetteer"),
        place.get("country"), place.get("lat"), place.get("lon"), place.get("radius_km"),
        place.get("shape"), _joined(p["id"] for p in row["initiators"]),
        _joined(p["id"] for p in row["targets"]),
        *(told.get(o, {}).get(n) for o in OUTCOMES for n in ("low", "best", "high", "acled")),
        row["tellings"], row["reports"], row["origins"], row["copies"], _joined(row["outlets"]),
        published[0], published[1], _joined(row["disputed"]), _joined(row["hit"]),
        row["confidence"], row.get("review"), (row.get("headline") or {}).get("text"),
    ]  # fmt: skip


def _joined(values: Any) -> str:
    return "; ".join(str(v) for v in values)
