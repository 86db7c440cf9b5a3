"""Whether the raw copies are what they were: every one read again and digested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from isnad.gather.evidence.store import object_path, records


@dataclass(frozen=True)
class Fault:
    """A file of the evidence that is not what its record says.

    Attributes:
        path: the file.
        kind: ``missing``, ``altered``, or ``unreadable``.
        urls: the addresses whose copy it is, and the reports that were made of it, sorted.
    """

    path: Path
    kind: Literal["missing", "altered", "unreadable"]
    urls: tuple[str, ...]


def verify_evidence(folder: Path, named: Iterable[tuple[str, str]] = ()) -> Iterator[Fault]:
    """Every raw copy that is missing or altered, in order of digest. Writes nothing.

    What was removed for good is not missing, unless a report is still made of it.

    Args:
        folder: the evidence.
        named: digests that must be there besides those of its own records, each with what names
            it: an archive's report.

    Raises:
        InputError: E161 if the records themselves are damaged or missing.
    """
    urls: dict[str, set[str]] = {}
    removed: set[str] = set()
    for digest, by in named:
        urls.setdefault(digest, set()).add(by)
    wanted = set(urls)
    if folder.exists() or not urls:
        for copy in records(folder):
            if copy.removed_at is not None:
                removed.add(copy.sha256)
            else:
                urls.setdefault(copy.sha256, set()).add(copy.url)
    for digest in sorted(urls):
        path = object_path(folder, digest)
        kind: Literal["missing", "altered", "unreadable"] | None = None
        try:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    kind = "altered"
        except FileNotFoundError:
            kind = "missing" if digest in wanted or digest not in removed else None
        except OSError:
            kind = "unreadable"
        if kind is not None:
            yield Fault(path, kind, tuple(sorted(urls[digest])))
