"""What a report said when: its versions, and what changed from one to the next, in words.

In: an archive and a report's id. Out: versions with who added them and of which bytes they were
made, and changes as the words before and after.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import rows as rw
from isnad.archive.errors import told
from isnad.archive.reads import Kept, Reads
from isnad.archive.tables import journal, raw_copy, report
from isnad.errors import UsageError
from isnad.model import Report

_WORD = re.compile(r"\S+")
_AROUND = 4
"""Words of the text that stand unchanged on either side of a change, to find it by."""
_LONG = 4000
"""Words of one stretch beyond which it is told as replaced whole: comparing is quadratic."""


class Version(NamedTuple):
    """A version: what was kept, when and by whom it was added, and the raw copies of it."""

    kept: Kept
    at: str
    by: str
    raw: tuple[rw.Raw, ...]


class Change(NamedTuple):
    """What one version says for what another said; either side may be empty.

    Attributes:
        field: ``text``, or a field of the report (title, published …).
        at: the code point of the later text at which it stands; ``None`` for other fields.
        before: the words that went.
        after: the words that came.
        left: unchanged words just before them, for a change of the text.
        right: those just after.
    """

    field: str
    at: int | None
    before: str
    after: str
    left: str = ""
    right: str = ""


def versions(archive: Reads, ident: str) -> list[Version]:
    """All versions of a report, the first one first.

    Args:
        archive: what to look in.
        ident: the report's id in the archive, the id that it came with, or its address.

    Raises:
        UsageError: E512 if there is no such report, or several have that id.
    """
    with told(archive.name), engines.reading(archive.engine) as c:
        asked = (
            sa.select(report, journal.c.at, journal.c.by)
            .join(journal, journal.c.seq == report.c.added_seq)
            .where((report.c.id == ident) | (report.c.given == ident) | (report.c.url == ident))
            .order_by(report.c.id, report.c.version)
        )
        found = c.execute(asked).all()
        if len({row.id for row in found}) != 1:
            many = f"{len({row.id for row in found})} reports are" if found else "no report is"
            raise UsageError("E512", f"{many} called {ident!r}; `isnad search` shows ids")
        raw: dict[int, list[rw.Raw]] = defaultdict(list)
        copies = sa.select(raw_copy).where(raw_copy.c.report_row.in_([r.nr for r in found]))
        for row in c.execute(copies.order_by(raw_copy.c.nr)):
            raw[row.report_row].append(rw.raw_of(row))
    return [
        Version(
            Kept(row.id, row.version, rw.report_of(row), row.coder, row.added_seq), row.at,
            row.by, tuple(raw[row.nr]),
        )
        for row in found
    ]  # fmt: skip


def changes(old: Report, new: Report) -> Iterator[Change]:
    """What changed from one version to another: its fields, then its text in order."""
    for field in Report.model_fields:
        a, b = getattr(old, field), getattr(new, field)
        if field != "text" and a != b:
            yield Change(field, None, str(a or ""), str(b or ""))
    yield from text_changes(old.text, new.text)


def text_changes(old: str, new: str) -> Iterator[Change]:
    """Words that went, came or were replaced; white space alone is no change.

    Lines are compared first, then the words of those that differ.
    """
    if old.split() == new.split():
        return
    a, b = _lines(old), _lines(new)
    by_line = difflib.SequenceMatcher(None, [k for k, _, _ in a], [k for k, _, _ in b], False)
    for tag, i, j, k, m in by_line.get_opcodes():
        if tag == "equal":
            continue
        before, after = _words(old, _reach(a, i, j)), _words(new, _reach(b, k, m))
        yield from _in_words(old, before, new, after)


def _in_words(
    old: str, before: list[tuple[int, int]], new: str, after: list[tuple[int, int]]
) -> Iterator[Change]:
    one, other = [old[a:b] for a, b in before], [new[a:b] for a, b in after]
    if len(one) * len(other) > _LONG * _LONG:
        spans: Sequence[tuple[str, int, int, int, int]] = [
            ("replace", 0, len(one), 0, len(other))
        ]  # fmt: skip
    else:
        spans = difflib.SequenceMatcher(None, one, other, False).get_opcodes()
    for tag, i, j, k, m in spans:
        if tag == "equal":
            continue
        start = after[k][0] if k < len(after) else (after[-1][1] if after else 0)
        yield Change(
            "text", start, _cut(old, before[i:j]), _cut(new, after[k:m]),
            _cut(new, after[max(0, k - _AROUND) : k]), _cut(new, after[m : m + _AROUND]),
        )  # fmt: skip


def _lines(text: str) -> list[tuple[str, int, int]]:
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            out.append((" ".join(line.split()), at, at + len(line)))
        at += len(line)
    return out


def _reach(lines: list[tuple[str, int, int]], start: int, end: int) -> tuple[int, int]:
    if start == end:
        at = lines[start][1] if start < len(lines) else (lines[-1][2] if lines else 0)
        return at, at
    return lines[start][1], lines[end - 1][2]


def _words(text: str, reach: tuple[int, int]) -> list[tuple[int, int]]:
    return [m.span() for m in _WORD.finditer(text, *reach)]


def _cut(text: str, words: Sequence[tuple[int, int]]) -> str:
    return " ".join(text[words[0][0] : words[-1][1]].split()) if words else ""
