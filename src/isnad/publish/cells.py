"""Cells that a spreadsheet cannot mistake: formulas, over-long text, what is no character.

Text that a spreadsheet might run gets an apostrophe before it, and so does text that begins with
one: :func:`original` takes exactly one away and gives the text back. Numbers stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

LONGEST = 32_767
"""UTF-16 units that a spreadsheet's cell takes."""
_CUT = " […]"
# Blanks, controls and marks of direction that a spreadsheet passes over before a formula.
_AHEAD = re.compile(
    "[\\s\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*"
)
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_STARTS = frozenset("=+-@|%")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def runs(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula, in whatever disguise."""
    if _NUMBER.fullmatch(text):
        return False
    rest = text[_AHEAD.match(text).end() :]  # type: ignore[union-attr]
    first = unicodedata.normalize("NFKC", rest[:1])[:1]
    return first in _STARTS or text[:1] in ("\t", "\r", "\n")


def safe(cell: Any) -> Any:
    """The cell, with an apostrophe before text that a spreadsheet might run."""
    if isinstance(cell, str) and (cell.startswith("'") or runs(cell)):
        return "'" + cell
    return cell


def original(cell: str) -> str:
    """The text that :func:`safe` was given."""
    return cell[1:] if cell.startswith("'") else cell


def fit(text: str, longest: int = LONGEST) -> str:
    """The text, cut with a mark where a spreadsheet's cell would not take it."""
    if len(text) <= longest // 2 or len(text.encode("utf-16-le", "surrogatepass")) <= 2 * longest:
        return text
    room = (longest - len(_CUT)) * 2
    cut = text.encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore")
    return cut + _CUT


def xml_text(text: str) -> str:
    """The text with U+FFFD for what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


@contextmanager
def text_of(out: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """A binary stream as UTF-8 text; what is no character comes out as an escape."""
    stream = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield stream
    finally:
        stream.flush()
        stream.detach()


def write_rows(
    out: BinaryIO, head: Sequence[Sequence[str]], rows: Iterable[Sequence[Any]], *, excel: bool
) -> int:
    """Write a CSV (RFC 4180: CRLF, quotes doubled) and return the number of rows.

    Args:
        out: where to.
        head: the first rows, written as they are.
        rows: the rest, made safe. ``None`` is an empty cell.
        excel: a byte order mark first, and no cell longer than a spreadsheet takes.
    """
    if excel:
        out.write(b"\xef\xbb\xbf")
    count = 0
    with text_of(out) as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerows(head)
        for row in rows:
            count += 1
            cells = [safe(c) for c in row]
            if excel:
                cells = [fit(c) if isinstance(c, str) else c for c in cells]
            writer.writerow(cells)
    return count
