"""The lint of all knowledge tables: ``python -m isnad.knowledge.lint``.

Every cell: NFKC-equal, no tatweel, no bidi or zero-width characters, no stray blanks (the word list
that nobody reviewed and that never matches is the mistake to avoid). Actors: dates ordered, parents
exist, no cycle. Aliases: the actor exists, dates ordered, no alias claimed twice at one time and
place unless a rule decides: the country's own row before the general one, a weak row after a firm
one, the part before the whole (see :mod:`isnad.coding.actors.identity`).
"""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from isnad.errors import KnowledgeError
from isnad.knowledge.actors import (
    ACTOR_COLUMNS,
    ALIAS_COLUMNS,
    Actor,
    Actors,
    Alias,
    read_actors,
    read_aliases,
)
from isnad.knowledge.joining import read_joining
from isnad.knowledge.tables import DATA, read_folder, short
from isnad.knowledge.word_lists import read_word_lists
from isnad.knowledge.words import read_clients, read_heads, read_ranks, read_states, read_weapons
from isnad.language.arabic.normal import fold

TATWEEL = "ـ"
HIJRI = "هـ"
"""The abbreviation of the Hijri year is the one word written with a tatweel; it folds to ه."""
HIDDEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff\u00ad"
                   "\u202a\u202b\u202c\u202d\u202e\u00a0")  # fmt: skip


def cells(path: Path) -> Iterator[tuple[str, str]]:
    """Every cell of a CSV file with its place."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError("E301", f"is not UTF-8: {error}", short(path)) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    for row in reader:
        for cell in row:
            yield cell, f"{short(path)}:{reader.line_num}"


def lint_cells(data: Path = DATA) -> Iterator[str]:
    """Characters that make a word never match, in every CSV file below ``data``."""
    for path in sorted(data.rglob("*.csv")):
        for cell, where in cells(path):
            if unicodedata.normalize("NFKC", cell) != cell:
                yield f"{where}: {cell!r} is not in NFKC"
            if TATWEEL in cell and cell != HIJRI:
                yield f"{where}: {cell!r} holds a tatweel"
            if HIDDEN & set(cell):
                yield f"{where}: {cell!r} holds a hidden character"
            if cell != cell.strip() or "  " in cell:
                yield f"{where}: {cell!r} holds stray blanks"


def lint_actors(data: Path = DATA) -> Iterator[str]:
    """Ids, dates and parents of ``data/actors``."""
    places: dict[str, str] = {}
    for row in read_folder(data / "actors", ACTOR_COLUMNS):
        if row["id"] in places:
            yield f"{row.where}: {row['id']} stands already at {places[row['id']]}"
        places[row["id"]] = row.where
        if not row["id"] or not row["name_en"] or not row["name_ar"]:
            yield f"{row.where}: an id, an English and an Arabic name are needed"
    actors = {a.id: a for a in read_actors(data)}
    for a in actors.values():
        where = places[a.id]
        if a.valid_from and a.valid_to and a.valid_from > a.valid_to:
            yield f"{where}: {a.id} ends ({a.valid_to}) before it begins ({a.valid_from})"
        for d in (*a.part_of, *a.acled_name):
            if d.start and d.end and d.start > d.end:
                yield f"{where}: {a.id}: {d.value} ends before it begins"
        for d in a.part_of:
            if d.value not in actors:
                yield f"{where}: {a.id} is part of {d.value}, which is no id"
        if any(a.id in _line(p.value, actors) for p in a.part_of):
            yield f"{where}: {a.id} is part of itself"


def _line(actor: str, actors: dict[str, Actor]) -> set[str]:
    seen: set[str] = set()
    queue = [actor]
    while queue:
        one = queue.pop()
        if one in seen or one not in actors:
            continue
        seen.add(one)
        queue.extend(p.value for p in actors[one].part_of)
    return seen


def lint_aliases(data: Path = DATA) -> Iterator[str]:
    """Owners, dates and clashes of ``data/aliases``."""
    actors = Actors(read_actors(data), ())
    places = [row.where for row in read_folder(data / "aliases", ALIAS_COLUMNS)]
    by_form: dict[tuple[str, str], list[tuple[Alias, str]]] = {}
    for alias, where in zip(read_aliases(data), places, strict=True):
        if alias.actor not in actors:
            yield f"{where}: {alias.actor} is no id"
            continue
        form = fold(alias.text)
        if not form:
            yield f"{where}: an alias without letters"
            continue
        if alias.valid_from and alias.valid_to and alias.valid_from > alias.valid_to:
            yield f"{where}: «{alias.text}» ends before it begins"
        by_form.setdefault((form, "adj" if alias.lang == "adj" else ""), []).append((alias, where))
    for claims in by_form.values():
        for i, (one, where) in enumerate(claims):
            for other, there in claims[:i]:
                if clash(one, other, actors):
                    yield (
                        f"{where}: «{one.text}» is {one.actor} here and {other.actor} at {there},"
                        " at one time and place; give one a country, dates or weak=1"
                    )


def clash(one: Alias, other: Alias, actors: Actors) -> bool:
    """Whether two rows claim one alias at one time and place and no rule decides."""
    if one.actor == other.actor or one.weak or other.weak:
        return False
    if bool(one.countries) != bool(other.countries):
        return False
    if one.countries and not set(one.countries) & set(other.countries):
        return False
    if actors.related(one.actor, other.actor):
        return False
    (s, e), (t, f) = _window(one, actors), _window(other, actors)
    return (not e or not t or t < e) and (not f or not s or s < f)


def _window(alias: Alias, actors: Actors) -> tuple[str, str]:
    a = actors[alias.actor]
    ends = [e for e in (alias.valid_to, a.valid_to) if e]
    return max(alias.valid_from, a.valid_from), min(ends) if ends else ""


def lint_words(data: Path = DATA) -> Iterator[str]:
    """Heads, ranks, weapons, clients and states: values allowed, ids known, no form twice."""
    known = {a.id for a in read_actors(data)}
    for c in read_clients(data):
        for actor in (c.patron, c.client):
            if actor not in known:
                yield f"data/clients.csv: {actor} is no id"
        if c.valid_from and c.valid_to and c.valid_from > c.valid_to:
            yield f"data/clients.csv: {c.client} ends before it begins"
    for name, tables in (
        # the same form may stand in two rows only where what follows tells them apart
        (
            "heads.csv",
            [(h.forms, h.cls if h.cls in ("adj", "link") else "") for h in read_heads(data)],
        ),
        ("ranks.csv", [(r.forms, "") for r in read_ranks(data)]),
        ("weapons.csv", [((*w.singular, *w.dual, *w.plural), w.item) for w in read_weapons(data)]),
        ("states.csv", [((*s.names, *s.capitals), "") for s in read_states(data)]),
    ):
        seen: dict[tuple[str, str], int] = {}
        first: dict[str, str] = {}
        for number, (forms, kind) in enumerate(tables):
            for form in {fold(f) for f in forms}:
                if seen.setdefault((form, kind), number) != number and name != "weapons.csv":
                    yield f"data/{name}: «{form}» stands in two rows"
                if first.setdefault(form, kind) != kind and name == "weapons.csv":
                    yield f"data/{name}: «{form}» is both {first[form]} and {kind}"
                if not form:
                    yield f"data/{name}: row {number + 1} has an empty form"


def lint_joining(data: Path = DATA) -> Iterator[str]:
    """What joins claims: every type and signal once, families that exist, weights that are numbers.

    A folder without those tables (a user's own knowledge) has nothing to check.
    """
    if (data / "incidents").is_dir():
        read_joining(data)
    yield from ()


def lint_lists(data: Path = DATA) -> Iterator[str]:
    """The lists of words that rules ask for: each once, each word once, each with its note."""
    if (data / "coding" / "word_lists.csv").is_file():
        read_word_lists(data)
    yield from ()


def lint(data: Path = DATA) -> list[str]:
    """Everything wrong with the tables of ``data``, one line each."""
    out: list[str] = []
    for check in (lint_cells, lint_actors, lint_aliases, lint_words, lint_joining, lint_lists):
        try:
            out.extend(check(data))
        except KnowledgeError as error:
            out.append(str(error))
    return out


def main() -> int:
    """Print what is wrong; exit status 1 if anything is."""
    found = lint()
    for line in found:
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(found)} found\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
