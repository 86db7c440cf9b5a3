"""A page's address with ``.json`` or ``.csv``: the same selection, whole, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from pydantic_core import to_json
from starlette.responses import Response, StreamingResponse

from isnad.desk import answers
from isnad.desk.answers import ok, table
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.model.select import Selection
from isnad.desk.roles import Caller, may
from isnad.desk.routes import incidents as one
from isnad.desk.routes import reports, room, search, snapshots
from isnad.desk.routes.overview import counted, mapped, plotted, seen_by, timed

router = APIRouter()


@router.get("/incidents.json", include_in_schema=False)
@may("see")
def incidents_json(desk: AnyDesk, who: Who, asked: Asked) -> Response:
    """The overview: all incidents of the selection, streamed, with facets, timeline and map."""
    s = desk.select(who, asked)
    head = {"query": asked.address(), "total": len(s), "at": answers.at(s.view.head)}
    more = {
        "timeline": timed(s, "auto"),
        "facets": counted(s)["facets"],
        "map": mapped(s, "5", None),
    }

    def parts() -> Iterator[bytes]:
        yield to_json(head)[:-1] + b',"items":['
        for n, (_, row) in enumerate(s.each()):
            yield (b"," if n else b"") + to_json(seen_by(desk, who, row))
        yield b"]," + to_json(more)[1:]

    return StreamingResponse(_chunks(parts()), media_type="application/json")


def _chunks(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Parts in pieces that are worth sending."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > 65_536:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


@router.get("/incidents.csv", include_in_schema=False)
@may("see")
def incidents_csv(desk: AnyDesk, who: Who, asked: Asked, excel: str = "0") -> Response:
    """All incidents of the selection as ``isnad export --as csv`` writes them."""
    from isnad.desk.exporting import download

    return download(desk, who, desk.select(who, asked), "csv", excel=excel == "1", bare=True)


@router.get("/plots.json", include_in_schema=False)
@may("see")
def plots_json(desk: AnyDesk, who: Who, asked: Asked, by: str = "auto") -> Response:
    """The data of all plots."""
    return ok(plotted(desk.select(who, asked), by))


@router.get("/plots.csv", include_in_schema=False)
@may("see")
def plots_csv(
    desk: AnyDesk, who: Who, asked: Asked, by: str = "auto", excel: str = "0"
) -> Response:
    """The data of all plots, a point a row."""
    plots = plotted(desk.select(who, asked), by)["plots"]
    rows = (
        (p["id"], series["id"], x, y)
        for p in plots
        for series in p["series"]
        for x, y in zip(p["x"], series["y"], strict=True)
    )
    return table("plots", ("plot", "series", "x", "y"), rows, excel=excel == "1")


@router.get("/incident/{ident}.json", include_in_schema=False)
@may("see")
def incident_json(desk: AnyDesk, who: Who, ident: str) -> Response:
    """One incident."""
    row = one.row_of(desk, who, ident)
    return ok(row.shown if who.public else one.whole(desk, who, row))


@router.get("/report/{ident}.json", include_in_schema=False)
@may("read")
def report_json(desk: AnyDesk, who: Who, ident: str, version: int | None = None) -> Response:
    """One report."""
    return reports.report(desk, who, ident, version)


def _pages(desk: Desk, s: Selection) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = search.found(desk, s, str(answers.MOST), cursor)
        yield from page["items"]
        cursor = page["next"]
        if cursor is None:
            return


@router.get("/search.json", include_in_schema=False)
@may("read")
def search_json(desk: AnyDesk, who: Who, asked: Asked) -> Response:
    """All reports that a search finds."""
    s = desk.select(who, asked)

    def parts() -> Iterator[bytes]:
        yield (
            to_json({"query": asked.address(), "at": answers.at(s.view.head)})[:-1] + b',"items":['
        )
        for n, item in enumerate(_pages(desk, s)):
            yield (b"," if n else b"") + to_json(item)
        yield b"]}"

    return StreamingResponse(_chunks(parts()), media_type="application/json")


@router.get("/search.csv", include_in_schema=False)
@may("read")
def search_csv(desk: AnyDesk, who: Who, asked: Asked, excel: str = "0") -> Response:
    """All reports that a search finds, as a table."""
    s = desk.select(who, asked)
    rows = (
        [*(i["report"][k] for k in ("id", "given", "title", "publisher", "published", "url")),
         i["snippet"]["text"], "; ".join(i["incidents"])]
        for i in _pages(desk, s)
    )  # fmt: skip
    columns = ("id", "given", "title", "publisher", "published", "url", "snippet", "incidents")
    return table("search", columns, rows, excel=excel == "1")


@router.get("/room.json", include_in_schema=False)
@may("see")
def room_json(desk: AnyDesk, who: Who, asked: Asked) -> Response:
    """The reading room."""
    return ok(room.laid_out(desk, who, asked))


def _facet(desk: Desk, who: Caller, asked: Any, facet: str, excel: str) -> Response:
    from isnad.desk.model.facets import named

    s = desk.select(who, asked)
    mask = s.mask
    found = [((b & mask).bit_count(), v) for (n, v), b in s.view.bits.items() if n == facet]
    rows = (
        (v, named(facet, v)["ar"], named(facet, v)["en"], n)
        for n, v in sorted(found, key=lambda x: (-x[0], x[1]))
        if n
    )
    return table(f"{facet}s", ("id", "ar", "en", "incidents"), rows, excel=excel == "1")


@router.get("/actors.csv", include_in_schema=False)
@may("see")
def actors_csv(desk: AnyDesk, who: Who, asked: Asked, excel: str = "0") -> Response:
    """The parties of the selection."""
    return _facet(desk, who, asked, "actor", excel)


@router.get("/places.csv", include_in_schema=False)
@may("see")
def places_csv(desk: AnyDesk, who: Who, asked: Asked, excel: str = "0") -> Response:
    """The places of the selection."""
    return _facet(desk, who, asked, "place", excel)


@router.get("/outlets.csv", include_in_schema=False)
@may("read")
def outlets_csv(desk: AnyDesk, who: Who, asked: Asked, excel: str = "0") -> Response:
    """The outlets of the selection."""
    return _facet(desk, who, asked, "outlet", excel)


@router.get("/snapshot/{ident}.json", include_in_schema=False)
@may("read")
def snapshot_json(desk: AnyDesk, ident: str) -> Response:
    """A snapshot's frozen bytes."""
    return snapshots.file_json(desk, ident)


@router.get("/snapshot/{ident}.csv", include_in_schema=False)
@may("read")
def snapshot_csv(desk: AnyDesk, ident: str, excel: str = "0") -> Response:
    """A snapshot as a table."""
    return snapshots.file_csv(desk, ident, excel)
