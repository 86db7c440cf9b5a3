"""Reasons in Arabic: why a grade, a link, a copy, or no claim; in English they come as they are.

The words are in ``data/reasons.csv``. What a reason holds (numbers, ids of actors and kinds) is put
into the ``{0}``, ``{1}`` of its detail.
"""

from __future__ import annotations

import re

from isnad.desk.labels import words
from isnad.desk.model.names import actor
from isnad.incidents.grade import Grade

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_KINDS = ("type", "outcome", "hit")


def grade_ar(mark: Grade) -> str | None:
    """The rule of a grade."""
    return _told("grade", mark.ground, [arabic(f) for f in mark.facts])


def link_ar(signal: str, says: str) -> str | None:
    """A reason for or against two claims' telling one event.

    Args:
        signal: as ``weights.csv`` names it.
        says: what it rests on, in English: numbers, ids, or words of the reports.
    """
    numbers = _NUMBER.findall(says)
    if signal.startswith("figure"):
        outcome = says.partition(" ")[0]
        return _told("link", signal, [f"{arabic(outcome)}: {' و'.join(numbers)}"])
    if signal.startswith(("place_", "day_", "date_")) and numbers and signal != "place_named":
        return _told("link", signal, numbers)
    return _told("link", signal, [" و".join(arabic(w) for w in says.split(" and "))])


def copy_ar(reason: str | None) -> str | None:
    """Why one text is taken for a copy of another."""
    return _told("copy", reason, []) if reason else None


def unclaimed_ar(why: str) -> str | None:
    """Why words made no claim."""
    known = words().reasons["unclaimed"]
    found = next((r for r in known if why.startswith(r)), None)
    return _told("unclaimed", found, _NUMBER.findall(why)) if found else None


def arabic(word: str) -> str:
    """What an id is called in Arabic; anything else is left as it is."""
    named = actor(word)["ar"]
    if named:
        return str(named)
    enums = words().enums
    return next((enums[k][word].ar for k in _KINDS if word in enums.get(k, {})), word)


def _told(of: str, ident: str, facts: list[str]) -> str | None:
    found = words().reasons[of].get(ident)
    if found is None:
        return None
    holes = len(re.findall(r"\{\d\}", found.detail))
    if not holes or len(facts) < holes:
        return found.ar
    if holes == 1:
        facts = ["، ".join(facts)]
    said = found.detail.format(*facts)
    joint = " " if said.startswith("(") else "" if said.startswith(":") else ": "
    return f"{found.ar}{joint}{said}"
