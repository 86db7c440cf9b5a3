"""The day from which a report speaks, where no day of publication is told.

Taken from what stands in its address and its own stamps, the surest first; never from what a claim
says of an event. It only ever serves as weak evidence for joining; no claim's time is changed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from isnad.addresses import day_of_address
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.times import find_times
from isnad.language.arabic.tokens import tokenize
from isnad.model import Report

_STAMP = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ([0-9]{1,2}), (20[0-9]{2})\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_of(report: Report) -> dt.date | None:
    """The day of publication, or the one that the address or a full date in the text gives.

    Of several full dates in the text the latest is taken: a page stamps itself after what it tells.
    """
    if report.published is not None:
        return report.published
    return day_of_address(report.url or "") or _of_text(report.text)


_FROM = (dt.date(2003, 12, 31), dt.date(2010, 6, 15))
YearDay = tuple[int, int]


@lru_cache(maxsize=1 << 12)
def day_of_year(words: str) -> YearDay | None:
    """The month and day of a date without its year: what is read the same from any day.

    «الأربعاء 27 تشرين الأول» gives (10, 27), «أمس» nothing.
    """
    normal = normalize(words)
    tokens = tokenize(normal.text)
    found = set()
    for day in _FROM:
        times = find_times(normal.text, tokens, day)
        first = times[0].earliest if times else None
        if first is None or first != times[0].latest:
            return None
        found.add((first.month, first.day))
    return found.pop() if len(found) == 1 else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _of_text(text: str) -> dt.date | None:
    days = [
        d
        for m in _STAMP.finditer(text)
        if (d := _date(int(m[3]), _MONTHS.index(m[1].lower()) + 1, int(m[2])))
    ]
    normal = normalize(text)
    for time in find_times(normal.text, tokenize(normal.text), None):
        first, last = time.earliest, time.latest
        if first is not None and first == last:
            days.append(first)
    return max(days, default=None)
