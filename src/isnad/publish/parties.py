"""Who takes part, by side, and what the tables' conditions ask about them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from isnad.knowledge.compiled import knowledge
from isnad.model import Incident
from isnad.publish.when import on

_ARMED = frozenset({
    "State forces", "Rebel group", "Political militia", "Identity militia", "External/Other forces",
})  # fmt: skip
_ARMOUR = frozenset({"tank", "armoured_vehicle", "artillery", "missile", "rocket", "aircraft"})


class Party(NamedTuple):
    """A party: its id, or ``None`` for one that is not listed, of which only words are known."""

    id: str | None
    words: str

    @property
    def name(self) -> str:
        """The English name; for one that is not listed the words as written."""
        actors = knowledge().actors
        if self.id is None:
            return self.words
        return actors[self.id].name_en if self.id in actors else self.id

    @property
    def name_ar(self) -> str:
        actors = knowledge().actors
        if self.id is None:
            return self.words
        return actors[self.id].name_ar if self.id in actors else self.id


def parties(incident: Incident, slot: str) -> tuple[Party, ...]:
    """The parties of a slot (``initiators`` or ``targets``): those listed, by number of tellings.

    Only where no telling names a listed one do unlisted ones count, as first written.
    """
    words: dict[str | None, str] = {}
    unlisted: dict[str, None] = {}
    for t in incident.tellings:
        for p in getattr(t.claim, slot):
            if p.actor is None:
                unlisted.setdefault(" ".join(p.as_written.split()))
            else:
                words.setdefault(p.actor, " ".join(p.as_written.split()))
    listed: tuple[str, ...] = getattr(incident, slot)
    if listed:
        return tuple(Party(a, words.get(a, "")) for a in listed)
    return tuple(Party(None, w) for w in unlisted if w)


@lru_cache(maxsize=4096)
def inter(actor: str | None, country: str, day: str) -> str:
    """ACLED's class of an actor in an event in a country (ISO3) on a day; "" if unknown."""
    actors = knowledge().actors
    return actors.acled_inter(actor, country, day) if actor and actor in actors else ""


def civilian(party: Party) -> bool:
    """Whether the party are people who do not fight."""
    actors = knowledge().actors
    if party.id is None or party.id not in actors:
        return False
    return actors[party.id].ucdp_kind == "civilians" or actors[party.id].acled_inter in (
        "Civilians", "Protesters",
    )  # fmt: skip


def armed(party: Party, country: str, day: str) -> bool:
    """Whether the party bears arms: by its class, or as a group of fighters."""
    actors = knowledge().actors
    if party.id is None or party.id not in actors:
        return False
    return (
        inter(party.id, country, day) in _ARMED or actors[party.id].ucdp_kind == "nonstate"
    ) and not civilian(party)


def conditions(incident: Incident, country: str) -> frozenset[str]:
    """Which conditions of the tables hold of the incident (:data:`isnad.publish.tables`)."""
    day, actors = on(incident), knowledge().actors
    first, second = parties(incident, "initiators"), parties(incident, "targets")
    claims = [t.claim for t in incident.tellings]
    outcomes = {c.outcome for k in claims for c in k.casualties}
    classes = {inter(p.id, country, day) for p in first}
    kinds = {actors[p.id].kind for p in first if p.id and p.id in actors}
    held = {
        "armed": any(armed(p, country, day) for p in second),
        "armour": any(m.item in _ARMOUR for k in claims for m in k.materiel)
        and not any(k.forces for k in claims),
        "civilians": any(civilian(p) for p in second)
        and not any(armed(p, country, day) for p in second),
        "harmed": bool(outcomes & {"killed", "wounded", "killed_or_wounded"}),
        "initiator": bool(first),
        "intervened": any(armed(p, country, day) for p in (*first, *second)),
        "militia": bool(first)
        and not any(actors[p.id].ucdp_kind == "state" for p in first if p.id and p.id in actors),
        "police": kinds == {"police"},
        "state": bool(classes & {"State forces", "External/Other forces"}),
    }
    return frozenset(name for name, holds in held.items() if holds)
