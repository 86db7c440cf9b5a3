"""Ranges: «بين 20 و28 مايو»، «من 4 إلى 23 من هذا الشهر»، «ليل الجمعة - السبت»."""

from __future__ import annotations

from dataclasses import replace

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_dates import (
    adjective,
    date,
    month,
    month_span,
)
from isnad.language.arabic.times_day import on_weekday, weekday_word
from isnad.language.arabic.times_scan import (
    Read,
    Scan,
    Value,
    day_number,
    plain_year,
    relative,
)
from isnad.language.arabic.times_stretch import moment
from isnad.language.arabic.times_units import bounded


def between(scan: Scan, i: int) -> Read:
    """«بين 20 و28 مايو»، «من 4 إلى 23 من هذا الشهر»، «بين عامي 2013 و2016»، «13 إلى 15 تموز»."""
    at = scan.at(i)
    h = scan.hit(i, "between", "from") if "between" in at or "from" in at else None
    pair = at.get("unit")
    if h is None and pair and pair.value in ("day:2", "day:n", "month:2", "month:n"):
        h = pair  # «يومي 3 و4 أيار»
    j = h.end if h else i
    joins = bool(h and h.category in ("between", "unit"))
    joint = _years_pair(scan, j) if h and h.category == "between" else None
    if joint:
        return joint
    first = day_number(scan, j)
    whole = moment(scan, j)
    named = month(scan, j)
    if named and not named.hijri and (inner := _inner_days(scan, named.end)):
        end, a, b = inner  # «تموز 13 إلى 15»
        return _between_days(scan, j, end, a, b)
    if first and (whole is None or whole[0] <= first[0] or _linked(scan, first[0], h)):
        both = scan.integer(j) is not None or joins
        k = _link(scan, first[0], both)
        for _ in range(4):  # «3 و4 و5 أيار»
            more = day_number(scan, k) if k is not None and both else None
            then = _link(scan, more[0], True) if more else None
            if then is None or month(scan, then):
                break
            k = then
        if k is not None:
            second = date(scan, k)
            if second and second[1].precision == "day" and second[1].hi is not None:
                return _from_day(first[1], second)
    if whole is None or (h and h.category == "unit" and whole[1].precision not in ("month", "day")):
        return None
    k = _link(scan, whole[0], joins)
    if k is None or (h is None and not _dash(scan, whole[0])):
        if not h and k is not None and scan.hit(whole[0], "until"):
            pass
        else:
            return None
    other = moment(scan, k) if k is not None else None
    if other is None and k is not None and h:
        y = plain_year(scan, k)
        if y and whole[1].precision == "year":
            other = y[0], Value(*cal.year_days(y[1]), "year")
    if other is None:
        return None
    a_value, b_value = whole[1], other[1]
    if a_value.lo is None or b_value.hi is None:
        return None
    lo = a_value.lo
    if "no-year" in a_value.flags and "no-year" not in b_value.flags:
        years = cal.to_date(b_value.hi).year - cal.to_date(lo).year  # «بين كانون الثاني وآذار 2020»
        lo = cal.months_before(lo, -12 * years)
    if lo > b_value.hi and "no-year" in a_value.flags:
        lo = cal.months_before(lo, 12)
    if lo > b_value.hi:
        if a_value.rel_lo and b_value.rel_hi and lo - b_value.hi < 7:
            lo -= 7  # «بين الجمعة والأحد»
        if lo > b_value.hi:
            return None
    several = {"month": "months", "year": "years"}.get(b_value.precision, "days")
    return other[0], Value(
        lo, b_value.hi, several, a_value.rel_lo, b_value.rel_hi, "point", b_value.flags
    )


def _years_pair(scan: Scan, j: int) -> Read:
    """«بين عامي 2014 و2018»، «بين 2014 و2018»."""
    u = scan.hit(j, "unit")
    first = plain_year(scan, u.end if u and u.value in ("year:2", "year:1") else j)
    if first is None:
        return None
    k = _link(scan, first[0], True)
    if k is None:
        return None
    u = scan.hit(k, "unit")
    second = plain_year(scan, u.end if u and u.value == "year:1" else k)
    if second is None or second[1] < first[1]:
        return None
    return second[0], Value(*cal.year_days(first[1], second[1]), "years")


def _dash(scan: Scan, k: int) -> bool:
    return scan.text(k) in ("-", "–", "ـ", "—")


def _linked(scan: Scan, k: int, h: object) -> bool:
    return h is not None and _link(scan, k, True) is not None


def _link(scan: Scan, k: int, conj: bool) -> int | None:
    """Past «إلى»، «حتى»، «-» or, after «بين», «و»; a و written on the next word is left there."""
    h = scan.hit(k, "until")
    if h:
        return h.end
    if _dash(scan, k):
        return k + 1
    if conj:
        if scan.text(k) == "و":
            return k + 1
        word = scan.longest(k)
        if word and word.conjunction:
            return k
    return None


def _inner_days(scan: Scan, i: int) -> tuple[int, int, int] | None:
    """«13 إلى 15»، «بين 19 و20»: two day numbers after a month."""
    h = scan.hit(i, "between", "from")
    a = day_number(scan, h.end if h else i)
    if a is None:
        return None
    k = _link(scan, a[0], h is not None)
    b = day_number(scan, k) if k is not None else None
    return (b[0], a[1], b[1]) if b and b[1] >= a[1] else None


def _between_days(scan: Scan, i: int, end: int, a: int, b: int) -> Read:
    """Two day numbers of the month named at ``i``."""
    m = month_span(scan, i, True)
    if m is None or m[1].lo is None:
        return None
    first = cal.to_date(m[1].lo)
    lo, hi = cal.day(first.year, first.month, a), cal.day(first.year, first.month, b)
    if lo is None or hi is None:
        return None
    return end, replace(m[1], lo=lo, hi=hi, precision="days")


def _from_day(a: int, second: tuple[int, Value]) -> Read:
    """«بين 20 و28 مايو»: the first day shares the second's month."""
    end, value = second
    last = cal.to_date(value.hi or 0)
    lo = cal.day(last.year, last.month, a)
    if lo is None or value.hi is None or lo > value.hi:
        return None
    return end, replace(value, lo=lo, precision="days")


def week_with_day(scan: Scan, i: int) -> Read:
    """«الأحد من الأسبوع الماضي»، «الأسبوع المقبل يوم الجمعة»."""
    w = weekday_word(scan, i, False) or scan.hit(i, "weekday")
    if w and not w.article and (w.value == "0" or w.preposition or w.conjunction):
        return None
    if w:
        whole = bounded(scan, scan.skip(w.end, "من", "في"))
        end = whole[0] if whole else 0
    else:
        whole = bounded(scan, i)
        if whole is None:
            return None
        u = scan.hit(whole[0], "unit")
        w = weekday_word(scan, u.end if u and u.value == "day:1" else whole[0], bool(u))
        end = w.end if w else 0
    if whole is None or w is None or whole[1].precision != "week" or w.conjunction:
        return None
    lo, hi = whole[1].lo, whole[1].hi
    if lo is None or hi is None:
        return None
    week = scan.today - (scan.today - 1 - cal.MONDAY) % 7
    at = week + (7 if lo > scan.today else 0 if hi >= scan.today else -7) + int(w.value)
    return end, relative(at, at)


def weekdays_range(scan: Scan, i: int) -> Read:
    """«ليل الجمعة - السبت»، «ليلة الخميس/الجمعة»، «يومي السبت والأحد»."""
    p = scan.hit(i, "part", "unit")
    pair = p is not None and p.value in ("day:2", "night:2")
    if p and p.category == "unit" and not pair:
        return None
    a = weekday_word(scan, p.end if p else i, False)
    if a is None:
        return None
    k = a.end
    night = p is not None and p.category == "part"
    if night and weekday_word(scan, k, False):
        pass  # «ليلة الخميس الجمعة»
    elif (
        (scan.text(k) == "علي" and night)
        or scan.text(k) in ("-", "–", "/", "ـ", "—")
        or (scan.text(k) == "و" and pair)
    ):
        k += 1
    elif not pair:
        return None
    b = weekday_word(scan, k, False)
    if b is None or b.preposition or b.conjunction != (pair and k == a.end):
        return None
    if k == a.end and night and (int(b.value) - int(a.value)) % 7 != 1:
        return None
    end, which = adjective(scan, b.end)
    hi = on_weekday(scan, int(b.value), which)
    lo = hi - (int(b.value) - int(a.value)) % 7
    return end, relative(lo, hi, "days")
