"""The gate's rules: floors go up by themselves, and down only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from isnad.errors import UsageError
from isnad.evaluate import gate as module
from isnad.evaluate.gate import Floors, Row, gate
from isnad.evaluate.score import Figures


def row(f1: float, floor: float, slot: str = "time", file: str = "typed") -> Row:
    return Row(file, slot, Figures(f1, f1, f1, 1, 1, 1), floor)


@pytest.fixture
def floors(tmp_path: Path) -> Floors:
    (tmp_path / "floors.toml").write_text("[typed]\ntime = 0.5\n", encoding="utf-8")
    return Floors(tmp_path / "floors.toml")


@pytest.mark.parametrize(
    ("f1", "want"),
    [(0.5999, 0.595), (0.57, 0.57), (0.504, 0.5), (0.505, 0.505), (0.3, 0.5), (1, 1)],
)
def test_raising_rounds_down_and_never_lowers(floors: Floors, f1: float, want: float) -> None:
    floors.lift([row(f1, 0.5)])
    assert floors.floors["typed"]["time"] == pytest.approx(want)


def test_lowering_keeps_the_reason(floors: Floors) -> None:
    because = 'the gold changed: «أمس» "x"\\'
    floors.lower("typed.time=0.4", because)
    floors.write()
    again = Floors(floors.path)
    assert again.floors["typed"]["time"] == 0.4
    assert again.lowered == [
        {"file": "typed", "slot": "time", "from": 0.5, "to": 0.4, "because": because}
    ]


@pytest.mark.parametrize(
    ("what", "because"),
    [("typed.time=0.4", " "), ("typed.time=0.6", "x"), ("typed.nope=0.1", "x"), ("time", "x"),
     ("unseen.time=0.1", "x"), ("time=-1", "x"), ("ours.time=0.1", "x")],
)  # fmt: skip
def test_what_may_not_lower(floors: Floors, what: str, because: str) -> None:
    with pytest.raises(UsageError, match="E201"):
        floors.lower(what, because)


def test_the_command(floors: Floors, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(floors.path.parent)
    monkeypatch.setattr(module, "measure", lambda *_: [row(0.62, 0.5)])
    assert "floor 0.500" in CliRunner().invoke(gate, ["--folder", folder]).stdout
    got = CliRunner().invoke(gate, ["--folder", folder, "--raise"])
    assert got.stdout == "typed  time        F1 0.620  floor 0.620  raised\n"
    assert Floors(floors.path).floors["typed"]["time"] == 0.62
    monkeypatch.setattr(module, "measure", lambda *_: [row(0.61, 0.62)])
    got = CliRunner().invoke(gate, ["--folder", folder, "--raise"])
    assert (got.exit_code, "below" in got.stdout) == (1, True)
    got = CliRunner().invoke(gate, ["--folder", folder, "--lower", "time=0.6"])
    assert (got.exit_code, "[E201]" in got.stderr) == (2, True)
    got = CliRunner().invoke(gate, ["--folder", folder, "--lower", "time=0.6", "--because", "why"])
    assert got.exit_code == 0
    assert Floors(floors.path).floors["typed"]["time"] == 0.6
