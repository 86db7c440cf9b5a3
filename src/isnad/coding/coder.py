"""The road of one report: text → mentions → units → events → claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from isnad.coding.actors import ActorMention, find_mentions
from isnad.coding.attribution import Attribution, Voice, stretch
from isnad.coding.build import events_of
from isnad.coding.claims import to_claim
from isnad.coding.confidence import with_confidence
from isnad.coding.discourse import tell_once
from isnad.coding.document import Document
from isnad.coding.events import Event
from isnad.coding.layout import TELLING, Block, blocks
from isnad.coding.ledger import Ledger, Unclaimed
from isnad.coding.places import PlaceHints, PlaceMention, country_votes, find_places
from isnad.coding.places.words import opens
from isnad.coding.responsibility import claimants, take_responsibility
from isnad.coding.scan import fill
from isnad.coding.sentence import Sentence
from isnad.coding.setting import Setting
from isnad.coding.telling import weigh, why_not
from isnad.coding.weapons import find_weapons
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.knowledge.vocabulary import WordHit, vocabulary
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.numbers import Number, find_numbers
from isnad.language.arabic.sentences import find_sentences
from isnad.language.arabic.times import TimeMention, find_dateline, find_times
from isnad.model import Reading, Report


def read(report: Report) -> Reading:
    """Code one report.

    Every value of the result quotes the report's own words; that is enforced on the way out.
    """
    doc = Document.of(report)
    claims = (with_confidence(to_claim(doc, event)) for event in find_events(doc))
    return Reading(report=report, claims=tuple(claims))


def explain(report: Report) -> tuple[Reading, tuple[Unclaimed, ...]]:
    """Code one report; also the triggers that made no claim, with the reason of each."""
    doc, ledger = Document.of(report), Ledger()
    claims = (with_confidence(to_claim(doc, event)) for event in find_events(doc, ledger))
    reading = Reading(report=report, claims=tuple(claims))
    return reading, ledger.unclaimed(doc)


def find_events(doc: Document, ledger: Ledger | None = None) -> list[Event]:
    """The events of a document, each told once; the ``ledger`` notes what tells none."""
    normal, tokens = doc.normal.text, doc.tokens
    layout = [b for b in blocks(normal) if b.kind in TELLING]
    if not layout:
        return []
    dateline = find_dateline(normal, tokens)
    day = doc.report.published or (dateline.date if dateline else None)
    setting = Setting.of(doc, country_votes(doc), day=day)
    actors = find_mentions(doc, setting)
    blocked = [
        (m.start, m.end) for m in actors
        if (m.kind in ("actor", "outlet", "monitor") or m.role == "titled")
        and not (_is_city(doc, m) and _located(doc, m))
    ]  # fmt: skip
    places = find_places(doc, PlaceHints(countries=dict(setting.countries), blocked=blocked))
    times = find_times(normal, tokens, doc.report.published)
    places = _apart(places, times)
    actors = _no_places(doc, actors, places)
    numbers = [_undated(normal, n, times) for n in find_numbers(normal, tokens)]
    weapons = find_weapons(doc, numbers)
    hits = vocabulary().find(normal)
    events: list[Event] = []

    def line(start: int, end: int) -> Sentence:
        sentence = stretch(start, end)
        sentence.actors.extend(_within(actors, start, end))
        fill(doc, sentence, _hits_within(hits, sentence))
        return sentence

    voice = Voice(doc, line)
    heading: tuple[Sentence, Attribution] | None = None
    for sentence in _sentences(doc, layout):
        for name, mentions in (
            ("actors", actors), ("places", places), ("times", times), ("numbers", numbers),
            ("weapons", weapons),
        ):  # fmt: skip
            getattr(sentence, name).extend(_within(mentions, sentence.start, sentence.end))
        fill(doc, sentence, _hits_within(hits, sentence))
        attribution = voice.attribute(sentence)
        found = events_of(doc, sentence, attribution, ledger)
        take_responsibility(claimants(doc, sentence, attribution), found, events)
        if sentence.block.kind == "head" or _heads(sentence, found):
            heading = (sentence, attribution)
        elif sentence.block.kind == "item" and heading is not None:
            _under(heading, found)
        events.extend(found)
    told = []
    for event in tell_once(doc, events, ledger):
        if weigh(doc, event):
            told.append(event)
        elif ledger is not None:
            ledger.let_go(event.triggers, why_not(event))
    return told


_LOCATIVES = word_list("locatives")


_AFTER_DATELINE = ":-–—/|("


def _located(doc: Document, m: ActorMention) -> bool:
    """Whether a word right before, or its place as a dateline, makes a capital's name a place."""
    normal = doc.normal.text
    if not m.prefix and (not m.word_start or normal[m.word_start - 1] == "\n"):
        after = normal[m.end : m.end + 3].lstrip(" ")
        if after[:1] and after[0] in _AFTER_DATELINE:
            return True
    lead = doc.normal.text[max(0, m.word_start - 12) : m.word_start].split()
    return m.prefix[-1:] == "ب" or (
        bool(lead) and (lead[-1] in _LOCATIVES or opens(lead[-1]))  # «مرفأ بيروت»
    )


@lru_cache(maxsize=512)
def _names_a_city(name: str) -> bool:
    return any(e.kind == "city" for e in gazetteer().lookup(name))


def _is_city(doc: Document, m: ActorMention) -> bool:
    """Whether an actor's name is that of a city that stands for it («كابل», «بورتسودان»)."""
    if "capital" in m.flags:
        return True
    return "weak" in m.flags and _names_a_city(doc.normal.text[m.start : m.end])


def _no_places(
    doc: Document, actors: list[ActorMention], places: list[PlaceMention]
) -> list[ActorMention]:
    """Actors without capitals that are places here («في بغداد», «حي محطة بغداد»)."""
    out = []
    for m in actors:
        if m.kind == "group" and any(p.start <= m.start and m.end <= p.end for p in places):
            continue  # «مزارع الزيتون» are no farmers
        if m.kind == "group" and doc.normal.quote(m.head_start, m.head_end).startswith("أمام"):
            continue  # «أمام مسجد»: in front of it, and no imam
        if _is_city(doc, m):
            covering = [p for p in places if p.start <= m.start and m.end <= p.end]
            if any(p.end - p.start > m.end - m.start for p in covering) or (
                covering and _located(doc, m)
            ):
                continue
        out.append(m)
    return out


def _heads(sentence: Sentence, found: list[Event]) -> bool:
    """Whether a line tells no event but the day of those below («حصاد الثلاثاء 5/12/2017»)."""
    if found or sentence.block.kind not in ("title", "item"):
        return False
    return any(t.kind == "point" for t in sentence.times)


def _under(heading: tuple[Sentence, Attribution], events: list[Event]) -> None:
    """Give the events of a bulletin's line what its heading says of day, place and teller."""
    sentence, attribution = heading
    for event in events:
        if not event.times:
            event.times = [t for t in sentence.times if t.kind in ("point", "since", "until")]
        if not event.places:
            event.places = list(sentence.places)
        if not event.sources:
            event.sources = list(attribution.chain)


def _apart(places: list[PlaceMention], times: list[TimeMention]) -> list[PlaceMention]:
    """Places that are no part of a date («تشرين» is a month and a quarter)."""
    spans = sorted((t.start, t.end) for t in times)
    starts = [s for s, _ in spans]
    out = []
    for p in places:
        i = bisect_left(starts, p.name_end) - 1
        if not (i >= 0 and spans[i][1] > p.name_start):
            out.append(p)
    return out


def _undated(normal: str, n: Number, times: list[TimeMention]) -> Number:
    """A figure whose range seemed to begin with a year («منذ تشرين الأول 2023 إلى 52 شهيدا»)."""
    if n.kind != "count" or n.low is None or n.high is None or n.low == n.high:
        return n
    date = next((t for t in times if t.start <= n.start < t.end < n.end), None)
    if date is None:
        return n
    start = n.end - len(normal[date.end : n.end].split(" ", 2)[-1])
    return replace(n, start=start, value_start=start, low=n.high)


def _within(mentions: list, start: int, end: int) -> list:  # type: ignore[type-arg]
    i = bisect_left(mentions, start, key=lambda m: m.start)
    j = bisect_left(mentions, end, key=lambda m: m.start)
    return [m for m in mentions[i:j] if m.end <= end]


def _hits_within(hits: list[WordHit], sentence: Sentence) -> list[WordHit]:
    i = bisect_left(hits, sentence.start, key=lambda h: h.word_start)
    j = bisect_left(hits, sentence.end, key=lambda h: h.word_start)
    return [h for h in hits[i:j] if h.end <= sentence.end]


def _sentences(doc: Document, layout: list[Block]) -> list[Sentence]:
    """Sentences of the blocks that tell something, numbered through the report."""
    spans = find_sentences(doc.normal.text, doc.tokens)
    out: list[Sentence] = []
    ends = [end for _, end in spans]
    for paragraph, block in enumerate(layout):
        first = bisect_right(ends, block.start)
        for start, end in islice(spans, first, None):
            if start >= block.end:
                break
            out.append(
                Sentence(max(start, block.start), min(end, block.end), block, len(out), paragraph)
            )
    return out
