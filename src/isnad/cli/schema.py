"""``isnad schema``: the JSON schema of the nouns."""

from __future__ import annotations

import json

import click

from isnad.model import Reading


@click.command()
def schema() -> None:
    """Print the JSON schema of a reading: a report with its claims."""
    click.echo(json.dumps(Reading.model_json_schema(), ensure_ascii=False, indent=2))
