"""One event from two tellings of it: the union of their values, the more telling type.

In: an event and another telling of it. Out: the first, changed.
"""

from __future__ import annotations

from isnad.coding.events import Count, Event
from isnad.coding.likeness import FOUGHT_FOR, OPEN, km, radius
from isnad.coding.parts import Part
from isnad.coding.places import PlaceMention
from isnad.knowledge.compiled import knowledge


def _renamed(p: PlaceMention, others: list[PlaceMention]) -> bool:
    """Whether others of the same name lie elsewhere."""
    same = [q for q in others if q.name == p.name and q.located]
    return p.located and bool(same) and all(km(p, q) > radius(p) + radius(q) for q in same)


def merge(a: Event, b: Event) -> None:
    """Fold ``b`` into ``a``: union of values, the more telling type."""
    if (a.generic or a.type in OPEN) and b.type not in OPEN and a.type != b.type:
        a.type, a.trigger = b.type, b.trigger
    elif b.type == "drone_strike" and a.type in ("shelling", "air_strike"):
        a.type, a.trigger = b.type, b.trigger  # a drone named for it decides (finer rule 8)
    a.generic = a.generic and b.generic
    if b.status == "ongoing" and a.status == "happened" and a.sentence.block.kind == "title":
        a.status, a.status_rule = b.status, b.status_rule
    title = a.sentence.block.kind == "title" and a.trigger.pos == "noun"
    over = b.status == "happened" and any(t.pos == "past" for t in b.triggers)
    if title and a.status == "ongoing" and over:
        a.status, a.status_rule = b.status, b.status_rule
    if b.status != "happened" and a.sentence.block.kind == "title" and a.trigger.pos == "noun":
        a.status, a.status_rule = b.status, b.status_rule  # a headline's noun tells no tense
    fought = b.type == "armed_clash" and {a.type, b.type} in FOUGHT_FOR
    for name in ("initiators", "targets", "victims"):
        if fought and a.initiators and name == "initiators":
            continue  # «استعاد X البلدة» after «معارك بين X وY»: Y did not take it
        mine: list[Part] = getattr(a, name)
        known = {p.mention.id for p in mine if p.mention.id}
        for p in getattr(b, name):
            if p.mention.id in known or (p.mention.id is None and mine):
                continue
            mine.append(p)
            known.add(p.mention.id)
    if a.sentence.block.kind == "title":  # the body says which of two places of one name it is
        a.places = [p for p in a.places if not _renamed(p, b.places)]
        a.scene = [p for p in a.scene if not _renamed(p, b.scene)]
    a.places += b.places
    a.scene += b.scene
    a.times += b.times
    a.casualties = merge_counts(a.casualties, b.casualties)
    a.forces = merge_counts(a.forces, b.forces)
    a.materiel = merge_counts(a.materiel, b.materiel)
    a.sources += [s for s in b.sources if s not in a.sources]
    a.evidence += [s for s in b.evidence if s not in a.evidence]
    a.hits += b.hits
    a.triggers += b.triggers
    a.tellings += b.tellings
    a.rules += [f"told again: {r}" for r in b.rules]
    a.inherited -= {"place"} if b.places else set()
    harmed = {c.outcome for c in a.casualties}
    if a.type == "detention" and a.trigger.role == "raid" and "detained" not in harmed:
        a.type = "armed_attack" if harmed & {"killed", "wounded"} else a.type


def merge_counts(a: list[Count], b: list[Count]) -> list[Count]:
    """Both lists without repeats; a bare plural gives way to a figure for the same outcome."""
    out = list(a)
    for c in b:
        key = (c.outcome or c.item, c.low, c.high)
        known = [o for o in out if (o.outcome or o.item, o.low, o.high) == key]
        again = any(_one_party(o.actor, c.actor) for o in known)
        if not again:
            out.append(c)
    kept = []
    for c in out:
        bare_plural = c.low == 2 and c.high is None and not c.item
        better = any(
            o is not c and o.outcome == c.outcome and not (o.low == 2 and o.high is None)
            and (o.actor == c.actor or c.actor is None) for o in out
        )  # fmt: skip
        if not (bare_plural and better):
            kept.append(c)
    return kept


def _one_party(a: str | None, b: str | None) -> bool:
    """Whether two figures may count one party's people: one is of the other, or not said whose."""
    if a == b or a is None or b is None:
        return True
    actors = knowledge().actors
    return a in actors and b in actors and actors.related(a, b)
