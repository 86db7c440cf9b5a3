"""Health, the archive's state, and the description of all routes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

import isnad
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Who
from isnad.desk.model.view import View
from isnad.desk.roles import OPEN, may

router = APIRouter(tags=["state"])


@router.get("/health")
@may(OPEN)
async def health() -> Response:
    """Whether the desk runs."""
    return ok({"status": "ok", "version": isnad.__version__})


@router.get("/state")
@may("see")
def state(desk: AnyDesk, who: Who) -> Response:
    """What the archive holds now, and how far the desk has read it."""
    world = desk.world
    base: dict[str, Any] = {"today": desk.today.isoformat(), "tiles": desk.settings.tiles}
    if world.view is None:
        done, total = world.building or (0, 0)
        return ok(base | {"building": {"done": done, "total": total}})
    view = desk.view(who)
    found = view.remember("answer", "state", lambda: _span(view))
    claims = sum(len(r.claims) for r in view.rows if r is not None) if who.public else None
    return ok(
        base
        | found
        | {
            "building": None,
            "head": None if who.public else view.head._asdict(),
            "archive": None if who.public else desk.name,
            "reports": None if who.public else len(world.heads),
            "claims": claims if who.public else sum(len(h.claims) for h in world.heads.values()),
            "incidents": len(view),
            "public": {"delay_days": desk.settings.delay_days, "round_km": desk.settings.round_km}
            if who.public
            else None,
        }
    )


def _span(view: View) -> dict[str, Any]:
    rows = [r for r in view.rows if r is not None]
    days = [d for r in rows for d in (r.earliest, r.latest) if d is not None]
    told = [r.last_told for r in rows if r.last_told is not None]
    points = [(r.lat, r.lon) for r in rows if r.lat is not None and r.lon is not None]
    return {
        "time": [_day(min(days)), _day(max(days))] if days else None,
        "newest": _day(max(told)) if told else None,
        "box": [
            min(p[1] for p in points), min(p[0] for p in points), max(p[1] for p in points),
            max(p[0] for p in points),
        ] if points else None,
    }  # fmt: skip


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


@router.get("/openapi.json")
@may(OPEN)
def openapi(request: Request) -> Response:
    """All routes, by machine."""
    from isnad.desk.openapi import description

    return ok(description(request.app))
