"""Acts of telling in one sentence: reporting verbs, «بحسب», «نقلت … عن», a name before a colon.

In: a filled sentence. Out: :class:`Attribution` with one :class:`Telling` for each act and how
far it reaches.
"""

from __future__ import annotations

from isnad.coding.attribution.around import (
    CARRY,
    first,
    fragment,
    from_whom,
    goes_on,
    hearer,
    named,
    to_content,
    to_subject,
    told,
)
from isnad.coding.attribution.refs import Attribution, SourceRef, Telling
from isnad.coding.attribution.tellers import teller_at, tellers_at
from isnad.coding.attribution.verbs import by_verb
from isnad.coding.attribution.view import OPENING, View
from isnad.coding.document import Document
from isnad.coding.sentence import Mark, Sentence
from isnad.knowledge.word_lists import word_list

_HOSPITALS = word_list("hospitals")
_ANNOUNCED = word_list("announced")


def attribute(doc: Document, sentence: Sentence) -> Attribution:
    """The attribution of one sentence by its own words."""
    colon = doc.normal.text.find(":", sentence.start, sentence.end)
    if not sentence.reports and colon < 0:
        return Attribution([])
    view = View(doc, sentence)
    tellings: list[Telling] = []
    continues = False
    done = sentence.start
    if colon >= 0 and (headed := _before_colon(view)) is not None:
        tellings.append(headed)
        done = headed.statement[1]
    for verb in sorted(view.reports.values(), key=lambda m: m.start):
        if verb.word_start < done:
            continue
        telling = _telling(view, verb)
        if telling is not None:
            _add(tellings, telling)
            done = max([done, *(ref.end for ref in telling.chain if ref.start >= verb.start)])
        elif verb.kind in ("verb", "continue") and first(view, verb) and goes_on(view, verb):
            continues = True
    _reach(view, tellings)
    chain: list[SourceRef] = []
    for t in tellings:
        chain += [r for r in t.chain if r not in chain]
    statement = tellings[0].statement if tellings else None
    open_end = len(tellings) == 1 and doc.normal.text[: sentence.end].rstrip().endswith(":")
    return Attribution(chain, continues or fragment(view), statement, tellings, [], open_end)


def _telling(view: View, verb: Mark) -> Telling | None:
    if verb.kind == "according":
        return _according(view, verb)
    if verb.kind == "noun":
        return _by_noun(view, verb)
    if verb.kind == "continue" and not first(view, verb):
        return None
    return by_verb(view, verb)


def _according(view: View, verb: Mark) -> Telling | None:
    """«بحسب X», «وفق ما أعلنت X», «حسب حصيلة نشرتها X»: covers the sentence on both sides."""
    i = view.index(verb.end)
    if view.text(i) == "ما":
        i += 1
    spoken = i < view.last and view.tokens[i].start in view.reports
    if spoken:
        i = to_subject(view, i + 1)
    refs, after = tellers_at(view, i)
    if not refs and spoken:
        refs, _ = from_whom(view, i, CARRY)  # «حسب بيان صدر عن X»
        refs = refs or _teller_before(view, verb)
    if not refs:
        return None
    start = view.index(verb.word_start)
    told_to, after = hearer(view, after)
    outer, after = from_whom(view, after, CARRY)
    mouth = view.doc.normal.text[verb.start : verb.end] == "علي لسان"
    outer = [r for r in outer if all(r.start != s.start for s in refs)]
    chain = named([*told_to, *refs, *outer], "in the words of" if mouth else "according to")
    return Telling(verb.start, chain, (verb.start, view.tokens[to_content(view, after) - 1].end),
                   whole=True, conj=verb.conj or start == view.first)  # fmt: skip


def _teller_before(view: View, verb: Mark) -> list[SourceRef]:
    """«أسعف الدفاع المدني المصابين، بحسب ما أعلنه»: who says it is the sentence's own subject."""
    for start in sorted({o for o in (*view.heads, *view.actors) if o < verb.word_start}):
        found = teller_at(view, view.index(start))
        if found is not None and view.text(view.index(start)) in _HOSPITALS:
            continue  # where the hurt are, or what was hit
        if found is not None and found.ref.kind in ("rescue", "monitor", "medical"):
            return [found.ref]
    return []


def _by_noun(view: View, noun: Mark) -> Telling | None:
    """«بعد إعلان وزارة الدفاع استهداف…»: the noun with its teller right after it."""
    found = teller_at(view, view.index(noun.end))
    if found is None or found.ref.kind == "unnamed":
        return None
    if not told(view, found.after, found.ref.kind):
        return None
    end = view.tokens[found.after - 1].end
    return Telling(noun.start, named([found.ref], "act of saying"), (noun.start, end))


def _before_colon(view: View) -> Telling | None:
    """A source that opens a line before a colon: «المرصد السوري: …», «مصدر أمني لرويترز: …»."""
    i = view.first
    while i < min(view.first + 3, view.last) and (
        (view.tokens[i].kind == "mark" and view.text(i) not in OPENING)
        or view.text(i) in ("عاجل", "بيان", "عن")
    ):
        i += 1
    if i < view.last and view.tokens[i].start in view.reports:
        return None
    refs, after = tellers_at(view, i)
    if not refs or (refs[0].rule.endswith("(paper)") and refs[0].kind == "unnamed"):
        return None
    mention = view.actors.get(view.tokens[i].start)
    if mention is not None and {"capital", "state"} & mention.flags:
        return None  # «بغداد: …» is where, not who
    told_to, after = hearer(view, after)
    for j in range(after, min(after + 5, view.last)):
        text = view.text(j)
        if text == ":" or (text == "|" and j == after):
            end = view.tokens[j].end
            chain = named([*told_to, *refs], "before a colon")
            return Telling(
                view.tokens[i].start, chain, (view.sentence.start, end), whole=True, conj=True
            )
        if view.tokens[j].start in view.triggers and text not in _ANNOUNCED:
            return None
    return None


def _add(tellings: list[Telling], t: Telling) -> None:
    """Join «نقلاً عن» to the outlet before it; put any other telling beside the earlier ones."""
    if (
        tellings
        and t.whole
        and not tellings[-1].whole
        and t.chain[0].rule.startswith(("according", "in the words"))
    ):
        last = tellings[-1]
        if t.chain[0].rule.startswith("in the words of") and t.at - last.chain[-1].end < 4:
            last.chain[-1:] = t.chain  # «نفت الحركة على لسان متحدثها»
            return
        if last.chain[-1].kind == "outlet" and t.at - last.statement[1] < 4:
            last.chain += t.chain
            return
    tellings.append(t)


def _reach(view: View, tellings: list[Telling]) -> None:
    """How far each telling speaks: to the next one that stands beside it, or over all of it."""
    start, end = view.sentence.start, view.sentence.end
    for n, t in enumerate(tellings):
        if t.whole:
            t.start, t.end = start, end
            continue
        t.start, t.end = (start if n == 0 and _leads(view, t) else t.at), end
        for later in tellings[n + 1 :]:
            if not later.whole and later.conj:
                t.end = later.at
                break


def _leads(view: View, t: Telling) -> bool:
    """Whether no event stands before the telling, so that the sentence is all its own."""
    return not any(trig.end <= t.at for trig in view.sentence.triggers)
