"""Dates, months and years: «الثالث عشر من مايو/أيار 2022», «12/5/2021», «3 ربيع الآخر 1445 هـ».

Numeric dates are read day first; only a four-digit beginning (ISO) is read year first.
"""

from __future__ import annotations

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_numeric import numeric
from isnad.language.arabic.times_resolve import (
    HIJRI_YEARS,
    Month,
    Year,
    dated,
    era,
    hijri_value,
)
from isnad.language.arabic.times_scan import (
    NUMBERS,
    Read,
    Scan,
    Value,
    day_number,
    number,
    plain_year,
)

# A reading begins only with a word of these categories: asked first, as most words are of none.
_MONTHS = frozenset({"unit", "month", "hijri"})
_POINTED = frozenset({"unit", "demonstrative"})
_DATES = _MONTHS | NUMBERS


def adjective(scan: Scan, i: int) -> tuple[int, str]:
    """«الماضي»، «الجاري»، «المقبل»: ``(next index, which)``.

    ``which`` is ``past``, ``last``, ``this``, ``next``, ``past2`` («قبل الماضي»), ``next2``
    («بعد القادم») or empty.
    """
    if scan.text(i) in ("قبل", "بعد"):
        h = scan.hit(i + 1, "adj")
        twice = {("قبل", "past"): "past2", ("بعد", "next"): "next2"}
        which = twice.get((scan.text(i), h.value), "") if h and h.article else ""
        return (h.end, which) if h and which else (i, "")
    h = scan.hit(i, "adj", "lastrel")
    if h and h.category == "lastrel":
        return h.end, "past"
    if h and h.article and not h.conjunction and not h.preposition:
        return h.end, h.value
    return i, ""


def year(scan: Scan, i: int) -> Year | None:
    """A year after a month, or by itself: «2021»، «عام 2019»، «من العام الماضي»، «هذا العام»."""
    this = cal.to_date(scan.today).year
    found = plain_year(scan, scan.comma(i))
    if found is None and scan.text(i) in ("من", "في", "ل", "ب"):
        i += 1
        found = plain_year(scan, i)
        if found and scan.text(i - 1) != "من":
            found = None
    if found is None:
        pointed = scan.hit(i, "demonstrative")
        j = pointed.end if pointed else i
        h = scan.hit(j, "unit")
        if not h or h.value != "year:1" or (h.conjunction and not pointed):
            return None
        found = plain_year(scan, h.end)
        if found is None:
            n = scan.integer(h.end)
            counts = h.article or scan.context(h.end + 1, "counted")
            if n is not None and (1000 if counts else 100) <= n <= 2500:
                found = (h.end + 1, n)  # «منذ مطلع العام 340 مدنيا»: people, no year
            elif scan.hit(h.end, "hundred") and (words := number(scan, h.end)):
                found = words
        if found is None:
            end, which = adjective(scan, h.end)
            by = {"past": -1, "this": 0, "next": 1, "past2": -2, "next2": 2}.get(which)
            if h.article and by is not None:
                return Year(end, this + by, True, False)
            return Year(h.end, this, True, False) if pointed and h.article else None
    end, which = era(scan, found[0])
    hijri = which == "hijri" or (which == "" and found[1] in HIJRI_YEARS)
    return Year(end, found[1], False, hijri)


def month(scan: Scan, i: int) -> Month | None:
    """A month's name: «أيار»، «شهر أيار»، «مايو/ أيار»، «كانون الأول (ديسمبر)»، «شهر ثلاثة»."""
    if not scan.reads(i, _MONTHS):
        return None
    word = scan.at(i).get("unit")
    named = word is not None and word.value == "month:1" and not word.article
    j = word.end if word and named else i
    h = scan.hit(j, "month", "hijri")
    if h is None:
        if not named:
            return None
        found = number(scan, j)
        tail = scan.hit(found[0], "unit") if found else None
        if tail and tail.value == "year:1" and plain_year(scan, tail.end):
            tail = None  # «شهر عشرة سنة 2015»
        if found and 1 <= found[1] <= 12 and not tail:
            return Month(found[0], found[1], True, False)
        return None
    if h.article or (h.conjunction and named):
        return None
    if h.preposition and scan.text(j).endswith("اب"):
        return None  # «باب»: a door, not «بآب»
    hijri = h.category == "hijri"
    end, sure = h.end, named or not (hijri or scan.hit(j, "risky"))
    k = scan.skip(end, "/", "-", "(", ":", "–", "ـ", "\\")
    twin = scan.hit(k, "month")
    if twin and not hijri and twin.value == h.value and not (twin.article or twin.conjunction):
        end, sure = twin.end, True
        if scan.text(k - 1) == "(":
            end = scan.skip(end, ")")
    return Month(end, int(h.value), sure, hijri)


def this_month(scan: Scan, i: int) -> tuple[int, int, int] | None:
    """«الشهر الجاري»، «هذا الشهر»، «الشهر الماضي»: ``(next index, year, month)``."""
    if not scan.reads(i, _POINTED):
        return None
    pointed = scan.hit(i, "demonstrative")
    h = scan.hit(pointed.end if pointed else i, "unit")
    if not h or h.value != "month:1" or not h.article:
        return None
    end, which = adjective(scan, h.end)
    if not which and not pointed:
        return None
    now = cal.to_date(scan.today)
    by = {"past": -1, "last": -1, "next": 1, "past2": -2, "next2": 2}.get(which, 0)
    return end, *cal.shift(now.year, now.month, by)


def date(scan: Scan, i: int, weekday: int | None = None) -> Read:
    """A day of the calendar, in any writing."""
    if not scan.begins(i, _DATES):
        return None
    return numeric(scan, i) or _written(scan, i, weekday) or _month_first(scan, i, weekday)


def _written(scan: Scan, i: int, weekday: int | None) -> Read:
    j = i
    lead = scan.hit(i, "unit")
    if lead and lead.value == "day:1" and lead.article:
        j = lead.end  # «اليوم الأول من شهر آذار»
    found = day_number(scan, j)
    if found is None:
        return None
    j, d = found
    j = scan.skip(j, "من", "في", "/", "-", "ل")
    m = month(scan, j)
    if m is None:
        this = this_month(scan, j)
        if this is None:
            return None
        day = cal.day(this[1], this[2], d)
        return None if day is None else (this[0], Value(day, day, "day", True, True))
    return _finish(scan, m, d, weekday)


def _finish(scan: Scan, m: Month, d: int | None, weekday: int | None) -> Read:
    """What may follow a month: «الماضي»، a year, or both."""
    end, which = adjective(scan, m.end)
    y = year(scan, end)
    if m.hijri:
        k = scan.comma(scan.skip(end, "من"))
        n = scan.integer(k)
        if y is None and n in HIJRI_YEARS and n is not None:
            y = Year(era(scan, k + 1)[0], n, False, True)
        value = hijri_value(scan, m.value, d, y)
        return ((y.end if y else end), value) if value else None
    if scan.text(m.end) in ("/", "-", ".") and not which and y is None:
        y = year(scan, m.end + 1)  # «12/أيار/2021»
        if y and y.relative:
            y = None
    value = dated(scan, d, m.value, y, which, weekday)
    return ((y.end if y else end), value) if value else None


def _month_first(scan: Scan, i: int, weekday: int | None) -> Read:
    """«تموز 13»، «يناير الحادي والعشرين 2018»، «فبراير 9, 2022»."""
    m = month(scan, i)
    if m is None or m.hijri:
        return None
    found = day_number(scan, m.end)
    if found is None:
        return None
    j, d = found
    y = year(scan, j)
    digits = scan.integer(m.end) is not None
    after = scan.tokens[j].kind if j < len(scan.tokens) else "mark"
    if digits and y is None and after not in ("mark", "newline") and not scan.hit(j, "until"):
        return None  # «في أيار 12 مدنياً»: a count, not a day
    value = dated(scan, d, m.value, y, "", weekday)
    return ((y.end if y else j), value) if value else None


def month_span(scan: Scan, i: int, cued: bool) -> Read:
    """A whole month: «أيار 2021»، «حزيران الماضي»، «شهر رمضان»، «الشهر الماضي».

    Args:
        cued: whether a word before it («منذ»، «في»، «مطلع») shows that a month may follow.
    """
    m = month(scan, i)
    if m is None:
        this = this_month(scan, i)
        if this is None:
            return None
        lo, hi = cal.month_days(this[1], this[2])
        if lo <= scan.today <= hi:
            hi = scan.today
        return this[0], Value(lo, hi, "month", True, True)
    end, which = adjective(scan, m.end)
    y = year(scan, end)
    after = scan.integer(scan.comma(end)) if m.hijri else None
    if not (m.sure or cued or which or y or after in HIJRI_YEARS):
        return None
    return _finish(scan, m, None, None)


def year_span(scan: Scan, i: int, cued: bool) -> Read:
    """A whole year or several: «عام 2019»، «عامي 2013 و2016» (listed), «العام الماضي»، «2016»."""
    at = scan.at(i)
    h = at.get("unit")
    if h and h.value in ("year:2", "year:n"):
        first = plain_year(scan, h.end)
        if first:
            j = scan.skip(first[0], "و", "-", "–", "/")
            until = scan.hit(j, "until")
            second = plain_year(scan, until.end if until else j)
            end = second[0] if second else j
            for _ in range(6):  # «أعوام 2012 و2013 و2014»
                more = plain_year(scan, end + 1) if second and scan.text(end) == "و" else None
                if more is None or second is None or more[1] <= second[1]:
                    break
                second, end = more, more[0]
            if second and second[1] >= first[1]:
                return second[0], Value(*cal.year_days(first[1], second[1]), "years")
        return None
    y = year(scan, i) if (h or "demonstrative" in at or cued) else None
    if y and not h and not y.relative:
        digits = scan.integer(scan.comma(i)) is not None
        word = y.end < len(scan.tokens) and scan.tokens[y.end].kind == "word"
        least = scan.text(i - 1) == "من" and not scan.hit(y.end, "until")
        if least and (word or scan.text(i - 2) in ("اكثر", "لاكثر", "اقل", "ازيد", "باكثر")):
            return None  # «لأكثر من 2100 حريق»
        if scan.context(y.end, "counted") or (word and not digits) or scan.text(y.end) == "%":
            return None  # «في 2000 منزل»، «من ألفي جندي»: a count
    if y is None or (y.hijri and not 1343 <= y.value <= 1500):
        return None
    if y.hijri:
        a, b = cal.hijri_month(y.value, 1), cal.hijri_month(y.value, 12)
        return (y.end, Value(a[0], b[1], "year")) if a and b else None
    if not 1 <= y.value <= 9999:
        return None
    lo, hi = cal.year_days(y.value)
    if y.relative and lo <= scan.today <= hi:
        hi = scan.today
    return y.end, Value(lo, hi, "year", y.relative, y.relative)
