"""Words around names: heads of groups, ranks, weapons, clients, states; and their inflected forms.

In: ``data/heads.csv``, ``ranks.csv``, ``weapons.csv``, ``clients.csv``, ``states.csv``. Out: typed
rows, and the surface forms (normal form) in which each may stand in a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from isnad.knowledge.tables import DATA, Row, one_of, read_table
from isnad.language.arabic.normal import fold

HEAD_CLASSES = (
    "forces", "militia", "cells", "persons", "patrol", "site", "gear", "unit", "command", "party",
    "side", "both", "last", "air", "raid", "drone", "action", "ministry", "police", "outlet",
    "monitor", "place", "adj", "link",
)  # fmt: skip
EFFECTS = ("", "forces", "air", "navy", "police", "gov", "client", "member", "enemy")
ITEMS = (
    "tank", "armoured_vehicle", "vehicle", "artillery", "rocket", "missile", "mortar", "shell",
    "aircraft", "helicopter", "drone", "explosive_device", "mine", "small_arms", "ammunition",
    "other",
)  # fmt: skip
RANK_CLASSES = ("military", "party", "office", "spokesman", "named")
SUFFIXES = ("هما", "ها", "هم", "نا", "ه")
"""Possessive pronouns, longest first."""
POSSESSED = frozenset({
    "persons", "forces", "militia", "cells", "patrol", "site", "gear", "air", "drone", "command",
})  # fmt: skip


class Head(NamedTuple):
    """A noun that makes a group, unit, force, ministry, outlet… and what it does to the id."""

    forms: tuple[str, ...]
    cls: str
    effect: str
    gender: str
    number: str
    role: str
    note: str = ""


class Rank(NamedTuple):
    """A rank or office: it makes a person."""

    forms: tuple[str, ...]
    cls: str
    role: str
    number: str
    note: str


class Weapon(NamedTuple):
    """A weapon's noun or model and its item class. ``mass`` nouns have no number of their own."""

    item: str
    singular: tuple[str, ...]
    dual: tuple[str, ...]
    plural: tuple[str, ...]
    mass: bool
    kind: str
    note: str


class Client(NamedTuple):
    """Who is meant by "militias loyal to PATRON", where and when."""

    patron: str
    country: str
    client: str
    valid_from: str
    valid_to: str
    words: tuple[str, ...]


class State(NamedTuple):
    """A state's names and capital, which may stand for it as an author."""

    country: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    gender: str


def _forms(row: Row, column: str) -> tuple[str, ...]:
    return tuple(x.strip() for x in row[column].split("|") if x.strip())


def read_heads(data: Path = DATA) -> Iterator[Head]:
    for row in read_table(
        data / "heads.csv", ("forms", "class", "effect", "gender", "number", "role")
    ):
        yield Head(
            _forms(row, "forms"), one_of(row["class"], HEAD_CLASSES, "class", row.where),
            one_of(row["effect"], EFFECTS, "effect", row.where),
            one_of(row["gender"], ("", "m", "f"), "gender", row.where),
            one_of(row["number"], ("", "1", "2", "plural"), "number", row.where), row["role"],
            row.values.get("note", ""),
        )  # fmt: skip


def read_ranks(data: Path = DATA) -> Iterator[Rank]:
    for row in read_table(data / "ranks.csv", ("forms", "class", "role", "plural", "note")):
        cls = one_of(row["class"], RANK_CLASSES, "class", row.where)
        yield Rank(_forms(row, "forms"), cls, row["role"], row["plural"] or "1", row["note"])


def read_weapons(data: Path = DATA) -> Iterator[Weapon]:
    columns = ("item", "singular", "dual", "plural", "mass", "kind", "note")
    for row in read_table(data / "weapons.csv", columns):
        yield Weapon(
            one_of(row["item"], ITEMS, "item", row.where), _forms(row, "singular"),
            _forms(row, "dual"), _forms(row, "plural"), row["mass"] == "1",
            one_of(row["kind"], ("noun", "model"), "kind", row.where), row["note"],
        )  # fmt: skip


def read_clients(data: Path = DATA) -> Iterator[Client]:
    columns = ("patron", "country", "client", "valid_from", "valid_to", "words")
    for row in read_table(data / "clients.csv", columns):
        yield Client(
            row["patron"], row["country"], row["client"], row.day("valid_from"),
            row.day("valid_to"), tuple(fold(w) for w in _forms(row, "words")),
        )  # fmt: skip


def read_states(data: Path = DATA) -> Iterator[State]:
    for row in read_table(data / "states.csv", ("country", "names", "capitals", "gender")):
        yield State(row["country"], _forms(row, "names"), _forms(row, "capitals"), row["gender"])


def nisba(stem: str) -> list[str]:
    """Forms of a masculine adjective (normal form): تركي → تركيه, تركيين, تركيون, duals, تركيات.

    The accusative is left out: تركيا is the country.
    """
    s = fold(stem)
    if s.endswith("ه"):
        return [s]
    return [s, s + "ه", s + "ين", s + "ون", s + "ان", s + "تان", s + "تين", s + "ات"]


def with_accusative(form: str) -> list[str]:
    """A word (normal form) and its accusative in alef: «مدنيا»; not after ه, ا, ء or in phrases."""
    if " " in form or form[-1] in "هاءت" or not form.isalpha() or form.isascii():
        return [form]
    return [form, form + "ا"]


def defined(form: str) -> str:
    """The definite form of a phrase (normal form): the article on its adjectives too.

    «طائره حربيه» → «الطائره الحربيه»; the first word's own article is a proclitic to the automaton,
    so this is only needed for phrases.
    """
    return " ".join(w if w.startswith("ال") or w.isdigit() else "ال" + w for w in form.split(" "))


def may_be_possessed(head: Head) -> bool:
    """Not singular persons, which are adjectives too: «عسكريه» is «عسكرية», not his soldier."""
    return head.cls in POSSESSED and not (head.cls == "persons" and head.number == "1")


def suffixed(form: str) -> Iterator[tuple[str, str]]:
    """A noun (normal form) with each possessive pronoun: (form, pronoun)."""
    if " " in form or form.startswith("ال"):
        return
    base = form[:-1] + "ت" if form.endswith("ه") else form
    if base.endswith(("ون", "ين")) and len(base) > 4:
        return
    for suffix in SUFFIXES:
        yield base + suffix, suffix
