"""The gate: figures of the repository's own gold against floors that only go up.

``python -m isnad.evaluate.gate`` prints the figures beside their floors and fails below one.
``--raise`` lifts floors to what was reached, rounded down to 0.005. Nothing lowers a floor but
``--lower [FILE.]SLOT=VALUE --because "why"``, which keeps the reason in the file.
"""

from __future__ import annotations

import json
import math
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import click

from isnad.errors import IsnadError, UsageError
from isnad.evaluate.matching import SLOTS
from isnad.evaluate.records import code_all, load
from isnad.evaluate.score import Figures, score

NAMES = ("claims", *SLOTS, "slots")
GATED: dict[str, tuple[str, ...]] = {
    "ours": NAMES,
    "typed": NAMES,
    "where": NAMES,
    "who": ("claims", "type", "initiators", "targets", "sources"),
}
"""Gold files of the gate, with the figures that their coding allows.

``unseen`` is not among them: nobody tunes the coder on it.
"""
STEP = 0.005
FOLDER = Path("tests/gold")
_HEAD = """\
# Floors of the evaluation gate: F1 that each gold file must reach, slot by slot.
# Written by `python -m isnad.evaluate.gate`: --raise lifts them, only --lower with a reason lowers.
"""


class Row(NamedTuple):
    """One figure against its floor."""

    file: str
    slot: str
    figures: Figures
    floor: float

    @property
    def holds(self) -> bool:
        return self.figures.f1 >= self.floor


class Floors:
    """The floors file: a table of floors for each gold file, and the record of what was lowered."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            got = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise IsnadError("E202", f"the floors cannot be read: {error}", str(path)) from error
        self.lowered: list[dict[str, Any]] = got.pop("lowered", [])
        self.floors: dict[str, dict[str, float]] = {
            file: {name: float(got.get(file, {}).get(name, 0)) for name in names}
            for file, names in GATED.items()
        }

    def lift(self, rows: list[Row]) -> list[Row]:
        """Raise each floor that was passed by a step or more; the rows whose floor was raised."""
        lifted = []
        for row in rows:
            # the small addend: 0.57 / 0.005 is 113.99999999999999
            reached = math.floor(row.figures.f1 / STEP + 1e-9) * STEP
            if reached > row.floor + 1e-9:
                self.floors[row.file][row.slot] = round(reached, 3)
                lifted.append(row)
        return lifted

    def lower(self, what: str, because: str) -> None:
        """Lower ``[FILE.]SLOT=VALUE`` and keep the reason.

        Raises:
            UsageError: E201 if it names no floor, gives no reason, or would not lower anything.
        """
        target, _, number = what.partition("=")
        file, _, slot = target.rpartition(".")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        named = [file] if file else list(GATED)
        if slot not in NAMES or not set(named) <= set(GATED) or not 0 <= value <= 1:
            raise UsageError("E201", f"{what!r} is not [FILE.]SLOT=VALUE, such as typed.time=0.4")
        if not because.strip():
            raise UsageError("E201", 'a floor is lowered only with a reason: --because "…"')
        above = [f for f in named if self.floors[f].get(slot, 0) > value]
        if not above:
            raise UsageError("E201", f"no floor of {target} is above {value:g}")
        for name in above:
            before = self.floors[name][slot]
            self.floors[name][slot] = value
            self.lowered.append(
                {"file": name, "slot": slot, "from": before, "to": value, "because": because}
            )

    def write(self) -> None:
        parts = [_HEAD]
        for file, floors in self.floors.items():
            lines = "\n".join(f"{name} = {value:.3f}" for name, value in floors.items())
            parts.append(f"[{file}]\n{lines}\n")
        for record in self.lowered:
            # a JSON string is a TOML basic string, once DEL is out of the way
            lines = "\n".join(
                f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in record.items()
            )
            parts.append(f"[[lowered]]\n{lines}\n")
        self.path.write_text("\n".join(parts), encoding="utf-8", newline="\n")


def measure(folder: Path, floors: Floors) -> list[Row]:
    """Code each gold file and set its figures beside their floors; a file not there is left out."""
    rows = []
    for file, names in GATED.items():
        path = folder / f"{file}.jsonl"
        if path.exists():
            gold = load(path)
            figures = score(gold, code_all(gold))
            rows += [Row(file, slot, figures[slot], floors.floors[file][slot]) for slot in names]
    return rows


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
@click.option("--raise", "lift", is_flag=True, help="Raise floors to the figures reached.")
@click.option("--lower", metavar="[FILE.]SLOT=VALUE", help="Lower a floor; needs --because.")
@click.option("--because", default="", help="Why a floor is lowered; kept in the file.")
def gate(folder: Path, lift: bool, lower: str | None, because: str) -> None:
    """Figures of the repository's gold against their floors. Exit status 1 below a floor."""
    try:
        floors = Floors(folder / "floors.toml")
        if lower is not None:
            floors.lower(lower, because)
            floors.write()
            click.echo(f"lowered {lower}")
            return
        rows = measure(folder, floors)
    except IsnadError as error:
        click.echo(f"isnad: {error}", err=True)
        raise SystemExit(error.exit_status) from error
    if lift and floors.lift(rows):
        floors.write()
    for row in rows:
        now = floors.floors[row.file][row.slot]
        state = "below" if not row.holds else "raised" if now > row.floor else ""
        line = f"{row.file:6} {row.slot:11} F1 {row.figures.f1:.3f}  floor {now:.3f}  {state}"
        click.echo(line.rstrip())
    if not all(row.holds for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    gate()
