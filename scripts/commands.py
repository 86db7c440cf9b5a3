"""Write ``docs/commands.md`` from the commands themselves: ``python scripts/commands.py``.

A test compares the file with what this prints, so that no command or option goes undocumented.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from isnad.cli import cli

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """\
# Commands

Written by `make docs` from the commands; do not edit by hand. Each takes `--help`.
Messages and exit statuses: [errors.md](errors.md). What comes out: [contract.md](contract.md).
"""


def page() -> str:
    """The whole page."""
    context = click.Context(cli, info_name="isnad", **cli.context_settings)
    return "\n".join([HEAD, *_sections(cli, context, "##")])


def _sections(group: click.Group, context: click.Context, level: str) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(inner))
        yield f"{level} {inner.command_path}\n"
        yield f"    {inner.command_path} {usage}\n"
        yield _help(command) + "\n"
        rows = [row for p in command.params if (row := p.get_help_record(inner))]
        if rows:
            yield "| option | |\n| --- | --- |"
            yield "".join(f"| `{_cell(option)}` | {_cell(text)} |\n" for option, text in rows)
        if isinstance(command, click.Group):
            yield from _sections(command, inner, level + "#")


def _help(command: click.Command) -> str:
    """The help text; lines that click is told not to wrap become a block of code."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    out = []
    for paragraph in paragraphs:
        if paragraph.startswith("\b\n"):
            out.append("\n".join(f"    {line}" for line in paragraph[2:].split("\n")))
        else:
            out.append(paragraph)
    return "\n\n".join(out)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
