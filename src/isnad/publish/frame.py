"""What a form is, and which there are: the registry is the entry points ``isnad.exports``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from typing import BinaryIO, NamedTuple, Protocol

from isnad.errors import UsageError
from isnad.model import Incident, Report, Telling
from isnad.publish.losses import Losses

GROUP = "isnad.exports"


class Snapshot(NamedTuple):
    """The state of the archive that is written: a position of its journal."""

    seq: int
    hash: str
    at: str

    @property
    def day(self) -> dt.date:
        """Its day, UTC."""
        return dt.datetime.fromisoformat(self.at).date()

    @property
    def seconds(self) -> int:
        """Its time in seconds since 1970."""
        return int(dt.datetime.fromisoformat(self.at).timestamp())


@dataclass(slots=True)
class Context:
    """What a form needs besides the incidents.

    Attributes:
        losses: where it tells what it could not say.
        snapshot: of the archive; ``None`` for files made straight from reports.
        excel: a byte order mark before a CSV, and no cell longer than a spreadsheet takes.
        each: ``incident``, or ``claim``: then rows are claims that nobody joined.
        report: the report of a telling, where there is an archive; for forms that hold texts.
        judged: ids of the claims that people accepted or fixed.
    """

    losses: Losses = field(default_factory=Losses)
    snapshot: Snapshot | None = None
    excel: bool = False
    each: str = "incident"
    report: Callable[[Telling], Report | None] | None = None
    judged: frozenset[str] = frozenset()


class Form(Protocol):
    """One form of file. A new one is a class with these and an entry point (docs/exports.md)."""

    name: str
    """As in ``--as NAME``."""
    suffix: str
    """The usual ending of its files."""
    says: str
    """What it is, in one line."""
    edition: str
    """Which edition of the format it follows."""
    libraries: tuple[str, ...]
    """Distributions whose version may change the bytes of the file."""
    holds: frozenset[str]
    """The facets of an incident that it can say (:data:`isnad.publish.facets.FACETS`)."""

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write all incidents, one after the other; returns the number of rows written."""


@cache
def _registered() -> dict[str, str]:
    """Entry points by name; of two of one name the program's own comes first."""
    found = sorted(entry_points(group=GROUP), key=lambda e: not e.value.startswith("isnad."))
    out = dict(OWN)
    for e in found:
        out.setdefault(e.name, e.value)
    return out


OWN = {
    name: f"isnad.publish.forms.{name}:FORM"
    for name in (
        "acled", "ucdp", "plover", "geojson", "csv", "parquet", "xlsx", "ftm", "hxl", "jsonl",
        "gold",
    )
}  # fmt: skip
"""Ours, also where the program runs without being installed. ``pyproject.toml`` says the same."""


def form_names() -> tuple[str, ...]:
    """The names of all forms, ours first."""
    return tuple(_registered())


def form(name: str) -> Form:
    """The form of that name.

    Raises:
        UsageError: E601 if there is none, or what registered it cannot be loaded.
    """
    from importlib import import_module

    target = _registered().get(name)
    if target is None:
        raise UsageError("E601", f"there is no form {name!r}; one of {', '.join(form_names())}")
    module, _, attribute = target.partition(":")
    try:
        found: Form = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise UsageError("E601", f"the form {name!r} cannot be loaded: {error}") from error
    return found
