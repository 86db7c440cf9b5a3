"""Which files an input names, and in which order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from isnad.errors import InputError
from isnad.gather.kinds import KINDS, PEEK, kind_for, owner_of


def walk(
    folder: Path, problem: Callable[[InputError], None], note: Callable[[InputError], None]
) -> Iterator[Path]:
    """The reports in a folder and its folders, by name; one folder's names are held at a time.

    Links to folders are not followed (they may lead in a circle). Files of other kinds are counted
    and said, so that nothing is left out in silence.
    """
    found = others = 0

    def unreadable(error: OSError) -> None:
        where = str(error.filename or folder)
        problem(InputError("E102", f"cannot be read: {error.strerror or error}", where))

    for here, inner, names in os.walk(folder, onerror=unreadable):
        inner.sort()
        for name in sorted(names):
            path = Path(here, name)
            if _is_read(path):
                found += 1
                yield path
            else:
                others += 1
    if not found:
        endings = ", ".join(kind.endings[0] for kind in KINDS if kind.endings)
        problem(InputError("E103", f"the folder holds no file of {endings}", str(folder)))
    elif others:
        files = "1 file" if others == 1 else f"{others} files"
        note(InputError("W103", f"{files} of other kinds not read", str(folder)))


def _is_read(path: Path) -> bool:
    """Whether a file is of a kind that is read; one whose ending does not say is looked into."""
    owner, sharing = owner_of(path.name)
    if owner is not None or not sharing:
        return owner is not None
    try:
        with path.open("rb") as file:
            return kind_for(path.name, file.read(PEEK)) is not None
    except OSError:
        return True  # what cannot be opened is told when it is read


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
