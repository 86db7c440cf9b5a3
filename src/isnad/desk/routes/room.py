"""The reading room: what is new, much read, disputed; by topic, category, outlet and place."""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from isnad.desk.answers import at, ok
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.labels import words
from isnad.desk.model.facets import facets_of
from isnad.desk.model.select import Selection
from isnad.desk.query import Query
from isnad.desk.roles import Caller, may
from isnad.desk.routes.overview import seen_by

router = APIRouter(tags=["room"])
LONG, SHORT, LISTED = 10, 3, 30


@router.get("/room")
@may("see")
def room(desk: AnyDesk, who: Who, asked: Asked) -> Response:
    """All of the reading room."""
    return ok(laid_out(desk, who, asked))


def laid_out(desk: Desk, who: Caller, asked: Query) -> dict[str, Any]:
    """The reading room for a caller."""
    selection = desk.select(who, asked)
    view = selection.view

    def first(
        sort: str, most: int, keep: Any = lambda _: True, **sets: str
    ) -> list[dict[str, Any]]:
        some = _sorted(desk, who, asked, sort, sets)
        return [seen_by(desk, who, r) for r in islice((r for r in some if keep(r)), most)]

    facets = view.remember("answer", ("room", asked), lambda: facets_of(selection))["facets"]
    counts = {name: {f["id"]: f["count"] for f in facets[name]} for name in ("topic", "category")}
    read = desk.visits.count
    out: dict[str, Any] = {
        "latest": first("newest", LONG),
        "most_read": [] if who.public else first("read", LONG, lambda r: read(r.anchor) > 0),
        "most_disputed": first("disputed", LONG, lambda r: r.disputes > 0),
        "outlets": [
            {"name": f["id"], "incidents": f["count"], "query": urlencode({"outlet": f["id"]})}
            for f in facets["outlet"][:LISTED]
        ],
        "places": [{**f, "query": urlencode({"place": f["id"]})} for f in facets["place"][:LISTED]],
        "at": at(view.head) if not who.public else None,
    }  # fmt: skip
    labels = {"topic": [t.label for t in words().topics.values()],
              "category": list(words().categories.values())}  # fmt: skip
    for name, key in (("topic", "topics"), ("category", "categories")):
        out[key] = [
            {
                **label.name(),
                "count": counts[name].get(label.id, 0),
                "query": urlencode({name: label.id}),
                "latest": first("newest", SHORT, **{name: label.id}),
            }
            for label in labels[name]
            if counts[name].get(label.id)
        ]
    return out


def _sorted(desk: Desk, who: Caller, asked: Query, sort: str, sets: dict[str, str]) -> Any:
    from dataclasses import replace

    more = tuple((name, (value,)) for name, value in sets.items())
    kept = tuple(s for s in asked.sets if s[0] not in sets)
    selection: Selection = desk.select(who, replace(asked, sort=sort, sets=kept + more))
    return (row for _, row in selection.each())
