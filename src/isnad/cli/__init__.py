"""The command line: one file a command, thin. Commands are imported only when they are run.

In: arguments, files, standard input. Out: standard output (always UTF-8) and one line on standard
error for each thing refused. May import every room; touches only the files it is given.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
from typing import Any, NoReturn

import click

from isnad.errors import IsnadError, UsageError, one_line

COMMANDS = {
    "read": "isnad.cli.read:read",
    "inputs": "isnad.cli.inputs:inputs",
    "explain": "isnad.cli.explain:explain",
    "evaluate": "isnad.cli.evaluate:evaluate",
    "schema": "isnad.cli.schema:schema",
    "language": "isnad.cli.language:language",
    "actors": "isnad.cli.actors:actors",
    "framing": "isnad.cli.actors:framing",
    "places": "isnad.cli.places:places",
    "incidents": "isnad.cli.incidents:incidents",
    "incident": "isnad.cli.incidents:incident",
    "export": "isnad.cli.export:export",
    "compare": "isnad.cli.compare:compare",
    "report": "isnad.cli.report:report",
    "add": "isnad.cli.add:add",
    "watch": "isnad.cli.watch:watch",
    "recode": "isnad.cli.add:recode",
    "search": "isnad.cli.search:search",
    "decide": "isnad.cli.search:decide",
    "versions": "isnad.cli.versions:versions",
    "stamp": "isnad.cli.stamp:stamp",
    "verify": "isnad.cli.keep:verify",
    "backup": "isnad.cli.keep:backup",
    "restore": "isnad.cli.keep:restore",
    "upgrade": "isnad.cli.keep:upgrade",
    "remove": "isnad.cli.keep:remove",
    "desk": "isnad.cli.desk:desk",
}


class _ReaderGone(Exception):
    """Who read our output has stopped (``| head -1``). No ``OSError``: click would end on it."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise _ReaderGone from error
            raise


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isnad")
def cli() -> None:
    """Isnad (إسناد): conflict reporting as events in which every value keeps its chain."""


def main() -> NoReturn:
    """Run the command line; what is refused is one line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # UTF-8 whatever the console says; what is no character comes out as an escape
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    status = _run()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        status = _lost(error) or status
    sys.exit(status)


def _run() -> int:
    try:
        return cli.main(standalone_mode=False) or 0
    except IsnadError as error:
        return _say(str(error), error.exit_status)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        usage = UsageError("E006", " ".join(error.format_message().split()))
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
        hint = f"; see `{path} --help`" if path else ""
        return _say(f"{usage}{hint}", error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped", 130)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except _ReaderGone:
        return _lost(BrokenPipeError(errno.EPIPE, ""))
    except OSError as error:
        return _lost(error)
    except Exception as error:
        if os.environ.get("ISNAD_DEBUG"):
            raise
        what = f"this is a fault in isnad ({type(error).__name__}: {error}); please report it"
        return _say(f"{IsnadError('E999', what)} (ISNAD_DEBUG=1 shows more)", 70)


def _say(message: str, status: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        click.echo(f"isnad: {one_line(message)}", err=True)
    return status


def _lost(error: OSError) -> int:
    """What could not be written is lost: say so, unless it was the reader who had enough."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        # the interpreter flushes once more on its way out; let that fall into nothing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:
        return 0
    return _say(str(IsnadError("E007", f"cannot write: {error.strerror or error}")), 1)
