"""Which type an event has: by its triggers, then by the weapons and figures told with it.

Types and their order: GUIDELINES, Types and finer rule 8.
"""

from __future__ import annotations

from isnad.coding.events import Event, has_new_total
from isnad.coding.parts import Part
from isnad.coding.sentence import Trig
from isnad.coding.status import negated
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list

# When one event is told by several words, the type that says most; GUIDELINES, finer rule 8.
_WEIGHT = {
    t: n
    for n, t in enumerate(
        [
            "losses",
            "killing",
            "agreement",
            "negotiation",
            "property_destruction",
            "displacement",
            "deployment",
            "withdrawal",
            "aid",
            "accident",
            "armed_attack",
            "shelling",
            "explosive_device",
            "armed_clash",
            "operation",
            "siege",
            "territory_gained",
            "protest",
            "riot",
            "disappearance",
            "detention",
            "abduction",
            "release",
            "weapons_neutralised",
            "torture",
            "sexual_violence",
            "execution",
            "assassination",
            "ambush",
            "air_strike",
            "drone_strike",
            "vehicle_bomb",
            "suicide_bombing",
            "chemical_attack",
        ]
    )
}
STRIKES = frozenset(["armed_attack", "shelling", "air_strike", "killing", "explosive_device"])
"""Kinds of attack that a weapon named with them may tell closer."""
_AIR_HEADS = tuple(sorted(word_list("air_heads")))
_SHELLS = frozenset(["artillery", "rocket", "missile", "mortar", "shell", "tank"])
_PERIOD_DAYS = 6
UNARMED = frozenset(["protesters", "civilians", "students", "women", "displaced-people"])
"""Groups of persons who carry no arms."""
UNARMED_DEEDS = {"siege": "protest", "property_destruction": "riot"}
"""What a deed is when people without arms do it: closing a road, burning tyres or an office."""


def main_trigger(unit: Unit) -> Trig:
    """The trigger that says most about what was done."""
    content = [t for t in unit.content if t not in unit.asides] or unit.content
    first = unit.triggers[0]
    if first.entry.type == "displacement" and not any(t.verbal for t in content if t is not first):
        return first  # «نزحت 300 أسرة جراء القصف»: told of those who fled
    deeds = [t for t in content if t.role != "instrument"]
    specific = [t for t in content if t.role != "generic"]
    pool = deeds or specific or unit.outcomes or unit.triggers
    return max(pool, key=lambda t: _WEIGHT.get(t.entry.type, 0))


def type_of(unit: Unit, event: Event, parts: list[Part]) -> str:
    """The event's type from its triggers, then from the weapons named for it."""
    if not unit.content:
        outcome = next((t.outcome for t in unit.outcomes), "")
        base = {"killed": "killing", "wounded": "armed_attack", "missing": "disappearance",
                "captured": "abduction", "detained": "detention", "displaced": "displacement",
                "killed_or_wounded": "killing"}.get(outcome or "", "killing")  # fmt: skip
    else:
        base = event.trigger.entry.type
    harmed = {c.outcome for c in event.casualties}
    if event.trigger.role == "raid" and harmed & {"killed", "wounded"} and "detained" not in harmed:
        base = "armed_attack"
    if base == "property_destruction" and harmed & {"killed", "wounded"} and unit.sentence.weapons:
        shelled = any(w.item in _SHELLS for w in unit.sentence.weapons)
        base = "shelling" if shelled else "armed_attack"  # «صاروخ يدمر منزلا ويقتل عائلة»
    if base in STRIKES:
        base = _by_weapon(unit, parts, base)
    base = _disarmed(unit, event, base)
    if base == "air_strike" and event.trigger.entry.id == "airraid" and _by_raiders(unit, event):
        base = "armed_attack"  # «غارة» of men who have no aircraft
    harmed_people = harmed & {"killed", "wounded", "killed_or_wounded"}
    if base == "property_destruction" and event.trigger.entry.id == "blow_up" and harmed_people:
        base = "explosive_device"
    who = {p.mention.id for p in event.initiators}
    if who and who <= UNARMED and (base == "siege" or who == {"protesters"}):
        base = UNARMED_DEEDS.get(base, base)
    single = any(t.role in ("event", "raid", "instrument") and t.verbal for t in unit.content)
    told_once = any(t.role == "light" and t.pos == "past" for t in unit.triggers)
    single = single or (told_once and not event.trigger.plural and event.trigger.role == "event")
    several = any(c.high is None or c.high > 1 for c in event.casualties)
    if not (harmed_people and several) or event.status == "foiled":
        return base
    counted = _counts_attacks(unit)
    summed = (
        (not single and (_sums_up(unit) or _many_attacks(unit)))
        or (_is_summary(unit, event) and (counted or not unit.content))
        or (counted and _lasts(unit))
    )
    return "losses" if summed else base


def _by_raiders(unit: Unit, event: Event) -> bool:
    """Whether a raid («غارة») was led by gunmen, and nothing that flies is named."""
    who = [p.mention for p in event.initiators]
    flies = any(w.item in ("aircraft", "helicopter", "drone") for w in unit.sentence.weapons)
    on_foot = all(m.category == "rebel" or m.id == "unidentified-gunmen" for m in who)
    return bool(who) and on_foot and not flies


def _disarmed(unit: Unit, event: Event, base: str) -> str:
    """A bomb found in time: a car bomb is a foiled attack, any other a weapon neutralised."""
    seized = any(
        t.entry.frame == "seize" or (t.entry.frame == "destroy" and _destroys_a_bomb(unit, t))
        for t in unit.triggers
    )
    if not seized or event.casualties:
        return base
    bombing = next(
        (t for t in unit.content if t.entry.type in ("vehicle_bomb", "suicide_bombing")), None
    )
    if bombing is not None:
        event.status, event.status_rule = "foiled", "found or destroyed in time"
        return bombing.entry.type
    return "weapons_neutralised" if base == "explosive_device" else base


def _destroys_a_bomb(unit: Unit, trig: Trig) -> bool:
    """«تدمير ثلاث عجلات مفخخة»: what is destroyed is a bomb on its way."""
    return any(
        t.entry.type == "vehicle_bomb" and 0 <= t.word_start - trig.end <= 12 for t in unit.content
    )


_WIDE = frozenset(["days", "week", "weeks", "months", "year", "years", "period"])


def _sums_up(unit: Unit) -> bool:
    """Whether the figures are a sum over a week or more."""
    for t in unit.sentence.times:
        if not unit.start <= t.start < unit.end and t.kind != "since":
            continue
        if (
            t.earliest
            and t.latest
            and (t.latest - t.earliest).days >= _PERIOD_DAYS
            and (t.kind == "since" or t.precision not in ("month", "part"))
        ):
            return True
        if t.precision in _WIDE and t.kind == "point" and t.basis == "unresolved":
            return True
        if (
            t.kind == "since"
            and t.precision in ("month", "year", "months", "years", "part")
            and not t.earliest
        ):
            return True
    return False


def _is_summary(unit: Unit, event: Event) -> bool:
    """Whether a word of summing stands with a period («حصيلة شهر أيار: مقتل 112 …»)."""
    summed = any(t.role == "sum" and not negated(unit, t) for t in unit.triggers)
    if not summed and not has_new_total(event):
        return False
    return any(
        t.kind == "since" or t.precision in _WIDE | {"month", "part"} for t in unit.sentence.times
    )


def _counts_attacks(unit: Unit) -> bool:
    """Whether attacks are counted («45 هجوما»), three or more."""
    return any(
        n.noun_start is not None
        and (n.low or 0) > 2
        and n.noun_start <= t.start < (n.noun_end or 0)
        for t in unit.content
        if t.pos == "noun"
        for n in unit.sentence.numbers
    )


def _lasts(unit: Unit) -> bool:
    """Whether the sentence names a stretch of a week or more, also a month."""
    return any(
        t.earliest and t.latest and (t.latest - t.earliest).days >= _PERIOD_DAYS
        for t in unit.sentence.times
    )


def _many_attacks(unit: Unit) -> bool:
    """Whether a present habit of attacks is summed up («تتعرض لهجمات … أفقدها المئات»)."""
    present = any(t.pos == "present" and t.role == "light" for t in unit.triggers)
    return present and all(t.role == "generic" for t in unit.content)


_GUNS = frozenset(["artillery", "missile", "mortar", "tank"])


def _by_weapon(unit: Unit, parts: list[Part], base: str) -> str:
    items = {w.item for w in unit.sentence.weapons if unit.start <= w.start < unit.end}
    heads = " ".join(p.mention.head for p in parts if p.role == "initiator")
    if "drone" in items or "مسير" in heads:
        return "drone_strike"
    air = (
        items & {"aircraft", "helicopter"}
        or any(w in heads for w in _AIR_HEADS)
        or any(p.role == "initiator" and "air-force" in (p.mention.id or "") for p in parts)
    )
    if air and base != "explosive_device":
        return "air_strike"
    if base == "explosive_device":
        return "shelling" if _warhead(unit) else base
    if base in ("armed_attack", "killing"):
        if "explosive_device" in items or "mine" in items:
            return "explosive_device"
        plain = not any(
            t.role in ("event", "raid", "instrument") and not negated(unit, t)
            for t in unit.triggers
        )
        if "small_arms" in items and not items & _GUNS:
            return base  # «بقذائف RPG والأسلحة الخفيفة»: an attack at close quarters
        if plain and items & _SHELLS:
            return "shelling"
    return base


def _warhead(unit: Unit) -> bool:
    """Whether what burst was a rocket («انفجار صاروخ»), and nothing left behind from before."""
    if any(t.entry.id == "ied" for t in unit.triggers):
        return False  # «من مخلفات الحرب»
    return any(
        t.entry.id == "blast"
        and any(
            w.item in ("rocket", "missile") and 0 <= w.word_start - t.end <= 1
            for w in unit.sentence.weapons
        )
        for t in unit.triggers
    )
