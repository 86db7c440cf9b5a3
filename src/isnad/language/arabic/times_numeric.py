"""Numeric dates: day first, unless they begin with four digits (ISO)."""

from __future__ import annotations

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.times_resolve import HIJRI_YEARS, dated, era
from isnad.language.arabic.times_scan import Read, Scan, Value


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
