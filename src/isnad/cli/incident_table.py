"""Incidents as tables for people: a list, and one with its tellings side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from isnad.cli.cell import Cell, Run, plain, shorten
from isnad.cli.render import NARROW, amount, console_for
from isnad.cli.search_table import days
from isnad.incidents.figures import Range, ranges, timeline
from isnad.incidents.framing import frames
from isnad.incidents.grade import disputes, grade
from isnad.incidents.origins import origin_of, origins
from isnad.model import Incident, Telling

Line = list[Run]
_NONE: list[Line] = [[Run("–", "dim")]]
_BESIDE = 40
_WORDS = 200
"""Columns that a telling needs; fewer, and they stand one below the other."""


def _q(words: str, style: str = "") -> Run:
    """Words of a report or outlet: on one line, without what a terminal acts on, isolated."""
    return Run(shorten(words, _WORDS), style, quoted=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _figure(r: Range) -> str:
    if r.low is None and r.high is None:
        return "?"
    span = f"{r.low}" if r.low == r.high else f"{r.low or '?'}–{r.high}"
    best = f" best {r.best}" if r.low != r.high and r.best is not None else ""
    return f"{r.outcome.replace('_', ' ')} {span}{best}"


def print_list(out: TextIO, found: Sequence[Incident]) -> None:
    """All incidents: a row each, or one below the other where the terminal is narrow."""
    console = console_for(out)
    narrow = console.width < NARROW
    table = Table(box=box.ROUNDED, show_lines=True, border_style="dim")
    names = ("id", "what", "where and when", "parties", "figures", "told by")
    for name in names:
        table.add_column(name, no_wrap=name == "id")
    for i in found:
        cells = _row(i)
        if narrow:
            grid = Table.grid(padding=(0, 2))
            for name, lines in zip(names[2:], cells[1:], strict=True):
                if lines:
                    grid.add_row(Text(name, style="dim"), Cell(lines))
            title = Text(i.id, style="bold").append("  ")
            console.print(title.append(i.type.replace("_", " "), style="not bold"))
            console.print(Padding(grid, (0, 0, 1, 2)))
        else:
            table.add_row(Text(i.id), *(Cell(lines) for lines in cells))
    if not narrow and found:
        console.print(table)
    console.print(Text(_count(len(found), "incident"), style="dim"))


def _row(i: Incident) -> list[list[Line]]:
    """The cells of an incident: what, where and when, parties, figures, told by."""
    all_of = {t.report for t in i.tellings}
    own = {t.report for t in i.tellings if t.copy_of is None}
    told = _count(len(own), "report")
    if len(all_of) > len(own):
        copies = len(all_of) - len(own)
        told += f" and {copies} {'copy' if copies == 1 else 'copies'}"
    where: list[Line] = [[_q(i.place.as_written)]] if i.place else []
    parties: list[Line] = [[Run(a)] for a in i.initiators[:3]]
    parties += [[Run("→"), Run(a)] for a in i.targets[:3]]
    status = "" if i.status == "happened" else i.status
    return [
        [[Run(i.type.replace("_", " "), "bold")], [Run(status)]],
        [*where, [Run(days(i.time))]],
        parties,
        [[Run(_figure(r))] for r in ranges(i)],
        [
            [Run(f"{told}, {_count(len(origins(i)), 'origin')}")],
            [Run(grade(i).grade, "bold")],
        ],
    ]


def print_one(out: TextIO, incident: Incident) -> None:
    """One incident: what it says, then the tellings side by side."""
    console = console_for(out)
    mark = grade(incident)
    console.print(
        Text(f"{incident.id} · {incident.type.replace('_', ' ')} · {incident.status}", style="bold")
    )
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", width=10)
    grid.add_column()
    if incident.place:
        p = incident.place
        lat = (
            "not located"
            if p.lat is None
            else f"{p.lat:.3f}, {p.lon:.3f} ±{p.radius_km or 0:.0f} km"
        )
        grid.add_row("where", Cell([[_q(p.as_written)], [Run(lat, "dim")]]))
    grid.add_row("when", Text(days(incident.time)))
    for r in ranges(incident):
        text = (
            f"{_figure(r)} (UCDP {r.low}/{r.best}/{r.high}, ACLED {r.acled}, highest {r.highest})"
        )
        grid.add_row("figures", Text(text.replace("None", "–")))
    for root in origins(incident):
        known = root.name if root.name.isascii() else ""
        line: Line = [
            _q(root.words, "bold"),
            Run(known, "dim"),
            Run(_count(len(root.claims), "telling")),
        ]
        grid.add_row("origin", Cell([line]))
    grid.add_row("grade", Text(f"{mark.grade}: {mark.rule}"))
    for d in disputes(incident):
        sides = "; ".join(f"{side} ({len(claims)})" for side, claims in d.sides)
        grid.add_row("disputed", Text(f"{d.what}: {sides}"))
    for rev in timeline(incident):
        count = amount_of(rev.low, rev.high)
        by = ", ".join(plain(x) for x in rev.by[:3])
        grid.add_row("toll", Text(f"{rev.published or 'undated'}  {rev.outcome} {count}  {by}"))
    for f in frames(incident):
        if f.party:
            line = [
                Run(f.party, "bold"),
                _q(f.words),
                _q(f.outlet or "unknown outlet", "dim"),
            ]
            grid.add_row("wording", Cell([line]))
    console.print(grid)
    _tellings(console, incident)


def amount_of(low: int | None, high: int | None) -> str:
    """A count as people write it."""
    if low is None and high is None:
        return "?"
    if low == high:
        return str(low)
    return f"≥ {low}" if high is None else f"≤ {high}" if low is None else f"{low}–{high}"


def _tellings(console: Console, incident: Incident) -> None:
    beside = max(1, console.width // _BESIDE)
    told = incident.tellings
    for start in range(0, len(told), beside):
        row = told[start : start + beside]
        table = Table(box=box.ROUNDED, show_lines=True, border_style="dim")
        for t in row:
            table.add_column(plain(t.report) or "report", ratio=1)
        for cells in zip(*(_column(t) for t in row), strict=True):
            table.add_row(*(Cell(lines) for lines in cells))
        console.print(table)


def _column(t: Telling) -> list[list[Line]]:
    c = t.claim
    when = c.time
    chain = [[Run("←"), _q(s.as_written)] for s in c.sources]
    origin = origin_of(t)
    head: Line = [
        _q(t.publisher or "unknown outlet", "bold"),
        Run(str(t.published or "")),
    ]
    what: Line = [Run(c.type.replace("_", " ")), Run("" if c.status == "happened" else c.status)]
    parties = [[Run(p.actor or "?", "bold"), _q(p.as_written)] for p in c.initiators]
    parties += [[Run("→"), Run(p.actor or "?", "bold"), _q(p.as_written)] for p in c.targets]
    figures = [
        [Run(x.outcome.replace("_", " ")), Run(amount(x), "bold"), Run(x.who or "", "dim")]
        for x in c.casualties
    ]
    rests: Line = [Run("origin", "dim"), _q(origin.words)]
    if t.copy_of:
        rests = [Run("repeats", "dim"), Run(plain(t.copy_of), "bold")]
    return [
        [head, what],
        parties or _NONE,
        [[_q(c.place.as_written)]] if c.place else _NONE,
        [[_q(when.as_written), Run(days(when), "dim")]] if when else _NONE,
        figures or _NONE,
        [*(chain or [[Run("the report itself", "dim")]]), rests],
        [[_q(" ".join(t.words.split())[:200])]],
    ]  # fmt: skip
