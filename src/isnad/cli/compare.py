"""``isnad compare``: incidents beside a file of ACLED or UCDP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isnad.cli.archived import archive_option, filter_options
from isnad.cli.common import Refusals
from isnad.errors import one_line

if TYPE_CHECKING:
    from isnad.publish.compare.match import Matched, Pair


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
@archive_option
@click.option("--as-of", metavar="SNAPSHOT", help="A position of the journal: SEQ or SEQ:HASH.")
@click.option("--published", metavar="DATE", help="Publication day of INPUT reports without one.")
@click.option("--show", type=click.Choice(["pairs", "missed", "extra"]), multiple=True,
              metavar="WHAT", help="List pairs, missed (only theirs), extra (ours).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table",
              show_default=True)  # fmt: skip
@filter_options
def compare(
    file: Path, inputs: tuple[str, ...], url: str | None, as_of: str | None,
    published: str | None, show: tuple[str, ...], form: str, **given: Any,
) -> None:  # fmt: skip
    """Match incidents with the events of FILE, and show what both agree on.

    FILE is an export of ACLED or of UCDP GED (its candidate files without a header too). INPUT:
    what `isnad read` takes; without it, the archive. Only their events within the days and
    countries of ours count; one event is matched with one incident.
    """
    from isnad.cli.chosen import chosen
    from isnad.publish.compare.match import match
    from isnad.publish.compare.outside import read
    from isnad.publish.select import incidents

    refusals = Refusals()
    theirs = list(read(file, refusals.problem, refusals.note))
    told, decisions, fits, _ = chosen(inputs, url, as_of, published, given, refusals)
    found = match(incidents(told, decisions, fits=fits), theirs)
    if form == "json":
        click.echo(json.dumps(_record(found), ensure_ascii=False, indent=2))
    else:
        _table(found, show)
    if refusals.count:
        raise SystemExit(1)


def _table(found: Matched, show: tuple[str, ...]) -> None:
    from isnad.publish.compare.agree import lines

    ours, theirs = len(found.pairs) + len(found.extra), len(found.pairs) + len(found.missed)
    click.echo(
        f"{len(found.pairs)} matched of {ours} of ours and {theirs} of theirs"
        f" ({found.outside} of theirs outside our days and countries;"
        f" {found.uncomparable} of ours without day, place, or that did not happen)"
    )
    click.echo(f"{len(found.missed)} missed (only theirs), {len(found.extra)} extra (only ours)\n")
    for line in lines(found):
        share = f"{line.agree / line.of:6.0%}" if line.of else "     —"
        off = f"   median {line.off:g} {line.unit} apart" if line.off is not None else ""
        click.echo(f"{line.what:32}{line.agree:6} of {line.of:<6}{share}{off}")
    if "pairs" in show:
        click.echo("\nours              theirs            day              km  parties  dead")
        for p in found.pairs:
            click.echo(one_line(_pair_line(p)))
    if "missed" in show:
        click.echo("\nonly theirs")
        for e in found.missed:
            click.echo(one_line(
                f"{e.id}  {e.first}  {e.place}, {e.country}  {' / '.join(e.sides)}  dead {e.best}"
            ))  # fmt: skip
    if "extra" in show:
        from isnad.publish.notes import notes

        click.echo("\nonly ours")
        for o in found.extra:
            click.echo(one_line(f"{o.incident.id}  {notes(o.incident)}"))


def _pair_line(p: Pair) -> str:
    from isnad.publish.compare.agree import dead_of

    dead = dead_of(p)
    count = "—" if dead is None else dead
    return (
        f"{p.ours.incident.id}  {p.theirs.id:16}  {p.theirs.first}  {p.km:8.1f}"
        f"  {p.parties} of {len(p.theirs.sides)}   {count} / {p.theirs.best}"
    )


def _record(found: Matched) -> dict[str, Any]:
    from isnad.publish.compare.agree import dead_of, lines

    return {
        "matched": len(found.pairs), "missed": len(found.missed), "extra": len(found.extra),
        "outside": found.outside, "uncomparable": found.uncomparable,
        "agreement": [line._asdict() for line in lines(found)],
        "pairs": [
            {
                "ours": p.ours.incident.id, "theirs": p.theirs.id, "km": round(p.km, 2),
                "days": p.days, "parties": p.parties, "dead": [dead_of(p), p.theirs.best],
            }
            for p in found.pairs
        ],
        "only_theirs": [e.id for e in found.missed],
        "only_ours": [o.incident.id for o in found.extra],
    }  # fmt: skip
