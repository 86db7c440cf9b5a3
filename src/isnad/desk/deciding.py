"""Recording what people decide: only on what they have seen, never over somebody else's work.

In: a decision, and the versions of the claims that its author looked at. Out: the decision as
recorded, or E703 with both sides. Values may name words by UTF-16 units; what is kept are code
points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from isnad.archive.decisions import fault_of
from isnad.archive.whole import texts
from isnad.desk.desk import Desk
from isnad.desk.errors import DeskError, bad, missing, stale
from isnad.desk.roles import Caller
from isnad.desk.views.claims import claim_json, decision_json, version
from isnad.desk.views.text import Units
from isnad.errors import UsageError
from isnad.model import Decision

LISTS = frozenset(["initiators", "targets", "casualties", "forces", "materiel", "sources"])
_DEEP = 6


def decide(
    desk: Desk, who: Caller, given: Mapping[str, Any], seen: Mapping[str, str]
) -> tuple[Decision, list[str]]:
    """Record one decision; with the claims that it is about (of an undo: that it gives back).

    Raises:
        DeskError: E701, E702, E703; E705 for an undo of somebody else's by who is no lead.
    """
    with desk.writing:
        view = desk.world.refresh()
        one = _decision(desk, who, given)
        about = list(one.claims)
        if one.undoes is not None:
            undone = next((d for d in desk.world.decisions if d.id == one.undoes), None)
            if undone is None:
                raise missing("such decision")
            if undone.by != who.who:
                who.must("adjudicate")
            about = list(undone.claims)
        else:
            if desk.blind(who).intersection(about):
                raise bad("you are to code this claim as second coder: do that first")
            _seen(desk, about, seen, given)
        made = _recorded(desk, [one], view.head.seq, about, given)[0]
        desk.world.refresh()
        return made, about


def decide_all(desk: Desk, some: Sequence[Decision], since: int) -> list[Decision]:
    """Record decisions together, all or none."""
    claims = sorted({c for d in some for c in d.claims})
    made = _recorded(desk, some, since, claims, {})
    desk.world.refresh()
    return made


def _recorded(
    desk: Desk, some: Sequence[Decision], since: int, about: list[str], yours: Mapping[str, Any]
) -> list[Decision]:
    try:
        return desk.archive.decide_all(some, since=since)
    except UsageError as error:
        if error.code == "E518":
            desk.world.refresh()
            raise _conflict(desk, about, yours) from error
        raise bad(error.message.replace("--value", "the value")) from error


def _decision(desk: Desk, who: Caller, given: Mapping[str, Any]) -> Decision:
    value = given.get("value")
    claims = list(given.get("claims") or ())
    for claim in claims:
        if desk.world.telling(claim) is None:
            raise missing(f"claim {claim!r}")
    if given.get("kind") == "fix" and claims:
        value = fitted(desk, claims[0], str(given.get("slot") or ""), value)
    try:
        return Decision(
            by=who.who, kind=given["kind"], claims=tuple(claims), slot=given.get("slot"),
            value=value, why=str(given.get("why") or ""), undoes=given.get("undoes"),
        )  # fmt: skip
    except ValueError as error:
        raise bad(fault_of(error)) from error


def fitted(desk: Desk, claim: str, slot: str, value: Any) -> Any:
    """A value with the words that it names filled in from the report.

    Raises:
        DeskError: E701 for words that are not in the text, or a value that no JSON can hold.
    """
    if not _plain(value):
        raise bad("the value does not fit", value="is too deep, or holds what JSON cannot say")
    telling = desk.world.telling(claim)
    if telling is None:
        raise missing(f"claim {claim!r}")
    text = texts(desk.archive, [telling.report]).get(telling.report, "")
    if slot in LISTS and isinstance(value, list):
        return [_filled(v, text) for v in value]
    return _filled(value, text) if slot in ("place", "time") else value


def _filled(value: Any, text: str) -> Any:
    if not isinstance(value, dict):
        return value
    out = {k: v for k, v in value.items() if k not in ("utf16", "rule", "confidence", "listed")}
    span = out.get("span")
    if "utf16" in value and value["utf16"] is not None:
        try:
            start, end = value["utf16"]
            span = Units(text).points((int(start), int(end)))
        except (TypeError, ValueError):
            raise bad("the value does not fit", utf16="lies outside the text") from None
        out["as_written"] = text[span[0] : span[1]]
    if span in (None, [0, 0], (0, 0)):
        return out | {"span": [0, 0], "as_written": ""}
    try:
        start, end = (int(x) for x in span)
    except (TypeError, ValueError):
        raise bad("the value does not fit", span="write two whole numbers") from None
    if not 0 <= start < end <= len(text):
        raise bad("the value does not fit", span="lies outside the text")
    words = text[start:end]
    if out.setdefault("as_written", words) != words:
        raise bad("the value does not fit", as_written="the text says something else there")
    return out | {"span": [start, end]}


def _plain(value: Any, deep: int = 0) -> bool:
    if deep > _DEEP:
        return False
    if isinstance(value, dict):
        return all(isinstance(k, str) and _plain(v, deep + 1) for k, v in value.items())
    if isinstance(value, list):
        return len(value) <= 200 and all(_plain(v, deep + 1) for v in value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) < 1 << 53
    if isinstance(value, str):
        return len(value) <= 10_000 and not any(
            "\ud800" <= c <= "\udfff" or c == "\0" for c in value
        )
    return value is None


def _seen(
    desk: Desk, claims: Sequence[str], seen: Mapping[str, str], yours: Mapping[str, Any]
) -> None:
    lacking = [c for c in claims if c not in seen]
    if lacking:
        raise bad("say which version you saw", seen=f"lacks {', '.join(lacking)}")
    if any(seen[c] != version_of(desk, c) for c in claims):
        raise _conflict(desk, claims, yours)


def version_of(desk: Desk, claim: str) -> str | None:
    """The version of a claim now; ``None`` if it is gone."""
    telling = desk.world.telling(claim)
    return version(telling.claim, desk.world.about(claim)) if telling else None


def _conflict(desk: Desk, claims: Sequence[str], yours: Mapping[str, Any]) -> DeskError:
    about = {d.id: d for c in claims for d in desk.world.about(c)}
    return stale(
        "somebody else decided about it meanwhile; look at both and send again",
        {
            "claims": claims_json(desk, claims),
            "decisions": [decision_json(d, True) for d in about.values()],
        },
        dict(yours),
    )  # fmt: skip


def claims_json(desk: Desk, claims: Sequence[str], *, coded: bool = False) -> list[dict[str, Any]]:
    """Claims as JSON, those that are there."""
    tellings = {c: t for c in claims if (t := desk.world.telling(c)) is not None}
    found = texts(desk.archive, {t.report for t in tellings.values()}) if tellings else {}
    made = (
        claim_json(desk.world, c, found.get(t.report, ""), coded_only=coded)
        for c, t in tellings.items()
    )
    return [c for c in made if c is not None]
