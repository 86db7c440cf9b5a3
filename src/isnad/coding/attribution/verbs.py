"""Reporting verbs: a telling where a verb has a teller as its subject.

In: a :class:`View` and the mark of a verb. Out: a :class:`Telling` or ``None``. The verbs are
ambiguous («نقل المصابون», «نشر الجيش قواته»): see ``scope`` in ``reporting.csv``.
"""

from __future__ import annotations

from isnad.coding.attribution.around import (
    CARRY,
    CARRY_FROM,
    RELATIVE,
    fresh,
    from_whom,
    hearer,
    named,
    opens_clause,
    says_that,
    subject_before,
    to_content,
    to_subject,
    told,
)
from isnad.coding.attribution.refs import SourceRef, Telling
from isnad.coding.attribution.tellers import hearer_at, tellers_at
from isnad.coding.attribution.view import COMMAS, THAT, View
from isnad.coding.sentence import Mark
from isnad.knowledge.word_lists import word_list

_NOT = word_list("negations")
_OBSERVED = word_list("observed")


def by_verb(view: View, verb: Mark) -> Telling | None:
    """A reporting verb with a teller as its subject, after it or right before it."""
    at = view.index(verb.word_start)
    before = view.text(at - 1)
    if view.doc.normal.text[verb.word_start : verb.start] not in _VERB_PREFIXES:
        return None
    if verb.kind == "accuse" and view.doc.normal.text.startswith("ن", verb.start):
        return None  # «نحمّل X المسؤولية»: the writer says it, and X is the accused
    clitic = _clitic(view.doc.normal.text[verb.start : verb.end])
    # «نفت ما تداولته صفحات»: what is denied is not told by those who spread it
    of_others = before == "ما" and view.text(at - 2) not in _SAYS_WHAT
    if clitic and verb.kind != "claimed" and (before not in RELATIVE or of_others):
        return None
    if before in _NOT or (before == "ان" and view.text(at - 2) in _NOT):
        return None
    told_to: list[SourceRef] = []
    i = to_subject(view, at + _words(view, verb), told_to)
    refs, after = tellers_at(view, i)
    if verb.kind == "accuse" and (accuser := subject_before(view, at)):
        refs, after = accuser, at + _words(view, verb)  # «X تتهم Y»: Y is the accused
    if (
        refs
        and i > at + _words(view, verb) + 1
        and refs[0].rule == "actor that reports"
        and not told_to
    ):
        gap = view.doc.normal.text[view.tokens[at].end : view.tokens[i].start]
        if "،" not in gap and len(gap) > 14:
            return None
    if not refs:
        refs = subject_before(view, at)
        after = at + _words(view, verb)
    if not refs:
        if verb.kind == "carry" or (verb.kind == "verb" and verb.pos != "weak"):
            return _carried(view, verb) or _unlisted(view, verb, at)
        return None
    hearers, after = hearer(view, after)
    carries = verb.kind == "carry" or refs[0].kind in ("outlet", "correspondent", "monitor")
    links = CARRY_FROM if verb.kind == "carry" else CARRY
    inner, after = from_whom(view, after, links) if carries else ([], after)
    if verb.kind == "carry" and not inner:
        return None
    if verb.pos == "that" and not says_that(view, after):
        return None
    if verb.pos == "weak" and _armed(view, refs[0]) and not says_that(view, after):
        return None  # «نشر الجيش قواته», «رصد الجيش تحركات»: what armies do
    if verb.pos == "weak" and not (inner or clitic or told(view, after, refs[0].kind)):
        return None
    if verb.kind == "claimed":
        refs = [r for r in refs if r.kind in ("party", "official")]
        if not refs:
            return None
    if verb.kind == "verb" and not verb.pos and _appeals(view, after):
        return None
    chain = named([*told_to, *hearers, *refs, *inner], "reporting verb")
    content = to_content(view, after)
    end = (
        view.tokens[min(content, view.last - 1)].start if content < view.last else view.sentence.end
    )
    trails = content >= view.last or (before in RELATIVE and not opens_clause(view, content))
    return Telling(
        verb.start,
        chain,
        (verb.start, end),
        whole=trails or clitic,
        conj=verb.conj or fresh(view, at),
        observed=view.doc.normal.text[verb.start : verb.end] in _OBSERVED,
    )


_SAYS_WHAT = COMMAS | frozenset(["علي", "وهو", "هو", "وهذا", "-", "–"])
_VERB_PREFIXES = frozenset(["", "و", "ف", "س", "وس", "فس"])
_ARMED = word_list("armed_heads")


def _armed(view: View, ref: SourceRef) -> bool:
    if ref.kind not in ("official", "party"):
        return False
    return ref.rule == "actor that reports" or view.bare(view.index(ref.start)) in _ARMED


def _clitic(text: str) -> bool:
    """Whether the verb carries its object, so that what it tells stands before it."""
    return len(text) > 4 and text.endswith(("ه", "ها", "هم"))


def _appeals(view: View, i: int) -> bool:
    """«أكد الرئيس دعمه», «شدد على ضرورة»: an opinion, though the rest of the sentence may tell."""
    return view.text(i) == "علي" and view.text(i + 1) in ("ضروره", "اهميه", "وجوب", "حق", "التزام")


def _words(view: View, verb: Mark) -> int:
    return max(1, view.index(verb.end) - view.index(verb.word_start))


def _carried(view: View, verb: Mark) -> Telling | None:
    """«نقل عن مصدر قوله»: Y, though who carries it is unsaid."""
    if verb.kind != "carry":
        return None
    inner, after = from_whom(view, view.index(verb.end), CARRY)
    if not inner:
        return None
    return Telling(
        verb.start,
        named(inner, "carried from"),
        (verb.start, view.tokens[after - 1].end),
        conj=True,
    )


_KIN = word_list("kin_and_witnesses")
_NAMES = frozenset(["ابو", "ابي", "ام"])


def _unlisted(view: View, verb: Mark, at: int) -> Telling | None:
    """A subject that no table holds: a quoted name, or a person said to have been there."""
    i = to_subject(view, at + _words(view, verb))
    words = []
    j = i
    witness = view.text(i) in _NAMES
    while j < min(i + 9, view.last):
        text = view.text(j)
        if text in THAT or text in COMMAS or text in ".:" or hearer_at(view, j) is not None:
            break
        if view.tokens[j].kind != "word" or view.tokens[j].start in view.triggers:
            return None
        if text in ("وهو", "وهي", "من", "احد", "احدي"):
            witness = witness or any(view.bare(k) in _KIN for k in range(j, min(j + 4, view.last)))
            break
        words.append(j)
        j += 1
    if not 1 < len(words) <= 4 and not (witness and words):
        return None
    if witness:  # past the apposition: «وهو أحد أقارب المصاب، لمراسل …»
        j = next((k for k in range(j, min(j + 8, view.last)) if view.text(k) in COMMAS), j)
    hearers, after = hearer(view, j)
    if not witness and not (hearers and told(view, after, "eyewitness")):
        return None
    if view.text(words[0]).startswith("ال") and not witness:
        return None
    ref = SourceRef(
        view.tokens[words[0]].start, view.tokens[words[-1]].end, "eyewitness", "person by name"
    )
    content = to_content(view, after)
    end = view.tokens[content - 1].end
    return Telling(
        verb.start, named([*hearers, ref], "reporting verb"), (verb.start, end), conj=verb.conj
    )
