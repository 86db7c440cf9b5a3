"""Whose name it is: parties as ACLED and UCDP write them, to our ids."""

from __future__ import annotations

import re
from functools import lru_cache

from isnad.incidents.origins import resolve
from isnad.knowledge.compiled import knowledge
from isnad.publish.tables import tables

_TAIL = re.compile(r"\s*\([^()]*\)\s*$")
_GOVERNMENT = re.compile(r"Government of (.+)")
_GROUPS = {"civilians": "civilians", "protesters": "protesters", "rioters": "rioters",
           "unidentified armed group": "unidentified-gunmen"}  # fmt: skip


@lru_cache(maxsize=8192)
def ids(name: str) -> frozenset[str]:
    """The actors that a name of theirs may mean; empty if none of ours.

    "Government of X" means every force of the state X.
    """
    bare = _TAIL.sub("", name).strip()
    found = _acled_names().get(name) or _acled_names().get(bare)
    if found:
        return found
    if bare.lower() in _GROUPS:
        return frozenset({_GROUPS[bare.lower()]})
    if state := _GOVERNMENT.fullmatch(name):
        return _forces(state[1])
    one = resolve(name) or resolve(bare)
    return frozenset({one}) if one else frozenset()


@lru_cache(maxsize=1)
def _acled_names() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for actor in knowledge().actors:
        for name in actor.acled_name:
            if "{country}" not in name.value:
                out.setdefault(name.value, set()).add(actor.id)
    return {name: frozenset(found) for name, found in out.items()}


@lru_cache(maxsize=512)
def _forces(country: str) -> frozenset[str]:
    homes = {c.iso3 for c in tables().countries.values() if country in (c.name, c.ucdp_name)}
    return frozenset(
        a.id for a in knowledge().actors if a.ucdp_kind == "state" and a.country in homes
    )


def shared(ours: frozenset[str], names: tuple[str, ...]) -> int:
    """How many of their names mean one of our parties, or a part or the whole of one."""
    actors = knowledge().actors
    return sum(
        any(
            mine == other or (mine in actors and other in actors and actors.related(mine, other))
            for mine in ours
            for other in ids(name)
        )
        for name in names
    )
