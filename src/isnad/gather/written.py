"""What several readers share: days as written, HTML fragments, titles, counts of what is left."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from isnad.errors import InputError


def written_day(value: str | None) -> str | None:
    """The day that a date of RFC 822 or ISO 8601 names, in its own zone, as YYYY-MM-DD.

    ``None`` for whatever no calendar has (30 February) or no such form: never a guess, never today.
    """
    text = (value or "").strip()
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def unknown_day(value: str | None, at: str) -> InputError | None:
    """The remark W120, if a date is written that is none."""
    if not (value or "").strip() or written_day(value):
        return None
    return InputError("W120", f"the date {value!r} is no day; taken as unknown", at)


def html_text(fragment: str) -> str:
    """The words of an HTML fragment: its blocks apart, all characters kept."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    from isnad.gather.page.blocks import blocks_of, joined
    from isnad.gather.page.markup import parse

    try:
        blocks = blocks_of(parse(f"<html><body>{fragment}</body></html>"))
    except ValueError:
        return ""
    return joined(blocks)


def titled(title: str | None, body: str) -> str:
    """Title, blank line, body; the title alone once if the body begins with it."""
    if not title or body.startswith(title):
        return body
    return f"{title}\n\n{body}" if body else title


@dataclass
class Left:
    """What a file holds that is no report, by what it is."""

    counts: Counter[str] = field(default_factory=Counter)

    def remark(self, where: str) -> Iterator[InputError]:
        """W123, if anything was left out."""
        if self.counts:
            what = ", ".join(f"{kind} ({n})" for kind, n in sorted(self.counts.items()))
            yield InputError("W123", f"not read: {what}", where)
