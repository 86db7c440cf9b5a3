"""Nouns into rows and back, and the hashes by which the journal knows them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive.journal import canonical, digest
from isnad.archive.shadow import Passage
from isnad.errors import InputError
from isnad.model import Claim, Report


class Raw(NamedTuple):
    """The bytes that a report was made from, and what is known of them (address, headers …).

    ``data`` is ``None`` where a folder of evidence keeps the bytes: ``about["sha256"]`` names them.
    """

    data: bytes | None
    about: dict[str, Any]

    @property
    def sha256(self) -> str:
        """Hash of the bytes, wherever they are kept."""
        return sha256(self.data) if self.data is not None else str(self.about["sha256"])


def raw_of(row: Any) -> Raw:
    """The raw copy of a row; bytes that are kept elsewhere stand as none in its column."""
    about = unpacked(row.about)
    return Raw(None if not row.data and "sha256" in about else row.data, about)


PUBLISHED = (
    "title", "published", "publisher", "url", "byline", "language", "published_at",
    "published_basis", "canonical_url", "changed_at", "forwarded_from", "attachments",
)  # fmt: skip
"""What a report says beside its text and id; a field of the model and a column each."""
_UNKEPT = re.compile("[\0\ud800-\udfff]")
_FIRST = 4
"""So many of them were in the first archives; a later one counts in the hash where it is told."""


def checked(report: Report) -> Report:
    """The report, if a database can hold it.

    Raises:
        InputError: E511 for NUL characters or half surrogate pairs.
    """
    told = [getattr(report, name) for name in PUBLISHED]
    for value in (report.text, report.id, *report.attachments, *told):
        if isinstance(value, str) and _UNKEPT.search(value):
            raise InputError("E511", "holds characters that no archive can keep", report.id)
    return report


def report_row(report: Report) -> dict[str, Any]:
    """A report's columns, without those that the archive gives it."""
    told = {name: getattr(report, name) for name in PUBLISHED}
    told["attachments"] = canonical(report.attachments) if report.attachments else None
    return {"given": report.id, **told, "text": report.text}


def report_of(row: Any) -> Report:
    """The report as it came."""
    told = {name: getattr(row, name) for name in PUBLISHED}
    told["attachments"] = unpacked(row.attachments or "[]")
    return Report(id=row.given, text=row.text, **told)


def report_hash(fields: dict[str, Any]) -> str:
    """Hash of what was published: every column of :func:`report_row`."""
    late = PUBLISHED[_FIRST:]
    return digest({
        k: v.isoformat() if isinstance(v, dt.date) else v
        for k, v in fields.items()
        if k not in late or v is not None
    })  # fmt: skip


def packed(claim: Claim) -> str:
    """A claim as canonical JSON, with rules and confidences."""
    return canonical(claim.model_dump(mode="json"))


def claim_row(ident: str, position: int, claim: Claim, text: str) -> dict[str, Any]:
    """A claim's columns, without those that the archive gives it. ``text`` is its packed JSON."""
    p, t = claim.place, claim.time
    return {
        "id": ident, "position": position, "type": claim.type, "status": claim.status,
        "lat": p.lat if p else None, "lon": p.lon if p else None,
        "radius_km": p.radius_km if p else None, "earliest": t.earliest if t else None,
        "latest": t.latest if t else None, "json": text, "confidence": claim.confidence,
    }  # fmt: skip


def claim_of(text: str) -> Claim:
    """The claim of a packed JSON."""
    return Claim.model_validate_json(text)


def claim_hash(ident: str, position: int, text: str) -> str:
    """Hash of a claim as coded."""
    return digest([ident, position, text])


def mention_rows(claim: Claim) -> list[dict[str, Any]]:
    """Every value of a claim, in its order, with what filters ask for."""
    out = []
    for n, (slot, v) in enumerate(claim.values()):
        told = vars(v)  # a pydantic model is slow to say that it lacks a field
        what = next((told[a] for a in ("outcome", "item", "kind") if a in told), None)
        who = told.get("actor") or told.get("who")
        out.append({
            "n": n, "slot": slot, "first": v.span[0], "last": v.span[1], "words": v.as_written,
            "what": what, "who": who, "listed": told.get("listed") or who,
            "low": _count(told.get("low")), "high": _count(told.get("high")),
            "rule": v.rule,
        })  # fmt: skip
    return out


def _count(number: int | None) -> int | None:
    """A count that a column can hold; the claim itself keeps the whole of it."""
    return min(number, 2**63 - 1) if number is not None else None


def sha256(data: bytes) -> str:
    """Hash of bytes."""
    return hashlib.sha256(data).hexdigest()


def shadow_hash(passages: Sequence[Passage]) -> str:
    """Hash of a report's shadow."""
    return digest([list(p) for p in passages])


def next_nr(c: sa.Connection, table: sa.Table) -> int:
    """The number that the table's next row gets; writers are one at a time."""
    return int(c.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.nr), 0))) or 0) + 1


def unpacked(text: str) -> Any:
    """JSON that the archive wrote."""
    return json.loads(text)
