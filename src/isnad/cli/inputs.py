"""``isnad inputs``: which kinds of input are read, and what may be set for each."""

from __future__ import annotations

import click

from isnad.gather.kinds import all_kinds


@click.command()
def inputs() -> None:
    """List the kinds of input, their file endings and settings."""
    for kind in all_kinds():
        click.echo(f"{kind.name:<7} {' '.join(kind.endings):<28} {kind.help}")
        for setting in kind.settings:
            click.echo(f"        --{setting.name}: {setting.help} (default: {setting.default})")
