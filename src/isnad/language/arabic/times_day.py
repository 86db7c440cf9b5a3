"""Days as reports name them: «صباح اليوم الأحد»، «الساعة الـ 23.00 من يوم أمس»، «مساء الثلاثاء».

A day is told by parts in any order (a part of the day, a clock time, اليوم or أمس, a weekday, a
date), each at most once; the most exact of them gives the day, a contradiction is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_dates import adjective, date, month
from isnad.language.arabic.times_scan import (
    Read,
    Scan,
    Value,
    day_number,
    number,
    ordinal,
    relative,
)
from isnad.language.arabic.times_words import Hit


@dataclass(slots=True)
class _Parts:
    """What has been read of one day so far."""

    part: bool = False
    hours: bool = False
    clock: bool = False
    deictic: Value | None = None
    weekday: int | None = None
    which: str = ""
    date: Value | None = None


def on_weekday(scan: Scan, weekday: int, which: str) -> int:
    """The last such weekday not after the publication day; «الماضي» before it, «المقبل» after."""
    back = (scan.today - 1 - weekday) % 7
    if which in ("next", "next2"):
        return scan.today + (7 - back) + (7 if which == "next2" else 0)
    if which in ("past", "last", "past2"):
        return scan.today - (back or 7) - (7 if which == "past2" else 0)
    return scan.today - back


def on_numbered(scan: Scan, weekday: int, number_: int) -> int | None:
    """«السبت السادس عشر»: the nearest such day whose weekday is right, within two months."""
    now = cal.to_date(scan.today)
    days = [cal.day(*cal.shift(now.year, now.month, k), number_) for k in (0, -1, 1, -2)]
    return next((d for d in days if d is not None and (d - 1) % 7 == weekday), None)


def weekday_word(scan: Scan, i: int, lead: bool) -> Hit | None:
    """A weekday: with the article, or after يوم. «اثنين»، «أحد» by themselves are numbers."""
    h = scan.at(i).get("weekday")
    if h is None or not (h.article or (lead and not h.preposition and not h.conjunction)):
        return None
    before = scan.text(i - 1)
    if scan.context(i - 1, "weekdayname"):
        return None
    if h.value == "0" and len(before) > 4 and before.endswith(("ين", "ان")):
        return None  # «المواطنين الاثنين»: both of them
    owned = len(before) > 4 and before.endswith(("يه", "يها", "يهم"))
    if h.value == "0" and owned and before not in _TO_THEM:
        return None  # «مرافقيه الاثنين»
    return h


_TO_THEM = frozenset(["عليها", "اليها", "لديها", "عليهم", "اليهم", "لديهم"])
_CLOCK = frozenset({"clock", "ord"})


def clock(scan: Scan, i: int) -> int | None:
    """A time of day: «الساعة الـ 23.00»، «الثالثة عصراً»، «5:53 م». Gives the next index."""
    if not scan.begins(i, _CLOCK):
        return None
    h = scan.hit(i, "clock")
    j = h.end if h else i
    if h:
        near = scan.hit(j, "approx")
        j = near.end if near else j
        j = scan.skip(j, "ال", ":")
    if j >= len(scan.tokens):
        return None
    if scan.tokens[j].kind == "number":
        if len(scan.text(j)) > 5:
            return None
        j += 1
        minutes = 0
        while minutes < 2 and scan.text(j) == ":" and scan.integer(j + 1) is not None:
            j, minutes = j + 2, minutes + 1
        if not h and not minutes:
            hour = scan.integer(j - 1)
            if hour is not None and hour > 24:
                return None  # «الكتيبة 309 مساء السبت»
            part = scan.hit(j, "bareadv")
            return part.end if part and part.category == "bareadv" else None
    elif h and (h.article or len(scan.tokens[i].text) > 4):
        one = scan.hit(j, "card")  # «الواحدة»
        found = (one.end, 1) if one and one.value == "1" else ordinal(scan, j) or number(scan, j)
        if found is None or found[1] > 24:
            return None
        j = found[0]
    else:
        found = ordinal(scan, j)
        first = scan.hit(j, "ord")
        if not found or not first or not first.article or found[1] > 12:
            return None
        if not scan.hit(_minutes(scan, found[0]), "bareadv"):
            return None
        j = found[0]
    j = _minutes(scan, j)
    part = scan.hit(scan.skip(j, "من"), "bareadv", "part")
    if part and not part.conjunction and not part.preposition:
        j = part.end
    elif scan.text(j) in ("م", "ص", "pm", "am"):
        j += 1
    return j


def _minutes(scan: Scan, j: int) -> int:
    """Past «و15 دقيقة»، «والنصف»، «إلا ربعاً»."""
    word = scan.text(j)
    if word in ("والنصف", "ونصف", "والربع", "وربع", "والثلث", "وثلث"):
        return j + 1
    if word == "الا":
        return j + 2
    k = scan.skip(j, "و")
    found = number(scan, k)
    if found and (unit := scan.hit(found[0], "unit")) and unit.value.startswith("minute"):
        return unit.end
    return j


_OPENING, _CLOSING = ("«", "“", '"', "(", "'", "”"), ("»", "”", '"', ")", "'", "“")


def today_is_name(scan: Scan, i: int) -> bool:
    """«روسيا اليوم»، «المصري اليوم»: newspapers and channels, not a day."""
    if scan.text(i) != "اليوم":
        return False
    before, after = scan.text(i - 1), scan.text(i + 1)
    if after in _CLOSING and any(scan.text(i - k) in _OPENING for k in (2, 3)):
        return True  # «سبأ اليوم»
    if after in ("\n", "") and any(scan.text(i - k) in ("\n", "") for k in (3, 4, 5)):
        line = [scan.text(i - k) for k in (2, 3)]
        if any(w in ("-", "–", "—", "/", "|") for w in line):
            return True  # «بغداد/ دجلة اليوم» on a line of its own
    if scan.context(i - 1, "outletname") and before.startswith(("ال", "وال", "لل", "بال")):
        return True
    if not scan.context(i - 1, "outletplace"):
        return False
    return scan.context(i - 2, "outlet") or scan.text(i - 2) in _OPENING


_DEICTIC = frozenset({"deictic", "demonstrative", "unit", "part"})


def _deictic(scan: Scan, i: int, first: bool) -> tuple[int, Value] | None:
    if not scan.reads(i, _DEICTIC):
        return None
    at = scan.at(i)
    h = at.get("deictic")
    if h and not (h.conjunction and not first):
        return h.end, relative(scan.today + int(h.value), scan.today + int(h.value))
    pointed = at.get("demonstrative")
    j = pointed.end if pointed else i
    h = scan.hit(j, "unit")
    if h is None or h.value not in ("day:1", "night:1"):
        h = scan.hit(j, "part")
    if h is None or not h.article:
        return None
    if h.category == "part":
        return (h.end, relative(scan.today, scan.today, "part")) if pointed else None
    if h.value not in ("day:1", "night:1") or (not pointed and today_is_name(scan, j)):
        return None
    end, which = adjective(scan, h.end)
    same = scan.hit(h.end, "same")
    if same or (pointed and scan.text(i).endswith("ذات")) or scan.text(i - 1) == "نفس":
        return (same.end if same else h.end), told_before(scan, 0)
    if which == "past2":
        return end, relative(scan.today - 2, scan.today - 2)
    if which in ("past", "last") or scan.text(h.end) in ("السابق", "السابقه"):
        if scan.text(h.end).startswith("السابق") and h.value == "day:1":
            return end, told_before(scan, -1)
        return end, relative(scan.today - 1, scan.today - 1)
    if which == "next":
        if scan.text(h.end).startswith("التالي"):
            return end, told_before(scan, 1)
        return end, relative(scan.today + 1, scan.today + 1)
    return h.end if which == "" else end, relative(scan.today, scan.today)


def told_before(scan: Scan, by: int) -> Value:
    """The day told before («اليوم نفسه»، «اليوم التالي»); unknown if none was."""
    before = scan.antecedent
    if before is None or before.lo is None or before.lo != before.hi:
        return Value(None, None, "day", flags=("anaphoric",))
    day = before.lo + by
    return Value(day, day, "day", before.rel_lo, before.rel_hi, flags=("anaphoric",))


def _step(scan: Scan, i: int, got: _Parts, first: bool, lead: bool) -> int | None:
    """Reads one more part of the day at ``i``; gives the next index."""
    h = scan.longest(i)
    if h and h.conjunction and not first:
        return None
    if got.date is None or (scan.hit(i - 1, "corresponding") and got.date.precision == "day"):
        found = date(scan, i, got.weekday)
        if found:
            got.date = found[1]
            return found[0]
    if got.deictic is None and got.date is None:
        near = _deictic(scan, i, first)
        if near:
            got.deictic = near[1]
            return near[0]
    if got.weekday is None:
        w = weekday_word(scan, i, lead)
        if w and (first or not w.preposition):
            got.weekday = int(w.value)
            end, got.which = adjective(scan, w.end)
            return end if got.which else _numbered(scan, end, got)
    if not got.clock:
        end_clock = clock(scan, i)
        if end_clock is not None:
            got.clock = True
            return end_clock
    if not got.part:
        p = scan.hit(i, "firsthours", "part", "bareadv")
        if p and (first or not p.preposition or (got.hours and p.preposition == "ل")):
            if p.category == "firsthours" and not got.hours:
                got.hours = True  # «ساعة متأخرة من ليل أمس»
            else:
                got.part = True
            return p.end
    return None


def _numbered(scan: Scan, end: int, got: _Parts) -> int:
    """A day number after a weekday, with no month: taken only if the weekday is right."""
    k = scan.skip(end, "في")
    found = day_number(scan, k)
    if found is None or got.weekday is None:
        return end
    digits = scan.integer(k) is not None
    if (
        digits
        and found[0] < len(scan.tokens)
        and not (scan.tokens[found[0]].kind in ("mark", "newline") or scan.hit(found[0], "until"))
    ):
        return end  # «الخميس 21 مدنياً»: a count
    if scan.text(found[0]) in ("/", "-", ":", "من") or month(scan, found[0]):
        return end  # a date follows, or an n-th weekday of a month
    nth = found[1] <= 4 and not digits  # «الأحد الأول»: the month's first Sunday
    if nth and not scan.text(k).startswith("ال"):
        return end  # «الأحد في ثلاث هجمات»: a count
    at = None if nth else on_numbered(scan, got.weekday, found[1])
    if nth:
        now = cal.to_date(scan.today)
        first = cal.month_days(now.year, now.month)[0]
        at = first + (got.weekday - (first - 1)) % 7 + 7 * (found[1] - 1)
    if at is None:
        return end
    got.date = relative(at, at)
    return found[0]


def day(scan: Scan, i: int) -> Read:
    """One day, told by one part or several."""
    got = _Parts()
    j, first = i, True
    for _ in range(6):
        k = j
        if not first:
            k = scan.comma(k)
            k = scan.skip(k, "(") if got.weekday is not None or got.deictic else k
            k = scan.skip(k, "من", "في") if k == j or scan.text(k - 1) != "(" else k
        at = scan.at(k)
        if not at and not scan.counts(k):
            break  # most words end the day, and all that follows would find nothing
        c = at.get("corresponding")
        if c and not first:
            k = c.end
            at = scan.at(k)
        u = at.get("unit")
        lead = False
        if u and u.value == "day:1" and not u.article and not (u.conjunction and not first):
            k, lead = u.end, True
        end = _step(scan, k, got, first and not lead, lead)
        if end is None:
            break
        if scan.text(k - 1) == "(":
            end = scan.skip(end, ")")
        j, first = end, False
    if first:
        return None
    value = _combine(scan, i, j, got)
    return None if value is None else (j, value)


def _combine(scan: Scan, i: int, j: int, got: _Parts) -> Value | None:
    """The day from its parts: a date before اليوم/أمس before a weekday before a part of the day."""
    flags = []
    if got.date is not None:
        value = got.date
        if (
            got.weekday is not None and value.precision == "day" and value.lo is not None
            and (scan.known or not value.rel_lo) and (value.lo - 1) % 7 != got.weekday
        ):  # fmt: skip
            flags.append("weekday-contradicts")
    elif got.deictic is not None:
        value = got.deictic
        if (
            got.weekday is not None and scan.known and value.lo is not None
            and (value.lo - 1) % 7 != got.weekday
        ):  # fmt: skip
            flags.append("weekday-contradicts")
    elif got.weekday is not None:
        there = on_weekday(scan, got.weekday, got.which)
        value = relative(there, there)
    elif got.clock:
        value = Value(scan.today, scan.today, "part", True, True, "clock")
    elif (got.part or got.hours) and _bare_part(scan, i, j):
        value = relative(scan.today, scan.today, "part")
    else:
        return None
    if (got.part or got.hours or got.clock) and value.precision == "day" and value.kind == "point":
        value = Value(value.lo, value.hi, "part", value.rel_lo, value.rel_hi, flags=value.flags)
    return value.flagged(*flags)


_CUES = {"عند", "قرابه", "في", "مع", "منذ", "حتي", "قبيل", "حوالي", "هذا", "خلال", "بعيد"}


def _bare_part(scan: Scan, i: int, j: int) -> bool:
    """Whether a part of the day may stand alone: an adverb («فجراً»), or after «عند»، «منذ»."""
    h = scan.hit(i, "bareadv", "firsthours")
    if h and h.end == j and not h.article:
        return scan.text(i) != "مساء" or not scan.hit(j, "ord")
    p = scan.hit(i, "part", "firsthours")
    return bool(
        p
        and (p.article or p.category == "firsthours")
        and scan.text(i - 1).removeprefix("و") in _CUES
        and scan.text(i) not in ("المغرب", "العصر")
    )
