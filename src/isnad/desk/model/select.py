"""Selecting: from a query to the set of rows that fit, their order, and a page of them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from isnad.desk.model.row import Row
from isnad.desk.model.view import View
from isnad.desk.query import LASTS, Query
from isnad.geodesy import Box, inside

Find = Callable[[str, bool], list[str]]
"""The archive's ids of the reports that a full-text query finds."""


Place = tuple[tuple[float, ...], str]
"""Where a row stands in an order: its key and id."""


class Selection:
    """Rows of a view that fit a query, asked for by one caller.

    Args:
        view: the view.
        query: what is asked for.
        today: the day from which ``last`` counts back.
        find: full-text search.
        read: how often an incident was read, by its anchor.
    """

    def __init__(
        self, view: View, query: Query, today: dt.date, find: Find,
        read: Callable[[str], int] = lambda _anchor: 0,
    ) -> None:  # fmt: skip
        self.view, self.query, self.today, self._find, self._read = view, query, today, find, read

    @property
    def mask(self) -> int:
        """The set of rows."""
        return self._mask(self.query)

    def without(self, name: str) -> int:
        """The set of rows that fit all but one key."""
        return self._mask(self.query.without(name))

    def __len__(self) -> int:
        return self.mask.bit_count()

    def each(self, after: Place | None = None) -> Iterator[tuple[Place, Row]]:
        """The rows in the order asked for, each with its place; those after one, if given."""
        rows, mask = self.view.rows, self.mask
        inside = mask.to_bytes(len(rows) // 8 + 1, "little")
        order = self._order()
        for key, ident, s in order[bisect_right(order, (*after, len(rows))) if after else 0 :]:
            row = rows[s]
            if inside[s >> 3] >> (s & 7) & 1 and row is not None:
                yield (key, ident), row

    def page(self, after: Place | None, limit: int) -> tuple[list[Row], Place | None]:
        """Some rows in the order asked for, and the place of the last if there are more."""
        some = list(islice(self.each(after), limit + 1))
        last = some[limit - 1][0] if len(some) > limit else None
        return [row for _, row in some[:limit]], last

    def _order(self) -> list[tuple[tuple[float, ...], str, int]]:
        sort = self.query.sort
        read = self._read if sort == "read" else None
        key = _KEYS.get(sort, _KEYS["newest"])

        def make() -> list[tuple[tuple[float, ...], str, int]]:
            return sorted(
                (key(r) if read is None else (-read(r.anchor), *key(r)), r.id, s)
                for s, r in enumerate(self.view.rows)
                if r is not None
            )

        return make() if read is not None else self.view.remember("order", sort, make)

    def _mask(self, query: Query) -> int:
        key = (query.sets, self._plain(query))
        return self.view.remember("mask", key, lambda: self._fit(query))

    def _plain(self, q: Query) -> tuple[object, ...]:
        recent = self.today if q.recent else None
        return (
            q.q, q.exact, q.first, q.last, q.published_from, q.published_to, q.recent, recent,
            q.box, q.radius, q.days, q.low, q.high, q.tellings, q.origins, q.undated, q.unplaced,
            q.ids, q.of("outcome") if q.low is not None or q.high is not None else (),
        )  # fmt: skip

    def _fit(self, query: Query) -> int:
        view, mask = self.view, self.view.alive
        for name, values in query.sets:
            some = 0
            for value in values:
                some |= view.bits.get((name, value), 0)
            mask &= some
        if query.ids:
            mask &= view.of_slots(view.slots[i] for i in query.ids if i in view.slots)
        for part in _parts(query, self.today):
            mask &= view.remember("part", part.key, part.over(view))
        if query.q:
            mask &= view.remember("q", (query.q, query.exact), lambda: self._told(query))
        return mask

    def _told(self, query: Query) -> int:
        view = self.view
        found = self._find(query.q, query.exact)
        return view.of_slots(s for r in found for s in view.of_report.get(r, ()))


class _Part:
    """A condition on rows, with what tells it from others."""

    def __init__(self, holds: Callable[[Row], bool], *key: object) -> None:
        self.holds, self.key = holds, key

    def over(self, view: View) -> Callable[[], int]:
        """What finds the rows of a view that it holds for."""
        return lambda: view.where(self.holds)


def _parts(q: Query, today: dt.date) -> list[_Part]:
    out: list[_Part] = []
    first, last = _day(q.first), _day(q.last)
    if first is not None or last is not None:
        out.append(_Part(lambda r: _overlaps(r, first, last), "time", first, last))
    told = _day(q.published_from), _day(q.published_to)
    if told != (None, None):
        out.append(_Part(lambda r: _within(r.first_told, r.last_told, *told), "told", *told))
    if q.recent:
        since = today.toordinal() - LASTS[q.recent] + 1
        until = today.toordinal()
        out.append(
            _Part(
                lambda r: _overlaps(r, since, until)
                or _within(r.first_told, r.last_told, since, until),
                "recent", since, until,
            )
        )  # fmt: skip
    if q.box:
        out.append(_Part(in_box(q.box), "box", *q.box))
    if (radius := q.radius) is not None:
        out.append(_Part(lambda r: r.radius is not None and r.radius <= radius, "radius", radius))
    if (days := q.days) is not None:
        out.append(_Part(lambda r: _length(r) <= days, "days", days))
    if q.low is not None or q.high is not None:
        names = q.of("outcome") or ("killed",)
        low, high = q.low or 0, q.high if q.high is not None else 1 << 62
        out.append(
            _Part(
                lambda r: any(low <= r.best.get(n, -1) <= high for n in names),
                "figure", low, high, names,
            )
        )  # fmt: skip
    if (tellings := q.tellings) is not None:
        out.append(_Part(lambda r: r.tellings >= tellings, "tellings", tellings))
    if (origins := q.origins) is not None:
        out.append(_Part(lambda r: r.origins >= origins, "origins", origins))
    if q.undated:
        out.append(_Part(lambda r: r.earliest is None and r.latest is None, "undated"))
    if q.unplaced:
        out.append(_Part(lambda r: r.lat is None, "unplaced"))
    return out


def _day(day: dt.date | None) -> int | None:
    return day.toordinal() if day else None


def _overlaps(r: Row, first: int | None, last: int | None) -> bool:
    """Whether the event's time may lie in some days; an open end is taken for its other end."""
    return _within(r.earliest or r.latest, r.latest or r.earliest, first, last)


def _within(early: int | None, late: int | None, first: int | None, last: int | None) -> bool:
    if early is None or late is None:
        return False
    return (last is None or early <= last) and (first is None or late >= first)


def _length(r: Row) -> int:
    if r.earliest is None or r.latest is None:
        return 1 << 30
    return r.latest - r.earliest + 1


def in_box(box: Box) -> Callable[[Row], bool]:
    """Whether a row's point lies in a box."""
    return lambda r: r.lat is not None and r.lon is not None and inside(r.lat, r.lon, box)


def _when(r: Row) -> int:
    return r.when or 0


_KEYS: Mapping[str, Callable[[Row], tuple[float, ...]]] = {
    "newest": lambda r: (-_when(r),),
    "oldest": lambda r: (r.earliest or r.latest or r.first_told or 1 << 30,),
    "published": lambda r: (-(r.last_told or 0),),
    "added": lambda r: (-r.added,),
    "deaths": lambda r: (-(r.best.get("killed", -1)), -_when(r)),
    "tellings": lambda r: (-r.tellings, -_when(r)),
    "disputed": lambda r: (-r.disputes, -r.tellings, -_when(r)),
    "uncertain": lambda r: (r.confidence if r.confidence is not None else 2.0, -_when(r)),
}
