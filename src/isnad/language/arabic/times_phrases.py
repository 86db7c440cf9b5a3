"""Whole expressions: beginnings and ends, ranges, منذ، حتى، بين, ages, habits and names with dates."""

from __future__ import annotations

from dataclasses import replace

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_dates import (
    adjective,
    date,
    month,
    month_span,
    plain_year,
    this_month,
    year,
    year_span,
)
from isnad.language.arabic.times_day import day, on_weekday, weekday_word
from isnad.language.arabic.times_scan import (
    Read,
    Scan,
    Value,
    day_number,
    ordinal,
    relative,
    remembered,
)
from isnad.language.arabic.times_units import (
    ago,
    ahead,
    back,
    bounded,
    counted,
    past_window,
    reach,
    single,
)

_CUE_CATEGORIES = (
    "since", "until", "during", "between", "phase", "in", "ago", "after", "from", "season",
)  # fmt: skip


def _cued(scan: Scan, i: int) -> bool:
    """Whether the word before shows that a month or a year follows."""
    return scan.text(i - 1) in ("في", "من", "لعام", "بين") or bool(
        scan.hit(i - 1, *_CUE_CATEGORIES)
    )


def stretch(scan: Scan, i: int) -> Read:
    """A stretch with a name: a month, a year, a bounded unit, a season, a decade, or a part of one."""
    return (
        _portion(scan, i)
        or _nth(scan, i)
        or bounded(scan, i)
        or month_span(scan, i, _cued(scan, i))
        or year_span(scan, i, _cued(scan, i))
        or _season(scan, i)
        or _decade(scan, i)
        or _holiday(scan, i)
    )


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
    if value.precision == "week" and category == "phase" and lo <= hi <= scan.today:
        week = scan.today - (scan.today - 1 - cal.MONDAY) % 7
        if lo == week:  # this week: to its end, not only to today
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
        full = cal.month_days(d.year, d.month) if value.precision == "month" else cal.year_days(d.year)
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
            days = cal.hijri_feast(h.value, y.value) if h.value in cal._HIJRI_FEASTS else None
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
    precision = "month" if h.value == "ramadan" and not lead else "day" if days[0] == days[1] else "days"
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


def since(scan: Scan, i: int) -> Read:
    """«منذ مطلع العام الجاري»: from its first day to P; «منذ أسبوع» P-7…P; «منذ قليل» is P."""
    h = scan.hit(i, "since")
    if h is None:
        return None
    c = counted(scan, h.end)
    if c and scan.hit(h.end, "unit") and plain_year(scan, c.end):
        c = None  # «منذ عام 2019»
    m = moment(scan, h.end)
    if c and (m is None or m[0] <= c.end):
        lo = back(scan, c.number, c.unit) if c.number else past_window(scan, None, c.unit).lo
        if c.bound == "more":
            lo = None
        if c.unit in ("hour", "minute") and not c.number:
            lo = scan.today
        far = reach(scan, c, 1)
        if far:
            return _from_now(scan, far[0]), Value(far[1], scan.today, "period", True, True, "since")
        return c.end, Value(lo, scan.today, "period", True, True, "since")
    if m is None:
        return _since_clause(scan, h.end)
    end, value = m
    out = replace(value, hi=scan.today, rel_hi=True, kind="since", precision="period")
    if not scan.known and not value.rel_lo:
        out = replace(out, hi=None)
    elif value.lo is not None and value.lo > scan.today:
        return end, value
    then = scan.hit(end, "until")
    if (then and not then.conjunction) or (then and scan.text(end) in ("وحتي", "ولغايه")):
        last = moment(scan, then.end) if then else None
        if then and last and last[1].hi is not None:
            hi = last[1]
            if value.lo is not None and hi.hi is not None and hi.hi >= value.lo:
                rel = hi.rel_hi
                return last[0], replace(out, hi=hi.hi, rel_hi=rel, kind="point")
        if then and then.category == "until" and scan.hit(end, "sofar"):
            return end, out
    return end, out


_CLAUSE = 14
"""How many words after «منذ» a date may stand that tells since when («منذ أن اجتاح … في آب 2014»)."""


def _since_clause(scan: Scan, i: int) -> Read:
    """«منذ انحسار … أواخر عام 2019»: since what happened on an explicit date."""
    for j in range(i, min(i + _CLAUSE, len(scan.tokens))):
        if scan.tokens[j].kind in ("mark", "newline"):
            return None
        if not scan.longest(j) and scan.tokens[j].kind != "number":
            continue
        m = moment(scan, j)
        if m and not m[1].rel_lo and m[1].lo is not None and j > i:
            flags = ("since-clause",)
            return m[0], Value(m[1].lo, scan.today, "period", False, True, "since", flags)
    return None


def until(scan: Scan, i: int) -> Read:
    """«حتى مساء أمس»: unknown…that day."""
    far = scan.hit(i, "sofar")
    if far:
        return far.end, Value(None, scan.today, "period", True, True, "duration", ("so-far",))
    h = scan.hit(i, "until")
    if h is None or scan.text(i) in ("الي", "والي"):
        return None
    m = moment(scan, h.end)
    if m is None:
        return None
    return m[0], replace(m[1], lo=None, kind="until", precision="period")


def between(scan: Scan, i: int) -> Read:
    """«بين 20 و28 مايو»، «من 4 إلى 23 من هذا الشهر»، «بين عامي 2013 و2016»، «13 إلى 15 تموز»."""
    h = scan.hit(i, "between", "from")
    pair = scan.hit(i, "unit")
    if h is None and pair and pair.value in ("day:2", "day:n"):
        h = pair  # «يومي 3 و4 أيار»
    j = h.end if h else i
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
        both = scan.integer(j) is not None or bool(h and h.category in ("between", "unit"))
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
    if whole is None or (h and h.category == "unit"):
        return None
    k = _link(scan, whole[0], bool(h and h.category == "between"))
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
    if lo > b_value.hi and "no-year" in a_value.flags:
        lo = cal.months_before(lo, 12)
    if lo > b_value.hi:
        if a_value.rel_lo and b_value.rel_hi and lo - b_value.hi < 7:
            lo -= 7  # «بين الجمعة والأحد»
        if lo > b_value.hi:
            return None
    return other[0], Value(lo, b_value.hi, "days", a_value.rel_lo, b_value.rel_hi, "point", b_value.flags)


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
    at = lo + (int(w.value) - (lo - 1)) % 7
    return (end, relative(at, at)) if at <= hi else None


def counted_phrase(scan: Scan, i: int) -> Read:
    """«قبل ثلاثة أيام»، «بعد يومين»، «خلال أسبوعين»، «لمدة شهر»، «على مدار يومين»."""
    h = scan.hit(i, "ago", "after", "during", "lasting", "throughout")
    if h is None:
        return None
    c = counted(scan, h.end)
    if h.category in ("during", "throughout"):
        whole = moment(scan, h.end)
        if whole and (c is None or whole[0] > c.end):
            return None  # «خلال الأيام المقبلة»: the stretch stands by itself
    if c is None:
        u = scan.hit(h.end, "unit")
        if h.category in ("during", "throughout") and u and u.article and u.value.endswith(":1"):
            value = single(scan, u.value[:-2], "this") if u.value != "day:1" else None
            return (u.end, value) if value else None
        if h.category == "ago" and scan.text(h.end) == "ذلك":
            return _before_that(scan, h.end + 1)
        return None
    if plain_year(scan, c.end) and c.unit == "year":
        return None  # «قبل عام 2011»
    if h.category == "ago":
        if scan.text(c.end) in ("من",) and scan.text(c.end + 1) not in ("الان", "اليوم"):
            return c.end, Value(None, None, "day", kind="duration", flags=("anaphoric",))
        far = reach(scan, c, 1)
        if far:
            return _from_now(scan, far[0]), relative(far[1], far[1])
        return _from_now(scan, c.end), ago(scan, c)
    if h.category == "after":
        if scan.text(c.end) in ("من", "علي") and scan.text(c.end + 1) not in ("الان", "اليوم"):
            return c.end, Value(None, None, "day", kind="duration", flags=("anaphoric",))
        if c.unit in ("month", "year") and scan.text(c.end) == "في":
            return c.end, Value(None, None, "period", kind="duration")  # «بعد 19 عاماً في السجن»
        far = reach(scan, c, -1)
        if far:
            return _from_now(scan, far[0]), relative(far[1], far[1])
        return _from_now(scan, c.end), ahead(scan, c)
    if h.category == "lasting":
        return c.end, Value(None, None, "period", kind="duration")
    if h.category == "throughout":
        past = past_window(scan, c.number, c.unit)
        return c.end, replace(past, kind="duration")
    if c.unit in ("hour", "minute"):
        return c.end, past_window(scan, c.number, c.unit)
    hi = back(scan, -c.number, c.unit) if c.number else scan.today + 7
    return c.end, relative(scan.today + 1, hi, "days", "direction-unstated")


def _from_now(scan: Scan, j: int) -> int:
    """Past «من الآن»."""
    return j + 2 if scan.text(j) == "من" and scan.text(j + 1) in ("الان", "اليوم") else j


def _before_that(scan: Scan, i: int) -> Read:
    """«قبل ذلك بساعات»، «قبل ذلك بيومين»: counted from the day told before."""
    u = scan.hit(i, "unit")
    if u is None or u.preposition != "ب":
        return None
    before = scan.antecedent
    day_ = before.lo if before and before.lo == before.hi and before.lo else scan.today
    unit, _, form = u.value.partition(":")
    if unit == "day" and form != "n":
        day_ -= int(form)
    elif unit not in ("hour", "minute"):
        return u.end, Value(None, None, "day", flags=("anaphoric",))
    rel = before.rel_lo if before else True
    return u.end, Value(day_, day_, "day", rel, rel, flags=("anaphoric",))


def nth_day(scan: Scan, i: int) -> Read:
    """«لليوم التاسع [على التوالي]» P-8…P; «اليوم الثالث» of something else stays unresolved."""
    h = scan.hit(i, "unit")
    own = scan.text(i) in ("يومه", "يومها", "اسبوعها", "اسبوعه", "شهرها", "عامها", "عامه", "شهره")
    if own:
        unit = {"ي": "day", "ا": "week", "ش": "month", "ع": "year"}[scan.text(i)[0]]
        end = i + 1
    else:
        if h is None or not h.article or not h.value.endswith(":1"):
            return None
        unit, end = h.value[:-2], h.end
    found = ordinal(scan, end)
    if found is None:
        return None
    end, n = found
    article = scan.text(found[0] - 1).startswith(("ال", "وال")) or scan.hit(found[0] - 1, "teen")
    if not article:
        return None
    consecutive = scan.text(end) == "علي" and scan.text(end + 1) in ("التوالي", "التتالي")
    if consecutive:
        end += 2
    lasting = consecutive or own or (h is not None and h.preposition == "ل")
    if not lasting:
        return end, Value(None, None, "day", flags=("anaphoric",))
    lo = back(scan, n - 1, unit) if unit in ("day", "night") else back(scan, n, unit) + 1
    return end, relative(lo, scan.today, "days").flagged("consecutive")


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
    if scan.text(k) in ("-", "–", "/", "ـ", "—") or (scan.text(k) == "و" and pair):
        k += 1
    elif not pair:
        return None
    b = weekday_word(scan, k, False)
    if b is None or b.preposition or b.conjunction != (pair and k == a.end):
        return None
    end, which = adjective(scan, b.end)
    hi = on_weekday(scan, int(b.value), which)
    lo = hi - (int(b.value) - int(a.value)) % 7
    return end, relative(lo, hi, "days")
