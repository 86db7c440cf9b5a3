"""What speaks for one sense of a name by itself: its size, the text's own word, what holds it.

In: gazetteer entries and phrases. Out: weights that :mod:`choose` adds up.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from isnad.coding.places.geometry import BEARINGS, moved
from isnad.coding.places.types import Node, Ref
from isnad.knowledge.gazetteer.geonames import ISO3
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.merge import km
from isnad.knowledge.gazetteer.store import Entry

KIND_RIGHT, KIND_WRONG = 2.0, -1.5
FAR_PENALTY = 1.0
# Beside a place every side is right; a town is told by a larger one farther off than a village is.
BESIDE_KM, NEAR_SIDE_KM, FAR_SIDE_KM, SIDE_DEG = 6.0, 50.0, 250.0, 68.0
TOWN_POPULATION = 20_000
QUARTER_KM = 40.0  # a quarter lies no farther from its town
HOME_COUNTRIES = frozenset(ISO3.values())


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether ``outer`` may hold ``inner``: by governorate, or by distance and size."""
    if outer.country != inner.country and outer.country and inner.country:
        return False
    level = kind_of(outer.kind).level
    if level >= 5:
        return outer.country == inner.country
    d = km(outer.lat, outer.lon, inner.lat, inner.lon)
    if outer.kind == "governorate":
        if outer.admin1 and inner.admin1:
            return outer.admin1 == inner.admin1 or d < 30
        return d <= max(110.0, outer.extent_km * 1.5)
    reach = {0: 5.0, 1: 8.0, 2: 35.0, 3: 50.0, 4: 150.0}[level]
    return d <= max(reach, outer.extent_km)


def lies_towards(outer: Node, anchor: Entry, inner: Entry) -> bool:
    """Whether ``inner`` lies where the text says of it («مأرب شمال شرقي صنعاء», «5 كم غرب X»):
    at the distance told, or on that side of ``anchor`` and no farther than one would tell it."""
    away = km(anchor.lat, anchor.lon, inner.lat, inner.lon)
    if outer.distance_km:
        slack = max(5.0, 0.35 * outer.distance_km)
        if outer.direction not in BEARINGS:
            return abs(away - outer.distance_km) <= slack
        at = moved(anchor.lat, anchor.lon, BEARINGS[outer.direction], outer.distance_km)
        return km(*at, inner.lat, inner.lon) <= slack
    if away <= BESIDE_KM:
        return True
    known = inner.kind == "city" or inner.population >= TOWN_POPULATION
    reach = FAR_SIDE_KM if known or kind_of(inner.kind).level >= 3 else NEAR_SIDE_KM
    if away > reach or outer.direction not in BEARINGS:
        return False
    east = (inner.lon - anchor.lon) * math.cos(math.radians(anchor.lat))
    turn = math.degrees(math.atan2(east, inner.lat - anchor.lat)) - BEARINGS[outer.direction]
    return abs((turn + 180) % 360 - 180) <= SIDE_DEG


def kind_fit(said: str, entry: Entry) -> float:
    """How well a sense agrees with the unit the text names."""
    if not said:
        return {"sea": 0.9, "city": 0.6, "country": 0.8, "town": 0.4, "governorate": -0.1,
                "village": -0.3}.get(entry.kind, 0.0)  # fmt: skip
    want, have = kind_of(said), kind_of(entry.kind)
    if said == entry.kind:
        return KIND_RIGHT
    if want.group == have.group and want.group != "site":
        if want.group == "settlement":
            steps = {"city": 0, "town": 1, "suburb": 1, "village": 2}
            return 1.6 - 0.5 * abs(steps[said] - steps[entry.kind])
        return KIND_RIGHT - 0.3
    if said == "governorate":
        return -2.0 if have.group != "admin1" else KIND_RIGHT
    if said in ("district", "subdistrict", "canton", "region"):
        return 0.8 if have.level >= 2 or have.group == "site" else 0.3
    if said == "neighbourhood":
        return -1.0 if have.group == "settlement" else KIND_WRONG
    if want.group == "settlement":
        if have.group in ("quarter", "camp"):
            return -0.2
        return -0.6 if have.level <= 3 else -1.2
    if want.group == "camp":
        return 0.0 if have.level <= 2 else KIND_WRONG
    return -0.3


def far_quarter(ref: Ref, node: Node, towns: Sequence[Entry]) -> bool:
    """«حي الروضة» of a report on Marib: quarters bear one name in many towns, and one that lies far
    from every town told is not the one meant."""
    at = ref.chosen.entry if ref.chosen is not None else None
    if at is None or ref.kind != "neighbourhood" or node.container is not None or node.heading:
        return False
    if kind_of(at.kind).group != "quarter":
        return False
    others = [e for e in towns if e.id != at.id and kind_of(e.kind).level in (2, 3)]
    return bool(others) and all(km(at.lat, at.lon, e.lat, e.lon) > QUARTER_KM for e in others)


def size(entry: Entry) -> float:
    """A prior by population and source, 0 to about 1.5."""
    # A unit's population is that of all its places; it makes the unit no likelier.
    counts = entry.population > 10 and kind_of(entry.kind).level <= 2
    prior = 0.25 * math.log10(entry.population) if counts else 0.1
    if entry.source.startswith("isnad"):
        return prior + 0.5
    return prior if entry.country in HOME_COUNTRIES else prior - FAR_PENALTY


def votes_of(refs: Sequence[Ref], extra: Mapping[str, float]) -> dict[str, float]:
    """Which countries the names speak for, summing to 1; ``extra`` are votes from elsewhere."""
    votes: dict[str, float] = defaultdict(float)
    for ref in refs:
        if not ref.senses:
            continue
        countries = {s.entry.country for s in ref.senses if s.entry.country}
        if len(countries) == 1:
            top = ref.senses[0]
            weight = 0.3 if top.weak else 2.0 if top.entry.kind == "country" else 1.0
            votes[next(iter(countries))] += weight
        elif countries and not ref.senses[0].weak:
            for c in sorted(countries):  # a set has no order, and ties go by it
                votes[c] += 0.5 / len(countries)
    for country, weight in extra.items():
        votes[country] += weight
    total = sum(votes.values())
    return {c: v / total for c, v in votes.items()} if total else {}
