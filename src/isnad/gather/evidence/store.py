"""The folder: ``objects/ab/abcd…`` named by SHA-256, and ``copies.jsonl``, one line a copy.

An object is written in ``incoming``, forced to disk, and renamed, then its folder is forced: a
process killed at any moment leaves a whole object or none. A record is one appended line, forced
after its object is; half a line at the end (killed while writing) was never a record and is cut off
by the next writer. Writers take turns, a record at a time. What a killed writer leaves in
``incoming`` is swept once nobody has written to it for an hour.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import filelock
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from isnad.errors import InputError
from isnad.version import __version__

if TYPE_CHECKING:
    from isnad.gather.fetch import Fetched

_WAIT = 20.0
"""Seconds that a writer waits for its turn."""
_STALE = 3600.0
"""Seconds without a write after which what lies in ``incoming`` is nobody's."""
_CHUNK = 1 << 20


class RawCopy(BaseModel):
    """How one copy was come by.

    Attributes:
        url: the address asked for; a file's path, as it was given, for a file.
        sha256: of its bytes, 64 hexadecimal digits; names the object.
        size: bytes.
        fetched_at: when; UTC.
        tool: program and version that fetched it.
        final_url: the address that answered.
        redirects: the addresses between.
        status: HTTP status, or ``None`` for a file.
        headers: the answer's headers, in order.
        replaces: the SHA-256 of this address's version before, if it changed.
        removed_at: when the bytes were removed for good, in the record that says so; ``None`` in
            all others.
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
    removed_at: AwareDatetime | None = None


class Evidence:
    """A folder of raw copies; several processes may keep copies in it at the same time.

    Args:
        folder: made if it is not there.

    Raises:
        InputError: E160 if it cannot be written; E161 if its records are damaged; E162 if another
            process holds it for longer than 20 seconds.
    """

    def __init__(self, folder: Path, *, wait: float = _WAIT) -> None:
        self.folder = folder
        self._last: dict[str, tuple[str, int]] = {}  # by address: digest, where its record starts
        self._removed: set[str] = set()
        self._at = self._lines = 0  # how much of the records was read: bytes, lines
        with _writing(folder):
            for inner in ("objects", "incoming"):
                (folder / inner).mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(folder / "lock", timeout=wait)
            self._file = (folder / "copies.jsonl").open("a+b")
        try:
            with _writing(folder), self._turn():
                sync_folder(folder)
                _sweep(folder / "incoming")
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Evidence:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()

    def last(self, url: str) -> RawCopy | None:
        """The newest version known of an address."""
        known = self._last.get(url)
        return self._record(known[1]) if known else None

    def keep(self, got: Fetched) -> RawCopy:
        """Keep what was fetched; a version that is kept already is not kept twice.

        Returns:
            The record of this version: a new one if the bytes differ from the last version's.

        Raises:
            InputError: E160 if it cannot be written, and then nothing half-written is left; E162;
                E166 if these very bytes were removed for good.
        """
        copy = RawCopy(
            url=got.url,
            sha256=hashlib.sha256(got.body).hexdigest(),
            size=len(got.body),
            fetched_at=got.fetched_at.astimezone(dt.UTC),
            final_url=got.final_url,
            redirects=got.redirects,
            status=got.status,
            headers=got.headers,
        )
        with _writing(self.folder):
            if object_path(self.folder, copy.sha256).exists():
                return self._recorded(copy)
            with self._incoming() as (out, path):
                out.write(got.body)
                return self._settle(copy, out, path)

    def keep_file(self, file: Path) -> RawCopy:
        """Keep a file's bytes; any length, a piece at a time.

        Raises:
            InputError: E160 if they cannot be kept, E162, E166.
            OSError: if the file itself cannot be read.
        """
        digest, size = hashlib.sha256(), 0
        with file.open("rb") as stream, _writing(self.folder), self._incoming() as (out, path):
            while True:
                with _reading():
                    chunk = stream.read(_CHUNK)
                if not chunk:
                    break
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            name = str(file).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            now = dt.datetime.now(dt.UTC)
            copy = RawCopy(url=name, sha256=digest.hexdigest(), size=size, fetched_at=now)
            return self._settle(copy, out, path)

    def remove(self, digests: Iterable[str]) -> None:
        """Remove bytes for good; they are not kept again. What stays says where they came from.

        Raises:
            InputError: E160, E162.
        """
        with _writing(self.folder), self._turn():
            for digest in sorted(set(digests) - self._removed):
                now = dt.datetime.now(dt.UTC)
                gone = RawCopy(url="", sha256=digest, size=0, fetched_at=now, removed_at=now)
                self._append(gone.model_dump_json().encode("utf-8") + b"\n")
                self._removed.add(digest)
            for digest in digests:
                place = object_path(self.folder, digest)
                place.unlink(missing_ok=True)
                if place.parent.exists():
                    sync_folder(place.parent)

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

    def open(self, copy: RawCopy) -> BinaryIO:
        """The kept bytes as a file.

        Raises:
            OSError: if it cannot be opened.
        """
        return object_path(self.folder, copy.sha256).open("rb")

    @contextlib.contextmanager
    def _incoming(self) -> Iterator[tuple[BinaryIO, Path]]:
        handle, name = tempfile.mkstemp(dir=self.folder / "incoming")
        try:
            with os.fdopen(handle, "wb") as out:
                yield out, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def _settle(self, copy: RawCopy, out: BinaryIO, written: Path) -> RawCopy:
        """Put what was written in its place and record it, unless both were done before."""
        place = object_path(self.folder, copy.sha256)
        self._allowed(copy)
        if not place.exists():
            out.flush()
            os.fsync(out.fileno())
            out.close()  # an open file cannot be renamed everywhere
            new = not place.parent.exists()
            place.parent.mkdir(exist_ok=True)
            written.replace(place)
            sync_folder(place.parent)
            if new:
                sync_folder(place.parent.parent)
        return self._recorded(copy)

    def _allowed(self, copy: RawCopy) -> None:
        if copy.sha256 in self._removed:
            why = "its bytes were removed for good and are not kept again"
            raise InputError("E166", why, copy.url)

    def _recorded(self, copy: RawCopy) -> RawCopy:
        with self._turn():
            self._allowed(copy)
            before = self._last.get(copy.url)
            if before is not None and before[0] == copy.sha256:
                return self._record(before[1])
            if before is not None and copy.status is not None:
                copy = copy.model_copy(update={"replaces": before[0]})
            start = self._at
            self._append(copy.model_dump_json().encode("utf-8") + b"\n")
            self._last[copy.url] = (copy.sha256, start)
            return copy

    def _record(self, start: int) -> RawCopy:
        return next(_records(self.folder / "copies.jsonl", start, 0))[0]

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the folder, with all records that others appended meanwhile read."""
        try:
            self._lock.acquire()
        except filelock.Timeout as error:
            raise InputError("E162", "another isnad writes to it", str(self.folder)) from error
        try:
            path = self.folder / "copies.jsonl"
            _cut_half_line(self._file.fileno(), path)
            for copy, end in _records(path, self._at, self._lines):
                if copy.removed_at is not None:
                    self._removed.add(copy.sha256)
                else:
                    self._last[copy.url] = (copy.sha256, self._at)
                self._at, self._lines = end, self._lines + 1
            yield
        finally:
            self._lock.release()

    def _append(self, line: bytes) -> None:
        handle = self._file.fileno()
        end, whole = os.fstat(handle).st_size, len(line)
        try:
            while line:
                line = line[os.write(handle, line) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, end)
            raise
        self._at, self._lines = end + whole, self._lines + 1


def object_path(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return folder / "objects" / digest[:2] / digest


def records(folder: Path) -> Iterator[RawCopy]:
    """The records of a folder, oldest first; half a line at the end is no record.

    Raises:
        InputError: E161 for a damaged line, with its number.
    """
    for copy, _ in _records(folder / "copies.jsonl", 0, 0):
        yield copy


def _records(path: Path, start: int, number: int) -> Iterator[tuple[RawCopy, int]]:
    """Records after ``start`` bytes and ``number`` lines, each with the offset of its end."""
    try:
        with path.open("rb") as lines:
            lines.seek(start)
            for line in lines:
                number += 1
                if not line.endswith(b"\n"):
                    return
                start += len(line)
                try:
                    yield RawCopy.model_validate_json(line), start
                except ValidationError as error:
                    why = "a record of a raw copy is damaged; restore the file from a backup"
                    raise InputError("E161", why, f"{path}:{number}") from error
    except OSError as error:
        raise InputError("E161", "the records of raw copies cannot be read", str(path)) from error


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to disk; Windows keeps it by itself and opens no folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    for path in folder.iterdir():
        with contextlib.suppress(OSError):  # another is sweeping too
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


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


class _SourceError(Exception):
    """A file that is being kept cannot be read; no fault of the folder's."""


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _SourceError from error


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = f"the evidence cannot be written: {error.strerror or error}"
        raise InputError("E160", why, str(folder)) from error
    except _SourceError as error:
        assert isinstance(error.__cause__, OSError)
        raise error.__cause__ from None
