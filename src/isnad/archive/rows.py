"""Nouns into rows and back, and the hashes by which the journal knows them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive.journal import canonical, digest
from isnad.archive.shadow import Passage
from isnad.errors import InputError
from isnad.model import Claim, Report


class Raw(NamedTuple):
    """The bytes that a report was made from, and what is known of them (address, headers …)."""

    data: bytes
    about: dict[str, Any]


def checked(report: Report) -> Report:
    """The report, if a database can hold it.

    Raises:
        InputError: E511 for NUL characters or half surrogate pairs.
    """
    for value in (report.text, report.id, report.title, report.publisher, report.url):
        if value and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
            raise InputError("E511", "holds characters that no archive can keep", report.id)
    return report


def report_row(report: Report) -> dict[str, Any]:
    """A report's columns, without those that the archive gives it."""
    return {
        "given": report.id, "title": report.title, "published": report.published,
        "publisher": report.publisher, "url": report.url, "text": report.text,
    }  # fmt: skip


def report_of(row: Any) -> Report:
    """The report as it came."""
    return Report(
        text=row.text, id=row.given, title=row.title, published=row.published,
        publisher=row.publisher, url=row.url,
    )  # fmt: skip


def report_hash(fields: dict[str, Any]) -> str:
    """Hash of what was published: every column of :func:`report_row`."""
    return digest({k: v.isoformat() if isinstance(v, dt.date) else v for k, v in fields.items()})


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
        "latest": t.latest if t else None, "json": text,
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
        what = next((getattr(v, a) for a in ("outcome", "item", "kind") if hasattr(v, a)), None)
        who = getattr(v, "actor", None) or getattr(v, "who", None)
        out.append({
            "n": n, "slot": slot, "first": v.span[0], "last": v.span[1], "words": v.as_written,
            "what": what, "who": who, "listed": getattr(v, "listed", None) or who,
            "low": _count(getattr(v, "low", None)), "high": _count(getattr(v, "high", None)),
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


def insert(c: sa.Connection, table: sa.Table, values: dict[str, Any]) -> int:
    """Insert one row; its number."""
    made = c.execute(table.insert().values(**values)).inserted_primary_key
    assert made is not None
    return int(made[0])


def unpacked(text: str) -> Any:
    """JSON that the archive wrote."""
    return json.loads(text)
