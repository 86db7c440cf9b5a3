"""Noun phrases that name a teller: where one begins, how far it goes, and of what kind it is.

In: a :class:`View` and a token. Out: :class:`SourceRef` and the token after it. A teller is a noun
of ``data/sources/heads.csv`` with its name and adjectives, an actor, or an unknown quoted name.
"""

from __future__ import annotations

from typing import NamedTuple

from isnad.coding.actors import ActorMention
from isnad.coding.attribution.kinds import kind_of
from isnad.coding.attribution.names import HEARERS, definite_noun, extent, whose
from isnad.coding.attribution.refs import SourceRef
from isnad.coding.attribution.view import CLOSING, OPENING, THAT, View
from isnad.coding.sentence import Mark
from isnad.knowledge.word_lists import word_list

_ONE_OF = word_list("one_of")
_NO_OUTLET = word_list("no_outlet")


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
    if head is not None and not _misread(view, head, mention):
        return _from_head(view, first, i, head, mention)
    if mention is not None and (kind := kind_of(mention)) is not None:
        begin = mention.start if first == i else view.tokens[first].start
        ref = SourceRef(begin, mention.end, kind, "actor that reports", told_by=mention.id,
                        definite="anaphor" in mention.flags)  # fmt: skip
        return Found(ref, view.index(mention.end))
    if opened:
        return _quoted(view, first)
    return None


def _misread(view: View, head: Mark, mention: ActorMention | None) -> bool:
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
    end, after, complement = extent(view, head)
    whole_name = after == view.index(head.end) and head.pos in ("bare", "speaker")
    if mention is not None and mention.end > end and not whole_name:
        end, after = mention.end, view.index(mention.end)
    if head.pos in ("speaker", "paper", "figure"):
        inner = whose(view, head, complement, end)
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
    elif (prefix.endswith("ال") and not lam) or (lam and prefix.endswith("لل")):
        begin = head.start - 2
    definite = head.pos == "bare" or definite_noun(view.doc.normal.text, head)
    alone = after - i == 1 or view.text(i + 1) in ("نفسه", "نفسها", "ذاته", "ذاتها", "عينه")
    ref = SourceRef(begin, end, kind, f"source noun ({head.pos})", told_by=told_by,
                    definite=definite and alone)  # fmt: skip
    return Found(ref, after)


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
            refs[-1] = SourceRef(
                last.start, more.ref.end, more.ref.kind, "source nouns of one phrase"
            )
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
        return found if found is not None and found.ref.kind in HEARERS else None
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
        if found is not None and (found.ref.kind in HEARERS or own):
            return found
    return None
