"""Readers of plain text, JSON Lines and saved pages: bytes in, reports and problems out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from isnad.errors import InputError
from isnad.gather.encodings import Decoded, Undecodable, bom, decode
from isnad.gather.kinds import Source
from isnad.gather.records import fields_of, made, remarks
from isnad.model import Report

MAX_BYTES = 8 * 1024 * 1024
"""A plain file or a line of JSON Lines longer than this many bytes is refused.

The longest reports there are (a commission's, of a thousand pages) stay below a third of it.
"""
_CHUNK = 1 << 20


def decoded(data: bytes, where: str) -> tuple[Decoded, InputError | None]:
    """Text, and the remark W101 if its encoding was assumed.

    Raises:
        InputError: E104, if no encoding fits.
    """
    try:
        got = decode(data)
    except Undecodable as error:
        why = f"{error.reason}; convert it to UTF-8"
        raise InputError("E104", why, f"{where}:{error.line}") from error
    how = f"is no UTF-8; read as {got.encoding}, by the look of it"
    return got, InputError("W101", how, f"{where}:1") if got.assumed else None


def plain(source: Source) -> Iterator[Report | InputError]:
    """A text file: one report."""
    got, remark = decoded(source.whole(MAX_BYTES), source.where)
    at = f"{source.where}:{_line(got.text)}"
    if remark is not None:
        yield remark
    yield from made({"text": got.text, "id": source.ident}, at)


def _line(text: str) -> int:
    """The line of the first NUL, or 1: where to look in a plain file that is refused."""
    return text.count("\n", 0, max(0, text.find("\0"))) + 1


def page(source: Source) -> Iterator[Report | InputError]:
    """A saved web page: one report."""
    from isnad.gather.page import MAX_BYTES as LONGEST  # heavy: only where needed
    from isnad.gather.page import read_page

    got = read_page(
        source.whole(LONGEST), ident=source.ident, where=source.where, url=source.url,
        content_type=source.content_type,
    )  # fmt: skip
    yield from got.remarks
    yield from (r for r in remarks(got.report, source.where) if r.code == "W102")
    yield got.report


def json_lines(source: Source) -> Iterator[Report | InputError]:
    """JSON Lines: one report a line."""
    number = 0
    while line := source.stream.readline(MAX_BYTES + 1):
        number += 1
        at = f"{source.where}:{number}"
        source.count(len(line))
        if number == 1:
            marked = bom(line)
            if marked not in (None, "utf-8-sig"):
                name = str(marked).upper()
                raise InputError("E104", f"is {name}; JSON Lines must be UTF-8", at)
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > MAX_BYTES:
            skip(source.stream, line, source)
            yield InputError("E105", f"the line is longer than {MAX_BYTES >> 20} MiB", at)
            continue
        if not line.strip():
            continue
        try:
            fields = fields_of(line, at)
        except InputError as error:
            yield error
            continue
        yield from made(fields, at)
    if not number:
        raise InputError("E110", "the file is empty", f"{source.where}:1")


def skip(stream: IO[bytes], line: bytes, source: Source) -> None:
    """Read on to the end of a line that is too long, a chunk at a time."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)
        source.count(len(line))
