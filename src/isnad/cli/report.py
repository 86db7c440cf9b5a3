"""``isnad report``: a situation report of a period, in Arabic and English, for screen and paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isnad.cli.archived import archive_option, filter_options
from isnad.cli.chosen import chosen
from isnad.cli.common import Refusals, day
from isnad.cli.export import held_back, public_options, rules_of
from isnad.errors import UsageError, one_line
from isnad.model import Incident

if TYPE_CHECKING:
    from isnad.publish.report.words import Language


@click.command()
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@click.option("--from", "since", metavar="DATE", help="The first day of the period.")
@click.option("--to", "until", metavar="DATE", help="The last day of the period.")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="A name that ends in .html or .pdf.")  # fmt: skip
@click.option("--language", type=click.Choice(["both", "en", "ar"]), default="both",
              show_default=True, help="English and Arabic, or one of them.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, metavar="N",
              help="Incidents listed one by one.")  # fmt: skip
@archive_option
@click.option("--as-of", metavar="SNAPSHOT", help="A position of the journal: SEQ or SEQ:HASH.")
@click.option("--published", metavar="DATE", help="Publication day of INPUT reports without one.")
@public_options
@filter_options
def report(
    inputs: tuple[str, ...], since: str | None, until: str | None, output: Path, language: str,
    most: int, url: str | None, as_of: str | None, published: str | None, for_public: bool,
    km: float | None, days: int | None, **given: Any,
) -> None:  # fmt: skip
    """Write a situation report: map, timeline, tables, what is disputed, sources, method.

    INPUT: what `isnad read` takes; without it, the archive. The filters are those of `isnad
    search`. The page has no scripts and fetches nothing; the PDF is the page on paper.

    \b
    isnad report --from 2024-11-27 --to 2024-12-08 -o offensive.pdf
    """
    from isnad.publish import Losses
    from isnad.publish.report import collect, html, pdf
    from isnad.publish.select import incidents
    from isnad.publish.write import whole
    from isnad.version import __version__

    if output.suffix.lower() not in (".html", ".pdf"):
        raise UsageError("E603", "name a file that ends in .html or .pdf", str(output))
    first, last, rules = day(since, "--from"), day(until, "--to"), rules_of(for_public, km, days)
    if first and last and first > last:
        raise UsageError("E602", "--from lies after --to")
    refusals, losses = Refusals(), Losses()
    told, decisions, fits, job = chosen(inputs, url, as_of, published, given, refusals)
    today = job.snapshot.day if job.snapshot else dt.datetime.now(dt.UTC).date()
    rows: Iterator[Incident] = incidents(told, decisions, fits=fits)
    if rules is not None:
        rows = held_back(rows, rules, today, losses)
    summary = collect(rows, first, last)
    summary.held = losses.count("left out")
    languages: tuple[Language, ...] = ("en", "ar")
    if language != "both":
        languages = ("ar",) if language == "ar" else ("en",)
    about = {
        "at": today.isoformat(), "program": f"isnad {__version__}",
        "filter": " ".join(f"{k}={v}" for k, v in job.filter.items()),
        "snapshot": f"{job.snapshot.seq}:{job.snapshot.hash[:16]}" if job.snapshot else "",
    }  # fmt: skip
    page = html(summary, about, languages=languages, most=most, km=rules.km if rules else None)
    data = pdf(page) if output.suffix.lower() == ".pdf" else page.encode("utf-8")
    with whole(output) as out:
        out.write(data)
    click.echo(one_line(f"{output}: {len(summary.events)} incidents"), err=True)
    if refusals.count:
        raise SystemExit(1)
