"""An incident as JSON: tellings side by side, figures, the tree of sources, disputes, wording."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from isnad.desk.model.names import actor, located
from isnad.desk.model.world import World
from isnad.desk.views.claims import claim_json
from isnad.desk.views.reasons import grade_ar, link_ar
from isnad.desk.views.text import followable
from isnad.incidents.figures import ranges, timeline, tolls
from isnad.incidents.framing import frames
from isnad.incidents.grade import disputes, grade
from isnad.incidents.origins import origin_of, origins
from isnad.model import Incident, Telling
from isnad.publish.record import iso, why


def incident_json(
    world: World, incident: Incident, texts: Mapping[str, str], blind: Container[str] = ()
) -> dict[str, Any]:
    """All that an incident says.

    Args:
        world: the world.
        incident: the incident.
        texts: of its reports, by the archive's id.
        blind: claims of which nothing that people decided is told.
    """
    mark, tolled = grade(incident), ranges(incident)
    return {
        "tellings": [_telling(world, incident, t, texts, blind) for t in incident.tellings],
        "toll": [{**r._asdict(), "published": iso(r.published)} for r in timeline(incident)],
        "counts": [{**t._asdict(), "published": iso(t.published)} for t in tolls(incident)],
        "rules": {
            "ucdp": {r.outcome: {"low": r.low, "best": r.best, "high": r.high} for r in tolled},
            "acled": {r.outcome: r.acled for r in tolled},
            "highest": {r.outcome: r.highest for r in tolled},
        },
        "tree": _tree(world, incident),
        "grade_rule": mark.rule, "grade_rule_ar": grade_ar(mark),
        "disputes": [
            {"what": d.what, "sides": [{"side": s, "claims": list(c)} for s, c in d.sides]}
            for d in disputes(incident)
        ],
        "framing": [
            {"party": actor(f.party or None), "outlet": f.outlet, "role": f.role, "words": f.words,
             "claims": list(f.claims)}
            for f in frames(incident)
        ],
        "map": _map(incident),
    }  # fmt: skip


def _telling(
    world: World, incident: Incident, t: Telling, texts: Mapping[str, str], blind: Container[str]
) -> dict[str, Any]:
    text, head = texts.get(t.report, ""), world.heads.get(t.report)
    claim = claim_json(world, t.id, text, coded_only=t.id in blind)
    return {
        "claim": t.id, "report": t.report, "given": head.given if head else None,
        "title": head.title if head else None, "publisher": t.publisher,
        "published": iso(t.published), "url": t.url, "url_safe": followable(t.url),
        "copy_of": t.copy_of, "position": t.position, "origin": origin_of(t)._asdict(),
        "words": " ".join(text[a:b] for a, b in t.claim.evidence), "claim_view": claim,
        "version": claim["version"] if claim else None, "why": _why(incident, t.id),
    }  # fmt: skip


def _why(incident: Incident, claim: str) -> dict[str, Any] | None:
    found = why(incident, claim)
    if found is not None:
        for one in found["reasons"]:
            one["says_ar"] = link_ar(one["signal"], one["says"])
    return found


def _tree(world: World, incident: Incident) -> list[dict[str, Any]]:
    """Origins, each with the outlets that rest on it: who handed the saying down to whom."""
    told = {t.id: t for t in incident.tellings}
    copies: dict[str, list[str]] = {}
    for t in incident.tellings:
        if t.copy_of is not None:
            copies.setdefault(t.copy_of, []).append(t.report)
    out = []
    for root in origins(incident):
        own = [told[c] for c in root.claims if told[c].copy_of is None]
        first = origin_of(own[0] if own else told[root.claims[0]])
        out.append({
            "name": root.name, "label": actor(root.name) if actor(root.name)["en"] else None,
            "words": root.words, "kind": first.kind,
            "children": [
                {
                    "kind": "outlet", "name": t.publisher, "report": t.report, "claim": t.id,
                    "published": iso(t.published),
                    "via": [
                        {"words": " ".join(s.as_written.split()), "kind": s.kind}
                        for s in t.claim.sources
                    ],
                    "copies": [
                        {"report": r, "publisher": world.heads[r].publisher}
                        for r in sorted(set(copies.get(t.report, ())))
                        if r in world.heads
                    ],
                }
                for t in (own or [told[c] for c in root.claims])
            ],
        })  # fmt: skip
    return out


def _map(incident: Incident) -> dict[str, Any]:
    """The place of every telling."""
    features = []
    for t in incident.tellings:
        place = t.claim.place
        if place is None or place.lat is None or place.lon is None:
            continue
        at = located(place)
        features.append({
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                "claim": t.id, "report": t.report, "publisher": t.publisher,
                "as_written": place.as_written, "radius_km": place.radius_km, "shape": at.shape,
                "chosen": t.id == incident.place_from,
            },
        })  # fmt: skip
    return {"type": "FeatureCollection", "features": features}
