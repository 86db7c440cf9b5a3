"""CSV: one incident a row, all columns, safe to open in a spreadsheet (RFC 4180)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from isnad.model import Incident
from isnad.publish.cells import LONGEST, fit, write_rows
from isnad.publish.facets import tell_dropped
from isnad.publish.flat import COLUMNS, EDITION, HOLDS, flat, joined
from isnad.publish.frame import Context


class Csv:
    """The form."""

    name, suffix = "csv", ".csv"
    says = "one incident a row (CSV), all columns; --excel for spreadsheets"
    edition, holds = EDITION, HOLDS
    libraries: tuple[str, ...] = ()

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write the header and a row for each incident."""
        head = [[c.name for c in COLUMNS]]
        return write_rows(out, head, self._rows(incidents, about), excel=about.excel)

    def _rows(self, incidents: Iterable[Incident], about: Context) -> Iterator[list[Any]]:
        for incident in incidents:
            tell_dropped(incident, self, about.losses)
            values = flat(incident)
            if values["coordinates_doubt"]:
                about.losses.flagged(incident.id, "lat", values["coordinates_doubt"])
            cells = joined(values)
            for column, cell in zip(COLUMNS, cells, strict=True):
                if about.excel and isinstance(cell, str) and fit(cell) != cell:
                    about.losses.narrowed(incident.id, column.name, f"cut to {LONGEST} units")
            yield cells


FORM = Csv()
