"""Reader of ``.zip``: every member by the reader of its own kind, in the archive's order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from isnad.errors import InputError
from isnad.gather.archives.zips import name_of, opened, refused, unpacked
from isnad.gather.dispatch import ident_of, peek, read_source
from isnad.gather.kinds import DOCX, WACZ, XLSX, ZIP, Kind, Source, kind_for, owner_of
from isnad.model import Report

_INSIDE = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("datapackage.json", WACZ))


def members(source: Source) -> Iterator[Report | InputError]:
    """Reports of all that an archive holds."""
    with opened(source) as archive:
        names = set(archive.namelist())
        other = next((kind for name, kind in _INSIDE if name in names), None)
        if other is not None:  # an office document or a web archive, under another name
            yield from other.read(source)
            return
        found = others = 0
        for info in archive.infolist():
            name = name_of(info)
            if info.is_dir() or name.startswith("__MACOSX/"):
                continue
            where = f"{source.where}/{name}"
            owner, sharing = owner_of(name)
            if owner is None and not sharing:
                others += 1
                continue
            found += 1
            try:
                yield from _member(source, archive, info, name, where)
            except _NotRead:
                found, others = found - 1, others + 1
            except InputError as error:
                yield error
    if not found:
        yield InputError("E103", "the archive holds no file of a kind that is read", source.where)
    elif others:
        files = "1 file" if others == 1 else f"{others} files"
        yield InputError("W103", f"{files} of other kinds not read", source.where)


class _NotRead(Exception):
    """A member whose ending several kinds share, and whose look is none of theirs."""


def _member(
    source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, where: str
) -> Iterator[Report | InputError]:
    why = refused(info, name, where)
    if why is not None:
        raise why
    with unpacked(archive, info, where) as stream:
        kind: Kind | None = kind_for(name, peek(stream))
        if kind is None:
            raise _NotRead
        if kind in (ZIP, WACZ):
            raise InputError("E134", "is an archive in an archive; unpack it first", where)
        yield from read_source(source.member(stream, where, ident_of(name)), name, kind)
