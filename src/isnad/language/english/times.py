"""Times in English text, in the same shape as the Arabic ones; honest and small.

ISO dates, "12 May 2021", "May 12, 2021", today, yesterday, tomorrow, weekdays, "last week",
"three days ago". Slashed dates are left alone: nobody can tell 5/12 from 12/5 in English.
"""

from __future__ import annotations

import datetime as dt
import re

from isnad.language.arabic.times import TimeMention
from isnad.language.arabic.tokens import Token

_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_UNITS = {"day": 1, "week": 7}
# Each pattern begins at a word boundary and repeats nothing without a bound: linear.
_ISO = re.compile(r"(?<![\d/-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}\b\.?,?(?: (\d{{4}})(?!\d))?"
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}})(?!\d))?")
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\.? (\d{{4}})(?!\d)")
_NEAR = re.compile(r"\b(day before yesterday|yesterday|today|tonight|tomorrow|last night)\b")
_WEEKDAY = re.compile(rf"\b(?:(last|next) )?({'|'.join(_WEEKDAYS)})\b")
_WEEK = re.compile(r"\b(last|past|next|coming) (week|month|year)\b")
_AGO = re.compile(r"\b(\d{1,3}|one|a|two|three|four|five|six|seven) (day|week)s? ago\b")
_SHIFT = {
    "day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0,
    "tomorrow": 1,
}  # fmt: skip

Span = tuple[int, int]


def find_times(
    normal: str, tokens: list[Token], published: dt.date | None = None
) -> list[TimeMention]:
    """Expressions of time in English, in order and without overlap; the longest at a place wins.

    Args:
        normal: the text's normal form (lower case).
        tokens: its tokens (unused; the signature is the Arabic one's).
        published: the day from which relative words count; without it they stay unresolved.
    """
    del tokens
    found = [*_dates(normal, published), *_relative(normal, published)]
    found.sort(key=lambda m: (m.start, -m.end))
    out: list[TimeMention] = []
    for m in found:
        if not out or m.start >= out[-1].end:
            out.append(m)
    return out


def _dates(text: str, published: dt.date | None) -> list[TimeMention]:
    out = []
    for m in _ISO.finditer(text):
        out.append(_day(m.span(), m[1], int(m[2]), m[3], published))
    for m in _DAY_FIRST.finditer(text):
        out.append(_day(m.span(), m[3], _MONTHS.index(m[2]) + 1, m[1], published))
    for m in _MONTH_FIRST.finditer(text):
        out.append(_day(m.span(), m[3], _MONTHS.index(m[1]) + 1, m[2], published))
    for m in _MONTH_YEAR.finditer(text):
        year, month = int(m[2]), _MONTHS.index(m[1]) + 1
        if 1900 <= year <= 2199:
            first = dt.date(year, month, 1)
            last = (first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
            out.append(TimeMention(*m.span(), first, last, "month", "explicit"))
    return [x for x in out if x is not None]


def _day(
    span: Span, year: str | None, month: int, number: str, published: dt.date | None
) -> TimeMention | None:
    """A date; without a year the last such not after the publication day."""
    if year is not None:
        day = _date(int(year), month, int(number))
        return TimeMention(*span, day, day, "day", "explicit") if day else None
    if _date(2024, month, int(number)) is None:
        return None
    if published is None:
        return TimeMention(*span, None, None, "day", "unresolved", flags=("no-year",))
    days = (_date(published.year - back, month, int(number)) for back in range(9))
    day = next((d for d in days if d and d <= published), None)
    if day is None:
        return None
    return TimeMention(*span, day, day, "day", "published", flags=("no-year",))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _relative(text: str, published: dt.date | None) -> list[TimeMention]:
    out = []
    for m in _NEAR.finditer(text):
        out.append(_window(m.span(), published, _SHIFT[m[1]], _SHIFT[m[1]], "day"))
    for m in _WEEKDAY.finditer(text):
        back = (published.weekday() - _WEEKDAYS.index(m[2])) % 7 if published else 0
        by = 7 - back if m[1] == "next" else -(back or 7) if m[1] == "last" else -back
        out.append(_window(m.span(), published, by, by, "day"))
    for m in _AGO.finditer(text):
        n = _WORDS.get(m[1]) or int(m[1])
        by = -n * _UNITS[m[2]]
        out.append(_window(m.span(), published, by, by, "day"))
    for m in _WEEK.finditer(text):
        out.append(_unit(m.span(), published, -1 if m[1] in ("last", "past") else 1, m[2]))
    return out


def _window(span: Span, published: dt.date | None, lo: int, hi: int, precision: str) -> TimeMention:
    """Days counted from the publication day."""
    if published is None:
        return TimeMention(*span, None, None, precision, "unresolved")
    ends = []
    for by in (lo, hi):
        at = min(max(published.toordinal() + by, 1), dt.date.max.toordinal())
        ends.append(dt.date.fromordinal(at))
    return TimeMention(*span, ends[0], ends[1], precision, "published")


def _unit(span: Span, published: dt.date | None, sign: int, unit: str) -> TimeMention:
    """Last week P-7…P-1; last month and year by the calendar (GUIDELINES, windows)."""
    if unit == "week":
        lo, hi = (-7, -1) if sign < 0 else (1, 7)
        return _window(span, published, lo, hi, "week")
    if published is None:
        return TimeMention(*span, None, None, unit, "unresolved")
    if unit == "year":
        year = min(max(published.year + sign, 1), 9999)
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    else:
        index = min(max(published.year * 12 + published.month - 1 + sign, 12), 9999 * 12 + 11)
        first = dt.date(index // 12, index % 12 + 1, 1)
        after = first.toordinal() + 31
        last = (
            dt.date.fromordinal(after).replace(day=1) - dt.timedelta(1)
            if after <= dt.date.max.toordinal()
            else dt.date.max
        )
    return TimeMention(*span, first, last, unit, "published")
