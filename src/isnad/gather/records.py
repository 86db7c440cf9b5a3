"""From a file's words or a line of JSON to a :class:`Report`, or to the reason why not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from isnad.errors import InputError
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


def report_of(record: Mapping[str, str], at: str) -> Report:
    """The report that a record makes.

    Raises:
        InputError: E110 to E113.
    """
    text = record["text"]
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b\u200e\u200f"):
        raise InputError("E110", "the text is empty", at)
    for field, value in record.items():
        if "\0" in value:
            offset = value.index("\0")
            raise InputError("E111", f'"{field}" holds NUL (first at character {offset})', at)
        half = _SURROGATE.search(value)
        if half:
            what = f"half a surrogate pair (U+{ord(half[0]):04X} at character {half.start()})"
            raise InputError("E112", f'"{field}" holds {what}, which is no character', at)
    try:
        return Report(**record)  # type: ignore[arg-type]
    except ValidationError as error:
        raise InputError(
            "E113", f'"published" is {record.get("published")!r}; write YYYY-MM-DD', at
        ) from error


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
