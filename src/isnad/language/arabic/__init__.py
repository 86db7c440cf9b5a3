"""Arabic: normal form, words, sentences, numbers and times of any text, offline.

In: text as written. Out: values with half-open code-point spans of that text; nothing is read or
written but the package's own data files. May be used by itself::

    >>> from isnad.language import arabic
    >>> number = arabic.numbers("مقتل ما لا يقل عن 7 عناصر")[0]
    >>> number.low, number.high, number.exactness
    (7, None, 'at_least')

Inside Isnad, the coder works on the normal form with :func:`find_numbers`, :func:`find_times`,
:func:`find_sentences`… in the modules beside this one; the functions here map what those find back
to the source.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

# Functions below share names with modules of this package. All modules are imported here, before
# the functions are defined, as the first import of a module binds its name in the package.
from isnad.language.arabic.kinds import override
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.number import Number
from isnad.language.arabic.numbers import find_counted_nouns, find_numbers
from isnad.language.arabic.sentences import find_clauses, find_quotes, find_sentences
from isnad.language.arabic.times import TimeMention, find_times
from isnad.language.arabic.tokens import Token, tokenize
from isnad.language.normal import NormalText

__all__ = [
    "analyse",
    "clauses",
    "counted_nouns",
    "numbers",
    "quotes",
    "sentences",
    "times",
    "tokens",
]


def _read(text: str) -> tuple[NormalText, list[Token]]:
    normal = normalize(text)
    return normal, tokenize(normal.text)


def tokens(text: str) -> list[Token]:
    """Tokens of a text: normal form of each, and its span in the source."""
    normal, found = _read(text)
    return [t._replace(start=s, end=e) for t in found for s, e in [normal.span(t.start, t.end)]]


def numbers(text: str) -> list[Number]:
    """Numbers of a text with source spans (see :class:`isnad.language.arabic.number.Number`)."""
    normal, found = _read(text)
    return [_mapped(normal, n) for n in find_numbers(normal.text, found)]


def counted_nouns(text: str) -> list[Number]:
    """Nouns that count by their form («مدني» 1, «طفلان» 2, «قتلى» 2 or more), with source spans."""
    normal, found = _read(text)
    return [_mapped(normal, n) for n in find_counted_nouns(normal.text, found)]


def times(text: str, published: dt.date | None = None) -> list[TimeMention]:
    """Expressions of time with source spans, resolved from ``published`` or a dateline."""
    normal, found = _read(text)
    return [
        replace(m, start=s, end=e)
        for m in find_times(normal.text, found, published)
        for s, e in [normal.span(m.start, m.end)]
    ]


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, bullets and item numbers left out."""
    normal, found = _read(text)
    return [normal.span(*s) for s in find_sentences(normal.text, found)]


def clauses(text: str) -> list[list[tuple[int, int]]]:
    """For each sentence, the spans of its clauses."""
    normal, found = _read(text)
    return [
        [normal.span(*c) for c in find_clauses(normal.text, found, s)]
        for s in find_sentences(normal.text, found)
    ]


def quotes(text: str) -> list[tuple[int, int]]:
    """Spans of quoted passages, their marks included; nested ones follow the outer one."""
    normal, found = _read(text)
    return [normal.span(*q) for q in find_quotes(normal.text, found)]


def _mapped(normal: NormalText, n: Number) -> Number:
    start, end = normal.span(n.start, n.end)
    value_start, value_end = normal.span(n.value_start, n.value_end)
    noun: tuple[int, int] | tuple[None, None] = (None, None)
    if n.noun_start is not None and n.noun_end is not None:
        noun = normal.span(n.noun_start, n.noun_end)
    return replace(
        n, start=start, end=end, value_start=value_start, value_end=value_end,
        noun_start=noun[0], noun_end=noun[1],
    )  # fmt: skip


def analyse(text: str, published: dt.date | None = None) -> dict[str, Any]:
    """Everything this layer sees in a text, as one JSON-ready object.

    Args:
        text: any text.
        published: the day from which relative times count.

    Returns:
        ``text``; ``numbers`` (span, as_written, low, high, exactness, noun, kind, relation);
        ``measures``: figures glued to their unit («130ملم»), in the same shape; ``times`` (span,
        as_written, earliest, latest, precision, basis, kind, flags); ``sentences`` and ``quotes``
        as spans; ``tokens`` (span, text, normal, kind). Spans are half-open code points of
        ``text``. Figures inside a point of time or a clock time are in ``times`` only.
    """
    normal, found = _read(text)
    mentions = find_times(normal.text, found, published)
    points = sorted((m.start, m.end) for m in mentions if m.kind != "duration")
    every = override(find_numbers(normal.text, found), points)
    shown = [_mapped(normal, n) for n in every if n.kind not in ("date", "clock")]
    measures = [
        n for n in shown if n.kind == "measure" and text[n.value_end : n.value_end + 1].isalpha()
    ]
    return {
        "text": text,
        "numbers": [_number(text, n) for n in shown if n not in measures],
        "measures": [_number(text, n) for n in measures],
        "times": [
            {
                "span": [s, e],
                "as_written": text[s:e],
                "earliest": m.earliest.isoformat() if m.earliest else None,
                "latest": m.latest.isoformat() if m.latest else None,
                "precision": m.precision,
                "basis": m.basis,
                "kind": m.kind,
                "flags": list(m.flags),
            }
            for m in mentions
            for s, e in [normal.span(m.start, m.end)]
        ],
        "sentences": [list(normal.span(*s)) for s in find_sentences(normal.text, found)],
        "quotes": [list(normal.span(*q)) for q in find_quotes(normal.text, found)],
        "tokens": [
            {"span": [s, e], "text": text[s:e], "normal": t.text, "kind": t.kind}
            for t in found
            if t.kind != "newline"
            for s, e in [normal.span(t.start, t.end)]
        ],
    }


def _number(text: str, n: Number) -> dict[str, Any]:
    noun = None if n.noun_start is None else text[n.noun_start : n.noun_end]
    return {
        "span": [n.start, n.end],
        "as_written": text[n.start : n.end],
        "low": n.low,
        "high": n.high,
        "exactness": n.exactness,
        "noun": noun,
        "noun_span": None if n.noun_start is None else [n.noun_start, n.noun_end],
        "kind": n.kind,
        "relation": n.relation,
    }
