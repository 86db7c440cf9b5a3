"""Bringing the view up to the journal's head, within the writer's transaction.

Claims that are new are compared with their blocks, as in :class:`isnad.incidents.Index`; the
components that they touch are cut again. Where much is new, all is made anew in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive.filters import alive
from isnad.archive.journal import Snapshot, head
from isnad.archive.tables import block, claim, incident, link, told
from isnad.archive.telling import names_of, telling_of, telling_rows
from isnad.archive.view.change import Change, Decided, decided, since, some
from isnad.archive.view.state import clear, note, state
from isnad.incidents import Index
from isnad.incidents.blocking import post, probe
from isnad.incidents.cut import Pair, pair
from isnad.incidents.features import Features, features_of
from isnad.incidents.grade import grade
from isnad.incidents.index import steady
from isnad.incidents.likeness import compare, odds
from isnad.incidents.merge import incident_id, incident_of
from isnad.incidents.neighbourhood import component, rule
from isnad.incidents.origins import origins
from isnad.model import Incident, Telling

_FEW = 2000
"""Claims that may always be taken in one by one; more than a fifth of all are made anew."""
_KEPT = 20_000  # features at hand while claims are taken in
_ROWS = 5000


class Made(NamedTuple):
    """The view of a whole archive, rows by table, and the journal's position that it is of."""

    at: Snapshot
    rows: dict[sa.Table, list[tuple[Any, ...]]]


def bring_up(c: sa.Connection, made: Made | None = None) -> None:
    """Make the view that of the journal's head, from ``made`` if it fits what is there."""
    at, people = state(c), decided(c)
    if at is None and made is not None and since(c, made.at.seq) is not None:
        _keep(c, made)
        at = note(c, made.at)
    change = since(c, at.seq) if at else None
    have = c.scalar(sa.select(sa.func.count()).select_from(told)) or 0
    if change is None or len(change.come) > max(_FEW, have // 5):
        _keep(c, make(c))
    elif any(change):
        _Update(c, people).take(change)
    note(c, head(c))


def _keep(c: sa.Connection, made: Made) -> None:
    clear(c)
    for table, rows in made.rows.items():
        names = [column.name for column in table.columns]
        _insert(c, table, (dict(zip(names, row, strict=True)) for row in rows))


def tellings(
    c: sa.Connection, people: Decided, where: list[sa.ColumnElement[bool]]
) -> Iterator[tuple[int, Telling]]:
    """Tellings by the number of their claim's row, as people left them; rejected ones left out."""
    names = names_of(c)
    asked = telling_rows([*where, alive(claim, None)]).order_by(claim.c.nr)
    for row in c.execute(asked, execution_options={"yield_per": 500}):
        made = telling_of(row, people.by_claim.get(row.claim, ()), names)
        if made is not None:
            yield row.claim_nr, made


def make(c: sa.Connection) -> Made:
    """Join all claims anew, in memory."""
    people, numbers, index = decided(c), dict[str, int](), Index()
    with steady():
        for nr, one in tellings(c, people, []):
            numbers[one.id] = nr
            index.add(one)
    for pairs, judge in ((people.same, index.same), (people.different, index.different)):
        for two in pairs:
            judge(*two)
    incidents = list(index.incidents(links=False))
    keys = sorted((key, numbers[ident]) for key, ident in index.found_by())
    links = sorted((numbers[a], numbers[b], value) for a, b, value in index.compared())
    rows: dict[sa.Table, list[tuple[Any, ...]]] = {
        block: keys,
        link: links,
        told: [
            (numbers[t.id], t.id, t.report, t.claim.type, i.id)
            for i in incidents for t in i.tellings
        ],
        incident: [tuple(row_of(i).values()) for i in incidents],
    }  # fmt: skip
    return Made(head(c), rows)


def row_of(one: Incident) -> dict[str, Any]:
    """The columns by which incidents are chosen, in the table's order."""
    p, t = one.place, one.time
    return {
        "id": one.id, "least": min(x.id for x in one.tellings), "type": one.type,
        "status": one.status, "lat": p.lat if p else None, "lon": p.lon if p else None,
        "first": t and (t.earliest or t.latest), "last": t and (t.latest or t.earliest),
        "reports": len({x.report for x in one.tellings}), "origins": len(origins(one)),
        "grade": grade(one).grade,
        "parties": "".join(f"|{a}" for a in dict.fromkeys([*one.initiators, *one.targets])) + "|",
    }  # fmt: skip


def _insert(c: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    source = iter(rows)
    while part := list(islice(source, _ROWS)):
        c.execute(table.insert(), part)


class _Update:
    """One bringing up. Claims are known by their ids here, and by their rows' numbers in tables."""

    def __init__(self, c: sa.Connection, people: Decided) -> None:
        self._c, self._people = c, people
        self._tellings: dict[str, Telling] = {}
        self._features: dict[int, Features] = {}
        self._touched: set[str] = set()  # incidents that may be others now
        self._dirty: set[int] = set()

    def take(self, change: Change) -> None:
        """Take claims out and in, and cut again what they touch."""
        self._drop(change.gone)
        for part in some(change.come):
            self._add(part)
        for ids in some(change.judged):
            rows = self._c.execute(sa.select(told.c.claim_row).where(told.c.id.in_(ids)))
            self._dirty.update(nr for (nr,) in rows)
        for groups in some(self._touched):
            left = self._c.scalars(sa.select(told.c.claim_row).where(told.c.incident.in_(groups)))
            self._dirty.update(left)
        self._settle()

    def _drop(self, rows: set[int]) -> None:
        for part in some(rows):
            within = told.c.claim_row.in_(part)
            self._touched.update(self._c.scalars(sa.select(told.c.incident).where(within)))
            for table, column in (
                (block, block.c.claim_row), (link, link.c.one), (told, told.c.claim_row),
            ):  # fmt: skip
                if table is link:  # its other direction is found by the first
                    self._unlink(part)
                self._c.execute(table.delete().where(column.in_(part)))

    def _unlink(self, part: list[int]) -> None:
        asked = sa.select(link.c.one, link.c.other).where(link.c.one.in_(part))
        both = [{"a": other, "b": one} for one, other in self._c.execute(asked)]
        if both:
            a, b = (sa.bindparam(name, type_=sa.Integer) for name in "ab")
            self._c.execute(link.delete().where(link.c.one == a, link.c.other == b), both)

    def _load(self, rows: Iterable[int]) -> None:
        for part in some(nr for nr in rows if nr not in self._features):
            for nr, one in tellings(self._c, self._people, [claim.c.nr.in_(part)]):
                self._features[nr] = features_of(one)

    def _add(self, rows: list[int]) -> None:
        if len(self._features) > _KEPT:
            self._features.clear()
        self._load(rows)
        new = {nr: self._features[nr] for nr in rows if nr in self._features}
        looks: dict[int, list[int]] = defaultdict(list)
        for nr, f in new.items():
            for key in probe(f):
                looks[key].append(nr)
        _insert(self._c, block, (
            {"key": key, "claim_row": nr} for nr, f in new.items() for key in post(f)
        ))  # fmt: skip
        found: set[tuple[int, int]] = set()
        for part in some(sorted(looks)):
            for key, other in self._c.execute(sa.select(block).where(block.c.key.in_(part))):
                found.update((min(nr, other), max(nr, other)) for nr in looks[key] if nr != other)
        self._load({nr for two in found for nr in two})
        pairs = [(a, b, odds(compare(self._features[a], self._features[b]))) for a, b in found]
        both = [*pairs, *((b, a, value) for a, b, value in pairs)]
        _insert(self._c, link, ({"one": a, "other": b, "odds": v} for a, b, v in sorted(both)))
        _insert(self._c, told, (
            {"claim_row": nr, "id": f.id, "report": f.report, "type": f.type, "incident": ""}
            for nr, f in new.items()
        ))  # fmt: skip
        self._dirty.update(new)

    def _settle(self) -> None:
        """Cut the components of what is dirty, and write the incidents that changed."""
        claims, near, values = self._reached()
        home: dict[str, str] = {}  # the least claim of the component, by claim
        for start in sorted(claims):
            if start not in home:
                home |= dict.fromkeys(component(start, lambda one: near[one]), start)
        about: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for ident, row in claims.items():
            about[home[ident]][ident] = (row.report, row.type)
        mine: dict[str, dict[Pair, float]] = defaultdict(dict)
        for two, value in values.items():
            if home[two[0]] == home[two[1]]:
                mine[home[two[0]]][two] = value
        same, different = (
            _inside(home, pairs) for pairs in (self._people.same, self._people.different)
        )
        groups: dict[str, str] = {}  # incident by claim
        for start, told_by in about.items():
            for group in rule(told_by, mine[start], same[start], different[start]):
                groups |= dict.fromkeys(group, incident_id(group))
        self._write(claims, groups)

    def _reached(self) -> tuple[dict[str, Any], dict[str, set[str]], dict[Pair, float]]:
        """The told rows of all components that are dirty, who is near whom, and all log odds."""
        names: dict[int, Any] = {}
        links: list[Any] = []
        judged: dict[str, set[str]] = defaultdict(set)
        for one, other in self._people.same:
            judged[one].add(other)
            judged[other].add(one)
        edge, groups = set(self._dirty), set(self._touched)
        while edge:
            rows: list[Any] = []
            found: list[Any] = []
            for part in some(edge):
                rows += self._c.execute(sa.select(told).where(told.c.claim_row.in_(part))).all()
                found += self._c.execute(sa.select(link).where(link.c.one.in_(part))).all()
            names |= {r.claim_row: r for r in rows}
            groups |= {r.incident for r in rows if r.incident}
            links += found
            beyond = {r.other for r in found if r.odds > 0}
            same = {i for r in rows for i in judged.get(r.id, ())}
            for column, words in ((told.c.id, same), (told.c.incident, groups - self._touched)):
                for many in some(words):
                    asked = sa.select(told.c.claim_row).where(column.in_(many))
                    beyond.update(self._c.scalars(asked))
            self._touched |= groups
            edge = beyond - names.keys()
        near: dict[str, set[str]] = {r.id: set() for r in names.values()}
        odds_of: dict[Pair, float] = {}
        for a, b, value in links:
            if a in names and b in names:
                two = pair(names[a].id, names[b].id)
                odds_of[two] = value
                if value > 0:
                    near[two[0]].add(two[1])
                    near[two[1]].add(two[0])
        by_group: dict[str, list[str]] = defaultdict(list)
        for r in names.values():
            near[r.id] |= judged.get(r.id, set()) & near.keys()
            if r.incident:
                by_group[r.incident].append(r.id)
        for members in by_group.values():
            for ident in members:
                near[ident].update(members)
        return {r.id: r for r in names.values()}, near, odds_of

    def _write(self, claims: dict[str, Any], groups: dict[str, str]) -> None:
        for part in some(self._touched):
            self._c.execute(incident.delete().where(incident.c.id.in_(part)))
        moved = [
            {"row": claims[ident].claim_row, "to": to}
            for ident, to in groups.items() if claims[ident].incident != to
        ]  # fmt: skip
        if moved:
            row = sa.bindparam("row", type_=sa.Integer)
            to = sa.bindparam("to", type_=sa.Text)
            update = told.update().where(told.c.claim_row == row)
            self._c.execute(update.values(incident=to), moved)
        members: dict[str, list[Telling]] = defaultdict(list)
        for part in some(claims[ident].claim_row for ident in groups):
            for _, one in tellings(self._c, self._people, [claim.c.nr.in_(part)]):
                members[groups[one.id]].append(one)
        _insert(self._c, incident, (row_of(incident_of(some_of)) for some_of in members.values()))


def _inside(home: dict[str, str], pairs: set[Pair]) -> dict[str, list[Pair]]:
    """The pairs of one component each, by component."""
    out: dict[str, list[Pair]] = defaultdict(list)
    for two in pairs:
        if two[0] in home and home[two[0]] == home.get(two[1]):
            out[home[two[0]]].append(two)
    return out
