"""HXL: a CSV whose second row holds the tags that humanitarian tools read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from isnad.incidents.origins import origins
from isnad.knowledge.joining import joining
from isnad.model import Incident
from isnad.publish.cells import write_rows
from isnad.publish.deaths import killed
from isnad.publish.facets import tell_dropped
from isnad.publish.frame import Context
from isnad.publish.losses import CannotSay
from isnad.publish.notes import notes
from isnad.publish.parties import parties
from isnad.publish.when import TOLD, when
from isnad.publish.where import doubts, where

HEAD = (
    "id", "date", "family", "type", "initiator", "target", "admin1", "admin2", "location",
    "latitude", "longitude", "source", "description", "killed",
)  # fmt: skip
TAGS = (
    "#event+code", "#date+occurred", "#event+type", "#event+type+sub", "#group+name+first",
    "#group+name+second", "#adm1+name", "#adm2+name", "#loc+name", "#geo+lat", "#geo+lon",
    "#meta+source", "#description", "#affected+killed",
)  # fmt: skip


class Hxl:
    """The form."""

    name, suffix = "hxl", ".csv"
    says = "CSV with HXL tags in the second row"
    edition = "HXL 1.1 tags"
    libraries: tuple[str, ...] = ()
    holds = frozenset({"tellings"})

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write both header rows, and a row for each incident that is told as an event."""
        return write_rows(out, [HEAD, TAGS], self._rows(incidents, about), excel=about.excel)

    def _rows(self, incidents: Iterable[Incident], about: Context) -> Iterator[list[Any]]:
        for incident in incidents:
            try:
                row = _row(incident, about)
            except CannotSay as why:
                about.losses.left_out(incident.id, why)
                continue
            tell_dropped(incident, self, about.losses)
            yield row


def _row(incident: Incident, about: Context) -> list[Any]:
    place, days, dead = where(incident.place), when(incident), killed(incident)
    losses, row = about.losses, incident.id
    if incident.status not in ("happened", "ongoing"):
        raise CannotSay("status", f"{incident.status}: the tags are of events")
    if days is None:
        losses.narrowed(row, "#date+occurred", "no day: blank")
    elif days.basis != TOLD:
        losses.narrowed(row, "#date+occurred", days.basis)
    elif days.days > 1:
        losses.narrowed(row, "#date+occurred", "an interval → its middle day")
    if dead and not dead.low == dead.best == dead.high:
        losses.narrowed(row, "#affected+killed", "a range → its best estimate")
    if doubt := doubts(incident.place):
        losses.flagged(row, "#geo+lat", doubt)
    return [
        row, days.middle.isoformat() if days else "",
        joining().kinds[incident.type].family, incident.type,
        "; ".join(p.name for p in parties(incident, "initiators")),
        "; ".join(p.name for p in parties(incident, "targets")),
        place.admin1 if place else "", place.admin2 if place else "",
        place.name if place else "", place.lat if place else None, place.lon if place else None,
        "; ".join(o.words for o in origins(incident)), notes(incident),
        dead.best if dead else None,
    ]  # fmt: skip


FORM = Hxl()
