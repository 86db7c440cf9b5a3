"""The index: tellings come and go, and only their neighbourhood is judged anew.

``Index.add`` compares a telling with its blocks; the components that it touches are cut again when
incidents are next asked for. What comes out is a function of the tellings and judgements alone.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import NamedTuple

from isnad.incidents.blocking import Key, post, probe
from isnad.incidents.cut import Pair
from isnad.incidents.features import Features, features_of
from isnad.incidents.likeness import compare, link, odds, probability
from isnad.incidents.merge import incident_of
from isnad.incidents.neighbourhood import component, rule
from isnad.model import Incident, Link, Telling


@contextmanager
def steady() -> Iterator[None]:
    """Without the collector of cycles while an index is filled: none are made in it.

    It would look at all that is there again and again, and the time grow faster than the index.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Kept(NamedTuple):
    """What an index came to, as it is kept elsewhere: all that :meth:`Index.restored` needs.

    ``found_by`` holds blocking keys with claims, ``compared`` each pair once with its log odds,
    ``groups`` the claims of each incident; ``same`` and ``different`` are people's judgements.
    Claims that ``changed`` since are compared anew.
    """

    groups: Iterable[tuple[str, ...]]
    found_by: Iterable[tuple[Key, str]]
    compared: Iterable[tuple[str, str, float]]
    same: Iterable[Pair] = ()
    different: Iterable[Pair] = ()
    changed: Container[str] = ()


class Index:
    """All tellings, who neighbours whom, and the groups they fall into.

    Attributes:
        overruled: people's "same" that their "different" rules out (pairs of claim ids).
    """

    def __init__(self, tellings: Iterable[Telling] = ()) -> None:
        self._tellings: dict[str, Telling] = {}
        self._features: dict[str, Features] = {}
        self._buckets: dict[Key, str | list[str]] = {}  # most hold one claim: no list for it
        self._odds: dict[str, dict[str, float]] = {}
        self._same: dict[str, set[str]] = {}
        self._different: dict[str, set[str]] = {}
        self._group: dict[str, tuple[str, ...]] = {}
        self._dirty: set[str] = set()
        ready = isinstance(tellings, Collection)  # else they are made meanwhile, with their cycles
        with steady() if ready else nullcontext():
            for telling in tellings:
                self.add(telling)

    @classmethod
    def restored(cls, tellings: Iterable[Telling], kept: Kept) -> Index:
        """An index as it was, without comparing again; what came or went since is taken in.

        Args:
            tellings: all that are there now.
            kept: what an index of the same rules held.
        """
        with steady():
            return cls._restored(tellings, kept)

    @classmethod
    def _restored(cls, tellings: Iterable[Telling], kept: Kept) -> Index:
        index, now = cls(), {t.id: t for t in tellings}
        for group in kept.groups:
            here = tuple(c for c in group if c in now and c not in kept.changed)
            for claim in here:
                index._tellings[claim], index._odds[claim] = now.pop(claim), {}
                index._group[claim] = here
            if len(here) < len(group):
                index._dirty.update(here)
        for key, claim in kept.found_by:
            if claim in index._tellings:
                index._put(key, claim)
        for one, other, value in kept.compared:
            if one in index._tellings and other in index._tellings:
                index._odds[one][other] = index._odds[other][one] = value
        for table, pairs in ((index._same, kept.same), (index._different, kept.different)):
            for a, b in pairs:
                table.setdefault(a, set()).add(b)
                table.setdefault(b, set()).add(a)
        for telling in now.values():
            index.add(telling)
        return index

    def __len__(self) -> int:
        return len(self._tellings)

    def __contains__(self, claim: object) -> bool:
        return claim in self._tellings

    def add(self, telling: Telling) -> None:
        """Take in a telling; one of the same id is replaced."""
        if telling.id in self._tellings:
            self.remove(telling.id)
        new = self._features[telling.id] = features_of(telling)
        found: set[str] = set()
        for key in probe(new):
            bucket = self._buckets.get(key, ())
            found.update((bucket,) if isinstance(bucket, str) else bucket)
        self._tellings[new.id] = telling
        mine = self._odds[new.id] = {}
        for other in found:
            value = odds(compare(new, self._of(other)))
            mine[other] = self._odds[other][new.id] = value
        for key in post(new):
            self._put(key, new.id)
        self._dirty.add(new.id)

    def _of(self, claim: str) -> Features:
        """The features of a telling that is here; made when first asked for."""
        found = self._features.get(claim)
        if found is None:
            found = self._features[claim] = features_of(self._tellings[claim])
        return found

    def _put(self, key: Key, claim: str) -> None:
        bucket = self._buckets.setdefault(key, claim)
        if isinstance(bucket, list):
            bucket.append(claim)
        elif bucket != claim:
            self._buckets[key] = [bucket, claim]

    def remove(self, claim: str) -> None:
        """Forget a telling; judgements on it stay for when it comes back.

        Raises:
            KeyError: if it is not here.
        """
        gone = self._of(claim)
        del self._features[claim], self._tellings[claim]
        for key in post(gone):
            bucket = self._buckets[key]
            if isinstance(bucket, list) and len(bucket) > 1:
                bucket.remove(claim)
            else:
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
        group = self._group
        pairs = ((a, b) for a, some in self._same.items() for b in some if a < b)
        return sorted((a, b) for a, b in pairs if a in group and group[a] != group.get(b, group[a]))

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

    def incidents(
        self, claims: Iterable[str] | None = None, *, links: bool = True
    ) -> Iterator[Incident]:
        """Incidents in order of their least claim id; only those of ``claims`` if given.

        Without ``links`` the reasons are left out, which take longest.
        """
        groups = self.groups() if claims is None else sorted({self.group_of(c) for c in claims})
        for group in groups:
            made = self._links(group) if links else ()
            yield incident_of([self._tellings[c] for c in group], made)

    def near(self, claim: str) -> Iterator[tuple[str, float]]:
        """The claims that were compared with ``claim``, each with the score of the link, 0 to 1.

        Raises:
            KeyError: if it is not here.
        """
        for other, value in self._odds[claim].items():
            yield other, probability(value)

    def link(self, one: str, other: str) -> Link:
        """What speaks for and against two claims, whether or not they were compared."""
        return link(self._of(one), self._of(other))

    def _links(self, group: tuple[str, ...]) -> Iterator[Link]:
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if other in self._odds[one]:
                    yield self.link(one, other)

    def found_by(self) -> Iterator[tuple[Key, str]]:
        """Every key under which a claim is found."""
        for key, bucket in self._buckets.items():
            yield from ((key, c) for c in ((bucket,) if isinstance(bucket, str) else bucket))

    def compared(self) -> Iterator[tuple[str, str, float]]:
        """The pairs that were compared, both ways, with the log odds of their telling one event."""
        for one, row in self._odds.items():
            yield from ((one, other, value) for other, value in row.items())

    def settle(self) -> set[str]:
        """Judge anew what was touched; the claims whose group may have changed."""
        return self._settle()

    def _settle(self) -> set[str]:
        seen: set[str] = set()
        for start in sorted(self._dirty):
            if start not in seen:
                claims = component(start, self._near)
                seen |= claims
                self._cut(claims)
        self._dirty.clear()
        return seen

    def _near(self, one: str) -> Iterator[str]:
        """Over links that speak for one event, judgements, and old groups."""
        yield from (o for o, value in self._odds[one].items() if value > 0)
        yield from (o for o in self._same.get(one, ()) if o in self._tellings)
        yield from (o for o in self._group.get(one, ()) if o in self._tellings)

    def _cut(self, claims: set[str]) -> None:
        ids = sorted(claims)
        told = {c: (self._tellings[c].report, self._tellings[c].claim.type) for c in ids}
        values = {
            (one, other): value
            for one in ids
            for other, value in self._odds[one].items()
            if one < other and other in claims
        }
        same, different = (
            [(a, b) for a in ids for b in table.get(a, ()) if a < b and b in claims]
            for table in (self._same, self._different)
        )
        for group in rule(told, values, same, different):
            for claim in group:
                self._group[claim] = group
