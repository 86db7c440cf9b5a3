"""Persons by rank or office, what they belong to, and their names: «القيادي في X أبو Y»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isnad.coding.actors import heads as H
from isnad.coding.actors.part import Part
from isnad.coding.actors.persons import person_name
from isnad.coding.actors.scan import Found
from isnad.coding.places.words import is_forename, readings
from isnad.knowledge.word_lists import word_list

if TYPE_CHECKING:
    from isnad.coding.actors.phrases import Grammar

_OTHER_SENSES = word_list("ranks_of_two_senses")
_NAMELESS = word_list("ranks_without_a_name")
_BELONGS = word_list("person_belongs")


def ranked(g: Grammar, found: Found, depth: int) -> Part | None:
    """A rank or office, what it belongs to, and a name: «القيادي في X أبو Y»."""
    rank = g.k.ranks[found.entries[0].row]
    if found.article and g.word(found.last) == "عن" and g.word(found.first - 1).startswith("ال"):
        return None  # «الطيران الروسي المسؤول عن الإسناد»: what the party answers for
    part = Part(found, found.last, "person", role=rank.role, rank=rank.cls, definite=found.article)
    part.word = g.k.lexicon.patterns[found.pattern].removeprefix("ال")
    while True:  # «العميد الركن المهندس»
        more = g.s.ranks.get(part.last, ())
        if more and not more[0].prefix and rank.cls == "military":
            part.last = more[0].last
        else:
            break
    definite = found.article or g.word(part.last - 1).startswith("ال")
    g.adjectives(part, part.last, definite)
    if not part.adjectives and rank.cls != "named":
        belongs(g, part, depth)
    if rank.cls == "office" and part.inner is None and not part.adjectives:
        word = g.word(part.last)
        if word.startswith("ال") and word not in H.STOP and not found.article:
            part.last += 1
            g.adjectives(part, part.last, True)
    name = person_name(g.tokens, part.last, g.s, ranked=found.article)
    if name is not None and rank.cls == "named" and name[2] == name[1] and name[1] - name[0] < 2:
        name = None  # one bare word after «الشاب» is rather no name
    if name is not None:
        part.shape, part.last = (name[0], name[1]), name[2]
    if rank.cls == "named" and part.shape is None:
        return None
    if rank.note == "titled":
        end = _end_of_man(g, name) if name else None
        if end is None:
            return None  # «الشيخ مسكين» is a town, «الشيخ سعيد باقشم» a man
        part.shape, part.last = (name[0], end) if name else None, end
    if (
        rank.cls == "military"
        and found.article
        and not (part.shape or part.inner or part.adjectives)
    ):
        return None if part.word in _OTHER_SENSES else part
    if rank.cls == "military" and not found.article and part.inner is None and not part.adjectives:
        return part if part.word in _NAMELESS else None
    return part


def _end_of_man(g: Grammar, name: tuple[int, int, int]) -> int | None:
    """The token after a man's name that follows a title, ``None`` if it is no man's: a forename
    comes first, then one word more that says no place («بمدينة المكلا»)."""
    first, last, _ = name
    placed = (i for i in range(first, last) if any(r.prefix for r in readings(g.word(i))))
    end = next(placed, last)
    return end if is_forename(g.word(first)) and end - first >= 2 else None


def belongs(g: Grammar, part: Part, depth: int) -> None:
    """What a person belongs to: in construct, or after في, من, ب, ل."""
    i = g.opened(part.last)
    word = g.word(i)
    step = word in _BELONGS
    j = g.opened(i + 1) if step else i
    inner = g.phrase(j, depth + 1)
    if inner is None or inner.kind in ("place", "outlet", "monitor", "person"):
        return
    if inner.kind == "head" and not (inner.inner or inner.adjectives or inner.shape or inner.rows
                                     or inner.definite):  # fmt: skip
        return
    if inner.states and word == "في":
        return
    if not step and inner.found.prefix not in ("", "ل", "ب"):
        return
    if not step and not inner.found.prefix and part.definite and part.rank != "spokesman":
        return  # «القائد» + a name of its own
    if inner.kind == "name" and g.is_group(inner):
        return
    part.inner, part.link = inner, "of"
    part.last = g.closed(inner.last, j > i)
    if part.last > inner.last and inner.kind == "name" and inner.inner is None:
        inner.last = part.last
        g.linked(inner, depth)  # «في "الأمن العسكري" التابع لـ X»
        part.last = inner.last
