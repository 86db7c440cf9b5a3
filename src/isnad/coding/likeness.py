"""How much speaks for two tellings being of one event: kind, place, day, parties, figures, wording.

In: two events in text order. Out: a score; at least 2 joins them. The weights were set on the gold.
"""

from __future__ import annotations

import datetime as dt

from isnad.coding.events import Count, Event
from isnad.coding.parts import Part
from isnad.coding.places import PlaceMention
from isnad.geodesy import distance

_NEVER = -100.0


FAMILIES = (
    {"shelling", "air_strike", "drone_strike", "chemical_attack", "armed_attack", "killing"},
    {"explosive_device", "vehicle_bomb", "suicide_bombing", "killing", "armed_attack"},
    {"armed_clash", "armed_attack", "ambush", "killing"},
    {"killing", "assassination", "execution", "armed_attack"},
    {"abduction", "disappearance"},
    {"detention", "armed_attack"},
    {"deployment", "operation"},
    {"agreement", "negotiation"},
    {"protest", "riot"},
)


FOUGHT_FOR = (
    {"armed_clash", "territory_gained"}, {"armed_clash", "withdrawal"}, {"armed_clash", "ambush"},
)  # fmt: skip


_CLOSE_KINDS = {
    frozenset(["abduction", "disappearance"]): 1.0,
    frozenset(["ambush", "assassination"]): 1.0,
    frozenset(["shelling", "drone_strike"]): 1.0,
    frozenset(["air_strike", "drone_strike"]): 1.5,  # «غارة» tells neither crew nor drone
}


OPEN = frozenset(["armed_attack", "killing"])


def likeness(a: Event, b: Event, age: int) -> float:
    """How much speaks for ``b`` telling the event ``a`` again; at least 2 joins them.

    ``age`` counts the events told between the two.
    """
    nominal = a.sentence.block.kind == "title" and a.trigger.pos == "noun"
    unreal = ("planned", "foiled", "denied")
    if (a.status in unreal) != (b.status in unreal) and not (nominal and age == 0):
        return _NEVER
    if _found(b) and b.sentence is not a.sentence and a.type not in _LEFT_DEAD:
        return _NEVER
    score = _type_likeness(a, b)
    if score == _NEVER or (a.type == b.type == "losses" and _other_sum(a, b)):
        return _NEVER
    same_toll = _same_toll(a, b)
    for part, of in (
        (_place_likeness(a, b), "place"), (_time_likeness(a, b), ""), (_party_likeness(a, b), ""),
    ):  # fmt: skip
        if part == _NEVER:
            if not same_toll or (of == "place" and a.sentence.block.kind != "title"):
                return _NEVER
            part = -0.5  # «10 شهداء في غارة على النبطية … 10 في غارة على وادي الكفور»
        score += part
    return score + _figure_likeness(a, b) + _wording(a, b, age)


def _found(event: Event) -> bool:
    """«عثر على جثة شاب»: all that is told is that somebody was found dead."""
    ids = {t.entry.id for t in event.triggers if t.role != "light"}
    return bool(ids & _FINDS) and ids <= _FINDS | {"dead_noun"}


_LEFT_DEAD = frozenset(
    ["killing", "execution", "assassination", "armed_attack", "abduction", "disappearance"]
)
"""Kinds of event whose dead a later sentence may tell to have been found."""


_FINDS = frozenset(["found_body", "come_upon_body"])


def _wording(a: Event, b: Event, age: int) -> float:
    """What the words and where they stand say for a retelling; the weights were set on the gold."""
    one_sentence = a.sentence is b.sentence
    gap = abs(a.sentence.number - b.sentence.number)
    kinds = (a.sentence.block.kind, b.sentence.block.kind)
    bare = _brings_nothing(b)
    new = b.another or b.link == "add"
    one_and_many = b.trigger.plural and a.trigger.pos == "noun" and not a.trigger.plural
    outcome = b.trigger.role.startswith("outcome")
    indefinite = b.trigger.pos == "noun" and not b.trigger.definite and not outcome
    arrest = b.type == "detention" != a.type  # another deed, even at one place
    fought = bare and {a.type, b.type} in FOUGHT_FOR  # «سيطرت على X بعد معارك»
    again = a.type == b.type or not b.told or fought or (outcome and not a.casualties)
    alike = a.type == b.type and bool(_ids(a.initiators) & _ids(b.initiators))
    more = alike and (_brings_nothing(a) or (bare and not a.casualties))
    signs = (
        (one_sentence and not (bare and again) and not more, -1.5),
        (not one_sentence and bare and gap <= CLOSE and not new and not arrest, 1.0),
        (b.another, -1.5),
        (kinds == ("item", "item") and gap > 0 and not b.anaphoric, -3.0),  # an event a line
        (one_and_many, -1.0),  # a habit of attacks is not the one attack told before
        (b.anaphoric and age < 2 and not one_and_many, 1.0),
        ({a.status, b.status} == {"ongoing", "happened"} and kinds[0] == "body", -0.4),
        (a.type == b.type == "deployment" and a.status != b.status, -1.0),
        (kinds[0] == "title" and age == 0, 1.0),
        (b.link in ("break", "sequel") and not (b.anaphoric or fought) and age < 3, -0.8),
        (gap > 5, -1.0),
        (indefinite and kinds[0] == "body" and gap > 0, -0.6),  # brings up something new
    )
    return sum(weight for holds, weight in signs if holds)


CLOSE = 3
"""Sentences over which an event without place, day or figure of its own is the one told before."""


def _brings_nothing(e: Event) -> bool:
    """Whether an event names no place and no day of its own by which it could be another."""
    dated = bool(e.times) and "time" not in e.inherited
    placed = "place" not in e.inherited and not all(p.anaphor for p in e.places)
    return not dated and not placed


def _other_sum(a: Event, b: Event) -> bool:
    """Whether two sums are two claims: their figures or their periods differ."""
    if not a.casualties or not b.casualties:
        return False
    return _figure_likeness(a, b) <= 0


def _type_likeness(a: Event, b: Event) -> float:
    if a.type == b.type:
        return 2.0
    if {a.type, b.type} == {"detention", "armed_attack"} and not _is_raid(a, b):
        return _NEVER
    if a.type in OPEN or b.type in OPEN:
        return 1.5 if any(a.type in f and b.type in f for f in FAMILIES) else _NEVER
    if {a.type, b.type} in FOUGHT_FOR and b.trigger.pos == "noun" and _brings_nothing(b):
        return 2.0  # «سيطرت على X بعد معارك»
    if b.anaphoric and any(a.type in f and b.type in f for f in FAMILIES):
        return 1.5
    return _CLOSE_KINDS.get(frozenset([a.type, b.type]), _NEVER)


def _is_raid(a: Event, b: Event) -> bool:
    """Whether people may have been taken in the attack: a house or a town was entered."""
    entered = any(t.role == "raid" or t.entry.id == "storm" for t in (*a.triggers, *b.triggers))
    return entered or a.sentence is b.sentence or a.sentence.block.kind == "title"


def km(a: PlaceMention, b: PlaceMention) -> float:
    """Great-circle distance in kilometres; both must be located."""
    assert a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
    return distance(a.lat, a.lon, b.lat, b.lon)


_LISTED_KM = 10.0


def _place_likeness(a: Event, b: Event) -> float:
    mine = [p for p in a.scene if p.located]
    yours = [p for p in b.scene if p.located]
    if not mine or not yours:
        return 0.0
    if {(p.name, p.anchors) for p in mine} & {(p.name, p.anchors) for p in yours}:
        return 1.5
    fine_a, fine_b = _finest(mine), _finest(yours)
    for p, others in ((fine_a, yours), (fine_b, mine)):
        if any(q.name == p.name and km(p, q) <= radius(p) + radius(q) for q in others):
            return 1.0  # «الدلنج», «الدلنج بجنوب كردفان»
    gap = km(fine_a, fine_b)
    wide, narrow = (
        max(fine_a.radius_km or 0, fine_b.radius_km or 0),
        min(fine_a.radius_km or 0, fine_b.radius_km or 0),
    )
    if fine_a.level <= 2 and fine_b.level <= 2 and fine_a.name != fine_b.name:
        # two settlements told apart are two places; a site inside a town is one
        inside = fine_a.level != fine_b.level and gap <= wide + 1
        listed = wide <= _LISTED_KM  # an unlisted one stands at its container's middle
        return 0.5 if inside or (listed and gap <= 1.0) else _NEVER
    if gap <= narrow + 2:
        return 1.0
    same_unit = (
        fine_a.admin1 and fine_a.admin1 == fine_b.admin1 and max(fine_a.level, fine_b.level) >= 3
    )
    if gap <= wide + 3 or same_unit:
        return 0.3
    return _NEVER


def radius(p: PlaceMention) -> float:
    return p.radius_km or 0.0


def _finest(places: list[PlaceMention]) -> PlaceMention:
    return min(places, key=lambda p: (p.level, p.radius_km or 99))


def _days(e: Event) -> tuple[dt.date, dt.date] | None:
    known = [t for t in e.times if t.earliest and t.latest]
    if not known:
        return None
    best = min(known, key=lambda t: (t.latest - t.earliest).days)  # type: ignore[operator]
    return best.earliest, best.latest  # type: ignore[return-value]


def _time_likeness(a: Event, b: Event) -> float:
    x, y = _days(a), _days(b)
    if x is None or y is None:
        return 0.0
    return 0.5 if x[0] <= y[1] and y[0] <= x[1] else _NEVER


def _ids(parts: list[Part]) -> set[str]:
    return {p.mention.id for p in parts if p.mention.id}


def _party_likeness(a: Event, b: Event) -> float:
    x, y = _ids(a.initiators), _ids(b.initiators)
    score = 0.0
    if x and y:
        if x & y:
            score += 0.5
        elif x & _ids([*b.targets, *b.victims]) or y & _ids([*a.targets, *a.victims]):
            return _NEVER  # one tells what these did, the other what was done to them
        elif any(i.split("-")[0] == j.split("-")[0] for i in x for j in y):
            score += 0.0
        else:
            return _NEVER
    return score


def _figure_likeness(a: Event, b: Event) -> float:
    mine = {(c.outcome, c.low) for c in a.casualties}
    yours = {(c.outcome, c.low) for c in b.casualties}
    if mine & yours:
        return 1.0
    if any(_excludes(x, y) for x in a.casualties for y in b.casualties):
        return -0.7
    return -0.4 if {o for o, _ in mine} & {o for o, _ in yours} else 0.0


_INDEFINITE = frozenset([(2, None), (3, None), (20, 99), (200, 999)])


def _definite(c: Count) -> bool:
    """Whether a figure is a number, and not «جرحى», «عدد من», «عشرات»."""
    return c.low is not None and (c.low, c.high) not in _INDEFINITE


def _excludes(x: Count, y: Count) -> bool:
    """Whether two figures of one outcome differ, and neither says vaguely what the other counts."""
    if x.outcome != y.outcome:
        return False
    if _definite(x) and _definite(y):
        return True
    one = any(c.high is not None and c.high < 3 for c in (x, y))
    return one and x.low != y.low  # one person is not «عدد من الشبان»


def _same_toll(a: Event, b: Event) -> bool:
    """Whether two tellings give the same toll: a number of some size, or two equal numbers."""
    same = {
        (c.outcome, c.low) for c in a.casualties if _definite(c)
    } & {(c.outcome, c.low) for c in b.casualties if _definite(c)}  # fmt: skip
    return len(same) > 1 or any((low or 0) >= _TELLING for _, low in same)


_TELLING = 7
"""A number of people from which on two tolls are hardly equal by chance."""
