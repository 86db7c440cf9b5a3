"""Writing a file and its manifest: nothing half-written, the same snapshot gives the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from isnad.errors import IsnadError, UsageError
from isnad.model import Incident, Report, Telling
from isnad.publish.frame import Context, Form, Snapshot
from isnad.publish.losses import Losses
from isnad.version import __version__

MANIFEST = ".manifest.json"


@dataclass(frozen=True, slots=True)
class Job:
    """What the manifest tells besides what was written.

    Attributes:
        filter: what was asked for, by name of the option.
        each: ``incident`` or ``claim``.
        snapshot: of the archive, or ``None``.
        inputs: names of the reports' files and the SHA-256 of each, where there is no archive.
        coder: the coder's version, where there is no archive.
        public: what was held back for safety, or ``None``.
        excel: see :class:`isnad.publish.frame.Context`.
    """

    filter: dict[str, Any] = field(default_factory=dict)
    each: str = "incident"
    snapshot: Snapshot | None = None
    inputs: dict[str, str] = field(default_factory=dict)
    coder: str | None = None
    public: dict[str, Any] | None = None
    excel: bool = False


class Written(NamedTuple):
    """A file that is there, whole: where, how many rows, its hash, and the manifest."""

    path: Path
    rows: int
    sha256: str
    manifest: dict[str, Any]


def export(
    form: Form, incidents: Iterable[Incident], path: Path, job: Job, losses: Losses,
    *, report: Callable[[Telling], Report | None] | None = None,
    judged: frozenset[str] = frozenset(),
) -> Written:  # fmt: skip
    """Write the incidents in a form to ``path`` and its manifest beside it.

    What was there stays until all is written; a run that is stopped leaves it as it was.

    Args:
        form: see :func:`isnad.publish.frame.form`.
        incidents: may be a stream; what goes wrong in it goes through.
        path: the file; the manifest's name is the same with ``.manifest.json`` after it.
        job: for the manifest.
        losses: what was lost already (held back for safety); the form tells it more.
        report, judged: see :class:`isnad.publish.frame.Context`.

    Raises:
        UsageError: E603 if ``path`` is a folder or lies in none.
        IsnadError: E604 if it cannot be written.
    """
    if path.is_dir() or not path.absolute().parent.is_dir():
        what = "is a folder" if path.is_dir() else "lies in a folder that is not there"
        raise UsageError("E603", f"{what}; name a file", str(path))
    about = Context(losses, job.snapshot, job.excel, job.each, report, judged)
    seen = _Counted(incidents)
    beside = path.with_name(path.name + MANIFEST)
    with whole(path) as out:
        hashed = _Hashed(out)
        rows = form.write(seen, cast(BinaryIO, hashed), about)
        hashed.flush()
        manifest = _manifest(form, path, job, about, rows, seen.count, hashed)
        with whole(beside) as second:
            second.write(json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n")
    return Written(path, rows, manifest["sha256"], manifest)


def _manifest(
    form: Form, path: Path, job: Job, about: Context, rows: int, chosen: int, hashed: _Hashed
) -> dict[str, Any]:
    return {
        "file": path.name,
        "form": form.name,
        "edition": form.edition,
        "sha256": hashed.digest.hexdigest(),
        "bytes": hashed.size,
        "rows": rows,
        "selected": chosen,
        "each": job.each,
        "filter": job.filter,
        "public": job.public,
        "snapshot": job.snapshot._asdict() if job.snapshot else None,
        "inputs": job.inputs,
        "versions": {
            "isnad": __version__,
            **({"coder": job.coder} if job.coder else {}),
            **{name: _version(name) for name in form.libraries},
        },
        "loss": [{**loss._asdict(), "ids": list(loss.ids)} for loss in about.losses],
    }


def _version(name: str) -> str | None:
    with contextlib.suppress(PackageNotFoundError):
        return version(name)
    return None


class _Counted:
    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._incidents = incidents
        self.count = 0

    def __iter__(self) -> Iterator[Incident]:
        for incident in self._incidents:
            self.count += 1
            yield incident


class _Hashed:
    """A stream that is only ever written forwards, hashed and counted on the way."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes | memoryview) -> int:
        self.digest.update(data)
        self.size += len(data)
        self._out.write(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        self._out.flush()

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.flush()


@contextlib.contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A stream to a file that takes its name only once all of it is on the disk.

    Raises:
        IsnadError: E604 if it cannot be written.
    """
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise _lost(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _lost(path: Path, error: OSError) -> IsnadError:
    return IsnadError("E604", f"cannot be written: {error.strerror or error}", str(path))
