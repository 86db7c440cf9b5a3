"""Gold: reports whose every claim a person has judged, as the contract's records (JSON Lines).

Accepted claims stand as coded, fixed ones as put right, rejected ones are not there. Nobody is
asked whether the coder missed a claim: see ``docs/exports.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from isnad.errors import UsageError
from isnad.model import Incident, Reading
from isnad.publish.cells import text_of
from isnad.publish.facets import ALL
from isnad.publish.frame import Context
from isnad.publish.losses import CannotSay


class Gold:
    """The form. It asks for claims by themselves, report by report."""

    name, suffix = "gold", ".jsonl"
    says = "reports whose claims people judged, for isnad evaluate (JSON Lines)"
    edition = "docs/contract.md"
    libraries: tuple[str, ...] = ()
    holds = ALL

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write a line for each report that is judged as a whole; counts its claims.

        Raises:
            UsageError: E607 without an archive: only there do decisions stand.
        """
        if about.report is None:
            raise UsageError("E607", "--as gold needs an archive, in which people decided")
        count = 0
        with text_of(out) as stream:
            for claims in _by_report(incidents):
                told = [i.tellings[0] for i in claims]
                open_ = [t for t in told if t.id not in about.judged]
                report = about.report(told[0])
                if open_ or report is None:
                    for t in claims:
                        about.losses.left_out(t.id, CannotSay(
                            "report", "not every claim of the report was accepted or fixed"
                        ))  # fmt: skip
                    continue
                made = tuple(t.claim for t in told)
                reading = Reading.model_construct(report=report, claims=made)
                stream.write(json.dumps(reading.contract(), ensure_ascii=False) + "\n")
                count += len(told)
        return count


def _by_report(incidents: Iterable[Incident]) -> Iterator[list[Incident]]:
    """Claims of one report stand together: so they come from an archive."""
    for _, group in groupby(
        incidents, key=lambda i: (i.tellings[0].report, i.tellings[0].publisher, i.tellings[0].url)
    ):
        yield list(group)


FORM = Gold()
