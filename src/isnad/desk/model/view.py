"""A view: all rows of one state of the archive, with a bit set for each value that filters ask for.

A view never changes; the next one shares what stayed. A set of rows is an ``int`` with a bit for
each row: and, or, and counting are then one operation over all rows, which facets are made of.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Any, TypeVar

from isnad.archive.journal import Snapshot
from isnad.desk.model.row import Key, Row

Made = TypeVar("Made")
_KEPT = {"order": 16, "answer": 256, "blind": 8}
"""Answers of a kind that a view remembers (others: 512): readers ask for the same ones again."""


class View:
    """Rows and bit sets at one position of the journal; see the module.

    Attributes:
        head: the journal's position.
        rows: by slot; ``None`` where an incident is gone.
        bits: the set of rows for each key.
        alive: the set of rows that are there.
    """

    def __init__(self, head: Snapshot, number: int = 0) -> None:
        self.head = head
        self.number = number
        self.rows: list[Row | None] = []
        self.bits: dict[Key, int] = {}
        self.alive = 0
        self.slots: dict[str, int] = {}
        self.of_claim: dict[str, int] = {}
        self.of_report: dict[str, tuple[int, ...]] = {}
        self._memo: dict[str, OrderedDict[Any, Any]] = {}
        self._lock = Lock()

    @classmethod
    def made(cls, head: Snapshot, rows: Iterable[Row]) -> View:
        """A first view."""
        view = cls(head)
        slots: dict[Key, list[int]] = {}
        for slot, row in enumerate(rows):
            view.rows.append(row)
            view._note(slot, row)
            for key in row.keys:
                slots.setdefault(key, []).append(slot)
        size = len(view.rows)
        view.bits = {key: bitset(some, size) for key, some in slots.items()}
        view.alive = (1 << size) - 1
        return view

    def next(self, head: Snapshot, gone: Iterable[str], come: Iterable[Row]) -> View:
        """The view after some incidents went and others came; slots of those that stay are kept."""
        new = View(head, self.number + 1)
        new.rows, new.bits, new.alive = list(self.rows), dict(self.bits), self.alive
        new.slots, new.of_claim = dict(self.slots), dict(self.of_claim)
        new.of_report = dict(self.of_report)
        free = []
        for ident in gone:
            slot = new.slots.pop(ident)
            row = new.rows[slot]
            assert row is not None
            for key in row.keys:
                new._set(key, new.bits[key] & ~(1 << slot))
            for claim in row.claims:
                if new.of_claim.get(claim) == slot:
                    del new.of_claim[claim]
            for report in row.reports:
                left = tuple(s for s in new.of_report[report] if s != slot)
                new.of_report[report] = left
            new.rows[slot] = None
            new.alive &= ~(1 << slot)
            free.append(slot)
        for row in come:
            slot = free.pop() if free else len(new.rows)
            if slot == len(new.rows):
                new.rows.append(row)
            else:
                new.rows[slot] = row
            new._note(slot, row)
            new.alive |= 1 << slot
            for key in row.keys:
                new.bits[key] = new.bits.get(key, 0) | 1 << slot
        return new

    def _set(self, key: Key, value: int) -> None:
        if value:
            self.bits[key] = value
        else:
            del self.bits[key]

    def _note(self, slot: int, row: Row) -> None:
        self.slots[row.id] = slot
        for claim in row.claims:
            self.of_claim[claim] = slot
        for report in row.reports:
            self.of_report[report] = (*self.of_report.get(report, ()), slot)

    def __len__(self) -> int:
        return self.alive.bit_count()

    def get(self, incident: str) -> Row | None:
        """The row of an incident."""
        slot = self.slots.get(incident)
        return self.rows[slot] if slot is not None else None

    def of(self, claim: str) -> Row | None:
        """The row of the incident that a claim tells."""
        slot = self.of_claim.get(claim)
        return self.rows[slot] if slot is not None else None

    def where(self, holds: Callable[[Row], bool]) -> int:
        """The set of rows of which ``holds`` is true."""
        flags = "".join("1" if r is not None and holds(r) else "0" for r in reversed(self.rows))
        return int(flags, 2) if flags else 0

    def of_slots(self, slots: Iterable[int]) -> int:
        """The set of the rows in some slots."""
        return bitset(slots, len(self.rows))

    def each(self, mask: int) -> Iterator[Row]:
        """The rows of a set, by slot."""
        for slot in members(mask):
            row = self.rows[slot]
            if row is not None:
                yield row

    def remember(self, kind: str, key: Any, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for a key as long as this view lasts and has room."""
        with self._lock:
            memo = self._memo.setdefault(kind, OrderedDict())
            if key in memo:
                memo.move_to_end(key)
                found: Made = memo[key]
                return found
        made = make()
        with self._lock:
            memo[key] = made
            if len(memo) > _KEPT.get(kind, 512):
                memo.popitem(last=False)
        return made


def bitset(slots: Iterable[int], size: int) -> int:
    """Slots as an ``int`` with their bits set; linear, where setting one by one is not."""
    data = bytearray(size // 8 + 1)
    for slot in slots:
        data[slot >> 3] |= 1 << (slot & 7)
    return int.from_bytes(data, "little")


def members(mask: int) -> Iterator[int]:
    """The slots of a set, in order."""
    text = bin(mask)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)
