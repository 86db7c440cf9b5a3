"""A query as units that a report must all hold, each a choice of phrases in normal form.

The same functions make the shadow and the query, so a word is found however it is written. A name
in Latin letters also asks for the Arabic names of the places and actors that are called so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import sqlalchemy as sa

from isnad.archive.shadow import forms, stem, words_of
from isnad.archive.tables import passage, report

_PIECE = re.compile(r'"([^"]*)"|[«“]([^»”]*)[»”]|(\S+)')
_NAME = 5  # words of the longest name looked for
_PLACES = 8  # places of one name whose Arabic names are asked for, the likeliest first
_PHRASES = 200  # phrases of one unit at most


class Unit(NamedTuple):
    """Phrases of which one must be there; ``column`` is ``words`` (exact) or ``stems``."""

    phrases: tuple[tuple[str, ...], ...]
    column: str


def units(query: str, *, exact: bool) -> list[Unit]:
    """The units of a query; none if it holds no word."""
    if exact:
        words = tuple(words_of(query))
        return [Unit((words,), "words")] if words else []
    out: list[Unit] = []
    loose: list[str] = []
    for quoted, guillemets, word in _PIECE.findall(query):
        phrase = words_of(quoted or guillemets)
        if phrase:
            out += _loose(loose)
            loose = []
            out.append(_unit([phrase, *_names(phrase)]))
        else:
            loose += words_of(word)
    return out + _loose(loose)


def _loose(words: list[str]) -> list[Unit]:
    """Words side by side: names of several words are one unit, the others one each."""
    out, at = [], 0
    while at < len(words):
        for size in range(min(_NAME, len(words) - at), 0, -1):
            some = words[at : at + size]
            names = _names(some)
            if names or size == 1:
                out.append(_unit([some, *names]))
                at += size
                break
    return out


def _unit(phrases: list[list[str]]) -> Unit:
    out: dict[tuple[str, ...], None] = {}
    for first, *rest in phrases:
        tail = tuple(stem(w) for w in rest)
        out |= dict.fromkeys((form, *tail) for form in forms(first))
    return Unit(tuple(out)[:_PHRASES], "stems")


def _names(words: list[str]) -> list[list[str]]:
    """The Arabic names, as words, of what is called so in Latin letters."""
    if not all(w.isascii() and not w.isdigit() for w in words):
        return []
    from isnad.knowledge.compiled import knowledge
    from isnad.knowledge.gazetteer.user import gazetteer

    name, found = " ".join(words), []
    places = gazetteer()
    for entry in places.lookup(name)[:_PLACES]:
        found += [entry.name_ar, *places.variants(entry)]
    actors = knowledge().actors
    rows = knowledge().aliases_of(name)
    ids = {actors.aliases[row].actor for row in rows}
    ids |= {a.id for a in actors.by_id.values() if a.name_en and words_of(a.name_en) == words}
    for ident in sorted(ids):
        found.append(actors[ident].name_ar)
        found += [a.text for a in actors.names(ident) if a.lang == "ar" and not a.weak]
    arabic = [tuple(words_of(f)) for f in found if f]
    return [list(w) for w in dict.fromkeys(arabic) if w and not w[0].isascii()]


def matches(unit: Unit, dialect: str) -> sa.ColumnElement[bool]:
    """The condition that a report holds one of the unit's phrases."""
    if dialect == "sqlite":
        any_of = " OR ".join('"' + " ".join(p) + '"' for p in unit.phrases)
        fts = sa.table("passage_fts", sa.column("rowid"), sa.column("passage_fts"))
        hit = sa.select(fts.c.rowid).where(
            fts.c.passage_fts.match(f"{{{unit.column}}} : ({any_of})")
        )
        inside = passage.c.nr.in_(hit)
    else:
        any_of = " | ".join("(" + " <-> ".join(f"'{w}'" for w in p) + ")" for p in unit.phrases)
        vector = sa.func.to_tsvector(sa.literal_column("'simple'"), passage.c[unit.column])
        inside = vector.op("@@")(sa.cast(any_of, _TSQUERY))
    return report.c.nr.in_(sa.select(passage.c.report_row).where(inside))


class _TsQuery(sa.types.UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "tsquery"


_TSQUERY = _TsQuery()
