"""The day that stands in for the publication day: datelines, page stamps and post stamps.

«دمشق - 12 أيار 2021», a line «الخميس, 18 يناير 2024, 00:40», "FOX PressDecember 9, 2024 · Shared
with Public", "12:07 PM · Feb 28, 2026", «نشر في 2021-05-24», «اليوم الأربعاء 16 آذار 2022».
Comments, related articles and captions carry dates too: only the head of a page is read for lines
of their own, and a post's stamp is preferred to what stands further down.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_dates import date
from isnad.language.arabic.times_day import weekday_word
from isnad.language.arabic.times_scan import Scan, Value
from isnad.language.arabic.tokens import Token

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? ?"
    r"(\d{1,2})(?:st|nd|rd|th)?,? ?(20\d\d|19\d\d)(?!\d)"
)
_ENGLISH_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? ?"
    r"(20\d\d|19\d\d)(?!\d)"
)
_UPDATED = {"تحديث", "تعديل", "حدث", "محدث", "updated"}
_PUBLISHED = {"نشر", "نشرت", "تاريخ", "بتاريخ", "النشر", "published", "posted", "كتب", "اضيف"}

HEAD = 4000
"""How many characters of a page are its head, where its stamp stands."""

_OTHER_WORDS = 7
"""How many words besides a date a line may hold and still be a stamp («أبين (عدن بوست) …»)."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline or stamp.

    Attributes:
        start, end: half-open offsets in the normal form of the date.
        date: the day; None where no year is given.
        place: offsets of the place before it («دمشق - 12 أيار»), if any.
        kind: ``post`` (a post's own stamp), ``stamp`` (a line of the page), ``dateline`` (before
            the report's first words), ``updated``, ``told`` («اليوم الأربعاء 16 آذار 2022»).
    """

    start: int
    end: int
    date: dt.date | None
    place: tuple[int, int] | None = None
    kind: str = "stamp"


_SAID = {"اليوم", "امس", "البارحه"}

_RANK = {"post": 0, "stamp": 1, "dateline": 1, "updated": 2, "told": 3}


def english_date(m: re.Match[str]) -> dt.date | None:
    """The day of a match of either English pattern; None if there is no such day."""
    a, b, y = m.groups()
    name, number = (a, b) if a[0].isalpha() else (b, a)
    try:
        return dt.date(int(y), _MONTHS.index(name) + 1, int(number))
    except ValueError:
        return None


def find_dateline(normal: str, tokens: list[Token]) -> Dateline | None:
    """The text's dateline or stamp, the post's or article's own first; None if there is none.

    Args:
        normal: the text's normal form.
        tokens: its tokens.
    """
    found = [*_posts(normal), *_lines(normal, tokens)]
    if not any(f.date for f in found):
        found.extend(_told(tokens))
    dated = [f for f in found if f.date] or found
    return min(dated, key=lambda f: (_RANK[f.kind], f.start), default=None)


def _posts(normal: str) -> list[Dateline]:
    """Stamps of social networks: "December 9, 2024 · Shared with", "9:24 AM · Aug 19, 2022"."""
    out = []
    for m in _ENGLISH.finditer(normal):
        around = normal[max(0, m.start() - 4) : m.start()], normal[m.end() : m.end() + 16]
        if ("·" in around[0]) or around[1].lstrip().startswith("·") or "shared with" in around[1]:
            day = english_date(m)
            if day:
                out.append(Dateline(m.start(), m.end(), day, None, "post"))
                break
    return out


def _lines(normal: str, tokens: list[Token]) -> list[Dateline]:
    """Dates that make up most of a line in the page's head, or that open a report."""
    n = bisect_left(tokens, HEAD, key=lambda t: t.start)
    scan = Scan(tokens[:n], dt.date(2001, 1, 1).toordinal(), False)
    out: list[Dateline] = []
    i = 0
    while i < n and len(out) < 4:
        end = i
        while end < n and tokens[end].kind != "newline":
            end += 1
        line = _line(scan, normal, i, end)
        if line:
            out.append(line)
        i = end + 1
    return out


def _line(scan: Scan, normal: str, i: int, end: int) -> Dateline | None:
    for j in range(i, min(end, i + 14)):
        t = scan.tokens[j]
        if t.kind != "number" and not scan.hit(j, "month", "ord", "hijri", "card"):
            continue
        found = date(scan, j)
        if found is None or found[1].precision != "day" or found[0] > end:
            continue
        return _judge(scan, i, end, j, found)
    if end > i and end - i < 24:
        text = normal[scan.tokens[i].start : scan.tokens[end - 1].end]
        m = _ENGLISH.search(text) or _ENGLISH_DAY_FIRST.search(text)
        if m and (day := english_date(m)) and len(text) - len(m.group()) < 60:
            at = scan.tokens[i].start
            kind = "updated" if any(w in text for w in _UPDATED) else "stamp"
            return Dateline(at + m.start(), at + m.end(), day, None, kind)
    return None


def _judge(scan: Scan, i: int, end: int, j: int, found: tuple[int, Value]) -> Dateline | None:
    """Whether the date read at ``j`` makes its line a stamp or a dateline."""
    after, value = found
    words = [scan.text(k) for k in range(i, j)]
    rest = sum(scan.tokens[k].kind == "word" for k in range(after, end))
    lead = sum(scan.tokens[k].kind == "word" for k in range(i, j))
    day = None
    if value.lo is not None and not value.rel_lo:
        day = cal.to_date(value.lo)
    start, stop = scan.tokens[j].start, scan.tokens[after - 1].end
    if any(w in _UPDATED for w in words):
        return Dateline(start, stop, day, None, "updated") if day else None
    if any(w in _PUBLISHED for w in words) and lead <= 5 and day:
        return Dateline(start, stop, day, None, "stamp")
    if weekday_word(scan, j - 1, True) or weekday_word(scan, j - 2, True):
        lead -= 1
    place, opened = _place(scan, i, j)
    closed = scan.text(after) in ("-", "–", "—", ":", "(", "/", ")", "") or after >= end
    if scan.hit(j - 1, "in", "from", "since", "ago", "after", "until", "during", "between"):
        if scan.hit(j - 1, "in") and day and _signed(scan, i, end, j - 1, after):
            place = scan.tokens[i].start, scan.tokens[j - 2].end
            return Dateline(start, stop, day, place, "dateline")
        return None  # «… في 12 أيار 2021»: told, not stamped
    if lead + rest <= _OTHER_WORDS and day and (lead <= 0 or place):
        if rest and not (closed or lead <= 0) and not place:
            return None
        return Dateline(start, stop, day, place, "dateline" if rest or place else "stamp")
    if opened and closed and lead <= 6:
        return Dateline(start, stop, day, place, "dateline")
    return None


def _signed(scan: Scan, i: int, end: int, at: int, after: int) -> bool:
    """Whether «دمشق في 24 أيار 2021» signs a report: a place alone, «في», a day, then nothing.

    A sign («- سانا», «(سانا)») may follow; two words before need it, lest a heading be taken for a
    place («قصف حلب في 24 أيار 2021»).
    """
    if at > i and scan.text(at - 1) in ("،", ","):
        at -= 1
    if not 1 <= at - i <= 2 or any(scan.tokens[k].kind != "word" for k in range(i, at)):
        return False
    return (after >= end and at - i == 1) or scan.text(after) in ("-", "–", "—", "(", "/")


def _place(scan: Scan, i: int, j: int) -> tuple[tuple[int, int] | None, bool]:
    """The words before a dash, comma or bracket at a dateline's head, and whether one opens it."""
    for k in range(i, j):
        if scan.text(k) in ("-", "–", "—", "(", "/", "،", ",", ":", "|"):
            if k == i or any(scan.tokens[x].kind != "word" for x in range(i, k)):
                return None, False
            if weekday_word(scan, i, True):
                return None, False
            if scan.text(k) in ("،", ",") and k - i > 2:
                return None, False  # a caption: «قصف على القرية، 24 أيار 2021 (…)»
            return (scan.tokens[i].start, scan.tokens[k - 1].end), k - i <= 4
    return None, j == i


def _told(tokens: list[Token]) -> list[Dateline]:
    """«اليوم الأربعاء 16 آذار 2022»: the report says which day its today is."""
    out: list[Dateline] = []
    said = [i for i, t in enumerate(tokens) if t.text in _SAID]
    for at in said[:40]:
        t = tokens[at]
        # a window: the rules look ahead a bounded number of words
        scan, i = Scan(tokens[at : at + 24], dt.date(2001, 1, 1).toordinal(), False), 0
        h = scan.hit(i, "deictic") if t.text != "اليوم" else None
        if t.text != "اليوم" and (h is None or h.value != "-1"):
            continue
        j = scan.comma(h.end if h else i + 1)
        w = weekday_word(scan, j, True)
        if w:
            j = scan.comma(w.end)
        c = scan.hit(j, "corresponding")
        found = date(scan, c.end if c else j) if j < len(scan.tokens) else None
        if found and found[1].precision == "day" and not found[1].rel_lo and found[1].lo:
            day = cal.to_date(found[1].lo + (1 if h else 0))
            out.append(Dateline(t.start, scan.tokens[found[0] - 1].end, day, None, "told"))
            break
    return out
