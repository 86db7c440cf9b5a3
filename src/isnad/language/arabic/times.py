"""Times in Arabic reports as intervals of days: public entry :func:`find_times`.

In: a text in normal form, its tokens, and the publication day if known. Out: each natural
expression of time with its first and last day. Relative words count from the publication day, else
from a dateline in the text, else they stay unresolved and say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from isnad.language.arabic import times_calendar as cal
from isnad.language.arabic.dateline import Dateline, find_dateline
from isnad.language.arabic.times_day import told_before
from isnad.language.arabic.times_phrases import NO_UNTIL, counted_phrase, nth_day, since, until
from isnad.language.arabic.times_ranges import between, week_with_day, weekdays_range
from isnad.language.arabic.times_scan import BARE_HEADS, Read, Scan, Value
from isnad.language.arabic.times_stretch import moment
from isnad.language.arabic.times_units import bounded, counted, later_in
from isnad.language.arabic.times_words import context_forms
from isnad.language.arabic.tokens import Token

__all__ = ["Dateline", "TimeMention", "find_dateline", "find_times"]

_STAND_IN = dt.date(2001, 1, 1).toordinal()
"""Counts where no publication day is known; the ends counted from it are dropped."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One expression of time.

    Attributes:
        start, end: half-open offsets in the normal form of the whole expression.
        earliest, latest: first and last day, both included; None where unknown.
        precision: ``part`` (of a day, a month or a year), ``day``, ``days``, ``week``, ``month``,
            ``months``, ``year``, ``years``, ``period``.
        basis: ``explicit``, ``published``, ``dateline`` or ``unresolved``.
        kind: ``point``, ``since``, ``until`` date events; ``clock`` is a bare time of the day,
            ``duration`` how long something lasted, ``habit`` what recurs.
        flags: ``weekday-contradicts``, ``no-year``, ``month-first``, ``anniversary``, ``metonym``,
            ``holiday``, ``anaphoric``, ``consecutive``, ``so-far``, ``direction-unstated``,
            ``since-clause``, ``later``.
    """

    start: int
    end: int
    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    basis: str
    kind: str = "point"
    flags: tuple[str, ...] = ()


def find_times(
    normal: str, tokens: list[Token], published: dt.date | None = None
) -> list[TimeMention]:
    """All expressions of time in a text, in order.

    Mentions do not overlap, except that a date inside «منذ أن … في آب 2014» is also given alone.

    Args:
        normal: the text's normal form.
        tokens: its tokens.
        published: the day from which «اليوم»، «أمس» count.
    """
    line = None if published else find_dateline(normal, tokens)
    today = published or (line.date if line else None)
    basis = "published" if published else "dateline" if today else "unresolved"
    scan = Scan(tokens, today.toordinal() if today else _STAND_IN, today is not None)
    out: list[TimeMention] = []
    done = 0
    for i in scan.heads:
        if i < done or not _may_begin(scan, i):
            continue
        found = _best(scan, i)
        if found is None or found[0] <= i:
            continue
        end, value = found
        if _is_age(scan, i, end, value) or _is_tag(scan, i, end):
            done = end
            continue
        value = _named(scan, i, value)
        out.append(_mention(scan, i, end, value, basis))
        if "since-clause" in value.flags:
            continue
        if value.kind == "point" and value.lo is not None:
            scan.antecedent = value
        done = end
    return out


_Rule = Callable[[Scan, int], Read]


def _may_begin(scan: Scan, i: int) -> bool:
    """Whether an expression can begin at token ``i``: one look at it and at its successor."""
    t = scan.tokens[i]
    if t.kind == "number":
        if len(t.text) == 4 or "." in t.text:
            return True
        after = scan.text(i + 1)
        return after in _AFTER_NUMBER or scan.longest(i + 1) is not None
    if t.kind != "word":
        return False
    found = scan.at(i)
    if not found:
        return t.text in BARE_HEADS
    if _BEGINNINGS.isdisjoint(found):
        return False  # «في»، «الماضي»
    if t.text in NO_UNTIL and len(found) == 1:
        return False  # «أدى إلى»: one of the commonest words
    head = next(iter(found.values()))
    if head.category in _NEEDS_NEXT:
        after_head = head.end
        return after_head < len(scan.tokens) and (
            scan.tokens[after_head].kind == "number" or scan.longest(after_head) is not None
            or scan.text(after_head) in BARE_HEADS
        )  # fmt: skip
    return True


_AFTER_NUMBER = frozenset("/-:و_–")
_NEEDS_NEXT = frozenset({"from", "between", "approx", "vague"})


@lru_cache(maxsize=512)
def _rules_for(categories: tuple[str, ...]) -> tuple[_Rule, ...]:
    """The rules that can begin at a token with these readings; a number has none."""
    found = frozenset(categories)
    return tuple(rule for rule, heads in _RULES if not heads or heads & found)


def _best(scan: Scan, i: int) -> Read:
    """The longest expression that begins at token ``i``."""
    best: Read = None
    readings = scan.at(i)
    if not readings or scan.tokens[i].kind == "number":
        rules = _BARE
    else:
        rules = _rules_for(tuple(readings))
    for rule in rules:
        found = rule(scan, i)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def _words(scan: Scan, i: int) -> Read:
    """Expressions that are one entry of the table: «قبل قليل»، «لاحقاً»، «يومياً»، «كل جمعة»."""
    h = scan.hit(i, "now", "later", "habit", "every", "morrow")
    if h is None:
        return None
    if h.category == "now":
        return h.end, Value(scan.today, scan.today, "day", True, True)
    if h.category == "morrow":  # «المجزرة … غداة كمين»: the ambush was the day before
        return h.end, told_before(scan, -1)
    if h.category == "later":
        j = scan.skip(h.end, "من", "في")
        whole = bounded(scan, j)
        if whole and whole[1].hi == scan.today and whole[1].precision in ("week", "month", "year"):
            return whole[0], later_in(scan, whole[1])
        return h.end, Value(None, None, "day", flags=("later",))
    if h.category == "habit":
        return h.end, Value(None, None, "period", kind="habit")
    unit = scan.hit(h.end, "weekday", "unit", "part")
    if unit is None or unit.conjunction:
        return None
    again = scan.hit(unit.end, "weekday") if unit.value == "day:1" else None
    return (again or unit).end, Value(None, None, "period", kind="habit")


def _duration(scan: Scan, i: int) -> Read:
    """A count of days, weeks, months or years by itself: how long, not when."""
    c = counted(scan, i)
    if c is None or c.unit in ("minute", "hour", "night", "century"):
        return None
    h = scan.hit(i, "unit")
    if h and h.value[-1] in "1n":
        return None  # «يوم»، «عام»، «أيام»: too common a word
    if scan.text(i).endswith(("يومي", "شهري", "عامي")):
        return None  # «بشكل يومي»، «يومي السبت والأحد»
    if c.unit == "decade" and h and not h.value.endswith(":2"):
        return None
    return c.end, Value(None, None, "period", kind="duration")


_COUNTS = frozenset(["card", "ten", "hundred", "thousand"])
_DAYS = frozenset(
    ["part", "bareadv", "firsthours", "unit", "weekday", "deictic", "demonstrative", "clock"]
)
_NAMED = (
    _COUNTS
    | _DAYS
    | frozenset(
        [
            "month",
            "hijri",
            "phase",
            "half",
            "third",
            "quarter",
            "rest",
            "season",
            "holiday",
            "decade",
            "ord",
            "final",
            "adj",
        ]
    )
)
_RULES: tuple[tuple[_Rule, frozenset[str]], ...] = (
    (since, frozenset({"since"})),
    (until, frozenset({"until", "sofar"})),
    (weekdays_range, frozenset({"part", "unit", "weekday"})),
    (between, _NAMED | {"between", "from"}),
    (week_with_day, frozenset({"weekday", "unit", "demonstrative"})),
    (nth_day, frozenset({"unit"})),
    (counted_phrase, frozenset({"ago", "after", "during", "lasting", "throughout"})),
    (_words, frozenset({"now", "later", "habit", "every", "morrow"})),
    (moment, _NAMED),
    (_duration, _COUNTS | {"unit", "approx", "vague"}),
)
"""Each rule with the categories of word it can begin with, the longest match first to be kept."""
_BEGINNINGS = frozenset(name for _, heads in _RULES for name in heads)
_BARE: tuple[_Rule, ...] = (between, nth_day, moment, _duration)
"""What may begin with a number, «ال» before one, or «يومها»."""


def _is_tag(scan: Scan, i: int, end: int) -> bool:
    """One word alone on its line («اليوم» in a list of key words) is page furniture."""
    return (
        end == i + 1 and scan.tokens[i].kind == "word"
        and i > 0 and scan.tokens[i - 1].kind == "newline"
        and end < len(scan.tokens) and scan.tokens[end].kind == "newline"
    )  # fmt: skip


def _is_age(scan: Scan, i: int, end: int, value: Value) -> bool:
    """«عمره 16 عاماً»، «الطفل أحمد 11 سنة»، «(25 عاماً)»: no time at all."""
    if value.kind != "duration" or scan.text(end - 1) not in (
        "عام", "عاما", "سنه", "سنوات", "اعوام", "اشهر", "سنين", "عامين", "سنتين", "شهرين",
    ):  # fmt: skip
        return False
    if scan.text(i) in ("شهرين", "عامين", "سنتين"):
        return any(scan.context(i - k, "age") for k in (1, 2))
    if scan.hit(i, "lasting", "throughout", "during", "ago", "after"):
        return any(scan.context(i - k, "age") for k in (1, 2))
    return True


def _named(scan: Scan, i: int, value: Value) -> Value:
    """Flags a date that is part of a name («ثورة 25 يناير») or of an anniversary."""
    before = [t[0] for t in scan.tokens[max(0, i - 4) : i]]
    if not context_forms()["anniversary"].isdisjoint(before):
        value = value.flagged("anniversary")
    if value.kind == "point" and scan.context(i - 1, "metonym") and scan.text(i - 1):
        first = scan.hit(i, "month", "card", "ord", "holiday") or scan.tokens[i].kind == "number"
        if first and (value.rel_lo or scan.text(i - 1) in ("ثوره", "حرب")):
            value = value.flagged("metonym")
            if value.rel_lo:
                value = replace(value, lo=None, hi=None)
    return value


def _mention(scan: Scan, i: int, end: int, value: Value, basis: str) -> TimeMention:
    first = scan.tokens[i]
    head = scan.longest(i)
    offset = head.offset if head else 0
    lo = value.lo if scan.known or not value.rel_lo else None
    hi = value.hi if scan.known or not value.rel_hi else None
    if lo is not None and hi is not None and lo > hi:
        lo, hi = hi, lo
    explicit = not (value.rel_lo and value.rel_hi) and not (value.lo is None and value.rel_hi)
    if value.lo is None and value.hi is None:
        where = "unresolved"
    elif explicit:
        where = "explicit"
    else:
        where = basis if lo is not None or hi is not None else "unresolved"
    return TimeMention(
        first.start + offset,
        scan.tokens[end - 1].end,
        None if lo is None else cal.to_date(lo),
        None if hi is None else cal.to_date(hi),
        value.precision,
        where,
        value.kind,
        value.flags,
    )
