"""``isnad incidents`` and ``isnad incident``: reports in, what they tell together out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from isnad.cli.archived import archive_option, box, opened
from isnad.cli.common import Given, Refusals, day, input_options, reports
from isnad.errors import UsageError
from isnad.model import CLAIM_TYPES, Incident, Telling

if TYPE_CHECKING:
    from isnad.archive import Wanted

GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
as_of_option = click.option(
    "--as-of", type=click.IntRange(0), metavar="SEQ",
    help="As the archive stood at this position of the journal (`isnad verify` shows the present).",
)  # fmt: skip


@click.command()
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@archive_option
@input_options
@click.option("--type", "types", multiple=True, type=click.Choice(CLAIM_TYPES), metavar="TYPE",
              help="Only incidents of this type; may be repeated.")  # fmt: skip
@click.option("--actor", help="Only those in which this actor (an id) is a party.")
@click.option("--from", "since", metavar="DATE", help="Only those that may lie on or after it.")
@click.option("--to", "until", metavar="DATE", help="Only those that may lie on or before it.")
@click.option("--box", "corners", metavar="W,S,E,N",
              help="Only those placed in this box, in degrees.")  # fmt: skip
@click.option("--least", type=click.IntRange(1), default=1, show_default=True, metavar="N",
              help="Only those that at least N reports tell.")  # fmt: skip
@click.option("--grade", type=click.Choice(GRADES), metavar="GRADE",
              help="Only those of this grade; docs/incidents.md.")  # fmt: skip
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True
)
def incidents(
    inputs: tuple[str, ...],
    url: str | None,
    known: Given,
    types: tuple[str, ...],
    actor: str | None,
    since: str | None,
    until: str | None,
    corners: str | None,
    least: int,
    grade: str | None,
    as_of: int | None,
    form: str,
) -> None:
    """Join the claims of all reports that tell one event.

    INPUT: what `isnad read` takes; without it, the reports of the archive, joined and parted as
    people decided (`isnad decide`). Each incident keeps every telling; figures are ranges by named
    rules, and sources that rest on one origin count once (docs/incidents.md).
    """
    from isnad.archive import Wanted

    refusals = Refusals()
    wanted = Wanted(
        types=types, grade=grade, actor=actor, first=day(since, "--from"), last=day(until, "--to"),
        box=box(corners) if corners else None, least=least,
    )  # fmt: skip
    source = _Source(inputs, url, known, as_of, refusals)
    found = list(source.incidents(wanted, links=form == "jsonl"))
    if form == "jsonl":
        from isnad.publish.record import record

        for incident in found:
            click.echo(json.dumps(record(incident), ensure_ascii=False))
    else:
        from isnad.cli.incident_table import print_list

        print_list(sys.stdout, found)
    if refusals.count:
        raise SystemExit(1)


@click.command()
@click.argument("incident", metavar="ID")
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@archive_option
@input_options
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def incident(
    incident: str,
    inputs: tuple[str, ...],
    url: str | None,
    known: Given,
    as_of: int | None,
    form: str,
) -> None:
    """One incident: its tellings side by side, figures, origins, disputes and wording.

    ID is that of `isnad incidents` over the same INPUT or archive, or its beginning.
    """
    from isnad.archive import Wanted

    refusals = Refusals()
    source = _Source(inputs, url, known, as_of, refusals)
    found = list(source.incidents(Wanted(id=incident)))
    found = [i for i in found if i.id == incident] or found
    if len(found) != 1:
        what = "no incident" if not found else f"{len(found)} incidents"
        hint = "`isnad incidents` over the same inputs lists them"
        raise UsageError("E008", f"{what} of the id {incident!r}; {hint}")
    if form == "json":
        from isnad.publish.record import record

        click.echo(json.dumps(record(found[0]), ensure_ascii=False, indent=2))
    else:
        from isnad.cli.incident_table import print_one

        print_one(sys.stdout, found[0])
    if refusals.count:
        raise SystemExit(1)


class _Source:
    """Where incidents come from: the inputs, or the archive with people's judgements."""

    def __init__(
        self, inputs: tuple[str, ...], url: str | None, known: Given, as_of: int | None,
        refusals: Refusals,
    ) -> None:  # fmt: skip
        if inputs and (url or as_of is not None):
            raise UsageError("E009", "give INPUT or --archive (and --as-of), not both")
        if not inputs and (known.settings or known.kind):
            said = ", ".join(f"--{n}" for n in (*known.settings, *["as"] * bool(known.kind)))
            raise UsageError("E009", f"{said}: for INPUT, not for an archive")
        self._inputs, self._url, self._as_of = inputs, url, as_of
        self._told = told(inputs, known, refusals)

    def incidents(self, wanted: Wanted, *, links: bool = True) -> Iterator[Incident]:
        """Incidents that fit."""
        if not self._inputs:
            with opened(self._url) as archive:
                yield from archive.incidents(wanted, as_of=self._as_of, links=links)
            return
        from isnad.archive.view.ask import fits
        from isnad.incidents import Index

        for one in Index(self._told).incidents(links=links):
            if fits(one, wanted):
                yield one


def told(inputs: tuple[str, ...], known: Given, refusals: Refusals) -> Iterator[Telling]:
    """The tellings of the inputs; other texts under an id that was seen get a number after it.

    A report that repeats an earlier one is a copy of it.
    """
    from isnad.cli.read import read_all
    from isnad.gather.copies import Copies
    from isnad.incidents import tellings_of

    copies, firsts = Copies(), dict[str, str | None]()

    seen: dict[str, dict[tuple[str | None, str], str]] = {}
    for reading in read_all(reports(inputs, refusals, known), refusals):
        report = reading.report
        names = seen.setdefault(report.id or "-", {})
        number = f"~{len(names) + 1}" if names else ""
        name = names.setdefault((report.url, report.text), (report.id or "-") + number)
        if name not in firsts:
            found = copies.add(name, report.text)
            firsts[name] = found.first if found else None
        told_as = reading.report.model_copy(update={"id": name})
        yield from tellings_of(reading.model_copy(update={"report": told_as}), firsts[name])
