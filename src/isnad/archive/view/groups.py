"""Which claims tell one event, and who was compared with whom: the view as a reader keeps it.

In: an archive. Out: the incident's id of each claim, at once where the view is up to date; links as
they are asked for. Where the archive cannot be written the same is made in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive.errors import told as telling_why
from isnad.archive.tables import link, told
from isnad.archive.view.change import some
from isnad.archive.view.update import make

if TYPE_CHECKING:
    from isnad.archive.joining import Joins

Odds = tuple[int, int, float]
"""Rows of two claims that were compared, and the log odds of their telling one event."""


class Groups:
    """The groups of an archive's claims at a moment.

    Attributes:
        of: the incident's id of each claim that people did not reject, by the claim's.
    """

    def __init__(self, archive: Joins) -> None:
        """Bring the view up to date and read it.

        Raises:
            IsnadError: E502 to E508 if the archive cannot be read.
        """
        self._archive = archive
        self._links: dict[int, list[Odds]] | None = None
        columns = (told.c.claim_row, told.c.id, told.c.incident)
        rows: Iterable[tuple[int, str, str]]
        kept = archive.settle()
        with telling_why(archive.name), engines.reading(archive.engine) as c:
            if kept:
                rows = [(r[0], r[1], r[2]) for r in c.execute(sa.select(*columns))]
            else:
                made = make(c).rows
                rows = [(r[0], r[1], r[4]) for r in made[told]]
                self._links = defaultdict(list)
                for one, other, odds in made[link]:
                    self._links[one].append((one, other, odds))
        self.of = {ident: incident for _, ident, incident in rows}
        self._row = {ident: nr for nr, ident, _ in rows}
        self._claim = {nr: ident for nr, ident, _ in rows}

    def compared(self, claims: Iterable[str]) -> Iterator[tuple[str, str, float]]:
        """What some claims were compared with: the claim, the other, and the log odds."""
        rows = [self._row[c] for c in claims if c in self._row]
        for one, other, odds in self._compared(rows):
            if other in self._claim:
                yield self._claim[one], self._claim[other], odds

    def _compared(self, rows: list[int]) -> Iterator[Odds]:
        if self._links is not None:
            for nr in rows:
                yield from self._links.get(nr, ())
            return
        with telling_why(self._archive.name), engines.reading(self._archive.engine) as c:
            for part in some(rows):
                asked = sa.select(link.c.one, link.c.other, link.c.odds)
                yield from (
                    (r[0], r[1], r[2]) for r in c.execute(asked.where(link.c.one.in_(part)))
                )
