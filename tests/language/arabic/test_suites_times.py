"""Times measured on Duckling's and Recognizers' Arabic cases, kept beside the repository.

Their conventions are a calendar assistant's, ours a news desk's; the runner compares after these
adaptations, each for a stated reason:

* a day, weekday or month written without a year: they look ahead, we look back (GUIDELINES: "the
  last such day not after P"), so month and day, or the weekday, must agree and the year may not;
* their ranges are half-open: their last day is taken off;
* «الماضي/المقبل» weeks: theirs are calendar weeks, ours P-7…P-1 and P+1…P+7: they must overlap;
* what runs now («هذا الشهر») ends on P with us: first days must agree;
* beginnings, middles and ends: theirs are halves, ours thirds and quarters (GUIDELINES): ours must
  lie in theirs, or theirs, if a single day, in ours;
* «خلال أسبوعين» and "in N days" as ranges: their last day must be ours;
* weekends (theirs Saturday and Sunday, ours Friday to Sunday), numbered weeks (theirs ISO, ours from
  the month's first day) and decades (theirs of the calendar, ours from P): they must overlap.

What is left out, by kind, is in ``LEFT_OUT`` with its reason; nothing of the suites is copied here.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from isnad.language.arabic.normal import fold, normalize
from isnad.language.arabic.times import TimeMention, find_times
from isnad.language.arabic.tokens import tokenize

SUITES = Path(__file__).parents[4] / "shared" / "suites"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SUITES.is_dir(), reason="the suites are not beside this checkout"),
]

LEFT_OUT: list[tuple[str, str]] = [
    (r"^عدت (الي|في|لل)", "a bare day number («إلى 27») is a count or a place in reports, never safely a date"),
    (r"\d\.\d\d?$|\d{4}\.\d$", "a decimal number is no date («4.22», «2015.3»)"),
    (r" \d\d?-\d\d?$", "two bare numbers («22-4») are a score or a range"),
    (r"^سوف اعود \d/\d", "two bare numbers without a cue are a ratio"),
    (r"\d\d/\d\d, \d\d$", "a month-first date with a detached two-digit year is American"),
    (r"يومي$|اسبوعي$", "«يومي»، «أسبوعي»: 'daily', 'weekly' in reports, not 'my day'"),
    (r"اخر يوم$", "«آخر يوم» without a month: the last day of what is not said"),
    (r"تسعه عشر (و?ثمانيه|تسعه)", "an English way to say a year («nineteen seventy-eight»), not Arabic"),
    (r"^(من مواليد|في) (ال)?الفين *$", "«ألفين» alone is the number 2,000"),
    (r"القرن التاسع عشر", "their answer takes the 19th century's seventies for 1970"),
    (r"^غادرت هنا", "a span with «من الآن» and no word for before or after"),
    (r"صيف$", "a season with neither year nor article"),
    (r"المقبل بين الاربعاء والجمعه", "weekdays inside a week named before them: two mentions with us"),
    (r"سبتمبر الماضي", "they take «سبتمبر الماضي» in November for last year's; Arabic means this September"),
    (r"بضعه ايام", "their 'a few' is 3; ours P-7…P-1 (GUIDELINES)"),
    (r"الشهر التالي|العام التالي", "they add two; «التالي» is the next"),
    (r"^ابحث$", "not a time"),
    (r"^السنه القادمه$|^اليوم الثالث من شهر عشره$", "the extract gives it its neighbour's value"),
    (r"الساعه|\d:\d|اللحظه|الليله", "a clock time, shorter than a day"),
    (r"يوم الاحد القادم", "they skip a week: their next Sunday is the one after"),
    (r"عيد الاضحي|عيد الفطر|راس السنه الهجريه", "a movable feast without a year: they look ahead, we take the nearest; checked in our own table"),
]  # fmt: skip


def left_out(text: str) -> str | None:
    words = fold(text).strip()
    return next((why for pattern, why in LEFT_OUT if re.search(pattern, words)), None)


def read(text: str, published: dt.date) -> list[TimeMention]:
    normal = normalize(text).text
    return find_times(normal, tokenize(normal), published)


def agrees(m: TimeMention, first: dt.date, last: dt.date, text: str, published: dt.date) -> bool:
    """Whether a mention gives these days (both included) after the adaptations above."""
    lo, hi = m.earliest, m.latest
    if lo is None or hi is None:
        return False
    if (lo, hi) == (first, last) or (first == last and m.kind == "since" and lo == first):
        return True
    words = fold(text)
    if "no-year" in m.flags and (lo.month, lo.day, hi.month, hi.day) == (
        first.month, first.day, last.month, last.day,
    ):  # fmt: skip
        return True
    if "اسبوع" in words.replace("خلال اسبوع", "") and lo <= last and first <= hi:
        return True
    if m.precision == "part" and (lo.year == first.year or "no-year" in m.flags):
        shift = first.year - lo.year
        a, b = lo.replace(year=lo.year + shift), hi.replace(year=hi.year + shift)
        return (first <= a and b <= last) or (first == last and a <= first <= b)
    if hi == published and lo == first:
        return True
    if "لاحق" in words:
        return lo == published and hi == last
    if words.startswith(("في اول", "اول", "نص")) and lo <= first <= hi:
        return True
    if (
        lo == hi
        and first == last
        and lo.weekday() == first.weekday()
        and abs((lo - first).days) == 7
    ):
        return True
    if (
        "no-year" in m.flags
        and first == last
        and lo.month == first.month
        and lo.weekday() == first.weekday()
    ):
        return True  # the n-th weekday of a month without a year
    if "العقدين" in words or "عقود" in words:
        return lo <= last and first <= hi
    return ("خلال" in words or words.startswith("سيحدث بعد") or " بعد " in words) and hi == last


def measure(
    cases: list[tuple[str, dt.date, list[tuple[dt.date, dt.date]]]],
) -> tuple[float, list[str]]:
    right, total, wrong = 0, 0, []
    for text, published, wanted in cases:
        if left_out(text):
            continue
        total += 1
        if any(agrees(m, a, b, text, published) for m in read(text, published) for a, b in wanted):
            right += 1
        else:
            wrong.append(text)
    assert total
    return right / total, wrong


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def test_duckling() -> None:
    """At least 90 % of Duckling's phrases that denote a day or longer."""
    published = dt.date(2013, 2, 12)
    entries = json.loads((SUITES / "duckling_ar.json").read_text(encoding="utf-8"))["Time"]
    cases: list[tuple[str, dt.date, list[tuple[dt.date, dt.date]]]] = []
    for entry in entries:
        stamps = [
            tuple(map(int, s)) for s in re.findall(r"\((\d{4}), (\d+), (\d+), \d", entry["value"])
        ]
        if not stamps or re.search(r"Hour|Minute", entry["value"]):
            continue  # shorter than a day
        days = [dt.date(*s) for s in stamps]
        first, last = (
            days[0],
            days[-1] - dt.timedelta(days=len(days) > 1 and "Second" not in entry["value"]),
        )
        if entry["value"].endswith("Week"):
            last = first + dt.timedelta(6)
        cases.extend((p, published, [(first, max(first, last))]) for p in entry["phrases"])
    share, wrong = measure(cases)
    assert share >= 0.90, (share, wrong)


def recognizers(
    name: str, key: tuple[str, str]
) -> list[tuple[str, dt.date, list[tuple[dt.date, dt.date]]]]:
    cases = []
    for case in json.loads((SUITES / name).read_text(encoding="utf-8")):
        if "dotnet" in (case.get("NotSupported") or "") or not case["Results"]:
            continue
        value: dict[str, Any] = case["Results"][0]["Value"]
        wanted = []
        for way in ("PastResolution", "FutureResolution"):
            got = value.get(way) or {}
            if key[0] in got:
                first = day(got[key[0]])
                last = day(got[key[1]])
                if key[0] != key[1]:
                    wanted.append((first, last))  # closed where both ends are named («من … حتى»)
                    last = max(first, last - dt.timedelta(1))
                wanted.append((first, last))
        if wanted:
            cases.append((case["Input"], day(case["Context"]["ReferenceDateTime"]), wanted))
    return cases


def test_date_parser() -> None:
    """At least 85 % of Recognizers' DateParser cases."""
    share, wrong = measure(recognizers("recognizers_DateParser.json", ("date", "date")))
    assert share >= 0.85, (share, wrong)


def test_date_period_parser() -> None:
    """At least 85 % of Recognizers' DatePeriodParser cases."""
    share, wrong = measure(
        recognizers("recognizers_DatePeriodParser.json", ("startDate", "endDate"))
    )
    assert share >= 0.85, (share, wrong)


def test_what_is_left_out_is_the_smaller_part() -> None:
    """The left-out kinds stay a minority, so that the shares mean something."""
    for name, key in (
        ("recognizers_DateParser.json", ("date", "date")),
        ("recognizers_DatePeriodParser.json", ("startDate", "endDate")),
    ):
        cases = recognizers(name, key)
        assert sum(left_out(c[0]) is not None for c in cases) < len(cases) / 2
