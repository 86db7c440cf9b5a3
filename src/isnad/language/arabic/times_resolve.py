"""The year of a month or date, and its days: Gregorian and Umm al-Qura."""

from __future__ import annotations

from typing import Final, NamedTuple

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_scan import Scan, Value

HIJRI_YEARS: Final = frozenset(range(1343, 1501))
"""What the Umm al-Qura tables hold; such a year is Hijri (nobody reports on 1445 AD)."""


class Year(NamedTuple):
    """A year read from the text."""

    end: int
    value: int
    relative: bool
    hijri: bool


class Month(NamedTuple):
    """A month read from the text; ``sure`` is false for words that are also something else."""

    end: int
    value: int
    sure: bool
    hijri: bool


def pick_year(scan: Scan, m: int, d: int | None, which: str, weekday: int | None = None) -> int:
    """The year of a month (and day) written without one.

    The last such not after the publication day; «الماضي» strictly before, «المقبل» after, «الجاري»
    this year's. A weekday that only fits the next such day within sixty days decides for it.
    """
    now = cal.to_date(scan.today)
    if which == "this":
        return now.year

    def begin(y: int) -> int | None:
        return cal.day(y, m, d) if d else cal.month_days(y, m)[0]

    limit = scan.today if d else cal.month_days(now.year, now.month)[0]
    if which == "next":
        years = range(now.year, now.year + 9)
        return next((y for y in years if (b := begin(y)) is not None and b > limit), now.year)
    strict = which in ("past", "last", "past2")
    past = next(
        (y for y in range(now.year, now.year - 9, -1)
         if (b := begin(y)) is not None and (b < limit if strict else b <= limit)),
        now.year,
    )  # fmt: skip
    if weekday is not None and d and not which:
        was, coming = begin(past), begin(past + 1)
        if (
            was is not None and (was - 1) % 7 != weekday
            and coming is not None and (coming - 1) % 7 == weekday and coming - scan.today <= 60
        ):  # fmt: skip
            return past + 1
    return past


def hijri_value(scan: Scan, m: int, d: int | None, y: Year | None) -> Value | None:
    """Days of a Hijri month or date; without a year the last such not after the publication day."""
    if y and not y.relative:
        days = _hijri_days(y.value if y.hijri else _hijri_in(y.value, m), m, d)
        return Value(*days, "day" if d else "month") if days else None
    start = cal.hijri_year_of(scan.today)
    if start is None:
        return None
    for h in (start, start - 1):
        days = _hijri_days(h, m, d)
        if days and days[0] <= scan.today:
            return Value(*days, "day" if d else "month", True, True, flags=("no-year",))
    return None


def _hijri_days(y: int | None, m: int, d: int | None) -> cal.Days | None:
    if y is None:
        return None
    if d is None:
        return cal.hijri_month(y, m)
    first = cal.hijri_day(y, m, d)
    return None if first is None else (first, first)


def _hijri_in(gregorian: int, m: int) -> int | None:
    """The Hijri year whose month ``m`` begins in a Gregorian year."""
    start = cal.hijri_year_of(cal.year_days(gregorian)[0])
    if start is None:
        return None
    for y in (start, start + 1):
        days = cal.hijri_month(y, m)
        if days and cal.to_date(days[0]).year == gregorian:
            return y
    return None


def dated(
    scan: Scan, d: int | None, m: int, y: Year | None, which: str, weekday: int | None
) -> Value | None:
    """Days of a Gregorian month or date with what is known of its year."""
    value = y.value if y else pick_year(scan, m, d, which, weekday)
    if not 1 <= value <= 9999:
        return None
    rel = y.relative if y else True
    flags = () if y else ("no-year",)
    if d is None:
        lo, hi = cal.month_days(value, m)
        if which == "this" or (rel and lo <= scan.today <= hi):
            hi = max(lo, min(hi, scan.today))
        return Value(lo, hi, "month", rel, rel, flags=flags)
    day = cal.day(value, m, d)
    return None if day is None else Value(day, day, "day", rel, rel, flags=flags)


def era(scan: Scan, i: int) -> tuple[int, str]:
    """«هـ»، «م»، in brackets or not: ``(next index, "hijri" | "common" | "")``."""
    j = scan.skip(i, "(")
    h = scan.hit(j, "era")
    if not h or (len(scan.text(j)) == 1 and scan.tokens[j].start - scan.tokens[j - 1].end > 1):
        return i, ""
    return (scan.skip(h.end, ")") if j > i else h.end), h.value
