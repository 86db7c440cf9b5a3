"""One event told in title, lead and body is one claim; what is left unsaid is carried forward.

In: events in text order. Out: events told once, with all their evidence, and with places and times
carried forward where the text goes on about the same thing.
"""

from __future__ import annotations

import datetime as dt

from isnad.coding.document import Document
from isnad.coding.events import NAMED, Count, Event, has_new_total
from isnad.coding.ledger import Ledger
from isnad.coding.parts import Part
from isnad.coding.places import PlaceMention
from isnad.geodesy import distance
from isnad.knowledge.compiled import knowledge
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.times import TimeMention

_NEVER = -100.0
_SAME = 2.0
"""Threshold of :func:`likeness`: type alone just reaches it, any contradiction undoes it."""

_FAMILIES = (
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
_FOUGHT_FOR = (
    {"armed_clash", "territory_gained"}, {"armed_clash", "withdrawal"}, {"armed_clash", "ambush"},
)  # fmt: skip
_CLOSE_KINDS = {
    frozenset(["abduction", "disappearance"]): 1.0,
    frozenset(["ambush", "assassination"]): 1.0,
    frozenset(["shelling", "drone_strike"]): 1.0,
    frozenset(["air_strike", "drone_strike"]): 1.5,  # «غارة» tells neither crew nor drone
}
_OPEN = frozenset(["armed_attack", "killing"])


def tell_once(doc: Document, events: list[Event], ledger: Ledger | None = None) -> list[Event]:
    """Merge tellings of one event; the result keeps the order of first telling."""
    ledger = ledger or Ledger()
    told: list[Event] = []
    latest: Event | None = None
    for event in events:
        again = revises(event) or tells_a_part(doc, event)
        if latest is not None and again and _just_told(latest, event):
            event.times = []  # they date the count
            _merge(latest, event)
            continue
        best, best_score = None, _SAME
        for age, earlier in enumerate(reversed(told)):
            score = likeness(earlier, event, age)
            if score >= best_score + (0.01 if best is not None else 0):
                best, best_score = earlier, score
        if best is not None:
            _merge(best, event)
            latest = best
        elif tells_enough(event):
            if latest is not None:
                _carry_forward(latest, event)
            told.append(event)
            latest = event
        else:
            ledger.let_go(event.triggers, "names no place, day, figure or deed of its own")
    return told


def revises(event: Event) -> bool:
    """Whether a sentence only gives another figure («ارتفعت الحصيلة إلى 46», «حصيلة سابقة …»)."""
    elsewhere = any(not p.anaphor for p in event.places)
    if elsewhere or not event.casualties or event.status != "happened":
        return False
    if any(t.kind in ("since", "until") for t in event.times):
        return False  # a sum over a period is a claim of its own
    told = {t.role for t in event.triggers}
    figures = told <= {"sum", "outcome", "outcome_noun", "light"}
    return figures and ("sum" in told or has_new_total(event) or event.received)


def tells_a_part(doc: Document, event: Event) -> bool:
    """Whether a sentence only says who some of those told of were («من بين القتلى ثلاثة أطباء»)."""
    first = event.triggers[0] if event.triggers else event.trigger
    if not (first.role == "outcome_noun" and first.definite and event.casualties):
        return False
    lead = doc.normal.text[max(0, first.word_start - 6) : first.word_start].split()
    figures = all(t.role in ("outcome", "outcome_noun", "light") for t in event.triggers)
    return figures and not event.places and bool(lead) and lead[-1].lstrip("و") in _AMONG


_AMONG = word_list("among")


def _names_its_dead(event: Event) -> bool:
    """Whether the dead told of are named («الشهيد فلان ارتقى …», «الشهداء: فلان وفلان»)."""
    named = [c for c in event.casualties if c.rule == NAMED]
    told = any(t.role != "outcome_noun" for t in event.triggers)
    return bool(named) and (told or sum(c.low or 0 for c in named) > 1)


def _just_told(last: Event, event: Event) -> bool:
    """Whether ``last`` is an event with figures of its own, told a few sentences before."""
    gap = event.sentence.number - max(s.number for s in last.evidence)
    same = {c.outcome for c in last.casualties} & {c.outcome for c in event.casualties}
    risen = has_new_total(event) and bool(last.casualties)  # «وارتفع عدد الجرحى إلى …»
    return 0 <= gap <= _CLOSE and (bool(same) or risen) and last.status == "happened"


def tells_enough(event: Event) -> bool:
    """Whether an event is one of its own: a place, a day, a figure, or a deed with a party.

    GUIDELINES, Types: background is a claim when it has at least one of these of its own.
    """
    people = event.trigger.role == "outcome_noun" and event.trigger.definite
    if (event.known and not event.scene) or (
        people and not has_new_total(event) and not _names_its_dead(event)
    ):
        return False  # «نُقل الجرحى إلى…» tells of people already told of
    if not event.told:
        if event.type in ("agreement", "negotiation"):
            return bool(event.times) or len(event.initiators) >= 2
        return bool(event.casualties) or bool(event.times and event.places)
    headed = event.sentence.block.kind in ("title", "item") and not _looks_back(event)
    if headed or (event.places and not event.generic):
        return True
    if event.casualties or event.forces or event.materiel or event.times:
        return True
    if event.status == "planned" and event.initiators and (event.targets or event.hits):
        return True  # «هددت X باستهداف Y»
    if event.status in ("denied", "foiled") and (event.targets or event.hits):
        return True  # «ننفي احتجاز موظفين»
    if event.generic:
        return bool(
            event.places
            and (event.initiators or event.targets or event.status == "denied")
            and (_begun(event) or event.status in ("foiled", "denied"))
        )
    parties = event.targets or event.initiators or event.victims
    if event.type in ("sexual_violence", "torture") and (event.targets or event.victims):
        return True
    told = event.trigger.role == "event" and not event.trigger.definite
    done = any(t.pos == "past" and (t.role != "light" or told) for t in event.triggers)
    return done and bool(parties or event.hits)


def _begun(event: Event) -> bool:
    """Whether a word says that the deed was done: a verb, or «انطلاق», «شن», «تنفيذ» before it."""
    return any(t.verbal or t.role == "light" for t in event.triggers)


def _looks_back(event: Event) -> bool:
    """«أفرج عن ثلاثة بعد احتجازهم»: what was done before to those just told of."""
    trig = event.trigger
    return trig.pos == "noun" and bool(trig.enclitic) and event.link == "break"


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
    fought = bare and {a.type, b.type} in _FOUGHT_FOR  # «سيطرت على X بعد معارك»
    again = a.type == b.type or not b.told or fought or (outcome and not a.casualties)
    alike = a.type == b.type and bool(_ids(a.initiators) & _ids(b.initiators))
    more = alike and (_brings_nothing(a) or (bare and not a.casualties))
    signs = (
        (one_sentence and not (bare and again) and not more, -1.5),
        (not one_sentence and bare and gap <= _CLOSE and not new and not arrest, 1.0),
        (b.another, -1.5),
        (kinds == ("item", "item") and gap > 0 and not b.anaphoric, -3.0),  # an event a line
        (one_and_many, -1.0),  # a habit of attacks is not the one attack told before
        (b.anaphoric and age < 2 and not one_and_many, 1.0),
        ({a.status, b.status} == {"ongoing", "happened"} and kinds[0] == "body", -0.4),
        (kinds[0] == "title" and age == 0, 1.0),
        (b.link in ("break", "sequel") and not (b.anaphoric or fought) and age < 3, -0.8),
        (gap > 5, -1.0),
        (indefinite and kinds[0] == "body" and gap > 0, -0.6),  # brings up something new
    )
    return sum(weight for holds, weight in signs if holds)


_CLOSE = 3
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
    if a.type in _OPEN or b.type in _OPEN:
        return 1.5 if any(a.type in f and b.type in f for f in _FAMILIES) else _NEVER
    if {a.type, b.type} in _FOUGHT_FOR and b.trigger.pos == "noun" and _brings_nothing(b):
        return 2.0  # «سيطرت على X بعد معارك»
    if b.anaphoric and any(a.type in f and b.type in f for f in _FAMILIES):
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
        if any(q.name == p.name and km(p, q) <= _radius(p) + _radius(q) for q in others):
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


def _radius(p: PlaceMention) -> float:
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


def _renamed(p: PlaceMention, others: list[PlaceMention]) -> bool:
    """Whether others of the same name lie elsewhere."""
    same = [q for q in others if q.name == p.name and q.located]
    return p.located and bool(same) and all(km(p, q) > _radius(p) + _radius(q) for q in same)


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


def _merge(a: Event, b: Event) -> None:
    """Fold ``b`` into ``a``: union of values, the more telling type."""
    if (a.generic or a.type in _OPEN) and b.type not in _OPEN and a.type != b.type:
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
    fought = b.type == "armed_clash" and {a.type, b.type} in _FOUGHT_FOR
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


def _carry_forward(last: Event, event: Event) -> None:
    """Give an event without place or time those of the event it continues, the one told last."""
    same_sentence = any(s is event.sentence for s in last.evidence)
    close = event.sentence.number - max(s.number for s in last.evidence) <= 1
    if _same_authors(last, event, close):
        event.initiators = list(last.initiators)
        event.inherited.add("initiators")
    near = same_sentence or (close and event.link != "break" and event.type != "losses")
    if not event.places and last.places and near:
        event.places = list(last.places)
        event.inherited.add("place")
    if not event.times and last.times and same_sentence and event.status == last.status:
        event.times = list(last.times)
        event.inherited.add("time")


_DEEDS = frozenset(["attack", "aim", "raid", "gain", "detain", "destroy", "operate"])


def _same_authors(last: Event, event: Event, close: bool) -> bool:
    """Whether ``event`` names no author because the one told before goes on.

    «كما طال القصف قرية …»: a definite noun takes up the deed; «واستهدفت أيضا …»: a verb without
    a subject has that of the sentence before.
    """
    if event.initiators or not last.initiators or not close:
        return False
    alike = event.type == last.type or any({event.type, last.type} <= f for f in _FAMILIES)
    if event.anaphoric and alike:
        return True
    trig = event.trigger
    dropped = trig.verbal and not trig.passive and trig.entry.voice == "active"
    return dropped and alike and trig.entry.frame in _DEEDS


def best_times(times: list[TimeMention]) -> TimeMention | None:
    """The time that says most: resolved, then narrow, then told first."""
    dated = [t for t in times if t.kind != "clock"] or times
    if not dated:
        return None

    def rank(t: TimeMention) -> tuple[int, int, int]:
        known = 0 if t.earliest or t.latest else 1
        wide = int(
            t.earliest is not None and t.latest is not None and (t.latest - t.earliest).days > 7
        )
        return known, wide, t.start

    return min(dated, key=rank)
