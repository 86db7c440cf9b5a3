"""``isnad read``: reports in, claims out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

import click

from isnad.cli.common import (
    Given,
    Refusals,
    evidence_option,
    gathered,
    input_options,
    local_option,
    opened_evidence,
)
from isnad.errors import InputError
from isnad.gather import total_bytes
from isnad.model import Claim, Reading, Report

CSV_COLUMNS = (
    "report", "claim", "type", "status", "initiators", "targets", "place", "lat", "lon",
    "radius_km", "earliest", "latest", "time_words", "casualties", "forces", "materiel", "sources",
)  # fmt: skip


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@input_options
@evidence_option
@local_option
@click.option(
    "--format", "form", default="table", show_default=True,
    type=click.Choice(["table", "jsonl", "json", "csv", "html"]),
    help="What to print: a table, the contract's records, whole readings, rows, or a page.",
)  # fmt: skip
def read(
    inputs: tuple[str, ...], known: Given, folder: Path | None, local: tuple[str, ...], form: str
) -> None:
    """Read reports and print their claims.

    INPUT is a file of a kind that `isnad inputs` lists (text, pages, feeds, tables, mail, JSON
    Lines …), a folder of these, the address of one of them (https://…), or - for standard input.
    Days are written YYYY-MM-DD.
    Exit status 1 says that something was refused; what and why stands on standard error.
    """
    from isnad.cli.progress import with_progress

    refusals, tally = Refusals(), Tally()
    with opened_evidence(folder) if folder else nullcontext() as evidence:
        found = gathered(inputs, refusals, known, evidence, local)
        source = tally.watch(read_all((got.report for got in found), refusals))
        stream = with_progress(source, lambda: total_bytes(inputs), lambda: refusals.bytes)
        WRITERS[form](stream, sys.stdout)
        sys.stdout.flush()
    if refusals.count or (form == "table" and sys.stderr.isatty()):
        click.echo(f"isnad: {tally.line(refusals.count)}", err=True)
    if refusals.count:
        raise SystemExit(1)


class Tally:
    """How many reports and claims went by."""

    def __init__(self) -> None:
        self.reports = self.claims = 0

    def watch(self, stream: Iterator[Reading]) -> Iterator[Reading]:
        for reading in stream:
            self.reports += 1
            self.claims += len(reading.claims)
            yield reading

    def line(self, refused: int) -> str:
        parts = [_count(self.reports, "report"), _count(self.claims, "claim")]
        return ", ".join(parts + ([f"{refused} refused"] if refused else []))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def read_all(source: Iterator[Report], refusals: Refusals) -> Iterator[Reading]:
    """Code each report; one that cannot be coded is refused (E199) and the rest goes on."""
    from isnad.coding.many import readings

    for outcome in readings(source):
        if isinstance(outcome, InputError):
            refusals.problem(outcome)
        else:
            yield outcome


def _table(stream: Iterator[Reading], out: TextIO) -> None:
    from isnad.cli.render import console_for, print_reading

    console = console_for(out)
    for reading in stream:
        print_reading(console, reading)
        out.flush()


def _jsonl(stream: Iterator[Reading], out: TextIO) -> None:
    for reading in stream:
        out.write(json.dumps(reading.contract(), ensure_ascii=False) + "\n")
        out.flush()


def _json(stream: Iterator[Reading], out: TextIO) -> None:
    """An array of whole readings: the contract and what goes beyond it (rules, confidence)."""
    out.write("[")
    try:
        for number, reading in enumerate(stream):
            out.write((",\n" if number else "\n") + reading.model_dump_json())
    finally:
        out.write("\n]\n")  # a run that is stopped leaves an array that can be read


def _csv(stream: Iterator[Reading], out: TextIO) -> None:
    from isnad.publish.cells import safe

    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for reading in stream:
        for number, claim in enumerate(reading.claims):
            writer.writerow([safe(cell) for cell in _row(reading.report.id, number, claim)])
        out.flush()


def _html(stream: Iterator[Reading], out: TextIO) -> None:
    from isnad.cli.page import write_page

    write_page(stream, out)


WRITERS: dict[str, Callable[[Iterator[Reading], TextIO], None]] = {
    "table": _table, "jsonl": _jsonl, "json": _json, "csv": _csv, "html": _html,
}  # fmt: skip


def _row(report: str, number: int, claim: Claim) -> list[Any]:
    from isnad.cli.render import amount, plain

    def join(parts: Iterator[str]) -> str:
        return "; ".join(" ".join(part.split()) for part in parts)

    p, t = claim.place, claim.time
    return [
        report, number, claim.type, claim.status,
        join(x.actor or plain(x.as_written) for x in claim.initiators),
        join(x.actor or plain(x.as_written) for x in claim.targets),
        plain(p.as_written) if p else "", p.lat if p else None, p.lon if p else None,
        p.radius_km if p else None, t.earliest if t else None, t.latest if t else None,
        plain(t.as_written) if t else "",
        join(f"{c.outcome} {amount(c)} {c.who or ''}" for c in claim.casualties),
        join(f"{amount(f)} {f.actor or ''}" for f in claim.forces),
        join(f"{m.item} {amount(m)}" for m in claim.materiel),
        join(plain(s.as_written) for s in claim.sources),
    ]  # fmt: skip
