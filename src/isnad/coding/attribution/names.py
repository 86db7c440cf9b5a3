"""How far a teller's name goes, and whom a spokesman or a statement speaks for.

In: a :class:`View` and the mark of a source noun. Out: offsets, and the actor within the phrase.
"""

from __future__ import annotations

from isnad.coding.attribution.kinds import kind_of
from isnad.coding.attribution.refs import SourceRef
from isnad.coding.attribution.view import CLOSING, OPENING, QUOTES, THAT, View
from isnad.coding.sentence import Mark
from isnad.knowledge.word_lists import word_list

_LONGEST = 9
_STOP = THAT | word_list("name_ends")
_PLACE_TAIL = word_list("name_place")
_LINKS = word_list("name_links")
_MADE_BY = ("ها", "ه", "نا")


def definite_noun(text: str, head: Mark) -> bool:
    return text[head.word_start : head.start].endswith(("ال", "لل")) or text.startswith(
        ("ال", "لل"), head.start
    )


def extent(view: View, head: Mark) -> tuple[int, int, SourceRef | None]:
    """Where the name that ``head`` opens ends: offset, token after it, and the actor within."""
    end = head.end
    i = start = view.index(head.end)
    text_of = view.doc.normal.text
    complement: SourceRef | None = None
    if head.pos == "bare" or (head.pos == "speaker" and text_of[:end].endswith(("ها", "هم"))):
        return end, i, None
    definite = definite_noun(text_of, head)
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
        if _to_hearer(view, i):
            break
        if here is not None and here.kind not in ("group", "count"):
            if here.prefix.endswith(("ل", "ب")) and here.kind in ("outlet", "monitor"):
                break
            if here.prefix[:1] in ("و", "ف") and here.prefix:
                break
            kind = kind_of(here)
            if kind is not None and complement is None:
                complement = SourceRef(
                    here.start, here.end, kind, "actor that reports", told_by=here.id
                )
            end, i = here.end, max(i + 1, view.index(here.end))
            continue
        if inner is not None:
            prefix = text_of[inner.word_start : inner.start]
            if prefix[:1] in ("و", "ف") or (prefix.startswith("ل") and inner.kind in HEARERS):
                break
            if complement is None and inner.kind != "unnamed":
                complement = SourceRef(inner.start, inner.end, inner.kind, "source noun")
            end, i = inner.end, max(i + 1, view.index(inner.end))
            continue
        if token.start in view.reports or token.start in view.times:
            break
        if (
            definite
            and head.pos == "head"
            and not text.startswith(("ال", "لل"))
            and text not in _LINKS
        ):
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
        lam = text == "ل" or (text[0] == "ل" and len(text) > 3 and not text.startswith("لل"))
        if lam and (view.text(i + 1) in OPENING or i > start + 3):
            break
        end, i = token.end, i + 1
    while i - 1 > start and view.text(i - 1) in _PLACE_TAIL:  # «في» with nothing after it
        i -= 1
        end = view.tokens[i - 1].end
    return end, i, complement


HEARERS = frozenset(["outlet", "correspondent", "monitor"])


def _closed(view: View, i: int, end: int) -> tuple[int, int]:
    """Past the quotation or bracket that opens at ``i`` if it holds a name, else ``i`` itself."""
    mark = view.text(i)
    for j in range(i + 1, min(i + 7, view.last)):
        text = view.text(j)
        if (text in CLOSING and (text != '"' or mark == '"')) or (text in "“”" and mark in "“”"):
            return view.tokens[j].end, j + 1
        if text in THAT or text == ":" or (text == "." and not _within_name(view, j)):
            break
    return end, i


def _within_name(view: View, dot: int) -> bool:
    """Whether a full stop stands inside a name («السورية.نت»): no blank on either side."""
    before, stop, after = view.tokens[dot - 1], view.tokens[dot], view.tokens[dot + 1]
    return before.end == stop.start and stop.end == after.start


def whose(view: View, head: Mark, complement: SourceRef | None, end: int) -> SourceRef | None:
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
        if head.pos == "speaker" and _to_hearer(view, i):
            return None  # «ناشطون لمراسل X»: whom they told, not whom they speak for
        here = view.actors.get(token.start)
        if here is not None and (kind := kind_of(here)) is not None:
            return SourceRef(here.start, here.end, kind, "actor that reports", told_by=here.id)
        inner = view.heads.get(token.start)
        if inner is not None and inner.conj and inner.start > inner.word_start:
            return None  # «ناشطون وأطباء»: beside them, not whose they are
        if inner is not None and not (inner.word_start == inner.start and text[0] == "و"):
            found_end, _, _ = extent(view, inner)
            return SourceRef(inner.start, found_end, inner.kind, "source noun")
        made = token.start in view.reports and text.endswith(_MADE_BY)
        if not (text in _LINKS or made or (head.pos in ("paper", "figure") and _adjective(text))):
            return None
        i += 1
    return None


def _to_hearer(view: View, i: int) -> bool:
    """Whether «لـX» at ``i`` is whom it was told to, where no more of the name can follow."""
    token = view.tokens[i]
    if token.text == "ل":
        return view.text(i + 1) in OPENING or view.tokens[i].end + 1 in view.heads
    if not token.text.startswith("ل"):
        return False
    head, mention = view.heads.get(token.start), view.actors.get(token.start)
    if head is not None and head.kind in HEARERS | {"local"}:
        lam = head.start > head.word_start or view.doc.normal.text.startswith("لل", head.start)
        return lam and (head.kind != "local" or token.text.startswith("لل"))
    return mention is not None and mention.prefix.endswith("ل") and kind_of(mention) in HEARERS


def _adjective(text: str) -> bool:
    return text in ("بها", "له", "لها") or text.endswith(("يه", "ي", "ه", "ها", "نا"))
