"""From the units of a sentence to events with their slots.

In: a sentence ready with triggers, marks and mentions. Out: events, each with its type, status,
participants, places, times, figures and sources.
"""

from __future__ import annotations

from isnad.coding.actors import ActorMention
from isnad.coding.attribution import Attribution
from isnad.coding.document import Document
from isnad.coding.events import Event
from isnad.coding.figures import casualties, counted_mentions, forces, materiel
from isnad.coding.parts import Part, is_armed
from isnad.coding.places import PlaceMention
from isnad.coding.roles import assign
from isnad.coding.sentence import Sentence, Trig
from isnad.coding.status import status_of
from isnad.coding.units import Unit, find_units
from isnad.language.arabic.times import TimeMention

# When one event is told by several words, the type that says most; GUIDELINES, finer rule 8.
_WEIGHT = {
    t: n for n, t in enumerate(
        ["losses", "killing", "agreement", "negotiation", "property_destruction", "displacement", "deployment", "withdrawal", "aid", "accident", "armed_attack", "shelling", "explosive_device", "armed_clash", "operation", "siege", "territory_gained", "protest", "riot", "disappearance", "detention", "abduction", "release", "weapons_neutralised", "torture", "sexual_violence", "execution", "assassination", "ambush", "air_strike", "drone_strike", "vehicle_bomb", "suicide_bombing", "chemical_attack"]
    )
}  # fmt: skip
_STRIKES = frozenset(["armed_attack", "shelling", "air_strike", "killing", "explosive_device"])
_MOVING = frozenset(["deployment", "withdrawal", "displacement", "aid", "release"])
_AIR_HEADS = ("طيران", "طائر", "مقاتلات", "مروحي", "غار")
_PEACEFUL = frozenset(
    ["protest", "riot", "displacement", "agreement", "negotiation", "aid", "accident", "release"]
)
_PERIOD_DAYS = 6
_EVENT_TIMES = frozenset(["point", "since", "until", "clock"])


def events_of(doc: Document, sentence: Sentence, attribution: Attribution) -> list[Event]:
    """The events that a sentence tells, in text order."""
    numbers = counted_mentions(doc, sentence)
    units = find_units(doc, sentence)
    parts = assign(doc, sentence, units, {k: n.start for k, n in numbers.items()})
    source_spans = [(r.start, r.end) for r in attribution.chain]
    tellers = [
        m for m in sentence.actors if any(s < m.end and m.start < e for s, e in source_spans)
    ]
    out: list[Event] = []
    for i, unit in enumerate(units):
        status, rule = status_of(doc, unit)
        if status == "drop" or not (unit.content or unit.outcomes):
            continue
        own = [p for p in parts[i] if not _speaks(p, source_spans)]
        event = _event(doc, unit, own, status, rule)
        event.casualties = casualties(doc, unit, own, numbers, event.type)
        event.type = _type_of(unit, event, own)
        complete_initiators(doc, event, unit, out, tellers)
        event.forces = forces(unit, event.type, own, numbers)
        event.materiel = materiel(unit, event.initiators)
        event.times = _times(unit, attribution, len(units))
        event.sources = attribution.over(min(t.start for t in unit.triggers))
        event.told = event.told or status in ("planned", "foiled", "denied", "ongoing")
        if status == "habit" and not event.casualties:
            continue
        if _general(unit, event):
            continue
        if not _has_what_it_needs(event):
            if out:  # what it says of place and day belongs to the event it hangs on
                out[-1].places = out[-1].places or event.places
                out[-1].times = out[-1].times or event.times
            continue
        if status == "habit":
            event.status = "happened"
        out.append(event)
    return out


_OWN_DEEDS = frozenset(
    [
        "armed_attack",
        "shelling",
        "air_strike",
        "drone_strike",
        "explosive_device",
        "ambush",
        "territory_gained",
        "withdrawal",
        "deployment",
        "operation",
        "weapons_neutralised",
        "detention",
        "abduction",
        "release",
        "execution",
        "assassination",
        "property_destruction",
        "siege",
        "chemical_attack",
        "suicide_bombing",
        "vehicle_bomb",
        "killing",
    ]
)


def complete_initiators(
    doc: Document, event: Event, unit: Unit, before: list[Event], tellers: list[ActorMention]
) -> None:
    """Authors that the clause leaves out: an elided subject, a party announcing its own deed, a crowd."""
    if event.type in ("protest", "riot"):
        _crowd(event, unit)
    event.initiators = [
        p for p in event.initiators if p.mention.head not in _BOMBERS and not _bomber(doc, p)
    ]
    if event.type not in ("armed_clash", "deployment"):
        for p in event.initiators:
            if p.mention.actor == "fighters" and doc.normal.text.startswith(
                _GUNMEN, p.mention.start
            ):
                p.mention.actor = "unidentified-gunmen"
    if event.initiators:
        return
    trig = event.trigger
    verb = next((t for t in unit.triggers if t.verbal and t.entry.voice == "active"), None)
    if verb is not None and not verb.passive and before and event.type in _OWN_DEEDS:
        event.initiators = [
            Part(p.mention, "initiator", "subject carried on", p.governor)
            for p in before[-1].initiators
        ]
    elif (
        trig.pos == "noun"
        and event.type in _OWN_DEEDS
        and trig.entry.frame not in ("victim", "count", "blast")
    ):
        armed = [m for m in tellers if is_armed(m) and 0 <= trig.word_start - m.end <= 60]
        if armed and not any(t.outcome and t.start < trig.start for t in unit.triggers):
            event.initiators = [Part(armed[-1], "initiator", "announces its own deed")]


_BOMBERS = frozenset(["انتحاري", "انغماسي"])
_GUNMEN = ("مسلح", "مجهول", "ملثم")


def _bomber(doc: Document, part: Part) -> bool:
    """A suicide bomber is the means; the initiator is whoever sent him, if told."""
    return doc.normal.text.startswith(("انتحاري", "انغماسي", "الانتحاري"), part.mention.start)


def _crowd(event: Event, unit: Unit) -> None:
    """Who protests: the people named, else the crowd that the trigger itself names."""
    named = [
        p
        for p in (*event.initiators, *event.targets, *event.victims)
        if p.mention.kind in ("group", "count", "person")
    ]
    people = [p for p in event.initiators if p in named]
    for p in people:
        if p.mention.actor in (None, "civilians", "men", "women", "students"):
            p.mention.actor = "protesters"
    event.initiators = people
    if not people:
        t = event.trigger
        crowd = ActorMention(start=t.start, end=t.end, head_start=t.start, head_end=t.end,
                             word_start=t.word_start, actor="protesters", kind="group",
                             category="group", number="plural", why="the crowd that the word names")  # fmt: skip
        event.initiators = [Part(crowd, "initiator", "the crowd of the trigger")]


def _general(unit: Unit, event: Event) -> bool:
    """A present state of things without day or figure is no claim (finer rule 7)."""
    if unit.sentence.block.kind == "title" or event.status == "planned":
        return False
    present = any(t.pos == "present" for t in unit.triggers)
    stative = any(t.pos == "present" and t.role == "light" for t in unit.triggers)
    if unit.sentence.block.kind != "body" or not (stative or unit.sentence.number > 1):
        return False
    return present and not event.times and not event.casualties and not event.materiel


def _has_what_it_needs(event: Event) -> bool:
    """Whether the event names what its trigger asks for (column ``needs`` of the triggers)."""
    for need in event.trigger.entry.needs:
        if need == "party" and not (
            any(is_armed(p.mention) for p in event.initiators) or event.forces or event.materiel
        ):
            return False
        if need == "figure" and not event.casualties:
            return False
        if need == "people" and not (event.targets or event.victims or event.casualties):
            return False
        if need == "materiel" and not event.materiel:
            return False
        if need == "place" and not event.places:
            return False
    return True


def _speaks(part: Part, spans: list[tuple[int, int]]) -> bool:
    """A mention that only says it («أعلنت وزارة الدفاع…») is no party to it."""
    m = part.mention
    return any(s < m.end and m.start < e for s, e in spans) and part.governor.trigger is None


def _event(doc: Document, unit: Unit, parts: list[Part], status: str, rule: str) -> Event:
    main = _main(unit)
    event = Event(main.entry.type, main, unit.sentence, unit.link)
    event.status, event.status_rule = status, rule
    event.generic = not any(t.role in ("event", "raid", "sum", "instrument") for t in unit.triggers)
    event.anaphoric = bool(unit.content) and all(t.definite for t in unit.content)
    for p in parts:
        if p.role in ("initiator", "both"):
            closing = main.entry.type == "siege" and p.mention.id in _UNARMED
            if main.entry.type in _PEACEFUL or closing or _may_act(p):
                event.initiators.append(p)
        elif p.role == "target" and not _only_tells(p):
            event.targets.append(p)
        elif p.role == "victim" and not _only_tells(p):
            event.victims.append(p)
    moving = main.entry.type in _MOVING
    event.places = [p for p in unit.places if moving or not _elsewhere(doc, p)]
    event.evidence = [unit.sentence]
    event.hits = [
        (m.start, m.end, m.kind) for m in unit.sentence.things
        if unit.start <= m.start < unit.end and m.kind != "military_site"
    ]  # fmt: skip
    event.told = _is_told(doc, unit)
    event.rules = [f"{t.entry.id} ({t.pos})" for t in unit.triggers]
    return event


def _only_tells(part: Part) -> bool:
    """Outlets and monitors are named for what they say, not as those hit."""
    return part.mention.kind in ("outlet", "monitor") or part.mention.category in (
        "media",
        "monitor",
        "outlet",
    )


def _may_act(part: Part) -> bool:
    """Whether a part can be the author of violence: a party, armed people, or a person."""
    m = part.mention
    return m.kind not in ("count", "outlet", "monitor") and (m.kind == "person" or is_armed(m))


def _is_told(doc: Document, unit: Unit) -> bool:
    """Whether the clause tells the event, or only names it in passing («تعليقا على اغتيال…»).

    Told: by a verb, at the head of a clause, as what a source reports, or in a headline or a
    bulletin's line.
    """
    if unit.sentence.block.kind in ("title", "item", "head"):
        return True
    if any(t.verbal for t in unit.triggers):
        return True
    if unit.triggers[0].entry.frame == "pact" and unit.triggers[0].definite:
        return False  # «الاتفاق»، «الهدنة»: one told of before
    first = unit.triggers[0]
    lead = doc.normal.text[unit.sentence.start : first.word_start]
    cut = max((lead.rfind(c) for c in "،؛:.!؟\n|/()-"), default=-1)
    if len(lead[cut + 1 :].split()) <= 2:
        return True
    if first.prefix[:1] == "ب" or any(
        0 <= first.word_start - m.end <= 30 for m in unit.sentence.reports
    ):
        return any(m.end <= first.word_start <= m.end + 60 for m in unit.sentence.reports)
    return any(
        0 <= first.word_start - m.end <= 3 and m.kind in ("result", "break")
        for m in unit.sentence.links
    )


_ORIGIN_WORDS = frozenset(
    ["ابناء", "اهالي", "سكان", "مواليد", "مشافي", "مستشفيات", "مشفي", "مستشفي", "عشيره", "قبيله"]
)


def _elsewhere(doc: Document, place: PlaceMention) -> bool:
    """Whether a place is where people come from or are taken to, and not where it happened."""
    lead = doc.normal.text[max(0, place.word_start - 24) : place.word_start].split()
    if not lead:
        return False
    if lead[-1] in _ORIGIN_WORDS or (lead[-1][:1] in "لبو" and lead[-1][1:] in _ORIGIN_WORDS):
        return True
    first = doc.normal.text[place.start : place.end].split(" ", 1)[0]
    return lead[-1] == "الي" and ("نقل" in " ".join(lead) or first in _ORIGIN_WORDS)


def _main(unit: Unit) -> Trig:
    deeds = [t for t in unit.content if t.role != "instrument"]
    specific = [t for t in unit.content if t.role != "generic"]
    pool = deeds or specific or unit.outcomes
    return max(pool, key=lambda t: _WEIGHT.get(t.entry.type, 0))


def _type_of(unit: Unit, event: Event, parts: list[Part]) -> str:
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
    if base in _STRIKES:
        base = _by_weapon(unit, event, parts, base)
    base = _disarmed(unit, event, base)
    if (
        base == "siege"
        and event.initiators
        and all(p.mention.id in _UNARMED for p in event.initiators)
    ):
        base = "protest"  # people closing a road
    single = any(t.role in ("event", "raid", "instrument") and t.verbal for t in unit.content)
    dead = harmed & {"killed", "wounded", "killed_or_wounded"}
    if dead and not single and (_sums_up(unit) or _many_attacks(unit)):
        base = "losses"
    return base


def _disarmed(unit: Unit, event: Event, base: str) -> str:
    """A bomb found in time: a car bomb or bomber is a foiled attack, any other a weapon neutralised."""
    seized = any(t.entry.frame == "seize" for t in unit.triggers)
    if not seized or event.casualties:
        return base
    bombing = next(
        (t for t in unit.content if t.entry.type in ("vehicle_bomb", "suicide_bombing")), None
    )
    if bombing is not None:
        event.status, event.status_rule = "foiled", "found or destroyed in time"
        return bombing.entry.type
    return "weapons_neutralised" if base == "explosive_device" else base


_UNARMED = frozenset(["protesters", "civilians", "students", "women", "displaced-people"])
_WIDE = frozenset(["days", "week", "weeks", "months", "year", "years", "period"])


def _sums_up(unit: Unit) -> bool:
    """Whether the figures are a sum over a period of a week or more."""
    for t in unit.sentence.times:
        if not unit.start <= t.start < unit.end and t.kind != "since":
            continue
        if (
            t.earliest
            and t.latest
            and (t.latest - t.earliest).days >= _PERIOD_DAYS
            and t.precision not in ("month", "part")
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


def _many_attacks(unit: Unit) -> bool:
    """Whether a present habit of attacks is summed up («تتعرض لهجمات … أفقدها المئات»)."""
    present = any(t.pos == "present" and t.role == "light" for t in unit.triggers)
    return present and all(t.role == "generic" for t in unit.content)


def _by_weapon(unit: Unit, event: Event, parts: list[Part], base: str) -> str:
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
        return base
    if base in ("armed_attack", "killing"):
        if "explosive_device" in items or "mine" in items:
            return "explosive_device"
        if event.generic and items & {"artillery", "rocket", "missile", "mortar", "shell", "tank"}:
            return "shelling"
    return base


def _times(unit: Unit, attribution: Attribution, units: int) -> list[TimeMention]:
    """Times in the unit's stretch that date it; a sentence with one event owns all its times."""
    out = []
    for t in unit.sentence.times:
        if t.kind not in _EVENT_TIMES or "metonym" in t.flags or "anniversary" in t.flags:
            continue
        inside = units == 1 or unit.start <= t.start < unit.end
        if not inside:
            continue
        if attribution.dates_a_statement(t.start):
            continue
        out.append(t)
    return out


def people_hit(event: Event) -> list[Part]:
    """Victims to be listed as targets where no broader target is named (finer rule 4)."""
    if event.type in ("armed_clash", "accident", "losses") and any(
        is_armed(p.mention) for p in event.victims
    ):
        return event.victims if event.type != "armed_clash" else []
    return event.victims
