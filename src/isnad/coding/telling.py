"""How sure it is that a report tells an event, and does not only speak about one.

In: an event merged from all its tellings. Out: a probability, from the evidence for and against in
``data/coding/evidence.csv``. «قُتل ثلاثة جنود أمس في تكريت» tells; «محاكمة المتهمين باغتيال …» or
«الحرب على الإرهاب» speak about something. No sign decides alone: each adds its weight.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from isnad.coding.document import Document
from isnad.coding.events import Event
from isnad.coding.parts import is_armed
from isnad.knowledge.vocabulary import vocabulary
from isnad.language.arabic.times import TimeMention

_OLD_DAYS = 366
_WIDE = frozenset(["month", "months", "year", "years", "period"])
_LONG_WORDS = 40
_TOLD_IN = frozenset(["title", "item", "head"])


def weigh(doc: Document, event: Event) -> bool:
    """Set ``event.sure``, 0 to 1, from its signs; whether they suffice for a claim."""
    weights = vocabulary().evidence
    event.signs = sorted(signs(doc, event))
    score = weights["base"] + sum(weights.get(name, 0.0) for name in event.signs)
    logit = weights["confidence_base"] + weights["confidence_slope"] * score
    event.sure = round(1 / (1 + math.exp(-logit)), 3)
    return score >= weights["threshold"]


def why_not(event: Event) -> str:
    """The signs of an event that were too few, each with its weight, the heaviest first."""
    weights = vocabulary().evidence
    known = sorted(
        ((weights[name], name) for name in event.signs if weights.get(name)),
        key=lambda pair: (-abs(pair[0]), pair[1]),
    )
    score = weights["base"] + sum(weight for weight, _ in known)
    listed = ", ".join(f"{name} {weight:+.2f}" for weight, name in known)
    bar = weights["threshold"]
    return f"speaks of it rather than tells it: {score:.2f}, less than {bar:.2f} ({listed})"


def signs(doc: Document, event: Event) -> Iterator[str]:
    """The signs that hold for an event, as ``evidence.csv`` names them."""
    deeds = [t for t in event.triggers if t.role != "light"] or event.triggers
    if any(t.pos == "past" for t in deeds):
        yield "verb_past"
    elif any(t.verbal and t.pos != "past" for t in event.triggers):
        yield "verb_present"
    elif not any(t.verbal for t in event.triggers):
        yield "noun_definite" if event.trigger.definite else "noun"
    kinds = {s.block.kind for s in event.evidence}
    if kinds & _TOLD_IN:
        yield "heading"
    if event.tellings > 1:
        yield "told_again"
    if any(t.outcome for t in event.triggers):
        yield "outcome"
    if not event.told:
        yield "in_passing"
    yield from _slots(event)
    yield from _when(doc, event.times)
    yield from _around(doc, event)


def _slots(event: Event) -> Iterator[str]:
    if event.places:
        if "place" not in event.inherited:
            yield "place"
        if any((p.radius_km or 99) <= 10 for p in event.places):
            yield "place_fine"
    counted = [c for c in event.casualties if c.low is not None or c.high is not None]
    if any(c.low != 1 or c.high != 1 for c in counted):
        yield "figure"
    elif counted:
        yield "one_victim"
    if any(is_armed(p.mention) for p in event.initiators):
        yield "party"
    elif event.initiators:
        yield "initiator"
    if event.targets or event.victims or event.hits:
        yield "target"
    if event.materiel or event.forces:
        yield "materiel"
    if event.sources:
        yield "source"


def _when(doc: Document, times: list[TimeMention]) -> Iterator[str]:
    if not times:
        return
    day = doc.report.published
    known = [t for t in times if t.latest]
    if day and known:
        latest = max(t.latest for t in known if t.latest)
        if day - latest <= dt.timedelta(days=_OLD_DAYS):
            yield "time_near"
    elif any(t.precision not in _WIDE for t in times):
        yield "time_near"
    else:
        yield "time_wide"


def _around(doc: Document, event: Event) -> Iterator[str]:
    sentence = event.sentence
    yield from (f"topic_{kind}" for kind in sorted({m.kind for m in sentence.topics}))
    if len(sentence.topics) > 2:
        yield "topics_many"
    text = doc.normal.text[sentence.start : sentence.end]
    if len(text.split()) > _LONG_WORDS:
        yield "long"
    first = min(t.word_start for t in event.triggers)
    if any(m.kind == "relative" and 0 <= first - m.end <= 20 for m in sentence.links):
        yield "relative"
