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
    shared = [k.settings for k in all_kinds() if k.settings]
    everywhere = [one for one in shared[0] if all(one in others for others in shared)]
    for kind in all_kinds():
        endings = " ".join((*kind.endings, *(f"({e})" for e in kind.shares)))
        click.echo(f"{kind.name:<9} {endings:<30} {kind.help}")
        for one in kind.settings:
            if one in everywhere:
                continue
            option = f"--{one.name}" if one.name in ours else f"--set {one.name}="
            click.echo(f"          {option} {one.form}: {one.help} Default: {one.default}.")
    click.echo("all of them")
    for one in everywhere:
        click.echo(f"          --{one.name} {one.form}: {one.help} Default: {one.default}.")
