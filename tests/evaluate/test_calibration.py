"""The table of calibration counts what it says, and the fit finds what made values right."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from isnad.cli.evaluate import evaluate
from isnad.coding.confidence import SLOTS
from isnad.evaluate.calibration import Bin, Judged, error, fit, judge, table


def judged(sure: float | None, right: bool, *signs: str, slot: str = "place") -> Judged:
    return Judged(slot, frozenset(signs), sure, right)


def test_values_fall_into_bins_of_equal_width() -> None:
    bins = table([judged(0.1, False), judged(0.9, True), judged(1.0, False)])["place"]
    assert [b.values for b in bins] == [1, 0, 0, 0, 2]
    assert bins[4].right == 0.5


def test_what_is_not_said_is_not_counted() -> None:
    assert table([judged(None, True)]) == {}


def test_claims_are_apart_from_values() -> None:
    found = table([judged(0.5, True, slot="claims"), judged(0.5, True)])
    assert sum(b.values for b in found["values"]) == 1


@pytest.mark.parametrize(("said", "right", "off"), [(0.5, 0.5, 0.0), (0.9, 0.4, 0.5)])
def test_the_error_is_the_distance_of_said_from_right(
    said: float, right: float, off: float
) -> None:
    assert error([Bin(10, said, right), Bin(0, 0.0, 0.0)]) == pytest.approx(off)


def test_the_error_of_nothing_is_none() -> None:
    assert error([]) == 0.0


def test_the_fit_finds_a_sign_that_speaks_against() -> None:
    rows = [judged(None, True, "good") for _ in range(30)]
    rows += [judged(None, False, "bad") for _ in range(30)]
    weights = fit(rows)["place"]
    assert weights["good"] > 0 > weights["bad"]
    assert set(fit([])) == set(SLOTS)


def test_a_rare_sign_gets_no_weight() -> None:
    rows = [judged(None, n % 2 == 0, *(["rare"] if n < 3 else [])) for n in range(40)]
    assert "rare" not in fit(rows)["place"]


GOLD = (
    '{"id": "a", "text": "قصفت طائرات حربية بلدة كفرنبل أمس.", "claims": [{"type": "air_strike",'
    ' "status": "happened", "initiators": [], "targets": [], "place": {"as_written": "كفرنبل",'
    ' "lat": 35.61, "lon": 36.57, "radius_km": 4}, "time": null, "casualties": [], "forces": [],'
    ' "materiel": [], "sources": [], "evidence": [[0, 20]]}]}\n'
)


def test_the_command_prints_how_sure_and_how_often_right(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    done = CliRunner().invoke(evaluate, [str(gold), "--calibration"])
    assert done.exit_code == 0, done.output
    assert "place" in done.output and "→ 1.00" in done.output
    assert CliRunner().invoke(evaluate, [str(gold), str(gold), "--calibration"]).exit_code == 2


def test_a_claim_without_match_judges_its_values_wrong() -> None:
    record = {"id": "a", "text": "قصفت طائرات حربية بلدة كفرنبل أمس.", "claims": []}
    assert all(not j.right for j in judge([record]))
