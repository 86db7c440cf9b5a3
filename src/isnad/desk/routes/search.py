"""Search over the words of reports."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.archive.query import units
from isnad.archive.whole import texts
from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.model.select import Selection
from isnad.desk.query import Query
from isnad.desk.roles import may
from isnad.desk.views.hits import snippet_json
from isnad.desk.views.reports import head_json

router = APIRouter(tags=["search"])


@router.get("/search")
@may("read")
def search(
    desk: AnyDesk, who: Who, asked: Asked, limit: str | None = None, cursor: str | None = None
) -> Response:
    """Reports that hold all words and tell an incident that fits the other filters; newest first.

    Without words: the reports of those incidents. Without other filters, reports that tell none
    too.
    """
    return ok(found(desk, desk.select(who, asked), limit, cursor))


def found(desk: Desk, s: Selection, limit: str | None, cursor: str | None) -> dict[str, Any]:
    """A page of hits."""
    q, size, of = s.query, answers.limit_of(limit), ("search", s.query)
    after = answers.place_of(of, cursor)
    ids = s.view.remember("answer", ("hits", q), lambda: _ids(desk, s, q))
    rest = ids if after is None else [i for i in ids if _key(desk, i) > after]
    some = rest[:size]
    told, asked = texts(desk.archive, some), units(q.q, exact=q.exact)
    return {
        "items": [_hit(desk, s, i, told.get(i, ""), asked) for i in some],
        "next": answers.cursor(of, _key(desk, some[-1])) if len(rest) > size else None,
        "total": len(ids), "at": answers.at(s.view.head),
    }  # fmt: skip


def _ids(desk: Desk, s: Selection, q: Query) -> list[str]:
    """The reports found, the newest first."""
    heads = desk.world.heads
    words = set(desk.find(q.q, q.exact)) if q.q else set(heads)
    narrowed = any(name not in ("q", "exact", "sort") for name, _ in q.pairs())
    if narrowed:
        words &= {r for row in s.view.each(s.mask) for r in row.reports}
    return sorted((i for i in words if i in heads), key=lambda i: _key(desk, i))


def _key(desk: Desk, ident: str) -> tuple[int, str]:
    head = desk.world.heads.get(ident)
    return (-(head.published.toordinal() if head and head.published else 0), ident)


def _hit(desk: Desk, s: Selection, ident: str, text: str, asked: Any) -> dict[str, Any]:
    head = desk.world.heads[ident]
    claims = []
    for claim in head.claims:
        row, telling = s.view.of(claim), desk.world.telling(claim)
        if telling is not None:
            one = {"id": claim, "type": telling.claim.type, "incident": row.id if row else None}
            claims.append(one)
    return {
        "report": head_json(head),
        "snippet": snippet_json(text, asked, s.query.q if s.query.exact else ""),
        "claims": claims,
        "incidents": list(dict.fromkeys(c["incident"] for c in claims if c["incident"])),
    }  # fmt: skip
