"""What commands share: reading inputs with problems told one a line, and days as arguments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from isnad.errors import InputError, UsageError
from isnad.gather import read_inputs
from isnad.model import Report


class Refusals:
    """Counts inputs refused; tells each on standard error."""

    def __init__(self) -> None:
        self.count = 0

    def problem(self, error: InputError) -> None:
        self.count += 1
        click.echo(f"isnad: {error}", err=True)

    def note(self, error: InputError) -> None:
        click.echo(f"isnad: {error}", err=True)


def day(value: str | None, option: str) -> dt.date | None:
    """An ISO day given as an option.

    Raises:
        UsageError: E001 if it is none.
    """
    if value is None:
        return None
    try:
        got = dt.date.fromisoformat(value)
    except ValueError:
        got = None
    if got is None or got.isoformat() != value:
        raise UsageError("E001", f"{option} {value!r} is no day; write YYYY-MM-DD")
    return got


def reports(
    inputs: tuple[str, ...], refusals: Refusals, published: str | None, publisher: str | None
) -> Iterator[Report]:
    """The reports of the inputs of a command."""
    return read_inputs(
        inputs,
        published=day(published, "--published"),
        publisher=publisher,
        on_problem=refusals.problem,
        on_note=refusals.note,
    )
