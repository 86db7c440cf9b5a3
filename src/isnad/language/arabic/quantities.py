"""Numerals that need their neighbours: أحد، عدة، بعض، عدد من، ordinals, fractions in words."""

from __future__ import annotations

from isnad.language.arabic.compounds import Compound, atom, begins, read
from isnad.language.arabic.counted import FROM, NO_NOUN, QUOTES
from isnad.language.arabic.normal import fold
from isnad.language.arabic.nouns import noun
from isnad.language.arabic.number import Part
from isnad.language.arabic.numerals import Numeral
from isnad.language.arabic.tokens import Token

_SIZES = frozenset(
    fold(w)
    for w in (
        "كبير",
        "كبيرا",
        "كبيرة",
        "قليل",
        "محدود",
        "ضئيل",
        "ضخم",
        "غير",
        "لا",
        "بأس",
        "به",
        "هائل",
        "هائلة",
        "ضخمة",
    )
)
OTHER = fold("آخر")
PIECES = frozenset(fold(w) for w in ("جزء", "أجزاء", "جزءا", "أحدهم", "إحداهن", "أحدهما",
                                      "إحداهما", "إحداها", "أحدها", "وأحدهم", "أحدهن"))  # fmt: skip
_FRACTION_BEFORE_DEFINITE = {"خمس": 0.2, "سبع": 1 / 7, "تسع": 1 / 9}


def quantity(tokens: list[Token], i: int, head: Numeral) -> Part | None:
    """«عدد من», «عدد كبير من», «العديد من»: three or more."""
    if head.category == "number_of" and head.article:
        return None
    at = i + 1
    while at < min(i + 5, len(tokens)) and tokens[at].text in _SIZES:
        at += 1
    if head.category == "number_of" and _text(tokens, i + 1) == OTHER:
        # «وجرح عدد آخر»: others whose number is not known
        return Part(3, None, i, i + 2, begins(tokens, i, head), tokens[i + 1].end, "vague")
    if head.category == "many" and head.article and not head.prep and _alone(tokens, i + 1):
        # «وأصيب العديد بجروح»: many, of whom no more is said
        return Part(3, None, i, i + 1, begins(tokens, i, head), tokens[i].end, "vague")
    large = head.category == "number_of" and head.word.startswith("اعداد") and at > i + 1
    if _text(tokens, at) != FROM:
        if not large:
            return None
        at -= 1
    elif atom(tokens, at + 1) is not None:
        return None
    start = begins(tokens, i, head)
    part = Part(3, None, i, at + 1, start, tokens[at].end, "vague", word=FROM)
    part.value_end = tokens[i].end
    return part


def _alone(tokens: list[Token], i: int) -> bool:
    """Whether nothing that «العديد» could describe or count follows."""
    after = _text(tokens, i)
    return (
        not after
        or tokens[i].kind != "word"
        or (after != FROM and (after in NO_NOUN or after[0] in "بف"))
    )


def some(tokens: list[Token], i: int, head: Numeral) -> list[Part]:
    """«بعض القذائف» two or more; «حملات عديدة» three or more, after its noun."""
    if head.category == "many_after":
        return _after_noun(tokens, i, head)
    after = _text(tokens, i + 1)
    if head.article or not after or tokens[i + 1].kind != "word" or after in NO_NOUN:
        return []
    return [Part(2, None, i, i + 1, begins(tokens, i, head), tokens[i].end, "vague")]


def several(tokens: list[Token], i: int, head: Numeral) -> list[Part]:
    """«عدة مدنيين», «مناطق عدة»; with a proclitic only before a known plural («بعده» after him)."""
    after = _text(tokens, i + 1)
    found = noun(after) if after else None
    if found is not None and found.form != "singular" and not found.prep and not found.conj:
        pass
    elif (
        head.conj
        or head.prep
        or head.article
        or not after
        or tokens[i + 1].kind != "word"
        or after in NO_NOUN
        or after.startswith("ال")
        or _after_noun(tokens, i, head)
    ):
        return _after_noun(tokens, i, head)
    return [Part(3, None, i, i + 1, begins(tokens, i, head), tokens[i].end, "vague")]


def _after_noun(tokens: list[Token], i: int, head: Numeral) -> list[Part]:
    before = noun(tokens[i - 1].text) if i and tokens[i - 1].kind == "word" else None
    if head.conj or head.prep or before is None or before.form == "singular":
        return []
    token = tokens[i - 1]
    start = token.start + before.offset
    return [Part(3, None, i - 1, i, start, tokens[i].end, "vague", value_start=tokens[i].start,
                 value_end=tokens[i].end, noun_start=start, noun_end=token.end)]  # fmt: skip


def one_of(tokens: list[Token], i: int, head: Numeral) -> bool:
    """«أحد عناصر…», «إحدى القرى»: one of a plural; not Sunday, not «لم يصب أحد»."""
    if head.article or head.prep == "ك" or i + 1 >= len(tokens):
        return False
    if _text(tokens, i - 1) in ("يوم", "اي", "لا"):
        return False
    after = tokens[i + 1]
    if after.kind != "word":
        return after.text in QUOTES
    found = noun(after.text)
    if found is not None and not found.prep and not found.conj:
        return True
    return after.text.startswith("ال") or (
        after.text not in NO_NOUN and after.text.endswith(("ات", "ي", "ه", "هم", "ها"))
    )


def no_number(tokens: list[Token], c: Compound) -> bool:
    """Single numerals that are something else where they stand (weekdays, places, «أي واحد»)."""
    head, before = c.head, _text(tokens, c.first - 1)
    if head.low == 1 and head.category == "unit":
        return head.article or before in ("اي", "كل") or head.prep == "ك"
    if head.article and head.category == "unit":
        previous = noun(before) if before else None
        if head.low == 2:  # «الاثنين» is Monday, unless «الشقيقين الاثنين»
            return previous is None or previous.form == "singular" or previous.category == "time"
        if not head.word.endswith("ه"):  # «بئر السبع», but «القرى الخمس»
            after = noun(_text(tokens, c.last))
            counted = after is not None and after.form == "plural"
            return (previous is None or previous.form == "singular") and not counted
    if head.low == 0:
        return head.article or before in ("شهر", "ساعه") or _text(tokens, c.last) in ("الماضي",)
    return False


def ordinal(tokens: list[Token], c: Compound) -> Part | None:
    head = c.head
    alone = c.last == c.first + 1
    following = tokens[c.last] if c.last < len(tokens) else None
    if alone and head.word == "ثانيه" and not head.article and (
        not c.first or tokens[c.first - 1].text not in ("مره", "جهه", "ناحيه")):  # fmt: skip
        return None  # a second of time
    if alone and following is not None and following.text in ("من", "امس") and head.low == 1 and (
        following.text == "امس" or _text(tokens, c.last + 1) == "امس"):  # fmt: skip
        return None  # «أول أمس», «الأول من أمس»
    if alone and head.prep == "ل" and head.low == 2:
        return None
    return Part(c.low, c.high, c.first, c.last, c.start, c.end, "ordinal", conj=bool(head.conj))


def piece(tokens: list[Token], i: int, parts: list[Part]) -> int | None:
    """«أحدهم» is one; «جزء من مئة» a fraction, of the number before it if one stands there."""
    token = tokens[i]
    if not token.text.startswith(("جز", "اجز")):
        parts.append(Part(1, 1, i, i + 1, token.start, token.end, "exact"))
        return i + 1
    if _text(tokens, i + 1) != FROM:
        return None
    head = atom(tokens, i + 2)
    below = read(tokens, i + 2, head) if head is not None and not head.conj else None
    if below is None or not below.low or below.sort not in ("number", "vague"):
        return None
    top = parts[-1] if parts and parts[-1].last == i and parts[-1].kind == "count" else None
    value = (top.low if top is not None and top.low is not None else 1) / below.low
    if top is None:
        top = Part(0, 0, i, i, token.start, token.end, "fraction", "fraction")
        parts.append(top)
    top.low = top.high = value
    top.last, top.end = below.last, below.end
    top.value_end, top.kind, top.exactness = top.end, "fraction", "fraction"
    return below.last


def quotient_words(tokens: list[Token], part: Part) -> None:
    """«واحد من ثلاثة», «1 على 3», «واحد فاصلة واحد»."""
    word = _text(tokens, part.last)
    if part.low is None or part.low != part.high:
        return
    if word not in ("علي", "من", "فاصله"):
        after = tokens[part.last] if part.last < len(tokens) else None
        fraction = _FRACTION_BEFORE_DEFINITE.get(part.word)
        if (
            fraction
            and after is not None
            and after.text.startswith("ال")
            and part.last == part.first + 1
        ):
            found = noun(after.text)
            if found is None or found.form == "singular":
                part.low = part.high = fraction
                part.exactness = "fraction"
        return
    if word == "من" and not (part.low == 1 and part.word in ("واحد", "واحده")):
        return
    head = atom(tokens, part.last + 1)
    if head is None or head.conj or head.prep or head.article:
        return
    below = read(tokens, part.last + 1, head)
    if below is None or not below.low or below.low != below.high or below.sort != "number":
        return
    if word == "فاصله":
        digits = str(below.low)
        part.low = part.high = float(f"{part.low}.{digits}") if digits.isdigit() else part.low
    else:
        part.low = part.high = round(part.low / below.low, 15)
        part.exactness = "fraction"
    part.last, part.end = below.last, below.end
    part.value_end = part.end


def _text(tokens: list[Token], i: int) -> str:
    return tokens[i].text if 0 <= i < len(tokens) else ""
