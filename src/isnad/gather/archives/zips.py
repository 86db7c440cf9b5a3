"""Zip files without harm: what is dangerous is refused by name, the rest comes as checked bytes.

A member's declared length is what the standard library will give of it at most, so a bomb shows in
the directory. No member is written anywhere by its name.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import IO

from isnad.errors import InputError
from isnad.gather.encodings import Undecodable, decode
from isnad.gather.kinds import Source

MAX_BYTES = 64 << 30
"""A zip of more bytes is refused; one on standard input is copied to the disk first."""
_DIRECTORY = 32 << 20  # bytes of names: some three hundred thousand members
_SMALL = 64 << 20  # unpacked bytes below which no ratio matters
_RATIO = 200  # text packs 20:1, the most repetitive markup 100:1; a bomb 1000:1 and more
_HELD = 16 << 20  # members up to here are held in memory, and so read once
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others' decoders know no bounds
_SYMLINK = 0o120000


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """The archive of a source, its directory checked.

    Raises:
        InputError: E130 for what is no sound zip, E133 for a bomb.
    """
    with source.seekable(MAX_BYTES) as stream:
        size = stream.seek(0, io.SEEK_END)
        if _directory_size(stream, size) > _DIRECTORY:
            why = "its directory is too long to be read safely"
            raise InputError("E133", why, source.where)
        with sound(source.where):
            archive = zipfile.ZipFile(stream)
        with archive:
            _check(archive, size, source.where)
            yield archive


def _check(archive: zipfile.ZipFile, size: int, where: str) -> None:
    infos = sorted(archive.infolist(), key=lambda i: i.header_offset)
    for one, following in pairwise(infos):
        if one.header_offset + one.compress_size > following.header_offset:
            raise InputError("E133", "its members overlap, as those of bombs do", where)
    total = sum(i.file_size for i in infos)
    if total > _SMALL and total > _RATIO * size:
        raise InputError("E133", f"would unpack to {total >> 20:,} MiB: a bomb", where)


def _directory_size(stream: IO[bytes], size: int) -> int:
    """Bytes of the directory by the archive's last record; 0 if there is none."""
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    told = int.from_bytes(tail[at + 12 : at + 16], "little")
    wide = tail.rfind(b"PK\x06\x06", 0, at)  # zip64: the other number is all ones then
    return int.from_bytes(tail[wide + 40 : wide + 48], "little") if wide >= 0 else told


@contextmanager
def sound(where: str) -> Iterator[None]:
    """What the zip library says of a damaged archive, as a refusal.

    Raises:
        InputError: E130.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise InputError("E130", f"is damaged, or no zip archive: {error}", where) from error


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name; one that no flag calls UTF-8 is decoded by evidence, not as old DOS."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return decode(info.filename.encode("cp437")).text
    except (UnicodeEncodeError, Undecodable):
        return info.filename


def refused(info: zipfile.ZipInfo, name: str, where: str) -> InputError | None:
    """Why a member is not read, if it is dangerous."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        return InputError("E131", "its name leads out of the archive; not read", where)
    if info.external_attr >> 16 & 0o170000 == _SYMLINK:
        return InputError("E131", "is a link to another place; not read", where)
    if info.flag_bits & 0x1:
        return InputError("E132", "is encrypted; unpack it with its password first", where)
    if info.compress_type not in _METHODS:
        return InputError("E132", "is packed in a way that is not read; unpack it first", where)
    if info.file_size > _SMALL and info.file_size > _RATIO * max(1, info.compress_size):
        size = f"{info.file_size >> 20:,} MiB"
        return InputError("E133", f"would unpack to {size}: a bomb; not read", where)
    return None


def unpacked(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    where: str,
    see: Callable[[bytes], None] = lambda _: None,
) -> IO[bytes]:
    """The bytes of a member, whose checksum was checked before the first is given.

    Args:
        archive: the archive.
        info: the member; :func:`refused` had nothing against it.
        where: its name, for refusals.
        see: shown every piece of the bytes, on the way of the check.

    Raises:
        InputError: E130, if it is damaged.
    """
    held = io.BytesIO() if info.file_size <= _HELD else None
    with sound(where), archive.open(info) as member:
        while piece := member.read(1 << 18):
            see(piece)
            if held is not None:
                held.write(piece)
    if held is None:
        return archive.open(info)
    held.seek(0)
    return held
