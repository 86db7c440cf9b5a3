"""The built pages: files with hashed names for ever, for the rest the page of the application."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from isnad.desk.errors import missing
from isnad.desk.packing import packed
from isnad.desk.roles import OPEN, may
from isnad.desk.routes.session import entry

STATIC = Path(__file__).parents[1] / "static"
UNBUILT = (
    "the desk's pages are not built here: run `make web` (needs Node 20.19 or newer with npm), "
    "or install a released wheel; the API works without them"
)
router = APIRouter()
router.include_router(entry)
_TYPES = {
    ".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2",
    ".json": "application/json", ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}  # fmt: skip


@router.get("/{path:path}", include_in_schema=False)
@may(OPEN)
def page(path: str, request: Request) -> Response:
    """A file of the built pages, or the page itself, which shows what its address says."""
    if path.startswith(("api/", "feeds/")):
        raise missing("such route")
    file = _file(path)
    if file is not None:
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
        lasting = path.startswith("assets/")
        keep = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return _sent(request, file, kind or "application/octet-stream", keep)
    if path.startswith("assets/") or Path(path).suffix:
        raise missing("such file")
    index = _file("index.html")
    if index is None:
        raise missing(f"page: {UNBUILT}")
    return _sent(request, index, "text/html", "no-cache")


def _sent(request: Request, file: Path, kind: str, keep: str) -> Response:
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"}
    data = packed(file) if "gzip" in request.headers.get("accept-encoding", "") else None
    if data is None:
        return FileResponse(file, media_type=kind, headers=headers)
    return Response(data, media_type=kind, headers={**headers, "Content-Encoding": "gzip"})


def built() -> bool:
    """Whether there are pages to serve."""
    return _file("index.html") is not None


def _file(path: str) -> Path | None:
    """A file inside ``static/``, and nowhere else, whatever the address says."""
    if not path or "\0" in path or "\\" in path:
        return None
    found = (STATIC / path).resolve()
    inside = found.is_relative_to(STATIC.resolve())
    return found if inside and found.is_file() and not found.name.startswith(".") else None
