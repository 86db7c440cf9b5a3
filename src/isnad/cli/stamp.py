"""``isnad stamp``: an authority vouches for the raw copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from isnad.cli.archived import archive_option, evidence_of, name_of
from isnad.cli.common import local_option
from isnad.errors import one_line

if TYPE_CHECKING:
    from isnad.gather.evidence import Stamp

roots_option = click.option(
    "--tsa-roots", "roots", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="Root certificates (PEM) that time stamps must lead to.",
)  # fmt: skip


@click.command()
@click.option("--tsa", metavar="ADDRESS", required=True, help="The time-stamping authority.")
@roots_option
@archive_option
@click.option(
    "--evidence", "folder", metavar="DIR", type=click.Path(path_type=Path),
    help="The folder of raw copies, if it is not beside the archive.",
)  # fmt: skip
@local_option
def stamp(
    tsa: str, roots: tuple[Path, ...], url: str | None, folder: Path | None,
    local: tuple[str, ...],
) -> None:  # fmt: skip
    """Have a time-stamping authority (RFC 3161) vouch for all raw copies so far.

    Only a digest goes out. The answer is kept with the raw copies; `isnad verify` checks it against
    them, and anyone can without isnad.
    """
    from isnad.gather.evidence import stamp as made_by
    from isnad.gather.fetch import Limits

    where = folder or evidence_of(name_of(url))
    limits = Limits(local=frozenset(name.lower() for name in local))
    made = made_by(where, tsa, roots=roots, limits=limits)
    if made is None:
        click.echo(one_line(f"{where}: no raw copy since the last stamp"))
        return
    click.echo(one_line(f"{made.path}: {made.copies} raw copies, {told(made)}"))


def told(made: Stamp) -> str:
    """When, by whom, and whether its signature was checked, in words."""
    when = made.at.isoformat(timespec="seconds") if made.at else "?"
    how = "signature checked" if made.trusted else "signature not checked (--tsa-roots)"
    return f"{when}, by {made.authority or 'an authority without a certificate'}, {how}"
