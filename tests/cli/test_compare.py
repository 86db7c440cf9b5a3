"""``isnad compare``, ``isnad evaluate --agreement`` and ``isnad export --as gold``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from isnad.cli.add import add
from isnad.cli.compare import compare
from isnad.cli.evaluate import evaluate
from isnad.cli.export import export
from isnad.cli.search import decide, search
from isnad.errors import InputError, UsageError

from .test_export import manifest, run, write

pytestmark = pytest.mark.usefixtures("faked")


def test_a_round_trip(tmp_path: Path) -> None:
    reports, out = write(tmp_path / "r.jsonl", "a"), tmp_path / "o.csv"
    run(export, "--as", "acled", reports, "-o", out)
    args = [out, reports, "--show", "pairs", "--show", "missed", "--show", "extra"]
    said = run(compare, *args).stdout
    assert said.startswith("1 matched of 1 of ours and 1 of theirs (0 of theirs outside")
    assert "0 missed (only theirs), 0 extra (only ours)" in said
    assert "dead: the same number                1 of 1       100%" in said
    found = json.loads(run(compare, out, reports, "--format", "json").stdout)
    assert (found["matched"], found["only_ours"], found["pairs"][0]["dead"]) == (1, [], [5, 5])
    with pytest.raises(InputError, match="E611"):
        run(compare, reports, reports)


def test_gold_is_what_people_judged(tmp_path: Path) -> None:
    at, out = tmp_path / "a.isnad", tmp_path / "gold.jsonl"
    run(add, write(tmp_path / "r.jsonl", "a", "b"), "--archive", at)
    found = [
        json.loads(x) for x in run(search, "--archive", at, "--format", "jsonl").stdout.splitlines()
    ]
    one = next(r for r in found if r["report"] == "a")["claims"]
    run(decide, "fix", one[0]["id"], "--slot", "status", "--value", '"happened"', "--archive", at)
    run(export, "--as", "gold", "--archive", at, "-o", out)
    assert out.read_text(encoding="utf-8") == ""
    run(decide, "reject", one[1]["id"], "--archive", at)
    run(export, "--as", "gold", "--archive", at, "-o", out)
    (record,) = [json.loads(x) for x in out.read_text(encoding="utf-8").splitlines()]
    assert (record["id"], len(record["claims"])) == ("a", 1)
    assert record["claims"][0]["status"] == "happened"
    assert manifest(out)["rows"] == 1
    assert [x["rows"] for x in manifest(out)["loss"]] == [2]
    run(export, "--as", "gold", "--archive", at, "--report", "b", "-o", out)
    assert manifest(out)["rows"] == 0
    with pytest.raises(UsageError, match="E607"):
        run(export, "--as", "gold", tmp_path / "r.jsonl", "-o", out)
    run(export, "--as", "gold", "--archive", at, "-o", out)
    said = run(evaluate, "--agreement", out, out).stdout
    assert "slots       alpha      —  kappa      —  F1 1.000  over 1 claims" in said
    assert json.loads(run(evaluate, "--agreement", out, out, "--json").stdout)["type"]["f1"] == 1.0
    assert CliRunner().invoke(evaluate, ["--agreement", "--errors", str(out)]).exit_code == 2
