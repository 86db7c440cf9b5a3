"""``isnad export``: incidents into a file that others read, with its manifest and loss report."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isnad.cli.archived import Command, archive_option, filter_options, opened
from isnad.cli.chosen import chosen
from isnad.cli.common import Refusals
from isnad.errors import UsageError, one_line
from isnad.model import Incident, Report, Telling

if TYPE_CHECKING:
    from isnad.publish import Losses, Public, Written
    from isnad.publish.select import Each


def public_options(command: Command) -> Command:
    """The options by which a command writes what anybody may see."""
    for option in (
        click.option("--days", type=click.IntRange(0), metavar="N",
                     help="With --public: days held back (30)."),
        click.option("--km", type=click.FloatRange(0), metavar="KM",
                     help="With --public: the grid of places (10)."),
        click.option("--public", "for_public", is_flag=True,
                     help="For anybody: coarse places, no recent days, no private persons."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@click.option("--as", "name", required=True, metavar="FORM", help="The form; see below.")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="The file; its manifest stands beside it.")  # fmt: skip
@archive_option
@click.option("--as-of", metavar="SNAPSHOT", help="A position of the journal: SEQ or SEQ:HASH.")
@click.option("--each", type=click.Choice(["incident", "claim"]), default="incident",
              show_default=True, help="A row an incident, or a row a claim.")  # fmt: skip
@click.option("--least", type=click.IntRange(1), default=1, metavar="N",
              help="Only incidents that at least N reports tell.")  # fmt: skip
@click.option("--published", metavar="DATE", help="Publication day of INPUT reports without one.")
@public_options
@click.option("--excel", is_flag=True, help="CSV forms: a byte order mark, cells of its length.")
@filter_options
def export(
    inputs: tuple[str, ...], name: str, output: Path, url: str | None, as_of: str | None,
    each: Each, least: int, published: str | None, for_public: bool, km: float | None,
    days: int | None, excel: bool, **given: Any,
) -> None:  # fmt: skip
    """Write incidents into FILE in a form that others read.

    FORM is acled, ucdp, plover, geojson, csv, parquet, xlsx, ftm, hxl, jsonl (docs/exports.md), or
    gold: reports of the archive whose every claim people judged, for `isnad evaluate`.
    INPUT: what `isnad read` takes; without it, the archive. The filters are those of `isnad
    search`: an incident is written if one of its claims fits, and then with all its tellings.
    What the form cannot say is counted in FILE.manifest.json and in short on standard error.

    \b
    isnad export --as acled --time-from 2024-12-01 -o december.csv
    isnad export --as geojson --public --km 25 reports.jsonl -o map.geojson
    """
    if name == "gold":
        _gold(url, as_of, given, output, published or inputs or for_public or each != "incident")
        return
    from isnad.cli.progress import counted
    from isnad.publish import Losses, export, form
    from isnad.publish.select import incidents

    made, rules = form(name), rules_of(for_public, km, days)
    refusals, losses = Refusals(), Losses()
    told, decisions, fits, job = chosen(inputs, url, as_of, published, given, refusals)
    if least > 1:
        job = replace(job, filter=job.filter | {"least": str(least)})
    job = replace(job, each=each, excel=excel)
    rows = incidents(told, decisions, fits=fits, each=each, least=least)
    if rules is not None:
        today = job.snapshot.day if job.snapshot else dt.datetime.now(dt.UTC).date()
        job = replace(job, public={**rules._asdict(), "today": today.isoformat()})
        rows = held_back(rows, rules, today, losses)
    written = export(made, counted(rows, "writing"), output, job, losses)
    tell(written)
    if refusals.count:
        raise SystemExit(1)


def tell(written: Written) -> None:
    """What was written and what was lost, in short, on standard error."""
    m = written.manifest
    noun = m["each"]
    click.echo(one_line(
        f"{written.path}: {m['rows']} rows of {m['selected']} {noun}s, sha256 {m['sha256'][:12]}…"
    ), err=True)  # fmt: skip
    for loss in m["loss"]:
        click.echo(
            one_line(f"  {loss['kind']:9} {loss['rows']:>6}  {loss['field']}: {loss['says']}"),
            err=True,
        )
    sys.stderr.flush()


def rules_of(wanted: bool, km: float | None, days: int | None) -> Public | None:
    """What is held back for safety; ``None`` for nothing.

    Raises:
        UsageError: E602 if ``--km`` or ``--days`` stand without ``--public``.
    """
    from isnad.publish import Public

    if not wanted:
        if km is not None or days is not None:
            raise UsageError("E602", "--km and --days go with --public")
        return None
    usual = Public()
    return Public(usual.km if km is None else km, usual.days if days is None else days)


def held_back(
    rows: Iterator[Incident], rules: Public, today: dt.date, losses: Losses
) -> Iterator[Incident]:
    """The incidents as anybody may see them, without those that are held back."""
    from isnad.publish import public

    for incident in rows:
        shown = public(incident, rules, today, losses)
        if shown is not None:
            yield shown


def _gold(
    url: str | None, as_of: str | None, given: dict[str, Any], output: Path, other: object
) -> None:
    """Whole reports, judged: a report with a claim that fits is written with all its claims."""
    from isnad.archive import Filter
    from isnad.cli.progress import counted
    from isnad.publish import Losses, export, form
    from isnad.publish.select import incidents

    if other:
        raise UsageError("E607", "--as gold takes an archive, --as-of and filters, nothing else")
    told, decisions, fits, job = chosen((), url, as_of, None, given, Refusals())
    if fits is not None:
        again = chosen((), url, as_of, None, {}, Refusals()).tellings
        reports = {t.report for t in again if fits(t)}
        fits = lambda t: t.report in reports  # noqa: E731
    judged = frozenset(c for d in decisions if d.kind in ("accept", "fix") for c in d.claims)
    seq = job.snapshot.seq if job.snapshot else None
    with opened(url) as archive:

        def report(t: Telling) -> Report | None:
            kept = [
                k.report for k in archive.reports(Filter(report=t.report), as_of=seq)
                if (k.report.publisher, k.report.url) == (t.publisher, t.url)
            ]  # fmt: skip
            return kept[0] if len(kept) == 1 else None

        rows = incidents(told, fits=fits, each="claim")
        tell(export(
            form("gold"), counted(rows, "writing"), output, replace(job, each="claim"), Losses(),
            report=report, judged=judged,
        ))  # fmt: skip
