"""Finding places: parse, link containers and lists, choose senses, compute points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from isnad.coding.document import Document
from isnad.coding.places.choose import SLIGHT_KINDS, Chooser
from isnad.coding.places.link import imply, link, settle_anaphors
from isnad.coding.places.parse import Parser
from isnad.coding.places.resolve import locate
from isnad.coding.places.types import Alternative, Node, PlaceHints, PlaceMention, Ref
from isnad.coding.places.weigh import votes_of
from isnad.coding.places.words import capitals, readings
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Gazetteer, Sense
from isnad.knowledge.gazetteer.user import gazetteer as default_gazetteer

# How near other places must be for an ordinary word to be a place (see choose).
WEAK_NEAR = 0.35
SLIGHT_NEAR = 0.25
KNOWN_POPULATION, KNOWN_VOTE = 40_000, 0.6
LARGE_POPULATION = 100_000
DOUBT_NEAR, DOUBT_NEAR_PLACED, HOME_VOTE = 0.5, 0.12, 0.4
# A place known only to be told of beside another lies within a district of it.
IMPLIED_KM = 8.0


def find_places(
    doc: Document, hints: PlaceHints | None = None, gazetteer: Gazetteer | None = None
) -> list[PlaceMention]:
    """All places a report names, in text order.

    Args:
        doc: the report.
        hints: what the caller knows (countries, spans that are no places).
        gazetteer: another than the user's.
    """
    hints = hints or PlaceHints()
    gaz = gazetteer or default_gazetteer()
    parser = Parser(doc, gaz, hints.blocked)
    nodes = parser.nodes()
    demonyms = _demonym_votes(doc, gaz)
    for node in nodes:
        for ref in node.refs:
            if ref.country:
                ref.country = _iso3(ref.country, gaz)
    link(nodes, parser)
    votes = votes_of([r for n in nodes for r in n.refs], _sum(hints.countries, demonyms))
    Chooser(nodes, votes).run()
    nodes = _drop_weak(nodes, votes)
    settle_anaphors(nodes, _capital(votes, gaz), _home(votes, gaz))
    nodes = _keep(nodes, [_settled(n) for n in nodes])
    imply(nodes, votes)
    return [_mention(node, nodes) for node in nodes]


def country_votes(
    doc: Document, hints: PlaceHints | None = None, gazetteer: Gazetteer | None = None
) -> dict[str, float]:
    """Which countries a report speaks of: ISO 3166 alpha-3 → share, summing to 1 (or empty)."""
    hints = hints or PlaceHints()
    gaz = gazetteer or default_gazetteer()
    parser = Parser(doc, gaz, hints.blocked)
    refs = []
    after = 0
    for i in sorted(parser.hits):
        if i < after:
            continue
        after, hit = parser.hits[i][0]
        refs.append(Ref(hit.start, hit.end, "", gaz.senses(hit.pattern)))
    return votes_of(refs, _sum(hints.countries, _demonym_votes(doc, gaz)))


def _sum(*many: Mapping[str, float]) -> dict[str, float]:
    out: dict[str, float] = {}
    for one in many:
        for key, value in one.items():
            out[key] = out.get(key, 0.0) + value
    return out


def _home(votes: Mapping[str, float], gaz: Gazetteer) -> Sense | None:
    """The country that most of the report's places lie in."""
    top = max(votes, key=lambda c: votes[c], default="")
    if votes.get(top, 0.0) < 0.4:
        return None
    entry = gaz.country(top)
    return Sense(entry, False) if entry else None


def _capital(votes: Mapping[str, float], gaz: Gazetteer) -> Sense | None:
    """The capital of the country that most of the report's places lie in."""
    top = max(votes, key=lambda c: votes[c], default="")
    if votes.get(top, 0.0) < 0.4:
        return None
    for country, city in capitals().items():
        if _iso3(country, gaz) == top:
            found = [e for e in gaz.lookup(city) if e.country == top and e.kind == "city"]
            return Sense(found[0], False) if found else None
    return None


@lru_cache(maxsize=512)
def _iso3(name: str, gaz: Gazetteer) -> str:
    """The code of a country named in Arabic; empty if it is unknown."""
    return next((e.country for e in gaz.lookup(name) if e.kind == "country"), "")


def _demonym_votes(doc: Document, gaz: Gazetteer) -> dict[str, float]:
    """Half a vote for each adjective of a country («القوات العراقية»)."""
    out: dict[str, float] = {}
    for token in doc.tokens:
        if token.kind != "word" or token.text[-1] not in "يه":
            continue
        for reading in readings(token.text):
            for entry in reading.singles:
                if entry.cls == "demonym":
                    code = _iso3(entry.kind, gaz)
                    if code:
                        out[code] = min(2.0, out.get(code, 0.0) + 0.4)
    return out


def _drop_weak(nodes: list[Node], votes: Mapping[str, float]) -> list[Node]:
    """Leave out ordinary words that nothing shows to be places; indices are kept right."""
    keep = []
    for node, listed in zip(nodes, _listed(nodes), strict=True):
        ref = node.refs[0]
        if listed and ref.chosen is not None:
            keep.append(True)
            continue
        if ref.chosen is None and ref.senses and not ref.kind and not node.kind:
            keep.append(node.container is not None and not ref.senses[0].weak)
            continue
        if _slight(node) or _doubtful(node, votes):
            keep.append(False)
            continue
        weak = bool(ref.chosen and ref.chosen.weak and not ref.kind and node.relation == "at")
        if weak and not node.kind and len(node.refs) == 1:
            near = ref.near >= WEAK_NEAR or ref.evidence > 1
            placed = node.prefix[-1:] in ("ب", "ل") or ref.evidence > 0
            if ref.chosen and ref.chosen.entry.population >= KNOWN_POPULATION:
                near |= votes.get(ref.chosen.entry.country, 0.0) >= KNOWN_VOTE
            if ref.chosen and not ref.chosen.entry.source.startswith("isnad"):
                # Long lists of villages hold most words there are: only plain evidence counts.
                near, placed = ref.evidence > 1, True
            keep.append((near and placed) or node.container is not None)
        else:
            keep.append(True)
    sure = {
        ref.chosen.entry.n
        for node, kept in zip(nodes, keep, strict=True) for ref in node.refs
        if kept and ref.chosen and (ref.kind or node.container is not None or node.list_id)
    }  # fmt: skip
    for i, node in enumerate(nodes):
        chosen = node.refs[0].chosen
        if not keep[i] and chosen and chosen.entry.n in sure and len(node.refs[0].name) > 3:
            keep[i] = True
    return _keep(nodes, keep)


def _listed(nodes: list[Node]) -> list[bool]:
    """Which bare names stand between a list's places, all of one country («صعدة وحجة والحديدة»)."""
    out = [False] * len(nodes)
    for k in range(1, len(nodes) - 1):
        a, b, c = nodes[k - 1 : k + 2]
        if b.list_id is None or not a.list_id == b.list_id == c.list_id:
            continue
        ends = [n.refs[0].chosen for n in (a, c)]
        own = b.refs[0].chosen
        out[k] = own is not None and all(
            e is not None and not e.weak and e.entry.country == own.entry.country for e in ends
        )
    return out


def _slight(node: Node) -> bool:
    """A village's one-word name with nothing that shows it to be a place here."""
    ref = node.refs[0]
    if ref.chosen is None or ref.kind or node.kind or node.relation != "at" or len(node.refs) > 1:
        return False
    if node.list_id is not None or node.container is not None or ref.evidence or node.prefix:
        return False
    entry = ref.chosen.entry
    small = entry.kind in SLIGHT_KINDS and " " not in ref.name
    return small and ref.near < SLIGHT_NEAR


def _doubtful(node: Node, votes: Mapping[str, float]) -> bool:
    """A name that may be a word, with too little that shows it to be a place."""
    ref = node.refs[0]
    if ref.chosen is None or not ref.chosen.doubtful or ref.kind or node.kind:
        return False
    if node.relation != "at" or len(node.refs) > 1 or node.container is not None:
        return False
    if votes.get(ref.chosen.entry.country, 0.0) < 0.15:
        return True
    placed = node.prefix[-1:] == "ب" or ref.evidence > 0 or node.list_id is not None
    if ref.evidence > 1:
        return False
    large = ref.chosen.entry.population >= LARGE_POPULATION
    if large and ref.evidence > 0 and votes[ref.chosen.entry.country] >= KNOWN_VOTE:
        return False  # «قصف على الأبيض»
    if placed and ref.chosen.entry.kind != "village" and not ref.chosen.weak:
        return votes.get(ref.chosen.entry.country, 0.0) < HOME_VOTE and ref.near < DOUBT_NEAR_PLACED
    return ref.near < (DOUBT_NEAR_PLACED if placed else DOUBT_NEAR)


def _settled(node: Node) -> bool:
    ref = node.refs[0]
    return not ref.anaphor or ref.chosen is not None or node.container is not None


def _keep(nodes: list[Node], keep: list[bool]) -> list[Node]:
    """The nodes marked, their links to containers kept right."""
    if all(keep):
        return nodes
    kept = [i for i, k in enumerate(keep) if k]
    new = {old: k for k, old in enumerate(kept)}
    out = []
    for old in kept:
        node = nodes[old]
        node.container = new.get(node.container) if node.container is not None else None
        node.heading = new.get(node.heading) if node.heading is not None else None
        out.append(node)
    return out


def _mention(node: Node, nodes: list[Node]) -> PlaceMention:
    first = node.refs[0]
    chosen = [r.chosen.entry for r in node.refs if r.chosen]
    m = PlaceMention(
        node.start, node.end, node.word_start, first.start, first.end, first.name,
        relation=node.relation, anchors=tuple(e.id for e in chosen), container=node.container,
        holder=nodes[node.container].start if node.container is not None else None,
        list_id=node.list_id, anaphor=first.anaphor,
        weak=bool(first.chosen and first.chosen.weak), heads=node.heads,
    )  # fmt: skip
    found = locate(node)
    m.kind = node.kind or (chosen[0].kind if chosen else first.kind)
    if found is not None:
        point, m.relation = found
        m.lat, m.lon = round(point.lat, 5), round(point.lon, 5)
        m.radius_km, m.located = round(point.radius_km, 1), True
        entry = chosen[0]
        m.country, m.admin1, m.why = entry.country, entry.admin1, first.why
        if first.anaphor:
            m.why = f"stands for {entry.name_ar or entry.name_en}"
        m.score = _score(node)
    else:
        m.why = first.why or "no place of this name is known"
        m.score = 0.5 if first.kind else 0.3
        _by_container(m, node, nodes)
    if m.relation == "part":
        m.relation = "at"
    if node.label and not (node.label.endswith("-of") and m.kind not in ("area", "region")):
        m.relation = node.label
    m.level = _level(m, node, chosen[0].kind if chosen else "")
    m.alternatives = tuple(
        Alternative(s.entry.id, s.entry.lat, s.entry.lon, why) for s, why in first.runners
    )
    return m


def _by_container(m: PlaceMention, node: Node, nodes: list[Node]) -> None:
    """A place nobody lists lies somewhere in what contains it."""
    seen, at = set(), node.container
    while at is not None and at not in seen:
        seen.add(at)
        outer = nodes[at]
        found = locate(outer)
        if found is not None:
            point, _ = found
            entry = next(r.chosen.entry for r in outer.refs if r.chosen)
            m.lat, m.lon = round(point.lat, 5), round(point.lon, 5)
            m.radius_km = round(max(point.radius_km, IMPLIED_KM if node.implied else 0.0), 1)
            m.country, m.admin1, m.located = entry.country, entry.admin1, True
            m.unlisted = True
            m.anchors = tuple(r.chosen.entry.id for r in outer.refs if r.chosen)
            m.why = f"not listed; somewhere in {entry.name_ar or entry.name_en}"
            m.score = 0.6
            return
        at = outer.container


def _level(m: PlaceMention, node: Node, kind: str) -> int:
    if "countryside" in (node.relation, node.label):
        return 3
    if node.kind and kind_of(node.kind).group in ("site", "camp", "frontline", "road"):
        return kind_of(node.kind).level
    said = node.refs[0].kind
    level = kind_of(said or kind or m.kind or "town").level
    if m.relation.endswith("-of") and level >= 4:
        return 4 if level == 5 else 3
    return level


def _score(node: Node) -> float:
    """0 to 1 from the sense's margin and the evidence that this is a place at all."""
    ref = node.refs[0]
    sure = 0.9 if ref.margin > 1.5 else 0.75 if ref.margin > 0.5 else 0.55
    if ref.chosen and ref.chosen.weak and not ref.kind:
        sure *= 0.6
    if node.relation == "at" and not ref.kind and not node.prefix and not ref.evidence:
        sure *= 0.8
    return round(sure, 2)
