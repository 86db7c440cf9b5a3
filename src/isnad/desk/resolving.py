"""From words in a report to values that they may mean: what a person picks is looked up.

In: words of a text, the slot that they are to fill, the report's day. Out: values of the contract,
the likeliest first.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from isnad.knowledge.compiled import knowledge
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Entry
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.language.arabic.normal import fold, normalize
from isnad.language.arabic.numbers import find_counted_nouns, find_numbers
from isnad.language.arabic.times import find_times
from isnad.language.arabic.tokens import tokenize

MOST = 8


def values_of(slot: str, text: str, published: dt.date | None) -> list[dict[str, Any]]:
    """Values that ``text`` may mean in ``slot``."""
    if slot in ("initiators", "targets"):
        return [{"actor": i} for i in actors_called(text, MOST)]
    if slot == "place":
        return [place_value(e) for e in gazetteer().lookup(_bare(text))[:MOST]]
    if slot == "time":
        return _times(text, published)
    if slot in ("casualties", "forces", "materiel"):
        return _counts(text)
    return []


def _bare(text: str) -> str:
    return " ".join(text.split()).strip("«»\"'()[]،,.:؛")


def place_value(e: Entry) -> dict[str, Any]:
    """A place of the gazetteer as a value; its radius is its reach, or its kind's."""
    return {
        "lat": e.lat, "lon": e.lon, "radius_km": e.extent_km or kind_of(e.kind).radius_km,
        "relation": "at", "anchors": [e.id], "label": {"id": e.id, "ar": e.name_ar, "en":
        e.name_en}, "kind": e.kind, "country": e.country, "admin": " / ".join(x for x in (e.admin1,
        e.admin2) if x),
    }  # fmt: skip


def actors_called(text: str, most: int) -> list[str]:
    """Ids of actors that are called so, those by their whole name first, then by its beginning."""
    known, wanted = knowledge(), fold(_bare(text)).casefold()
    if not wanted:
        return []
    exact: dict[str, None] = {}
    for row in known.aliases_of(fold(_bare(text))):
        exact[known.actors.aliases[row].actor] = None
    begins: dict[str, None] = {}
    inside: dict[str, None] = {}
    for a in known.actors:
        names = (fold(a.name_ar).casefold(), a.name_en.casefold(), a.id)
        if wanted in names:
            exact[a.id] = None
        elif any(n.startswith(wanted) for n in names):
            begins[a.id] = None
        elif any(wanted in n for n in names):
            inside[a.id] = None
    return list(dict.fromkeys([*exact, *begins, *inside]))[:most]


def places_called(text: str, near: tuple[float, float] | None, most: int) -> list[Entry]:
    """Places that are called so, the nearest to a point first if one is given."""
    found = gazetteer().lookup(_bare(text))
    if near is not None:
        lat, lon = near
        found = sorted(found, key=lambda e: (e.lat - lat) ** 2 + (e.lon - lon) ** 2)
    return found[:most]


def _times(text: str, published: dt.date | None) -> list[dict[str, Any]]:
    normal = normalize(text)
    out = []
    for found in find_times(normal.text, tokenize(normal.text), published):
        if found.earliest is not None or found.latest is not None:
            out.append({
                "earliest": found.earliest.isoformat() if found.earliest else None,
                "latest": found.latest.isoformat() if found.latest else None,
            })  # fmt: skip
    return out[:MOST]


def _counts(text: str) -> list[dict[str, Any]]:
    normal = normalize(text)
    tokens = tokenize(normal.text)
    numbers = find_numbers(normal.text, tokens)
    found = [n for n in numbers if n.kind == "count"] or find_counted_nouns(normal.text, tokens)
    return [
        {"low": n.low, "high": n.high}
        for n in found
        if all(v is None or isinstance(v, int) for v in (n.low, n.high))
    ][:MOST]
