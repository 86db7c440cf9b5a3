"""Kept searches, alerts, and their feeds."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Request
from starlette.responses import Response

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import DeskError, missing
from isnad.desk.labels import words
from isnad.desk.model.row import Row
from isnad.desk.query import Query, read
from isnad.desk.roles import OPEN, Caller, may
from isnad.desk.routes.bodies import EditSearch, NewSearch
from isnad.desk.searches import Kept

router = APIRouter(tags=["searches"])
feeds = APIRouter()
_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"


def _owner(who: Caller) -> str:
    return who.account or ""


def _query(text: str) -> Query:
    return read(answers.pairs(text))


def _shown(desk: Desk, who: Caller, kept: Kept) -> dict[str, Any]:
    counts: dict[str, Any]
    try:
        asked = _query(kept.query)
    except DeskError as error:  # a filter that this version does not know must not hide the rest
        counts = {"count": None, "new": 0, "fault": error.message}
    else:
        selection = desk.select(who, asked)
        counts = {"count": len(selection), "new": _new(selection.view.each(selection.mask), kept)}
    return {
        "id": kept.id, "name": kept.name, "query": kept.query, "alert": kept.alert, **counts,
        "feed": f"/feeds/{kept.feed}.atom", "created": kept.created_at,
    }  # fmt: skip


def _new(rows: Any, kept: Kept) -> int:
    return sum(r.added > kept.seen_seq for r in rows)


@router.get("/searches")
@may("save")
def searches(desk: AnyDesk, who: Who) -> Response:
    """One's kept searches, with how many incidents are new in each."""
    items = [_shown(desk, who, k) for k in desk.searches.of(_owner(who))]
    return ok({"items": items, "next": None, "total": len(items)})


@router.post("/searches", status_code=201)
@may("save")
def new(desk: AnyDesk, who: Who, body: NewSearch) -> Response:
    """Keep a search."""
    asked = _query(body.query)
    seq = desk.view(who).head.seq
    kept = desk.searches.add(_owner(who), body.name, asked.address(), body.alert, seq, desk.clock())
    return ok(_shown(desk, who, kept), 201)


@router.patch("/searches/{ident}")
@may("save")
def edit(desk: AnyDesk, who: Who, ident: str, body: EditSearch) -> Response:
    """Change a kept search."""
    values = {k: v for k, v in body.model_dump().items() if v is not None}
    if "query" in values:
        values["query"] = _query(values["query"]).address()
    return ok(_shown(desk, who, desk.searches.change(_owner(who), ident, values)))


@router.delete("/searches/{ident}", status_code=204)
@may("save")
def drop(desk: AnyDesk, who: Who, ident: str) -> Response:
    """Forget a kept search; its feed ends."""
    desk.searches.drop(_owner(who), ident)
    return Response(status_code=204)


@router.post("/searches/{ident}/seen")
@may("save")
def seen(desk: AnyDesk, who: Who, ident: str) -> Response:
    """Note that one has looked at all that there is now."""
    seq = desk.view(who).head.seq
    return ok(_shown(desk, who, desk.searches.change(_owner(who), ident, {"seen_seq": seq})))


@router.get("/alerts")
@may("save")
def alerts(desk: AnyDesk, who: Who) -> Response:
    """What waits for one: new incidents of kept searches, claims to look at."""
    kept = [k for k in desk.searches.of(_owner(who)) if k.alert]
    items = [s for k in kept if (s := _shown(desk, who, k))["new"]]
    open_ones = sum(
        desk.world.state(c) == "open"
        if a["stage"] == "first"
        else not desk.codings.of([c], by=who.who)
        for a in (desk.assignments.all_of(who.who) if who.can("decide") else ())
        for c in a["claims"]
    )
    return ok({"new": sum(s["new"] for s in items), "searches": items, "assignments": open_ones})


@feeds.get("/feeds/{name}", include_in_schema=False)
@may(OPEN)
def feed(desk: AnyDesk, request: Request, name: str) -> Response:
    """The newest incidents of a kept search as Atom. The address is the secret that opens it; it
    holds what its owner may see now."""
    secret = name.removesuffix(".atom")
    found = desk.searches.by_feed(secret) if name.endswith(".atom") else None
    if found is None or (not found[0].owner and desk.settings.accounts):
        raise missing("such feed")
    kept, role = found
    who = Caller(role if kept.owner else "admin", kept.name, kept.owner or None)  # type: ignore[arg-type]
    asked = _query(kept.query)
    selection = desk.select(who, asked)
    rows = sorted(selection.view.each(selection.mask), key=lambda r: (-r.added, r.id))[:_ENTRIES]
    base = f"{'https' if desk.settings.secure else 'http'}://{request.headers['host']}"
    return Response(_atom(desk, kept, rows, base), media_type="application/atom+xml")


def _atom(desk: Desk, kept: Kept, rows: list[Row], base: str) -> bytes:
    root = Element("feed", {"xmlns": _ATOM})
    updated = desk.world.times(r.added for r in rows)
    _put(root, "title", kept.name)
    _put(root, "id", f"urn:isnad:search:{kept.id}")
    _put(root, "updated", max(updated.values(), default=kept.created_at))
    SubElement(root, "link", {"rel": "alternate", "href": f"{base}/incidents?{kept.query}"})
    for row in rows:
        shown, one = row.shown, SubElement(root, "entry")
        label = words().label("type", row.type)
        place, time = shown["place"] or {}, shown["time"] or {}
        parts = [
            f"{label.ar} / {label.en}",
            place.get("ar") or place.get("as_written"),
            time.get("earliest"),
        ]
        _put(one, "title", " · ".join(_plain(p) for p in parts if p))
        _put(one, "id", f"urn:isnad:incident:{row.id}")
        _put(one, "updated", updated.get(row.added, kept.created_at))
        SubElement(one, "link", {"rel": "alternate", "href": f"{base}/incident/{row.id}"})
        _put(one, "summary", _plain(shown["headline"]["text"] or ""))
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 32 and not "\ud800" <= c <= "\udfff"
                                                     and c not in "\ufffe\uffff"))  # fmt: skip


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _plain(text)
