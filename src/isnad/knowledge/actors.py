"""Who is who and when: actors, their names, and the codes other datasets give them.

In: ``data/actors/*.csv`` and ``data/aliases/*.csv``. Out: :class:`Actors`, with look-ups by id and
every code as a function of the day (ISO string; "" if unknown) and the country of the event.

ACLED: inter classes and "External/Other forces" for a state's forces outside the home state follow
its codebook as noted in the project's table of codes (text values, since 2024). UCDP: side kinds.
PLOVER: the sectors of its manual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, overload

from isnad.knowledge.tables import DATA, Dated, dated, one_of, read_folder

ACTOR_COLUMNS = (
    "id", "name_en", "name_ar", "kind", "country", "valid_from", "valid_to", "part_of",
    "acled_name", "acled_inter", "ucdp_kind", "plover", "source", "note",
)  # fmt: skip
ALIAS_COLUMNS = (
    "actor", "alias", "lang", "country", "valid_from", "valid_to", "stance", "whose", "weak",
    "note",
)  # fmt: skip
KINDS = (
    "state_forces", "government", "police", "pro_government_militia", "rebel", "political_party",
    "de_facto_authority", "external_forces", "international_organisation", "ngo", "monitor",
    "media", "rescue_service", "medical", "identity_militia", "tribe", "criminal", "company",
    "person_office", "group",
)  # fmt: skip
INTERS = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters",
    "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
STATE_KINDS = frozenset({"state_forces", "government", "police", "person_office"})


class Actor(NamedTuple):
    """One actor. Days are ISO strings, "" where open; see ``docs/knowledge-actors.md``."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    country: str
    valid_from: str
    valid_to: str
    part_of: tuple[Dated, ...]
    acled_name: tuple[Dated, ...]
    acled_inter: str
    ucdp_kind: str
    plover: str
    source: str
    note: str


class Alias(NamedTuple):
    """One way to write an actor. ``lang`` is ``ar``, ``en``, ``ku``… or ``adj`` (a stem)."""

    actor: str
    text: str
    lang: str
    countries: tuple[str, ...]
    valid_from: str
    valid_to: str
    stance: str
    whose: str
    weak: bool
    note: str

    def holds(self, day: str) -> bool:
        return Dated("", self.valid_from, self.valid_to).holds(day)

    def noted(self, key: str) -> str:
        """The value of ``key=`` in the note, or "" (number, gender, role of groups of persons)."""
        for piece in self.note.split(";"):
            name, _, value = piece.partition("=")
            if name.strip() == key:
                return value.strip()
        return ""


RECORD, FIELD = "\x1e", "\x1f"


def pack(alias: Alias) -> str:
    """An alias as one string, for the compiled file."""
    countries, weak = " ".join(alias.countries), "1" if alias.weak else ""
    return FIELD.join((*alias[:3], countries, *alias[4:8], weak, alias.note))


class PackedAliases(Sequence[Alias]):
    """Aliases that are read from their packed form when they are asked for."""

    def __init__(self, packed: str) -> None:
        self._packed = packed.split(RECORD) if packed else []
        self._read: dict[int, Alias] = {}

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Alias: ...
    @overload
    def __getitem__(self, at: slice) -> list[Alias]: ...
    def __getitem__(self, at: int | slice) -> Alias | list[Alias]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        found = self._read.get(at)
        if found is None:
            cells = self._packed[at].split(FIELD)
            found = self._read[at] = Alias(
                cells[0], cells[1], cells[2], tuple(cells[3].split()), cells[4], cells[5],
                cells[6], cells[7], cells[8] == "1", cells[9],
            )  # fmt: skip
        return found

    def actors(self) -> Iterator[str]:
        """The actor of each alias, without reading the rest."""
        return (line.partition(FIELD)[0] for line in self._packed)


class Actors:
    """All actors and aliases, with look-ups."""

    def __init__(self, actors: Iterable[Actor], aliases: Iterable[Alias]) -> None:
        self.by_id: dict[str, Actor] = {a.id: a for a in actors}
        self.aliases: Sequence[Alias] = (
            aliases if isinstance(aliases, PackedAliases) else list(aliases)
        )
        self._arms: dict[tuple[str, str, str], str] = {}
        self._lines: dict[tuple[str, str], list[str]] = {}
        self._children: dict[str, list[str]] | None = None
        self._rows: dict[str, list[int]] | None = None
        self._of_country: dict[str, list[Actor]] | None = None

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, actor: object) -> bool:
        return actor in self.by_id

    def __getitem__(self, actor: str) -> Actor:
        return self.by_id[actor]

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.by_id.values())

    def names(self, actor: str) -> list[Alias]:
        """Every alias of ``actor``, in the order of the files."""
        if self._rows is None:
            packed = self.aliases if isinstance(self.aliases, PackedAliases) else None
            owners = packed.actors() if packed else (a.actor for a in self.aliases)
            self._rows = {}
            for row, owner in enumerate(owners):
                self._rows.setdefault(owner, []).append(row)
        return [self.aliases[r] for r in self._rows.get(actor, ())]

    def of_country(self, country: str) -> list[Actor]:
        """The actors whose home is ``country`` (ISO3)."""
        if self._of_country is None:
            self._of_country = {}
            for a in self.by_id.values():
                self._of_country.setdefault(a.country, []).append(a)
        return self._of_country.get(country, [])

    def parents(self, actor: str, day: str = "") -> tuple[str, ...]:
        """What ``actor`` was part of on ``day`` (ever, if the day is unknown)."""
        found = self.by_id.get(actor)
        return tuple(d.value for d in found.part_of if d.holds(day)) if found else ()

    def ancestors(self, actor: str, day: str = "") -> list[str]:
        """``actor``, its parents, theirs and so on, nearest first."""
        kept = self._lines.get((actor, day))
        if kept is None:
            kept = self._lines[actor, day] = self._line(actor, day)
        return kept

    def _line(self, actor: str, day: str) -> list[str]:
        out, queue = [actor], list(self.parents(actor, day))
        while queue:
            one = queue.pop(0)
            if one not in out:
                out.append(one)
                queue.extend(self.parents(one, day))
        return out

    def children(self, actor: str) -> list[str]:
        """The actors that were ever part of ``actor``."""
        if self._children is None:
            self._children = {}
            for a in self.by_id.values():
                for parent in a.part_of:
                    self._children.setdefault(parent.value, []).append(a.id)
        return self._children.get(actor, [])

    def related(self, one: str, other: str, day: str = "") -> bool:
        """Whether they are the same, or one was part of the other."""
        return one in self.ancestors(other, day) or other in self.ancestors(one, day)

    def nearest(self, actor: str, known: Iterable[str], day: str = "") -> str | None:
        """``actor`` or its nearest ancestor among ``known``: for lists shorter than ours."""
        known = set(known)
        return next((a for a in self.ancestors(actor, day) if a in known), None)

    def valid(self, actor: str, day: str) -> bool:
        """Whether the actor existed on ``day``."""
        a = self.by_id[actor]
        return Dated("", a.valid_from, a.valid_to).holds(day)

    # Codes of other datasets -------------------------------------------------------------

    def acled_inter(self, actor: str, country: str = "", day: str = "") -> str:
        """ACLED's class of the actor in an event in ``country`` ("" if it has none).

        A state's forces outside the home state are "External/Other forces"; at home they are
        "State forces", whatever the table says of them elsewhere.
        """
        a = self.by_id[actor]
        if a.kind == "group" or not a.country or not country:
            return a.acled_inter
        state = a.kind in STATE_KINDS or a.ucdp_kind == "state"
        if state and not (day and not self.valid(actor, day)):
            return "State forces" if country == a.country else "External/Other forces"
        return a.acled_inter

    def acled_name(self, actor: str, country: str = "", day: str = "") -> str:
        """ACLED's form of the name on ``day``; the English name where the table has none.

        Groups of persons take the country of the event: "Civilians (Syria)".
        """
        a = self.by_id[actor]
        for name in a.acled_name:
            if name.holds(day):
                return name.value.replace("{country}", country or a.country)
        return f"{a.name_en} ({country})" if a.kind == "group" and country else a.name_en

    def ucdp_kind(self, actor: str) -> str:
        """UCDP side kind: ``state``, ``nonstate``, ``civilians`` or ""."""
        return self.by_id[actor].ucdp_kind

    def plover(self, actor: str) -> str:
        """PLOVER sector, such as ``MIL`` or ``REB``; "" if unknown."""
        return self.by_id[actor].plover

    # From a state to its arms ---------------------------------------------------------------

    def arm(self, actor: str, what: str, day: str = "") -> str:
        """The ``air``, ``navy``, ``police``, ``forces`` or ``gov`` of the actor's state.

        The actor itself where the list has none, or where ``actor`` belongs to no state.
        """
        key = (actor, what, day)
        kept = self._arms.get(key)
        if kept is None:
            kept = self._arms[key] = self._arm(actor, what, day)
        return kept

    def _arm(self, actor: str, what: str, day: str) -> str:
        a = self.by_id.get(actor)
        if a is None or not a.country or not (a.kind in STATE_KINDS or a.ucdp_kind == "state"):
            return actor
        here = [b for b in self.of_country(a.country) if self.valid(b.id, day)]
        if what == "gov":
            if a.kind == "government":
                return actor
            found = [b.id for b in here if b.kind == "government"]
            best = [f for f in found if f.endswith("government")] or found
            return self._same_line(actor, best, day)
        forces = self._forces(a, here, day)
        if what == "forces":
            return forces if a.kind in ("government", "person_office") else actor
        ends = {
            "air": ("-air-force",),
            "navy": ("-navy", "-naval-forces"),
            "police": ("-police", "-isf"),
        }
        found = [b.id for b in here if b.id.endswith(ends.get(what, ("\0",)))]
        if what == "police":
            found = [f for f in found if "military" not in f and "border" not in f]
            own = [f for f in found if f == f"{a.country.lower()}-police"]
            found = own or [f for f in found if forces in self.ancestors(f, day)]
        kin = [f for f in found if forces in self.ancestors(f, day)]
        if what == "police" and not found:
            found = kin = [b.id for b in here if b.kind == "police"]
            if len(found) != 1:
                return forces
        pick = kin or found
        return pick[0] if pick else (forces if a.kind in ("government", "person_office") else actor)

    def _forces(self, a: Actor, here: list[Actor], day: str) -> str:
        """The forces of the state: what its country adjective names on ``day``."""
        if a.kind not in ("government", "person_office"):
            tops = [x for x in self.ancestors(a.id, day) if x in self.by_id]
            last = [x for x in tops if self.by_id[x].kind in ("state_forces", "external_forces")]
            return last[-1] if last else a.id
        found = [
            b.id for b in here
            if b.kind in ("state_forces", "external_forces")
            and (b.plover == "MIL" or not b.plover) and not b.part_of
        ]  # fmt: skip
        best = [f for f in found if f.endswith(("-forces", "-army-2024", "-army", "-saf"))]
        return self._same_line(a.id, best or found, day)

    def _same_line(self, actor: str, found: list[str], day: str) -> str:
        """The first of ``found`` that was valid while ``actor`` was; ``actor`` if there is none."""
        a = self.by_id[actor]
        for one in found:
            b = self.by_id[one]
            if (not a.valid_to or not b.valid_from or b.valid_from < a.valid_to) and (
                not b.valid_to or not a.valid_from or a.valid_from < b.valid_to
            ):
                return one
        return found[0] if found and not day else actor


def read_actors(data: Path = DATA) -> Iterator[Actor]:
    """The actors of ``data/actors``; an id may stand only once (see the lint)."""
    for row in read_folder(data / "actors", ACTOR_COLUMNS):
        where = row.where
        yield Actor(
            row["id"], row["name_en"], row["name_ar"], one_of(row["kind"], KINDS, "kind", where),
            row["country"], row.day("valid_from"), row.day("valid_to"),
            dated(row["part_of"], where), dated(row["acled_name"], where),
            one_of(row["acled_inter"], ("", *INTERS), "acled_inter", where),
            row["ucdp_kind"], row["plover"], row["source"], row["note"],
        )  # fmt: skip


def read_aliases(data: Path = DATA) -> Iterator[Alias]:
    """The aliases of ``data/aliases``."""
    for row in read_folder(data / "aliases", ALIAS_COLUMNS):
        yield Alias(
            row["actor"], row["alias"], row["lang"] or "ar", tuple(row["country"].split()),
            row.day("valid_from"), row.day("valid_to"),
            one_of(row["stance"], ("", "hostile", "favourable"), "stance", row.where),
            row["whose"], one_of(row["weak"], ("", "0", "1"), "weak", row.where) == "1",
            row["note"],
        )  # fmt: skip
