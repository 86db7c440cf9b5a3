"""Facets: what an incident may say that a form may have no field for."""

from __future__ import annotations

from collections.abc import Iterator

from isnad.model import Incident
from isnad.publish.frame import Form
from isnad.publish.losses import Losses

FACETS = {
    "status": "that it is still going on, planned, foiled or denied",
    "radius": "how far off the point may be",
    "interval": "the first and last day it may lie on",
    "wounded": "counts of the wounded",
    "missing": "counts of the missing",
    "captured": "counts of the captured",
    "detained": "counts of the detained",
    "displaced": "counts of the displaced",
    "killed_or_wounded": "counts of killed and wounded together",
    "range": "counts as ranges, from low to high",
    "forces": "numbers of people deployed",
    "materiel": "weapons and equipment",
    "hit": "kinds of things hit",
    "chain": "the chain of sources behind each report",
    "words": "the reports' own words and where they stand",
    "tellings": "each report's telling by itself",
    "disputes": "who disputes what",
    "parties": "parties in any number, each with its side",
}
ALL = frozenset(FACETS)


def facets(incident: Incident) -> Iterator[str]:
    """The facets that the incident has."""
    claims = [t.claim for t in incident.tellings]
    if incident.status != "happened":
        yield "status"
    if incident.place and incident.place.radius_km:
        yield "radius"
    if incident.time and incident.time.earliest != incident.time.latest:
        yield "interval"
    outcomes = {c.outcome for k in claims for c in k.casualties}
    yield from sorted(outcomes - {"killed"})
    if any(c.low != c.high for k in claims for c in k.casualties):
        yield "range"
    for slot in ("forces", "materiel", "hit"):
        if any(getattr(k, slot) for k in claims):
            yield slot
    if any(k.sources for k in claims):
        yield "chain"
    if any(v.as_written for k in claims for _, v in k.values()):
        yield "words"
    if len(incident.tellings) > 1:
        yield "tellings"
        from isnad.incidents.grade import disputes

        if disputes(incident):
            yield "disputes"
    if max(len({p.actor for p in k.initiators}) for k in claims) > 1 or any(
        len({p.actor for p in k.targets}) > 1 for k in claims
    ):
        yield "parties"


def tell_dropped(incident: Incident, form: Form, losses: Losses) -> None:
    """Tell of each facet of the incident that the form has no field for."""
    for facet in facets(incident):
        if facet not in form.holds:
            losses.dropped(incident.id, facet, f"no field for {FACETS[facet]}")
