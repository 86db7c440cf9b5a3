"""The finder: phrases of a report, resolved, sorted and apart.

In: a document and its setting. Out: mentions. At most one pass over the tokens that begin a hit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isnad.coding.actors import heads as H
from isnad.coding.actors.anaphora import Anaphora
from isnad.coding.actors.identity import Identity
from isnad.coding.actors.mention import ActorMention
from isnad.coding.actors.part import Part
from isnad.coding.actors.phrases import Grammar
from isnad.coding.actors.resolve import Resolver
from isnad.coding.actors.scan import Found, scan
from isnad.coding.document import Document
from isnad.knowledge.compiled import Entry, Knowledge, knowledge
from isnad.knowledge.word_lists import word_list
from isnad.knowledge.words import Head
from isnad.language.arabic.nouns import noun as lookup_noun

if TYPE_CHECKING:
    from isnad.coding.setting import Setting


def find_mentions(
    doc: Document, setting: Setting, known: Knowledge | None = None
) -> list[ActorMention]:
    """Every phrase of ``doc`` that names an actor, a group of persons, a person, or an outlet."""
    k = known or knowledge()
    found = scan(doc, k)
    grammar = Grammar(found, k)
    parts = _parts(grammar)
    identity = Identity(k, setting)
    for part in parts:
        _observe(part, identity)
    resolver = Resolver(k, found, identity)
    pairs: list[tuple[Part, ActorMention]] = []
    for part in parts:
        mention = resolver.mention(part)
        if mention is not None and _kept(part, mention):
            pairs.append((part, mention))
    Anaphora(k, found, identity).resolve(pairs)
    return [m for p, m in pairs if "dropped" not in m.flags and _told(p, m)]


def _observe(part: Part, identity: Identity) -> None:
    if part.rows and part.kind == "name":
        identity.observe(part.rows)
    if part.inner is not None:
        _observe(part.inner, identity)


def _parts(grammar: Grammar) -> list[Part]:
    """All phrases, left to right, apart."""
    s = grammar.s
    out: list[Part] = []
    at = -1
    tribes = {i for i, t in enumerate(s.tokens) if t.text.startswith(TRIBE) and len(t.text) > 5}
    for i in sorted({*s.names, *s.heads, *s.ranks, *s.adjectives, *tribes}):
        if i < at:
            continue
        part = grammar.phrase(i) or _lone_adjective(grammar, i)
        if part is None and i in tribes:
            part = _tribe(grammar, i)
        if part is None:
            continue
        if part.kind == "place":
            at = part.last
            continue
        if _place_name(grammar, part):
            at = part.last
            continue
        if part.head is not None and part.kind == "head" and _says_nothing(part):
            # «هجوم إرهابي», «موقع عسكري»: what describes an act or a thing is no man
            described = part.general and not grammar.word(part.last - 1).endswith(("ين", "ون"))
            at = max(at, part.last if described else part.found.first + 1)
            continue
        _described(grammar, part)
        _share_name(out[-1] if out else None, part)
        out.append(part)
        at = part.last
        for more in _conjuncts(grammar, part):
            out.append(more)
            at = more.last
    return out


def _share_name(before: Part | None, part: Part) -> None:
    """Give «عناصر» the name after what is joined to it («عناصر وقادة داعش»): both are its men."""
    if before is None or before.last != part.first or part.found.prefix != "و":
        return
    bare = not (before.inner or before.adjectives or before.shape or before.pronoun)
    men = before.head is not None and before.head.cls == "persons" and before.kind != "person"
    same = part.head is not None and part.head.cls == "persons" and part.inner is not None
    if bare and men and same and not before.definite:
        before.inner, before.link, before.kind, before.rows = part.inner, part.link, "head", ()


def _described(grammar: Grammar, part: Part) -> None:
    """Take in «ملثمين», «مسلحون» after people: it describes them, and civilians so told are gunmen
    («مستوطنين إسرائيليين ملثمين», «شبان مسلحون»)."""
    if part.inner or part.shape or part.word in _SOLDIERS:
        return
    named = part.kind == "name" and grammar.is_group(part)
    told = [grammar.word(i) for i in range(part.found.last, part.last)]
    if not any(w.startswith(_GUNMEN) for w in told):
        found = next(iter(grammar.s.names.get(part.last, ())), None)
        if found is None or found.prefix or found.last - found.first > 1:
            return
        word, last = grammar.word(part.last), grammar.word(part.last - 1)
        people = named or last.endswith(("ون", "ين")) or (
            part.head is not None and part.head.cls == "persons"
        )  # fmt: skip
        agree = last.endswith(word[-2:]) or not last.endswith(("ين", "ون"))
        if not people or not agree or found.article != part.definite:
            return
        if not word.removeprefix("ال").startswith(_GUNMEN):
            return
        part.last = found.last
    if named and not part.adjectives:
        part.rows = tuple(grammar.k.aliases_of("مسلحون مجهولون")) or part.rows


_GUNMEN = tuple(sorted(word_list("gunmen")))
_SOLDIERS = word_list("soldiers")
TRIBE = tuple(sorted(word_list("tribe_marks")))


def _tribe(grammar: Grammar, i: int) -> Part | None:
    """«البوحسين»: a tribe by the shape of its name, unless a place is so called."""
    token = grammar.tokens[i]
    for before in (grammar.word(i - 1), grammar.word(i - 2)):
        head = next(iter(grammar.s.heads.get(i - 1, ())), None)
        if before in H.PLACE_PREPOSITIONS or (
            head and grammar.k.heads[head.entries[0].row].cls == "place"
        ):
            return None
    rows = grammar.k.aliases_of("مقاتلي العشاير")
    if not rows:
        return None
    at = token.text.index("بو") - 2 if "البو" in token.text else 0
    prefix = token.text[:at] if at > 0 else ""
    start = token.start + max(at, 0)
    entries = tuple(Entry("a", r) for r in rows)
    found = Found(i, i + 1, start, token.end, token.start, prefix, True, entries, -1)
    return Part(found, i + 1, "name", rows=rows, definite=True)


def _lone_adjective(grammar: Grammar, i: int) -> Part | None:
    """«وحليفه الروسي»: a definite adjective after a noun with a pronoun stands for the forces;
    «15 حوثيا», «أسر حوثيين»: an indefinite one for men of that party."""
    men = next((f for f in grammar.s.adjectives.get(i, ()) if not f.article), None)
    if men is not None and _partisans(grammar, i, men):
        return Part(men, men.last, "head", head=_PARTISANS, adjectives=[men])
    found = grammar.adjective_at(i, True)
    if found is None:
        return None
    before = grammar.word(i - 1)
    possessed = len(before) > 4 and before.endswith(("ه", "ها", "هم")) and before[:2] != "ال"
    if possessed and any(w in before for w in _ALLIES):
        return Part(
            found, found.last, "head", head=_BY_ADJECTIVE, definite=True, adjectives=[found]
        )
    return None


_PARTISANS = Head((), "persons", "", "m", "plural", "fighter")
_TENS = tuple(sorted(word_list("tens_and_hundreds")))
_ALLIES = word_list("allies")


def _partisans(grammar: Grammar, i: int, found: Found) -> bool:
    """Whether the adjective of a party that is no state's names its men: in the plural, or in the
    singular after a number."""
    table = grammar.k.actors
    owners = {table.aliases[e.row].actor for e in found.entries}
    if any(table[a].ucdp_kind != "nonstate" or table[a].kind == "group" for a in owners):
        return False
    word = grammar.tokens[i].text
    known = lookup_noun(word)
    if known is not None and known.category == "national":
        return False  # «14 فلسطينيا» are of no faction
    if word.endswith(("ون", "ين")):
        return True
    before = grammar.tokens[i - 1] if i else None
    return word.endswith("ا") and before is not None and (
        before.kind == "number" or before.text.endswith(_TENS)
    )  # fmt: skip


def _says_nothing(part: Part) -> bool:
    """A head that names nobody by itself: an act, a site, a ministry without a name."""
    assert part.head is not None
    if part.inner or part.adjectives or part.shape or part.pronoun or part.enemy:
        return False
    if part.definite and part.head.cls in H.ALONE:
        return False
    return part.definite or not _some(part)


def _some(part: Part) -> bool:
    """Whether an indefinite head comes out by itself, or with what describes it: «دورية»,
    «مجموعات إسلامية متشددة»."""
    assert part.head is not None
    return part.head.cls in H.BARE or (part.general and part.head.cls in H.DESCRIBED)


def _place_name(grammar: Grammar, part: Part) -> bool:
    """A state or capital after «في», «إلى», «شمال»: where, not who."""
    front = part.head is not None and part.head.cls == "party" and part.word in _FRONTS
    if front and part.shape and grammar.word(part.first - 1).lstrip("وف") in _AT_A_FRONT:
        return True  # «في جبهة مقبنة»: a line of battle
    if part.states and grammar.word(part.first - 1) == "#":
        return True  # a hashtag tells the topic
    if not part.states or part.found.prefix.endswith("ب"):
        return bool(part.states)
    before = grammar.word(part.first - 1).removeprefix("و")
    before = before[1:] if before.startswith(("بال", "لال")) else before  # «بالعاصمة مقديشو»
    if before in H.PLACE_PREPOSITIONS or before.removeprefix("ال") in H.PLACE_PREPOSITIONS:
        return True
    if before == "من":
        return grammar.word(part.first - 2).lstrip("وبل").removeprefix("ال")[:4] not in _FROM
    return part.capital and before in ("و", "عن")


_FRONTS = word_list("fronts")
_AT_A_FRONT = word_list("at_a_front")
_FROM = word_list("state_acts_from")
"""Beginnings of words after which «من تركيا» is who, not whence."""


def _conjuncts(grammar: Grammar, part: Part) -> list[Part]:
    """What stands alone after و under the same head: «الطيران السوري والروسي»."""
    out: list[Part] = []
    if part.kind == "head" and len(part.adjectives) > 1 and _of_many(grammar, part.adjectives[0]):
        pass  # «قوات حكومية يمنية»: one party, told by both
    elif part.kind == "head" and len(part.adjectives) > 1:
        first, *rest = part.adjectives
        part.adjectives = [first]
        part.last = first.last
        out.extend(_adjective_part(part, found) for found in rest)
    elif (
        part.kind == "name" and part.adjectives and part.lead is not None
        and part.found.last - 1 in grammar.s.adjectives
    ):  # fmt: skip
        # «العدوان الأمريكي» + «البريطاني»
        out.extend(_adjective_part(part, found) for found in part.adjectives)
        part.adjectives = []
        part.last = part.found.last
    i = out[-1].last if out else part.last
    if part.adjectives or part.kind == "name":
        for found in grammar.s.adjectives.get(i, ()):
            like = part.adjectives[0].article if part.adjectives else True
            if found.prefix == "و" and found.article == like:
                out.append(_adjective_part(part, found))
                return out
    word = grammar.word(i)
    lead = part.head or part.lead
    second = lead is not None and lead.cls == "militia" and _is_state(grammar, i)
    if (
        (i not in grammar.s.names or second)
        and i not in grammar.s.heads
        and len(word) > 2
        and word[0] == "و"
        and (part.inner is not None or part.rows)
    ):
        heads = [part.word] if part.word else []
        for head in dict.fromkeys([*heads, "ميليشيا", *(["ميليشيات"] if second else ["قوات"])]):
            rows = grammar.k.aliases_of(f"{head} {word[1:]}")
            if rows:
                token = grammar.tokens[i]
                entries = tuple(Entry("a", r) for r in rows)
                found = Found(i, i + 1, token.start + 1, token.end, token.start, "و",
                              word.startswith("ال", 1), entries, -1)  # fmt: skip
                out.append(Part(found, i + 1, "name", rows=rows, word=""))
                break
    return out


def _is_state(grammar: Grammar, i: int) -> bool:
    """Whether a state's name stands at token ``i`` («ميليشيا أسد وإيران»: of both)."""
    return any(e.kind == "s" for f in grammar.s.names.get(i, ()) for e in f.entries)


def _of_many(grammar: Grammar, found: Found) -> bool:
    """Whether an adjective is of any state («حكومية»): the one after it says of which."""
    return len({grammar.k.actors.aliases[e.row].actor for e in found.entries}) > 2


def _adjective_part(part: Part, found: Found) -> Part:
    head = part.head or part.lead or _BY_ADJECTIVE
    return Part(found, found.last, "head", head=head, word=part.word,
                definite=part.definite, adjectives=[found])  # fmt: skip


_BY_ADJECTIVE = Head((), "forces", "forces", "m", "", "")
"""The head of an adjective that stands for a state's forces by itself: «وحليفه الروسي»."""


def _kept(part: Part, m: ActorMention) -> bool:
    """Whether the phrase comes out at all (before anaphora)."""
    if m.kind in ("outlet", "monitor", "person"):
        return True
    if m.actor is not None:
        return True
    if part.kind == "name":
        return bool(part.head) or bool(m.candidates)
    head = part.head
    if head is None:
        return False
    if part.shape or part.pronoun or part.enemy:
        return head.cls in H.NAMED or bool(part.pronoun or part.enemy)
    if part.inner is not None or part.adjectives:
        return True
    return head.cls in H.ALONE if part.definite else _some(part)


def _told(part: Part, m: ActorMention) -> bool:
    """Whether a mention without an actor still says something."""
    if m.actor is not None or m.kind != "unknown":
        return True
    if part.kind == "name":
        alone = part.head is not None and part.head.cls in H.ALONE
        return alone or (bool(m.candidates) and part.found.last - part.found.first > 1)
    assert part.head is not None
    return part.head.cls not in H.ACTS
