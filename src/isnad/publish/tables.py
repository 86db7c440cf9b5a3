"""The tables by which codes of other datasets are chosen: ``data/*.csv`` of this room.

They are no part of what the coder knows: changing one changes files, never claims. Editions and
open points are told in ``docs/exports.md``. ``python -m isnad.publish.tables`` is their lint.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from isnad.errors import KnowledgeError
from isnad.knowledge.actors import INTERS
from isnad.knowledge.tables import Row, one_of, read_table
from isnad.model import CLAIM_TYPES, STATUSES

DATA = Path(__file__).with_name("data")
CONDITIONS = (
    "armed", "armour", "civilians", "harmed", "initiator", "intervened", "militia", "police",
    "state",
)  # fmt: skip
"""What a row may ask of an incident; :mod:`isnad.publish.parties` answers."""


class Choice(NamedTuple):
    """A row that turns a type into a code, if its conditions hold; no code: left out, and why."""

    type: str
    status: str
    when: frozenset[str]
    code: tuple[str, ...]
    note: str


class Country(NamedTuple):
    """A country in ISO 3166, ACLED's and UCDP's words; "" or ``None`` where not known to us."""

    iso3: str
    iso2: str
    numeric: int | None
    name: str
    acled_region: str
    ucdp_name: str
    gwno: int | None

    @property
    def ucdp_region(self) -> str:
        """UCDP's five regions go by the country's Gleditsch-Ward number."""
        n = self.gwno
        if n is None:
            return ""
        bounds = ((200, "Americas"), (400, "Europe"), (630, "Africa"), (700, "Middle East"))
        return next((name for below, name in bounds if n < below), "Asia")


class Tables(NamedTuple):
    """All of ``data/``, checked."""

    acled: tuple[Choice, ...]
    hierarchy: dict[tuple[str, str], str]
    inter: dict[str, int]
    interactions: dict[frozenset[str], tuple[int, str]]
    vague: dict[tuple[int | None, int | None], int]
    plover: tuple[Choice, ...]
    events: dict[tuple[str, str], tuple[int, float | None]]
    countries: dict[str, Country]


def read(data: Path = DATA) -> Tables:
    """The tables of a folder.

    Raises:
        KnowledgeError: E301 to E305 for what does not hold together, with file and line.
    """
    ranks = ("event_type", "sub_event_type", "disorder_type")
    hierarchy = {
        (r["event_type"], r["sub_event_type"]): r["disorder_type"]
        for r in read_table(data / "acled_hierarchy.csv", ranks)
    }
    events = {
        (r["event"], r["mode"]): (_int(r, "quad") or 0, float(r["score"]) if r["score"] else None)
        for r in read_table(data / "plover_events.csv", ("event", "mode", "quad", "score"))
    }
    inter = {
        one_of(r["name"], INTERS, "name", r.where): _int(r, "number") or 0
        for r in read_table(data / "acled_inter.csv", ("number", "name"))
    }
    interactions = {
        frozenset(
            one_of(r[side], ("", *INTERS), side, r.where) for side in ("one", "other") if r[side]
        )
        | (frozenset() if r["other"] else {""}): (_int(r, "code") or 0, r["interaction"])
        for r in read_table(
            data / "acled_interactions.csv", ("code", "one", "other", "interaction")
        )
    }
    vague = {
        (_int(r, "low"), _int(r, "high")): _int(r, "deaths") or 0
        for r in read_table(data / "acled_vague.csv", ("low", "high", "deaths"))
    }
    countries = {
        r["iso3"]: Country(
            r["iso3"], r["iso2"], _int(r, "iso_numeric"), r["name"], r["acled_region"],
            r["ucdp_name"] or r["name"], _int(r, "gwno"),
        )
        for r in read_table(
            data / "countries.csv",
            ("iso3", "iso2", "iso_numeric", "name", "acled_region", "ucdp_name", "gwno"),
        )
    }  # fmt: skip
    return Tables(
        _choices(data / "acled_types.csv", ("event_type", "sub_event_type"), hierarchy),
        hierarchy, inter, interactions, vague,
        _choices(data / "plover_types.csv", ("event", "mode", "context"), events),
        events, countries,
    )  # fmt: skip


def _choices(
    path: Path, code: tuple[str, ...], allowed: Container[tuple[str, ...]]
) -> tuple[Choice, ...]:
    out = []
    for r in read_table(path, ("type", "status", "when", *code, "note")):
        one_of(r["type"], CLAIM_TYPES, "type", r.where)
        one_of(r["status"], ("", *STATUSES), "status", r.where)
        for word in r["when"].split():
            one_of(word, CONDITIONS, "when", r.where)
        made = tuple(r[c] for c in code)
        if made[0] and made[:2] not in allowed:
            raise KnowledgeError("E305", f"{made[:2]} is no code", r.where)
        if not made[0] and not r["note"]:
            raise KnowledgeError("E305", "a row without a code says why in its note", r.where)
        out.append(Choice(r["type"], r["status"], frozenset(r["when"].split()), made, r["note"]))
    missing = set(CLAIM_TYPES) - {c.type for c in out if not c.status and not c.when}
    if missing:
        raise KnowledgeError("E305", f"lacks {', '.join(sorted(missing))}", path.name)
    return tuple(out)


def _int(row: Row, column: str) -> int | None:
    try:
        return int(row[column]) if row[column] else None
    except ValueError as error:
        raise KnowledgeError("E305", f"{row[column]!r} is no number", row.where) from error


def choose(choices: Iterable[Choice], kind: str, status: str, holds: frozenset[str]) -> Choice:
    """The first row for the type whose conditions hold; one without a code says why not.

    Something that happened or goes on asks the rows without a status, anything else its own.
    """
    asked = "" if status in ("happened", "ongoing") else status
    for c in choices:
        if c.type == kind and c.status == asked and c.when <= holds:
            return c
    return Choice(kind, asked, frozenset(), ("", "", ""), f"{status}: the form has events only")


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The project's own tables, read once."""
    return read()


def main() -> int:
    """The lint: what is wrong with the tables; exit status 1 if anything is."""
    from isnad.knowledge.lint import lint_cells

    found = list(lint_cells(DATA))
    try:
        read()
    except KnowledgeError as error:
        found.append(str(error))
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
