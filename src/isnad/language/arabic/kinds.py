"""What else a figure may be than a count, by the words beside it (``data/kinds.csv``).

Times found by :mod:`isnad.language.arabic.times` override this: see :func:`override`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from isnad.language.arabic.normal import fold
from isnad.language.arabic.number import Kind, Number, Part
from isnad.language.arabic.tables import rows
from isnad.language.arabic.tokens import Token

_LINK = re.compile(r"(?:https?://|www\.|t\.me/|pic\.twitter\.com/)\S+")
_SIDE = {"before": 0, "after": 1}


@cache
def _beside() -> tuple[dict[str, str], dict[str, str]]:
    sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for row in rows("kinds"):
        sides[_SIDE[row["side"]]].setdefault(fold(row["word"]), row["kind"])
    return sides


def links(normal: str) -> list[tuple[int, int]]:
    """Spans of web addresses, in which no figure counts anything."""
    if "://" in normal or "www." in normal or ".me/" in normal or "twitter." in normal:
        return [m.span() for m in _LINK.finditer(normal)]
    return []


def mark_kinds(normal: str, tokens: list[Token], parts: list[Part]) -> None:
    """Set ``kind`` of every part that is no count."""
    before, after = _beside()
    spans = links(normal)
    at = 0
    for k, part in enumerate(parts):
        while at < len(spans) and spans[at][1] <= part.start:
            at += 1
        if at < len(spans) and spans[at][0] <= part.start:
            part.kind = "id"
        elif part.kind in ("count", "fraction"):
            kind = _kind(normal, tokens, part, before, after)
            if kind != "count":
                part.kind = kind
            if k and parts[k - 1].kind == "clock" and part.conj and parts[k - 1].last == part.first:
                part.kind = "clock"  # «الثامنة والنصف»
        if part.kind in _COUNTS_NOTHING:
            part.noun_start = part.noun_end = None


def _kind(
    normal: str, tokens: list[Token], part: Part, before: dict[str, str], after: dict[str, str]
) -> Kind:
    first, last = part.first, part.last
    previous = normal[part.value_start - 1] if part.value_start else " "
    if part.digits and ((previous.isascii() and previous.isalpha()) or previous in "_#@+"):
        return "id"
    text = tokens[first].text
    if part.digits and last == first + 1 and text.isdigit() and (len(text) > 8 or (
        len(text) > 1 and text[0] == "0")):  # fmt: skip
        return "id"
    following = tokens[last].text if last < len(tokens) else ""
    word = tokens[first - 1].text if first else ""
    if word in "-/" and first > 1 and word:
        word = tokens[first - 2].text if tokens[first - 1].start == tokens[first - 2].end else ""
    if word in _MONTH_ORDINALS and first > 1 and before.get(tokens[first - 2].text) == "month":
        word = tokens[first - 2].text
    year = isinstance(part.low, int) and 1300 <= part.low <= 2100 and part.low == part.high
    sort = before.get(word, "")
    if not sort and word[:1] in ("و", "ب", "ل", "ف") and len(word) > 3:
        sort = before.get(word[1:], "")
        if not sort and word.startswith("لل"):
            sort = before.get("ال" + word[2:], "")
    if word == "," and first > 2 and before.get(tokens[first - 3].text) == "month":
        return "date"  # «Dec 20, 2025»
    next_sort = after.get(following, "")
    latin = following.isascii() and following.isalpha() and not next_sort
    if latin and part.digits and tokens[last].start == tokens[last - 1].end:
        return "id"  # «374Views»
    if sort == "year" and year:
        return "date"
    if next_sort == "measure":
        return "measure"
    if next_sort == "duration":
        return (
            "age"
            if sort == "age" or (following in _YEARS and _person(tokens, part))
            else "duration"
        )
    if next_sort == "clock" and part.digits and isinstance(part.low, int) and part.low <= 24:
        return "clock"
    if next_sort == "year" and year:
        return "date"
    if following == "من" and last + 1 < len(tokens):  # «4 من مايو»
        following = tokens[last + 1].text.removeprefix("ال")
    if before.get(following) == "month" and part.exactness in ("exact", "ordinal", "range"):
        return "date"
    if sort == "month":
        return "date" if part.exactness in ("exact", "ordinal") else "count"
    if sort == "clock":
        return "clock" if part.exactness in ("exact", "ordinal") else "count"
    if sort == "unit" and part.exactness in ("exact", "ordinal"):
        return "unit"
    if part.exactness == "exact" and (word.endswith("رقم") or not _noun_after(part)):
        if sort == "model" and part.digits:
            return "model"
        if sort == "id":
            return "id"
    if sort == "age":
        return "age"
    if year and part.digits and part.noun_start is None and word in _SINCE:
        return "date"
    if part.exactness == "ordinal":
        return "ordinal"
    return "count"


_COUNTS_NOTHING = frozenset(("date", "clock", "id", "model", "unit", "bullet"))
_MONTH_ORDINALS = frozenset(("الاول", "الثاني", "الاخر", "الاولي", "الثانيه", "الاخره"))
_SINCE = frozenset(("في", "منذ", "حتي", "خلال", "قبل", "بعد", "لغايه", "نهايه", "بدايه", "مطلع",
                    "اواخر", "اوايل", "منتصف", "الي", "صيف", "شتاء", "خريف", "و"))  # fmt: skip
_YEARS = frozenset(("عاما", "عام", "سنه", "سنوات", "اعوام", "سنين"))


def _person(tokens: list[Token], part: Part) -> bool:
    """«الطفل زايد 5 سنوات»: an age stands in brackets or after a name, with no preposition."""
    i = part.first - 1
    return i >= 0 and tokens[i].text in ("(", "البالغ", "البالغه", "يبلغ", "بعمر", "بسن", "سن")


def _noun_after(part: Part) -> bool:
    return part.noun_start is not None and part.noun_start >= part.value_end


def override(numbers: Iterable[Number], times: Iterable[tuple[int, int]]) -> list[Number]:
    """Numbers with those inside a time expression marked ``date``.

    Args:
        numbers: in order of ``start``, as found.
        times: half-open normal-form spans of time expressions, in order.
    """
    spans = list(times)
    out, at = [], 0
    for number in numbers:
        while at < len(spans) and spans[at][1] <= number.value_start:
            at += 1
        inside = at < len(spans) and spans[at][0] <= number.value_start
        if inside and number.value_end <= spans[at][1] and number.kind not in ("clock", "date"):
            number = replace(number, kind="date")
        out.append(number)
    return out
