"""What kind of source an actor is.

In: an actor mention. Out: one of the kinds of GUIDELINES (``official``, ``party``, …) or ``None``
for who does not tell. Reads the actors' table: a commander is of the kind of those he commands.
"""

from __future__ import annotations

from functools import lru_cache

from isnad.coding.actors import ActorMention
from isnad.knowledge.compiled import knowledge

_BY_CATEGORY = {
    "government": "official", "state_forces": "official", "police": "official",
    "person_office": "official", "external_forces": "official", "de_facto_authority": "official",
    "rebel": "party", "pro_government_militia": "party", "identity_militia": "party",
    "political_party": "party", "tribe": "local", "international_organisation": "monitor",
    "ngo": "monitor", "monitor": "monitor", "rescue_service": "rescue", "medical": "medical",
    "media": "outlet", "outlet": "outlet",
}  # fmt: skip
_CIVIL = frozenset(
    ["government", "de_facto_authority", "medical", "media", "rescue_service", "ngo"]
)
_BY_CLASS = {
    "ministry": "official", "police": "official", "militia": "party", "party": "party",
    "office": "official", "spokesman": "official", "military": "official", "outlet": "outlet",
    "monitor": "monitor",
}  # fmt: skip


@lru_cache(maxsize=4096)
def kind_of_id(actor: str) -> str | None:
    """The kind of source that an actor of the table is."""
    table = knowledge().actors
    if actor not in table:
        return None
    a = table[actor]
    if a.kind == "person_office":
        for parent in table.parents(actor):
            return kind_of_id(parent)
        return "official"
    kind = "official" if "health-ministry" in actor else _BY_CATEGORY.get(a.kind)
    if kind == "monitor" and ("crescent" in actor or actor.endswith(("-prcs", "-red-cross"))):
        return "medical"  # a Red Crescent society tells of the wounded it treats
    if kind == "official" and a.kind not in _CIVIL and a.ucdp_kind == "nonstate":
        return "party"
    if kind == "party" and a.ucdp_kind == "state":
        return "official"
    return kind


def kind_of(m: ActorMention) -> str | None:
    """The kind of source that the mention is, ``None`` for those who are only told about."""
    if m.kind in ("outlet", "monitor"):
        return m.kind
    for actor in (m.group, m.actor) if m.kind == "person" else (m.actor, m.group):
        if actor is not None and (kind := kind_of_id(actor)) is not None:
            return kind
    if m.kind in ("group", "count"):
        return None
    if "indefinite" in m.flags and m.kind != "person":
        return None
    return _BY_CLASS.get(m.category) or _BY_CATEGORY.get(m.category)
