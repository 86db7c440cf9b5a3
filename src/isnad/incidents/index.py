"""The index: tellings come and go, and only their neighbourhood is judged anew.

``Index.add`` compares a telling with its blocks; the components that it touches are cut again when
incidents are next asked for. What comes out is a function of the tellings and judgements alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import combinations

from isnad.incidents.blocking import Key, post, probe
from isnad.incidents.cut import Pair, cut, pair, together
from isnad.incidents.features import Features, features_of
from isnad.incidents.likeness import compare, link, odds, probability
from isnad.incidents.merge import incident_of
from isnad.knowledge.joining import joining
from isnad.model import Incident, Link, Telling


class Index:
    """All tellings, who neighbours whom, and the groups they fall into.

    Attributes:
        overruled: people's "same" that their "different" rules out (pairs of claim ids).
    """

    def __init__(self, tellings: Iterable[Telling] = ()) -> None:
        self._tellings: dict[str, Telling] = {}
        self._features: dict[str, Features] = {}
        self._buckets: dict[Key, set[str]] = {}
        self._odds: dict[str, dict[str, float]] = {}
        self._same: dict[str, set[str]] = {}
        self._different: dict[str, set[str]] = {}
        self._group: dict[str, tuple[str, ...]] = {}
        self._overruled: dict[str, list[Pair]] = {}
        self._dirty: set[str] = set()
        for telling in tellings:
            self.add(telling)

    def __len__(self) -> int:
        return len(self._tellings)

    def __contains__(self, claim: object) -> bool:
        return claim in self._tellings

    def add(self, telling: Telling) -> None:
        """Take in a telling; one of the same id is replaced."""
        if telling.id in self._tellings:
            self.remove(telling.id)
        new = features_of(telling)
        found: set[str] = set()
        for key in probe(new):
            found |= self._buckets.get(key, set())
        self._tellings[new.id], self._features[new.id] = telling, new
        mine = self._odds[new.id] = {}
        for other in found:
            there = self._features[other]
            value = odds(compare(new, there))
            mine[other] = self._odds[other][new.id] = value
        for key in post(new):
            self._buckets.setdefault(key, set()).add(new.id)
        self._dirty.add(new.id)

    def remove(self, claim: str) -> None:
        """Forget a telling; judgements on it stay for when it comes back.

        Raises:
            KeyError: if it is not here.
        """
        gone = self._features.pop(claim)
        del self._tellings[claim]
        for key in post(gone):
            bucket = self._buckets[key]
            bucket.discard(claim)
            if not bucket:
                del self._buckets[key]
        for other in self._odds.pop(claim):
            del self._odds[other][claim]
        self._dirty.discard(claim)
        self._dirty.update(x for x in self._group.pop(claim, ()) if x in self._tellings)

    def same(self, one: str, other: str) -> None:
        """A person says that two claims tell one event; an earlier "different" of them goes."""
        self._judge(self._same, self._different, one, other)

    def different(self, one: str, other: str) -> None:
        """A person says that two claims tell two events; an earlier "same" of them goes."""
        self._judge(self._different, self._same, one, other)

    def unjudge(self, one: str, other: str) -> None:
        """Take back what was said of two claims."""
        for table in (self._same, self._different):
            for a, b in ((one, other), (other, one)):
                table.get(a, set()).discard(b)
        self._touch(one, other)

    def _judge(
        self, yes: dict[str, set[str]], no: dict[str, set[str]], one: str, other: str
    ) -> None:
        if one == other:
            raise ValueError("two claims are judged, not one")
        for a, b in ((one, other), (other, one)):
            no.get(a, set()).discard(b)
            yes.setdefault(a, set()).add(b)
        self._touch(one, other)

    def _touch(self, *claims: str) -> None:
        self._dirty.update(c for c in claims if c in self._tellings)

    @property
    def overruled(self) -> list[Pair]:
        self._settle()
        return sorted(p for pairs in self._overruled.values() for p in pairs)

    def groups(self) -> list[tuple[str, ...]]:
        """The claim ids of every incident, each sorted, in order of the least."""
        self._settle()
        return sorted(set(self._group.values()))

    def group_of(self, claim: str) -> tuple[str, ...]:
        """The claims that tell the same event as ``claim``, itself among them.

        Raises:
            KeyError: if it is not here.
        """
        self._settle()
        return self._group[claim]

    def incidents(self, claims: Iterable[str] | None = None) -> Iterator[Incident]:
        """Incidents in order of their least claim id; only those of ``claims`` if given."""
        groups = self.groups() if claims is None else sorted({self.group_of(c) for c in claims})
        for group in groups:
            yield incident_of([self._tellings[c] for c in group], list(self._links(group)))

    def near(self, claim: str) -> Iterator[tuple[str, float]]:
        """The claims that were compared with ``claim``, each with the score of the link, 0 to 1.

        Raises:
            KeyError: if it is not here.
        """
        for other, value in self._odds[claim].items():
            yield other, probability(value)

    def link(self, one: str, other: str) -> Link:
        """What speaks for and against two claims, whether or not they were compared."""
        return link(self._features[one], self._features[other])

    def _links(self, group: tuple[str, ...]) -> Iterator[Link]:
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if other in self._odds[one]:
                    yield self.link(one, other)

    def settle(self) -> set[str]:
        """Judge anew what was touched; the claims whose group may have changed."""
        return self._settle()

    def _settle(self) -> set[str]:
        seen: set[str] = set()
        for start in sorted(self._dirty):
            if start not in seen:
                component = self._component(start)
                seen |= component
                self._cut(component)
        self._dirty.clear()
        return seen

    def _component(self, start: str) -> set[str]:
        """All claims reached over links that speak for one event, judgements, and old groups."""
        seen, queue = {start}, deque([start])
        while queue:
            one = queue.popleft()
            near = [o for o, value in self._odds[one].items() if value > 0]
            near += [o for o in self._same.get(one, ()) if o in self._tellings]
            near += [o for o in self._group.get(one, ()) if o in self._tellings]
            for other in near:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return seen

    def _cut(self, component: set[str]) -> None:
        ids = sorted(component)
        inside = [
            (one, other, table)
            for table in (self._same, self._different)
            for one in ids
            for other in table.get(one, ())
            if one < other and other in component
        ]
        same = [(a, b) for a, b, t in inside if t is self._same]
        different = [(a, b) for a, b, t in inside if t is self._different]
        start, overruled = together(ids, same, different)
        apart = {pair(*p) for p in different} | set(self._told_once(ids))
        values = {
            (one, other): value
            for one in ids
            for other, value in self._odds[one].items()
            if one < other and other in component
        }
        for group in cut(start, values, joining().weights["missing"], apart):
            for claim in group:
                self._group[claim] = tuple(group)
        for claim in ids:
            self._overruled.pop(claim, None)
        if overruled:
            self._overruled[ids[0]] = overruled

    def _told_once(self, ids: list[str]) -> Iterator[Pair]:
        """Pairs of one report and type: a report tells each event of a type once."""
        told: dict[tuple[str, str], list[str]] = {}
        for claim in ids:
            f = self._features[claim]
            told.setdefault((f.report, f.type), []).append(claim)
        for claims in told.values():
            yield from combinations(claims, 2)
