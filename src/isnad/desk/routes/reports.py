"""Reports: their texts, versions, raw copies."""

from __future__ import annotations

import difflib
import re
from itertools import islice
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from isnad.archive.whole import versions
from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.blind import decisions
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.errors import bad, missing
from isnad.desk.roles import may
from isnad.desk.views.claims import decision_json
from isnad.desk.views.explained import explained
from isnad.desk.views.reports import bytes_of, head_json, report_json

router = APIRouter(tags=["reports"])
_WORD = re.compile(r"\s+|\S+")
_WORDS = 20_000


@router.get("/reports")
@may("read")
def reports(
    desk: AnyDesk, who: Who, asked: Asked, limit: str | None = None, cursor: str | None = None
) -> Response:
    """The reports that tell the incidents asked for, the newest first; all of them if none is."""
    selection, heads = desk.select(who, asked), desk.world.heads
    if asked.pairs():
        some = {r for row in selection.view.each(selection.mask) for r in row.reports}
    else:
        some = set(heads)
    of, size = ("reports", asked), answers.limit_of(limit)
    after = answers.place_of(of, cursor)
    keyed = sorted((-(heads[r].published.toordinal() if heads[r].published else 0), r)  # type: ignore[union-attr]
                   for r in some if r in heads)  # fmt: skip
    rest = [k for k in keyed if after is None or k > after]
    return ok({
        "items": [head_json(heads[r]) for _, r in rest[:size]],
        "next": answers.cursor(of, rest[size - 1]) if len(rest) > size else None,
        "total": len(keyed), "at": answers.at(selection.view.head),
    })  # fmt: skip


@router.get("/reports/{ident}")
@may("read")
def report(desk: AnyDesk, who: Who, ident: str, version: int | None = None) -> Response:
    """A report with everything that is known of it."""
    key = key_of(desk, ident)
    blind, view = desk.blind(who), desk.view(who)
    found = report_json(desk.world, desk.archive, key, version, desk.settings.evidence, view, blind)
    if found is None:
        raise missing("such version of the report")
    desk.visits.note("report", key, desk.today)
    claims = set(desk.world.heads[key].claims)
    stand = {d.id for c in claims for d in desk.world.about(c)}
    about = [d for d in decisions(desk.world, blind) if claims.intersection(d.claims)]
    found["hashes"]["journal"] = answers.at(view.head)
    found["decisions"] = [decision_json(d, d.id in stand) for d in about]
    return ok(found)


def key_of(desk: Desk, ident: str) -> str:
    """The archive's id of a report, given that or the id that it came with.

    Raises:
        DeskError: E702 without one, or with several.
    """
    desk.full_view()
    if ident in desk.world.heads:
        return ident
    found = list(islice((h.id for h in desk.world.heads.values() if h.given == ident), 2))
    if len(found) != 1:
        raise missing("such report" if not found else "one report of that id: there are several")
    return found[0]


@router.get("/reports/{ident}/raw/{n}")
@may("read")
def raw(desk: AnyDesk, ident: str, n: int) -> Response:
    """The bytes that a report was made from, as a download: never as a page."""
    key = key_of(desk, ident)
    if n < 0:
        raise missing("such copy")
    one = next(islice(desk.archive.raw(key), n, n + 1), None)
    if one is None:
        raise missing("such copy")
    data = bytes_of(one, desk.settings.evidence)
    if data is None:
        raise missing(f"copy here (--evidence FOLDER shows it); its SHA-256 is {one.sha256}")
    headers = answers.attached(f"{key}-{n}.bin") | {"Content-Security-Policy": "sandbox"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/reports/{ident}/explain")
@may("read")
def explain(desk: AnyDesk, ident: str, version: int | None = None) -> Response:
    """How the coder here comes to a report's claims, step by step, and what made no claim."""
    key = key_of(desk, ident)
    found = versions(desk.archive, key)
    number = version if version is not None else desk.world.heads[key].version
    chosen = next((v for v in found if v.version == number), None)
    if chosen is None:
        raise missing("such version of the report")
    head = desk.world.heads[key]
    tellings = (desk.world.telling(c) for c in head.claims if head.version == number)
    return ok(explained(chosen, {t.id: t.claim for t in tellings if t is not None}))


@router.get("/reports/{ident}/diff")
@may("read")
def diff(desk: AnyDesk, ident: str, older: int = 1, newer: int | None = None) -> Response:
    """What changed between two versions of a report's text, word by word."""
    key = key_of(desk, ident)
    found = {v.version: v for v in versions(desk.archive, key)}
    last = newer if newer is not None else max(found)
    if older not in found or last not in found:
        raise missing("such version of the report")
    return ok({"older": older, "newer": last, "ops": changes(found[older].text, found[last].text)})


def changes(before: str, after: str) -> list[dict[str, Any]]:
    """Runs of text that stayed (``same``), went (``gone``) or came (``new``), in order.

    Raises:
        DeskError: E708 for texts too long to compare in a moment.
    """
    a, b = _WORD.findall(before), _WORD.findall(after)
    if len(a) + len(b) > _WORDS:
        raise bad("the texts are too long to compare here; download both")
    out: list[dict[str, Any]] = []
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            out.append({"op": "same", "text": "".join(a[a0:a1])})
            continue
        if a1 > a0:
            out.append({"op": "gone", "text": "".join(a[a0:a1])})
        if b1 > b0:
            out.append({"op": "new", "text": "".join(b[b0:b1])})
    return out
