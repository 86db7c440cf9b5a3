"""``isnad evaluate``: coded reports against gold ones."""

from __future__ import annotations

import json
from typing import Any

import click

from isnad.evaluate.calibration import error, judge, table
from isnad.evaluate.records import code_all, load
from isnad.evaluate.score import Figures, Mistake, score


@click.command()
@click.argument("gold", metavar="GOLD", type=click.Path())
@click.argument("coded", metavar="[CODED]", type=click.Path(), required=False)
@click.option("--agreement", is_flag=True, help="GOLD and CODED as two coders: how far they agree.")
@click.option("--by-report", is_flag=True, help="Slots F1 of each report.")
@click.option("--calibration", is_flag=True, help="How often values said to be p sure are right.")
@click.option("--errors", is_flag=True, help="List what is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(
    gold: str, coded: str | None, agreement: bool, by_report: bool, calibration: bool,
    errors: bool, as_json: bool,
) -> None:  # fmt: skip
    """Score coded reports against gold ones (JSON Lines, as `isnad read --format jsonl` prints).

    Without CODED, the gold reports are coded first. The figures are precision, recall and F1 of
    claims, of each slot, and of all slots together; docs/contract.md says when a value is right.
    With --agreement neither is gold: Krippendorff's alpha and Cohen's kappa over the claims that
    both coded, beside slots F1 (docs/exports.md). `isnad export --as gold` gives people's coding.
    """
    want = load(gold)
    if agreement:
        if calibration or by_report or errors:
            raise click.UsageError("--agreement goes with --json only")
        _agreement(want, load(coded) if coded else code_all(want), as_json)
        return
    if calibration:
        if coded:
            raise click.UsageError("--calibration codes the gold itself: leave CODED out")
        _calibration(want, as_json)
        return
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
            where = f"{m.report} claim {m.claim} {m.slot}"
            click.echo(f"{where}: want {_short(m.want)} got {_short(m.got)}")


def _agreement(a: list[dict[str, Any]], b: list[dict[str, Any]], as_json: bool) -> None:
    """Print alpha, kappa and F1 of each slot; "—" where nobody varies or it has no meaning."""
    from isnad.evaluate.agreement import agreement

    found = agreement(a, b)
    if as_json:
        click.echo(json.dumps({k: v._asdict() for k, v in found.items()}))
        return

    def cell(value: float | None) -> str:
        return f"{value:6.3f}" if value is not None else "     —"

    for name, row in found.items():
        what = "reports" if name == "claims" else "claims"
        click.echo(
            f"{name:11} alpha {cell(row.alpha)}  kappa {cell(row.kappa)}  F1 {row.f1:.3f}"
            f"  over {row.units} {what}"
        )


def _calibration(gold: list[dict[str, Any]], as_json: bool) -> None:
    """Print, for claims, all values and each slot, how sure the coder was and how often right."""
    found = table(judge(gold))
    if as_json:
        click.echo(json.dumps({k: [b._asdict() for b in bins] for k, bins in found.items()}))
        return
    click.echo(f"{'':11} {'error':>6}   values: said → right, from least to most sure")
    for name in sorted(found, key=lambda n: (n not in ("claims", "values"), n)):
        cells = (f"{b.values:5}: {b.said:.2f} → {b.right:.2f}" for b in found[name] if b.values)
        click.echo(f"{name:11} {error(found[name]):6.3f}   {'  '.join(cells)}")


def line(name: str, f: Figures) -> str:
    """A row of figures."""
    return (
        f"{name:11} F1 {f.f1:.3f}  P {f.precision:.3f}  R {f.recall:.3f}"
        f"  gold {f.gold:4}  coded {f.coded:4}"
    )


def _short(values: list[Any]) -> str:
    kept = [
        {k: x[k] for k in x if k not in ("span", "radius_km")} if isinstance(x, dict) else x
        for x in values
    ]
    return json.dumps(kept, ensure_ascii=False)
