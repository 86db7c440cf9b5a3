"""A report as JSON: its text with every value tied to its words, versions, raw copies, copies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from pathlib import Path
from typing import Any

from isnad.archive import Archive, Raw
from isnad.archive.whole import Version, versions
from isnad.desk.model.row import GRAPHIC
from isnad.desk.model.view import View
from isnad.desk.model.world import Head, World
from isnad.desk.views.claims import claim_json
from isnad.desk.views.reasons import copy_ar
from isnad.desk.views.text import direction, followable, language
from isnad.gather.evidence.store import object_path
from isnad.publish.record import iso

_DIGEST = re.compile("[0-9a-f]{64}")


def head_json(head: Head) -> dict[str, Any]:
    """What is known of a report without its text."""
    return {
        "id": head.id, "given": head.given, "version": head.version, "title": head.title,
        "publisher": head.publisher, "published": iso(head.published), "url": head.url,
        "url_safe": followable(head.url), "claims": len(head.claims), "added": head.added_seq,
    }  # fmt: skip


def report_json(
    world: World,
    archive: Archive,
    ident: str,
    number: int | None = None,
    evidence: Path | None = None,
    view: View | None = None,
    blind: Container[str] = (),
) -> dict[str, Any] | None:
    """A report, its present text or an earlier one; ``None`` if there is none such.

    Args:
        world: the world.
        archive: the archive.
        ident: the archive's id of the report.
        number: the version; the present one if not given.
        evidence: a folder that keeps raw copies.
        view: in which its incidents are looked up; the world's if not given.
        blind: claims of which nothing that people decided is told.
    """
    found = versions(archive, ident)
    chosen = next((v for v in found if number is None and v.superseded_seq is None), None)
    chosen = chosen or next((v for v in found if v.version == number), None)
    head = world.heads.get(ident)
    if chosen is None or head is None:
        return None
    now = chosen.version == head.version
    claims = [claim_json(world, c, chosen.text, coded_only=c in blind) for c in head.claims if now]
    view = view or world.view
    incident = {c: r.id for c in head.claims if view is not None and (r := view.of(c)) is not None}
    title = chosen.title or ""
    return {
        "id": ident, "given": chosen.given, "version": chosen.version, "current": now,
        "versions": [_version(v) for v in found], "title": chosen.title, "text": chosen.text,
        "lang": language(f"{title} {chosen.text}"), "dir": direction(chosen.text),
        "title_dir": direction(title) if title else None, "published": iso(chosen.published),
        "publisher": chosen.publisher, "url": chosen.url, "url_safe": followable(chosen.url),
        "forwarded_from": chosen.forwarded_from, "changed_at": chosen.changed_at,
        "attachments": list(chosen.attachments),
        "coder": chosen.coder, "graphic": any(c and c["type"] in GRAPHIC for c in claims),
        "claims": [{**c, "incident": incident.get(c["id"])} for c in claims if c],
        "raw": _raw(archive, ident, evidence),
        "hashes": {"text_sha256": hashlib.sha256(chosen.text.encode()).hexdigest()},
        "copies": _copies(world, ident),
        "incidents": list(dict.fromkeys(incident.values())),
    }  # fmt: skip


def _version(v: Version) -> dict[str, Any]:
    return {
        "version": v.version, "added": {"seq": v.added_seq, "at": v.at, "by": v.by},
        "title": v.title, "published": iso(v.published), "current": v.superseded_seq is None,
        "text_sha256": hashlib.sha256(v.text.encode()).hexdigest(),
    }  # fmt: skip


def bytes_of(raw: Raw, evidence: Path | None) -> bytes | None:
    """The bytes of a raw copy, from the archive or the folder of evidence; ``None`` if neither has
    them as they were."""
    if raw.data is not None:
        return raw.data
    if evidence is None or not _DIGEST.fullmatch(raw.sha256):
        return None
    try:
        data = object_path(evidence, raw.sha256).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == raw.sha256 else None


def _raw(archive: Archive, ident: str, evidence: Path | None) -> list[dict[str, Any]]:
    out = []
    for n, raw in enumerate(archive.raw(ident)):
        headers = raw.about.get("headers")
        data = bytes_of(raw, evidence)
        kind = headers.get("content-type") if isinstance(headers, dict) else None
        out.append({
            "n": n, "sha256": raw.sha256, "bytes": None if data is None else len(data),
            "media": kind or raw.about.get("media") or None, "about": raw.about,
            "href": None if data is None else f"/api/v1/reports/{ident}/raw/{n}",
        })  # fmt: skip
    return out


def _copies(world: World, ident: str) -> list[dict[str, Any]]:
    """The report that this one copies, and those that copy the same."""
    mine = world.copies.get(ident)
    first = (mine.first if mine else None) or ident
    out = []
    for other in [first, *world.copiers(first)]:
        head = world.heads.get(other)
        if other == ident or head is None:
            continue
        copy = world.copies.get(other) if other != first else mine
        out.append({
            **head_json(head), "report": other, "first": other == first,
            "score": copy.score if copy else None, "reason": copy.reason if copy else None,
            "reason_ar": copy_ar(copy.reason) if copy else None,
        })  # fmt: skip
    return out
