"""``isnad incidents`` and ``isnad incident``: reports in, what they tell together out."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator

import click

from isnad.cli.archived import archive_option, opened
from isnad.cli.common import Given, Refusals, day, input_options, reports
from isnad.errors import UsageError
from isnad.model import CLAIM_TYPES, Incident, Telling


@click.command()
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@archive_option
@input_options
@click.option("--type", "types", multiple=True, type=click.Choice(CLAIM_TYPES), metavar="TYPE",
              help="Only incidents of this type; may be repeated.")  # fmt: skip
@click.option("--actor", help="Only those in which this actor (an id) is a party.")
@click.option("--from", "since", metavar="DATE", help="Only those that may lie on or after it.")
@click.option("--to", "until", metavar="DATE", help="Only those that may lie on or before it.")
@click.option("--box", nargs=4, type=float, metavar="S W N E", default=None,
              help="Only those placed inside these degrees.")  # fmt: skip
@click.option("--least", type=click.IntRange(1), default=1, show_default=True, metavar="N",
              help="Only those that at least N reports tell.")  # fmt: skip
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
    box: tuple[float, float, float, float] | None,
    least: int,
    form: str,
) -> None:
    """Join the claims of all reports that tell one event.

    INPUT: what `isnad read` takes; without it, the reports of the archive, joined and parted as
    people decided (`isnad decide`). Each incident keeps every telling; figures are ranges by named
    rules, and sources that rest on one origin count once (docs/incidents.md).
    """
    first, last = day(since, "--from"), day(until, "--to")
    refusals = Refusals()
    found = [
        i
        for i in _all(inputs, url, known, refusals)
        if (not types or i.type in types)
        and (actor is None or actor in (*i.initiators, *i.targets))
        and _within(i, first, last)
        and (box is None or _inside(i, box))
        and len({t.report for t in i.tellings}) >= least
    ]
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
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def incident(
    incident: str,
    inputs: tuple[str, ...],
    url: str | None,
    known: Given,
    form: str,
) -> None:
    """One incident: its tellings side by side, figures, origins, disputes and wording.

    ID is that of `isnad incidents` over the same INPUT or archive, or its beginning.
    """
    refusals = Refusals()
    found = [i for i in _all(inputs, url, known, refusals) if i.id.startswith(incident)]
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


def _all(
    inputs: tuple[str, ...], url: str | None, known: Given, refusals: Refusals
) -> list[Incident]:
    """The incidents of the inputs, or of the archive with people's judgements."""
    from isnad.incidents import Index

    if not inputs:
        if known.settings or known.kind:
            said = ", ".join(f"--{n}" for n in (*known.settings, *["as"] * bool(known.kind)))
            raise UsageError("E009", f"{said}: for INPUT, not for an archive")
        with opened(url) as archive:
            index = Index(archive.tellings())
            for decision in archive.decisions():
                if decision.kind == "same":
                    index.same(*decision.claims)
                elif decision.kind == "different":
                    index.different(*decision.claims)
        return list(index.incidents())
    if url:
        raise UsageError("E009", "give INPUT or --archive, not both")
    return list(Index(told(inputs, known, refusals)).incidents())


def told(inputs: tuple[str, ...], known: Given, refusals: Refusals) -> Iterator[Telling]:
    """The tellings of the inputs; other texts under an id that was seen get a number after it."""
    from isnad.cli.read import read_all
    from isnad.incidents import tellings_of

    seen: dict[str, dict[tuple[str | None, str], str]] = {}
    for reading in read_all(reports(inputs, refusals, known), refusals):
        report = reading.report
        names = seen.setdefault(report.id or "-", {})
        number = f"~{len(names) + 1}" if names else ""
        name = names.setdefault((report.url, report.text), (report.id or "-") + number)
        told_as = reading.report.model_copy(update={"id": name})
        yield from tellings_of(reading.model_copy(update={"report": told_as}))


def _within(incident: Incident, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None and last is None:
        return True
    time = incident.time
    if time is None:
        return False
    early, late = time.earliest or time.latest, time.latest or time.earliest
    assert early is not None and late is not None
    return (last is None or early <= last) and (first is None or late >= first)


def _inside(incident: Incident, box: tuple[float, float, float, float]) -> bool:
    south, west, north, east = box
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return False
    across = west <= place.lon <= east if west <= east else not east < place.lon < west
    return south <= place.lat <= north and across
