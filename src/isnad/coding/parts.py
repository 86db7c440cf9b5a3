"""What the roles are given to: a mention, what it hangs on, and whether it names an armed party."""

from __future__ import annotations

from dataclasses import dataclass, field

from isnad.coding.actors import ActorMention
from isnad.coding.sentence import Trig

_ARMED = frozenset(
    [
        "state_forces",
        "police",
        "rebel",
        "pro_government_militia",
        "external_forces",
        "identity_militia",
        "government",
        "de_facto_authority",
        "criminal",
        "tribe",
        "armed",
    ]
)
_ARMED_GROUPS = frozenset(["fighters", "unidentified-gunmen", "tribal-fighters", "smugglers"])


INDEFINITE_CLAUSE = "whom an indefinite clause tells of"
"""Rule of those whose verb follows them without a relative («طفل قضى بقصف»)."""


@dataclass(slots=True, eq=False)
class Governor:
    """What a mention hangs on: a preposition's key, a trigger, or nothing.

    ``site`` is true if a thing stands between («مواقع قوات النظام»: the owner of what is hit);
    ``part`` if the mention only counts some of those named before («بينهم طفل»), ``counts`` if it
    counts all of them («قوة قوامها 60 جنديا»).
    """

    preposition: str = ""
    trigger: Trig | None = None
    site: bool = False
    coordinated: bool = False
    direct: bool = False
    object_follows: bool = False
    part: bool = False
    counts: bool = False


@dataclass(slots=True, eq=False)
class Part:
    """A mention and its role: ``initiator``, ``target``, ``victim``, ``both`` or ``none``."""

    mention: ActorMention
    role: str
    rule: str
    governor: Governor = field(default_factory=Governor)


def is_armed(mention: ActorMention) -> bool:
    """Whether the words name an armed or state party (not people hit)."""
    if mention.kind == "group":
        return mention.actor in _ARMED_GROUPS
    return mention.category in _ARMED or mention.kind == "unknown"
