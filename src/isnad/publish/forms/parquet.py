"""GeoParquet 1.1: one incident a row, points as WKB with their coordinate system written."""

from __future__ import annotations

import datetime as dt
import json
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from isnad.model import Incident
from isnad.publish.facets import tell_dropped
from isnad.publish.flat import COLUMNS, HOLDS, flat
from isnad.publish.frame import Context

if TYPE_CHECKING:
    import pyarrow as pa

AT_ONCE = 10_000  # incidents a row group: what is held in memory
GEOMETRY = "geometry"
CRS84: dict[str, Any] = {
    "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
    "type": "GeographicCRS",
    "name": "WGS 84 (CRS84)",
    "datum_ensemble": {
        "name": "World Geodetic System 1984 ensemble",
        "members": [
            {"name": f"World Geodetic System 1984 ({name})"}
            for name in ("Transit", "G730", "G873", "G1150", "G1674", "G1762", "G2139", "G2296")
        ],
        "ellipsoid": {
            "name": "WGS 84", "semi_major_axis": 6378137, "inverse_flattening": 298.257223563,
        },
        "accuracy": "2.0",
    },
    "coordinate_system": {
        "subtype": "ellipsoidal",
        "axis": [
            {"name": "Geodetic longitude", "abbreviation": "Lon", "direction": "east",
             "unit": "degree"},
            {"name": "Geodetic latitude", "abbreviation": "Lat", "direction": "north",
             "unit": "degree"},
        ],
    },
    "id": {"authority": "OGC", "code": "CRS84"},
}  # fmt: skip
"""Longitude and latitude on WGS 84, as PROJJSON."""


class Parquet:
    """The form."""

    name, suffix = "parquet", ".parquet"
    says = "GeoParquet, one incident a row, all columns typed"
    edition = "GeoParquet 1.1.0"
    libraries: tuple[str, ...] = ("pyarrow",)
    holds = HOLDS

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write row groups of :data:`AT_ONCE` incidents."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema, count, source = _schema(), 0, iter(incidents)
        with pq.ParquetWriter(out, schema, compression="zstd") as writer:
            while rows := list(self._rows(islice(source, AT_ONCE), about)):
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                count += len(rows)
        return count

    def _rows(self, incidents: Iterable[Incident], about: Context) -> Iterator[dict[str, Any]]:
        for incident in incidents:
            tell_dropped(incident, self, about.losses)
            values = flat(incident)
            if values["coordinates_doubt"]:
                about.losses.flagged(incident.id, GEOMETRY, values["coordinates_doubt"])
            yield {**values, GEOMETRY: wkb(values["lon"], values["lat"])}


def wkb(lon: float | None, lat: float | None) -> bytes | None:
    """A point as little-endian well-known binary; ``None`` for what has no place."""
    return None if lon is None or lat is None else struct.pack("<BIdd", 1, 1, lon, lat)


def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds = {
        str: pa.string(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32(),
        list: pa.list_(pa.string()),
    }  # fmt: skip
    fields = [pa.field(c.name, kinds[c.kind]) for c in COLUMNS]
    geo = {
        "version": "1.1.0", "primary_column": GEOMETRY,
        "columns": {GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"], "crs": CRS84}},
    }  # fmt: skip
    return pa.schema([*fields, pa.field(GEOMETRY, pa.binary())], metadata={"geo": json.dumps(geo)})


FORM = Parquet()
