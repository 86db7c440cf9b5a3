"""Numerals one word at a time: what a word or figure means before grammar joins them.

The words are in ``data/numerals.csv`` (form, category, low, high); proclitics and the article are
taken off here. Categories:

- ``unit`` 0–9 and بضع (3–9), ``one`` أحد/إحدى, ``ten``, ``teen`` (one word, as dialects write it),
  ``tens``, ``hundred`` (100), ``hundreds`` (200–900 in one word);
- ``scale`` ألف، مليون…, ``scales`` their plurals, ``scale2`` their duals, ``dozen``, ``dozen2``;
- ``vague10`` عشرات, ``vague100`` مئات;
- ``part`` نصف، ربع, ``third`` ثلث, ``parts`` ثلثان, ``division`` أخماس (its denominator);
- ``ordinal``, ``ordinal1`` (حادي, only in compounds);
- ``several`` عدة, ``some`` بعض, ``many`` العديد (من), ``many_after``, ``number_of`` عدد (من).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from isnad.language.arabic.normal import fold
from isnad.language.arabic.tables import rows

Value = int | float


class Numeral(NamedTuple):
    """A numeral word, its proclitics apart.

    ``offset`` counts the characters before the value's own word; ``conj`` and ``prep`` are the
    proclitic letters or empty; ``high`` is None where the word sets no upper end.
    """

    category: str
    low: Value
    high: Value | None
    conj: str
    prep: str
    article: bool
    offset: int
    word: str


# Words that only look like proclitic + numeral: «لست» I am not, «وعده» promised him,
# «بعده» after him, «بثلث»… A form listed here is never split.
_NEVER_SPLIT = frozenset(
    fold(w)
    for w in ("لست", "فست", "بست", "كست", "وحدة", "كعدد", "كبعض", "وحده",
              "كثلث", "لثاني", "كاول", "بتسع", "لتسع", "كسبع", "كأحد", "كإحدى", "فألف", "كالثاني",
              "والى", "بالى", "بواحدة", "ونص", "بنص", "لنص", "لكثير", "كعشر", "فالف",
              "الست", "بالست", "للست", "والست", "كمية", "كميات")
)  # fmt: skip


@cache
def _table() -> dict[str, tuple[str, Value, Value | None]]:
    table: dict[str, tuple[str, Value, Value | None]] = {}
    for row in rows("numerals"):
        low, high = _number(row["low"]), _number(row["high"]) if row["high"] else None
        for form in row["form"].split("|"):
            table.setdefault(fold(form), (row["category"], low, high))
    return table


def _number(text: str) -> Value:
    return float(text) if "." in text else int(text)


def _prefixes() -> list[tuple[str, str, str, bool]]:
    """Every run of proclitics: its letters, conjunction, preposition, and whether an article."""
    out = []
    for conj in ("", "و", "ف"):
        for prep in ("", "ب", "ل", "ك"):
            for article in (False, True):
                letters = "لل" if prep == "ل" and article else prep + ("ال" if article else "")
                out.append((conj + letters, conj, prep, article))
    return out[1:]


def _expanded() -> dict[str, Numeral]:
    """Every numeral with every run of proclitics: a word that is none then costs one look."""
    table = _table()
    whole = {form: Numeral(*entry, "", "", False, 0, form) for form, entry in table.items()}
    out = dict(whole)
    for letters, conj, prep, article in _prefixes():
        for form, entry in table.items():
            word = letters + form
            if len(word) > 3 and word not in _NEVER_SPLIT:
                n = Numeral(*entry, conj, prep, article, len(letters), form)
                out.setdefault(word, n)
    return out


_NUMERALS = _expanded()


def numeral(word: str) -> Numeral | None:
    """The numeral that ``word`` (normal form) is, proclitics before it or not, or None."""
    return _NUMERALS.get(word)


def figure(text: str) -> Value | None:
    """The value of digits with separators («1,200», «1.200», «12.5»), or None if they are none.

    One separator before exactly three digits parts thousands unless the figure begins with 0;
    of two kinds the last parts decimals. Four parts or groups of other lengths (an address, a
    date) are no figure.
    """
    if text.isdigit():
        return int(text) if len(text) < 40 else None
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        last = max(text.rfind("."), text.rfind(","))
        whole, rest = text[:last], text[last + 1 :]
        if text[last] in whole or not _grouped(whole):
            return None
        return _decimal(whole.replace(",", "").replace(".", ""), rest)
    separator = "." if dots else ","
    if dots + commas > 1:
        return int(text.replace(separator, "")) if _grouped(text) and len(text) < 40 else None
    whole, _, rest = text.partition(separator)
    if len(rest) == 3 and len(whole) <= 3 and whole[0] != "0":
        return int(whole + rest)
    return _decimal(whole, rest)


def _grouped(text: str) -> bool:
    first, *groups = text.replace(",", ".").split(".")
    return bool(groups) and 0 < len(first) <= 3 and all(len(g) == 3 for g in groups)


def _decimal(whole: str, rest: str) -> Value | None:
    if len(whole) + len(rest) > 40:
        return None
    value = float(f"{whole or '0'}.{rest}")
    return int(value) if value.is_integer() else value
