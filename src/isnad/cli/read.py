"""``isnad read``: reports in, claims out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from isnad.cli.common import Refusals, reports
from isnad.coding.coder import read as code_report
from isnad.errors import InputError
from isnad.model import Reading, Report

CSV_COLUMNS = (
    "report", "claim", "type", "status", "initiators", "targets", "place", "lat", "lon",
    "radius_km", "earliest", "latest", "time_words", "casualties", "forces", "materiel", "sources",
)  # fmt: skip


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--published", metavar="DATE", help="Publication day (YYYY-MM-DD) of reports without one.")
@click.option("--publisher", metavar="NAME", help="Publisher of reports without one.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "json", "csv"]), default="table", show_default=True)
def read(inputs: tuple[str, ...], published: str | None, publisher: str | None, form: str) -> None:
    """Read reports and print their claims.

    INPUT is a text file, a folder of them, a JSON Lines file (id, text, title, published, publisher,
    url), or - for standard input. Exit status 1 says that something was refused.
    """
    refusals = Refusals()
    stream = _progress(_read_all(reports(inputs, refusals, published, publisher), refusals))
    {"table": _table, "jsonl": _jsonl, "json": _json, "csv": _csv}[form](stream, sys.stdout)
    if refusals.count:
        raise SystemExit(1)


def _read_all(source: Iterator[Report], refusals: Refusals) -> Iterator[Reading]:
    for report in source:
        try:
            yield code_report(report)
        except Exception as error:  # one bad report never stops a run
            refusals.problem(InputError("E199", f"coding failed ({type(error).__name__}: {error}); please report this", report.id))


def _progress(stream: Iterator[Reading]) -> Iterator[Reading]:
    """Count reports on standard error once it takes long, if that is a terminal."""
    if not sys.stderr.isatty():
        yield from stream
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(SpinnerColumn(), TextColumn("reading"), MofNCompleteColumn(), TimeElapsedColumn(),
                   console=Console(stderr=True), transient=True)  # fmt: skip
    with bar:
        task = bar.add_task("reading", total=None)
        for reading in stream:
            bar.advance(task)
            yield reading


def _table(stream: Iterator[Reading], out: TextIO) -> None:
    from rich.console import Console

    from isnad.cli.render import print_reading

    console = Console(file=out, width=None if out.isatty() else 160)
    for reading in stream:
        print_reading(console, reading)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _jsonl(stream: Iterator[Reading], out: TextIO) -> None:
    for reading in stream:
        out.write(_dump(reading.contract()) + "\n")
        out.flush()


def _json(stream: Iterator[Reading], out: TextIO) -> None:
    """An array of whole readings: the contract and what goes beyond it (rules, confidence)."""
    out.write("[")
    for number, reading in enumerate(stream):
        out.write((",\n" if number else "\n") + reading.model_dump_json())
    out.write("\n]\n")


def _csv(stream: Iterator[Reading], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for reading in stream:
        for number, claim in enumerate(reading.claims):
            writer.writerow([_safe(cell) for cell in _row(reading, number, claim)])


def _row(reading: Reading, number: int, claim: Any) -> list[Any]:
    from isnad.cli.render import amount

    p, t = claim.place, claim.time
    return [
        reading.report.id, number, claim.type, claim.status,
        "; ".join(x.actor or x.as_written for x in claim.initiators),
        "; ".join(x.actor or x.as_written for x in claim.targets),
        p.as_written if p else "", p.lat if p else None, p.lon if p else None,
        p.radius_km if p else None, t.earliest if t else None, t.latest if t else None,
        t.as_written if t else "",
        "; ".join(f"{c.outcome} {amount(c)} {c.who or ''}".strip() for c in claim.casualties),
        "; ".join(f"{amount(f)} {f.actor or ''}".strip() for f in claim.forces),
        "; ".join(f"{m.item} {amount(m)}" for m in claim.materiel),
        "; ".join(s.as_written for s in claim.sources),
    ]  # fmt: skip


def _safe(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + cell
    return cell
