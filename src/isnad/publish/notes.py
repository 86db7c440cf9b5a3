"""A plain English summary of an incident, in neutral words: never a report's own."""

from __future__ import annotations

from isnad.incidents.figures import ranges
from isnad.incidents.origins import origins
from isnad.model import Incident
from isnad.publish.parties import parties
from isnad.publish.when import TOLD, when
from isnad.publish.where import where


def span(low: int | None, high: int | None) -> str:
    """A count in words: ``5``, ``20-99``, ``40 or more``, ``up to 40``, ``unknown``."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low}-{high}"


def counts(incident: Incident) -> list[str]:
    """Each outcome with its range over all tellings: ``killed 4-6``."""
    return [f"{r.outcome.replace('_', ' ')} {span(r.low, r.high)}" for r in ranges(incident)]


def notes(incident: Incident) -> str:
    """Two or three sentences: what, who, where, when, how many, by whom told."""
    place, days = where(incident.place), when(incident)
    what = incident.type.replace("_", " ").capitalize()
    by = ", ".join(p.name for p in parties(incident, "initiators"))
    on = ", ".join(p.name for p in parties(incident, "targets"))
    text = what + (f" by {by}" if by else "") + (f"; against {on}" if on else "")
    if place:
        unit = ", ".join(u for u in (place.name, place.admin1) if u)
        text += f"; at {unit}" if place.relation == "at" else f"; {place.relation} {unit}"
        if place.radius_km is not None:
            text += f" (within {place.radius_km:g} km)"
    if days:
        text += f"; {days.first}" + (f" to {days.last}" if days.days > 1 else "")
        if days.basis != TOLD:
            text += f" ({days.basis})"
    text += "."
    if told := counts(incident):
        text += f" Reported: {', '.join(told)}."
    if incident.status != "happened":
        text += f" Status: {incident.status}."
    roots = origins(incident)
    reports = len({t.report for t in incident.tellings})
    text += f" {reports} report{'s' * (reports != 1)}, {len(roots)} independent origin"
    text += f"{'s' * (len(roots) != 1)}."
    if len(incident.tellings) > 1:
        from isnad.incidents.grade import disputes

        found = disputes(incident)
        if found:
            text += f" Disputed: {', '.join(d.what for d in found)}."
    return text
