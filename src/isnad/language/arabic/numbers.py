"""Numbers in Arabic text: what is said, as intervals, with the words that say it.

In: a normal form and its tokens. Out: :class:`Number` in text order, never overlapping. The value
table is the gold guidelines'. No regular expression runs over the text: one pass over the tokens,
each number looking a bounded number of tokens around itself.
"""

from __future__ import annotations

from isnad.language.arabic.bounds import apply_after, apply_before
from isnad.language.arabic.compounds import Compound, atom, read
from isnad.language.arabic.counted import add_noun, relation
from isnad.language.arabic.figures import dated, digits_part, glued, mark, percent
from isnad.language.arabic.kinds import mark_kinds
from isnad.language.arabic.nouns import Noun, noun
from isnad.language.arabic.number import Number, Part
from isnad.language.arabic.numerals import Numeral, numeral
from isnad.language.arabic.quantities import (
    PIECES,
    no_number,
    one_of,
    ordinal,
    piece,
    quantity,
    quotient_words,
    several,
    some,
)
from isnad.language.arabic.ranges import join_ranges, split_between
from isnad.language.arabic.tokens import Token

__all__ = ["Number", "find_counted_nouns", "find_numbers"]


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
        add_noun(tokens, part, parts[k + 1].first if k + 1 < len(parts) else len(tokens))
    parts = join_ranges(normal, tokens, parts)
    for k, part in enumerate(parts):
        if part.kind in ("date", "clock", "id", "bullet"):
            continue
        apply_before(tokens, part, parts[k - 1].last if k else 0)
        stop = parts[k + 1].first if k + 1 < len(parts) else len(tokens)
        apply_after(tokens, part, stop)
        if part.noun_start is None:
            add_noun(tokens, part, stop)  # «عشرون ونيف جريحاً»
        part.relation = part.relation or relation(tokens, part)
    parts = _between_bounds(tokens, parts)
    mark_kinds(normal, tokens, parts)
    return [part.done() for part in parts]


class _Heads(dict[str, bool]):
    """Whether a number may begin with a token, by its text; remembered."""

    def __missing__(self, text: str) -> bool:
        found = text[0].isdecimal() or text in PIECES or numeral(text) is not None
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = found
        return found


class _Nouns(dict[str, Noun | None]):
    """The counted noun of a token's text; remembered."""

    def __missing__(self, text: str) -> Noun | None:
        found = noun(text) if text[0].isalpha() else None
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = found
        return found


_REMEMBERED = 100_000
_heads = _Heads()
_nouns = _Nouns()


def _parts(normal: str, tokens: list[Token]) -> list[Part]:
    parts: list[Part] = []
    done = 0
    heads = _heads
    for i in [i for i, token in enumerate(tokens) if heads[token[0]]]:
        text, _, _, kind = tokens[i]
        if i < done:
            continue
        if kind == "word":
            head = numeral(text)
            if head is None:
                if text in PIECES:
                    done = piece(tokens, i, parts) or done
                continue
        found = _figure(tokens, i, parts) if kind == "number" else None
        if found is None:
            head = atom(tokens, i)
            if head is None:
                continue
            found = _worded(normal, tokens, i, head)
        for part in found:
            if part.word == "واحد" and parts and parts[-1].last == part.first == i and (
                parts[-1].high or 0) > 2:  # fmt: skip
                parts[-1].noun_start, parts[-1].noun_end = part.start, part.end
                done = part.last  # dialect «اتناشر واحد»: twelve persons
                continue
            parts.append(part)
            done = part.last
    return parts


def _figure(tokens: list[Token], i: int, parts: list[Part]) -> list[Part] | None:
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
    return (
        i + 2 < len(tokens) and tokens[i + 2].kind in ("word", "mark") and len(tokens[i].text) < 3
    )


def _worded(normal: str, tokens: list[Token], i: int, head: Numeral) -> list[Part]:
    category = head.category
    if category in ("many", "number_of"):
        part = quantity(tokens, i, head)
        return [part] if part else []
    if category in ("some", "many_after"):
        return some(tokens, i, head)
    if category == "one":
        compound = read(tokens, i, head)
        if compound is not None and compound.last == i + 1 and not one_of(tokens, i, head):
            return []
    else:
        compound = read(tokens, i, head)
    if compound is None:
        return several(tokens, i, head) if category == "several" else []
    pair = split_between(tokens, compound)
    found = []
    for c in pair:
        part = _part(normal, tokens, c)
        if part is not None:
            found.append(part)
    return found


def _part(normal: str, tokens: list[Token], c: Compound) -> Part | None:
    if c.sort == "ordinal":
        return ordinal(tokens, c)
    if c.last == c.first + 1 and c.head.category != "digits" and no_number(tokens, c):
        return None
    exactness = {"vague": "vague", "fraction": "fraction"}.get(c.sort, "exact")
    if c.head.category == "digits":
        part = digits_part(normal, tokens, c)
        if part.exactness == "exact" and c.sort == "vague":
            part.exactness = "vague"
    else:
        part = Part(c.low, c.high, c.first, c.last, c.start, c.end, exactness)  # type: ignore[arg-type]
        part.conj, part.word = bool(c.head.conj), c.head.word
        if (
            part.first
            and tokens[part.first - 1].text == "سالب"
            and isinstance(part.high, int | float)
        ):
            part.low, part.high = -part.high, -c.low
            part.first -= 1
            part.start = part.value_start = tokens[part.first].start
    if (
        part.digits
        and part.first
        and tokens[part.first - 1].text == "سالب"
        and part.low is not None
    ):
        part.low = part.high = -part.low
        part.first -= 1
        part.start = part.value_start = tokens[part.first].start
    if part.digits and part.first and tokens[part.first - 1].text in _ARTICLES:
        _with_article(tokens, part)
    quotient_words(tokens, part)
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


def find_counted_nouns(
    normal: str,  # noqa: ARG001 (all finders are called alike)
    tokens: list[Token],
) -> list[Number]:
    """Nouns that count by their form alone: singular 1/1, dual 2/2, indefinite plural 2/null.

    Every known noun is returned, also one that a numeral counts (its span then lies in that
    number's): the coder chooses. ``exactness`` is ``singular``, ``dual`` or ``plural``.
    """
    out = []
    nouns = _nouns
    for text, start, end, _ in [token for token in tokens if nouns[token[0]] is not None]:
        found = nouns[text]
        if found is None:
            continue
        at = start + found.offset
        low, high = _FORMS[found.form]
        out.append(Number(at, end, low, high, found.form, at, end, at, end))  # type: ignore[arg-type]
    return out


_FORMS: dict[str, tuple[int, int | None]] = {
    "singular": (1, 1),
    "dual": (2, 2),
    "plural": (2, None),
}
