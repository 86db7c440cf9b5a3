"""Dates, months and years: «الثالث عشر من مايو/أيار 2022», «12/5/2021», «3 ربيع الآخر 1445 هـ».

Numeric dates are read day first; only a four-digit beginning (ISO) is read year first.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_scan import (
    Read,
    Scan,
    Value,
    day_number,
    number,
    plain_year,
)

HIJRI_YEARS: Final = frozenset(range(1343, 1501))
"""What the Umm al-Qura tables hold; a four-digit year in it is Hijri (nobody reports on 1445 AD)."""


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


def era(scan: Scan, i: int) -> tuple[int, str]:
    """«هـ»، «م»، in brackets or not: ``(next index, "hijri" | "common" | "")``."""
    j = scan.skip(i, "(")
    h = scan.hit(j, "era")
    if not h or (len(scan.text(j)) == 1 and scan.tokens[j].start - scan.tokens[j - 1].end > 1):
        return i, ""
    return (scan.skip(h.end, ")") if j > i else h.end), h.value


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
            if n is not None and 100 <= n <= 2500:
                found = (h.end + 1, n)
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
    word = scan.hit(i, "unit")
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
    hijri = h.category == "hijri"
    end, sure = h.end, named or not (hijri or scan.hit(j, "risky"))
    k = scan.skip(end, "/", "-", "(", "–", "ـ", "\\")
    twin = scan.hit(k, "month")
    if twin and not hijri and twin.value == h.value and not (twin.article or twin.conjunction):
        end, sure = twin.end, True
        if scan.text(k - 1) == "(":
            end = scan.skip(end, ")")
    return Month(end, int(h.value), sure, hijri)


def this_month(scan: Scan, i: int) -> tuple[int, int, int] | None:
    """«الشهر الجاري»، «هذا الشهر»، «الشهر الماضي»: ``(next index, year, month)``."""
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


def dated(scan: Scan, d: int | None, m: int, y: Year | None, which: str, weekday: int | None) -> Value | None:
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


def date(scan: Scan, i: int, weekday: int | None = None) -> Read:
    """A day of the calendar, in any writing."""
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


def _parts(scan: Scan, i: int) -> tuple[int, list[str]] | None:
    """The two or three whole numbers of a numeric date and the index after them."""
    t = scan.tokens[i]
    if t.kind != "number" or (i and scan.adjacent(i) and scan.text(i - 1) in "/-:@#_="):
        return None
    if "." in t.text:
        parts = t.text.split(".")
        return (i + 1, parts) if 2 <= len(parts) <= 3 else None
    if len(t.text) > 4 or not t.text.isdigit():
        return None
    sep = scan.text(i + 1)
    if sep not in ("/", "-", "_", "\\"):
        return None
    parts, j = [t.text], i + 1
    loose = not scan.adjacent(j)
    while len(parts) < 3 and scan.text(j) == sep and scan.integer(j + 1) is not None:
        if sep != "/" and not (scan.adjacent(j) and scan.adjacent(j + 1)):
            break
        parts.append(scan.text(j + 1))
        j += 2
    if len(parts) < 2 or (loose and len(parts) < 3):
        return None
    if scan.adjacent(j) and scan.text(j) in ("/", "-", "_") and scan.integer(j + 1) is not None:
        return None
    return j, parts


def numeric(scan: Scan, i: int) -> Read:
    """A numeric date: day first, or year first where the first number has four digits."""
    found = _parts(scan, i) if i < len(scan.tokens) else None
    if found is None:
        return None
    end, parts = found
    if not all(p.isdigit() and len(p) <= 4 for p in parts):
        return None
    n = [int(p) for p in parts]
    if len(n) == 2:
        return _two_numbers(scan, i, end, parts)
    flags: tuple[str, ...] = ()
    if len(parts[0]) == 4:
        y, m, d = n
    else:
        d, m, y = n
        if len(parts[2]) == 2:
            y += 2000 if y < 70 else 1900
        elif len(parts[2]) != 4:
            return None
        if m > 12 >= d:
            d, m, flags = m, d, ("month-first",)
    after, which = era(scan, end)
    if which == "hijri" or y in HIJRI_YEARS:
        day = cal.hijri_day(y, m, d)
    else:
        day = cal.day(y, m, d) if 1800 <= y <= 2199 else None
    return None if day is None else (after, Value(day, day, "day", flags=flags))


def _two_numbers(scan: Scan, i: int, end: int, parts: list[str]) -> Read:
    """«22/4» beside a word that makes it a date; «2015/3» is a month."""
    a, b = int(parts[0]), int(parts[1])
    if len(parts[0]) == 4 and "." not in scan.text(i) and 1900 <= a <= 2199 and 1 <= b <= 12:
        return end, Value(*cal.month_days(a, b), "month")
    if len(parts[1]) == 4 and "." not in scan.text(i) and 1900 <= b <= 2199 and 1 <= a <= 12:
        return end, Value(*cal.month_days(b, a), "month")
    if len(parts[0]) > 2 or len(parts[1]) > 2 or "." in scan.text(i):
        return None
    cue = scan.hit(i - 1, "weekday", "corresponding", "part", "deictic", "unit", "in", "since")
    if cue and cue.category == "unit" and not cue.value.startswith("day:1"):
        cue = None
    padded = scan.text(i + 1) == "/" and "0" in (parts[0][0], parts[1][0])
    if cue is None and not padded:
        return None  # «22/4» may be a score or a ratio
    flags: tuple[str, ...] = ()
    if b > 12 >= a:
        a, b, flags = b, a, ("month-first",)
    if not (1 <= b <= 12 and 1 <= a <= 31):
        return None
    value = dated(scan, a, b, None, "", None)
    return (end, value.flagged(*flags)) if value else None


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
    h = scan.hit(i, "unit")
    if h and h.value in ("year:2", "year:n"):
        first = plain_year(scan, h.end)
        if first:
            j = scan.skip(first[0], "و", "-", "–", "/")
            until = scan.hit(j, "until")
            second = plain_year(scan, until.end if until else j)
            if second and second[1] >= first[1]:
                return second[0], Value(*cal.year_days(first[1], second[1]), "years")
        return None
    y = year(scan, i) if (h or scan.hit(i, "demonstrative") or cued) else None
    if y and not h and not y.relative:
        digits = scan.integer(scan.comma(i)) is not None
        word = y.end < len(scan.tokens) and scan.tokens[y.end].kind == "word"
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
