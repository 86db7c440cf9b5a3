"""Snapshots: frozen, citable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Desk, Who
from isnad.desk.errors import bad
from isnad.desk.freezing import MOST, Frozen
from isnad.desk.query import read
from isnad.desk.roles import may
from isnad.desk.routes.bodies import NewSnapshot
from isnad.desk.tables import COLUMNS, cells

router = APIRouter(tags=["snapshots"])


def shown(one: Frozen) -> dict[str, Any]:
    """A snapshot with how to cite it."""
    removed = one.frozen - one.left
    where = f"{one.seq}:{one.head}"
    return {
        **one._asdict(), "count": one.frozen, "hash": one.head, "removed": removed,
        "href": f"/snapshot/{one.id}", "verifies": removed == 0,
        "cite": {
            "en": f"{one.title}. Isnad snapshot {one.id}, {one.at[:10]}, {one.frozen} incidents; "
                  f"SHA-256 {one.sha256}; journal {where}.",
            "ar": f"{one.title}. لقطة إسناد {one.id}، {one.at[:10]}، عدد الأحداث {one.frozen}؛ "
                  f"SHA-256 {one.sha256}؛ السجل {where}.",
        },
    }  # fmt: skip


@router.get("/snapshots")
@may("read")
def snapshots(desk: AnyDesk) -> Response:
    """All snapshots, the newest first."""
    items = [shown(f) for f in desk.snapshots.all_of()]
    return ok({"items": items, "next": None, "total": len(items)})


@router.post("/snapshots", status_code=201)
@may("snapshot")
def new(desk: AnyDesk, who: Who, body: NewSnapshot) -> Response:
    """Freeze the incidents of a query as they are now."""
    asked = read(answers.pairs(body.query))
    selection = desk.select(who, asked)
    if len(selection) > MOST:
        raise bad(f"at most {MOST} incidents can be frozen at once; narrow the query")
    made = desk.snapshots.add(
        body.title, asked.address(), body.note, (r for _, r in selection.each()),
        selection.view.head, who.who, desk.clock(),
    )  # fmt: skip
    return ok(shown(made), 201)


@router.get("/snapshots/{ident}")
@may("read")
def snapshot(
    desk: AnyDesk, ident: str, limit: str | None = None, cursor: str | None = None
) -> Response:
    """A snapshot with a page of its incidents, as they were."""
    one, size, of = desk.snapshots.one(ident), answers.limit_of(limit), ("snapshot", ident)
    after = answers.place_of(of, cursor)
    some = list(desk.snapshots.rows(ident, -1 if after is None else after, size + 1))
    return ok({
        **shown(one), "items": [json.loads(text) for _, text in some[:size]],
        "next": answers.cursor(of, some[size - 1][0]) if len(some) > size else None,
        "total": one.left,
    })  # fmt: skip


@router.get("/snapshots/{ident}/file.json")
@may("read")
def file_json(desk: AnyDesk, ident: str) -> Response:
    """The frozen bytes: JSON Lines, whose SHA-256 is the snapshot's (if nothing had to go)."""
    one = desk.snapshots.one(ident)
    return StreamingResponse(
        _lines(desk, one.id), media_type="application/x-ndjson",
        headers=answers.attached(f"isnad-{one.id}.jsonl"),
    )  # fmt: skip


@router.get("/snapshots/{ident}/file.csv")
@may("read")
def file_csv(desk: AnyDesk, ident: str, excel: str = "0") -> Response:
    """The frozen incidents as a table."""
    one = desk.snapshots.one(ident)
    rows = (cells(json.loads(text)) for _, text in desk.snapshots.rows(one.id))
    return answers.table(f"isnad-{one.id}", COLUMNS, rows, excel=excel == "1")


def _lines(desk: Desk, ident: str) -> Iterator[bytes]:
    rows = desk.snapshots.rows(ident)
    while some := list(islice(rows, 200)):
        yield "".join(text + "\n" for _, text in some).encode()
