"""A grade for casualty recorders, in the manner of Airwars, with the rule that gave it.

Airwars grades harm: *confirmed* where a belligerent accepts responsibility; *fair* with two or more
uncontested credible sources; *weak* with one; *contested* where claims of responsibility compete;
*discounted* where later evidence shows there was no civilian harm. What can be read out of tellings
is less than what an analyst weighs, so this is a proposal that names its ground.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from isnad.incidents.origins import origin_of, origins
from isnad.knowledge.compiled import knowledge
from isnad.model import Incident, Telling

FAIR = 2


class Grade(NamedTuple):
    """``grade`` and the rule that gave it, in words; ``ground`` names the rule, for others' words.

    ``facts`` are what the rule rests on: counts, ids of actors.
    """

    grade: str
    rule: str
    ground: str
    facts: tuple[str, ...] = ()


class Dispute(NamedTuple):
    """Tellings that disagree on ``what`` (event, author, toll): each side and its claim ids."""

    what: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]


def grade(incident: Incident) -> Grade:
    """Confirmed, discounted, contested, fair or weak: the first whose rule holds."""
    told = [t for t in incident.tellings if t.copy_of is None] or list(incident.tellings)
    denied = [t for t in told if t.claim.status == "denied"]
    owners = [t for t in told if t.claim.status != "denied" and _own_word(t)]
    if owners:
        who = origin_of(owners[0]).name
        return Grade(
            "confirmed", f"the author's own side says so ({who}, {owners[0].report})", "own", (who,)
        )
    if len(denied) == len(told):
        return Grade("discounted", "every telling denies it", "denied")
    if denied:
        facts = (str(len(denied)), str(len(told)))
        rule = f"{facts[0]} of {facts[1]} tellings deny it"
        return Grade("contested", rule, "denied_some", facts)
    sides = authors(incident)
    if len(sides) > 1:
        names = tuple(sorted(sides))
        rule = "different authors are named: " + ", ".join(names)
        return Grade("contested", rule, "authors", names)
    count = len(origins(incident))
    if count >= FAIR:
        rule = f"{count} independent origins, none denies it"
        return Grade("fair", rule, "origins", (str(count),))
    return Grade("weak", "one origin", "one")


def _own_word(telling: Telling) -> bool:
    """Whether the source itself is among the authors, or what they are part of."""
    actors = knowledge().actors
    origin = origin_of(telling)
    if origin.name not in actors or not telling.claim.sources:
        return False
    mine = [p.actor for p in telling.claim.initiators if p.actor is not None]
    return any(actors.related(origin.name, a) for a in mine)


def authors(incident: Incident) -> dict[str, list[str]]:
    """Claim ids by author, where authors that are one or part of one another count as one.

    A telling that names several authors speaks for them jointly and disputes none of them.
    """
    actors = knowledge().actors
    out: dict[str, list[str]] = {}
    joint: set[frozenset[str]] = set()
    for t in incident.tellings:
        ids = sorted({p.actor for p in t.claim.initiators if p.actor})
        joint.update(frozenset(p) for p in combinations(ids, 2))
        if t.claim.type == "armed_clash":
            continue  # both sides of a clash are initiators
        for actor in ids:
            home = next((o for o in out if actors.related(o, actor)), actor)
            out.setdefault(home, []).append(t.id)
    heads = list(out)
    kept: dict[str, list[str]] = {}
    for head in heads:
        with_ = next((k for k in kept if frozenset((k, head)) in joint), head)
        kept.setdefault(with_, []).extend(out[head])
    return kept


def disputes(incident: Incident) -> list[Dispute]:
    """Who disputes what: whether it happened, who did it, how many."""
    from isnad.incidents.figures import tolls

    out = []
    denied = tuple(t.id for t in incident.tellings if t.claim.status == "denied")
    others = tuple(t.id for t in incident.tellings if t.claim.status != "denied")
    if denied and others:
        out.append(Dispute("event", (("told", others), ("denied", denied))))
    sides = authors(incident)
    if len(sides) > 1:
        out.append(Dispute("author", tuple((a, tuple(c)) for a, c in sorted(sides.items()))))
    by: dict[str, dict[int, list[str]]] = {}
    for toll in tolls(incident):
        if toll.low is not None and toll.low == toll.high:
            by.setdefault(toll.outcome, {}).setdefault(toll.low, []).append(toll.claim)
    for outcome, counts in sorted(by.items()):
        if len(counts) > 1:
            parts = tuple((str(n), tuple(c)) for n, c in sorted(counts.items()))
            out.append(Dispute(f"toll: {outcome}", parts))
    return out
