"""``isnad explain``: for each value, its words, their place, and the rule that made it."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from isnad.cli.common import Refusals, reports
from isnad.cli.render import isolate, shorten
from isnad.coding.coder import read as code_report
from isnad.errors import UsageError
from isnad.model import Claim, Reading, Value

_SAYS = {
    "actor": "actor", "outcome": "outcome", "low": "low", "high": "high", "who": "who", "item": "item",
    "kind": "kind", "lat": "lat", "lon": "lon", "radius_km": "±km", "relation": "relation",
    "earliest": "earliest", "latest": "latest", "basis": "basis",
}  # fmt: skip


@click.command()
@click.argument("report", metavar="REPORT")
@click.option("--claim", "number", type=int, metavar="N", help="Only claim N (counted from 0).")
@click.option("--published", metavar="DATE", help="Publication day (YYYY-MM-DD).")
@click.option("--publisher", metavar="NAME")
def explain(report: str, number: int | None, published: str | None, publisher: str | None) -> None:
    """Show why each value of each claim is what it is.

    Offsets are code points of the report's text, half open.
    """
    refusals = Refusals()
    console = Console()
    for one in reports((report,), refusals, published, publisher):
        reading = code_report(one)
        if number is not None and not 0 <= number < len(reading.claims):
            raise UsageError("E002", f"there is no claim {number}; the report makes {len(reading.claims)}")
        for i, claim in enumerate(reading.claims):
            if number is None or i == number:
                console.print(_table(reading, i, claim))
    if refusals.count:
        raise SystemExit(1)


def _table(reading: Reading, number: int, claim: Claim) -> Table:
    title = f"{reading.report.id} claim {number}: {claim.type}, {claim.status}"
    out = Table(title=title, title_justify="left", show_lines=True)
    for name in ("slot", "value", "words", "at", "rule"):
        out.add_column(name, overflow="fold")
    for slot, value in claim.values():
        start, end = value.span
        out.add_row(slot, _value(value), Text(isolate(shorten(value.as_written, 80))), f"{start}–{end}", value.rule)
    for start, end in claim.evidence:
        out.add_row("evidence", "", Text(isolate(shorten(reading.report.text[start:end], 200))), f"{start}–{end}", "")
    return out


def _value(value: Value) -> str:
    got = value.model_dump(mode="json")
    return "\n".join(f"{label} {got[name]}" for name, label in _SAYS.items() if got.get(name) is not None)
