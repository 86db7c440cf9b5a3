"""Names that nobody knows, by shape: «كتيبة X», «صحيفة X», «وزارة X»; places, to pass over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isnad.coding.actors import heads as H
from isnad.coding.actors.part import Part
from isnad.coding.actors.scan import CLOSERS, QUOTES

if TYPE_CHECKING:
    from isnad.coding.actors.phrases import Grammar


def shaped(g: Grammar, part: Part) -> None:
    """A name that nobody knows, by its shape: in quotes, or words in construct."""
    i = part.last
    if i < g.size and g.tokens[i].text in QUOTES:
        j = i + 1
        while j < g.size and j - i < 8 and g.tokens[j].text not in CLOSERS:
            if g.tokens[j].kind == "newline":
                return
            j += 1
        if i + 1 < j < g.size and j - i < 8:
            part.shape, part.last = (i + 1, j), j + 1
        return
    numbered = i < g.size and g.tokens[i].kind == "number" and g.tokens[i].text.isdigit()
    if numbered and part.head is not None and part.head.cls == "unit":
        part.shape, part.last = (i, i + 1), i + 1  # «الكتيبة 166»
        g.adjectives(part, part.last, part.definite)
        return
    if part.definite or part.found.prefix == "ك":
        return
    j = i
    while j < g.size and j - i < 3:
        token = g.tokens[j]
        if token.kind != "word" or token.text in H.STOP or len(token.text) < 3:
            break
        if token.text[0] == "و" and j > i:
            break
        if j in g.s.names or (j in g.s.adjectives and j > i):
            break
        if token.text.startswith(("بال", "لل", "فال", "كال")):
            break
        j += 1
        if token.text.startswith("ال") and not (
            j < g.size and g.tokens[j].text.startswith("ال") and j - i < 2
        ):
            break
    if j > i:
        part.shape, part.last = (i, j), j


def ministry(g: Grammar, part: Part) -> None:
    """«وزارة العدل», «محكمة التمييز»: the definite word after it, and whose it is."""
    word = g.word(part.last)
    if word.startswith("ال") and word not in H.STOP and part.last not in g.s.names:
        part.shape = (part.last, part.last + 1)
        part.last += 1
        g.adjectives(part, part.last, True)


def place(g: Grammar, part: Part) -> Part:
    """A place noun takes the name after it: «حي الجيش» is no army."""
    part.kind = "place"
    i = g.opened(part.last)
    names = g.s.names.get(i, ())
    if names and not names[0].prefix and part.found.last - part.found.first == 1:
        part.last = names[0].last
    return part


def outlet(g: Grammar, part: Part) -> Part:
    """«صحيفة X», «المرصد السوري»: told apart for the sources."""
    assert part.head is not None
    part.kind = part.head.cls
    i = g.opened(part.last)
    names = g.s.names.get(i, ())
    g.adjectives(part, part.last, part.definite)
    if names and not names[0].prefix and names[0].first == i and i >= part.last:
        part.rows = tuple(e.row for e in names[0].entries if e.kind == "a")
        part.last = g.closed(names[0].last, i > part.found.last)
    elif not part.adjectives:
        shaped(g, part)
    return part
