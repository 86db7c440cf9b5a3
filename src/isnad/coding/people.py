"""People in a sentence: those whom figures count, and those told by a noun or a name alone.

In: a sentence with its mentions and numbers. Out: further mentions, and which number counts which
mention.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.names import bare_names, begins_a_name, enumerated, is_known, overlapped, person
from isnad.coding.nationals import as_people, is_national, nationals
from isnad.coding.parts import is_armed
from isnad.coding.sentence import Sentence, Trig
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.nouns import noun as lookup_noun
from isnad.language.arabic.numbers import Number
from isnad.language.arabic.tokens import Token

_OTHERS = word_list("others")
_ANOTHER = word_list("another")
_SEVERAL_OTHERS = _OTHERS - _ANOTHER
_COUNTABLE = frozenset(
    ["exact", "about", "at_least", "at_most", "more_than", "fewer_than", "range", "vague"]
)
_JOINS = ("", "من", ")", '"', "»")  # «إصابة (6) مدنيين»
_COLLECTIVE = word_list("collectives")
_ALEF_HAMZA = "\u0623"
_FATHA_YEH_NUN = "\u064e\u064a\u0646"
_TAKING = frozenset(["abduction", "detention", "assassination", "execution"])
_OWNERS = word_list("owners")


def counts(n: Number) -> bool:
    """Whether a number is one that may count people."""
    return n.kind == "count" and n.exactness in _COUNTABLE


def counted_mentions(doc: Document, sentence: Sentence) -> dict[int, Number]:
    """Numbers by the ``id()`` of the mention they count; a figure whose people are not named
    («العشرات», «550 آخرين») is given a mention of its own, of kind ``count``."""
    out: dict[int, Number] = {}
    extra: list[ActorMention] = []
    text = doc.normal.text
    for n in sentence.numbers:
        bracketed = _in_brackets(sentence, n, text)
        if not (counts(n) or bracketed) or _is_no_figure(sentence, n, text):
            continue
        if bracketed:
            n = replace(n, start=n.start - 1)
        mention = _counted_by(sentence, n, text)
        deed = mention is not None and _is_deed(sentence, mention)
        if deed:
            sentence.actors = [m for m in sentence.actors if m is not mention]
            n = replace(n, start=n.value_start, noun_start=None, noun_end=None)
        if mention is not None and not deed:
            out.setdefault(id(mention), n)
            continue
        if _outcome_noun_at(sentence, n) is not None:
            continue
        parted = n.noun_start is not None and (
            _part_between(sentence, n.end, n.noun_start) or _from_a_place(sentence, n, text)
        )
        alone = parted or n.noun_start is None or not n.noun_end
        noun = "" if alone else text[n.noun_start : n.noun_end]
        if noun and noun not in _OTHERS and not _is_person_noun(n, noun, text):
            continue
        figure = ActorMention(
            start=n.start,
            end=n.end if parted else max(n.end, n.noun_end or 0),
            head_start=n.start,
            head_end=n.value_end,
            word_start=n.start,
            kind="count",
            category="count",
            number="plural",
            why="a figure whose people are not named",
        )
        if not alone and is_national(noun):
            as_people(figure, noun)
        extra.append(figure)
        out[id(figure)] = n
    extra += _others_alone(doc, sentence, extra)
    extra += _person_nouns(doc, sentence, extra)
    extra += nationals(doc, sentence, extra)
    extra += bare_names(doc, sentence, extra)
    if extra:
        sentence.actors = sorted([*sentence.actors, *extra], key=lambda m: m.start)
    enumerated(doc, sentence, out)
    _mark_duals(doc, sentence)
    return out


def _in_brackets(sentence: Sentence, n: Number, text: str) -> bool:
    """«إصابة (6) مدنيين»: a figure in brackets, no item's mark."""
    if n.kind != "bullet" or text[n.end : n.end + 1] != ")":
        return False
    return any(t.outcome and 0 <= n.start - t.end <= 2 for t in sentence.triggers)


def _is_deed(sentence: Sentence, m: ActorMention) -> bool:
    """Whether what looks like people is what befell them («أسر اثنين» are no families)."""
    return m.kind == "group" and any(
        t.start == m.start and t.end == m.head_end and t.entry.type == "abduction"
        for t in sentence.triggers
    )


def _is_no_figure(sentence: Sentence, n: Number, text: str) -> bool:
    """A number in a time, with a weapon, in an outlet's name or glued to a word («خبر24»), or one
    that only says that a family is one."""
    if any(t.start < n.end and n.start < t.end for t in sentence.times):
        return True
    if any(w.start < (n.noun_end or n.end) and n.start < w.end for w in sentence.weapons):
        return True
    if any(m.kind == "outlet" and m.start < n.start < m.end for m in sentence.actors):
        return True
    before = text[n.start - 1 : n.start]
    if text[n.start].isdecimal() and before.isalpha() and before not in "ولبكف":
        return True
    words = text[n.value_start : n.value_end]
    return words in ("واحد", "واحده") and _bare(word_before(text, n.value_start)) in _COLLECTIVE


def word_before(text: str, at: int) -> str:
    """The word that ends before ``at``, without the token list; empty at the text's head."""
    words = text[max(0, at - 20) : at].split()
    return words[-1] if words else ""


def _mark_duals(doc: Document, sentence: Sentence) -> None:
    """A dual that only its vowel tells from the plural («مقاتلَين»)."""
    for m in sentence.actors:
        if m.number == "plural" and _FATHA_YEH_NUN in doc.normal.quote(m.head_start, m.head_end):
            m.number = 2


def _others_alone(
    doc: Document, sentence: Sentence, extra: list[ActorMention]
) -> list[ActorMention]:
    """«وأصيب آخر», «وأُلقي القبض على رابع»: another one, right after what happened to him."""
    out = []
    for t in sentence.triggers:
        if not (t.outcome or t.entry.type in _TAKING):
            continue
        token = _token_at(doc, t.end)
        if token is None:
            break
        several = token.text in _SEVERAL_OTHERS
        if token.text not in _ANOTHER and not (several and _after_armed(sentence, t)):
            continue
        if not overlapped(sentence, extra, token.start, token.end):
            number = "plural" if several and not token.text.endswith("ان") else 2 if several else 1
            out.append(person(token, kind="count", category="other", number=number, why="another"))
    return out


def _after_armed(sentence: Sentence, t: Trig) -> bool:
    """Whether those named last before ``t`` are a party's men («قتل جندي وأصيب آخرون»)."""
    named = [m for m in sentence.actors if m.end <= t.word_start and m.kind != "outlet"]
    return bool(named) and is_armed(named[-1])


def _token_at(doc: Document, at: int) -> Token | None:
    i = bisect_left(doc.tokens, at, key=lambda x: x.start)
    return doc.tokens[i] if i < len(doc.tokens) else None


def _person_nouns(
    doc: Document, sentence: Sentence, extra: list[ActorMention]
) -> list[ActorMention]:
    """People by a noun that the knowledge does not list as a group («مهندس», «بائع»): civilians."""
    out = []
    first = bisect_left(doc.tokens, sentence.start, key=lambda t: t.start)
    last = bisect_left(doc.tokens, sentence.end, key=lambda t: t.start)
    for token in doc.tokens[first:last]:
        if token.kind != "word":
            continue
        known = lookup_noun(token.text)
        if token.text in _OWNERS and _right_after_harm(sentence, token):
            if not overlapped(sentence, extra, token.start, token.end):
                owner = person(token, "group", "group", 1, "an owner", actor="civilians")
                out.append(owner)
            continue
        if known is None or known.category != "person":
            continue
        if known.article and not (
            known.form == "singular"
            and (
                _right_after_harm(sentence, token)
                if not known.conj
                else _named_too(doc, sentence, token)
            )
        ):
            continue
        if overlapped(sentence, extra, token.start, token.end) or is_known(
            sentence, token.start, token.end
        ):
            continue
        if not _may_be_person(doc, sentence, token, known.offset):
            continue
        number = {"singular": 1, "dual": 2}.get(known.form, "plural")
        out.append(
            person(token, "group", "group", number, "people by a noun, not said to be armed",
                    known.offset, "civilians", known.gender)
        )  # fmt: skip
    return out


def _named_too(doc: Document, sentence: Sentence, token: Token) -> bool:
    """«مقتل الشاب صالح ناحي والطفلة رهف أحمد»: one more of those harmed, told by title and name."""
    if not begins_a_name(doc, sentence, token.end):
        return False
    before = [t for t in sentence.triggers if t.end <= token.start]
    return bool(before) and before[-1].role == "outcome" and bool(before[-1].outcome)


def _right_after_harm(sentence: Sentence, token: Token) -> bool:
    """Whether a word stands right after what befell someone («خطف الطبيب»), or after its author
    («اعتقلت الشرطة الطبيب»)."""
    harms = [
        t for t in sentence.triggers
        if (t.outcome and t.role == "outcome") or t.entry.type in _TAKING
    ]  # fmt: skip
    ends = {t.end for t in harms}
    ends |= {m.end for m in sentence.actors if m.word_start - 1 in ends and is_armed(m)}
    return token.start - 1 in ends


def _may_be_person(doc: Document, sentence: Sentence, token: Token, offset: int) -> bool:
    """«أمام عينيها» is no imam; another («صعيد آخر») is a person after a verb or «و» only."""
    source = doc.normal.quote(token.start, token.end)
    word = token.text[offset:]
    if word == "امام" and source[offset : offset + 1] == _ALEF_HAMZA:
        return False
    if word not in _OTHERS or offset:
        return True
    i = bisect_left(doc.tokens, token.start, key=lambda t: t.start) - 1
    at = doc.tokens[i].start if i >= 0 else -1
    over = next((t for t in sentence.triggers if t.word_start <= at < t.end), None)
    if over is not None and not over.verbal and not over.outcome:
        return over.entry.type in _TAKING  # «هجوم آخر», «غارة أخرى»: another of the same
    if over is not None:
        return True
    return any(n.start <= at < n.end for n in sentence.numbers)


def _is_person_noun(n: Number, noun: str, text: str) -> bool:
    known = lookup_noun(noun)
    if known is not None:
        return known.category in ("person", "national")
    of = n.noun_start is not None and "من" in text[n.end : n.noun_start].split()
    return of or noun.endswith(("ين", "ون", "ات", "ا"))


def _counted_by(sentence: Sentence, n: Number, text: str) -> ActorMention | None:
    for m in sentence.actors:
        if _part_between(sentence, n.end, m.head_start):
            continue  # «اثنين بينهم قائد»: the figure does not count the commander
        if m.start <= n.start < m.end or (
            n.noun_start is not None and m.start <= n.noun_start < m.end
        ):
            return m
        if 0 <= m.word_start - n.end <= 4 and text[n.end : m.word_start].strip() in _JOINS:
            return m
    return None


def _from_a_place(sentence: Sentence, n: Number, text: str) -> bool:
    """«منهم ستة من بلدة يعبد»: people counted by where they are from."""
    at = n.noun_start
    if at is None or text[n.value_end : at].split() != ["من"]:
        return False
    return any(p.word_start <= at < p.end for p in sentence.places)


def _part_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        k.kind in ("part", "most") and start <= k.start and k.end <= end
        for k in sentence.prepositions
    )


def _outcome_noun_at(sentence: Sentence, n: Number) -> Trig | None:
    for t in sentence.triggers:
        if t.role == "outcome_noun" and (
            (n.noun_start is not None and n.noun_start <= t.start < (n.noun_end or 0))
            or 0 <= t.word_start - n.end <= 2
            or n.start <= t.start < n.end
        ):
            return t
    return None


def mention_count(
    m: ActorMention, numbers: dict[int, Number]
) -> tuple[int | None, int | None, int, int]:
    """``(low, high, start, end)`` of a mention: its figure, or what its noun's number tells."""
    n = numbers.get(id(m))
    if n is not None:
        start, end = min(n.start, m.start), max(n.end, m.end)
        return whole(n.low), whole(n.high), start, end
    if isinstance(m.number, int):
        return m.number, m.number, m.start, m.end
    if m.number == "plural":
        return 2, None, m.start, m.end
    return 1, 1, m.start, m.end


def whole(x: float | int | None) -> int | None:
    """A number's bound as a count of people."""
    return None if x is None else int(x)


def collective(doc: Document, m: ActorMention) -> bool:
    """Whether a singular noun names several people («عائلة», «طاقم»)."""
    return _bare(doc.normal.text[m.head_start : m.head_end]) in _COLLECTIVE


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") else word
