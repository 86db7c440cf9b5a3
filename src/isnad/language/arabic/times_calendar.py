"""Days as ordinals: months, thirds, seasons, the Umm al-Qura calendar and movable feasts.

All functions take and give proleptic Gregorian ordinals (:meth:`datetime.date.toordinal`, in days)
and never raise: what lies outside year 1 to 9999 is clamped.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache

from hijridate import Gregorian, Hijri

Days = tuple[int, int]
"""First and last day, both included, as ordinals."""

FIRST, LAST = dt.date.min.toordinal(), dt.date.max.toordinal()

MONDAY = 0
"""«هذا الأسبوع» begins on Monday (ISO 8601): countries that begin on Saturday, Sunday or Monday are
all inside it by the week's end, so the window is never too narrow at its beginning by much."""


def to_date(ordinal: int) -> dt.date:
    """The date of an ordinal, clamped to what :class:`datetime.date` holds."""
    return dt.date.fromordinal(min(max(ordinal, FIRST), LAST))


def day(year: int, month: int, number: int) -> int | None:
    """The ordinal of a date, or None if there is no such day."""
    try:
        return dt.date(year, month, number).toordinal()
    except (ValueError, OverflowError):
        return None


def shift(year: int, month: int, by: int) -> tuple[int, int]:
    """``(year, month)`` moved by a number of months, clamped to years 1 to 9999."""
    index = min(max(year * 12 + month - 1 + by, 12), 9999 * 12 + 11)
    return index // 12, index % 12 + 1


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    year = min(max(year, 1), 9999)
    first = dt.date(year, month, 1).toordinal()
    return first, first + monthrange(year, month)[1] - 1


def year_days(year: int, last: int | None = None) -> Days:
    """First day of ``year`` and last day of ``last`` (or of the same year)."""
    return month_days(year, 1)[0], month_days(year if last is None else last, 12)[1]


def months_before(ordinal: int, months: int) -> int:
    """The same day of the month, ``months`` earlier (negative: later), cut to the month's end."""
    d = to_date(ordinal)
    year, month = shift(d.year, d.month, -months)
    first, last = month_days(year, month)
    return min(first + d.day - 1, last)


def part_of_month(year: int, month: int, phase: str) -> Days:
    """أوائل، منتصف، أواخر of a month: days 1-10, 11-20, 21-end (GUIDELINES, windows)."""
    first, last = month_days(year, month)
    if phase == "first":
        return first, first + 9
    return (first + 10, first + 19) if phase == "mid" else (first + 20, last)


def part_of_year(year: int, phase: str) -> Days:
    """أوائل، منتصف، أواخر of a year: first 3, middle 4, last 3 months (GUIDELINES, windows)."""
    begin, end = {"first": (1, 3), "mid": (5, 8)}.get(phase, (10, 12))
    return month_days(year, begin)[0], month_days(year, end)[1]


def part_of_days(days: Days, phase: str) -> Days:
    """A third of any other stretch; «نهاية» ends with it."""
    first, last = days
    third = max(1, (last - first + 1) // 3)
    if phase == "first":
        return first, first + third
    return (first + third, last - third) if phase == "mid" else (last - third, last)


def season_days(year: int, season: str) -> Days:
    """A season of the north by whole months; winter begins in the December before ``year``."""
    if season == "winter":
        return month_days(year - 1, 12)[0] if year > 1 else FIRST, month_days(year, 2)[1]
    begin = {"spring": 3, "summer": 6}.get(season, 9)
    return month_days(year, begin)[0], month_days(year, begin + 2)[1]


@lru_cache(maxsize=1024)
def hijri_day(year: int, month: int, number: int) -> int | None:
    """The ordinal of an Umm al-Qura date; None outside 1343-1500 AH or for no such day."""
    try:
        g = Hijri(year, month, number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return dt.date(g.year, g.month, g.day).toordinal()


@lru_cache(maxsize=1024)
def hijri_month(year: int, month: int) -> Days | None:
    """First and last day of an Umm al-Qura month; None outside 1343-1500 AH."""
    first = hijri_day(year, month, 1)
    if first is None:
        return None
    last = hijri_day(year, month, 30)
    return first, last if last is not None else first + 28


def hijri_year_of(ordinal: int) -> int | None:
    """The Umm al-Qura year of a day; None outside the calendar's tables (1924-2077)."""
    d = to_date(ordinal)
    try:
        return int(Gregorian(d.year, d.month, d.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> int:
    """Western Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1).toordinal()


HIJRI_FEASTS = {
    "fitr": (10, 1, 3), "adha": (12, 10, 4), "arafa": (12, 9, 1), "hijri-new-year": (1, 1, 1),
    "mawlid": (3, 12, 1), "ashura": (1, 10, 1), "ramadan": (9, 1, 0),
}  # fmt: skip
"""Month, day and length in days; 0 is the whole month."""


def hijri_feast(name: str, hijri: int) -> Days | None:
    """Days of a feast in a Hijri year."""
    month, number, length = HIJRI_FEASTS[name]
    if not length:
        return hijri_month(hijri, month)
    first = hijri_day(hijri, month, number)
    return None if first is None else (first, first + length - 1)


def feast_days(name: str, year: int) -> list[Days]:
    """Every occurrence of a feast that begins in a Gregorian year (a Hijri one may have two)."""
    year = min(max(year, 1), 9999)
    if name in HIJRI_FEASTS:
        start = hijri_year_of(month_days(year, 1)[0])
        found = [] if start is None else [hijri_feast(name, start + k) for k in (0, 1)]
        return [d for d in found if d is not None and to_date(d[0]).year == year]
    if name == "easter":
        return [(easter(year), easter(year))]
    month, number = {"christmas": (12, 25), "new-year": (1, 1)}.get(name, (3, 21))
    first = month_days(year, month)[0] + number - 1
    return [(first, first)]
