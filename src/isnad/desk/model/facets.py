"""Facets: how many of the rows asked for have each value, each counted without its own filter."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from isnad.desk.labels import words
from isnad.desk.model.names import actor, entry
from isnad.desk.model.select import Selection
from isnad.desk.model.view import View

FACETS = (
    "type", "status", "grade", "review", "country", "actor", "initiator", "target", "outlet",
    "origin", "source", "outcome", "item", "hit", "topic", "category", "place", "disputed",
)  # fmt: skip
SHOWN = 50


def facets_of(selection: Selection) -> dict[str, Any]:
    """All facets of a selection: of each its most frequent values, and those that are chosen."""
    view = selection.view
    keys: dict[str, list[tuple[str, int]]] = view.remember("answer", "keys", lambda: _keys(view))
    out = {}
    for name in FACETS:
        chosen = selection.query.of(name)
        mask = selection.without(name) if chosen else selection.mask
        counts = [((bits & mask).bit_count(), value) for value, bits in keys.get(name, ())]
        ranked = sorted((x for x in counts if x[0] or x[1] in chosen), key=lambda x: (-x[0], x[1]))
        kept = ranked[:SHOWN] + [x for x in ranked[SHOWN:] if x[1] in chosen]
        out[name] = [{**named(name, value), "count": n} for n, value in kept]
    return {"total": len(selection), "facets": out}


def _keys(view: View) -> dict[str, list[tuple[str, int]]]:
    out: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (name, value), bits in view.bits.items():
        out[name].append((value, bits))
    return dict(out)


def named(facet: str, value: str) -> dict[str, Any]:
    """``{"id", "ar", "en"}`` of a facet's value; names are ``None`` where only words are known."""
    if facet in ("actor", "initiator", "target"):
        return actor(value)
    if facet == "origin":
        known = actor(value)
        return known if known["en"] else {"id": value, "ar": value, "en": None}
    if facet == "place":
        here = entry(value)
        return {
            "id": value,
            "ar": here.name_ar if here else None,
            "en": here.name_en if here else None,
        }
    if facet == "country":
        from isnad.knowledge.gazetteer.user import gazetteer

        land = gazetteer().country(value)
        return {
            "id": value,
            "ar": land.name_ar if land else None,
            "en": land.name_en if land else None,
        }
    if facet == "outlet":
        return {"id": value, "ar": value, "en": None}
    label = words().label(facet, value)
    return {"id": value, "ar": label.ar, "en": label.en}
