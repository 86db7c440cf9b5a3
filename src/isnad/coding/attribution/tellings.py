"""Acts of telling in one sentence: reporting verbs, «بحسب», «نقلت … عن», a name before a colon.

In: a filled sentence. Out: :class:`Attribution` with one :class:`Telling` for each act and how
far it reaches. Reporting words are ambiguous («نقل المصابون», «رصد», «نشر»): a word counts only
with a teller as its subject, and a weak one only if something told follows.
"""

from __future__ import annotations

from isnad.coding.attribution.refs import Attribution, SourceRef, Telling
from isnad.coding.attribution.tellers import Found, hearer_at, teller_at, tellers_at
from isnad.coding.attribution.view import CLOSING, COMMAS, OPENING, QUOTES, THAT, View
from isnad.coding.document import Document
from isnad.coding.sentence import Mark, Sentence

_BETWEEN = frozenset(
    "من جهته جهتها جهتهم جانبه جانبها جانبهم بدوره بدورها بدورهم ايضا له لها لهم لنا في بيان بيانها بيانه "
    "تصريح تصريحات تصريحاته حديث حديثه وقت سابق لاحق سابقا لاحقا اليوم امس به بها عنه عنها فيه فيها ذلك "
    "خاص خاصه صحفي صحفيه مقتضب قبل بعد قليل ساعات هنا كل عبر قد قناتها قناته لقاء اتصال هاتفي "
    "متلفزه رسمي مساء صباح فجر ظهر الليله الماضيه".split()
)
"""Words that may stand between a reporting verb and its subject."""
_NOT = frozenset("لم ولم فلم لا ولا لن ولن دون".split())
_RELATIVE = frozenset("ما الذي التي الذين اللذين كما حسبما وفقما بحسبما مما كان".split())
_OPENERS = THAT | frozenset(
    "فيما بينما كما لكن حيث كان كانت وكان وكانت الا في حين وفي غير لكن ولكن بل اما عاجل ايضا".split()
)
"""What may stand before a subject that precedes its verb."""
_FAR = 10
_CARRY = frozenset(["عن"])
_CARRY_FROM = frozenset(["عن", "من"])
_ANNOUNCED = frozenset("تعلن يعلن تنشر ينشر تصدر يصدر توضح تكشف تنعي تؤكد يؤكد تقول يقول".split())
_STATE_OF_OTHERS = frozenset(["party", "eyewitness"])


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
        elif verb.kind in ("verb", "continue") and _first(view, verb) and _goes_on(view, verb):
            continues = True
    _reach(view, tellings)
    chain: list[SourceRef] = []
    for t in tellings:
        chain += [r for r in t.chain if r not in chain]
    statement = tellings[0].statement if tellings else None
    open_end = len(tellings) == 1 and doc.normal.text[: sentence.end].rstrip().endswith(":")
    return Attribution(chain, continues or _fragment(view), statement, tellings, [], open_end)


def _telling(view: View, verb: Mark) -> Telling | None:
    if verb.kind == "according":
        return _according(view, verb)
    if verb.kind == "noun":
        return _by_noun(view, verb)
    if verb.kind == "continue" and not _first(view, verb):
        return None
    return _by_verb(view, verb)


def _named(refs: list[SourceRef], rule: str) -> list[SourceRef]:
    """Each with a key of its own, until discourse finds who is meant."""
    return [
        SourceRef(r.start, r.end, r.kind, f"{rule}: {r.rule}", r.teller or str(r.start), r.told_by, r.definite)
        for r in refs
    ]


def _according(view: View, verb: Mark) -> Telling | None:
    """«بحسب X», «وفق ما أعلنت X», «حسب حصيلة نشرتها X»: covers the sentence on both sides."""
    i = view.index(verb.end)
    if view.text(i) == "ما":
        i += 1
    by_verb = i < view.last and view.tokens[i].start in view.reports
    if by_verb:
        i = _to_subject(view, i + 1)
    refs, after = tellers_at(view, i)
    if not refs and by_verb:
        refs = _teller_before(view, verb)
    if not refs:
        return None
    start = view.index(verb.word_start)
    told_to, after = _hearer(view, after)
    outer, after = _from_whom(view, after, _CARRY)
    mouth = view.doc.normal.text[verb.start : verb.end] == "علي لسان"
    chain = _named([*told_to, *refs, *outer], "in the words of" if mouth else "according to")
    return Telling(verb.start, chain, (verb.start, view.tokens[_to_content(view, after) - 1].end),
                   whole=True, conj=verb.conj or start == view.first)  # fmt: skip


def _teller_before(view: View, verb: Mark) -> list[SourceRef]:
    """«أسعف الدفاع المدني المصابين، بحسب ما أعلنه»: who says it is the sentence's own subject."""
    for start in sorted({o for o in (*view.heads, *view.actors) if o < verb.word_start}):
        found = teller_at(view, view.index(start))
        if found is not None and found.ref.kind in ("rescue", "monitor", "medical"):
            return [found.ref]
    return []


def _by_noun(view: View, noun: Mark) -> Telling | None:
    """«بعد إعلان وزارة الدفاع استهداف…»: the noun with its teller right after it."""
    found = teller_at(view, view.index(noun.end))
    if found is None or found.ref.kind == "unnamed":
        return None
    if not _told(view, found.after, found.ref.kind):
        return None
    end = view.tokens[found.after - 1].end
    return Telling(noun.start, _named([found.ref], "act of saying"), (noun.start, end))


def _by_verb(view: View, verb: Mark) -> Telling | None:
    """A reporting verb with a teller as its subject, after it or right before it."""
    at = view.index(verb.word_start)
    before = view.text(at - 1)
    if view.doc.normal.text[verb.word_start : verb.start] not in _VERB_PREFIXES:
        return None
    clitic = _clitic(view.doc.normal.text[verb.start : verb.end])
    if clitic and verb.kind != "claimed":
        # «نفت ما تداولته صفحات»: what is denied is not told by those who spread it
        if before not in _RELATIVE or (before == "ما" and view.text(at - 2) not in _SAYS_WHAT):
            return None
    if before in _NOT or (before == "ان" and view.text(at - 2) in _NOT):
        return None
    told_to: list[SourceRef] = []
    i = _to_subject(view, at + _words(view, verb), told_to)
    refs, after = tellers_at(view, i)
    if refs and i > at + _words(view, verb) + 1 and refs[0].rule == "actor that reports" and not told_to:
        gap = view.doc.normal.text[view.tokens[at].end : view.tokens[i].start]
        if "،" not in gap and len(gap) > 14:
            return None
    if not refs:
        refs = _subject_before(view, at)
        after = at + _words(view, verb)
    if not refs:
        if verb.kind == "carry" or (verb.kind == "verb" and verb.pos != "weak"):
            return _carried(view, verb, after) or _unlisted(view, verb, at)
        return None
    hearers, after = _hearer(view, after)
    carries = verb.kind == "carry" or refs[0].kind in ("outlet", "correspondent", "monitor")
    links = _CARRY_FROM if verb.kind == "carry" else _CARRY
    inner, after = _from_whom(view, after, links) if carries else ([], after)
    if verb.kind == "carry" and not inner:
        return None
    if verb.pos == "that" and not _says_that(view, after):
        return None
    if verb.pos == "weak" and _armed(view, refs[0]) and not _says_that(view, after):
        return None  # «نشر الجيش قواته», «رصد الجيش تحركات»: what armies do
    if verb.pos == "weak" and not (inner or clitic or _told(view, after, refs[0].kind)):
        return None
    if verb.kind == "claimed":
        refs = [r for r in refs if r.kind in ("party", "official")]
        if not refs:
            return None
    if verb.kind == "verb" and not verb.pos and _appeals(view, after):
        return None
    chain = _named([*told_to, *hearers, *refs, *inner], "reporting verb")
    content = _to_content(view, after)
    end = view.tokens[min(content, view.last - 1)].start if content < view.last else view.sentence.end
    trails = content >= view.last or (before in _RELATIVE and not _opens_clause(view, content))
    return Telling(verb.start, chain, (verb.start, end), whole=trails or clitic, conj=verb.conj or _fresh(view, at))


_SAYS_WHAT = COMMAS | frozenset(["علي", "وهو", "هو", "وهذا", "-", "–"])
_VERB_PREFIXES = frozenset(["", "و", "ف", "س", "وس", "فس"])


_ARMED = frozenset("جيش قوات قوه فصايل فصيل طيران شرطه لواء كتيبه كتايب تنظيم مسلحون مقاتلون مقاتلو وحدات".split())


def _armed(view: View, ref: SourceRef) -> bool:
    if ref.kind not in ("official", "party"):
        return False
    return ref.rule == "actor that reports" or view.bare(view.index(ref.start)) in _ARMED


def _says_that(view: View, i: int) -> bool:
    return any(view.text(k) in THAT for k in range(i, min(i + 10, view.last)))


def _clitic(text: str) -> bool:
    """Whether the verb carries its object, so that what it tells stands before it."""
    return len(text) > 4 and text.endswith(("ه", "ها", "هم"))


def _appeals(view: View, i: int) -> bool:
    """«أكد الرئيس دعمه», «شدد على ضرورة»: an opinion, though the rest of the sentence may tell."""
    return view.text(i) == "علي" and view.text(i + 1) in ("ضروره", "اهميه", "وجوب", "حق", "التزام")


def _words(view: View, verb: Mark) -> int:
    return max(1, view.index(verb.end) - view.index(verb.word_start))


def _to_subject(view: View, i: int, told_to: list[SourceRef] | None = None) -> int:
    """Past what may stand between a verb and its subject: times, asides, whom it was told to."""
    limit = min(i + _FAR, view.last)
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
        if token.text in COMMAS or token.text in _BETWEEN or token.kind == "number":
            i += 1
            continue
        return i
    return i


def _subject_before(view: View, at: int) -> list[SourceRef]:
    """A subject before its verb: «المرصد السوري أشار», «وكانت مصادر المرصد قد أفادت»."""
    starts = sorted({o for o in (*view.heads, *view.actors) if o < view.tokens[at].start}, reverse=True)
    for start in starts[:6]:
        i = view.index(start)
        opener = i
        while opener > view.first and view.text(opener - 1) in OPENING | frozenset("#_"):
            opener -= 1
        fresh = opener == view.first or view.text(opener - 1) in _OPENERS
        fresh = fresh or view.text(opener - 1) in COMMAS or view.tokens[opener - 1].kind == "newline"
        fresh = fresh or view.text(opener - 1) in "|/-–:" or view.tokens[opener].text[:1] == "و"
        fresh = fresh or (opener - 1 == view.first and view.tokens[opener - 1].kind == "mark")
        if not fresh:
            continue
        refs, after = tellers_at(view, i)
        if not refs or after > at:
            continue
        return refs if _only_asides(view, after, at) else []
    return []


def _only_asides(view: View, i: int, at: int) -> bool:
    """Only asides (a time, a place in the name, قد) between ``i`` and the verb at ``at``."""
    room = 8
    while i < at and room:
        room -= 1
        token = view.tokens[i]
        j = view.skip_time(i)
        if j > i:
            i = j
        elif token.text in COMMAS or token.text in QUOTES or token.text in _BETWEEN:
            i += 1
        elif token.start in view.places or view.text(i - 1) in ("في", "ان") or token.text in ("و", "ان"):
            i += 1
        else:
            return False
    return i >= at


def _hearer(view: View, i: int) -> tuple[list[SourceRef], int]:
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


def _from_whom(view: View, i: int, links: frozenset[str]) -> tuple[list[SourceRef], int]:
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


def _carried(view: View, verb: Mark, i: int) -> Telling | None:
    """«نقل عن مصدر قوله»: Y, though who carries it is unsaid."""
    if verb.kind != "carry":
        return None
    inner, after = _from_whom(view, view.index(verb.end), _CARRY)
    if not inner:
        return None
    return Telling(verb.start, _named(inner, "carried from"), (verb.start, view.tokens[after - 1].end), conj=True)


_KIN = frozenset("اقارب اقرباء ابناء شقيق والد والده جار جيران سكان اهالي وجهاء الناجين شاهد شهود نجا عمال".split())
_NAMES = frozenset("ابو ابي ام".split())


def _unlisted(view: View, verb: Mark, at: int) -> Telling | None:
    """A subject that no table holds: a quoted name, or a person said to have been there."""
    i = _to_subject(view, at + _words(view, verb))
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
    hearers, after = _hearer(view, j)
    if not witness and not (hearers and _told(view, after, "eyewitness")):
        return None
    if view.text(words[0]).startswith("ال") and not witness:
        return None
    ref = SourceRef(view.tokens[words[0]].start, view.tokens[words[-1]].end, "eyewitness", "person by name")
    content = _to_content(view, after)
    end = view.tokens[content - 1].end
    return Telling(verb.start, _named([*hearers, ref], "reporting verb"), (verb.start, end), conj=verb.conj)


def _told(view: View, i: int, kind: str) -> bool:
    """Whether something told follows at ``i``: «أنّ», an event, a figure."""
    for j in range(i, min(i + 8, view.last)):
        token = view.tokens[j]
        if token.text in THAT or token.kind == "number" or token.text in OPENING:
            return True
        if token.start in view.triggers:
            return kind != "party" or not view.triggers[token.start].verbal
    return False


def _to_content(view: View, i: int) -> int:
    """Where what is told begins: past times and asides; at «أنّ», a colon, an event or a figure."""
    limit = min(i + 22, view.last)
    for j in range(i, limit):
        token = view.tokens[j]
        if token.text in THAT or token.text == ":" or token.start in view.triggers:
            return j
        if token.text in COMMAS and j > i and view.text(j + 1) not in THAT and not _aside(view, j + 1):
            return j
    return limit


def _aside(view: View, i: int) -> bool:
    return i < view.last and (view.skip_time(i) > i or view.text(i) in _BETWEEN)


def _opens_clause(view: View, i: int) -> bool:
    return view.text(i) in THAT or view.text(i) == ":"


def _first(view: View, verb: Mark) -> bool:
    """Whether the verb opens its sentence, «كما» and the like aside."""
    at = view.index(verb.word_start)
    return all(view.text(k) in _OPENERS or view.tokens[k].kind == "mark" for k in range(view.first, at)) and (
        at - view.first <= 3
    )


def _fresh(view: View, at: int) -> bool:
    return at == view.first or view.text(at - 1) in COMMAS or view.text(at - 1) in _OPENERS


def _goes_on(view: View, verb: Mark) -> bool:
    """Whether something told follows a verb that names nobody: «وأضاف أن», «وأشار إلى»."""
    i = view.index(verb.end)
    for j in range(i, min(i + 6, view.last)):
        text = view.text(j)
        if text in THAT or text == ":" or text in OPENING:
            return True
        if text in ("الي", "علي", "عن") and j == i:
            return True
    return verb.kind == "continue"


def _fragment(view: View) -> bool:
    """«و4 مواطنين بانهيار مبنى»: a sentence that only adds to the one before it."""
    if view.last - view.first < 2:
        return False
    return view.text(view.first) == "و" and view.tokens[view.first + 1].kind == "number"


def _before_colon(view: View) -> Telling | None:
    """A source that opens a line before a colon: «المرصد السوري: …», «مصدر أمني لرويترز: …»."""
    i = view.first
    while i < min(view.first + 3, view.last) and (
        view.tokens[i].kind == "mark" and view.text(i) not in OPENING or view.text(i) in ("عاجل", "بيان", "عن")
    ):  # fmt: skip
        i += 1
    if i < view.last and view.tokens[i].start in view.reports:
        return None
    refs, after = tellers_at(view, i)
    if not refs or refs[0].rule.endswith("(paper)") and refs[0].kind == "unnamed":
        return None
    mention = view.actors.get(view.tokens[i].start)
    if mention is not None and {"capital", "state"} & mention.flags:
        return None  # «بغداد: …» is where, not who
    told_to, after = _hearer(view, after)
    for j in range(after, min(after + 5, view.last)):
        text = view.text(j)
        if text == ":" or (text == "|" and j == after):
            end = view.tokens[j].end
            chain = _named([*told_to, *refs], "before a colon")
            return Telling(view.tokens[i].start, chain, (view.sentence.start, end), whole=True, conj=True)
        if view.tokens[j].start in view.triggers and text not in _ANNOUNCED:
            return None
    return None


def _add(tellings: list[Telling], t: Telling) -> None:
    """Join «نقلاً عن» to the outlet before it; put any other telling beside the earlier ones."""
    if tellings and t.whole and not tellings[-1].whole and t.chain[0].rule.startswith(("according", "in the words")):
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


__all__ = ["CLOSING", "Found", "attribute"]
