"""Engines: SQLite files that survive a crash, PostgreSQL by address; the same behaviour on both.

In: a path or an address. Out: an SQLAlchemy engine over an archive of the right version, or a
refusal that says what to do. Writers are one at a time on both: ``BEGIN IMMEDIATE`` there, an
advisory lock here; readers see one state and wait for nobody.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from isnad.archive import migrate
from isnad.archive.errors import told
from isnad.errors import IsnadError, UsageError

APPLICATION_ID = 0x49534E44
"""“ISND” in the header of an SQLite file: an archive of Isnad, not just any database."""
_LOCK = 0x15AAD
_KEPT, _MORE = 4, 28
"""Connections that stay open, and so many more while readers come at once."""
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON",
            "cache_size = -32768")  # fmt: skip
_WAIT = 20.0
"""Seconds that a second writer on one file waits before it gives up."""


def address(name: str) -> sa.URL:
    """The address of an archive given as a path or as ``postgresql+psycopg://…``.

    Raises:
        UsageError: E501 if it is neither.
    """
    if "://" not in name:
        return sa.URL.create("sqlite", database=str(Path(name).expanduser()))
    try:
        url = sa.make_url(name)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UsageError("E501", f"--archive is no address: {error}") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg") or not url.database:
        raise UsageError(
            "E501", "--archive takes a file or postgresql+psycopg://USER@HOST/DATABASE"
        )
    return url


def where(url: sa.URL) -> str:
    """The archive's name for messages, without a password."""
    if url.drivername == "sqlite":
        return url.database or ""
    return url.render_as_string(hide_password=True)


def connect(url: sa.URL, *, create: bool, any_version: bool = False) -> sa.Engine:
    """An engine over the archive at ``url``.

    Args:
        url: from :func:`address`.
        create: whether an archive that is not there is made.
        any_version: whether an older one is accepted (to bring it up to date).

    Raises:
        IsnadError: E502 no archive, E503 not there or not reachable, E504 damaged, E509 older,
            E510 newer than this program.
    """
    if url.drivername == "sqlite":
        path = Path(url.database or "")
        if not path.exists():
            if not create:
                raise IsnadError(
                    "E503", "there is no archive here; `isnad add` makes one", str(path)
                )
            _make_file(path)
        _look(path)
    engine = _engine(url)
    try:
        with told(where(url)):
            _settle(engine, url, create, any_version)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _settle(engine: sa.Engine, url: sa.URL, create: bool, any_version: bool) -> None:
    with engine.connect() as c:
        revision = migrate.revision(c)
    if revision is None:
        if not create:
            raise IsnadError("E503", "holds no archive; `isnad add` makes one", where(url))
        with writing(engine) as c:
            if migrate.revision(c) is None:
                migrate.up(c)
        return
    if revision == migrate.HEAD:
        return
    if revision not in migrate.REVISIONS:
        raise IsnadError("E510", "was made by a newer isnad; update the program", where(url))
    if not any_version:
        raise IsnadError(
            "E509", "was made by an older isnad; `isnad backup`, then `isnad upgrade`", where(url)
        )


def _look(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise IsnadError("E503", f"cannot be opened: {error.strerror}", str(path)) from error
    if not head.startswith(b"SQLite format 3\0"):
        raise IsnadError("E502", "is no archive; name another file with --archive", str(path))
    if len(head) < 100:
        raise IsnadError("E504", "is damaged (cut off); `isnad restore` a backup", str(path))
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:  # before anything touches the file
        raise IsnadError("E502", "is a database of another program; name another file", str(path))


def _make_file(path: Path) -> None:
    """Make a whole archive beside ``path`` and put it there in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.new")
        try:
            engine = _engine(sa.URL.create("sqlite", database=str(new)))
            with told(str(path)):
                with writing(engine) as c:
                    c.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                    migrate.up(c)
                complete(engine)
                engine.dispose()
            with contextlib.suppress(FileExistsError):  # another process was first: use its own
                os.link(new, path)
        finally:
            for ending in ("", "-wal", "-shm"):
                Path(f"{new}{ending}").unlink(missing_ok=True)
    except OSError as error:
        raise IsnadError("E503", f"cannot be made: {error.strerror}", str(path)) from error


def _engine(url: sa.URL) -> sa.Engine:
    pool = {"pool_size": _KEPT, "max_overflow": _MORE}
    if url.drivername != "sqlite":
        return sa.create_engine(url, isolation_level="READ COMMITTED", **pool)
    # with a pool, the last connection to close does not write the log into the file each time
    path = Path(url.database or "")
    fixed = _read_only_disk(path)
    # what cannot change is read without the files that SQLite keeps beside it
    name = f"file:{quote(str(path.absolute()))}?immutable=1" if fixed else str(path)

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(name, timeout=_WAIT, check_same_thread=False, uri=fixed)

    engine = sa.create_engine(url, creator=connect, poolclass=sa.QueuePool, **pool)

    @sa.event.listens_for(engine, "connect")
    def _configure(raw: Any, _: Any) -> None:
        raw.isolation_level = None  # transactions begin where we say, see _begin
        for pragma in _PRAGMAS[fixed:]:
            raw.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def _begin(c: sa.Connection) -> None:
        c.exec_driver_sql(c.get_execution_options().get("begins", "BEGIN"))

    return engine


def _read_only_disk(path: Path) -> bool:
    if not hasattr(os, "statvfs") or not path.exists():
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction of the only writer there is at the moment; all of it is kept, or nothing."""
    with engine.connect().execution_options(begins="BEGIN IMMEDIATE") as c, c.begin():
        if engine.dialect.name == "postgresql":
            c.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield c


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that sees one state of the archive, however long it takes."""
    with engine.connect() as c:
        if engine.dialect.name == "postgresql":
            c = c.execution_options(isolation_level="REPEATABLE READ")
        with c.begin():
            yield c


def complete(engine: sa.Engine) -> None:
    """Write an SQLite file's log into it, so that the file alone is whole.

    Closing does so too, but where the disk is full it leaves the log and says nothing.
    """
    raw = engine.raw_connection()
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        raw.close()


def compact(engine: sa.Engine, name: str) -> None:
    """Write an SQLite file anew, so that nothing of deleted rows is left in it or in its log.

    Raises:
        IsnadError: E516 if others read the archive meanwhile: the rows are gone, their bytes not.
    """
    raw = engine.raw_connection()
    try:
        raw.execute("VACUUM").close()
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Exception as error:
        raise IsnadError("E516", f"{_LEFT} ({error})", name) from error
    finally:
        raw.close()
    if busy:
        raise IsnadError("E516", _LEFT, name)


_LEFT = (
    "what was removed is gone, but bytes of it may be left in the file: end other programs that "
    "use the archive and remove again, or `isnad backup` and `restore` into a new file"
)
