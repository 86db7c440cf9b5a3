"""Links between phrases: what contains what, what stands in one list, what «المدينة» stands for."""

from __future__ import annotations

from collections.abc import Mapping

from isnad.coding.places.parse import Parser
from isnad.coding.places.reader import SEPARATORS
from isnad.coding.places.types import Node, Ref
from isnad.coding.places.words import listed
from isnad.knowledge.gazetteer.kinds import kind_of
from isnad.knowledge.gazetteer.store import Sense

_FOCUS_TOKENS = 60
_SAME_BREATH = 30  # tokens: a larger place told so near says more than the line's heading
_PLAIN = ("at", "near", "outskirts")
_TOWARDS = listed("باتجاه نحو صوب تجاه باتجاهي")
# What may stand between a place and how far it lies from another («X، على بعد 5 كم شرق Y»).
_AWAY = listed("على بعد التي تبعد الذي يبعد مسافة نحو حوالي تقع يقع الواقعة الواقع")
_SPOT = listed("منطقة منطقتي مناطق")
_LOCATIVE = listed(
    "في على من إلى نحو باتجاه قرب عند داخل حول شرق غرب شمال جنوب ضمن وسط تجاه صوب عبر الواقعة"
)


def expected_level(node: Node) -> int:
    """How large the phrase's place is, before its sense is known."""
    if node.relation == "countryside":
        return 3
    ref = node.refs[0]
    if node.label or node.relation in ("compass", "part"):
        top = max((kind_of(s.entry.kind).level for s in ref.senses[:3]), default=3)
        return max(3, top)
    said = node.kind or ref.kind
    if said:
        return kind_of(said).level
    if ref.senses:
        return max(kind_of(s.entry.kind).level for s in ref.senses[:3])
    return 2


def link(nodes: list[Node], parser: Parser) -> None:
    """Set containers and lists from what stands between neighbouring phrases."""
    lists = 0
    for k, node in enumerate(nodes):
        before = parser.word(node.first - 1)
        if before in _LOCATIVE or node.prefix[-1:] in ("ب", "ل"):
            node.refs[0].evidence = 1.0
        node.heads = _heads_line(node, parser)
        node.towards = before in _TOWARDS
        if node.heads or parser.a(node.first - 1, "takes", ("", "و", "ف")):
            node.refs[0].evidence = 1.0
        if node.first == 0 and node.last == len(parser.toks):
            node.refs[0].evidence = 2.0
        if not node.prefix and parser.a(node.first - 1, "of", ("", "و", "ب", "ل")):
            node.refs[0].evidence = 2.0
        if k + 1 == len(nodes):
            break
        nxt = nodes[k + 1]
        if nxt.first < node.last:
            # Names of one list share the tokens of their phrase.
            lists = _same_list(node, nxt, lists)
            continue
        gap = [t.text for t in parser.toks[node.last : nxt.first]]
        if any(t == "\n" for t in gap) or len(gap) > 3:
            continue
        if parser.word(nxt.first) == "عاصمه" and expected_level(nxt) >= 3 and not nxt.prefix:
            node.container = k + 1  # «الفاشر، عاصمة ولاية شمال دارفور»: what it is the seat of
        elif _joined(gap, nxt):
            lists = _same_list(node, nxt, lists)
        elif _holds(gap, node, nxt, parser):
            node.container = k + 1
    _share(nodes)
    _under_headings(nodes, parser)


def _under_headings(nodes: list[Node], parser: Parser) -> None:
    """Tell the phrases of a line what heads it («حمص: الخالدية: … على الحي»)."""
    heading: int | None = None
    last = 0
    for k, node in enumerate(nodes):
        if any(t.text == "\n" for t in parser.toks[last : node.first]):
            heading = None
        last = node.first
        if heading is not None and node.container != heading:
            node.heading = heading
        if node.heads and node.relation in (*_PLAIN, "countryside"):
            heading = k


def _heads_line(node: Node, parser: Parser) -> bool:
    """A dateline or a heading: «الفاشر: …», «عين أميناس (الجزائر) - …»."""
    alone = node.first == 0 or parser.toks[node.first - 1].kind != "word"
    after = node.last
    if alone and after < len(parser.toks) and "(" in parser.gap(after):
        after += 1
    return alone and parser.mark(after) in (":", "-", "–", "—", "/", "|")


def _same_list(a: Node, b: Node, lists: int) -> int:
    if a.list_id is None:
        lists += 1
        a.list_id = lists
    b.list_id = a.list_id
    return lists


def _joined(gap: list[str], nxt: Node) -> bool:
    if not gap:
        return nxt.prefix in ("و", "وب")
    if len(gap) != 1 or not (gap[0] in SEPARATORS or gap[0] == "و"):
        return False
    return nxt.prefix in ("", "و", "وب") and nxt.relation in _PLAIN


def _holds(gap: list[str], node: Node, nxt: Node, parser: Parser) -> bool:
    """Whether ``nxt`` names the unit that contains ``node``."""
    if nxt.relation in ("road", "between", "line", "both-banks"):
        return False
    if nxt.distance_km:
        links = [t for t in gap if t not in SEPARATORS]
        at_home = node.relation == "at" and not node.refs[0].anaphor
        return at_home and expected_level(node) <= 3 and set(links) <= _AWAY
    if nxt.relation == "compass" and node.relation == "at" and not node.refs[0].anaphor:
        ref = node.refs[0]
        either = not ref.kind and any(kind_of(s.entry.kind).level <= 2 for s in ref.senses)
        if (either and not gap) or expected_level(node) == 3:  # «الزاوية غربي طرابلس»
            return not [t for t in gap if t not in SEPARATORS]
    if _loosely(node, parser) and nxt.relation in _PLAIN and not node.refs[0].anaphor:
        told = nxt.prefix == "ب" if not gap else gap in (["في"], ["من"])
        if told and expected_level(nxt) >= 2:
            return True
    beside = nxt.relation in ("near", "outskirts") and node.relation == "at" and not gap
    if nxt.relation != "countryside" and expected_level(nxt) <= expected_level(node):
        # «قرية X بمحيط بلدة Y»: the better known town says where the village is
        return beside and node.kind in ("village", "camp") and nxt.prefix in ("", "ب")
    links = [t for t in gap if t not in SEPARATORS]
    for i, token in enumerate(links):
        at = node.last + i
        if token in ("من", "في", "ضمن", "وسط", "قلب") or parser.a(at, "link") is not None:
            continue
        return False
    if links:
        return True
    if any(t in SEPARATORS for t in gap):
        return nxt.prefix in ("", "ب") and expected_level(nxt) >= 3
    return nxt.prefix in ("", "ب", "ل")


def _loosely(node: Node, parser: Parser) -> bool:
    """«منطقة X» of a name that is no district's: any spot («منطقة الشلاق في الشيخ زويد»)."""
    ref = node.refs[0]
    if ref.kind != "district" or parser.word(node.first).lstrip("وفبل") not in _SPOT:
        return False
    return not any(kind_of(s.entry.kind).level >= 3 for s in ref.senses)


def _share(nodes: list[Node]) -> None:
    """All names of a list lie in the container that the last of them names."""
    by_list: dict[int, int] = {}
    for k in range(len(nodes) - 1, -1, -1):
        node = nodes[k]
        if node.list_id is None:
            continue
        if node.container is not None:
            by_list.setdefault(node.list_id, node.container)
        elif node.list_id in by_list and by_list[node.list_id] > k:
            node.container = by_list[node.list_id]


def imply(nodes: list[Node], votes: Mapping[str, float]) -> None:
    """A name nobody lists, with no container: the nearest larger place told within a paragraph."""
    top = max(votes, key=lambda c: votes[c], default="")
    home = top if votes.get(top, 0.0) >= 0.5 else ""
    for k, node in enumerate(nodes):
        if node.container is not None or any(r.chosen is not None for r in node.refs):
            continue
        level = expected_level(node)
        best, least = None, _FOCUS_TOKENS + 1.0
        for j, other in enumerate(nodes):
            ref = other.refs[0]
            if ref.chosen is None or other.relation in ("road", "line", "between"):
                continue
            if ref.chosen.weak and not ref.kind:
                continue
            if home and ref.chosen.entry.country != home:
                continue
            above = kind_of(ref.chosen.entry.kind).level
            if ref.chosen.entry.kind == "camp" and level <= 1:
                above = 2
            if above >= 5 or above < 2 or (above < level and level > 2):
                continue
            d = node.first - other.first if j < k else 1.5 * (other.first - node.first)
            if above == 2 and ref.chosen.entry.kind == "village":
                d += 10
            if 0 <= d < least and (node.heading is None or node.heading < j < k):
                best, least = j, float(d)
        head = nodes[node.heading] if node.heading is not None else None
        if head and head.refs[0].chosen is not None and least > _SAME_BREATH:
            best = node.heading if level <= expected_level(head) else best
        if best is not None:
            node.container, node.implied = best, True


def settle_anaphors(nodes: list[Node], capital: Sense | None, home: Sense | None) -> None:
    """«المدينة», «المخيم», «المحافظة»: the last place of that kind told before."""
    for k, node in enumerate(nodes):
        for ref in node.refs:
            if not ref.anaphor or ref.chosen is not None:
                continue
            if ref.name == "العاصمه" and capital is not None:
                ref.chosen, ref.margin, ref.why = capital, 1.0, "the capital"
                continue
            if ref.name == "البلاد":
                ref.chosen, ref.margin, ref.why = home, 1.0, "the country"
                continue
            lost = next(
                (j for j in range(k - 1, -1, -1)
                 if nodes[j].refs[0].kind == ref.kind and nodes[j].relation in _PLAIN), None
            )  # fmt: skip
            if lost is not None and node.relation in _PLAIN:
                told = nodes[lost].refs[0]
                if told.chosen is None and not told.anaphor:
                    node.container = lost
                    continue
            source = _heading(nodes, node, ref) or _antecedent(nodes[:k], ref)
            if source is None:
                continue
            ref.chosen, ref.margin, ref.score = source.chosen, source.margin, source.score
            ref.why = source.why
            if ref.kind in ("district", "village", "town", "city") and source.radius_km:
                ref.radius_km = source.radius_km


def _heading(nodes: list[Node], node: Node, ref: Ref) -> Ref | None:
    """The town that heads the line («طفس: اقتحام المدينة»), whatever it is called elsewhere."""
    if node.heading is None or not ref.kind:
        return None
    other = nodes[node.heading].refs[0]
    if other.chosen is None:
        return None
    same = kind_of(other.chosen.entry.kind).group == kind_of(ref.kind).group
    return other if same else None


def _antecedent(before: list[Node], ref: Ref) -> Ref | None:
    want = kind_of(ref.kind) if ref.kind else None
    for node in reversed(before):
        for other in reversed(node.refs):
            if other.chosen is None or other.anaphor or node.relation == "line" or node.towards:
                continue
            if ref.kind in (other.kind, other.chosen.entry.kind):
                return other
    for node in reversed(before):
        for other in reversed(node.refs):
            if other.chosen is None or other.anaphor:
                continue
            have = kind_of(other.chosen.entry.kind)
            if want is None or other.kind == ref.kind or want.group == have.group:
                return other
            if ref.kind == "district" and have.level in (2, 3, 4):
                return other
    return None
