"""What stands around a reporting word: its subject, its hearer, and where what is told begins.

In: a :class:`View` and a token. Out: tellers and token positions.
"""

from __future__ import annotations

from isnad.coding.attribution.refs import SourceRef
from isnad.coding.attribution.tellers import hearer_at, tellers_at
from isnad.coding.attribution.view import COMMAS, OPENING, QUOTES, THAT, View
from isnad.coding.sentence import Mark
from isnad.knowledge.word_lists import word_list

BETWEEN = word_list("between_verb_and_source")
"""Words that may stand between a reporting verb and its subject."""
RELATIVE = word_list("relative")
OPENERS = THAT | word_list("before_a_source")
"""What may stand before a subject that precedes its verb."""
FAR = 10
CARRY = frozenset(["عن"])
CARRY_FROM = frozenset(["عن", "من"])


def to_subject(view: View, i: int, told_to: list[SourceRef] | None = None) -> int:
    """Past what may stand between a verb and its subject: times, asides, whom it was told to."""
    limit = min(i + FAR, view.last)
    while i < limit:
        token = view.tokens[i]
        heard = hearer_at(view, i) if told_to is not None else None
        if heard is not None and told_to is not None and heard.after > i:
            told_to.append(heard.ref)
            i = heard.after
            continue
        if token.start in view.heads or token.start in view.actors:
            head = view.heads.get(token.start)
            if head is None or head.pos != "paper" or view.text(i - 1) != "في":
                return i
        j = view.skip_time(i)
        if j > i:
            i = j
            continue
        if token.text in COMMAS or token.text in BETWEEN or token.kind == "number":
            i += 1
            continue
        return i
    return i


def subject_before(view: View, at: int) -> list[SourceRef]:
    """A subject before its verb: «المرصد السوري أشار», «وكانت مصادر المرصد قد أفادت»."""
    starts = sorted(
        {o for o in (*view.heads, *view.actors) if o < view.tokens[at].start}, reverse=True
    )
    for start in starts[:6]:
        i = view.index(start)
        opener = i
        while opener > view.first and view.text(opener - 1) in OPENING | frozenset("#_"):
            opener -= 1
        fresh = opener == view.first or view.text(opener - 1) in OPENERS
        fresh = (
            fresh or view.text(opener - 1) in COMMAS or view.tokens[opener - 1].kind == "newline"
        )
        fresh = fresh or view.text(opener - 1) in "|/-–:" or view.tokens[opener].text[:1] == "و"
        fresh = fresh or (opener - 1 == view.first and view.tokens[opener - 1].kind == "mark")
        if not fresh:
            continue
        refs, after = tellers_at(view, i)
        if not refs or after > at:
            continue
        return refs if only_asides(view, after, at) else []
    return []


def only_asides(view: View, i: int, at: int) -> bool:
    """Only asides (a time, a place in the name, قد) between ``i`` and the verb at ``at``."""
    room = 8
    while i < at and room:
        room -= 1
        token = view.tokens[i]
        j = view.skip_time(i)
        if j > i:
            i = j
        elif (
            token.text in COMMAS
            or token.text in QUOTES
            or token.text in BETWEEN
            or token.start in view.places
            or view.text(i - 1) in ("في", "ان")
            or token.text in ("و", "ان")
        ):
            i += 1
        else:
            return False
    return i >= at


def hearer(view: View, i: int) -> tuple[list[SourceRef], int]:
    """Whom a teller told it to, up to where what is told begins."""
    for j in range(i, min(i + 8, view.last)):
        text = view.text(j)
        if text in THAT or text in ".:" or (view.tokens[j].start in view.triggers and j > i):
            break
        found = hearer_at(view, j)
        if found is not None:
            return [found.ref], found.after
        if text in ("عن", "الي"):
            break
    return [], i


def from_whom(view: View, i: int, links: frozenset[str]) -> tuple[list[SourceRef], int]:
    """«نقلت X عن Y (قوله)», «علمت X من Y»: Y."""
    for j in range(i, min(i + 7, view.last)):
        text = view.text(j)
        if text in THAT or text in ".:":
            break
        if text in links and j + 1 < view.last:
            refs, after = tellers_at(view, j + 1)
            if refs:
                return refs, after
            break
        if text == "علي" and view.text(j + 1) == "لسان":
            refs, after = tellers_at(view, j + 2)
            return refs, after
    return [], i


def told(view: View, i: int, kind: str) -> bool:
    """Whether something told follows at ``i``: «أنّ», an event, a figure."""
    for j in range(i, min(i + 8, view.last)):
        token = view.tokens[j]
        if token.text in THAT or token.kind == "number" or token.text in OPENING:
            return True
        if token.start in view.triggers:
            return kind != "party" or not view.triggers[token.start].verbal
    return False


def to_content(view: View, i: int) -> int:
    """Where what is told begins: past times and asides; at «أنّ», a colon, an event or a figure."""
    limit = min(i + 22, view.last)
    for j in range(i, limit):
        token = view.tokens[j]
        if token.text in THAT or token.text == ":" or token.start in view.triggers:
            return j
        if (
            token.text in COMMAS
            and j > i
            and view.text(j + 1) not in THAT
            and not aside(view, j + 1)
        ):
            return j
    return limit


def aside(view: View, i: int) -> bool:
    return i < view.last and (view.skip_time(i) > i or view.text(i) in BETWEEN)


def opens_clause(view: View, i: int) -> bool:
    return view.text(i) in THAT or view.text(i) == ":"


def first(view: View, verb: Mark) -> bool:
    """Whether the verb opens its sentence, «كما» and the like aside."""
    at = view.index(verb.word_start)
    return all(
        view.text(k) in OPENERS or view.tokens[k].kind == "mark" for k in range(view.first, at)
    ) and (at - view.first <= 3)


def fresh(view: View, at: int) -> bool:
    return at == view.first or view.text(at - 1) in COMMAS or view.text(at - 1) in OPENERS


def says_that(view: View, i: int) -> bool:
    """Whether «أنّ» follows, before any other verb of reporting."""
    for k in range(i, min(i + 10, view.last)):
        if view.text(k) in THAT:
            return True
        if k > i and view.tokens[k].start in view.reports:
            return False
    return False


def goes_on(view: View, verb: Mark) -> bool:
    """Whether something told follows a verb that names nobody: «وأضاف أن», «وأشار إلى»."""
    i = view.index(verb.end)
    for j in range(i, min(i + 6, view.last)):
        text = view.text(j)
        if text in THAT or text == ":" or text in OPENING:
            return True
        if text in ("الي", "علي", "عن") and j == i:
            return True
    return verb.kind == "continue"


def fragment(view: View) -> bool:
    """«و4 مواطنين بانهيار مبنى»: a sentence that only adds to the one before it."""
    if view.last - view.first < 2:
        return False
    return view.text(view.first) == "و" and view.tokens[view.first + 1].kind == "number"


def named(refs: list[SourceRef], rule: str) -> list[SourceRef]:
    """Each with a key of its own, until discourse finds who is meant."""
    return [
        SourceRef(
            r.start,
            r.end,
            r.kind,
            f"{rule}: {r.rule}",
            r.teller or str(r.start),
            r.told_by,
            r.definite,
        )
        for r in refs
    ]
