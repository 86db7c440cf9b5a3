"""The framing view: how each outlet names each party in one incident. Words are evidence only."""

from __future__ import annotations

from typing import NamedTuple

from isnad.knowledge.compiled import knowledge
from isnad.model import Incident


class Frame(NamedTuple):
    """One outlet's words for one party, its role, and the claims in which they stand."""

    party: str
    outlet: str
    role: str
    words: str
    claims: tuple[str, ...]


def frames(incident: Incident) -> list[Frame]:
    """Words by party, then outlet; a party that is not listed and an unknown outlet are "".

    Groups of persons (civilians, fighters) are no parties and left out.
    """
    actors = knowledge().actors
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for t in incident.tellings:
        for role, parties in (("initiator", t.claim.initiators), ("target", t.claim.targets)):
            for p in parties:
                if p.actor and p.actor in actors and actors[p.actor].kind == "group":
                    continue
                words = " ".join(p.as_written.split())
                key = (p.actor or "", t.publisher or "", role, words)
                found.setdefault(key, []).append(t.id)
    return [Frame(*key, tuple(claims)) for key, claims in sorted(found.items())]
