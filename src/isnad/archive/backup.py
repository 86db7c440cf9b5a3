"""Backups: a whole archive as one SQLite file, whichever engine it lives on, and back.

In: an archive, as of one moment. Out: a file that is itself an archive and was verified before it
got its name. Restoring makes a new archive and never writes over one.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import journal as jr
from isnad.archive.errors import told
from isnad.archive.people import PEOPLE
from isnad.archive.reads import Reads
from isnad.archive.store import Archive
from isnad.archive.tables import COPIED
from isnad.archive.verify import verify
from isnad.errors import IsnadError

_AT_ONCE = 500


def backup(archive: Reads, path: Path) -> jr.Snapshot:
    """Write the archive to ``path``; the journal's position that it holds.

    Raises:
        IsnadError: E513 if something is there already, or if what was written does not verify;
            E503, E506, E507 if it cannot be written. Then there is no file of that name.
    """
    if path.exists():
        raise IsnadError("E513", "is there already; name a new file", str(path))
    new = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        with Archive.open(str(new), create=True) as copy:
            _copy(archive, copy)
            _faultless(copy, archive.name)
            done = copy.snapshot()
            with told(str(path)):
                engines.complete(copy.engine)
        _settle(new, path)
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{new}{ending}").unlink(missing_ok=True)
    return done


def _settle(new: Path, path: Path) -> None:
    """Give a file that is whole its name, unless another took it meanwhile."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(new, path)
    except FileExistsError as error:
        raise IsnadError("E513", "is there already; name a new file", str(path)) from error
    with contextlib.suppress(OSError):  # not every system can sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def restore(path: Path, url: str) -> jr.Snapshot:
    """Make the archive at ``url`` from a backup; the journal's position that it holds.

    Raises:
        IsnadError: E513 if there is something at ``url`` already, or if the backup does not
            verify; E502 to E510 if it is no archive of this version.
    """
    at = engines.address(url)
    with Archive.open(str(path)) as source:
        _faultless(source, source.name)
        if at.drivername == "sqlite":
            target = Path(at.database or "")
            target.parent.mkdir(parents=True, exist_ok=True)
            return backup(source, target)
        with Archive.open(url, create=True) as archive:
            if archive.snapshot().seq:
                raise IsnadError("E513", "holds an archive already; name a new one", archive.name)
            _copy(source, archive)
            return archive.snapshot()


def _faultless(archive: Reads, name: str) -> None:
    fault = next(verify(archive), None)
    if fault is not None:
        raise IsnadError("E513", f"does not verify: {fault.what} {fault.says}", name)


def _copy(source: Reads, target: Reads) -> None:
    """All rows in one transaction on either side."""
    with (
        told(target.name),
        engines.reading(source.engine) as read,
        engines.writing(target.engine) as write,
    ):
        if jr.head(write).seq:
            raise IsnadError("E513", "holds an archive already; name a new one", target.name)
        for table in (*COPIED, *PEOPLE):
            order = list(table.primary_key.columns)
            asked = sa.select(table).order_by(*order)
            stream = read.execution_options(yield_per=_AT_ONCE).execute(asked)
            for rows in stream.mappings().partitions(_AT_ONCE):
                write.execute(table.insert(), [dict(row) for row in rows])
        if target.engine.dialect.name == "postgresql":  # rows that the database numbers itself
            for table in PEOPLE:
                if "nr" in table.c:
                    write.exec_driver_sql(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'nr'), "
                        f"(SELECT coalesce(max(nr), 0) + 1 FROM {table.name}), false)"
                    )
