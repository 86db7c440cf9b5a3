"""One input, whatever it is, by the reader of its kind; what is wrong comes as values.

Both the files that a user names and those inside archives come through here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from isnad.errors import InputError
from isnad.gather.kinds import PEEK, WARC, Kind, Source, kind_for, opens_warc, owner_of
from isnad.model import Report

_NOT_READ = (
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\0", "xz-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document, or an encrypted one"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def foreign_kind(head: bytes) -> str | None:
    """What a file is, in words, if its first bytes say that it is none that is read here."""
    if opens_warc(head):
        return None
    return next((name for magic, name in _NOT_READ if head.startswith(magic)), None)


def ident_of(name: str) -> str:
    """The id of a report that is a file: the file's name without its ending."""
    return (
        PurePath(name).stem.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    )


def read_source(
    source: Source, name: str, kind: Kind | None = None
) -> Iterator[Report | InputError]:
    """Reports of one input, remarks (W…) and refusals (E…), in its order.

    Args:
        source: the input.
        name: the file's name, or only its ending, for its kind; empty for standard input.
        kind: its kind, if that is known.

    Raises:
        UsageError: if what was set for the kind is wrong.
    """
    try:
        head = peek(source.stream)
        found = kind or kind_for(name, head)
        if found is None:
            kinds = ", ".join(k.name for k in owner_of(name)[1])
            why = f"is none of these by its look: {kinds}; --as KIND settles it"
            yield InputError("E116", why, source.where)
            return
        foreign = foreign_kind(head) if found is not WARC else None
        if foreign:
            why = f"is {foreign}; `isnad inputs` lists what is read"
            yield InputError("E115", why, source.where)
            return
        yield from found.read(source)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError("E102", f"cannot be read: {error.strerror or error}", source.where)


def peek(stream: IO[bytes]) -> bytes:
    """The first bytes, left in place; a pipe may hand over fewer than asked for at first."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(PEEK)[:PEEK]
    head = stream.read(PEEK)
    stream.seek(0)
    return head
