"""Tolls told by outcome nouns: «5 قتلى», «وقوع إصابات», «13 شخصا بين قتيل وجريح».

In: a trigger that names people by what befell them. Out: their count, or nothing where the text
denies them.
"""

from __future__ import annotations

from bisect import bisect_left

from isnad.coding.document import Document
from isnad.coding.events import NAMED, NEW_TOTAL, Count
from isnad.coding.names import names_after
from isnad.coding.people import counts, mention_count, whole
from isnad.coding.sentence import Sentence, Trig
from isnad.coding.status import negated
from isnad.coding.units import Unit
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.nouns import noun as lookup_noun
from isnad.language.arabic.numbers import Number

_PLURAL = word_list("plural_tolls")
_DUAL = word_list("dual_tolls")
_SINGLE = tuple(word_list("single_tolls"))
_BODIES = word_list("bodies")
_BODY = word_list("one_body")
_DIRECT = word_list("on_target")
_SAID = frozenset([*_PLURAL, *_SINGLE, "اصابات"])
_DENIALS = word_list("denials_of_harm")
_DENYING = word_list("denying_harm")
_NEVER_DENY = word_list("no_denials")
_DENIAL_REACH = 4  # words between the denial and what it denies: «لم تسجل حتى الآن أي إصابات»
_TOTAL = word_list("totals")
BY_FORM = "by the noun's number"
"""Rule of a count that only the noun's form tells («قتلى»: two or more)."""
_SUMMED = {
    **dict.fromkeys(word_list("dead_of_a_total"), "killed"),
    **dict.fromkeys(word_list("wounded_of_a_total"), "wounded"),
}
_REACHED = word_list("totals_reach")
_REACH_OF_NAMES = 50
_LIKE_A_YEAR = ("date", "year")
"""Kinds of numbers that a total has reached too («عدد الجرحى إلى 1828»)."""
_REACH_OF_TOTAL = 110
_REACH_BACK = 110


def says_people(doc: Document, t: Trig) -> bool:
    """Whether a trigger names people by their outcome, also inside «سقوط شهيد», «وقوع إصابات»."""
    if t.role == "outcome_noun":
        return not _on_target(doc, t)
    words = doc.normal.text[t.start : t.end].split()
    if t.entry.type == "killing" and len(words) > 1 and words[-1] in _BODIES:
        return True
    if t.role != "outcome" or not t.outcome:
        return False
    if t.pos == "noun" and len(words) == 1:
        return words[0] == "اصابات" and not t.definite and not _on_target(doc, t)
    return len(words) > 1 and words[-1] in _SAID and words[0] != "راح"


def _on_target(doc: Document, t: Trig) -> bool:
    """«حققوا إصابات مباشرة»: what was aimed at was hit; nobody is said to be hurt."""
    if not doc.normal.text[t.start : t.end].split()[-1].startswith("اصاب"):
        return False
    after = doc.normal.text[t.end : t.end + 14].split()
    return bool(after) and after[0] in _DIRECT


def denied(doc: Document, unit: Unit, t: Trig) -> bool:
    """Whether the text says that it did not come to this («ولا إصابات», «عدم سقوط ضحايا»)."""
    if negated(unit, t):
        return True
    i = bisect_left(doc.tokens, t.word_start, key=lambda x: x.start)
    reach = 2 * _DENIAL_REACH if t.pos == "noun" else 1
    for k in range(i - 1, max(i - 1 - reach, -1), -1):
        token = doc.tokens[k]
        if token.kind != "word" or token.start < unit.sentence.start:
            return False
        if token.text in _NEVER_DENY:
            return False
        if any(
            o.start <= token.start < o.end
            for o in unit.sentence.triggers
            if o.role != "light" and o is not t
        ):
            return False
        if token.text in _DENYING:
            return t.pos == "noun"
        if token.text in _DENIALS and i - k <= _DENIAL_REACH:
            return t.pos == "noun" or token.text[-2:] in ("لم", "لا")
    return False


def mixed_verbs(doc: Document, sentence: Sentence, t: Trig) -> bool:
    """«قتل وجرح عدد من المدنيين», «مصرع وإصابة عشرة»: one object, its outcome not parted."""
    text = doc.normal.text
    inner = text[t.start : t.end]
    if t.outcome == "killed" and (" واصابه" in inner or " وجرح" in inner):
        return True
    for o in sentence.triggers:
        if o.role != "outcome" or {o.outcome, t.outcome} != {"killed", "wounded"}:
            continue
        a, b = (o, t) if o.start < t.start else (t, o)
        agreed = a.verbal and text[a.start : a.end].endswith(("وا", "ا"))
        ends = [m.end for m in sentence.actors] + [n.end for n in sentence.numbers]
        subject = a.verbal and any(0 <= a.word_start - end <= 1 for end in ends)
        active = a.pos == b.pos == "present"  # «القذائف تقتل وتصيب خمسة»
        subject = subject and not active
        if b.conj and b.word_start - a.end <= 1 and b is t and not (subject or agreed):
            return True
    return False


def of_outcome_noun(
    doc: Document, sentence: Sentence, t: Trig, numbers: dict[int, Number]
) -> Count | None:
    """The count of the people whom an outcome noun names, None if they are known already."""
    total = _new_total(doc, sentence, t)
    if total is not None:
        return total
    pair = _pair(doc, sentence, t)
    for n in sentence.numbers:
        count = _beside(doc, t, n) if counts(n) else None
        if count is not None:
            if pair == "first":
                count.outcome = "killed_or_wounded"
            return count
    if pair == "second":
        return None
    if doc.normal.text.startswith("بحال", t.word_start):
        return None  # «نُقلوا بحالات اختناق»: how, and not who
    if t.outcome == "killed_or_wounded":
        back = _counted_before(doc, sentence, t, numbers)
        if back is not None:
            return back
    named = _named(doc, sentence, t)
    if named is not None:
        return named
    known = t.definite and doc.normal.text[t.start : t.end].split()[-1] not in _BODIES
    if known or _word_before(doc, t) in ("احد", "بعض"):
        return None
    low, high = _by_form(doc.normal.text[t.start : t.end], t)
    return Count(t.start, t.end, low, high, None, BY_FORM, t.outcome or "")


def _named(doc: Document, sentence: Sentence, t: Trig) -> Count | None:
    """«الشهيد فلان», «بارتقاء الشهيدين فلان وفلان»: those whom names follow.

    Not what is only called after somebody («مخيم الشهيد فلان», «كتائب الشهيد …»).
    """
    if not t.definite or t.enclitic or t.outcome not in ("killed", "wounded"):
        return None
    i = bisect_left(doc.tokens, t.word_start, key=lambda x: x.start)
    before = doc.tokens[i - 1] if i else None
    if before is not None and before.kind == "word" and before.start >= sentence.start:
        told = any(o.outcome and o.word_start <= before.start < o.end for o in sentence.triggers)
        listed = (
            any(
                o.role == "outcome_noun"
                and o.end < before.start
                and t.start - o.end < _REACH_OF_NAMES
                for o in sentence.triggers
            )
            and lookup_noun(before.text) is None
        )
        if not (told or listed):
            return None
    names = names_after(doc, sentence, t.end)
    if not names:
        return None
    end = names[-1][1].end
    low, _ = _by_form(doc.normal.text[t.start : t.end], t)
    number = max(len(names), low or 1)
    start = t.start - 2 if t.prefix.endswith("ال") else t.start
    return Count(start, end, number, number, None, NAMED, t.outcome or "")


def _pair(doc: Document, sentence: Sentence, t: Trig) -> str:
    """«12 قتيلا وجريحا», «عشرات الشهداء والجرحى»: two nouns under one figure; which is ``t``."""
    for a, b in zip(sentence.triggers, sentence.triggers[1:], strict=False):
        if t not in (a, b) or {a.outcome, b.outcome} != {"killed", "wounded"} or not b.conj:
            continue
        words = doc.normal.text[a.start : a.end], doc.normal.text[b.start : b.end]
        figure = next((n for n in sentence.numbers if counts(n) and _touches(a, n)), None)
        if figure is None or b.word_start - a.end > 1:
            continue
        shared = (figure.low or 0) > 10 and all(w.startswith(_SINGLE) for w in words)
        if shared or (a.definite and b.definite and figure.exactness == "vague"):
            return "first" if t is a else "second"
    return ""


def _touches(t: Trig, n: Number) -> bool:
    """Whether a number counts an outcome noun, or stands right before it."""
    if t.conj and t.definite and t.word_start >= n.value_end:
        return False  # «إلى 15 والجرحى إلى 30»
    inside = n.noun_start is not None and n.noun_start <= t.end and t.start < (n.noun_end or 0)
    return inside or 0 <= t.word_start - n.end <= 2


def _beside(doc: Document, t: Trig, n: Number) -> Count | None:
    """The count by a number that touches an outcome noun («5 قتلى», «قتلى عددهم 5» not)."""
    if doc.normal.text[n.value_start : n.value_end] in ("احد", "احدهم"):
        return None
    mixed = t.outcome == "killed_or_wounded" and 0 <= t.word_start - n.end <= 22
    if not (_touches(t, n) or mixed):
        return None
    end = t.end if mixed else max(n.end, t.end)
    return Count(
        n.start, end, whole(n.low), whole(n.high), None, f"figure of {t.entry.id}", t.outcome or ""
    )


def total_of(doc: Document, sentence: Sentence, t: Trig) -> Count | None:
    """«وصل عدد القتلى إلى عشرة»: the figure of a sum that names its people."""
    outcome = _SUMMED.get(doc.normal.text[t.start : t.end].split()[-1], "")
    if t.role != "sum" or not outcome:
        return None
    total = _total_after(doc, sentence, t, outcome)
    if total is not None and any(
        o.role == "outcome_noun" and not o.conj and total.start <= o.start <= total.end + 2
        for o in sentence.triggers
    ):
        return None  # «إلى 4 شهداء»: the noun has its figure
    return total


def _new_total(doc: Document, sentence: Sentence, t: Trig) -> Count | None:
    """«ارتفع عدد الشهداء إلى 12», «حصيلة قتلى القوات … بلغت 341»: the figure after the people."""
    summed = _is_summed(doc, t)
    if not summed and t.conj and t.definite:  # «… القتلى إلى 15 والجرحى إلى 30»
        earlier = [o for o in sentence.triggers if o.end < t.start]
        summed = any(o.role == "sum" or _is_summed(doc, o) for o in earlier)
    return _total_after(doc, sentence, t, t.outcome or "") if summed else None


def _is_summed(doc: Document, t: Trig) -> bool:
    before = _word_before(doc, t)
    return before in _TOTAL or before[1:] in _TOTAL


def _total_after(doc: Document, sentence: Sentence, t: Trig, outcome: str) -> Count | None:
    reached = any(w.removeprefix("و").removeprefix("ف") in _REACHED for w in _lead(doc, t))
    stop = min(
        (o.start for o in sentence.triggers if o.start > t.start and says_people(doc, o)),
        default=sentence.end,
    )
    for n in sentence.numbers:
        if not (counts(n) or n.kind in _LIKE_A_YEAR) or not t.end <= n.start < min(
            stop, t.end + _REACH_OF_TOTAL
        ):
            continue
        lead = doc.normal.text[t.end : n.start].split()
        said = bool(lead) and (
            lead[-1] in ("الي", "بلغ", "بلغت", "ب", "ل") or lead[-1].endswith(":")
        )
        if n.kind in _LIKE_A_YEAR and not (said and lead[-1] == "الي"):
            continue
        if said or (reached and not any(x.start <= n.start < x.end for x in sentence.times)):
            end = max(n.end, n.noun_end or 0)
            who = next((m.id for m in sentence.actors if n.start <= m.start < end), None)
            return Count(n.start, end, whole(n.low), whole(n.high), who, NEW_TOTAL, outcome)
    return None


def _counted_before(
    doc: Document, sentence: Sentence, t: Trig, numbers: dict[int, Number]
) -> Count | None:
    """«13 شخصا من … بين قتيل وجريح»: the people stand before, with no other outcome between."""
    if "بين" not in doc.normal.text[t.start : t.end].split()[:2]:
        return None
    start = max(
        (o.end for o in sentence.triggers if o.end <= t.start and o.outcome and o is not t),
        default=sentence.start,
    )
    start = max(start, t.start - _REACH_BACK)
    counted = [
        m
        for m in sentence.actors
        if start <= m.start and m.end <= t.word_start and id(m) in numbers
    ]
    if not counted:
        return None
    low, high, first, _ = mention_count(counted[-1], numbers)
    return Count(
        first, t.end, low, high, counted[-1].id, f"figure before {t.entry.id}", t.outcome or ""
    )


def _lead(doc: Document, t: Trig) -> list[str]:
    """The two words before a trigger."""
    i = bisect_left(doc.tokens, t.word_start, key=lambda x: x.start)
    return [token.text for token in doc.tokens[max(0, i - 2) : i]]


def _word_before(doc: Document, t: Trig) -> str:
    """The word right before a trigger, in normal form."""
    i = bisect_left(doc.tokens, t.word_start, key=lambda x: x.start) - 1
    return doc.tokens[i].text if i >= 0 else ""


_CASES = ("حالات", "الحالات")  # «حالات اختناق»: in the plural, whatever stands after


def _by_form(word: str, t: Trig) -> tuple[int | None, int | None]:
    if word.startswith(_CASES):
        return 2, None
    word = word if t.role == "outcome_noun" else word.split()[-1]
    if t.outcome == "killed_or_wounded" or word in _PLURAL or word.endswith("ات"):
        return 2, None
    if word.endswith(("ان", "تين")) and word not in _BODY:
        return 2, 2
    if word.endswith(("ين", "ون")):
        return (2, 2) if word in _DUAL - {"مصابين"} else (2, None)
    return 1, 1
