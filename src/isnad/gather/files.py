"""Which files an input names, in which order, and what a file is by its first bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from isnad.errors import InputError
from isnad.gather.kinds import KINDS, kind_of

_NOT_READ = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def foreign_kind(head: bytes) -> str | None:
    """What a file is, in words, if its first bytes say that it is none that is read here."""
    return next((name for magic, name in _NOT_READ if head.startswith(magic)), None)


def walk(
    folder: Path, problem: Callable[[InputError], None], note: Callable[[InputError], None]
) -> Iterator[Path]:
    """The reports in a folder and its folders, by name; one folder's names are held at a time.

    Links to folders are not followed (they may lead in a circle). Files with other endings are
    counted and said, so that nothing is left out in silence.
    """
    found = others = 0

    def unreadable(error: OSError) -> None:
        where = str(error.filename or folder)
        problem(InputError("E102", f"cannot be read: {error.strerror or error}", where))

    for here, inner, names in os.walk(folder, onerror=unreadable):
        inner.sort()
        for name in sorted(names):
            path = Path(here, name)
            if kind_of(path.suffix.lower()) is not None:
                found += 1
                yield path
            else:
                others += 1
    if not found:
        endings = ", ".join(kind.endings[0] for kind in KINDS)
        problem(InputError("E103", f"the folder holds no file of {endings}", str(folder)))
    elif others:
        files = "1 file" if others == 1 else f"{others} files"
        note(InputError("W103", f"{files} with other endings not read", str(folder)))


def total_bytes(inputs: tuple[str, ...], limit: int = 10_000) -> int | None:
    """How many bytes the inputs hold; ``None`` if that is unknown or takes too long to ask."""
    total = seen = 0

    def ignore(_: InputError) -> None:
        return None

    try:
        for name in inputs:
            path = Path(name)
            if name == "-" or not path.exists():
                return None
            for file in walk(path, ignore, ignore) if path.is_dir() else [path]:
                seen += 1
                if seen > limit or not file.is_file():
                    return None
                total += file.stat().st_size
    except (OSError, ValueError):
        return None
    return total
