"""What the commands of the archive share: which archive, who works, and filters as options."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isnad.cli.common import day
from isnad.errors import UsageError
from isnad.model import CLAIM_TYPES, ITEMS, OUTCOMES, SOURCE_KINDS, STATUSES

if TYPE_CHECKING:
    from isnad.archive import Archive, Filter

Command = Callable[..., Any]

archive_option = click.option(
    "--archive", "url", metavar="FILE|URL",
    help="The archive: a file, or postgresql+psycopg://USER@HOST/DATABASE. Without it, "
    "archive.isnad in your data folder.",
)  # fmt: skip
by_option = click.option("--by", metavar="NAME", help="Who does it, for the journal.")
why_option = click.option("--why", default="", metavar="WORDS", help="Why, for the journal.")


def name_of(url: str | None) -> str:
    """The archive that is meant; says so on standard error if it is the default."""
    if url:
        return url
    from isnad.knowledge.gazetteer.user import data_folder

    path = str(data_folder() / "archive.isnad")
    click.echo(f"isnad: archive {path}", err=True)
    return path


def opened(url: str | None, *, create: bool = False, by: str | None = None) -> Archive:
    """The archive of a command, open."""
    from isnad.archive import Archive

    return Archive.open(name_of(url), create=create, by=who(by))


def evidence_of(name: str) -> Path:
    """Where the raw copies of an archive are kept: beside its file, or in the data folder."""
    if "://" not in name:
        return Path(name).expanduser().with_suffix(".evidence")
    from isnad.knowledge.gazetteer.user import data_folder

    return data_folder() / "archive.evidence"


def who(by: str | None) -> str:
    """Who works: as given, else the user that is logged in."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


_DAYS = ("published_from", "published_to", "time_from", "time_to")
_OPTIONS = (
    ("report", "ID", "The report of this id."), ("publisher", "NAME", "Reports of a publisher."),
    ("url", "ADDRESS", "The report of this address."),
    ("published-from", "DATE", "Published on that day or later."),
    ("published-to", "DATE", "Published on that day or earlier."),
    ("claim", "ID", "The claim of this id."),
    ("actor", "ID", "Claims with this actor on either side."),
    ("initiator", "ID", "Claims with this actor as initiator."),
    ("target", "ID", "Claims with this actor or group as target."),
    ("time-from", "DATE", "Claims whose time reaches that day or later."),
    ("time-to", "DATE", "Claims whose time begins on that day or earlier."),
    ("box", "W,S,E,N", "Claims located in this box, in degrees."),
    ("place", "WORDS", "Claims whose place is written with these words."),
    ("hit", "KIND", "Claims with a thing hit of this kind (market, hospital …)."),
    ("rule", "RULE", "Claims with a value that this rule made."),
    ("coder", "VERSION", "Claims of this version of the coder."),
)  # fmt: skip
_CHOICES = (
    ("type", CLAIM_TYPES, "Claims of this type."), ("status", STATUSES, "Claims of this status."),
    ("outcome", OUTCOMES, "Claims with a casualty of this outcome."),
    ("item", ITEMS, "Claims with a weapon of this kind."),
    ("source", SOURCE_KINDS, "Claims with a source of this kind."),
)  # fmt: skip


def filter_options(command: Command) -> Command:
    """Give a command an option for each field of a filter; it takes them as ``**given``."""
    for name in ("high", "low"):
        words = f"Claims with a figure (of --outcome or --item) of at {_MOST[name]}."
        command = click.option(f"--{name}", type=click.IntRange(0), metavar="N", help=words)(
            command
        )
    for name, values, words in reversed(_CHOICES):
        kind = click.Choice(values)
        command = click.option(f"--{name}", type=kind, metavar=name.upper(), help=words)(command)
    for name, metavar, words in reversed(_OPTIONS):
        names = ["--url", "address"] if name == "url" else [f"--{name}"]  # --archive is "url"
        command = click.option(*names, metavar=metavar, help=words)(command)
    return command


_MOST = {"low": "least N", "high": "most N"}


def filter_of(given: dict[str, Any]) -> Filter:
    """The filter of the options.

    Raises:
        UsageError: E001 for what is no day, E514 for what is no box.
    """
    from isnad.archive import Filter

    values = dict(given)
    if "address" in values:
        values["url"] = values.pop("address")
    for name in _DAYS:
        values[name] = day(values.get(name), "--" + name.replace("_", "-"))
    if values.get("box"):
        values["box"] = box(values["box"])
    return Filter(**values)


def box(text: str) -> tuple[float, float, float, float]:
    """The box that ``--box`` gives.

    Raises:
        UsageError: E514 if it is none.
    """
    from isnad.archive.filters import box_of

    try:
        return box_of(text)
    except ValueError as error:
        raise UsageError("E514", f"--box {text!r} is no box; {error}") from error
