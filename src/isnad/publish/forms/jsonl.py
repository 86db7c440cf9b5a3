"""JSON Lines with everything: the record of ``isnad incidents`` and each claim as coded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from isnad.model import Incident
from isnad.publish.cells import text_of
from isnad.publish.facets import ALL
from isnad.publish.frame import Context
from isnad.publish.record import record
from isnad.publish.where import doubts


class Jsonl:
    """The form."""

    name, suffix = "jsonl", ".jsonl"
    says = "everything, one incident a line (JSON Lines): views, and every claim with its words"
    edition = "docs/contract.md, with rules and confidences"
    libraries: tuple[str, ...] = ()
    holds = ALL

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write a line for each incident."""
        count = 0
        with text_of(out) as stream:
            for incident in incidents:
                whole = record(incident)
                for row, telling in zip(whole["claims"], incident.tellings, strict=True):
                    row["url"] = telling.url
                    row["coded"] = telling.claim.model_dump(mode="json")
                if doubt := doubts(incident.place):
                    about.losses.flagged(incident.id, "place", doubt)
                stream.write(json.dumps(whole, ensure_ascii=False) + "\n")
                count += 1
        return count


FORM = Jsonl()
