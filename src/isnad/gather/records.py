"""From a file's words or a line of JSON to a :class:`Report`, or to the reason why not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from isnad.addresses import day_of_address
from isnad.errors import InputError
from isnad.gather.encodings import mojibake
from isnad.gather.written import unknown_day, written_day
from isnad.model import Report

FIELDS = ("id", "title", "published", "publisher", "url")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_ISOLATES = "\u2066\u2067\u2068"


def fields_of(line: bytes, at: str) -> dict[str, str]:
    """The fields of one line of JSON Lines; other keys are ignored.

    Raises:
        InputError: E106 to E109, for the first thing that is wrong.
    """
    try:
        got = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("E106", f"the line is no UTF-8 (byte {error.start + 1})", at) from error
    except RecursionError as error:
        raise InputError("E107", "the line is no JSON: nested too deeply", at) from error
    except ValueError as error:  # JSONDecodeError, or a number of too many digits
        reason = getattr(error, "msg", None) or "a number is too long"
        column = f" (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError("E107", f"the line is no JSON: {reason}{column}", at) from error
    if not isinstance(got, dict):
        raise InputError("E107", "the line is no JSON object", at)
    if not isinstance(got.get("text"), str):
        wrong = "is no string" if "text" in got else "is missing"
        raise InputError("E108", f'"text" {wrong}', at)
    record: dict[str, str] = {"text": got["text"]}
    for field in FIELDS:
        value: Any = got.get(field)
        if value is None or value == "":
            continue
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise InputError("E109", f'"{field}" is no string', at)
        record[field] = value
    return record


def report_of(record: Mapping[str, Any], at: str) -> Report:
    """The report that a record makes.

    Raises:
        InputError: E110 to E113.
    """
    text = record["text"]
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b\u200e\u200f"):
        raise InputError("E110", "the text is empty", at)
    for field, value in record.items():
        if not isinstance(value, str):
            continue
        if "\0" in value:
            offset = value.index("\0")
            raise InputError("E111", f'"{field}" holds NUL (first at character {offset})', at)
        half = _SURROGATE.search(value)
        if half:
            what = f"half a surrogate pair (U+{ord(half[0]):04X} at character {half.start()})"
            raise InputError("E112", f'"{field}" holds {what}, which is no character', at)
    try:
        return Report(**record)
    except ValidationError as error:
        raise InputError(
            "E113", f'"published" is {record.get("published")!r}; write YYYY-MM-DD', at
        ) from error


def made(
    record: Mapping[str, Any], at: str, *, date: str | None = None
) -> Iterator[Report | InputError]:
    """The report of one record after what is odd about it, or its refusal, as values.

    Fields that are ``None`` or empty count as not given. Where no day of publication is told, the
    one that the address holds is taken, with ``url`` as its basis: a guess of low confidence.

    Args:
        record: the fields of a report; ``text`` must be there.
        at: the file, with line or number of the record.
        date: when it was published, as written; a day that is none is unknown, never today.
    """
    known = {k: v for k, v in record.items() if k == "text" or v not in (None, "", ())}
    if date is not None and "published" not in known and (day := written_day(date)):
        known["published"] = day
    if "published" not in known and (guess := day_of_address(known.get("url") or "")):
        known |= {"published": guess.isoformat(), "published_basis": "url"}
    try:
        report = report_of(known, at)
    except InputError as error:
        yield error
        return
    yield from remarks(report, at)
    if remark := unknown_day(date, at):
        yield remark
    yield report


def remarks(report: Report, at: str) -> Iterator[InputError]:
    """What is odd about a report's characters."""
    if unbalanced(report.text) or unbalanced(report.title or ""):
        yield InputError("W102", "the text has unbalanced bidi controls; kept as they are", at)
    if mojibake(report.text):
        why = "the text was once read in the wrong encoding (mojibake); find another copy"
        yield InputError("W143", why, at)


def unbalanced(text: str) -> bool:
    """Whether a bidi embedding, override or isolate lacks its end or its beginning."""
    if _BIDI.search(text) is None:
        return False
    embeddings = isolates = 0
    for match in _BIDI.finditer(text):
        mark = match[0]
        if mark == _POP_EMBEDDING:
            embeddings -= 1
        elif mark == _POP_ISOLATE:
            isolates -= 1
        elif mark in _ISOLATES:
            isolates += 1
        else:
            embeddings += 1
        if embeddings < 0 or isolates < 0:
            return True
    return embeddings != 0 or isolates != 0
