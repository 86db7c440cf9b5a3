"""The world: an archive's incidents in memory, brought up to the journal's head when it moves.

In: an archive. Out: the present :class:`View`, and single incidents with their tellings. Only what
a change touches is judged and made anew; the result is that of building all from the start. What
the archive keeps of joining (:mod:`isnad.archive.view`) is taken from there: nothing is compared
twice, whoever compared it.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from isnad.archive import Archive
from isnad.archive.decisions import corrected, standing
from isnad.archive.joined import Join
from isnad.archive.whole import Whole, decided_after, times_of, wholes
from isnad.desk.model.row import Row, row_of
from isnad.desk.model.view import View
from isnad.errors import IsnadError
from isnad.incidents import Index
from isnad.incidents.cut import Pair, pair
from isnad.model import Claim, Decision, Incident, Telling

_LOOK = 0.25
"""Seconds for which the journal's head is taken to stand where it was last seen."""


class Head(NamedTuple):
    """What is known of a report without its text; ``claims`` are those that hold, in order."""

    id: str
    given: str
    version: int
    title: str | None
    published: dt.date | None
    publisher: str | None
    url: str | None
    added_seq: int
    claims: tuple[str, ...]


class World:
    """See the module. Views may be asked for from any thread; writers take turns."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.heads: dict[str, Head] = {}
        self.copies: dict[str, Join] = {}
        self.decisions: list[Decision] = []
        self.by_claim: dict[str, list[Decision]] = {}
        self.building: tuple[int, int] | None = (0, 0)
        self.failed: IsnadError | None = None
        self._coded: dict[str, Telling] = {}
        self._added: dict[str, int] = {}
        self._pairs: dict[Pair, str] = {}
        self._index = Index()
        self._view: View | None = None
        self._lock = threading.RLock()
        self._looked = 0.0

    @property
    def view(self) -> View | None:
        """The present view, as the archive stood a moment ago; ``None`` while it is first built.

        Raises:
            IsnadError: if building failed.
        """
        if self.failed is not None:
            raise self.failed
        due = time.monotonic() - self._looked > _LOOK
        if self._view is not None and due and self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._view

    def refresh(self) -> View:
        """The view that holds all that was written up to now."""
        with self._lock:
            self._refresh()
            if self._view is None:
                raise self.failed or RuntimeError("the view is not built yet")
            return self._view

    def build(self) -> None:
        """Read the whole archive. Takes seconds for each 10,000 claims; see ``building``."""
        with self._lock:
            try:
                self._clear()
                head, self._index = self.archive.index(self._read())
                self._view = View.made(head, self.rows(self._index.incidents(links=False)))
                self._looked = time.monotonic()
                self.building = None
            except IsnadError as error:
                self.failed = error

    def _read(self) -> Iterator[Telling]:
        """All claims as people left them, while they are taken in."""
        total = self.archive.snapshot().seq
        self.building = (0, total)
        self._decide(decided_after(self.archive, 0))
        for n, whole in enumerate(wholes(self.archive)):
            self._take(whole)
            self.building = (n + 1, total)
        yield from (t for c in self._coded if (t := self._now(c)) is not None)

    def _clear(self) -> None:
        self.heads, self.copies, self._coded, self._added = {}, {}, {}, {}
        self.by_claim, self._pairs = {}, {}
        self._index = Index()

    def incident(self, ident: str) -> Incident | None:
        """An incident with its tellings and links."""
        with self._lock:
            row = self._view.get(ident) if self._view else None
            if row is None or row.anchor not in self._index:
                return None
            return next(self._index.incidents([row.anchor]))

    def telling(self, claim: str) -> Telling | None:
        """A claim as coded, with what is known of its report; rejected ones too."""
        return self._coded.get(claim)

    def likely(self, claims: Iterable[str], most: int = 6) -> list[tuple[str, float]]:
        """Claims outside that are likest to some claims, with the score of the link."""
        with self._lock:
            mine = [c for c in claims if c in self._index]
            found: dict[str, float] = {}
            for one in mine:
                for other, score in self._index.near(one):
                    if other not in mine:
                        found[other] = max(found.get(other, 0.0), score)
        return sorted(found.items(), key=lambda x: (-x[1], x[0]))[:most]

    @property
    def overruled(self) -> list[tuple[str, str]]:
        """People's "same" that their "different" rules out."""
        with self._lock:
            return self._index.overruled

    def copiers(self, report: str) -> list[str]:
        """The reports that copy a report."""
        return sorted(ident for ident, c in list(self.copies.items()) if c.first == report)

    def about(self, claim: str) -> list[Decision]:
        """The decisions about a claim that stand, in order."""
        return self.by_claim.get(claim, [])

    def put_right(self, claim: str) -> Claim | None:
        """A claim as people left it; ``None`` if they rejected it, or if it is not there."""
        coded = self._coded.get(claim)
        return corrected(coded.claim, self.about(claim)) if coded else None

    def state(self, claim: str) -> str:
        """What people made of a claim: open, accepted, fixed, unsure or rejected."""
        out = "open"
        fixed = False
        for one in self.by_claim.get(claim, ()):
            if one.kind == "fix":
                fixed = True
            elif one.kind in ("accept", "reject", "unsure"):
                out = {"accept": "accepted", "reject": "rejected", "unsure": "unsure"}[one.kind]
        return "fixed" if fixed and out in ("open", "accepted") else out

    def times(self, positions: Iterable[int]) -> dict[int, str]:
        """When the journal reached some positions, as ISO time in UTC."""
        return times_of(self.archive, set(positions))

    def added(self, claim: str) -> int:
        """The journal's position of a claim."""
        return self._added.get(claim, 0)

    # -- keeping up ----------------------------------------------------------------------------

    def _refresh(self) -> None:
        old = self._view
        if old is None:
            return
        head = self.archive.snapshot()
        self._looked = time.monotonic()
        if head.seq == old.head.seq:
            return
        entries = [e for e in self.archive.journal(old.head.seq) if e.seq <= head.seq]
        if any(e.action == "remove" for e in entries):
            # what went for somebody's safety must not be shown a moment longer
            self._view = None
            self.build()
            return
        reports = {e.subject for e in entries if e.action in ("add", "version", "recode")}
        touched = {c for r in reports if r in self.heads for c in self.heads[r].claims}
        new = list(decided_after(self.archive, old.head.seq))
        changed = self._decide([*self.decisions, *new]) if new else set()
        for whole in wholes(self.archive, reports) if reports else ():
            self._forget(whole.id)
            self._take(whole)
            changed |= {one.id for one in whole.claims}
        for claim in changed:
            self._settle(claim)
        touched |= self._index.settle() | changed
        gone = {row.id: row for c in touched if (row := old.of(c)) is not None}
        claims = {c for row in gone.values() for c in row.claims} | touched
        here = sorted(c for c in claims if c in self._index)
        self._view = old.next(head, gone, self.rows(self._index.incidents(here, links=False)))

    def rows(self, incidents: Iterable[Incident], blind: Container[str] = ()) -> Iterator[Row]:
        """The rows of incidents; what people made of ``blind`` claims is not told."""
        for one in incidents:
            titles = {t.report: self.heads[t.report].title for t in one.tellings}
            known = (t.id for t in one.tellings if t.id in self.by_claim and t.id not in blind)
            states = {c: self.state(c) for c in known}
            yield row_of(one, titles, states, self._added)

    def _take(self, whole: Whole) -> None:
        self.copies.pop(whole.id, None)
        if whole.copies.first:
            self.copies[whole.id] = whole.copies
        self.heads[whole.id] = Head(
            whole.id, whole.given, whole.version, whole.title, whole.published, whole.publisher,
            whole.url, whole.added_seq, tuple(c.id for c in whole.claims),
        )  # fmt: skip
        for one in whole.claims:
            self._coded[one.id] = whole.telling(one)
            self._added[one.id] = one.added_seq

    def _forget(self, report: str) -> None:
        for claim in self.heads[report].claims if report in self.heads else ():
            if claim in self._index:
                self._index.remove(claim)
            self._coded.pop(claim, None)
            self._added.pop(claim, None)

    def _settle(self, claim: str) -> None:
        """Put a claim into the index as people left it, or take it out."""
        left = self._now(claim)
        if left is not None:
            self._index.add(left)
        elif claim in self._index and claim in self._coded:
            self._index.remove(claim)

    def _now(self, claim: str) -> Telling | None:
        """A claim as people left it; ``None`` if it is gone or they rejected it."""
        coded = self._coded.get(claim)
        made = corrected(coded.claim, self.by_claim.get(claim, ())) if coded else None
        if coded is None or made is None:
            return None
        return coded if made is coded.claim else coded.model_copy(update={"claim": made})

    def _decide(self, decisions: Iterable[Decision]) -> set[str]:
        """Take these for all decisions there are; the claims about which something changed."""
        self.decisions = list(decisions)
        stand: dict[str, list[Decision]] = defaultdict(list)
        pairs: dict[tuple[str, str], str] = {}
        for one in standing(self.decisions):
            for claim in one.claims:
                stand[claim].append(one)
            if one.kind in ("same", "different"):
                pairs[pair(*one.claims)] = one.kind
        for two in self._pairs.keys() - pairs.keys():
            self._index.unjudge(*two)
        for two, kind in pairs.items():
            if self._pairs.get(two) != kind:
                (self._index.same if kind == "same" else self._index.different)(*two)
        old, self.by_claim, self._pairs = self.by_claim, dict(stand), pairs
        return {c for c in old.keys() | stand.keys() if old.get(c, []) != stand.get(c, [])}
