"""``isnad evaluate``: coded reports against gold ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from isnad.errors import InputError
from isnad.evaluate.score import Figures, Mistake, score
from isnad.model import Report


@click.command()
@click.argument("gold", metavar="GOLD", type=click.Path())
@click.argument("coded", metavar="[CODED]", type=click.Path(), required=False)
@click.option("--by-report", is_flag=True, help="Slots F1 of each report.")
@click.option("--errors", is_flag=True, help="List what is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(gold: str, coded: str | None, by_report: bool, errors: bool, as_json: bool) -> None:
    """Score coded reports against gold ones (JSON Lines, as `isnad read --format jsonl` prints).

    Without CODED, the gold reports are coded first.
    """
    want = load(gold)
    got = load(coded) if coded else code_all(want)
    mistakes: list[Mistake] = []
    figures = score(want, got, mistakes)
    if as_json:
        click.echo(json.dumps({k: v._asdict() for k, v in figures.items()}))
        return
    for name, f in figures.items():
        click.echo(line(name, f))
    if by_report:
        for g in want:
            click.echo(f"{score([g], got)['slots'].f1:.3f}  {g['id']}")
    if errors:
        for m in mistakes:
            click.echo(
                f"{m.report} claim {m.claim} {m.slot}: want {_short(m.want)} got {_short(m.got)}"
            )


def line(name: str, f: Figures) -> str:
    """A row of figures."""
    return (
        f"{name:11} F1 {f.f1:.3f}  P {f.precision:.3f}  R {f.recall:.3f}"
        f"  gold {f.gold:4}  coded {f.coded:4}"
    )


def load(path: str) -> list[dict[str, Any]]:
    """Records of a JSON Lines file.

    Raises:
        InputError: E101/E102 if it cannot be read, E107 or E114 for a line that is no record.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise InputError("E101", "there is no such file", path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("E102", f"cannot be read: {error}", path) from error
    out = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(
                "E107", f"the line is no JSON: {error.msg}", f"{path}:{number}"
            ) from error
        if (
            not isinstance(record, dict)
            or not isinstance(record.get("claims"), list)
            or "id" not in record
        ):
            raise InputError(
                "E114", 'the line is no coded report: it lacks "id" or "claims"', f"{path}:{number}"
            )
        out.append(record)
    return out


def code_all(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Code the reports of gold records."""
    from isnad.coding.coder import read

    fields = ("id", "text", "title", "published", "publisher")
    return [read(Report(**{k: r[k] for k in fields if r.get(k)})).contract() for r in records]


def _short(values: list[Any]) -> str:
    kept = [
        {k: x[k] for k in x if k not in ("span", "radius_km")} if isinstance(x, dict) else x
        for x in values
    ]
    return json.dumps(kept, ensure_ascii=False)
