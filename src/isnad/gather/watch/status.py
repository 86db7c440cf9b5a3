"""How each watched source is doing, from the configuration and the watch's journal."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

from isnad.gather.watch.config import Config
from isnad.gather.watch.journal import Journal


def records_of(config: Config) -> Iterator[dict[str, Any]]:
    """A record for each source, in the order of the configuration; see ``docs/watch.md``.

    Raises:
        InputError: E173 if the journal cannot be read.
    """
    known: dict[str, dict[str, Any]] = {}
    now = time.time()
    path = config.watch.journal
    if path is not None and path.exists():
        with Journal(path) as journal:
            known = journal.status(now)
    for source in config.source:
        row = known.get(source.name, {})
        due = row.get("due")
        if due is not None and row.get("held"):
            due = max(due, row["held"])
        wanted = row.get("due")
        if row.get("failures"):  # since when it should have worked
            last = row["succeeded"]
            wanted = row["begun"] if last is None else last + config.every(source)
        starts = [t for t in (wanted, row.get("oldest")) if t is not None and t < now]
        yield {
            "source": source.name, "kind": source.kind,
            "address": source.url or str(source.path),
            "last_asked": _iso(row.get("asked")), "last_success": _iso(row.get("succeeded")),
            "last_failure": _iso(row.get("failed")),
            "last_error": row.get("error") or row.get("page_error"),
            "failures": row.get("failures", 0), "reports": row.get("reports", 0),
            "newest_published": row.get("newest"), "fetched": row.get("done", 0),
            "waiting": row.get("waiting", 0), "given_up": row.get("given_up", 0),
            "lag_s": round(now - min(starts)) if starts else 0, "next_due": _iso(due),
            "left_alone_until": _iso(row.get("held")),
        }  # fmt: skip


def _iso(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds")
