"""``isnad language``: what the language layer sees in a text: numbers, times, sentences, words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from isnad.cli.common import day
from isnad.language.arabic import analyse

_FSI, _PDI = "\u2068", "\u2069"


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT…")
@click.option("--published", metavar="DATE", help="Day (YYYY-MM-DD) from which «أمس» counts.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True
)
def language(texts: tuple[str, ...], published: str | None, form: str) -> None:
    """Show the numbers, times, sentences and words of each TEXT.

    A TEXT of - reads standard input, one text a line.
    """
    when = day(published, "--published")
    for text in _each(texts):
        seen = analyse(text, when)
        if form == "jsonl":
            click.echo(json.dumps(seen, ensure_ascii=False))
        else:
            _table(seen)


def _each(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        if text != "-":
            yield text
            continue
        for raw in sys.stdin.buffer:
            line = raw.decode("utf-8", errors="replace")
            if line.strip():
                yield line.rstrip("\r\n")


def _table(seen: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    isolated = sys.stdout.isatty()

    def words(value: str | None) -> Text:
        flat = " ".join((value or "").split())
        return Text(f"{_FSI}{flat}{_PDI}" if isolated and flat else flat)

    console = Console()
    console.print(words(seen["text"]))
    table = Table("what", "words", "value", "how", "of", "span")
    for n in [*seen["numbers"], *seen["measures"]]:
        how = (
            n["exactness"]
            if n["kind"] in ("count", n["exactness"])
            else f"{n['exactness']} ({n['kind']})"
        )
        value = _ends(n["low"], n["high"])
        table.add_row("number", words(n["as_written"]), value, how, words(n["noun"]), _span(n))
    for t in seen["times"]:
        how = ", ".join([t["precision"], t["basis"], *t["flags"]])
        value = _ends(t["earliest"], t["latest"])
        table.add_row("time", words(t["as_written"]), value, how, "", _span(t))
    for start, end in seen["sentences"]:
        table.add_row("sentence", words(seen["text"][start:end]), "", "", "", f"{start}–{end}")
    console.print(table)


def _ends(low: object, high: object) -> str:
    if low == high:
        return "?" if low is None else str(low)
    return f"{'…' if low is None else low}–{'…' if high is None else high}"


def _span(row: dict[str, Any]) -> str:
    start, end = row["span"]
    return f"{start}–{end}"
