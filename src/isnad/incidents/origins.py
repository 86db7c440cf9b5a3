"""Corroboration by origin: tellings that rest on one source count once.

The origin is the innermost named source of the chain (a site that quotes an agency that quotes a
monitor rests on the monitor), known by its actor id where the knowledge has one. A chain that names
nobody ("local sources") rests on the outlet that tells it; a forwarded post on whose post it is. A
copy rests on what it copies.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from isnad.knowledge.compiled import knowledge
from isnad.language.arabic.normal import fold
from isnad.model import Incident, Telling

NAMED = frozenset({"outlet", "official", "party", "monitor", "rescue", "medical"})
"""Kinds of source that are someone: local people, eyewitnesses and unnamed sources are not."""
_SPLIT = re.compile(r"[^\w]+")


class Origin(NamedTuple):
    """Who stands behind a telling: an actor id or folded name, its kind, and how it was found."""

    name: str
    kind: str
    why: str
    words: str


class Root(NamedTuple):
    """An origin, its words as a report writes them, and the claims that rest on it."""

    name: str
    words: str
    claims: tuple[str, ...]


def origin_of(telling: Telling) -> Origin:
    """The origin of one telling."""
    for source in reversed(telling.claim.sources):
        if source.kind in NAMED:
            known = resolve(source.as_written)
            name = known or _name(source.as_written)
            words = " ".join(source.as_written.split())
            return Origin(name, source.kind, "innermost named source", words)
    outlet = telling.forwarded_from or telling.publisher
    if outlet:
        known = resolve(outlet)
        why = "whose post is passed on" if telling.forwarded_from else "the outlet itself"
        return Origin(known or _name(outlet), "outlet", why, outlet)
    name = f"report {telling.copy_of or telling.report}"
    return Origin(name, "unnamed", "nobody is named", name)


def origins(incident: Incident) -> list[Root]:
    """The origins, those of most claims first; a copy counts with what it copies."""
    by_report = {t.report: t for t in incident.tellings if t.copy_of is None}
    out: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for t in incident.tellings:
        root = by_report.get(t.copy_of, t) if t.copy_of else t
        origin = origin_of(root)
        out.setdefault(origin.name, []).append(t.id)
        words.setdefault(origin.name, origin.words)
    roots = (Root(name, words[name], tuple(claims)) for name, claims in out.items())
    return sorted(roots, key=lambda r: (-len(r.claims), r.name))


@lru_cache(maxsize=16384)
def resolve(words: str) -> str | None:
    """The actor that ``words`` name, if the knowledge has exactly one firm name like them."""
    return _names().get(_name(words))


def _name(words: str) -> str:
    return " ".join(w.removeprefix("ال") for w in _SPLIT.split(fold(words).lower()) if w)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    actors = knowledge().actors
    for actor in actors:
        for text in (actor.name_en, actor.name_ar):
            if found.setdefault(_name(text), actor.id) != actor.id:
                twice.add(_name(text))
    for alias in actors.aliases:
        if not alias.weak and alias.lang != "adj":
            name = _name(alias.text)
            if found.setdefault(name, alias.actor) != alias.actor:
                twice.add(name)
    return {name: actor for name, actor in found.items() if name and name not in twice}
