"""GeoJSON (RFC 7946): a feature an incident, longitude first; what has no place has no geometry."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from isnad.model import Incident
from isnad.publish.cells import text_of
from isnad.publish.facets import tell_dropped
from isnad.publish.flat import HOLDS, flat
from isnad.publish.frame import Context


class GeoJson:
    """The form."""

    name, suffix = "geojson", ".geojson"
    says = "GeoJSON (RFC 7946), a feature an incident, all columns as properties"
    edition = "RFC 7946"
    libraries: tuple[str, ...] = ()
    holds = HOLDS

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write the collection, a feature a line."""
        count = 0
        with text_of(out) as stream:
            stream.write('{"type": "FeatureCollection", "features": [')
            for incident in incidents:
                tell_dropped(incident, self, about.losses)
                one = feature(incident)
                if one["geometry"] is None:
                    about.losses.narrowed(incident.id, "geometry", "not located: null")
                if one["properties"]["coordinates_doubt"]:
                    doubt = one["properties"]["coordinates_doubt"]
                    about.losses.flagged(incident.id, "geometry", doubt)
                stream.write((",\n" if count else "\n") + json.dumps(one, ensure_ascii=False))
                count += 1
            stream.write("\n]}\n")
        return count


def feature(incident: Incident) -> dict[str, Any]:
    """The incident as a feature; its point is where the radius is centred, no pin."""
    values = flat(incident)
    lat, lon = values.pop("lat"), values.pop("lon")
    del values["id"]
    properties = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in values.items()}
    geometry = None if lat is None else {"type": "Point", "coordinates": [lon, lat]}
    return {
        "type": "Feature", "id": incident.id, "geometry": geometry, "properties": properties,
    }  # fmt: skip


FORM = GeoJson()
