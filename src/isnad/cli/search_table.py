"""What a search found, for people: a report, its words, and its claims below in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from isnad.cli.cell import Cell, Run, plain, shorten
from isnad.cli.render import NARROW, amount, console_for, isolate
from isnad.model import Claim, Time

if TYPE_CHECKING:
    from isnad.archive import Found

Line = list[Run]
_WORDS = 40


class Shown:
    """Writes each report as it is found."""

    def __init__(self, out: TextIO) -> None:
        self._console = console_for(out)
        self._narrow = self._console.width < NARROW

    def show(self, one: Found) -> None:
        """Write a report with its claims."""
        r, copies = one.kept.report, one.kept.copies
        parts = [
            plain(r.id or one.kept.id), r.publisher and isolate(shorten(r.publisher, _WORDS)),
            r.published.isoformat() if r.published else "no day",
            f"version {one.kept.version}" if one.kept.version > 1 else None,
            f"repeats {copies.of}" if copies.of else None,
        ]  # fmt: skip
        self._console.print(Text(" · ".join(str(p) for p in parts if p), style="bold"))
        words: list[Line] = [[Run(shorten(r.title, 120), "italic", quoted=True)]] if r.title else []
        words.append([Run(one.snippet, "", quoted=True)])
        self._console.print(Padding(Cell(words), (0, 0, 0, 2)))
        if one.claims:
            self._console.print(Padding(self._claims(one), (0, 0, 0, 2)))
        self._console.print()

    def _claims(self, one: Found) -> Table:
        grid = Table.grid(padding=(0, 2))
        for ident, claim in one.claims:
            what: Line = [Run(claim.type.replace("_", " "), "bold")]
            if claim.status != "happened":
                what.append(Run(claim.status))
            cells: list[list[Line]] = [[what, [Run(days(claim.time))]], _place(claim),
                                       _parties(claim), _figures(claim)]  # fmt: skip
            if self._narrow:
                lines = [line for cell in cells for line in cell]
                grid.add_row(Cell([[Run(ident, "dim")], *lines]))
            else:
                grid.add_row(Text(ident, style="dim", no_wrap=True), *map(Cell, cells))
        return grid


def days(time: Time | None) -> str:
    """A time in a few words."""
    if time is None or (time.earliest is None and time.latest is None):
        return "day not told"
    if time.earliest == time.latest:
        return str(time.earliest)
    return f"{time.earliest or '…'} to {time.latest or '…'}"


def _place(claim: Claim) -> list[Line]:
    if claim.place is None:
        return [[Run("place not told", "dim")]]
    return [[Run(shorten(claim.place.as_written, _WORDS), "", quoted=True)]]


def _parties(claim: Claim) -> list[Line]:
    def line(actor: str | None, words: str, arrow: bool) -> Line:
        name = Run(actor) if actor else Run(shorten(words, _WORDS), "", quoted=True)
        return [Run("→"), name] if arrow else [name]

    out = [line(p.actor, p.as_written, False) for p in claim.initiators]
    return out + [line(p.actor, p.as_written, True) for p in claim.targets]


def _figures(claim: Claim) -> list[Line]:
    out: list[Line] = [
        [Run(c.outcome.replace("_", " ")), Run(amount(c), "red"), Run(c.who or "", "dim")]
        for c in claim.casualties
    ]
    return out + [[Run(m.item.replace("_", " ")), Run(amount(m))] for m in claim.materiel]
