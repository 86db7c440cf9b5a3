"""From merged events to claims: the best value of each slot, mapped back to the report's words."""

from __future__ import annotations

from typing import Any, cast

from isnad.coding.build import people_hit
from isnad.coding.discourse import best_times
from isnad.coding.document import Document
from isnad.coding.events import Count, Event
from isnad.coding.parts import Part, is_armed
from isnad.coding.places import PlaceMention, combine, heads
from isnad.coding.treated import where_treated
from isnad.knowledge.codelist import listed
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.word_lists import word_list
from isnad.model import (
    Casualty,
    Claim,
    ClaimType,
    Force,
    Hit,
    Item,
    Materiel,
    Outcome,
    Participant,
    Place,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
    Value,
)

_NOT_PEOPLE_TARGET = frozenset(
    ["armed_clash", "deployment", "withdrawal", "agreement", "negotiation"]
)
_GOVERNMENT_TYPES = frozenset(["agreement", "negotiation", "release", "aid"])


def to_claim(doc: Document, event: Event) -> Claim:
    """The claim for an event."""
    targets = list(event.targets)
    if event.type not in _NOT_PEOPLE_TARGET:
        known = {p.mention.id for p in targets}
        for p in people_hit(event):
            if p.mention.id and p.mention.id not in known and p.mention.kind != "count":
                if p.governor.preposition == "part" and targets:
                    continue
                targets.append(p)
                known.add(p.mention.id)
    targets = _broadest(targets)
    initiators = _participants(doc, _without_own_people(event), event)
    return Claim(
        type=cast(ClaimType, event.type),
        status=cast(Status, event.status),
        initiators=tuple(initiators),
        targets=tuple(t for t in _participants(doc, targets, event) if not _is_in(t, initiators)),
        place=_place(doc, event),
        time=_time(doc, event),
        casualties=tuple(
            Casualty(
                **_count(doc, c),
                outcome=cast(Outcome, c.outcome),
                who=c.actor,
                listed=listed(c.actor),
            )
            for c in event.casualties
        ),
        forces=tuple(
            Force(**_count(doc, c), actor=c.actor, listed=listed(c.actor)) for c in event.forces
        ),
        materiel=tuple(Materiel(**_count(doc, c), item=cast(Item, c.item)) for c in event.materiel),
        sources=tuple(
            Source(
                as_written=_quote(doc, s.start, s.end),
                span=doc.span(s.start, s.end),
                rule=s.rule,
                kind=cast(SourceKind, s.kind),
            )
            for s in event.sources
        ),
        evidence=tuple(_evidence(doc, event)),
        hit=tuple(
            Hit(as_written=_quote(doc, a, b), span=doc.span(a, b), kind=k, rule="thing hit")
            for a, b, k in event.hits
        ),
        trigger=Value(
            as_written=_quote(doc, event.trigger.start, event.trigger.end),
            span=doc.span(event.trigger.start, event.trigger.end),
            rule="; ".join(event.rules),
        ),
        confidence=event.sure,
    )


_CIVIL = frozenset(["children", "women", "men", "displaced-people", "students"])


def _broadest(parts: list[Part]) -> list[Part]:
    """Targets without the parts of a group or party that is listed (finer rule 4)."""
    if any(not p.governor.part and p.mention.kind != "count" for p in parts):
        parts = [p for p in parts if not p.governor.part]
    named = {id(p): listed(p.mention.id) for p in parts}
    parts = [
        p
        for p in parts
        if not (p.governor.site and named[id(p)])
        or all(q is p or named[id(q)] != named[id(p)] for q in parts)
    ]  # «صدت قواته هجوما على مقر سلاح المدرعات»: one side
    hit = any(p.mention.kind == "group" and not _only_owns(p) for p in parts)
    owners = {id(p) for p in parts if hit and _only_owns(p)}
    ids = {p.mention.id for p in parts if id(p) not in owners}
    party = any(
        is_armed(p.mention) and p.mention.kind == "actor" and "soldiers" not in p.mention.flags
        for p in parts
    )
    return [
        p
        for p in parts
        if id(p) not in owners
        and not (p.mention.id in _CIVIL and "civilians" in ids)
        and not (p.mention.id == "unidentified-dead" and len(ids) > 1)
        and not (party and p.mention.id == "fighters" and p.mention.kind == "group")
        and not (party and "soldiers" in p.mention.flags)
    ]


def _only_owns(part: Part) -> bool:
    """Whether people are named only as those whose houses were hit."""
    return part.governor.site and part.mention.id == "civilians"


def _without_own_people(event: Event) -> list[Part]:
    """Initiators without the unnamed people that a named one sends («سيّرت X دوريات»)."""
    parts = event.initiators
    if event.type == "armed_clash" or not any(p.mention.kind == "actor" for p in parts):
        return parts
    return [
        p
        for p in parts
        if not (p.mention.actor == "fighters" and p.mention.kind == "group")
        or p.governor.coordinated
    ]


def _quote(doc: Document, start: int, end: int) -> str:
    return doc.report.quote(doc.span(start, end))


def _count(doc: Document, c: Count) -> dict[str, Any]:
    return {
        "as_written": _quote(doc, c.start, c.end), "span": doc.span(c.start, c.end),
        "low": c.low, "high": c.high, "rule": c.rule,
    }  # fmt: skip


def _is_in(t: Participant, others: list[Participant]) -> bool:
    return t.actor is not None and any(o.actor == t.actor for o in others)


def _participants(doc: Document, parts: list[Part], event: Event) -> list[Participant]:
    out: list[Participant] = []
    seen: set[tuple[str | None, int]] = set()
    for p in parts:
        m = p.mention
        if m.kind == "count":
            continue
        actor = m.id
        political = event.type in _GOVERNMENT_TYPES
        if m.alt and (
            (m.category == "government" and not political) or ("state" in m.flags and political)
        ):
            actor = m.alt  # finer rule 5: a state as author of an armed act is its forces
        key = (actor, 0 if actor else m.start)
        if key in seen:
            continue
        seen.add(key)
        out.append(
            Participant(
                as_written=_quote(doc, m.start, m.end),
                span=doc.span(m.start, m.end),
                actor=actor,
                listed=listed(actor),
                rule=f"{p.rule}; {m.why}",
            )
        )
    return out


def _place(doc: Document, event: Event) -> Place | None:
    best = choose_place(doc, event)
    if best is None:
        return None
    group = [best]
    if best.list_id is not None:
        group = [p for p in event.places if p.list_id == best.list_id] or [best]
    start, end = min(p.start for p in group), max(p.end for p in group)
    lat, lon, radius = best.lat, best.lon, best.radius_km
    if len(group) > 1:
        # one that nobody lists lies near those beside it rather than amid their unit
        joined = combine([p for p in group if not p.unlisted] or group)
        if joined is not None:
            lat, lon, radius = joined.lat, joined.lon, joined.radius_km
    why = best.why + ("; carried forward" if "place" in event.inherited else "")
    return Place(
        as_written=_quote(doc, start, end), span=doc.span(start, end), lat=lat, lon=lon,
        radius_km=radius, relation=best.relation, anchors=best.anchors, rule=why,
    )  # fmt: skip


_ORIGIN = word_list("before_an_origin")


_GOING_ON = frozenset(
    [
        "shelling", "air_strike", "drone_strike", "chemical_attack", "armed_clash", "deployment",
        "operation", "territory_gained", "aid", "weapons_neutralised", "siege",
    ]
)  # fmt: skip
"""Kinds of event that may happen where the text says that something goes («صواريخ باتجاه X»)."""
_BROUGHT = frozenset(["aid", "deployment"])
"""Kinds of event in which «من X» tells whence, and the place is where it comes to."""
_MOVED = frozenset(
    ["displacement", "withdrawal", "deployment", "release", "detention", "abduction"]
)
"""Kinds of event that happen where those concerned are taken, driven or sent from."""
_TOWARDS = tuple(word_list("towards"))
"""Words before where those who leave a place go."""


def choose_place(doc: Document, event: Event) -> PlaceMention | None:
    """The most precise place that the event's own words give, origins and destinations aside."""
    pool = heads(doc.normal.text, event.places)
    if not pool:
        return None

    hit = [q.mention.end for q in (*event.victims, *event.targets)]

    def home(p: PlaceMention) -> bool:
        """«شاب من بلدة X»: where somebody hit is from."""
        if event.type in _MOVED:
            return False
        between = (doc.normal.text[e : p.word_start] for e in hit if 0 < p.word_start - e <= 5)
        return any(words.split() == ["من"] for words in between)

    def rank(p: PlaceMention) -> tuple[float, ...]:
        lead = doc.normal.text[max(0, p.word_start - 16) : p.word_start].rstrip()
        origin = any(lead.endswith(o) or o in lead[-14:] for o in _ORIGIN)
        origin = origin or bool(where_treated(doc, p)) or _of_some(lead) or home(p)
        origin = origin or (event.type in _BROUGHT and lead.endswith(" من"))
        bound = event.type not in _GOING_ON and lead.endswith(_TOWARDS)
        vague = p.anaphor and p.level > 2
        gained = event.type == "territory_gained" and lead.endswith(" علي")
        beside = event.type == "territory_gained" and not gained  # «عبر X وسيطر على Y»: Y
        return (origin, bound, not p.located, p.heads, vague, beside, *fineness(p), p.start)

    return min(pool, key=rank)


def fineness(p: PlaceMention) -> tuple[float, float]:
    """How small what a place names is, in km: its radius, then that of its kind. A village that
    nobody lists stands in its container, and says more than that all the same."""
    return p.radius_km or 0, kind_of(p.kind).radius_km


_SOME = word_list("some_of_them")


def _of_some(lead: str) -> bool:
    """«بينهم ثلاثة من كفرنبل»: where some of the people are from."""
    words = lead.split()[-2:]
    if len(words) < 2 or words[1] != "من":
        return False
    return words[0].isdecimal() or words[0].lstrip("و") in _SOME or words[0] in _SOME


def _time(doc: Document, event: Event) -> Time | None:
    t = best_times(event.times)
    if t is None:
        return None
    return Time(
        as_written=_quote(doc, t.start, t.end), span=doc.span(t.start, t.end), earliest=t.earliest,
        latest=t.latest, basis=t.basis, rule=f"{t.precision}, {t.basis}",
    )  # fmt: skip


def _evidence(doc: Document, event: Event) -> list[Span]:
    spans: list[Span] = []
    for s in event.evidence:
        span = doc.span(s.start, s.end)
        if span not in spans:
            spans.append(span)
    return spans
