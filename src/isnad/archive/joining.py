"""The incidents of an archive: from the view kept with it, or as they stood at a position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isnad.archive import engine as engines
from isnad.archive.errors import told
from isnad.archive.journal import Snapshot
from isnad.archive.paging import Cursor, Page, cursor
from isnad.archive.searching import Searches
from isnad.archive.view import ask, state
from isnad.archive.view.ask import Wanted
from isnad.archive.view.change import touched
from isnad.archive.view.update import bring_up, make
from isnad.errors import IsnadError, UsageError
from isnad.incidents import Index
from isnad.model import Incident, Telling

_UNWRITABLE = ("E505", "E506", "E507")


class Joins(Searches):
    """What can be read, searched and joined; :class:`isnad.archive.store.Archive` writes."""

    def settle(self) -> bool:
        """Bring the view of incidents up to the journal's head.

        Returns:
            Whether it is; not so where the archive cannot be written now.
        """
        with told(self.name), engines.reading(self.engine) as c:
            if state.current(c):
                return True
            # other writers need not wait while all is joined anew
            made = make(c) if state.state(c) is None else None
        try:
            with told(self.name), engines.writing(self.engine) as c:
                bring_up(c, made)
        except IsnadError as error:
            if error.code in _UNWRITABLE:
                return False
            raise
        return True

    def incidents(
        self, wanted: Wanted | None = None, *, as_of: int | None = None, links: bool = True
    ) -> Iterator[Incident]:
        """Incidents, joined and parted as people decided, in order of their least claim's id.

        Args:
            wanted: what is asked for.
            as_of: a position of the journal; all is joined anew for it, in memory.
            links: with the reasons of each link, which take longest.
        """
        wanted = wanted or Wanted()
        if as_of is None and self.settle():
            with told(self.name), engines.reading(self.engine) as c:
                yield from ask.incidents(c, wanted, links=links)
            return
        for one in self._joined_anew(as_of).incidents(links=links):
            if ask.fits(one, wanted):
                yield one

    def incidents_page(
        self, wanted: Wanted | None = None, *, limit: int = 50, start: str | None = None,
        links: bool = False,
    ) -> Page[Incident]:  # fmt: skip
        """A page of :meth:`incidents`, from the cursor ``start`` on, as they are now.

        Raises:
            UsageError: E517 if ``start`` is no cursor of such a page.
            IsnadError: E505 to E507 if the view cannot be brought up.
        """
        at = cursor(start, "incidents", (str,)) if start else None
        if not self.settle():
            raise IsnadError("E505", "another process is writing to the archive", self.name)
        with told(self.name), engines.reading(self.engine) as c:
            after = at.key[0] if at else ""
            found = tuple(
                ask.incidents(c, wanted or Wanted(), links=links, limit=limit + 1, after=after)
            )
        if len(found) <= limit:
            return Page(found, None)
        last = min(t.id for t in found[limit - 1].tellings)
        return Page(found[:limit], Cursor("incidents", 0, (last,)).text())

    def incident(self, ident: str, *, as_of: int | None = None) -> Incident | None:
        """One incident by its id or the beginning of it; ``None`` if there is none.

        Raises:
            UsageError: E008 if several begin so.
        """
        found = list(self.incidents(Wanted(id=ident), as_of=as_of))
        exact = [one for one in found if one.id == ident]
        if len(found) > 1 and not exact:
            raise UsageError(
                "E008", f"{len(found)} incidents of the id {ident!r}; write more of it"
            )
        return next(iter(exact or found), None)

    def index(self, tellings: Iterable[Telling]) -> tuple[Snapshot, Index]:
        """An index over tellings, restored from the view instead of comparing all again.

        For those who keep incidents in memory: nothing is compared but what others change while
        it is made. Of that, the journal after the position that is returned tells.

        Args:
            tellings: all that are there, as people left them, under the ids of their claims; they
                are read after the position that is returned. What they call their reports is
                theirs, if it is one name for each.

        Returns:
            A position of the journal up to which nothing is missing, and the index.
        """
        head = self.snapshot()
        some = list(tellings)
        self.settle()
        with told(self.name), engines.reading(self.engine) as c:
            at = state.state(c)
            changed = touched(c, min(head.seq, at.seq)) if at is not None else None
            if changed is not None:
                return head, Index.restored(some, ask.kept(c, changed))
        return head, self._judged(Index(some), None)

    def _joined_anew(self, as_of: int | None) -> Index:
        return self._judged(Index(self.tellings(as_of=as_of)), as_of)

    def _judged(self, index: Index, as_of: int | None) -> Index:
        for one in self.decisions(as_of=as_of):
            if one.kind == "same":
                index.same(*one.claims)
            elif one.kind == "different":
                index.different(*one.claims)
        return index
