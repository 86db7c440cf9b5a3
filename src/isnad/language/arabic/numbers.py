"""Numbers in Arabic text: what is said, as intervals, with the words that say it.

In: a normal form and its tokens. Out: :class:`Number` in text order, never overlapping. The value
table is the gold guidelines'. No regular expression runs over the text: one pass over the tokens,
each number looking a bounded number of tokens around itself.
"""

from __future__ import annotations

from isnad.language.arabic.bounds import apply_after, apply_before
from isnad.language.arabic.compounds import Compound, atom, begins, read
from isnad.language.arabic.figures import dated, digits_part, glued, mark, percent
from isnad.language.arabic.kinds import mark_kinds
from isnad.language.arabic.normal import fold
from isnad.language.arabic.number import Number, Part
from isnad.language.arabic.numerals import Numeral, numeral
from isnad.language.arabic.nouns import noun
from isnad.language.arabic.ranges import changes, join_ranges, split_between
from isnad.language.arabic.tables import words
from isnad.language.arabic.tokens import Token

__all__ = ["Number", "find_counted_nouns", "find_numbers"]

_FROM = "من"
_AMONG = frozenset(("بينهم", "بينهن", "بينها", "منهم", "منهن", "منها", "ضمنهم", "بيناتهم"))
_SIZES = frozenset(fold(w) for w in ("كبير", "كبيرا", "كبيرة", "قليل", "محدود", "ضئيل", "ضخم", "غير", "لا", "بأس", "به", "هائل", "هائلة", "ضخمة"))  # noqa: E501
_QUOTES = "\"«“”‹'(["
_NO_NOUN = words("not_nouns")


def find_numbers(normal: str, tokens: list[Token]) -> list[Number]:
    """Every number of a text, in order.

    Args:
        normal: the text's normal form.
        tokens: its tokens (:func:`isnad.language.arabic.tokens.tokenize`).

    Returns:
        Numbers with offsets in ``normal``. Counted nouns without a numeral («مدني», «طفلان») are
        left to :func:`find_counted_nouns`.
    """
    parts = _parts(normal, tokens)
    if not parts:
        return []
    for k, part in enumerate(parts):
        _add_noun(tokens, part, parts[k + 1].first if k + 1 < len(parts) else len(tokens))
    parts = join_ranges(normal, tokens, parts)
    for k, part in enumerate(parts):
        if part.kind in ("date", "clock", "id", "bullet"):
            continue
        apply_before(tokens, part, parts[k - 1].last if k else 0)
        stop = parts[k + 1].first if k + 1 < len(parts) else len(tokens)
        apply_after(tokens, part, stop)
        if part.noun_start is None:
            _add_noun(tokens, part, stop)  # «عشرون ونيف جريحاً»
        part.relation = part.relation or _relation(tokens, part)
    parts = _between_bounds(tokens, parts)
    mark_kinds(normal, tokens, parts)
    return [part.done() for part in parts]


def _parts(normal: str, tokens: list[Token]) -> list[Part]:
    parts: list[Part] = []
    done = 0
    for i, (text, _, _, kind) in enumerate(tokens):
        if i < done or kind == "mark" or kind == "newline":
            continue
        if kind == "word":
            head = numeral(text)
            if head is None:
                if text in _PIECES:
                    done = _piece(tokens, i, parts) or done
                continue
        found = _figure(normal, tokens, i, parts) if kind == "number" else None
        if found is None:
            head = atom(tokens, i)
            if head is None:
                continue
            found = _worded(normal, tokens, i, head, parts)
        for part in found:
            parts.append(part)
            done = part.last
    return parts


def _figure(normal: str, tokens: list[Token], i: int, parts: list[Part]) -> list[Part] | None:
    """Digits that are no plain figure: dates, clock times, addresses, bullets. None: a figure."""
    token = tokens[i]
    stamp = dated(tokens, i)
    if stamp is not None:
        last, kind = stamp
        return [
            Part(int(t.text), int(t.text), i + k, i + k + 1, t.start, t.end, "exact", kind)
            for k, t in enumerate(tokens[i:last])
            if t.kind == "number" and t.text.isdigit() and len(t.text) < 20
        ]
    if atom(tokens, i) is None:
        return _pieces(token, i)
    if token.text.isdigit() and _bullet(tokens, i, parts):
        value = int(token.text)
        return [Part(value, value, i, i + 1, token.start, token.end, "exact", "bullet")]
    return None


def _pieces(token: Token, i: int) -> list[Part]:
    """An address or dotted date («192.168.1.2», «12.5.2021»): each figure, never a count."""
    texts = token.text.replace(",", ".").split(".")
    dated = len(texts) == 3 and len(texts[2]) == 4 and max(len(t) for t in texts[:2]) < 3
    out, at = [], token.start
    for text in texts:
        if len(text) < 20:
            value = int(text)
            kind = "date" if dated else "id"
            part = Part(value, value, i, i + 1, at, at + len(text), "exact", kind)  # type: ignore[arg-type]
            out.append(part)
        at += len(text) + 1
    return out


def _bullet(tokens: list[Token], i: int, parts: list[Part]) -> bool:
    """«1- », «2) », «3. » at the beginning of a line, after a colon, or next in turn."""
    if i and tokens[i - 1].kind != "newline" and not mark(tokens, i - 1, "([:"):
        last = next((p for p in reversed(parts[-4:]) if p.kind == "bullet"), None)
        if last is None or last.low is None or last.low + 1 != int(tokens[i].text):
            return False
    if not (mark(tokens, i + 1, "-)./–") and glued(tokens, i + 1)):
        return False
    return i + 2 < len(tokens) and tokens[i + 2].kind in ("word", "mark") and len(tokens[i].text) < 3


def _worded(
    normal: str, tokens: list[Token], i: int, head: Numeral, parts: list[Part]
) -> list[Part]:
    category = head.category
    if category in ("many", "number_of"):
        part = _quantity(tokens, i, head)
        return [part] if part else []
    if category in ("some", "many_after"):
        return _some(tokens, i, head)
    if category == "one":
        compound = read(tokens, i, head)
        if compound is not None and compound.last == i + 1 and not _one_of(tokens, i, head):
            return []
    else:
        compound = read(tokens, i, head)
    if compound is None:
        return _several(tokens, i, head) if category == "several" else []
    pair = split_between(tokens, compound)
    found = []
    for c in pair:
        part = _part(normal, tokens, c)
        if part is not None:
            found.append(part)
    return found


def _part(normal: str, tokens: list[Token], c: Compound) -> Part | None:
    if c.sort == "ordinal":
        return _ordinal(tokens, c)
    if c.last == c.first + 1 and c.head.category != "digits" and _no_number(tokens, c):
        return None
    exactness = {"vague": "vague", "fraction": "fraction"}.get(c.sort, "exact")
    if c.head.category == "digits":
        part = digits_part(normal, tokens, c)
        if part.exactness == "exact" and c.sort == "vague":
            part.exactness = "vague"
    else:
        part = Part(c.low, c.high, c.first, c.last, c.start, c.end, exactness)  # type: ignore[arg-type]
        part.conj, part.word = bool(c.head.conj), c.head.word
        if part.first and tokens[part.first - 1].text == "سالب" and isinstance(part.high, int | float):
            part.low, part.high = -part.high, -c.low
            part.first -= 1
            part.start = part.value_start = tokens[part.first].start
    if part.digits and part.first and tokens[part.first - 1].text == "سالب" and part.low is not None:
        part.low = part.high = -part.low
        part.first -= 1
        part.start = part.value_start = tokens[part.first].start
    if part.digits and part.first and tokens[part.first - 1].text in _ARTICLES:
        _with_article(tokens, part)
    _quotient_words(tokens, part)
    if percent(tokens, part):
        part.kind, part.exactness = "percent", "percent"
    elif part.exactness == "fraction":
        part.kind = "fraction"
    return part


_ARTICLES = frozenset(("ال", "وال", "بال", "لل", "فال", "كال"))


def _with_article(tokens: list[Token], part: Part) -> None:
    """«الـ12» is an ordinal unless a thing counted follows («الـ24 ساعة»)."""
    token = tokens[part.first - 1]
    following = tokens[part.last] if part.last < len(tokens) else token
    counted = following.kind == "word" and noun(following.text) is not None
    part.first -= 1
    part.start = token.start + (1 if token.text in ("وال", "بال", "فال", "كال") else 0)
    if not counted and isinstance(part.low, int) and part.low < 1000:
        part.exactness = "ordinal"


def _ordinal(tokens: list[Token], c: Compound) -> Part | None:
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


def _text(tokens: list[Token], i: int) -> str:
    return tokens[i].text if 0 <= i < len(tokens) else ""


_FRACTION_BEFORE_DEFINITE = {"خمس": 0.2, "سبع": 1 / 7, "تسع": 1 / 9}


def _no_number(tokens: list[Token], c: Compound) -> bool:
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


def _one_of(tokens: list[Token], i: int, head: Numeral) -> bool:
    """«أحد عناصر…», «إحدى القرى»: one of a plural; not Sunday, not «لم يصب أحد»."""
    if head.article or head.prep == "ك" or i + 1 >= len(tokens):
        return False
    if _text(tokens, i - 1) in ("يوم", "اي", "لا"):
        return False
    after = tokens[i + 1]
    if after.kind != "word":
        return after.text in _QUOTES
    found = noun(after.text)
    if found is not None and not found.prep and not found.conj:
        return True
    return after.text.startswith("ال") or (
        after.text not in _NO_NOUN and after.text.endswith(("ات", "ي", "ه", "هم", "ها"))
    )


_PIECES = frozenset(fold(w) for w in ("جزء", "أجزاء", "جزءا", "أحدهم", "إحداهن", "أحدهما",
                                      "إحداهما", "إحداها", "أحدها", "وأحدهم", "أحدهن"))  # fmt: skip


def _piece(tokens: list[Token], i: int, parts: list[Part]) -> int | None:
    """«أحدهم» is one; «جزء من مئة» a fraction, of the number before it if one stands there."""
    token = tokens[i]
    if not token.text.startswith(("جز", "اجز")):
        parts.append(Part(1, 1, i, i + 1, token.start, token.end, "exact"))
        return i + 1
    if _text(tokens, i + 1) != _FROM:
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


def _quotient_words(tokens: list[Token], part: Part) -> None:
    """«واحد من ثلاثة», «1 على 3», «واحد فاصلة واحد»."""
    word = _text(tokens, part.last)
    if part.low is None or part.low != part.high:
        return
    if word not in ("علي", "من", "فاصله"):
        after = tokens[part.last] if part.last < len(tokens) else None
        fraction = _FRACTION_BEFORE_DEFINITE.get(part.word)
        if fraction and after is not None and after.text.startswith("ال") and part.last == part.first + 1:
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


def _quantity(tokens: list[Token], i: int, head: Numeral) -> Part | None:
    """«عدد من», «عدد كبير من», «العديد من»: three or more."""
    if head.category == "number_of" and head.article:
        return None
    at = i + 1
    while at < min(i + 5, len(tokens)) and tokens[at].text in _SIZES:
        at += 1
    large = head.category == "number_of" and head.word.startswith("اعداد") and at > i + 1
    if _text(tokens, at) != _FROM:
        if not large:
            return None
        at -= 1
    elif atom(tokens, at + 1) is not None:
        return None
    start = begins(tokens, i, head)
    part = Part(3, None, i, at + 1, start, tokens[at].end, "vague", word=_FROM)
    part.value_end = tokens[i].end
    return part


def _some(tokens: list[Token], i: int, head: Numeral) -> list[Part]:
    """«بعض القذائف» two or more; «حملات عديدة» three or more, after its noun."""
    if head.category == "many_after":
        return _after_noun(tokens, i, head)
    after = _text(tokens, i + 1)
    if head.article or not after or tokens[i + 1].kind != "word" or after in _NO_NOUN:
        return []
    return [Part(2, None, i, i + 1, begins(tokens, i, head), tokens[i].end, "vague")]


def _several(tokens: list[Token], i: int, head: Numeral) -> list[Part]:
    """«عدة مدنيين», «مناطق عدة»; with a proclitic only before a known plural («بعده» after him)."""
    after = _text(tokens, i + 1)
    found = noun(after) if after else None
    if found is not None and found.form != "singular" and not found.prep and not found.conj:
        pass
    elif head.conj or head.prep or head.article or not after or tokens[i + 1].kind != "word":
        return _after_noun(tokens, i, head)
    elif after in _NO_NOUN or after.startswith("ال"):
        return _after_noun(tokens, i, head)
    elif _after_noun(tokens, i, head):
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


def _counted(word: str) -> int | None:
    """How many letters of proclitics stand before a counted noun; None if it is none."""
    if word in _NO_NOUN:
        return None
    found = noun(word)
    if found is not None:
        return None if found.conj or found.prep else 0
    if word[0] in "ول" or (word[0] == "ب" and len(word) > 3):
        return None
    if word.startswith(("فال", "كال")) or word.endswith("وا"):
        return None
    if (word[0] == "ي" and word.endswith("ون")) or len(word) < 2:
        return None
    return 0


def _add_noun(tokens: list[Token], part: Part, stop: int) -> None:
    """Find the head of what is counted: the word after, after «من», or before (مدنيين اثنين)."""
    if part.noun_start is not None or part.kind in ("date", "clock", "id", "bullet"):
        return
    if part.exactness == "ordinal":
        return
    at = part.last
    through = part.word == _FROM and tokens[at - 1].text == _FROM
    if at + 1 < stop and tokens[at].text in _AMONG:
        token = tokens[at + 1]  # «3 منهم أطفال»
        found = noun(token.text) if token.kind == "word" else None
        if found is not None and not found.conj and not found.prep:
            part.noun_start, part.noun_end, part.relation = token.start, token.end, "among"
        return
    if at < stop and tokens[at].text == _FROM and not through:
        at, through = at + 1, True
    if through and at < stop and tokens[at].kind == "mark" and tokens[at].text in _QUOTES:
        at += 1
    if at < stop and at < len(tokens) and tokens[at].kind == "word":
        token = tokens[at]
        skip = _counted(token.text)
        definite = token.text.startswith("ال") and noun(token.text) is None
        if skip is not None and (through or not definite or part.exactness != "exact"):
            postposed = part.last == part.first + 1 and part.low == part.high and part.low in (1, 2)
            if not (postposed and not through and _before(tokens, part)):
                part.noun_start, part.noun_end = token.start + skip, token.end
            return
    _before(tokens, part)


def _before(tokens: list[Token], part: Part) -> bool:
    """«جندي واحد», «مدنيين اثنين»: the noun stands before; the expression takes it in."""
    if part.digits or part.low not in (1, 2) or part.low != part.high or part.conj or not part.first:
        return False
    token = tokens[part.first - 1]
    found = noun(token.text) if token.kind == "word" else None
    if found is None or found.form != ("singular" if part.low == 1 else found.form):
        return False
    if part.low == 2 and found.form == "singular":
        return False
    part.noun_start, part.noun_end = token.start + found.offset, token.end
    part.first, part.start = part.first - 1, part.noun_start
    return True


def _relation(tokens: list[Token], part: Part) -> str:  # type: ignore[return]
    """Whether the figure is a part of the one before, or the first or second of a change."""
    i = part.first - 1
    for k in range(i, max(-1, i - 3), -1):
        word = tokens[k].text
        if word in _AMONG or (word[:1] == "و" and word[1:] in _AMONG):
            return "among"
        if tokens[k].kind in ("newline", "mark"):
            break
    if i >= 0 and tokens[i].text in (_FROM, "الي"):
        for k in range(i - 1, max(-1, i - 12), -1):
            if tokens[k].kind == "newline":
                break
            if changes(tokens[k].text):
                return "from" if tokens[i].text == _FROM else "to"
    return ""


def _between_bounds(tokens: list[Token], parts: list[Part]) -> list[Part]:
    """«أكثر من 100 وأقل من 300»: one interval, where the two stand together and fit."""
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if (
            last is not None and last.exactness in ("more_than", "at_least")
            and part.exactness in ("fewer_than", "at_most")
            and (last.last == part.first or (last.last + 1 == part.first
                                             and tokens[last.last].text == "و"))
            and last.low is not None and part.high is not None and last.low < part.high
        ):  # fmt: skip
            last.high, last.exactness = part.high, "range"
            last.last, last.end, last.value_end = part.last, part.end, part.value_end
            last.noun_start, last.noun_end = part.noun_start, part.noun_end
        else:
            out.append(part)
    return out


def find_counted_nouns(normal: str, tokens: list[Token]) -> list[Number]:
    """Nouns that count by their form alone: singular 1/1, dual 2/2, indefinite plural 2/null.

    Every known noun is returned, also one that a numeral counts (its span then lies in that
    number's): the coder chooses. ``exactness`` is ``singular``, ``dual`` or ``plural``.
    """
    out = []
    for text, start, end, kind in tokens:
        if kind != "word":
            continue
        found = noun(text)
        if found is None:
            continue
        at = start + found.offset
        low, high = _FORMS[found.form]
        out.append(Number(at, end, low, high, found.form, at, end, at, end))  # type: ignore[arg-type]
    return out


_FORMS: dict[str, tuple[int, int | None]] = {"singular": (1, 1), "dual": (2, 2), "plural": (2, None)}
