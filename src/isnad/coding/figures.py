"""Figures: counts joined to the people or things they count, and to the event they belong to.

In: a sentence's numbers, mentions and weapons. Out: casualties, forces and materiel of a unit. A
figure is attached once.
"""

from __future__ import annotations

from bisect import bisect_left

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.events import Count
from isnad.coding.roles import Part, is_armed
from isnad.coding.scan import Sentence, Trig
from isnad.coding.status import negated
from isnad.coding.units import Unit
from isnad.language.arabic.nouns import noun as lookup_noun
from isnad.language.arabic.numbers import Number

_OTHERS = ("اخر", "اخرون", "اخرين", "اخري", "اخران", "اخريات", "اخرا")
_COUNTABLE = frozenset(["exact", "about", "at_least", "at_most", "more_than", "fewer_than", "range", "vague"])
_INHERENT = {
    "abduction": "captured", "detention": "detained", "disappearance": "missing",
    "displacement": "displaced", "execution": "killed", "assassination": "killed",
    "killing": "killed", "accident": "killed",
}  # fmt: skip
_FORCE_TYPES = frozenset(["deployment", "operation", "withdrawal", "siege", "territory_gained"])
_PLURAL_OUTCOME = {"قتلي", "جرحي", "شهداء", "ضحايا", "جثث", "جثامين", "وفيات", "اسري", "رهائن"}


def counted_mentions(doc: Document, sentence: Sentence) -> dict[int, Number]:
    """Numbers by the ``id()`` of the mention they count; a figure whose people are not named
    («العشرات», «550 آخرين») is given a mention of its own, of kind ``count``."""
    out: dict[int, Number] = {}
    extra: list[ActorMention] = []
    text = doc.normal.text
    for n in sentence.numbers:
        if n.kind != "count" or n.exactness not in _COUNTABLE:
            continue
        if any(t.start < n.end and n.start < t.end for t in sentence.times):
            continue
        if any(w.start < (n.noun_end or n.end) and n.start < w.end for w in sentence.weapons):
            continue
        mention = _counted_by(sentence, n, text)
        if mention is not None:
            out.setdefault(id(mention), n)
            continue
        if _outcome_noun_at(sentence, n) is not None:
            continue
        noun = text[n.noun_start : n.noun_end] if n.noun_start is not None and n.noun_end else ""
        if noun and noun not in _OTHERS and not _is_person_noun(n, noun):
            continue
        end = max(n.end, n.noun_end or 0)
        word_start = n.start
        extra.append(
            ActorMention(
                start=n.start, end=end, head_start=n.start, head_end=n.value_end,
                word_start=word_start, kind="count", category="count", number="plural",
                why="a figure whose people are not named",
            )  # fmt: skip
        )
        out[id(extra[-1])] = n
    extra += _others_alone(doc, sentence, extra)
    extra += _person_nouns(doc, sentence, extra)
    extra += _bare_names(doc, sentence, extra)
    if extra:
        sentence.actors = sorted([*sentence.actors, *extra], key=lambda m: m.start)
    return out


def _others_alone(doc: Document, sentence: Sentence, extra: list[ActorMention]) -> list[ActorMention]:
    """«وأصيب آخر»: another one, right after the word that tells what happened to him."""
    out = []
    for t in sentence.triggers:
        if not t.outcome:
            continue
        i = bisect_left(doc.tokens, t.end, key=lambda x: x.start)
        if i >= len(doc.tokens):
            break
        token = doc.tokens[i]
        if token.text in ("اخر", "اخري") and not _overlapped(sentence, extra, token.start, token.end):
            out.append(
                ActorMention(start=token.start, end=token.end, head_start=token.start,
                             head_end=token.end, word_start=token.start, kind="count",
                             category="other", number=1, why="another")
            )  # fmt: skip
    return out


def _person_nouns(doc: Document, sentence: Sentence, extra: list[ActorMention]) -> list[ActorMention]:
    """People by a noun that the knowledge does not list as a group («مهندس», «بائع»): civilians."""
    out = []
    first = bisect_left(doc.tokens, sentence.start, key=lambda t: t.start)
    last = bisect_left(doc.tokens, sentence.end, key=lambda t: t.start)
    for token in doc.tokens[first:last]:
        if token.kind != "word":
            continue
        known = lookup_noun(token.text)
        if known is None or known.category != "person" or known.article:
            continue
        start = token.start + known.offset
        if _overlapped(sentence, extra, token.start, token.end) or _known(doc, sentence, token.start, token.end):
            continue
        number = {"singular": 1, "dual": 2}.get(known.form, "plural")
        out.append(
            ActorMention(start=start, end=token.end, head_start=start, head_end=token.end,
                         word_start=token.start, prefix=token.text[: known.offset], actor="civilians",
                         kind="group", category="group", number=number, gender=known.gender,
                         why="people by a noun, not said to be armed")
        )  # fmt: skip
    return out


_NAME_STOPS = frozenset(
    "في من علي الي عن مع بعد قبل خلال جراء اثر نتيجه بسبب اثناء الذي التي حيث فيما بينما كما ما مما وسط "
    "داخل قرب بين ضد لدي عند امس اليوم فجر مساء صباح ظهر ليل احد كل جميع بعض اي هذا هذه تحت دون بدون وهو وهي "
    "ان لم لا قد او ثم اذ حتي منذ عبر حول باتجاه نحو".split()
)
_NAMING_TYPES = frozenset(["abduction", "detention", "assassination", "execution", "release"])


def _bare_names(doc: Document, sentence: Sentence, extra: list[ActorMention]) -> list[ActorMention]:
    """A person by bare name after what befell him: «مقتل هاني الحمود», «اعتقال "فلان"».

    Someone not said to be armed is a civilian (GUIDELINES, finer rule 4).
    """
    out: list[ActorMention] = []
    tokens = doc.tokens
    for t in sentence.triggers:
        told = t.outcome and t.role == "outcome" or t.entry.type in _NAMING_TYPES and t.role != "raid"
        if not told or t.enclitic:
            continue
        i = bisect_left(tokens, t.end, key=lambda x: x.start)
        first = last = None
        for token in tokens[i : i + 8]:
            if token.start >= sentence.end:
                break
            if token.text in ('"', "“", "”", "«", "»", "(", ")") and (first is None or last is not None):
                continue
            if token.kind != "word" or token.text in _NAME_STOPS or _known(doc, sentence, token.start, token.end):
                break
            if token.text[:1] in "وبلف" and token.text[1:] in _NAME_STOPS:
                break
            first = token if first is None else first
            last = token
        if first is None or last is None or last is first:
            continue
        if _overlapped(sentence, [*extra, *out], first.start, last.end):
            continue
        if first.text.startswith("ال") or lookup_noun(first.text) is not None:
            continue
        out.append(
            ActorMention(start=first.start, end=last.end, head_start=first.start, head_end=first.end,
                         word_start=first.start, kind="person", category="person", number=1,
                         actor="civilians", why="a person by name, not said to be armed")
        )  # fmt: skip
    return out


def _known(doc: Document, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word is already something else: a trigger, a mark, a place, a time, a weapon."""
    pools = (sentence.triggers, sentence.links, sentence.prepositions, sentence.reports, sentence.places,
             sentence.times, sentence.weapons, sentence.numbers, sentence.things, sentence.actors)  # fmt: skip
    return any(m.start < end and start < m.end for pool in pools for m in pool)


def _overlapped(sentence: Sentence, extra: list[ActorMention], start: int, end: int) -> bool:
    return any(m.start < end and start < m.end for m in [*sentence.actors, *extra])


def _is_person_noun(n: Number, noun: str) -> bool:
    known = lookup_noun(noun)
    if known is None:
        return noun.endswith(("ين", "ون", "ات", "ا"))
    return known.category == "person"


def _counted_by(sentence: Sentence, n: Number, text: str) -> ActorMention | None:
    for m in sentence.actors:
        if m.start <= n.start < m.end or (n.noun_start is not None and m.start <= n.noun_start < m.end):
            return m
        if 0 <= m.word_start - n.end <= 4 and text[n.end : m.word_start].strip() in ("", "من"):
            return m
    return None


def _outcome_noun_at(sentence: Sentence, n: Number) -> Trig | None:
    for t in sentence.triggers:
        if t.role == "outcome_noun" and (
            (n.noun_start is not None and n.noun_start <= t.start < (n.noun_end or 0))
            or 0 <= t.word_start - n.end <= 2
            or n.start <= t.start < n.end
        ):
            return t
    return None


def mention_count(m: ActorMention, numbers: dict[int, Number]) -> tuple[int | None, int | None, int, int]:
    """``(low, high, start, end)`` of a mention: its figure, or what its noun's number tells."""
    n = numbers.get(id(m))
    if n is not None:
        start, end = min(n.start, m.start), max(n.end, m.end)
        return _whole(n.low), _whole(n.high), start, end
    if m.number in (1, 2):
        return int(m.number), int(m.number), m.start, m.end
    if m.number == "plural":
        return 2, None, m.start, m.end
    return 1, 1, m.start, m.end


def _whole(x: float | int | None) -> int | None:
    return None if x is None else int(x)


def casualties(
    doc: Document, unit: Unit, parts: list[Part], numbers: dict[int, Number], kind: str
) -> list[Count]:
    """The people harmed in a unit, in text order."""
    out: list[Count] = []
    taken: set[int] = set()
    text = doc.normal.text
    sentence = unit.sentence
    for t in unit.triggers:
        if t.role != "outcome_noun" or negated(unit, t) or not _fits(t, kind):
            continue
        count = _of_outcome_noun(doc, sentence, t, numbers)
        follower = next((p for p in parts if 0 <= p.mention.start - t.end <= 8 and p.role == "victim"), None)
        inside = next((p for p in parts if p.mention.start <= t.start < p.mention.end), None)
        if count is None or ("number" in t.entry.needs and count.rule == "by the noun's number"):
            continue
        owner = inside or follower
        if owner is not None:
            own_number = numbers.get(id(owner.mention))
            if own_number is not None and count.rule == "by the noun's number":
                low, high, start, end = mention_count(owner.mention, numbers)
                count = Count(min(start, t.start), end, low, high, owner.mention.id, "figure after the noun", t.outcome or "")
            count.actor = owner.mention.id
            taken.add(id(owner.mention))
        elif text[t.start : t.end].startswith(("شهيد", "شهداء", "الشهداء")):
            count.actor = "civilians"
        out.append(count)
    previous: str | None = None
    last_outcome: str = ""
    for p in parts:
        m = p.mention
        if id(m) in taken or p.role not in ("victim", "target", "both"):
            continue
        outcome, rule = _outcome_for(unit, p, last_outcome)
        if not outcome:
            continue
        if m.kind in ("actor", "unknown") and id(m) not in numbers and not m.role:
            previous = m.id
            continue  # a party as such is no figure
        if m.kind == "group" and id(m) not in numbers and _definite_plural(text, m):
            previous = m.id
            continue  # «المدنيين»: known people, no new figure
        low, high, start, end = mention_count(m, numbers)
        who = m.id
        if m.kind == "count":
            who = previous
        previous = who or previous
        last_outcome = outcome
        out.append(Count(start, end, low, high, who, rule, outcome))
    mixed = [c for c in out if c.outcome == "killed_or_wounded"]
    out = [c for c in out if c in mixed or not any(m.start <= c.start < m.end for m in mixed)]
    out.sort(key=lambda c: c.start)
    return _once(out)


_HELD_ALREADY = frozenset(["release", "agreement", "negotiation", "protest", "torture", "aid", "operation"])


def _fits(t: Trig, kind: str) -> bool:
    """Whether people by an outcome noun are that outcome of such an event: «6 أسرى» set free are not
    captured by it, «نازحون» shelled not displaced by it."""
    if t.outcome in ("captured", "detained"):
        return kind not in _HELD_ALREADY
    return t.outcome != "displaced" or kind == "displacement"


def _definite_plural(text: str, m: ActorMention) -> bool:
    return m.number == "plural" and text.startswith(("ال", "لل"), m.start)


def _outcome_for(unit: Unit, p: Part, last: str) -> tuple[str, str]:
    """What happened to a part's people: from the outcome word that governs them, or the type."""
    if p.governor.preposition == "part":
        before = [t for t in unit.triggers if t.outcome and t.start < p.mention.start]
        return (before[-1].outcome or "", "part of a toll") if before else (last, "part of a toll")
    trig = p.governor.trigger
    if trig is None or trig not in unit.triggers:
        before = [t for t in unit.triggers if t.start < p.mention.start]
        after = [t for t in unit.triggers if t.start >= p.mention.end]
        trig = before[-1] if before and not (p.rule.endswith("before its verb")) else (after[0] if after else None)
    if trig is None or negated(unit, trig):
        return "", ""
    if trig.outcome and trig.role == "outcome":
        return trig.outcome, f"victim of {trig.entry.id}"
    if trig.role == "outcome_noun":
        return trig.outcome or "", f"counted by {trig.entry.id}"
    inherent = _INHERENT.get(trig.entry.type)
    if inherent and p.role in ("target", "victim"):
        return inherent, f"held or harmed by {trig.entry.id}"
    return "", ""


def _of_outcome_noun(
    doc: Document, sentence: Sentence, t: Trig, numbers: dict[int, Number]
) -> Count | None:
    text = doc.normal.text
    word = text[t.start : t.end]
    for n in sentence.numbers:
        if n.kind == "count" and n.exactness in _COUNTABLE:
            if doc.normal.text[n.value_start : n.value_end] in ("احد", "احدهم"):
                continue
            touches = n.noun_start is not None and n.noun_start <= t.end and t.start < (n.noun_end or 0)
            before = 0 <= t.word_start - n.end <= 2
            mixed = t.outcome == "killed_or_wounded" and 0 <= t.word_start - n.end <= 22
            if touches or before or mixed:
                return Count(n.start, max(n.end, t.end) if not mixed else t.end, _whole(n.low), _whole(n.high), None, f"figure of {t.entry.id}", t.outcome or "")
    if t.definite:
        return None
    if sentence_number_before(doc, t) in ("احد", "بعض"):
        return None
    low, high = _by_form(word, t)
    return Count(t.start, t.end, low, high, None, "by the noun's number", t.outcome or "")


def sentence_number_before(doc: Document, t: Trig) -> str:
    """The word right before a trigger, in normal form."""
    i = bisect_left(doc.tokens, t.word_start, key=lambda x: x.start) - 1
    return doc.tokens[i].text if i >= 0 else ""


def _by_form(word: str, t: Trig) -> tuple[int | None, int | None]:
    if t.outcome == "killed_or_wounded" or word in _PLURAL_OUTCOME or word.endswith("ات"):
        return 2, None
    if word.endswith(("ان", "تين")):
        return 2, 2
    if word.endswith(("ين", "ون")):
        return (2, 2) if word in ("قتيلين", "شهيدين", "جريحين", "اسيرين") else (2, None)
    return 1, 1


def _once(counts: list[Count]) -> list[Count]:
    out: list[Count] = []
    for c in counts:
        clash = next((o for o in out if o.outcome == c.outcome and o.start < c.end and c.start < o.end), None)
        if clash is None:
            out.append(c)
    return out


def forces(unit: Unit, kind: str, parts: list[Part], numbers: dict[int, Number]) -> list[Count]:
    """People deployed or taking part: counted initiators."""
    out = []
    for p in parts:
        if p.role not in ("initiator", "both") or id(p.mention) not in numbers:
            continue
        if kind in _FORCE_TYPES or is_armed(p.mention):
            low, high, start, end = mention_count(p.mention, numbers)
            out.append(Count(start, end, low, high, p.mention.id, "counted initiator"))
    return out


def materiel(unit: Unit, initiators: list[Part]) -> list[Count]:
    """Weapons and equipment named in the unit's stretch."""
    out = []
    for w in unit.sentence.weapons:
        if not unit.start <= w.start < unit.end:
            continue
        names_actor = any(p.mention.start <= w.start < p.mention.end for p in initiators)
        if names_actor and w.item == "aircraft":
            continue  # the aircraft only names the author (GUIDELINES, finer rule 9)
        out.append(Count(w.start, w.end, w.low, w.high, None, w.why, item=w.item))
    return out
