"""Stretches with a name: months, years, seasons, decades, feasts, and their beginnings and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_dates import (
    month,
    month_span,
    this_month,
    year,
    year_span,
)
from isnad.language.arabic.times_day import day
from isnad.language.arabic.times_scan import (
    Read,
    Scan,
    Value,
    ordinal,
    relative,
    remembered,
)
from isnad.language.arabic.times_units import bounded, single

_CUES = frozenset(
    {"since", "until", "during", "between", "phase", "in", "ago", "after", "from", "season"}
)


def _cued(scan: Scan, i: int) -> bool:
    """Whether the word before shows that a month or a year follows."""
    if scan.text(i - 1) in ("في", "من", "لعام", "بين") or scan.reads(i - 1, _CUES):
        return True
    h = scan.hit(i, "month")  # «آذار ونيسان»
    return bool(h and h.conjunction and scan.hit(i - 1, "month"))


def stretch(scan: Scan, i: int) -> Read:
    """A month, a year, a bounded unit, a season, a decade, a feast, or a part of one."""
    for rule in _rules_for(tuple(scan.at(i))):
        found = rule(scan, i)
        if found:
            return found
    return None


def _month(scan: Scan, i: int) -> Read:
    return month_span(scan, i, _cued(scan, i))


def _year(scan: Scan, i: int) -> Read:
    return year_span(scan, i, _cued(scan, i))


@lru_cache(maxsize=512)
def _rules_for(categories: tuple[str, ...]) -> tuple[Callable[[Scan, int], Read], ...]:
    """The rules that can begin at a token with these readings, in their order."""
    found = frozenset(categories)
    return tuple(rule for rule, heads in _RULES if not heads or heads & found)


def _portion(scan: Scan, i: int) -> Read:
    """«مطلع العام الجاري»، «أواخر تشرين الأول»، «النصف الثاني من يونيو»، «الربع الثالث من 2020»."""
    h = scan.hit(i, "phase", "half", "third", "quarter", "rest")
    if h is None or (h.category == "phase" and h.article):
        return None
    j = scan.skip(h.end, "من", "في")
    m = month(scan, j)
    whole: Read = None
    if m is None and this_month(scan, j) is None:
        whole = bounded(scan, j) or year_span(scan, j, True)
        if whole is None:
            u = scan.hit(j, "unit")
            if u and u.article and u.value in ("week:1", "month:1", "year:1"):
                value = single(scan, u.value[:-2], "this")
                whole = (u.end, value) if value else None
    else:
        whole = month_span(scan, j, True)
    if whole is None:
        return None
    end, value = whole
    if value.lo is None or value.hi is None:
        return end, value
    lo, hi = _cut(scan, value, h.category, h.value)
    precision = "part" if h.category == "phase" else "period"
    return end, replace(value, lo=lo, hi=hi, precision=precision)


def _cut(scan: Scan, value: Value, category: str, which: str) -> cal.Days:
    lo, hi = value.lo or 0, value.hi or 0
    first = cal.to_date(lo)
    if value.precision == "month":
        full = cal.month_days(first.year, first.month)
        if category == "phase" or category == "third":
            phase = {"1": "first", "2": "mid", "3": "last"}.get(which, which)
            if lo == full[0]:
                return cal.part_of_month(first.year, first.month, phase)
            return cal.part_of_days((lo, hi), phase)  # a Hijri month
        if category == "half":
            return (full[0], full[0] + 14) if which == "1" else (full[0] + 15, full[1])
    if value.precision == "year" and lo == cal.year_days(first.year)[0]:
        if category == "phase":
            return cal.part_of_year(first.year, which)
        if category == "half":
            begin, end = (1, 6) if which == "1" else (7, 12)
            return cal.month_days(first.year, begin)[0], cal.month_days(first.year, end)[1]
        if category == "quarter":
            q = int(which) * 3
            return cal.month_days(first.year, q - 2)[0], cal.month_days(first.year, q)[1]
        hi = cal.year_days(first.year)[1]
    if category == "rest":
        if value.precision == "week":
            hi = scan.today + (cal.MONDAY - 1 - (scan.today - 1)) % 7
        return max(lo, scan.today), max(hi, scan.today)
    if value.precision == "week" and category == "phase":
        # a part of a week is a part of the calendar's week, not of seven days from P
        week = scan.today - (scan.today - 1 - cal.MONDAY) % 7
        lo = week + (7 if lo > scan.today else 0 if hi >= scan.today else -7)
        hi = lo + 6
    parts = {"half": 2, "third": 3, "quarter": 4}.get(category)
    if parts:
        size, k = (hi - lo + 1) // parts, int(which)
        return lo + size * (k - 1), hi if k == parts else lo + size * k - 1
    return cal.part_of_days((lo, hi), which)


def _nth(scan: Scan, i: int) -> Read:
    """«الأسبوع الثالث من هذا الشهر»، «أول جمعة من يوليو»، «الثلاثاء الأخير من شهر مارس»."""
    which: int | None = None
    j = i
    lead = scan.hit(i, "ord", "final")
    if lead and not lead.article:
        which = -1 if lead.category == "final" else int(lead.value)
        j = lead.end
        u = scan.hit(j, "unit")
        if u and u.value == "day:1" and scan.hit(u.end, "weekday"):
            j = u.end
    w = scan.hit(j, "weekday")
    u = scan.hit(j, "unit")
    if w is None and (u is None or u.value not in ("week:1", "day:1")):
        return None
    j = w.end if w else u.end if u else j
    if which is None:
        head = w or u
        if head is None or not head.article:
            return None
        tail = scan.hit(j, "ord", "final")
        if tail is None or not tail.article:
            return None
        which, j = (-1 if tail.category == "final" else int(tail.value)), tail.end
    j = scan.skip(j, "من", "في", "ب")
    whole = month_span(scan, j, True) or year_span(scan, j, True)
    if whole is None:
        return None
    end, value = whole
    if value.lo is None or value.hi is None:
        return None
    full = value.lo, value.hi
    if value.precision in ("month", "year"):
        d = cal.to_date(value.lo)
        full = (
            cal.month_days(d.year, d.month) if value.precision == "month" else cal.year_days(d.year)
        )
    days = _nth_days(full, which, int(w.value) if w else None, bool(u and u.value == "week:1"))
    if days is None:
        return None
    precision = "week" if not w and u and u.value == "week:1" else "day"
    return end, replace(value, lo=days[0], hi=days[1], precision=precision)


def _nth_days(full: cal.Days, n: int, weekday: int | None, week: bool) -> cal.Days | None:
    first, last = full
    if weekday is not None:
        if n < 0:
            at = last - (last - 1 - weekday) % 7
        else:
            at = first + (weekday - (first - 1)) % 7 + 7 * (n - 1)
        return (at, at) if first <= at <= last else None
    if week:
        lo = last - 6 if n < 0 else first + 7 * (n - 1)
        return (lo, min(lo + 6, last)) if lo <= last else None
    at = last if n < 0 else first + n - 1
    return (at, at) if at <= last else None


def _season(scan: Scan, i: int) -> Read:
    """«صيف 2016»، «الشتاء الماضي»، «هذا الصيف»، «ربيع عام 2011»."""
    pointed = scan.hit(i, "demonstrative")
    h = scan.hit(pointed.end if pointed else i, "season")
    if h is None:
        return None
    now = cal.to_date(scan.today).year
    y = year(scan, h.end)
    if y and not y.hijri and 1 <= y.value <= 9999:
        return y.end, Value(*cal.season_days(y.value, h.value), "months", y.relative, y.relative)
    if not h.article:
        return None
    adj = scan.hit(h.end, "adj")
    which = adj.value if adj and adj.article else ""
    if not which and not pointed:
        return None
    if which == "next":
        options = [cal.season_days(k, h.value) for k in (now, now + 1, now + 2)]
        days = next((d for d in options if d[0] > scan.today), options[0])
    else:
        options = [cal.season_days(max(k, 1), h.value) for k in (now + 1, now, now - 1)]
        past = which in ("past", "last")
        days = next(
            (d for d in options if (d[1] < scan.today if past else d[0] <= scan.today)), options[-1]
        )
    return (adj.end if adj and which else h.end), relative(*days, "months")


def _decade(scan: Scan, i: int) -> Read:
    """«سبعينيات القرن الماضي»، «التسعينيات»: the twentieth century's unless 2000."""
    h = scan.hit(i, "decade")
    if h is None:
        return None
    first = 1900 + int(h.value) if h.value != "0" else 2000
    end = h.end
    century = scan.hit(end, "unit")
    if century and century.value == "century:1":
        adj = scan.hit(century.end, "adj")
        nth = ordinal(scan, century.end)
        if nth:
            first, end = (nth[1] - 1) * 100 + int(h.value), nth[0]
        elif adj and adj.article:
            end = adj.end
            if adj.value == "this":
                first += 100
    return end, Value(*cal.year_days(max(first, 1), max(first, 1) + 9), "period")


def _holiday(scan: Scan, i: int) -> Read:
    """A feast; without a year the occurrence nearest to the publication day."""
    lead = scan.hit(i, "ord", "final")
    u = scan.hit(lead.end, "unit") if lead and not lead.article else None
    h = scan.hit(u.end if u and u.value.startswith("day") else i, "holiday")
    if h is None or (lead and not (u and scan.hit(u.end, "holiday"))):
        return None
    y = year(scan, h.end)
    adj = scan.hit(h.end, "adj")
    end = h.end
    rel = y is None or y.relative
    if y is not None:
        end = y.end
        days = None
        if y.hijri:
            days = cal.hijri_feast(h.value, y.value) if h.value in cal.HIJRI_FEASTS else None
        else:
            found = cal.feast_days(h.value, y.value)
            days = found[0] if found else None
    else:
        now = cal.to_date(scan.today).year
        every = [d for k in (-1, 0, 1) for d in cal.feast_days(h.value, now + k)]
        if adj and adj.article:
            end = adj.end
            if adj.value == "next":
                every = [d for d in every if d[0] > scan.today]
            elif adj.value in ("past", "last"):
                every = [d for d in every if d[1] < scan.today]
        days = min(every, key=lambda d: abs(d[0] - scan.today), default=None)
    if days is None:
        return end, Value(None, None, "day", flags=("holiday",))
    if lead and u:
        nth = -1 if lead.category == "final" else int(lead.value)
        at = days[1] if nth < 0 else days[0] + nth - 1
        days = (at, at)
    precision = (
        "month" if h.value == "ramadan" and not lead else "day" if days[0] == days[1] else "days"
    )
    return end, Value(*days, precision, rel, rel, flags=("holiday",))


@remembered
def moment(scan: Scan, i: int) -> Read:
    """A day or a stretch, whichever reading is longer."""
    a, b = day(scan, i), stretch(scan, i)
    if a and b:
        if a[0] == b[0] and "weekday-contradicts" in a[1].flags:
            return b  # «الثلاثاء الثالث من شهر أيلول»: its third Tuesday, not the 3rd
        return a if a[0] >= b[0] else b
    return a or b


_RULES: tuple[tuple[Callable[[Scan, int], Read], frozenset[str]], ...] = (
    (_portion, frozenset({"phase", "half", "third", "quarter", "rest"})),
    (_nth, frozenset({"ord", "final", "weekday", "unit"})),
    (bounded, frozenset()),
    (_month, frozenset({"unit", "month", "hijri", "demonstrative"})),
    (_year, frozenset()),
    (_season, frozenset({"demonstrative", "season"})),
    (_decade, frozenset({"decade"})),
    (_holiday, frozenset({"ord", "final", "holiday"})),
)
"""Each rule with the categories of word it can begin with; none: also with a figure."""
