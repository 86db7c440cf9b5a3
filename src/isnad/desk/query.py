"""Filters: the parameters that all lists share, read from an address.

In: a query string's pairs. Out: a :class:`Query`, or E701 that names each parameter at fault. What
is not known is refused, never passed over: a mistyped filter must not show more than was asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from isnad.archive.filters import box_of
from isnad.desk.errors import bad
from isnad.desk.labels import words
from isnad.model import CLAIM_TYPES, ITEMS, OUTCOMES, SOURCE_KINDS, STATUSES

SETS = (
    "type", "status", "grade", "review", "country", "actor", "initiator", "target", "outlet",
    "origin", "source", "place", "outcome", "item", "hit", "topic", "category", "disputed",
)  # fmt: skip
"""Parameters that stand for a key of a row; repeated ones are alternatives."""
SORTS = (
    "newest", "oldest", "published", "added", "deaths", "tellings", "disputed", "read", "uncertain",
)  # fmt: skip
LASTS = {"day": 1, "week": 7, "month": 31}
PASSED = frozenset(
    ["lang", "latin", "theme", "view", "zoom", "center", "by", "tab", "sel", "excel", "limit",
     "cursor"]
)  # fmt: skip
"""Parameters that are no filters: the pages' own, and those that routes read themselves."""
_VALUES: Mapping[str, Sequence[str]] = {
    "type": CLAIM_TYPES, "status": STATUSES, "outcome": OUTCOMES, "item": ITEMS,
    "source": SOURCE_KINDS, "grade": ("confirmed", "fair", "weak", "contested", "discounted"),
    "review": ("open", "accepted", "fixed", "unsure"),
}  # fmt: skip
_LONGEST, _MOST = 500, 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; see ``docs/desk.md``. ``sets`` holds the alternatives of each key."""

    q: str = ""
    exact: bool = False
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    recent: str | None = None
    box: tuple[float, float, float, float] | None = None
    radius: float | None = None
    days: int | None = None
    low: int | None = None
    high: int | None = None
    tellings: int | None = None
    origins: int | None = None
    undated: bool = False
    unplaced: bool = False
    ids: tuple[str, ...] = ()
    sort: str = "newest"

    def of(self, name: str) -> tuple[str, ...]:
        """The alternatives asked for of a key."""
        return dict(self.sets).get(name, ())

    def without(self, name: str) -> Query:
        """The query but for one key: what the facet of that key is counted over."""
        return replace(self, sets=tuple(s for s in self.sets if s[0] != name))

    def pairs(self) -> list[tuple[str, str]]:
        """The query as parameters, in one order: equal queries have equal ones."""
        out = [(name, v) for name, values in self.sets for v in values]
        out += [("id", v) for v in self.ids]
        for name, value in (
            ("q", self.q), ("from", self.first), ("to", self.last),
            ("published_from", self.published_from), ("published_to", self.published_to),
            ("last", self.recent), ("radius", self.radius), ("days", self.days), ("low", self.low),
            ("high", self.high), ("tellings", self.tellings), ("origins", self.origins),
        ):  # fmt: skip
            if value not in (None, ""):
                out.append((name, str(value)))
        if self.box:
            out.append(("box", ",".join(f"{x:g}" for x in self.box)))
        out += [(n, "1") for n in ("exact", "undated", "unplaced") if getattr(self, n)]
        if self.sort != "newest":
            out.append(("sort", self.sort))
        return out

    def address(self) -> str:
        """The query as it stands in an address."""
        return urlencode(self.pairs())


def read(given: Iterable[tuple[str, str]]) -> Query:
    """The query of some parameters.

    Raises:
        DeskError: E701, with a message for each parameter at fault.
    """
    faults: dict[str, str] = {}
    sets: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    ids: list[str] = []
    for name, value in given:
        if name in PASSED:
            continue
        fault = _unfit(value)
        if fault:
            faults[name] = fault
        elif name in SETS:
            if name == "disputed" and value == "1":
                for each in ("event", "author", "toll"):
                    sets.setdefault(name, []).append(each)
                continue
            allowed = _allowed(name)
            if allowed is not None and value not in allowed:
                faults[name] = f"{value!r} is none of {', '.join(allowed)}"
            sets.setdefault(name, []).append(value)
        elif name == "id":
            ids.append(value)
        elif name not in _READ:
            faults[name] = "there is no such filter"
        elif name in values:
            faults[name] = "may be given once"
        else:
            try:
                values[name] = _READ[name][1](value)
            except ValueError as error:
                faults[name] = str(error)
    for name, some in (*sets.items(), ("id", ids)):
        if len(some) > _MOST:
            faults[name] = f"at most {_MOST} may be given"
    if faults:
        raise bad("a filter does not fit", **faults)
    made = {_READ[name][0]: value for name, value in values.items()}
    kept = tuple((n, tuple(sorted(set(sets[n])))) for n in SETS if n in sets)
    return Query(sets=kept, ids=tuple(sorted(set(ids))), **made)


def _allowed(name: str) -> Sequence[str] | None:
    if name == "topic":
        return tuple(words().topics)
    if name == "category":
        return tuple(words().categories)
    if name == "disputed":
        return ("1", "event", "author", "toll")
    return _VALUES.get(name)


def _unfit(value: str) -> str | None:
    if len(value) > _LONGEST:
        return f"at most {_LONGEST} characters"
    if not value.strip():
        return "is empty"
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        return "holds characters that no archive can keep"
    return None


def day(value: str) -> dt.date:
    """A day; ``ValueError`` says how to write one."""
    if _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("write the day as YYYY-MM-DD")


def _whole(value: str) -> int:
    if not (value.isascii() and value.isdigit()) or len(value) > 9:
        raise ValueError("write a whole number")
    return int(value)


def _km(value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 20000:
        raise ValueError("write kilometres, 0 to 20000")
    return found


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read_one(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"is none of {', '.join(allowed)}")
        return value

    return read_one


def _flag(value: str) -> bool:
    if value not in ("1", "0"):
        raise ValueError("write 1, or leave it out")
    return value == "1"


_READ: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "q": ("q", str), "exact": ("exact", _flag), "from": ("first", day), "to": ("last", day),
    "published_from": ("published_from", day), "published_to": ("published_to", day),
    "last": ("recent", _one_of(*LASTS)), "box": ("box", box_of), "radius": ("radius", _km),
    "days": ("days", _whole), "low": ("low", _whole), "high": ("high", _whole),
    "tellings": ("tellings", _whole), "origins": ("origins", _whole),
    "undated": ("undated", _flag), "unplaced": ("unplaced", _flag),
    "sort": ("sort", _one_of(*SORTS)),
}  # fmt: skip
