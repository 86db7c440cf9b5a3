"""Answers: JSON in one form, pages with cursors, tables as CSV that no spreadsheet runs."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

from pydantic_core import to_json
from starlette.responses import Response, StreamingResponse

from isnad.archive.journal import Snapshot
from isnad.desk.errors import bad
from isnad.publish.cells import safe

LIMIT, MOST = 50, 200


def ok(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON."""
    return Response(
        to_json(data), status, media_type="application/json", headers=dict(headers or {})
    )


def at(head: Snapshot) -> dict[str, Any]:
    """The journal's position that an answer is of."""
    return {"seq": head.seq, "hash": head.hash}


def limit_of(given: str | None) -> int:
    """How many rows a page has.

    Raises:
        DeskError: E701 unless it is 1 to 200.
    """
    if given is None:
        return LIMIT
    if not (given.isascii() and given.isdigit()) or not 1 <= int(given[:9]) <= MOST:
        raise bad("a page does not fit", limit=f"write a number from 1 to {MOST}")
    return int(given)


def cursor(of: object, place: Any) -> str | None:
    """What asks for the rows after ``place`` of the list ``of``; opaque to who gets it."""
    if place is None:
        return None
    packed = json.dumps([_digest(of), place], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def place_of(of: object, given: str | None) -> Any:
    """The place of a cursor of the list ``of``; lists inside come back as tuples.

    Raises:
        DeskError: E701 for what is no cursor, or one of another list.
    """
    if given is None:
        return None
    try:
        padded = given + "=" * (-len(given) % 4)
        mark, place = json.loads(base64.b64decode(padded.encode("ascii"), b"-_", validate=True))
    except (ValueError, TypeError):
        raise bad("a page does not fit", cursor="is no cursor") from None
    if mark != _digest(of):
        raise bad("a page does not fit", cursor="belongs to another list; begin again without it")
    return _tuples(place)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def _digest(of: object) -> str:
    return blake2b(repr(of).encode(), digest_size=8).hexdigest()


def cell(value: Any) -> Any:
    """A cell of a table: text that a spreadsheet would run gets an apostrophe before it.

    Text that is a number with a sign gets one too: what is a number here is no text.
    """
    if value is None:
        return ""
    made = safe(value)
    return "'" + made if isinstance(made, str) and made[:1] in ("+", "-") else made


def table(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, excel: bool = False
) -> StreamingResponse:
    """Rows as a CSV file (RFC 4180, UTF-8), streamed."""

    def lines() -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        if excel:
            buffer.write("\ufeff")
        writer.writerow(columns)
        for n, row in enumerate(rows):
            writer.writerow([cell(v) for v in row])
            if n % 200 == 199:
                yield buffer.getvalue().encode("utf-8", "replace")
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode("utf-8", "replace")

    return StreamingResponse(
        lines(), media_type="text/csv; charset=utf-8", headers=attached(f"{name}.csv")
    )


def attached(name: str) -> dict[str, str]:
    """Headers of a download: a name of plain letters, whatever it is made from."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    plain = plain.strip("._") or "file"
    return {"Content-Disposition": f'attachment; filename="{plain[:100]}"'}


def pairs(query: str) -> list[tuple[str, str]]:
    """The parameters of a query string that came inside a body.

    Raises:
        DeskError: E701 if it holds too many.
    """
    try:
        return parse_qsl(query.lstrip("?"), keep_blank_values=True, max_num_fields=500)
    except ValueError as error:
        raise bad("the query does not fit", query=str(error)) from None
