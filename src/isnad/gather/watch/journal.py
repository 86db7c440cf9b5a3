"""The watch's journal: what was seen, what is still to be fetched, how each source is doing.

One SQLite file of its own, not the archive's journal: it changes with each request, is about this
machine (who may be asked again when), and may be lost without loss: the archive knows what it
holds. Each change is one transaction, forced to disk, so that a killed watch goes on where it was.
Times are seconds since 1970, by the machine's clock.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, Literal

from isnad.errors import InputError

_VERSION = 0x15AD0001
_TABLES = """
CREATE TABLE source (
    name TEXT PRIMARY KEY, address TEXT NOT NULL, host TEXT NOT NULL, begun REAL NOT NULL,
    due REAL NOT NULL, asked REAL, succeeded REAL, failed REAL, error TEXT,
    failures INTEGER NOT NULL DEFAULT 0, etag TEXT, modified TEXT,
    reports INTEGER NOT NULL DEFAULT 0, newest TEXT
) STRICT;
CREATE TABLE page (
    nr INTEGER PRIMARY KEY, address TEXT NOT NULL, source TEXT NOT NULL, host TEXT NOT NULL,
    role TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL, seen REAL NOT NULL,
    changed REAL, done REAL, failed REAL, tries INTEGER NOT NULL DEFAULT 0, mark TEXT, etag TEXT,
    modified TEXT, error TEXT, entry TEXT, looked INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, address)
) STRICT;
CREATE INDEX page_address ON page (address);
CREATE INDEX page_due ON page (host, due) WHERE state = 'waiting';
CREATE TABLE host (name TEXT PRIMARY KEY, until REAL NOT NULL) STRICT;
CREATE TABLE noted (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

State = Literal["waiting", "done", "given up"]
Role = Literal["page", "sitemap"]


@dataclass(frozen=True)
class Seen:
    """What a look at a source found: a page (or a further site map) to fetch.

    Attributes:
        address: where it is.
        mark: changes if what is there did: a date, a digest.
        entry: what the source itself says of it, as the JSON of a report and its raw copy.
        role: what it is.
    """

    address: str
    mark: str | None = None
    entry: str | None = None
    role: Role = "page"


@dataclass(frozen=True)
class Work:
    """Something that is due: a look at a source (``page`` is ``None``), or a page of one."""

    source: str
    address: str
    host: str
    etag: str | None
    modified: str | None
    failures: int
    page: int | None = None
    role: Role = "page"
    entry: str | None = None
    looked: int = 0


class Journal:
    """A journal that is open; safe to use from several threads.

    Raises:
        InputError: E173 if the file is no journal, or cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        with self._told():
            self._db = sqlite3.connect(path, timeout=20, check_same_thread=False)
            self._db.isolation_level = None
            try:
                self._settle()
            except BaseException:
                self._db.close()
                raise

    def _settle(self) -> None:
        self._db.row_factory = sqlite3.Row
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        empty = not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version != _VERSION and not (version == 0 and empty):
            raise InputError("E173", "is no journal of a watch; name another file", str(self.path))
        self._db.execute("PRAGMA journal_mode = WAL").close()
        self._db.execute("PRAGMA synchronous = FULL").close()
        if empty:
            with self._change():
                for statement in _TABLES.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {_VERSION}")

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    # what is watched -----------------------------------------------------------------------------

    def watch(self, sources: Iterable[tuple[str, str, str]], now: float) -> None:
        """Take over the configuration: name, address and host of each source.

        A new source, and one that has another address, is due at once. What is known of sources
        that are no longer named stays, but is not worked on.
        """
        with self._change():
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS watched (name TEXT PRIMARY KEY)")
            self._db.execute("DELETE FROM watched")
            for name, address, host in sources:
                self._db.execute("INSERT INTO watched VALUES (?)", (name,))
                self._db.execute(
                    "INSERT INTO source (name, address, host, begun, due) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET address = excluded.address,"
                    " host = excluded.host, due = excluded.due, etag = NULL, modified = NULL,"
                    " failures = 0 WHERE address <> excluded.address",
                    (name, address, host, now, now),
                )
            # a clock that was wrong for a while must not keep anything waiting for years
            late = now + 30 * 86400
            self._db.execute("UPDATE source SET due = ? WHERE due > ?", (now, late))
            self._db.execute("UPDATE page SET due = ? WHERE due > ?", (now, late))
            self._db.execute("DELETE FROM host WHERE until > ?", (late,))

    def due(self, now: float, busy: Iterable[str], *, once_since: float = inf) -> list[Work]:
        """What may be done now: for each host that is neither busy nor to be left alone, one thing.

        Looks at sources come before pages, pages in the order in which they were due.

        Args:
            now: the time.
            busy: hosts that are being asked.
            once_since: leave out sources that were asked, and pages that failed, since then.
        """
        shut = json.dumps(sorted(busy))
        with self._asking():
            rows = self._db.execute(
                "WITH shut AS (SELECT value AS name FROM json_each(?)"
                " UNION SELECT name FROM host WHERE until > ?)"
                " SELECT s.name AS source, address, host, etag, modified, failures, due,"
                " NULL AS nr, 'page' AS role, NULL AS entry, 0 AS looked FROM source s"
                " JOIN watched w ON w.name = s.name"
                " WHERE due <= ? AND host NOT IN (SELECT name FROM shut)"
                " AND (asked IS NULL OR asked < ?) ORDER BY due",
                (shut, now, now, once_since),
            ).fetchall()
            hosts = {row["host"] for row in rows}
            free = self._db.execute(
                "SELECT DISTINCT host FROM page WHERE state = 'waiting' AND due <= ? AND host NOT"
                " IN (SELECT value FROM json_each(?) UNION SELECT name FROM host WHERE until > ?)",
                (now, shut, now),
            ).fetchall()
            for (host,) in free:
                if host not in hosts:
                    rows += self._db.execute(
                        "SELECT p.source, address, host, etag, modified, tries AS failures, due,"
                        " nr, role, entry, looked FROM page p JOIN watched w ON w.name = p.source"
                        " WHERE state = 'waiting' AND host = ? AND due <= ?"
                        " AND (failed IS NULL OR failed < ?) ORDER BY due, nr LIMIT 1",
                        (host, now, once_since),
                    ).fetchall()
        out: dict[str, Work] = {}
        for row in rows:
            out.setdefault(
                row["host"],
                Work(
                    row["source"], row["address"], row["host"], row["etag"], row["modified"],
                    row["failures"], row["nr"], row["role"], row["entry"], row["looked"],
                ),
            )  # fmt: skip
        return list(out.values())

    def next_due(self) -> float | None:
        """When the next thing is due, whatever its host says; ``None`` if nothing ever is."""
        with self._asking():
            return self._number(
                "SELECT min(due) FROM (SELECT due FROM source JOIN watched USING (name) UNION ALL"
                " SELECT due FROM page JOIN watched ON watched.name = page.source"
                " WHERE state = 'waiting')"
            )

    def next_host(self, now: float) -> float | None:
        """When the first host that is left alone may be asked again."""
        with self._asking():
            return self._number("SELECT min(until) FROM host WHERE until > ?", now)

    # what became of it ---------------------------------------------------------------------------

    def looked(
        self, work: Work, now: float, due: float, *, etag: str | None, modified: str | None,
        found: Iterable[Seen] = (), host_of: Mapping[str, str] | None = None,
    ) -> int:  # fmt: skip
        """A source (or further site map) was looked at: all that was found, or nothing of it.

        A page that is known waits again only if its mark is another one.

        Returns:
            How many pages wait that did not.
        """
        new = 0
        with self._change():
            for seen in found:
                host = (host_of or {}).get(seen.address, work.host)
                done = self._db.execute(
                    "INSERT INTO page (address, source, host, role, state, due, seen, mark, entry)"
                    " VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?)"
                    " ON CONFLICT (source, address) DO UPDATE SET state = 'waiting', tries = 0,"
                    " due = excluded.due, mark = excluded.mark, entry = excluded.entry,"
                    " error = NULL, looked = 0, seen = excluded.seen, changed = excluded.seen"
                    " WHERE mark IS NOT excluded.mark",
                    (seen.address, work.source, host, seen.role, now, now, seen.mark, seen.entry),
                )
                new += done.rowcount
            if work.page is None:
                self._db.execute(
                    "UPDATE source SET etag = ?, modified = ?, asked = ?, succeeded = ?, due = ?,"
                    " failures = 0, error = NULL WHERE name = ?",
                    (etag, modified, now, now, due, work.source),
                )
            else:
                self._done(work, etag, modified, now)
        return new

    def news(self, source: str, found: Iterable[Seen]) -> frozenset[str]:
        """The addresses among ``found`` that are not known of a source, or had another mark."""
        out = set()
        with self._asking():
            for seen in found:
                row = self._db.execute(
                    "SELECT mark FROM page WHERE source = ? AND address = ?", (source, seen.address)
                ).fetchone()
                if row is None or row["mark"] != seen.mark:
                    out.add(seen.address)
        return frozenset(out)

    def failed(self, work: Work, now: float, due: float | None, error: str) -> None:
        """It did not work; again at ``due``, or never (``None``), for a page."""
        with self._change():
            if work.page is None:
                self._db.execute(
                    "UPDATE source SET asked = ?, failed = ?, due = ?, error = ?,"
                    " failures = failures + 1 WHERE name = ?",
                    (now, now, due, error, work.source),
                )
                return
            self._db.execute(
                "UPDATE page SET state = ?, due = ?, tries = tries + 1, error = ?, failed = ?"
                " WHERE nr = ?",
                ("given up" if due is None else "waiting", due or now, error, now, work.page),
            )

    def kept(
        self, work: Work, now: float, *, etag: str | None, modified: str | None,
        entry: str | None = None, again: float | None = None,
    ) -> None:  # fmt: skip
        """A page's reports are in the archive.

        Args:
            work: the page.
            now: the time.
            etag: of the answer, as ``modified``, to ask by the next time.
            modified: see ``etag``.
            entry: what to remember of what its source says of it.
            again: when to look at it once more.
        """
        with self._change():
            self._done(work, etag, modified, now)
            self._db.execute("UPDATE page SET entry = ? WHERE nr = ?", (entry, work.page))
            if again is not None:
                self._db.execute(
                    "UPDATE page SET state = 'waiting', due = ?, looked = looked + 1 WHERE nr = ?",
                    (again, work.page),
                )

    def _done(self, work: Work, etag: str | None, modified: str | None, now: float) -> None:
        self._db.execute(
            "UPDATE page SET state = 'done', tries = 0, error = NULL, etag = ?, modified = ?,"
            " done = ? WHERE nr = ?",
            (etag, modified, now, work.page),
        )

    def counted(self, source: str, reports: int, newest: str | None) -> None:
        """Reports of a source went into the archive; the last day of publication among them."""
        with self._change():
            self._db.execute(
                "UPDATE source SET reports = reports + ?,"
                " newest = max(coalesce(newest, ?), ?) WHERE name = ?"
                if newest
                else "UPDATE source SET reports = reports + ? WHERE name = ?",
                (reports, newest, newest, source) if newest else (reports, source),
            )

    def leave(self, host: str, until: float) -> None:
        """Leave a host alone until then, as it asked."""
        with self._change():
            self._db.execute(
                "INSERT INTO host VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                " SET until = max(until, excluded.until)",
                (host, until),
            )

    def note(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        with self._change():
            self._db.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """The value kept under a name."""
        with self._asking():
            row = self._db.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def done_by_another(self, work: Work) -> bool:
        """Whether another source had this page fetched since this one saw it change, if it did."""
        with self._asking():
            row = self._db.execute(
                "SELECT 1 FROM page mine JOIN page p"
                " ON p.address = mine.address AND p.nr <> mine.nr"
                " WHERE mine.nr = ? AND mine.looked = 0 AND p.done >= coalesce(mine.changed, 0)",
                (work.page,),
            ).fetchone()
        return row is not None

    # how it is doing -----------------------------------------------------------------------------

    def status(self, now: float) -> dict[str, dict[str, Any]]:
        """All that is known of each source, by name."""
        with self._asking():
            rows = self._db.execute(
                "SELECT s.*, h.until AS held,"
                " (SELECT count(*) FROM page p WHERE p.source = s.name AND state = 'waiting')"
                " AS waiting,"
                " (SELECT count(*) FROM page p WHERE p.source = s.name AND state = 'done')"
                " AS done,"
                " (SELECT count(*) FROM page p WHERE p.source = s.name AND state = 'given up')"
                " AS given_up,"
                " (SELECT min(max(seen, 0)) FROM page p WHERE p.source = s.name"
                "  AND state = 'waiting' AND looked = 0) AS oldest,"
                " (SELECT error FROM page p WHERE p.source = s.name AND error IS NOT NULL"
                "  ORDER BY state = 'waiting' DESC, nr DESC LIMIT 1) AS page_error"
                " FROM source s LEFT JOIN host h ON h.name = s.host AND h.until > ?"
                " ORDER BY s.name",
                (now,),
            )
            return {row["name"]: dict(row) for row in rows}

    def given_up(self, source: str) -> list[tuple[str, str]]:
        """Pages that were given up, with the reason."""
        with self._asking():
            rows = self._db.execute(
                "SELECT address, error FROM page WHERE source = ? AND state = 'given up'"
                " ORDER BY nr",
                (source,),
            )
            return [(row["address"], row["error"] or "") for row in rows]

    def _number(self, query: str, *values: float) -> float | None:
        found = self._db.execute(query, values).fetchone()[0]
        return float(found) if found is not None else None

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        with self._told(), self._lock:
            yield

    @contextlib.contextmanager
    def _change(self) -> Iterator[None]:
        with self._told(), self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            why = f"the watch's journal cannot be used: {error}"
            raise InputError("E173", why, str(self.path)) from error
