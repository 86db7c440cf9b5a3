"""The folder: ``objects/ab/abcd…`` named by SHA-256, and ``copies.jsonl``, one line a copy.

An object is written beside its place, forced to disk, and renamed, then its folder is forced: a
process killed at any moment leaves a whole object or none. A record is one appended line, forced
after its object is; half a line at the end (killed while writing) was never a record and is cut off
by the next writer. One writer at a time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from isnad.errors import InputError
from isnad.gather.fetch import Fetched
from isnad.version import __version__


class RawCopy(BaseModel):
    """How one copy was come by.

    Attributes:
        url: the address asked for; a file's path for a file.
        sha256: of its bytes, 64 hexadecimal digits; names the object.
        size: bytes.
        fetched_at: when; UTC.
        tool: program and version that fetched it.
        final_url: the address that answered.
        redirects: the addresses between.
        status: HTTP status, or ``None`` for a file.
        headers: the answer's headers, in order.
        replaces: the SHA-256 of this address's version before, if it changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    fetched_at: AwareDatetime
    tool: str = f"isnad {__version__}"
    final_url: str | None = None
    redirects: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    replaces: str | None = None


class Evidence:
    """A folder of raw copies.

    Args:
        folder: made if it is not there.

    Raises:
        InputError: E160 if it cannot be written; E161 if its records are damaged; E162 if another
            process writes to it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: dict[str, RawCopy] = {}
        with _writing(folder):
            (folder / "objects").mkdir(parents=True, exist_ok=True)
            self._file = (folder / "copies.jsonl").open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise InputError("E162", "another isnad writes to it", str(folder)) from error
        try:
            with _writing(folder):
                _cut_half_line(self._file.fileno(), folder / "copies.jsonl")
                sync_folder(folder)
            for copy in records(folder):
                self._last[copy.url] = copy
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Evidence:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let another process write."""
        self._file.close()

    def last(self, url: str) -> RawCopy | None:
        """The newest version kept of an address."""
        return self._last.get(url)

    def keep(self, got: Fetched) -> RawCopy:
        """Keep what was fetched; a version that is kept already is not kept twice.

        Returns:
            The record of this version: a new one if the bytes differ from the last version's.

        Raises:
            InputError: E160 if it cannot be written; nothing half-written is left.
        """
        digest = hashlib.sha256(got.body).hexdigest()
        before = self._last.get(got.url)
        with _writing(self.folder):
            self._put(digest, got.body)
            if before is not None and before.sha256 == digest:
                return before
            copy = RawCopy(
                url=got.url,
                sha256=digest,
                size=len(got.body),
                fetched_at=got.fetched_at.astimezone(dt.UTC),
                final_url=got.final_url,
                redirects=got.redirects,
                status=got.status,
                headers=got.headers,
                replaces=before.sha256 if before else None,
            )
            self._append(copy.model_dump_json().encode("utf-8") + b"\n")
        self._last[got.url] = copy
        return copy

    def read(self, copy: RawCopy) -> bytes:
        """The bytes of a copy, checked against its digest.

        Raises:
            InputError: E163 if they are missing or altered.
        """
        path = object_path(self.folder, copy.sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError("E163", "the raw copy is missing", str(path)) from error
        if hashlib.sha256(data).hexdigest() != copy.sha256:
            raise InputError("E163", "the raw copy was altered", str(path))
        return data

    def _put(self, digest: str, data: bytes) -> None:
        path = object_path(self.folder, digest)
        if path.exists():
            return
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        sync_folder(path.parent.parent)

    def _append(self, line: bytes) -> None:
        handle = self._file.fileno()
        end = os.fstat(handle).st_size
        try:
            while line:
                line = line[os.write(handle, line) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, end)
            raise


def object_path(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return folder / "objects" / digest[:2] / digest


def records(folder: Path) -> Iterator[RawCopy]:
    """The records of a folder, oldest first; half a line at the end is no record.

    Raises:
        InputError: E161 for a damaged line, with its number.
    """
    path = folder / "copies.jsonl"
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    return
                try:
                    yield RawCopy.model_validate_json(line)
                except ValidationError as error:
                    why = "a record of a raw copy is damaged; restore the file from a backup"
                    raise InputError("E161", why, f"{path}:{number}") from error
    except OSError as error:
        raise InputError("E161", "the records of raw copies cannot be read", str(path)) from error


def text_diff(old: str, new: str, *, old_name: str = "before", new_name: str = "after") -> str:
    """What changed between two versions' texts, line by line, as a unified diff; empty if none."""
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), old_name, new_name, lineterm=""
    )  # fmt: skip
    return "\n".join(lines)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cut_half_line(handle: int, path: Path) -> None:
    size = os.fstat(handle).st_size
    with path.open("rb") as file:
        at = size
        while at > 0:
            start = max(0, at - 65536)
            file.seek(start)
            found = file.read(at - start).rfind(b"\n")
            if found >= 0:
                at = start + found + 1
                break
            at = start
    if at < size:
        os.ftruncate(handle, at)
        os.fsync(handle)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = f"the evidence cannot be written: {error.strerror or error}"
        raise InputError("E160", why, str(folder)) from error
