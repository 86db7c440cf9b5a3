"""What commands share: reading inputs with problems told one a line, and days as arguments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isnad.errors import InputError, UsageError
from isnad.gather import Gathered, gather
from isnad.model import Report

if TYPE_CHECKING:
    from isnad.gather.evidence import Evidence

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Refusals:
    """Counts inputs refused and bytes read; tells each refusal and remark on standard error."""

    def __init__(self) -> None:
        self.count = 0
        self.bytes = 0

    def problem(self, error: InputError) -> None:
        self.count += 1
        click.echo(f"isnad: {error}", err=True)

    def note(self, error: InputError) -> None:
        click.echo(f"isnad: {error}", err=True)

    def read(self, size: int) -> None:
        self.bytes += size


def day(value: str | None, option: str) -> dt.date | None:
    """An ISO day given as an option.

    Raises:
        UsageError: E001 if it is none.
    """
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass  # the form of a day, but none that a calendar has
    raise UsageError("E001", f"{option} {value!r} is no day; write YYYY-MM-DD")


evidence_option = click.option(
    "--evidence", "folder", metavar="DIR", type=click.Path(path_type=Path),
    help="Keep the bytes of every file and address in this folder, by their SHA-256.",
)  # fmt: skip
local_option = click.option(
    "--local-host", "local", metavar="NAME", multiple=True,
    help="A host in addresses that may be this machine (a mirror); all others must be public.",
)  # fmt: skip


def opened_evidence(folder: Path) -> Evidence:
    """The folder of raw copies, open."""
    from isnad.gather.evidence import Evidence  # heavy: only where needed

    return Evidence(folder)


def gathered(
    inputs: tuple[str, ...],
    refusals: Refusals,
    published: str | None,
    publisher: str | None,
    kind: str | None = None,
    columns: str | None = None,
    evidence: Evidence | None = None,
    local: tuple[str, ...] = (),
) -> Iterator[Gathered]:
    """The reports of the inputs of a command, with their raw copies if they are kept.

    Raises:
        UsageError: E001, at once, if ``published`` is no day.
    """
    limits = None
    if local:
        from isnad.gather.fetch import Limits  # heavy: only where needed

        limits = Limits(local=frozenset(name.lower() for name in local))
    return gather(
        inputs,
        published=day(published, "--published"),
        publisher=publisher,
        kind=kind,
        settings={"columns": columns} if columns else None,
        on_problem=refusals.problem,
        on_note=refusals.note,
        on_read=refusals.read,
        evidence=evidence,
        limits=limits,
    )


def reports(
    inputs: tuple[str, ...],
    refusals: Refusals,
    published: str | None,
    publisher: str | None,
    kind: str | None = None,
    columns: str | None = None,
) -> Iterator[Report]:
    """The reports of the inputs of a command.

    Raises:
        UsageError: E001, at once, if ``published`` is no day.
    """
    source = gathered(inputs, refusals, published, publisher, kind, columns)
    return (got.report for got in source)
