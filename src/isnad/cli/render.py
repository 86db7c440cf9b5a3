"""Claims as tables for people: who did what to whom, where, when, according to whom."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from isnad.cli.cell import FSI, PDI, Cell, Run, isolate, plain, shorten
from isnad.model import Casualty, Claim, Figure, Force, Materiel, Participant, Reading

__all__ = [
    "FSI",
    "PDI",
    "amount",
    "console_for",
    "isolate",
    "plain",
    "print_reading",
    "shorten",
    "table",
]

NARROW = 110  # columns; below it seven columns side by side are no longer readable
_WHAT = 13  # the longest word of a type: "disappearance"
_FRAME = 22  # borders and padding of seven columns
_WIDE = 160
_MOST = 6  # entries of one slot shown; `isnad explain` and the other formats give all
_ID, _FAINT, _STATUS = "bold", "dim", {
    "planned": "cyan", "ongoing": "green", "foiled": "magenta", "denied": "red",
}  # fmt: skip
_HARM = {"killed": "bold red", "wounded": "bold yellow", "killed_or_wounded": "bold red",
         "missing": "bold magenta"}  # fmt: skip
Line = list[Run]


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise  # rich would leave with status 1; the command line knows better


def console_for(out: TextIO) -> Console:
    """A console that takes words as they are; a file or pipe is 160 columns wide, or COLUMNS."""
    width = height = None
    if not out.isatty():
        columns = os.environ.get("COLUMNS", "")
        width, height = int(columns) if columns.isdecimal() else _WIDE, 100
    return _Console(
        file=out, width=width, height=height, highlight=False, markup=False, emoji=False
    )


def amount(f: Figure) -> str:
    """A figure as people write it: 5, 15–20, ≥ 40, ≤ 40, or ? if unknown."""
    if f.low is None and f.high is None:
        return "?"
    if f.low == f.high:
        return str(f.low)
    if f.high is None:
        return f"≥ {f.low}"
    if f.low is None:
        return f"≤ {f.high}"
    return f"{f.low}–{f.high}"


def _nobr(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _quote(words: str, limit: int, style: str = "") -> Run:
    return Run(shorten(words, limit), style, quoted=True)


def _more(lines: Sequence[Line], most: int = _MOST) -> list[Line]:
    """The first lines, and how many more there are: never a long list cut in silence."""
    if len(lines) <= most + 1:
        return list(lines)
    return [*lines[:most], [Run(f"+ {len(lines) - most} more", _FAINT)]]


def _party(p: Participant, arrow: str = "") -> Line:
    return [Run(arrow), Run(p.actor or "", _ID), _quote(p.as_written, 40)]


def _who(claim: Claim) -> list[Line]:
    return _more([_party(p) for p in claim.initiators])


def _whom(claim: Claim, arrow: str = "→") -> list[Line]:
    return _more([_party(p, arrow) for p in claim.targets])


def _figure(f: Figure) -> Line:
    number = _nobr(amount(f))
    if isinstance(f, Casualty):
        return [
            Run(_nobr(f.outcome.replace("_", " "))), Run(number, _HARM.get(f.outcome, _ID)),
            Run(f.who or "", _FAINT),
        ]  # fmt: skip
    if isinstance(f, Force):
        return [Run("force"), Run(number, _ID), Run(f.actor or "", _FAINT)]
    assert isinstance(f, Materiel)
    return [Run(_nobr(f.item.replace("_", " "))), Run(number, _ID)]


def _figures(claim: Claim) -> list[Line]:
    return _more([_figure(f) for f in (*claim.casualties, *claim.forces, *claim.materiel)], 8)


def _where(claim: Claim) -> list[Line]:
    p = claim.place
    if p is None:
        return []
    if p.lat is None or p.lon is None:
        point = Run("not located", _FAINT)
    else:
        radius = f" ±{_nobr(f'{p.radius_km:.0f} km')}" if p.radius_km is not None else ""
        point = Run(f"{p.lat:.2f},\u00a0{p.lon:.2f}{radius}", _FAINT)
    return [[_quote(p.as_written, 60)], [point]]


def _when(claim: Claim) -> list[Line]:
    t = claim.time
    if t is None:
        return []
    if t.earliest is None and t.latest is None:
        days = "unresolved"
    elif t.earliest == t.latest:
        days = str(t.earliest)
    else:
        days = f"{t.earliest or '…'} to {t.latest or '…'}"
    return [[_quote(t.as_written, 40)], [Run(days, _FAINT if days == "unresolved" else "")]]


def _according(claim: Claim) -> list[Line]:
    lines = [[Run("←" if i else ""), _quote(s.as_written, 40)] for i, s in enumerate(claim.sources)]
    return _more(lines) or [[Run("the report itself", _FAINT)]]


def _what(claim: Claim) -> list[Line]:
    lines = [[Run(claim.type.replace("_", " "), _ID)]]
    if claim.status != "happened":
        lines.append([Run(claim.status, _STATUS[claim.status])])
    return lines


def _joined(lines: Sequence[Line]) -> Line:
    return [run for line in lines for run in line]


def _cell(lines: Sequence[Line]) -> Cell:
    return Cell(lines or [[Run("–", _FAINT)]])


def _title(reading: Reading) -> Text:
    r = reading.report
    count = len(reading.claims)
    parts = [plain(r.id) or "report", r.publisher and isolate(shorten(r.publisher, 40)),
             r.published and r.published.isoformat()]  # fmt: skip
    out = Text(" · ".join(str(p) for p in parts if p), style="bold")
    return out.append(f"  {count} claim{'s' * (count != 1)}", style="not bold dim")


def table(reading: Reading, width: int) -> Table:
    """One report's claims as a table of seven columns, ``width`` terminal columns wide."""
    out = Table(box=box.ROUNDED, show_lines=True, border_style="dim")
    out.add_column("#", justify="right", style="dim", width=2)
    out.add_column("what", width=_WHAT)
    room = width - _FRAME - 2 - _WHAT
    shares = {"who → whom": 25, "where": 17, "when": 14, "figures": 17, "according to": 15}
    for name, share in shares.items():
        out.add_column(name, width=room * share // sum(shares.values()))
    for number, claim in enumerate(reading.claims):
        out.add_row(
            str(number), Cell(_what(claim)), _cell([*_who(claim), *_whom(claim)]),
            _cell(_where(claim)), _cell(_when(claim)), _cell(_figures(claim)),
            Cell(_according(claim)),
        )  # fmt: skip
    return out


def cards(reading: Reading) -> Group:
    """One report's claims one below the other, for narrow terminals; empty slots are left out."""
    blocks: list[RenderableType] = []
    for number, claim in enumerate(reading.claims):
        head = Text(f"{number:>3}  ", style="dim")
        head.append(claim.type.replace("_", " "), style="not dim bold")
        if claim.status != "happened":
            head.append(" · ").append(claim.status, style=f"not dim {_STATUS[claim.status]}")
        grid = Table.grid(padding=(0, 2), expand=True)
        grid.add_column(style="dim", width=10)
        grid.add_column(ratio=1)
        where, when = [_joined(_where(claim))], [_joined(_when(claim))]
        for name, lines in (
            ("who", _who(claim)), ("whom", _whom(claim, "")), ("where", where), ("when", when),
            ("figures", _figures(claim)), ("according", _according(claim)),
        ):  # fmt: skip
            if any(lines):
                grid.add_row(name, Cell(lines))
        blocks += [head, Padding(grid, (0, 0, 1, 5))]
    return Group(*blocks)


def print_reading(console: Console, reading: Reading) -> None:
    """Print one report's claims in the shape that the console has room for."""
    console.print(_title(reading), soft_wrap=False)
    if not reading.claims:
        console.print(Text("no claims", style="dim"))
    elif console.width < NARROW:
        console.print(cards(reading))
    else:
        console.print(table(reading, console.width))
    console.print()
