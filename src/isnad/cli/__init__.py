"""The command line: one file a command, thin. Commands are imported only when they are run."""

from __future__ import annotations

import importlib
import sys

import click

from isnad.errors import IsnadError

COMMANDS = {
    "read": "isnad.cli.read:read",
    "explain": "isnad.cli.explain:explain",
    "evaluate": "isnad.cli.evaluate:evaluate",
    "schema": "isnad.cli.schema:schema",
    "language": "isnad.cli.language:language",
    "actors": "isnad.cli.actors:actors",
    "framing": "isnad.cli.actors:framing",
    "places": "isnad.cli.places:places",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isnad")
def cli() -> None:
    """Isnad (إسناد): conflict reporting as events in which every value keeps its chain."""


def main() -> None:
    """Run the command line; what is refused is one line on standard error, never a traceback."""
    try:
        cli.main(standalone_mode=False)
    except IsnadError as error:
        click.echo(f"isnad: {error}", err=True)
        sys.exit(error.exit_status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("isnad: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
