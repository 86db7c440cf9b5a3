"""Office files (DOCX, XLSX) are zips of XML: their parts, checked before any of it is parsed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from isnad.errors import InputError
from isnad.gather.archives.zips import opened, refused, unpacked
from isnad.gather.kinds import Source

MAX_BYTES = 256 << 20
"""An office file of more bytes is refused; those of text and numbers stay below a tenth of it."""
_XML = (".xml", ".rels", ".vml")


@contextmanager
def checked_parts(source: Source, limit: int) -> Iterator[IO[bytes]]:
    """The file, its parts found safe; its XML holds no document type, which the format forbids.

    Args:
        source: the file.
        limit: bytes that its XML may unpack to.

    Raises:
        InputError: E130 to E133 for what makes it dangerous as a zip, E105 for too much XML, E122
            for a document type, with which entities come.
    """
    with source.seekable(MAX_BYTES) as stream:
        with opened(Source(stream, source.where, source.ident)) as archive:
            _check(archive, source.where, limit)
        stream.seek(0)
        yield stream


def _check(archive: zipfile.ZipFile, where: str, limit: int) -> None:
    total = 0
    for info in archive.infolist():
        if not info.filename.lower().endswith(_XML):
            continue
        total += info.file_size
        if total > limit:
            raise InputError("E105", f"holds more than {limit >> 20} MiB of XML", where)
        why = refused(info, info.filename, f"{where}/{info.filename}")
        if why is not None:
            raise why
        seen = _Doctype()
        with unpacked(archive, info, f"{where}/{info.filename}", seen):
            pass
        if seen.found:
            why_not = "declares a document type, as entity bombs do; not read"
            raise InputError("E122", why_not, f"{where}/{info.filename}")


class _Doctype:
    """Sees pieces of XML go by, in UTF-8 or UTF-16, and whether a document type is among them."""

    def __init__(self) -> None:
        self.found, self._tail = False, b""

    def __call__(self, piece: bytes) -> None:
        plain = self._tail + piece.replace(b"\0", b"")
        self.found = self.found or b"<!DOCTYPE" in plain or b"<!ENTITY" in plain
        self._tail = plain[-10:]
