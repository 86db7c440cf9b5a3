"""An incident as one JSON object: everything, every telling, every view. What ``jsonl`` holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from isnad.incidents.figures import ranges, timeline
from isnad.incidents.framing import frames
from isnad.incidents.grade import disputes, grade
from isnad.incidents.origins import origin_of, origins
from isnad.model import Incident


def record(incident: Incident) -> dict[str, Any]:
    """The incident as one JSON object: what ``isnad incidents --format jsonl`` prints."""
    place, time = incident.place, incident.time
    mark = grade(incident)
    return {
        "id": incident.id,
        "type": incident.type,
        "status": incident.status,
        "place": place
        and {
            "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km,
            "as_written": place.as_written, "claim": incident.place_from,
        },
        "time": time
        and {
            "earliest": iso(time.earliest), "latest": iso(time.latest),
            "as_written": time.as_written, "claim": incident.time_from,
        },
        "initiators": list(incident.initiators),
        "targets": list(incident.targets),
        "figures": [r._asdict() for r in ranges(incident)],
        "timeline": [{**r._asdict(), "published": iso(r.published)} for r in timeline(incident)],
        "origins": [r._asdict() for r in origins(incident)],
        "grade": mark._asdict(),
        "disputes": [d._asdict() for d in disputes(incident)],
        "framing": [f._asdict() for f in frames(incident)],
        "claims": [
            {
                "report": t.report, "claim": t.id, "publisher": t.publisher,
                "published": iso(t.published), "published_guessed": t.guessed,
                "forwarded_from": t.forwarded_from, "copy_of": t.copy_of,
                "origin": origin_of(t)._asdict(), "why": why(incident, t.id),
            }
            for t in incident.tellings
        ],
    }  # fmt: skip


def iso(value: dt.date | None) -> str | None:
    """A day as ``YYYY-MM-DD``."""
    return value.isoformat() if value else None


def why(incident: Incident, claim: str) -> dict[str, Any] | None:
    """The likeliest link that ties a claim to the incident; ``None`` if it stands alone."""
    mine = [x for x in incident.links if claim in (x.one, x.other)]
    if not mine:
        return None
    best = max(mine, key=lambda x: (x.score, x.one, x.other))
    return {
        "with": best.other if best.one == claim else best.one,
        "score": round(best.score, 3),
        "reasons": [r.model_dump() for r in best.reasons if r.signal != "bias"],
    }
