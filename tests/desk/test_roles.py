"""Every route asks for a role; a new one fails here until it is listed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.testclient import TestClient

from isnad.desk.desk import gate
from isnad.desk.errors import DeskError
from isnad.desk.openapi import routes_of
from isnad.desk.refusing import handle
from isnad.desk.roles import PERMISSIONS, ROLES
from isnad.desk.shield import Shield

from .conftest import BASE, Open, desk_of, signed_in

A = "/api/v1"
ROUTES: dict[str, str] = {
    f"GET {A}/health": "open", f"GET {A}/openapi.json": "open", f"GET {A}/session": "open",
    f"POST {A}/session": "open", f"DELETE {A}/session": "open", "GET /enter": "open",
    f"GET {A}/invitations/{{secret}}": "open", f"POST {A}/invitations/{{secret}}": "open",
    f"POST {A}/resets/{{secret}}": "open", "GET /feeds/{name}": "open", "GET /{path}": "open",
    f"GET {A}/state": "public", f"GET {A}/incidents": "public", f"GET {A}/map": "public",
    f"GET {A}/timeline": "public", f"GET {A}/facets": "public", f"GET {A}/overview": "public",
    f"GET {A}/plots": "public", f"GET {A}/incidents/{{ident}}": "public", f"GET {A}/room": "public",
    f"GET {A}/codebook": "public", f"GET {A}/codebook/{{field}}": "public",
    f"GET {A}/actors": "public", f"GET {A}/places": "public",
    "GET /incidents.json": "public", "GET /incidents.csv": "public", "GET /plots.json": "public",
    "GET /plots.csv": "public", "GET /incident/{ident}.json": "public", "GET /room.json": "public",
    "GET /actors.csv": "public", "GET /places.csv": "public",
    f"GET {A}/incidents/{{ident}}/history": "viewer", f"GET {A}/reports": "viewer",
    f"GET {A}/reports/{{ident}}": "viewer", f"GET {A}/reports/{{ident}}/raw/{{n}}": "viewer",
    f"GET {A}/reports/{{ident}}/diff": "viewer", f"GET {A}/search": "viewer",
    f"GET {A}/actors/{{ident}}": "viewer", f"GET {A}/places/{{ident}}": "viewer",
    f"GET {A}/outlets": "viewer", f"GET {A}/outlets/{{name}}": "viewer",
    f"GET {A}/sources": "viewer", f"GET {A}/decisions": "viewer",
    f"GET {A}/review/progress": "viewer", f"GET {A}/review/agreement": "viewer",
    f"GET {A}/pick/actors": "viewer", f"GET {A}/pick/places": "viewer",
    f"GET {A}/comments": "viewer", f"GET {A}/snapshots": "viewer",
    f"GET {A}/snapshots/{{ident}}": "viewer", f"GET {A}/snapshots/{{ident}}/file.json": "viewer",
    f"GET {A}/snapshots/{{ident}}/file.csv": "viewer", "GET /report/{ident}.json": "viewer",
    "GET /search.json": "viewer", "GET /search.csv": "viewer", "GET /outlets.csv": "viewer",
    "GET /snapshot/{ident}.json": "viewer", "GET /snapshot/{ident}.csv": "viewer",
    f"GET {A}/searches": "viewer", f"POST {A}/searches": "viewer",
    f"PATCH {A}/searches/{{ident}}": "viewer", f"DELETE {A}/searches/{{ident}}": "viewer",
    f"POST {A}/searches/{{ident}}/seen": "viewer", f"GET {A}/alerts": "viewer",
    f"POST {A}/password": "viewer", f"GET {A}/tokens": "viewer", f"POST {A}/tokens": "viewer",
    f"DELETE {A}/tokens/{{ident}}": "viewer",
    f"POST {A}/comments": "coder", f"PATCH {A}/comments/{{ident}}": "coder",
    f"DELETE {A}/comments/{{ident}}": "coder", f"GET {A}/review/queue": "coder",
    f"POST {A}/review/words": "coder", f"GET {A}/review/assignments": "coder",
    f"POST {A}/review/codings": "coder", f"POST {A}/decisions": "coder",
    f"POST {A}/review/assignments": "lead", f"DELETE {A}/review/assignments/{{ident}}": "lead",
    f"GET {A}/exports/{{form}}": "public", f"POST {A}/review/second": "coder", f"GET {A}/review/people": "lead",
    f"GET {A}/reports/{{ident}}/explain": "viewer", f"GET {A}/review/pairs": "lead", f"POST {A}/review/pairs/{{claim}}": "lead",
    f"POST {A}/decisions/preview": "lead", f"POST {A}/decisions/bulk": "lead",
    f"POST {A}/decisions/bulk/undo": "lead", f"POST {A}/snapshots": "lead",
    f"GET {A}/accounts": "admin", f"PATCH {A}/accounts/{{ident}}": "admin",
    f"POST {A}/accounts/{{ident}}/reset": "admin", f"GET {A}/invitations": "admin",
    f"POST {A}/invitations": "admin", f"DELETE {A}/invitations/{{ident}}": "admin",
    f"GET {A}/audit": "admin",
}  # fmt: skip


def test_every_route_is_listed_here_and_none_that_is_not_there(reader: TestClient) -> None:
    there = {f"{m} {r.path}" for r in routes_of(reader.app) for m in r.methods or ()}  # type: ignore[arg-type]
    assert there - ROUTES.keys() == set(), "list it, with the least role that may ask for it"
    assert ROUTES.keys() - there == set()


def ask(client: TestClient, route: str) -> int:
    """The status of asking for a route with made-up ids and an empty body."""
    method, _, path = route.partition(" ")
    for name in ("form", "ident", "secret", "field", "claim", "name", "path"):
        path = path.replace(f"{{{name}}}", "nothing")
    path = path.replace("{n}", "0")
    body: dict[str, Any] = {"json": {}} if method in ("POST", "PATCH") else {}
    return int(client.request(method, path, follow_redirects=False, **body).status_code)


def test_every_role_may_ask_for_what_is_its_own_and_nothing_above(open_desk: Open) -> None:
    base = open_desk(accounts=True, public=True)
    people = {r: base if r == "public" else signed_in(base, r) for r in ROLES}
    base.headers["origin"] = BASE
    asked = [r for r in ROUTES if r not in (f"DELETE {A}/session", f"POST {A}/session")]
    for role, client in people.items():
        for route in asked:
            least = ROUTES[route]
            got = ask(client, route)
            allowed = least == "open" or ROLES.index(role) >= ROLES.index(least)
            refused = 401 if role == "public" else 403
            assert (got == refused) != allowed or (allowed and least == "open"), (role, route, got)
            assert got < 500 or not allowed, (role, route, got)


def test_without_an_account_and_a_public_view_nothing_is_seen(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    for route, least in ROUTES.items():
        got = ask(client, route)
        assert least == "open" or got == 401, (route, got)


def test_a_route_that_names_no_permission_is_closed(open_desk: Open) -> None:
    client = open_desk()
    desk = desk_of(client)

    def nothing() -> None: ...

    router = APIRouter(dependencies=[Depends(gate)])
    router.add_api_route("/bare", nothing)
    app = FastAPI()
    app.state.desk = desk
    app.add_exception_handler(DeskError, handle)
    app.add_middleware(Shield, desk=desk)
    app.include_router(router)
    owner = TestClient(app, base_url=BASE, headers={"authorization": f"Bearer {desk.token}"})
    got = owner.get("/bare")
    assert got.status_code == 403 and got.json()["error"]["code"] == "E705"


def test_permissions_grow_with_roles() -> None:
    assert set(PERMISSIONS.values()) == set(ROLES)


@pytest.fixture(scope="module")
def secretive() -> tuple[str, ...]:
    """Words of the demonstration's reports that no public answer may hold."""
    return ("سرمين", "الغنطو", "g67-r2", "javascript", "onerror")


def test_the_public_sees_coarse_and_late_and_no_words(
    open_desk: Open, secretive: tuple[str, ...]
) -> None:
    client = open_desk(accounts=True, public=True, delay_days=14, round_km=20.0)
    full = desk_of(client).full_view()
    today = desk_of(client).today
    public = [r for r, least in ROUTES.items() if least == "public" and "{" not in r]
    for route in public:
        text = client.get(route.partition(" ")[2]).text
        assert not [w for w in secretive if w in text], route
    shown = client.get(f"{A}/incidents?limit=200").json()
    assert 0 < shown["total"] < len(full)
    for row in shown["items"]:
        assert row["headline"] == {"text": None, "report": None} and row["review"] is None
        assert "read" not in row and "comments" not in row
        place, time = row["place"], row["time"]
        if place and place["lat"] is not None:
            assert place["radius_km"] >= 14 and place["as_written"] in (None, "")
        if time and time["latest"]:
            assert (today.toordinal() - _day(time["latest"])) >= 14
    one = client.get(f"{A}/incidents/{shown['items'][0]['id']}").json()
    assert "tellings" in one and not isinstance(one["tellings"], list)
    assert client.get(f"{A}/incidents?q=قصف").status_code == 401
    held = next(r for r in full.rows if r and r.last_day and r.last_day > today.toordinal() - 14)
    assert client.get(f"{A}/incidents/{held.id}").status_code == 404
    facets = client.get(f"{A}/facets").json()["facets"]
    assert sum(f["count"] for f in facets["status"]) == shown["total"]
    assert not facets["review"]
    assert json.dumps(facets["place"]).count('"id"') <= 50


def _day(iso: str) -> int:
    return dt.date.fromisoformat(iso).toordinal()
