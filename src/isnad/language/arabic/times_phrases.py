"""Expressions that count from a point: منذ، حتى، قبل، بعد، خلال، لليوم التاسع."""

from __future__ import annotations

from dataclasses import replace

from isnad.language.arabic.times_scan import (
    Read,
    Scan,
    Value,
    ordinal,
    plain_year,
    relative,
)
from isnad.language.arabic.times_stretch import moment
from isnad.language.arabic.times_units import (
    ago,
    ahead,
    back,
    counted,
    past_window,
    reach,
    single,
)

_SINCE = Value(None, None, "period", True, True, "since")


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
            value = Value(far[1], scan.today, "period", True, True, "since")
            return _from_now(scan, far[0]), value
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
"""How many words after «منذ» a date may tell since when («منذ أن اجتاح … في آب 2014»)."""


def _since_clause(scan: Scan, i: int) -> Read:
    """«منذ انحسار … أواخر عام 2019»: since what happened on an explicit date."""
    for j in range(i, min(i + _CLAUSE, len(scan.tokens))):
        if scan.tokens[j].kind in ("mark", "newline"):
            return None
        if not scan.longest(j) and scan.tokens[j].kind != "number":
            continue
        m = moment(scan, j)
        if m is None or m[1].lo is None or j == i:
            continue
        named = "no-year" in m[1].flags and m[1].precision == "day" and m[1].lo <= scan.today
        if named or not m[1].rel_lo:
            flags = (*m[1].flags, "since-clause")
            return m[0], Value(m[1].lo, scan.today, "period", named, True, "since", flags)
    return None


NO_UNTIL = ("الي", "والي")
"""Words that join the ends of a range but by themselves say no end («أدى إلى»)."""


def until(scan: Scan, i: int) -> Read:
    """«حتى مساء أمس»: unknown…that day."""
    far = scan.hit(i, "sofar")
    if far:
        return far.end, Value(None, scan.today, "period", True, True, "duration", ("so-far",))
    h = scan.hit(i, "until")
    if h is None or scan.text(i) in NO_UNTIL:
        return None
    m = moment(scan, h.end)
    if m is None:
        return None
    return m[0], replace(m[1], lo=None, kind="until", precision="period")


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
    if c.number is None or scan.text(c.end) == "من":
        return c.end, Value(None, None, "period", kind="duration")  # «خلال سنوات»
    if any(scan.hit(i - k, "ord") or scan.text(i - k).startswith("نوعه") for k in range(1, 5)):
        return c.end, past_window(scan, c.number, c.unit)  # «الثالث من نوعه خلال أسبوع»
    hi = back(scan, -c.number, c.unit)
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
    numbered = scan.integer(end) if h is not None and h.preposition == "ل" else None
    if found is None and numbered is not None and 1 < numbered < 1000:
        # «لليوم 44 تحت الحصار»
        first = back(scan, numbered - 1, unit)
        return end + 1, relative(first, scan.today, "days").flagged("consecutive")
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
