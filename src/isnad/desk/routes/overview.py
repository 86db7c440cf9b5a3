"""The overview: list, map, timeline, facets and plots of one selection."""

from __future__ import annotations

from typing import Any, Literal, cast

from fastapi import APIRouter
from starlette.responses import Response

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.errors import bad
from isnad.desk.model.facets import facets_of
from isnad.desk.model.mapping import map_of
from isnad.desk.model.plots import plots_of
from isnad.desk.model.row import Row
from isnad.desk.model.select import Selection
from isnad.desk.model.timeline import By, timeline_of
from isnad.desk.roles import Caller, may

router = APIRouter(tags=["overview"])
_BY = ("auto", "day", "week", "month", "year")


@router.get("/incidents")
@may("see")
def incidents(
    desk: AnyDesk, who: Who, asked: Asked, limit: str | None = None, cursor: str | None = None
) -> Response:
    """A page of the incidents asked for."""
    return ok(listed(desk, who, desk.select(who, asked), limit, cursor))


@router.get("/map")
@may("see")
def on_map(
    desk: AnyDesk, who: Who, asked: Asked, zoom: str = "5", view: str | None = None
) -> Response:
    """The incidents asked for as GeoJSON; ``view`` (W,S,E,N) leaves out what lies outside."""
    return ok(mapped(desk.select(who, asked), zoom, view))


@router.get("/timeline")
@may("see")
def timeline(desk: AnyDesk, who: Who, asked: Asked, by: str = "auto") -> Response:
    """The incidents asked for through time."""
    return ok(timed(desk.select(who, asked), by))


@router.get("/facets")
@may("see")
def facets(desk: AnyDesk, who: Who, asked: Asked) -> Response:
    """How many of the incidents asked for have each value."""
    return ok(counted(desk.select(who, asked)))


@router.get("/overview")
@may("see")
def overview(
    desk: AnyDesk, who: Who, asked: Asked, limit: str | None = None, zoom: str = "5",
    by: str = "auto", view: str | None = None,
) -> Response:  # fmt: skip
    """All of the above in one answer."""
    selection = desk.select(who, asked)
    return ok({
        "list": listed(desk, who, selection, limit, None), "map": mapped(selection, zoom, view),
        "timeline": timed(selection, by), "facets": counted(selection),
    })  # fmt: skip


@router.get("/plots")
@may("see")
def plots(desk: AnyDesk, who: Who, asked: Asked, by: str = "auto") -> Response:
    """The data of all plots."""
    return ok(plotted(desk.select(who, asked), by))


@router.get("/exports/{form}")
@may("see")
def exported(desk: AnyDesk, who: Who, asked: Asked, form: str, excel: str = "0") -> Response:
    """The incidents asked for in a form of ``isnad export``, with its manifest, in a ZIP."""
    from isnad.desk.exporting import download

    return download(desk, who, desk.select(who, asked), form, excel=excel == "1")


def listed(
    desk: Desk, who: Caller, s: Selection, limit: str | None, cursor: str | None
) -> dict[str, Any]:
    """A page of rows."""
    of = ("incidents", s.query)
    rows, last = s.page(answers.place_of(of, cursor), answers.limit_of(limit))
    return {
        "items": [seen_by(desk, who, r) for r in rows], "next": answers.cursor(of, last),
        "total": len(s), "at": answers.at(s.view.head),
    }  # fmt: skip


def shown(desk: Desk, row: Row) -> dict[str, Any]:
    """A row as it is sent, with what changes by itself."""
    more = {"read": desk.visits.count(row.anchor), "comments": desk.comments.count(row.claims)}
    return row.shown | more


def seen_by(desk: Desk, who: Caller, row: Row) -> dict[str, Any]:
    """A row for a caller: how much it is read and talked of is no matter of the public."""
    return row.shown if who.public else shown(desk, row)


def mapped(s: Selection, zoom: str, view: str | None) -> dict[str, Any]:
    """GeoJSON of a selection."""
    from isnad.archive.filters import box_of
    from isnad.desk.model.select import in_box

    if not (zoom.isascii() and zoom.isdigit() and len(zoom) < 3 and int(zoom) <= 18):
        raise bad("a parameter does not fit", zoom="write a whole number from 0 to 18")
    inside = None
    if view is not None:
        try:
            inside = box_of(view)
        except ValueError as error:
            raise bad("a parameter does not fit", view=str(error)) from None

    def make() -> dict[str, Any]:
        rows = s.view.each(s.mask)
        if inside is not None:
            holds = in_box(inside)
            rows = (r for r in rows if r.lat is None or r.line is not None or holds(r))
        return map_of(rows, int(zoom))

    return s.view.remember("answer", ("map", s.mask, zoom, inside), make)


def timed(s: Selection, by: str) -> dict[str, Any]:
    """Timeline of a selection."""
    bins = _by(by)
    return s.view.remember(
        "answer", ("time", s.mask, bins), lambda: timeline_of(list(s.view.each(s.mask)), bins)
    )


def counted(s: Selection) -> dict[str, Any]:
    """Facets of a selection."""
    key = ("facets", s.mask, s.query.sets, tuple(s.without(n) for n, _ in s.query.sets))
    return s.view.remember("answer", key, lambda: facets_of(s))


def plotted(s: Selection, by: str) -> dict[str, Any]:
    """Plots of a selection."""
    bins = _by(by)
    return s.view.remember(
        "answer", ("plots", s.mask, bins), lambda: plots_of(list(s.view.each(s.mask)), bins)
    )


def _by(by: str) -> By | None:
    if by not in _BY:
        raise bad("a parameter does not fit", by=f"is none of {', '.join(_BY)}")
    return None if by == "auto" else cast(Literal["day", "week", "month", "year"], by)
