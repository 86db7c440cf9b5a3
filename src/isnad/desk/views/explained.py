"""What ``isnad explain`` tells of a report, as JSON: the present coder's steps, and what it let go.

In: a report's text. Out: claims with each value's words, place and rule; words that could have
told an event and made no claim, with the reason. The archive's claims stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from isnad.archive.coder import coder_version
from isnad.archive.whole import Version
from isnad.coding import coder
from isnad.coding.many import guarded
from isnad.desk.views.claims import numbered, value_json
from isnad.desk.views.reasons import unclaimed_ar
from isnad.desk.views.text import Units
from isnad.errors import IsnadError
from isnad.model import Claim, Report


def explained(version: Version, kept: Mapping[str, Claim]) -> dict[str, Any]:
    """The steps.

    Args:
        version: the report's text.
        kept: the archive's claims of it as coded, by id; a step names the one that it made.

    Raises:
        IsnadError: E199 if the coder fails on it.
    """
    report = Report(
        id=version.given, text=version.text, title=version.title, published=version.published,
        publisher=version.publisher, url=version.url,
    )  # fmt: skip
    outcome = guarded(report, coder.explain)
    if isinstance(outcome, IsnadError):
        raise outcome
    reading, unclaimed = outcome
    units, text = Units(version.text), version.text
    left = dict(kept)
    claims = []
    for n, claim in enumerate(reading.claims):
        same = next((i for i, c in left.items() if c == claim), None)
        left.pop(same or "", None)
        claims.append({
            "n": n, "claim": same, "type": claim.type, "status": claim.status,
            "confidence": claim.confidence, "steps": steps(claim, units, text),
            "evidence": [
                {"span": list(s), "utf16": units.utf16(s), "text": text[s[0] : s[1]]}
                for s in claim.evidence
            ],
        })  # fmt: skip
    return {
        "coder": coder_version(), "kept_by": version.coder, "claims": claims, "unmade": list(left),
        "unclaimed": [
            {
                "span": list(u.span), "utf16": units.utf16(u.span), "text": text[slice(*u.span)],
                "rule": u.rule, "why": u.why, "why_ar": unclaimed_ar(u.why),
            }
            for u in unclaimed
        ],
    }  # fmt: skip


def steps(claim: Claim, units: Units, text: str) -> list[dict[str, Any]]:
    """Each value of a claim with its words, their place, and the rule that made it."""
    return [value_json(slot, v, n, units, text) for slot, n, v in numbered(claim)]
