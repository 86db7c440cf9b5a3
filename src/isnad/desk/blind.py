"""What a second coder may see: claims that await their coding stand as the program coded them.

In: who asks. Out: the claims that are kept from them, and views, incidents, decisions without what
anybody decided about those. Blindness ends when they have handed in their own coding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isnad.desk.model.row import Row
from isnad.desk.model.view import View
from isnad.desk.model.world import World
from isnad.incidents.merge import incident_of
from isnad.model import Decision, Incident

Blind = frozenset[str]
"""Ids of claims."""
NONE: Blind = frozenset()


def of(world: World, waiting: Iterable[str], name: str) -> Blind:
    """The claims that ``name`` has to code without having decided about them before."""
    return frozenset(
        c for c in waiting
        if world.telling(c) is not None and not any(d.by == name for d in world.about(c))
    )  # fmt: skip


def told(world: World, row: Row, blind: Blind) -> Incident | None:
    """The incident of a row; blind claims in it are as coded."""
    found = world.incident(row.id)
    if found is None:  # one that people rejected stands alone, as if nobody had
        alone = world.telling(row.anchor) if row.anchor in blind else None
        return incident_of([alone]) if alone else None
    if not blind.intersection(row.claims):
        return found
    coded = ((world.telling(t.id) if t.id in blind else None) or t for t in found.tellings)
    return incident_of(coded, found.links)


def view_of(world: World, view: View, blind: Blind) -> View:
    """A view in which blind claims are as coded; rejected ones are there, each by itself."""
    gone = {row.id: row for c in blind if (row := view.of(c)) is not None}
    return view.next(view.head, gone, world.rows(_seen(world, view, gone, blind), blind))


def _seen(world: World, view: View, gone: dict[str, Row], blind: Blind) -> Iterator[Incident]:
    for row in gone.values():
        found = told(world, row, blind)
        if found is not None:
            yield found
    for claim in sorted(blind):
        coded = world.telling(claim)
        if coded is not None and view.of(claim) is None:
            yield incident_of([coded])


def decisions(world: World, blind: Blind) -> list[Decision]:
    """All decisions but those about blind claims, and those that take such ones back."""
    if not blind:
        return world.decisions
    hidden: set[str] = set()
    for one in world.decisions:
        if blind.intersection(one.claims) or one.undoes in hidden:
            hidden.add(one.id)
    return [d for d in world.decisions if d.id not in hidden]


def state(world: World, claim: str, blind: Blind) -> str:
    """What people made of a claim, as far as one may know it."""
    return "open" if claim in blind else world.state(claim)
