"""Noun phrases that name a teller: where one begins, how far it goes, and of what kind it is.

In: a :class:`View` and a token. Out: :class:`SourceRef` and the token after it. A teller is a noun
of ``data/sources/heads.csv`` with its name and adjectives, an actor, or an unknown quoted name.
"""

from __future__ import annotations

from typing import NamedTuple

from isnad.coding.actors import ActorMention
from isnad.coding.attribution.kinds import kind_of
from isnad.coding.attribution.refs import SourceRef
from isnad.coding.attribution.view import CLOSING, COMMAS, OPENING, QUOTES, THAT, View
from isnad.coding.sentence import Mark

_LONGEST = 9
_STOP = THAT | frozenset(
    "ما التي الذي الذين حيث قوله قولها قولهم عن الي اذ بعد قبل خلال منذ حول اليوم امس علي وان فان قد "
    "عبر تعقيبا بشان ضد لم لا لن هناك نحو وفق بحسب حسب وقد وقال كما فيما بينما مع اثر جراء تجاه كيف "
    "ايضا بذلك ذلك هذا هذه لدي اضافه بدوره بدورها مساء صباح فجر ظهر ليل لاحقا سابقا".split()
)
_PLACE_TAIL = frozenset("في من بريف بمدينه بمحافظه".split())
_ONE_OF = frozenset("احد احدي بعض كل تلك هذه هولاء عدد عده ثلاثه اربعه خمسه احدهم".split())
_LINKS = frozenset("في من لدي باسم عن صادر صادره صدر داخل ضمن مقرب مقربه من المقرب تابع تابعه".split())
_MADE_BY = ("ها", "ه", "نا")
_NO_OUTLET = frozenset("عسكري عسكريه تابع تابعه الانفجار القصف الحادث للجيش اثري".split())


class Found(NamedTuple):
    """A teller and the index of the token after it."""

    ref: SourceRef
    after: int


def teller_at(view: View, i: int) -> Found | None:
    """The teller that begins at token ``i``, quotes and «أحد» before it passed over."""
    start = i
    opened = False
    while i < view.last and (view.text(i) in OPENING or view.text(i) in "#_"):
        opened = True
        i += 1
    if i >= view.last or i - start > 3:
        return None
    first = i
    while view.text(i) in _ONE_OF and view.tokens[i].start not in view.heads and i - first < 3:
        i += 2 if view.text(i + 1) == "من" else 1
    token = view.tokens[i] if i < view.last else None
    if token is None:
        return None
    head = view.heads.get(token.start)
    mention = view.actors.get(token.start)
    if opened and head is not None and head.pos in ("paper", "figure") and (
        quoted := _quoted(view, first)
    ):  # fmt: skip
        return quoted  # «الخبر المقدسي»: a name, whatever its words mean
    if head is not None and not _misread(view, head, mention, i):
        return _from_head(view, first, i, head, mention)
    if mention is not None and (kind := kind_of(mention)) is not None:
        begin = mention.start if first == i else view.tokens[first].start
        ref = SourceRef(begin, mention.end, kind, "actor that reports", told_by=mention.id,
                        definite="anaphor" in mention.flags)  # fmt: skip
        return Found(ref, view.index(mention.end))
    if opened:
        return _quoted(view, first)
    return None


def _misread(view: View, head: Mark, mention: ActorMention | None, i: int) -> bool:
    """A common noun that only looks like a teller's: «موقع عسكري», «شبكة أنفاق»."""
    after = view.index(head.end)
    if head.kind == "outlet" and view.text(after) in _NO_OUTLET:
        return True
    # an armed party's own name says more than its head noun («جبهة», «قيادة»)
    return mention is not None and mention.end > head.end and kind_of(mention) is not None and (
        head.kind in ("party", "unnamed") or (head.kind == "official" and head.pos != "speaker")
    ) and head.pos not in ("paper",)  # fmt: skip


def _from_head(
    view: View, first: int, i: int, head: Mark, mention: ActorMention | None
) -> Found | None:
    kind, told_by = head.kind, None
    end, after, complement = _extent(view, head)
    whole_name = after == view.index(head.end) and head.pos in ("bare", "speaker")
    if mention is not None and mention.end > end and not whole_name:
        end, after = mention.end, view.index(mention.end)
    if head.pos in ("speaker", "paper", "figure"):
        inner = _whose(view, head, complement, end)
        if inner is None and mention is not None and mention.id and (own := kind_of(mention)):
            kind, told_by = own, mention.id
        elif inner is not None:
            if not (inner.kind == "outlet" and head.kind in ("unnamed", "official", "local")):
                kind = inner.kind
            told_by = inner.told_by
            if inner.end > end:
                end, after = inner.end, view.index(inner.end)
            if head.pos == "figure":
                return Found(inner, after)
        elif head.pos == "figure":
            return None
    prefix = view.doc.normal.text[head.word_start : head.start]
    lam = "لل" in prefix or view.doc.normal.text.startswith("لل", head.start)
    begin = head.start
    if first != i:
        begin = view.tokens[first].start
    elif prefix.endswith("ال") and not lam:
        begin = head.start - 2
    elif lam and prefix.endswith("لل"):
        begin = head.start - 2
    definite = head.pos == "bare" or _definite(view.doc.normal.text, head)
    alone = after - i == 1 or view.text(i + 1) in ("نفسه", "نفسها", "ذاته", "ذاتها", "عينه")
    ref = SourceRef(begin, end, kind, f"source noun ({head.pos})", told_by=told_by,
                    definite=definite and alone)  # fmt: skip
    return Found(ref, after)


def _definite(text: str, head: Mark) -> bool:
    return text[head.word_start : head.start].endswith(("ال", "لل")) or text.startswith(
        ("ال", "لل"), head.start
    )


def _extent(view: View, head: Mark) -> tuple[int, int, SourceRef | None]:
    """Where the name that ``head`` opens ends: offset, token after it, and the actor within."""
    end = head.end
    i = start = view.index(head.end)
    text_of = view.doc.normal.text
    complement: SourceRef | None = None
    if head.pos == "bare" or (head.pos == "speaker" and text_of[:end].endswith(("ها", "هم"))):
        return end, i, None
    definite = _definite(text_of, head)
    if head.pos == "name":
        if view.text(i) in CLOSING:
            return view.tokens[i].end, i + 1, None
        if view.text(i) == "(":  # «الدفاع المدني السوري (الخوذ البيضاء)»
            return _closed(view, i, end)[0], _closed(view, i, end)[1], None
        return end, i, None
    while i < view.last and i - start < _LONGEST:
        token = view.tokens[i]
        text = token.text
        if text in ('"', "«", "“", "‹", "("):
            closed, j = _closed(view, i, end)
            if j == i:  # a quotation of speech, not of a name
                break
            end, i = closed, j
            continue
        if text in CLOSING:
            end, i = token.end, i + 1
            continue
        if text in QUOTES or (text in "-–" and i - start < 3 and head.kind == "official"):
            i += 1
            continue
        if token.kind != "word" or text in _STOP or (definite and text == "من"):
            break
        here = view.actors.get(token.start)
        inner = view.heads.get(token.start)
        if text[0] == "ل" and hearer_at(view, i) is not None:
            break
        if here is not None and here.kind not in ("group", "count"):
            if here.prefix.endswith(("ل", "ب")) and here.kind in ("outlet", "monitor"):
                break
            if here.prefix[:1] in ("و", "ف") and here.prefix:
                break
            kind = kind_of(here)
            if kind is not None and complement is None:
                complement = SourceRef(here.start, here.end, kind, "actor that reports", told_by=here.id)
            end, i = here.end, max(i + 1, view.index(here.end))
            continue
        if inner is not None:
            prefix = text_of[inner.word_start : inner.start]
            if prefix[:1] in ("و", "ف") or (prefix.startswith("ل") and inner.kind in _HEARERS):
                break
            if complement is None and inner.kind != "unnamed":
                complement = SourceRef(inner.start, inner.end, inner.kind, "source noun")
            end, i = inner.end, max(i + 1, view.index(inner.end))
            continue
        if token.start in view.reports or token.start in view.times:
            break
        if definite and head.pos == "head" and not text.startswith(("ال", "لل")) and text not in _LINKS:
            break  # «الجيش قواته»: a definite noun goes on only with an adjective or a link
        if token.start in view.triggers and not (
            i == start and head.kind == "outlet" and not definite
        ):  # fmt: skip
            break
        if text[0] == "و" and len(text) > 3:
            break
        if text[0] == "ب" and len(text) > 3 and text != "باسم" and (
            i > start or head.kind != "outlet"
        ):  # fmt: skip
            break
        if text == "ل" or (text[0] == "ل" and len(text) > 3 and not text.startswith("لل")):
            if view.text(i + 1) in OPENING or i > start + 3:
                break
        end, i = token.end, i + 1
    while i - 1 > start and view.text(i - 1) in _PLACE_TAIL:  # «في» with nothing after it
        i -= 1
        end = view.tokens[i - 1].end
    return end, i, complement


_HEARERS = frozenset(["outlet", "correspondent", "monitor"])


def _closed(view: View, i: int, end: int) -> tuple[int, int]:
    """Past the quotation or bracket that opens at ``i`` if it holds a name, else ``i`` itself."""
    mark = view.text(i)
    for j in range(i + 1, min(i + 7, view.last)):
        text = view.text(j)
        if text in CLOSING and (text != '"' or mark == '"') or (text in "“”" and mark in "“”"):
            return view.tokens[j].end, j + 1
        if text in THAT or text in ".:":
            break
    return end, i


def _whose(view: View, head: Mark, complement: SourceRef | None, end: int) -> SourceRef | None:
    """Whom a spokesman or statement speaks for: within the phrase, or right after its link."""
    if complement is not None:
        return complement
    i = view.index(max(end, head.end))
    for _ in range(5):
        if i >= view.last:
            return None
        token = view.tokens[i]
        text = token.text
        if text in OPENING:
            i += 1
            continue
        if head.pos == "speaker" and hearer_at(view, i) is not None:
            return None  # «ناشطون لمراسل X»: whom they told, not whom they speak for
        here = view.actors.get(token.start)
        if here is not None and (kind := kind_of(here)) is not None:
            return SourceRef(here.start, here.end, kind, "actor that reports", told_by=here.id)
        inner = view.heads.get(token.start)
        if inner is not None and not (inner.word_start == inner.start and text[0] == "و"):
            found_end, _, _ = _extent(view, inner)
            return SourceRef(inner.start, found_end, inner.kind, "source noun")
        made = token.start in view.reports and text.endswith(_MADE_BY)
        if not (text in _LINKS or made or (head.pos in ("paper", "figure") and _adjective(text))):
            return None
        i += 1
    return None


def _adjective(text: str) -> bool:
    return text in ("بها", "له", "لها") or text.endswith(("يه", "ي", "ه", "ها", "نا"))


def _quoted(view: View, i: int) -> Found | None:
    """A quoted name of at most five words, of whom nothing is known: an outlet."""
    for j in range(i, min(i + 6, view.last)):
        text = view.text(j)
        if text in CLOSING or text == '"' or text in "“”":
            if j == i:
                return None
            ref = SourceRef(view.tokens[i].start, view.tokens[j - 1].end, "outlet", "quoted name")
            return Found(ref, j + 1)
        if text in THAT or view.tokens[j].kind in ("newline", "number") or text in ".،:":
            return None
    return None


def tellers_at(view: View, i: int) -> tuple[list[SourceRef], int]:
    """The teller at ``i`` and those joined to it by و; «مصادر وشبكات محلية» is one."""
    found = teller_at(view, i)
    if found is None:
        return [], i
    refs, after = [found.ref], found.after
    while after < view.last and len(refs) < 4:
        token = view.tokens[after]
        if token.text in CLOSING or token.text in "_":
            after += 1
            continue
        if not token.text.startswith("و"):
            break
        at = after
        if token.text == "و":
            at += 1
        elif token.start not in view.heads and token.start not in view.actors:
            break
        more = teller_at(view, at)
        if more is None:
            break
        last = refs[-1]
        if last.kind == "unnamed" and len(view.doc.normal.text[last.start : last.end].split()) == 1:
            refs[-1] = SourceRef(last.start, more.ref.end, more.ref.kind, "source nouns of one phrase")
        else:
            refs.append(more.ref)
        after = more.after
    while after < view.last and view.text(after) in CLOSING and view.text(after) != '"':
        after += 1
    return refs, after


def hearer_at(view: View, i: int) -> Found | None:
    """«لمراسل X», «لوكالة Y», «لـ«المتوسط»»: whom it was told to, if that is who passes it on."""
    text = view.text(i)
    if not text.startswith("ل"):
        return None
    if text == "ل":
        found = teller_at(view, i + 1)
        return found if found is not None and found.ref.kind in _HEARERS else None
    token = view.tokens[i]
    head = view.heads.get(token.start)
    mention = view.actors.get(token.start)
    lam_head = head is not None and (
        head.start > head.word_start or view.doc.normal.text.startswith("لل", head.start)
    )
    lam_actor = mention is not None and mention.prefix.endswith("ل")
    if lam_head or lam_actor:
        found = teller_at(view, i)
        own = text.startswith("لل") and found is not None and found.ref.kind == "local"
        if found is not None and (found.ref.kind in _HEARERS or own):
            return found
    return None


__all__ = ["COMMAS", "Found", "hearer_at", "teller_at", "tellers_at"]
