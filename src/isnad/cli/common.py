"""What commands share: reading inputs with problems told one a line, and days as arguments."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isnad.errors import InputError, UsageError
from isnad.gather import Gathered, gather
from isnad.gather.kinds import settings
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


@dataclass(frozen=True)
class Given:
    """What a user said of the inputs: their kind, and the values of settings by name."""

    kind: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the kinds of input; it takes them as one ``known``.

    The options are the manifests' settings; ``--set`` reaches those of added packages' kinds.
    """
    names = [setting.name for setting in settings()]

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        said = {name: options.pop(name) for name in names}
        for pair in options.pop("set_"):
            name, equals, value = pair.partition("=")
            if not equals or not name.strip():
                raise UsageError("E124", f"--set {pair!r} is no NAME=VALUE")
            said[name.strip()] = value.strip()
        known = Given(options.pop("kind"), {k: v for k, v in said.items() if v})
        return command(*args, known=known, **options)

    wrapped: Callable[..., Any] = click.option(
        "--set", "set_", multiple=True, metavar="NAME=VALUE",
        help="A setting of a kind that another package added; `isnad inputs`.",
    )(run)  # fmt: skip
    wrapped = click.option(
        "--as", "kind", metavar="KIND", help="The kind of all inputs; `isnad inputs` lists them."
    )(wrapped)
    for one in reversed(settings()):
        wrapped = click.option(f"--{one.name}", metavar=one.form, help=one.help)(wrapped)
    return wrapped


def gathered(
    inputs: tuple[str, ...],
    refusals: Refusals,
    known: Given,
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
        published=day(known.settings.get("published"), "--published"),
        publisher=known.settings.get("publisher"),
        kind=known.kind,
        settings=known.settings,
        on_problem=refusals.problem,
        on_note=refusals.note,
        on_read=refusals.read,
        evidence=evidence,
        limits=limits,
    )


def reports(inputs: tuple[str, ...], refusals: Refusals, known: Given) -> Iterator[Report]:
    """The reports of the inputs of a command.

    Raises:
        UsageError: E001, at once, if ``published`` is no day.
    """
    return (got.report for got in gathered(inputs, refusals, known))
