"""``isnad explain``: for each value, its words, their place, and the rule that made it."""

from __future__ import annotations

import sys

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from isnad.cli.cell import Cell, Run, plain, shorten
from isnad.cli.common import Given, Refusals, input_options, reports
from isnad.cli.render import amount, console_for
from isnad.coding import coder
from isnad.coding.ledger import Unclaimed
from isnad.coding.many import guarded
from isnad.errors import InputError, UsageError
from isnad.model import (
    Casualty,
    Claim,
    Figure,
    Force,
    Materiel,
    Participant,
    Place,
    Reading,
    Source,
    Time,
    Value,
)

_CONTEXT = 200  # characters of an evidence sentence shown


@click.command()
@click.argument("report", metavar="REPORT")
@click.option("--claim", "number", type=int, metavar="N", help="Only claim N (counted from 0).")
@input_options
def explain(report: str, number: int | None, known: Given) -> None:
    """Show why each value of each claim is what it is, and why other words made no claim.

    For each value: its words, at which characters of the report they stand, and the rule or
    knowledge entry that made it. Offsets are code points of the report's text, half open.
    """
    refusals = Refusals()
    console = console_for(sys.stdout)
    for one in reports((report,), refusals, known):
        outcome = guarded(one, coder.explain)
        if isinstance(outcome, InputError):
            refusals.problem(outcome)
            continue
        reading, unclaimed = outcome
        _explain(console, reading, number)
        if number is None and unclaimed:
            console.print(Text(f"{plain(one.id)} · named, but no claim", style="bold"))
            console.print(_unclaimed(reading, unclaimed))
            console.print()
    if refusals.count:
        raise SystemExit(1)


def _explain(console: Console, reading: Reading, number: int | None) -> None:
    count = len(reading.claims)
    if number is not None and not 0 <= number < count:
        has = f"has {count} claims, 0 to {count - 1}" if count else "has no claims"
        raise UsageError("E005", f"there is no claim {number}: {plain(reading.report.id)} {has}")
    for i, claim in enumerate(reading.claims):
        if number is None or i == number:
            status = "" if claim.status == "happened" else f" · {claim.status}"
            title = (
                f"{plain(reading.report.id)} · claim {i} · {claim.type.replace('_', ' ')}{status}"
            )
            console.print(Text(title, style="bold"))
            console.print(_table(reading, claim))
            console.print()
    if not count:
        console.print(Text(f"{plain(reading.report.id)}: no claims", style="dim"))


def _table(reading: Reading, claim: Claim) -> Table:
    out = Table(box=box.ROUNDED, show_lines=True, expand=True, border_style="dim")
    out.add_column("slot", width=10)
    out.add_column("value", ratio=7)
    out.add_column("words", ratio=9)
    out.add_column("at", width=9)
    out.add_column("rule", ratio=6)
    before = ""
    for slot, value in claim.values():
        start, end = value.span
        sure = f" ({value.confidence:.2f})" if value.confidence is not None else ""
        out.add_row(
            Text("" if slot == before else slot), Cell([[Run(v)] for v in describe(value)]),
            Cell([[Run(shorten(value.as_written, _CONTEXT), quoted=True)]]),
            Text(f"{start}–{end}", style="dim"), Cell([[Run(value.rule or "–", "dim"), Run(sure)]]),
        )  # fmt: skip
        before = slot
    for start, end in claim.evidence:
        words = Run(shorten(reading.report.text[start:end], _CONTEXT), "dim", quoted=True)
        out.add_row(
            Text("evidence"),
            Text(""),
            Cell([[words]]),
            Text(f"{start}–{end}", style="dim"),
            Text(""),
        )
    return out


def _unclaimed(reading: Reading, unclaimed: tuple[Unclaimed, ...]) -> Table:
    out = Table(box=box.ROUNDED, expand=True, border_style="dim")
    out.add_column("words", ratio=5)
    out.add_column("at", width=9)
    out.add_column("entry", ratio=4)
    out.add_column("why it made no claim", ratio=12)
    for entry in unclaimed:
        start, end = entry.span
        words = Run(shorten(reading.report.text[start:end], _CONTEXT), quoted=True)
        out.add_row(
            Cell([[words]]), Text(f"{start}–{end}", style="dim"), Text(entry.rule, style="dim"),
            Cell([[Run(entry.why)]]),
        )  # fmt: skip
    return out


def describe(value: Value) -> list[str]:
    """A value in words, one property a line."""
    match value:
        case Participant():
            return [value.actor or "not in the list of actors"]
        case Place():
            if value.lat is None or value.lon is None:
                lines = ["not located"]
            else:
                lines = [f"{value.lat:.4f}, {value.lon:.4f}"]
            if value.radius_km is not None:
                lines.append(f"± {value.radius_km:g} km")
            lines += [value.relation] if value.relation not in ("", "at") else []
            return lines + [", ".join(value.anchors)] * bool(value.anchors)
        case Time():
            if value.earliest is None and value.latest is None:
                return ["unresolved"]
            days = f"{value.earliest or '…'} to {value.latest or '…'}"
            one = value.earliest == value.latest
            basis = [f"by {value.basis}"] if value.basis else []
            return [str(value.earliest) if one else days, *basis]
        case Figure():
            return _figure(value)
        case Source():
            return [value.kind]
    kind = getattr(value, "kind", "")
    return [kind] if kind else []


def _figure(value: Figure) -> list[str]:
    number = amount(value)
    if isinstance(value, Casualty):
        return [f"{value.outcome.replace('_', ' ')} {number}", value.who or ""]
    if isinstance(value, Force):
        return [number, value.actor or ""]
    if isinstance(value, Materiel):
        return [f"{value.item.replace('_', ' ')} {number}"]
    return [number]
