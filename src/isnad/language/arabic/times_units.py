"""Counted stretches of time: «الأيام الثلاثة الماضية»، «قبل أسبوعين»، «خلال 24 ساعة»، «لمدة شهر».

Windows are those of GUIDELINES ("Time windows"), in days from the publication day P.
"""

from __future__ import annotations

from typing import NamedTuple

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_dates import adjective
from isnad.language.arabic.times_scan import (
    NUMBERS,
    Read,
    Scan,
    Value,
    number,
    relative,
    remembered,
)

PLURAL_DAYS = {"day": 7, "night": 7, "week": 28, "month": 183, "year": 1826, "decade": 7305}
"""How far back "past days, weeks, months, years, decades" reach where no number is said."""

_DAYS = {"day": 1, "night": 1, "week": 7}


_COUNTED = NUMBERS | {"unit", "approx", "vague"}
_BOUNDED = NUMBERS | {"unit", "final", "adj", "demonstrative"}


class Count(NamedTuple):
    """A counted unit: «ثلاثة أيام»; ``number`` is None for «أيام», ``bound`` for «أكثر من»."""

    end: int
    number: int | None
    unit: str
    bound: str


def counted(scan: Scan, i: int) -> Count | None:
    """«ثلاثة أيام»، «يومين»، «عدة أسابيع»، «نحو 24 ساعة»، «أيام قليلة»."""
    if not scan.begins(i, _COUNTED):
        return None
    bound = ""
    at = scan.at(i)
    near = at.get("approx")
    if near:
        bound = near.value
        i = near.end
        at = scan.at(i)
    vague = at.get("vague")
    found = None if vague else number(scan, i)
    j = vague.end if vague else found[0] if found else i
    h = scan.hit(j, "unit")
    if h is None and found is not None:
        h = scan.hit(i, "unit")
        found, j = None, i
    if h is None or (h.article and not found and not vague):
        return None
    if h.value.endswith(":2") and scan.text(h.end - 1).endswith(("مي", "ري", "تي")):
        return None  # «شهري آذار ونيسان»، «عامي 2013 و2016»: names follow, no count
    if (found or vague) and (h.conjunction or h.preposition):
        return None
    unit, _, form = h.value.partition(":")
    n = found[1] if found else None if vague or form == "n" else int(form)
    end = h.end
    few = scan.hit(end, "few")
    if n is None and few and not few.conjunction:
        end = few.end
    if not found and not vague and form == "1":
        single = scan.hit(end, "card")
        if single and single.value == "1" and not single.conjunction:
            end = single.end  # «يوم واحد»
    return Count(end, n, unit, bound)


def back(scan: Scan, n: int, unit: str) -> int:
    """The day ``n`` units before P (negative: after)."""
    if unit == "month":
        return cal.months_before(scan.today, n)
    if unit in ("year", "decade", "century"):
        years = {"year": 1, "decade": 10, "century": 100}[unit]
        return cal.months_before(scan.today, n * 12 * years)
    if unit == "hour":
        return scan.today - (n // 24 if n >= 24 else 1 if n > 12 else 0)
    if unit == "minute":
        return scan.today
    return scan.today - n * _DAYS[unit]


def reach(scan: Scan, c: Count, sign: int) -> tuple[int, int] | None:
    """A compound count, «شهر و21 يوماً»، «عام ونصف»: ``(next index, day)``; None if it is simple.

    Args:
        sign: 1 counts back from P, -1 onwards.
    """
    if c.number is None:
        return None
    at, end, parts = back(scan, sign * c.number, c.unit), c.end, 1
    word = scan.text(end)
    if word in ("ونصف", "والنصف") and c.unit in ("month", "year", "week"):
        half = {"month": 15, "year": 182, "week": 3}[c.unit]
        return end + 1, at - sign * half
    while parts < 4:
        joined = scan.text(end) == "و"
        k = end + 1 if joined else end
        h, digits = scan.longest(k), scan.integer(k) is not None
        if not (joined and (h or digits)) and not (h and h.conjunction):
            break
        more = counted(scan, k)
        if more is None or more.number is None:
            break
        there = back(scan, sign * more.number, more.unit) - scan.today
        at, end, parts = at + there, more.end, parts + 1
    return (end, at) if parts > 1 else None


def ago(scan: Scan, c: Count) -> Value:
    """«قبل ثلاثة أيام»: that day; the vaguer the unit, the wider the window around it."""
    if c.number is None:
        far = {"hour": 0, "minute": 0}.get(c.unit, PLURAL_DAYS.get(c.unit, 0))
        near = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
        lo, hi = scan.today - far, scan.today - near.get(c.unit, 0)
        return relative(lo, hi, "days" if c.unit in ("day", "night") else c.unit)
    there = back(scan, c.number, c.unit)
    if c.bound == "more":
        return Value(None, there, "days", True, True)
    if c.bound == "less":
        return relative(there, scan.today, "days")
    one = c.number == 1 and c.bound != "about"
    slack = {"week": 0 if one else 3, "month": 0 if one else 15, "year": 91}
    spread = slack.get(c.unit, 0) if c.number < 24 else 0
    if c.unit == "hour" and 12 < c.number < 24:
        return relative(there, scan.today, "days")
    precision = "day" if not spread else c.unit
    return relative(there - spread, there + spread, precision)


def ahead(scan: Scan, c: Count) -> Value:
    """«بعد يومين»: that day; «بعد أيام» P+1…P+7."""
    if c.number is None:
        if c.unit in ("hour", "minute"):
            return relative(scan.today, scan.today)
        return relative(scan.today + 1, scan.today + PLURAL_DAYS.get(c.unit, 7), "days")
    there = back(scan, -c.number, c.unit) if c.unit != "hour" else scan.today + c.number // 24
    return relative(there, there)


def past_window(scan: Scan, n: int | None, unit: str) -> Value:
    """«الأيام الثلاثة الماضية» P-3…P; «الأيام الماضية» P-7…P; «الأشهر الماضية» P-183…P."""
    if unit in ("hour", "minute"):
        return relative(back(scan, n, unit) if n else scan.today - 1, scan.today, "days")
    lo = back(scan, n, unit) if n else scan.today - PLURAL_DAYS.get(unit, 7)
    return relative(lo, scan.today, _several(unit))


def next_window(scan: Scan, n: int | None, unit: str) -> Value:
    """«الأيام المقبلة» P+1…P+7; «اليومين المقبلين» P+1…P+2; «الساعات القادمة» P…P+1."""
    if unit in ("hour", "minute"):
        return relative(scan.today, scan.today + max(1, (n or 24) // 24), "days")
    hi = back(scan, -n, unit) if n else scan.today + PLURAL_DAYS.get(unit, 7)
    return relative(scan.today + 1, hi, _several(unit))


def _several(unit: str) -> str:
    return {"day": "days", "night": "days", "month": "months", "year": "years"}.get(unit, "period")


def single(scan: Scan, unit: str, which: str) -> Value | None:
    """«الأسبوع الماضي» P-7…P-1; «الشهر المقبل»، «العام الجاري»: by the calendar."""
    today = scan.today
    now = cal.to_date(today)
    by = {"past": -1, "next": 1, "past2": -2, "next2": 2}.get(which, 0)
    if unit == "week":
        if which == "last":
            return relative(today - 7, today, "week")
        if by:
            first = today + (7 * by - 6 if by > 0 else 7 * by)
            return relative(first, first + 6, "week")
        return relative(today - (today - 1 - cal.MONDAY) % 7, today, "week")
    if unit == "month":
        if which == "last":
            return relative(back(scan, 1, "month"), today, "month")
        lo, hi = cal.month_days(*cal.shift(now.year, now.month, by))
        return relative(lo, min(hi, today) if not by else hi, "month")
    if unit == "year":
        if which == "last":
            return relative(back(scan, 1, "year"), today, "year")
        lo, hi = cal.year_days(min(max(now.year + by, 1), 9999))
        return relative(lo, min(hi, today) if not by else hi, "year")
    if unit in ("decade", "century") and which in ("past", "last", "next"):
        if unit == "century" and by < 0:
            first = max(now.year // 100 * 100 - 100, 1)
            return relative(*cal.year_days(first, first + 99), "period")
        return next_window(scan, 1, unit) if by > 0 else past_window(scan, 1, unit)
    if unit in ("hour", "minute"):
        return relative(today, today)
    return None


def later_in(scan: Scan, value: Value) -> Value:
    """«في وقت لاحق من هذا الشهر»: P to the end of the unit."""
    now = cal.to_date(scan.today)
    if value.precision == "week":
        hi = (value.lo or scan.today) + 6
    elif value.precision == "month":
        hi = cal.month_days(now.year, now.month)[1]
    else:
        hi = cal.year_days(now.year)[1]
    return relative(scan.today, hi, "period")


@remembered
def bounded(scan: Scan, i: int) -> Read:
    """A unit with the article and الماضي، المقبل، الجاري or الأخير; «هذا الأسبوع»؛ «آخر 3 أيام»."""
    if not scan.begins(i, _BOUNDED):
        return None
    at = scan.at(i)
    last = at.get("final")
    if last and not last.article and (c := counted(scan, last.end)) and c.unit != "minute":
        if c.number != 1 or c.unit in ("week", "month", "year"):
            return c.end, past_window(scan, c.number, c.unit)
        return None
    coming = at.get("adj")
    if coming and not coming.article and coming.value == "next":
        h = scan.hit(coming.end, "unit")
        if h and h.article and h.value.endswith(":n"):
            return h.end, next_window(scan, None, h.value[:-2])  # «قادم الأيام»
    pointed = at.get("demonstrative")
    j = pointed.end if pointed else i
    n: int | None = None
    article = scan.text(j) == "ال"
    lead = number(scan, j)
    if lead and not scan.hit(j, "unit"):
        first = scan.hit(j, "card", "ten", "hundred")
        article = article or bool(first and first.article)
        j, n = lead
    h = scan.hit(j, "unit")
    if h is None or (h.conjunction and n is not None):
        return None
    unit, _, form = h.value.partition(":")
    if not h.article and n is None:
        return None
    end = h.end
    if n is None and form == "2":
        n = 2
    if n is None and form == "n":
        follow = number(scan, end)
        word = scan.hit(end, "card", "ten")
        if follow and (
            scan.text(end) == "ال" or scan.integer(end) is not None or (word and word.article)
        ):
            end, n = follow
    few = scan.hit(end, "few")
    if few and not few.conjunction and (few.article or n is None):
        end = few.end
    after, which = adjective(scan, end)
    few = scan.hit(after, "few")
    if which and few and few.article:
        after = few.end  # «الأيام الماضية القليلة»
    if not which:
        if pointed and h.article and form == "1" and n is None:
            value = single(scan, unit, "this")
            return (end, value) if value else None
        return None
    if form == "1" and n is None:
        value = single(scan, unit, which)
        if value and which == "next" and scan.text(after - 1).startswith("التالي"):
            value = value.flagged("anaphoric")
        return (after, value) if value else None
    if not (h.article or article or n):
        return None
    if which == "next":
        return after, next_window(scan, n, unit)
    if which == "this":
        return after, relative(scan.today - 6, scan.today, "days")
    return after, past_window(scan, n, unit)
