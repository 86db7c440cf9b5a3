"""What all routes work with: the archive, its world, settings; who asks, and what they may see."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import threading
from collections.abc import Callable
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from isnad.archive import Archive
from isnad.archive.whole import matching
from isnad.desk import blind as blinding
from isnad.desk.assigning import Assignments
from isnad.desk.blind import Blind
from isnad.desk.comments import Comments
from isnad.desk.errors import DeskError
from isnad.desk.freezing import Snapshots
from isnad.desk.model.public import public_view
from isnad.desk.model.select import Selection
from isnad.desk.model.view import View
from isnad.desk.model.world import World
from isnad.desk.previews import Previews
from isnad.desk.query import Query, read
from isnad.desk.rates import Rates
from isnad.desk.roles import NOBODY, OPEN, Caller, permission_of
from isnad.desk.searches import Searches
from isnad.desk.second import Codings
from isnad.desk.settings import Settings
from isnad.desk.visits import Visits
from isnad.publish.safety import Public

log = logging.getLogger(__name__)
Clock = Callable[[], dt.datetime]


class Desk:
    """An archive at work. One for each application."""

    def __init__(
        self, archive: Archive, settings: Settings,
        clock: Clock = lambda: dt.datetime.now(dt.UTC),
    ) -> None:  # fmt: skip
        self.archive = archive
        self.settings = settings
        self.clock = clock
        self.world = World(archive)
        self.writing = threading.RLock()
        self.previews = Previews()
        self.token = secrets.token_urlsafe(32)
        self.entered: set[str] = set()
        self.sign_ins = Rates(10)
        self.visits = Visits(archive)
        self.comments = Comments(archive)
        self.codings = Codings(archive)
        self.searches = Searches(archive)
        self.snapshots = Snapshots(archive)
        self.assignments = Assignments(archive)
        self._builder: threading.Thread | None = None

    def start(self) -> None:
        """Begin to build the world, in a thread of its own."""
        self._builder = threading.Thread(target=self.world.build, name="desk-build", daemon=True)
        self._builder.start()

    def stop(self) -> None:
        """Write down what is still in memory."""
        self.visits.flush(self.today)

    @property
    def name(self) -> str:
        """The archive's name without the folders that it lies in."""
        return self.archive.name.rsplit("/", 1)[-1]

    def ready(self) -> None:
        """Wait until the world is built."""
        if self._builder is not None:
            self._builder.join()

    @property
    def today(self) -> dt.date:
        """The day (UTC)."""
        return self.clock().date()

    def now(self) -> str:
        """The moment, as ISO time in UTC."""
        return self.clock().astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def watching(self) -> list[dict[str, Any]] | None:
        """How each watched source is doing; ``None`` if no watch was named.

        Raises:
            IsnadError: E171 to E173 if its configuration or journal cannot be read any more.
        """
        if self.settings.watch is None:
            return None
        from isnad.gather.watch.config import read_config
        from isnad.gather.watch.status import records_of

        config, faults = read_config(self.settings.watch)
        if config is None:
            raise faults[0]
        return list(records_of(config))

    def full_view(self) -> View:
        """The view of those who may read everything.

        Raises:
            DeskError: E709 while it is being built.
        """
        view = self.world.view
        if view is None:
            raise DeskError(
                "E709", 503, "the desk is still reading the archive; ask again in a moment",
                headers={"Retry-After": "1"},
            )  # fmt: skip
        return view

    def view(self, caller: Caller) -> View:
        """The view that a caller may see: the one place where that is decided."""
        view = self.full_view()
        if not caller.public:
            blind = self.blind(caller)
            if not blind:
                return view
            return view.remember("blind", blind, lambda: blinding.view_of(self.world, view, blind))
        s, today = self.settings, self.today
        rules = Public(s.round_km, s.delay_days)
        return view.remember("public", (rules, today), lambda: public_view(view, rules, today))

    def blind(self, caller: Caller) -> Blind:
        """The claims that a caller is to code as second coder, blind to the first."""
        if not caller.can("decide"):
            return blinding.NONE
        return blinding.of(self.world, self.assignments.to_code(caller.who), caller.who)

    def select(self, caller: Caller, query: Query) -> Selection:
        """What a caller may see of what a query asks for."""
        if caller.public and query.q:
            caller.must("read")  # the words of reports are not public: nor whether they hold a word
        return Selection(self.view(caller), query, self.today, self.find, self.visits.count)

    def find(self, query: str, exact: bool) -> list[str]:
        """The archive's ids of reports with some words."""
        return matching(self.archive, query, exact=exact)


def desk_of(request: Request) -> Desk:
    """The desk of an application."""
    return cast(Desk, request.app.state.desk)


def caller_of(request: Request) -> Caller:
    """Who asks; the gate has found that out."""
    return cast(Caller, getattr(request.state, "caller", NOBODY))


def gate(request: Request) -> None:
    """Let through who may; closed to everybody where a route names no permission.

    Raises:
        DeskError: E704 or E705.
    """
    permission = permission_of(request.scope.get("endpoint"))
    if permission == OPEN:
        return
    if permission is None:
        raise DeskError("E705", 403, "this route names no permission and is closed")
    caller_of(request).must(permission)


def query_of(request: Request) -> Query:
    """The filters of an address."""
    route = request.scope.get("route")
    own = {p.alias for p in route.dependant.query_params} if isinstance(route, APIRoute) else set()
    return read((n, v) for n, v in request.query_params.multi_items() if n not in own)


AnyDesk = Annotated[Desk, Depends(desk_of)]
Who = Annotated[Caller, Depends(caller_of)]
Asked = Annotated[Query, Depends(query_of)]
