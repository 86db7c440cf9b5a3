"""``isnad explain``: each value with its words, place in the text, and rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from isnad.cli import cli
from isnad.errors import UsageError

from .conftest import TEXT


@pytest.fixture
def file(tmp_path: Path, faked: None) -> str:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_every_value_shows_its_words_place_and_rule(file: str) -> None:
    got = CliRunner().invoke(cli, ["explain", file, "--claim", "0"], env={"COLUMNS": "150"})
    assert got.exit_code == 0
    start = TEXT.index("بلدة")
    for part in ("بلدة الأتارب", f"{start}–{start + 12}", "36.1390, 36.8300", "± 4 km", "tank 3",
                 "killed 5", "monitor", "by published", "not in the list", "evidence", "≥ 40"):  # fmt: skip
        assert part in got.stdout, part
    assert "weapons neutralised" not in got.stdout


def test_all_claims_without_a_number(file: str) -> None:
    out = CliRunner().invoke(cli, ["explain", file], env={"COLUMNS": "60"}).stdout
    assert "a · claim 0 · shelling · ongoing" in out
    assert "a · claim 1 · weapons neutralised · denied" in out


@pytest.mark.parametrize("number", ["2", "-1"])
def test_a_claim_that_is_not_there(file: str, number: str) -> None:
    got = CliRunner().invoke(cli, ["explain", file, "--claim", number])
    assert isinstance(got.exception, UsageError)
    assert got.exception.code == "E005"
    assert "has 2 claims, 0 to 1" in got.exception.message


def test_no_claims_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("لا شيء", encoding="utf-8")
    assert "no claims" in CliRunner().invoke(cli, ["explain", str(tmp_path / "b.txt")]).stdout
    got = CliRunner().invoke(cli, ["explain", str(tmp_path / "none")])
    assert got.exit_code == 1
    assert "[E101]" in got.stderr


def test_words_that_made_no_claim_say_why(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("طالب ناشطون بوقف القصف في المنطقة", encoding="utf-8")
    out = CliRunner().invoke(cli, ["explain", str(path)], env={"COLUMNS": "150"}).stdout
    assert "c · named, but no claim" in out
    assert "purpose: cue طالب" in out
