"""Weapons and equipment named in a report, by item class.

In: a document. Out: :class:`WeaponMention`, sorted and apart, the longest noun phrase at each place
with its model («صاروخ كورنيت», «طائرات من طراز سوخوي 24»). GUIDELINES rule 9: a rocket is a missile
if guided, ballistic or air-launched; mass nouns have no number; a word that only names an actor
(«قصف مدفعي», «الطيران الروسي») is none. The words are in ``knowledge/data/weapons.csv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isnad.coding.actors.scan import QUOTES, Found, Scan, scan
from isnad.coding.document import Document
from isnad.knowledge.compiled import Knowledge, knowledge
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.number import Number
from isnad.language.arabic.numbers import find_numbers

_GUIDED = word_list("guided")
_AIR = word_list("from_the_air")
"""Words before a rocket in the same clause that say it came from the air."""
_SHADDA = "\u0651"
_OF_TYPE = word_list("of_the_type")
_CLAUSE = frozenset({".", "\n", "؛", ":", "!", "؟"})


@dataclass(slots=True)
class WeaponMention:
    """A weapon's noun phrase. Offsets are those of the normal form, without و ب ل before it.

    Attributes:
        start, end: the phrase, with the figure that counts it («سبعة صواريخ غراد»).
        noun_start: where the noun begins.
        low, high: how many: the figure before it, or the noun's own number; ``None`` if unknown.
        word_start: where its first word begins with proclitics.
        item: the item class of the guidelines.
        number: 1, 2, ``"plural"``, or ``None`` for mass nouns and bare models.
        model: the model as written in normal form, "" if none is.
        definite: whether the noun has the article.
        note: what the table warns of («also 'march'»), "" if nothing.
        why: the rule that made the item class.
    """

    start: int
    end: int
    word_start: int
    item: str
    number: int | str | None = None
    model: str = ""
    definite: bool = False
    note: str = ""
    why: str = ""
    noun_start: int = 0
    low: int | None = None
    high: int | None = None


def find_weapons(
    doc: Document, numbers: Sequence[Number] | None = None, known: Knowledge | None = None
) -> list[WeaponMention]:
    """Every weapon or piece of equipment that ``doc`` names.

    Args:
        doc: the report.
        numbers: its numbers, if they are read already.
        known: the knowledge; the program's own by default.
    """
    k = known or knowledge()
    found = scan(doc, k)
    if not found.weapons:
        return []
    if numbers is None:
        numbers = find_numbers(doc.normal.text, doc.tokens)
    counting = {n.noun_start: n for n in numbers if n.kind == "count" and n.noun_start is not None}
    out: list[WeaponMention] = []
    at = -1
    for i in sorted(found.weapons):
        if i < at:
            continue
        mention, at = _mention(found.weapons[i][0], found, k, doc)
        if mention is not None and not _another_word(doc, mention):
            _count(mention, counting)
            out.append(mention)
    return out


def _another_word(doc: Document, m: WeaponMention) -> bool:
    """Whether the spelling tells a common word of the same normal form («إليه» for «آلية»)."""
    if not m.note or m.number != 1:
        return False
    word = doc.normal.quote(m.start, m.end).split()[0]
    return word.startswith("إ") or (word.endswith("ه") and not word.startswith("آ"))


def _count(m: WeaponMention, counting: dict[int, Number]) -> None:
    """How many: the figure that counts the noun, else the noun's own number (2/null in plural)."""
    n = counting.get(m.word_start) or counting.get(m.start)
    m.noun_start = m.start
    if n is not None and n.start <= m.start:
        m.low = int(n.low) if n.low is not None else None
        m.high = int(n.high) if n.high is not None else None
        if n.start < m.start:
            m.start = m.word_start = n.start
    elif m.number in (1, 2):
        m.low = m.high = int(m.number)
    elif m.number == "plural":
        m.low = 2


def _mention(
    first: Found, s: Scan, k: Knowledge, doc: Document
) -> tuple[WeaponMention | None, int]:
    entry = first.entries[0]
    weapon = k.weapons[entry.row]
    number: int | str | None = int(entry.extra) if entry.extra.isdigit() else entry.extra or None
    m = WeaponMention(first.start, first.end, first.word_start, weapon.item, number)
    m.definite, m.note, m.why = first.article, weapon.note, f"noun «{weapon.singular[0]}»"
    last = first.last
    if weapon.kind == "model":
        m.model = k.lexicon.patterns[first.pattern]
        if weapon.note and not _told_as_weapon(first, s):
            return None, first.first + 1
    else:
        model, last = _model(first, s, k)
        if model is not None:
            row = k.weapons[model.entries[0].row]
            m.model, m.end = k.lexicon.patterns[model.pattern], s.tokens[last - 1].end
            m.item, m.why = (
                row.item if m.item != "artillery" else m.item,
                f"model «{row.singular[0]}»",
            )
        elif m.item == "rocket":
            last = _rocket(first, m, s)
    if m.item == "drone" and weapon.note and weapon.kind == "noun" and not _is_drone(first, s, doc):
        return None, first.first + 1
    return m, last


def _model(first: Found, s: Scan, k: Knowledge) -> tuple[Found | None, int]:
    """A model after the noun: «صاروخ من طراز كورنيت», «مسيّرة "شاهد"»."""
    i = first.last
    while i < len(s.tokens) and i - first.last < 4 and (
        s.tokens[i].text in _OF_TYPE or s.tokens[i].text in QUOTES
        or (i > first.last and s.tokens[i].text == "(")
    ):  # fmt: skip
        i += 1
    for found in s.weapons.get(i, ()):
        if k.weapons[found.entries[0].row].kind == "model" and not found.prefix:
            last = found.last
            if last < len(s.tokens) and s.tokens[last].text in QUOTES and i > first.last:
                last += 1
            return found, last
    return None, first.last


def _rocket(first: Found, m: WeaponMention, s: Scan) -> int:
    """Rule 9: guided, ballistic or air-launched makes a missile."""
    nxt = s.tokens[first.last].text if first.last < len(s.tokens) else ""
    if nxt in _GUIDED:
        m.item, m.end, m.why = "missile", s.tokens[first.last].end, f"«{nxt}»: guided or ballistic"
        return first.last + 1
    for i in range(first.first - 1, max(-1, first.first - 12), -1):
        word = s.tokens[i].text
        if word in _CLAUSE:
            break
        if word.lstrip("وبل").removeprefix("ال") in _AIR:
            m.item, m.why = "missile", f"air-launched: «{word}» before it"
            break
    return first.last


def _told_as_weapon(found: Found, s: Scan) -> bool:
    """A model that is a common word too counts only after its noun or beside a figure."""
    before = [t.text.removeprefix("ال") for t in s.tokens[max(0, found.first - 3) : found.first]]
    after = s.tokens[found.last].kind if found.last < len(s.tokens) else ""
    drones = _BEFORE_A_MODEL
    return after == "number" or any(w.startswith(drones) for w in before)


def _is_drone(found: Found, s: Scan, doc: Document) -> bool:
    """«مسيرة» is a drone with an adjective of a country or of arms, a model, or a hostile verb."""
    i = found.last
    if i in s.adjectives or s.weapons.get(i):
        return True
    if _SHADDA in doc.normal.quote(found.start, found.end):
        return True  # «مسيّرة»: the march has no doubled ي
    near = [t.text for t in s.tokens[max(0, found.first - 4) : i + 4]]
    words = {*near, *(w.removeprefix("و") for w in near)}
    return bool(words & _DRONE_WORDS) and not words & _MARCH_WORDS


_DRONE_WORDS = word_list("near_a_drone")
_MARCH_WORDS = word_list("near_a_march")
_BEFORE_A_MODEL = tuple(word_list("before_a_model"))
