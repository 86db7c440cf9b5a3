"""``isnad inputs``: which kinds of input are read, and what may be set for each."""

from __future__ import annotations

import click

from isnad.gather.kinds import all_kinds, settings


@click.command()
def inputs() -> None:
    """List the kinds of input, their file endings and settings.

    An ending in brackets is shared with other kinds: there a file's content decides.
    """
    ours = {one.name for one in settings()}
    for kind in all_kinds():
        endings = " ".join((*kind.endings, *(f"({e})" for e in kind.shares)))
        click.echo(f"{kind.name:<9} {endings:<30} {kind.help}")
        for one in kind.settings:
            option = f"--{one.name}" if one.name in ours else f"--set {one.name}="
            click.echo(f"          {option} {one.form}: {one.help} Default: {one.default}.")
