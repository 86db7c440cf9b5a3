"""Choosing among the places a name may mean, all names of a report together.

Each sense gets a sum of reasons: size, agreement with the text's own word («قرية»), the country
and governorate the report speaks of, the unit that contains it, and nearness to the other places
as they are read so far. Names of one report keep one sense unless their container says otherwise.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from isnad.coding.places.types import Node, Ref
from isnad.coding.places.weigh import contains, far_quarter, kind_fit, lies_towards, size
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.merge import km
from isnad.knowledge.gazetteer.store import Entry, Sense

SENSES_CONSIDERED = 14
NEAR_KM = 40.0
SIGHT_DEG = 1.2  # beyond some 130 km nearness counts for nothing
MATE_KM = 80.0
ROUND_ABOUT_KM = 25.0
CONTAINED, NOT_CONTAINED = 4.0, -3.0
UNDER_HEADING = 2.0
COUNTRY_WEIGHT = 2.5
NEAR_WEIGHT = 1.6
WEAK_PENALTY = -1.5
MISPLACED_KM, BESIDE_KM, UNIT_OF_SEAT_KM = 120.0, 50.0, 150.0
# What is often named for a place elsewhere, and how far it may lie from the other places.
NAMED_FOR_KM = {"street": 15.0, "square": 15.0, "mosque": 15.0, "school": 15.0, "road": 90.0}
SLIGHT_KINDS = ("village", "neighbourhood", "suburb")
STRAY_POPULATION, STRAY_KM = 20_000, 90.0
SEAT_POPULATION = 20_000
SEAT_KM = 15.0


def _seat_of_a_strong(sense: Sense, ref: Ref) -> bool:
    """Whether a weak name is also that of the unit it is the seat of: then it is a place either
    way, and a bare name means the town rather than its district."""
    return any(
        not other.weak and kind_of(other.entry.kind).level == 3
        and km(other.entry.lat, other.entry.lon, sense.entry.lat, sense.entry.lon) <= 15.0
        for other in ref.senses
    )  # fmt: skip


class Chooser:
    """Chooses the senses of all refs of one report."""

    def __init__(self, nodes: list[Node], votes: Mapping[str, float]) -> None:
        self.nodes = nodes
        self.votes = votes
        self._inner: dict[int, list[Node]] = defaultdict(list)
        for node in nodes:
            if node.container is not None:
                self._inner[id(nodes[node.container])].append(node)
        self._gains: dict[int, tuple[float, float, str]] = {}

    def run(self) -> None:
        """Set ``chosen``, ``score``, ``margin`` and ``why`` of every ref with senses."""
        items: list[tuple[Ref, Node, list[tuple[float, Sense, str]]]] = []
        for node in self.nodes:
            for ref in node.refs:
                if ref.senses:
                    items.append((ref, node, self._alone(ref, node)))
        for ref, _, scored in items:
            self._settle(ref, scored)
        around: dict[str, tuple[Entry, float, int]] = {}
        inner = self._inner
        for _ in range(2):
            around = self._around(items)
            self._gains = {}
            done: dict[tuple[int, str, str, str], Ref] = {}
            for ref, node, scored in items:
                if len(ref.senses) == 1:
                    continue
                plain = (
                    node.container is None and node.heading is None and len(node.refs) == 1
                    and id(node) not in inner
                )  # fmt: skip
                same = (id(ref.senses), ref.kind, ref.country, node.relation)
                if plain and same in done:
                    ref.settle_as(done[same])
                    continue
                self._settle(ref, self._together(ref, node, scored, around))
                if plain:
                    done[same] = ref
        strong = list({
            r.chosen.entry.n: r.chosen.entry for r, _, _ in items
            if r.chosen and not r.chosen.weak and kind_of(r.chosen.entry.kind).level <= 3
        }.values())  # fmt: skip
        for ref, node, _ in items:
            if ref.chosen is None:
                continue
            if ref.chosen.doubtful or ref.chosen.entry.kind in SLIGHT_KINDS:
                ref.near = self._nearness(ref.chosen.entry, around)[0]
            stray = self._stray(ref, strong) or self._named_for(node, strong)
            stray = stray or far_quarter(ref, node, strong)
            if stray or self._refused(ref, node):
                ref.chosen, ref.margin = None, 0.0
                ref.why = "the places of this name lie elsewhere"

    def _alone(self, ref: Ref, node: Node) -> list[tuple[float, Sense, str]]:
        out = []
        for sense in ref.senses[:SENSES_CONSIDERED]:
            entry = sense.entry
            fit = kind_fit(ref.kind, entry)
            if node.relation == "countryside" and not ref.kind:
                fit = 0.5 if kind_of(entry.kind).level >= 2 else -0.5
            score, why = size(entry) + fit, "size"
            if ref.kind and fit >= 1:
                why = f"the text says {ref.kind}"
            vote = self.votes.get(entry.country, 0.0)
            score += COUNTRY_WEIGHT * vote
            if vote > 0.5 and why == "size":
                why = f"the report speaks of {entry.country}"
            if ref.country:
                right = ref.country == entry.country
                score += CONTAINED if right else NOT_CONTAINED
                why = f"the adjective says {ref.country}" if right else why
            if sense.weak and not ref.kind and not _seat_of_a_strong(sense, ref):
                score += WEAK_PENALTY
            out.append((score, sense, why))
        return out

    def _around(
        self, items: list[tuple[Ref, Node, list[tuple[float, Sense, str]]]]
    ) -> dict[str, tuple[Entry, float, int]]:
        """The places as read so far, once each: entry, confidence, level."""
        out: dict[str, tuple[Entry, float, int]] = {}
        for ref, _, _ in items:
            if ref.chosen is None or (ref.chosen.weak and not ref.kind):
                continue
            entry = ref.chosen.entry
            level = kind_of(entry.kind).level
            if level >= 5:
                continue
            sure = 1.0 if len(ref.senses) == 1 else 0.9 if ref.margin > 1 else 0.5
            known = out.get(entry.id)
            if known is None or sure > known[1]:
                out[entry.id] = (entry, sure, level)
        return out

    def _together(
        self, ref: Ref, node: Node, scored: list[tuple[float, Sense, str]],
        around: dict[str, tuple[Entry, float, int]],
    ) -> list[tuple[float, Sense, str]]:  # fmt: skip
        container = self._container(node)
        contained = self._contained(node)
        heading = self._heading(node)
        out = []
        for score, sense, why in scored:
            entry = sense.entry
            if container is not None and container.id != entry.id:
                if self._inside(node, entry):
                    score += CONTAINED
                    why = f"inside {container.name_ar or container.name_en}"
                else:
                    score += NOT_CONTAINED
            elif container is not None:
                score += CONTAINED  # «مشفى إدلب وسط مدينة إدلب»: the town, not its province
            titled = container is None and heading is not None and heading.id != entry.id
            if titled and heading is not None and contains(heading, entry):
                score += UNDER_HEADING
                why = f"under the heading {heading.name_ar or heading.name_en}"
            for inner in contained:
                if inner.id != entry.id and contains(entry, inner):
                    score += 1.0
            gain, nearest, name = self._nearness(entry, around)
            score += self._mate(ref, node, entry) + NEAR_WEIGHT * gain
            if nearest > 0.4 and why == "size":
                why = f"near {name}"
            out.append((score, sense, why))
        return out

    def _nearness(
        self, entry: Entry, around: dict[str, tuple[Entry, float, int]]
    ) -> tuple[float, float, str]:
        """How near the three nearest places are (0 to 3), the nearest one's share, its name."""
        known = self._gains.get(entry.n)
        if known is not None:
            return known
        near: list[float] = []
        nearest, name = 0.0, ""
        lat, lon, id, own = entry.lat, entry.lon, entry.id, entry.name_ar
        scale = math.cos(math.radians(lat))
        for other, sure, level in around.values():
            if level >= 4:
                if other.kind == "governorate" and contains(other, entry) and other.name_ar != own:
                    near.append(0.6 * sure)
                continue
            y, x = other.lat - lat, (other.lon - lon) * scale
            if -SIGHT_DEG < y < SIGHT_DEG and -SIGHT_DEG < x < SIGHT_DEG:
                theirs = other.name_ar
                if other.id == id or own in theirs or (theirs and theirs in own):
                    continue
                gain = 0.85 * sure * math.exp(-111.2 * math.hypot(y, x) / NEAR_KM)
                near.append(gain)
                if gain > nearest:
                    nearest, name = gain, other.name_ar or other.name_en
        near.sort(reverse=True)
        found = self._gains[entry.n] = (sum(near[:3]), nearest, name)
        return found

    def _refused(self, ref: Ref, node: Node) -> bool:
        """Whether the best sense cannot be what the text's own word says: then no answer."""
        assert ref.chosen is not None
        entry, have = ref.chosen.entry, kind_of(ref.chosen.entry.kind)
        small = ref.kind in ("village", "town", "camp", "neighbourhood", "suburb")
        if small and have.level >= 4:
            return True
        outer = self._container(node)
        if outer and outer.id != entry.id and not self._inside(node, entry):
            if small and self.nodes[node.container or 0].distance_km:
                return True
            apart = km(outer.lat, outer.lon, entry.lat, entry.lon)
            near = small and have.level <= 2 and kind_of(outer.kind).level <= 4
            if apart > max(BESIDE_KM if near else MISPLACED_KM, 2 * outer.extent_km):
                return True
        abroad = max(self.votes.values(), default=0.0) >= 0.6 and (
            self.votes.get(entry.country, 0.0) < 0.05
        )
        said = ref.kind or node.kind
        if abroad and said and kind_of(said).group != have.group and not ref.country:
            return True
        if ref.kind == "governorate":
            seat = have.level == 2 and (entry.kind == "city" or entry.population >= SEAT_POPULATION)
            return have.group not in ("admin1", "region") and have.level < 4 and not seat
        large = entry.kind == "city" or entry.population >= SEAT_POPULATION
        known_town = have.level == 2 and large
        if (
            ref.kind == "neighbourhood"
            and node.container is None
            and (known_town or have.level >= 4)
        ):
            heading = self._heading(node)  # «حي الجزائر» in a town: one that bears the name
            return heading is None or heading.id == entry.id or not contains(heading, entry)
        if ref.kind == "neighbourhood" and have.group in ("settlement", "admin2", "land", "site"):
            container = self._container(node)
            if container is not None:
                return not self._inside(node, entry)
            return (ref.why != "size" and not ref.why.startswith("near")) or ref.margin < 1
        return False

    def _stray(self, ref: Ref, strong: list[Entry]) -> bool:
        """A small place far from all others the report names, or in a country it does not speak of:
        rather a namesake that nobody lists than this one."""
        assert ref.chosen is not None
        entry = ref.chosen.entry
        if entry.population >= STRAY_POPULATION or kind_of(entry.kind).level > 2 or ref.country:
            return False
        if entry.kind == "city" or self._unique(ref):
            return False
        top = max(self.votes.values(), default=0.0)
        if top >= 0.6 and self.votes.get(entry.country, 0.0) < 0.15:
            return True
        others = [e for e in strong if e.id != entry.id and e.name_ar != entry.name_ar]
        if len(others) < 2 or not (ref.kind or ref.chosen.weak):
            return False
        return min(km(entry.lat, entry.lon, e.lat, e.lon) for e in others) > STRAY_KM

    @staticmethod
    def _named_for(node: Node, strong: list[Entry]) -> bool:
        """«شارع تل أبيض» in Raqqa, «ساحة الأندلس»: a street that only bears a place's name."""
        reach = NAMED_FOR_KM.get(node.kind)
        entry = node.refs[0].chosen
        if reach is None or entry is None or len(node.refs) > 1 or node.relation == "between":
            return False
        at = entry.entry
        if kind_of(at.kind).group in ("road", "site"):
            return False
        others = [e for e in strong if e.id != at.id and e.name_ar != at.name_ar]
        return bool(others) and min(km(at.lat, at.lon, e.lat, e.lon) for e in others) > reach

    @staticmethod
    def _unique(ref: Ref) -> bool:
        """Whether our own table knows one place of this name in its country, with the unit it is
        the seat of, and of no common kind."""
        assert ref.chosen is not None
        at = ref.chosen.entry
        alone = all(
            km(s.entry.lat, s.entry.lon, at.lat, at.lon) <= SEAT_KM
            for s in ref.senses if s.entry.country == at.country
        )  # fmt: skip
        own = at.source.startswith("isnad") and at.kind not in ("village", "neighbourhood")
        return alone and own and not ref.chosen.weak

    def _mate(self, ref: Ref, node: Node, entry: Entry) -> float:
        """Two ends of a road, or names under one relation, lie near each other: 0 to 2."""
        if len(node.refs) < 2:
            return 0.0
        best = 0.0
        for other in node.refs:
            if other is ref:
                continue
            for sense in other.senses[:SENSES_CONSIDERED]:
                if sense.entry.id != entry.id:
                    d = km(entry.lat, entry.lon, sense.entry.lat, sense.entry.lon)
                    best = max(best, math.exp(-d / MATE_KM))
        return 2.0 * best

    def _contained(self, node: Node) -> list[Entry]:
        return [
            r.chosen.entry
            for n in self._inner.get(id(node), ()) for r in n.refs if r.chosen is not None
        ]  # fmt: skip

    def _inside(self, node: Node, entry: Entry) -> bool:
        """Whether a place lies in what the text says contains it, the countryside and the unit of a
        seat included («خان شيخون بريف إدلب»: the governorate, not the city)."""
        if node.container is None:
            return False
        outer = self.nodes[node.container]
        first = outer.refs[0].chosen
        if (
            first is not None and (outer.direction or outer.distance_km)
            and kind_of(first.entry.kind).level < 4 and outer.relation != "countryside"
        ):  # fmt: skip
            return lies_towards(outer, first.entry, entry)
        for ref in outer.refs:
            if ref.chosen is None:
                continue
            if contains(ref.chosen.entry, entry):
                return True
            if outer.relation in ("near", "outskirts") and kind_of(ref.chosen.entry.kind).level < 3:
                at = ref.chosen.entry
                return km(at.lat, at.lon, entry.lat, entry.lon) <= ROUND_ABOUT_KM
            if ref.kind and outer.relation == "at":
                continue
            seat = ref.chosen.entry
            for sense in ref.senses:
                e = sense.entry
                near = kind_of(e.kind).level in (3, 4) and (
                    km(e.lat, e.lon, seat.lat, seat.lon) < UNIT_OF_SEAT_KM
                )
                if near and contains(e, entry):
                    return True
        return False

    def _container(self, node: Node) -> Entry | None:
        if node.container is None:
            return None
        for ref in self.nodes[node.container].refs:
            if ref.chosen is not None:
                return ref.chosen.entry
        return None

    def _heading(self, node: Node) -> Entry | None:
        """The place that heads the line a phrase stands in."""
        if node.heading is None:
            return None
        chosen = self.nodes[node.heading].refs[0].chosen
        return chosen.entry if chosen is not None else None

    def _settle(self, ref: Ref, scored: list[tuple[float, Sense, str]]) -> None:
        ranked = sorted(scored, key=lambda s: (-s[0], s[1].entry.id))
        best = ranked[0]
        ref.chosen, ref.score, ref.why = best[1], best[0], best[2]
        far = [
            r for r in ranked[1:]
            if km(r[1].entry.lat, r[1].entry.lon, best[1].entry.lat, best[1].entry.lon) > 10
        ]  # fmt: skip
        ref.margin = best[0] - far[0][0] if far else 9.0
        ref.runners = tuple((s, w) for _, s, w in ranked[1:6])
