"""Our figures are those of the measuring script, on real gold and on random perturbations of it."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from isnad.cli import cli
from isnad.cli.evaluate import line
from isnad.evaluate.matching import related
from isnad.evaluate.records import load
from isnad.evaluate.score import Mistake, score

Records = list[dict[str, Any]]
ACTORS = ["syr-assad-forces", "syr-republican-guard", "syr-4th-division", "isis", "civilians", None,
          "not-in-any-list", "irn-irgc", "irn-forces"]  # fmt: skip


@pytest.fixture(scope="module")
def theirs(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("measuring", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves a file to be closed by itself
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold(root: Path) -> Records:
    return load(root / "tests" / "gold" / "typed.jsonl")


def perturbed(gold: Records, seed: int) -> Records:
    """Coded records as a poor coder might make them: claims lost, doubled, mixed up, values off."""
    rng = random.Random(seed)
    coded = copy.deepcopy(gold)
    for record in coded:
        claims = [c for c in record["claims"] if rng.random() > 0.15]
        claims += copy.deepcopy([c for c in claims if rng.random() < 0.15])
        rng.shuffle(claims)
        for claim in claims:
            _disturb(claim, rng)
        record["claims"] = claims
    rng.shuffle(coded)
    return coded[: rng.randint(len(coded) // 2, len(coded))]


def _disturb(claim: dict[str, Any], rng: random.Random) -> None:
    if rng.random() < 0.3:
        claim["type"] = rng.choice(["shelling", "air_strike", "killing", "ambush", "aid", "losses"])
    if rng.random() < 0.2:
        claim["status"] = rng.choice(["happened", "planned", "denied"])
    for slot in ("initiators", "targets", "casualties", "forces", "materiel", "sources"):
        for value in claim[slot]:
            if rng.random() < 0.3 and "actor" in value:
                value["actor"] = rng.choice(ACTORS)
            if rng.random() < 0.2 and "low" in value:
                value["low"] = rng.choice([None, 0, 1, 5])
            if rng.random() < 0.2:
                value["span"] = [value["span"][0] + 4, value["span"][1] + 9]
            if rng.random() < 0.2 and "kind" in value:
                value["kind"] = "unnamed"
        if rng.random() < 0.2:
            claim[slot] = claim[slot][1:]
    if claim["place"] and rng.random() < 0.4:
        claim["place"]["lat"] = rng.choice([None, 0.0, (claim["place"]["lat"] or 0) + 0.04])
    if claim["time"] and rng.random() < 0.4:
        claim["time"][rng.choice(["earliest", "latest"])] = rng.choice([None, "2021-05-24"])
    if rng.random() < 0.2:
        claim["time"] = None
    if rng.random() < 0.3:
        claim["evidence"] = []


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["typed", "dev"])
def test_equal_to_the_measuring_script(
    shared: Path, theirs: ModuleType, name: str, seed: int
) -> None:
    gold = load(shared / "gold" / f"{name}.jsonl")
    coded = perturbed(gold, seed)
    want = theirs.score(gold, coded)
    got = score(gold, coded)
    assert list(got) == list(want)
    for slot, figures in got.items():
        assert figures._asdict() == pytest.approx(want[slot], abs=5e-5), slot


@pytest.mark.shared
def test_errors_equal_to_the_measuring_script(shared: Path, theirs: ModuleType) -> None:
    gold = load(shared / "gold" / "typed.jsonl")
    coded = perturbed(gold, 99)
    want: list[Any] = []
    got: list[Mistake] = []
    theirs.score(gold, coded, want)
    score(gold, coded, got)
    key = lambda e: json.dumps(e, ensure_ascii=False, sort_keys=True)  # noqa: E731
    assert sorted(map(key, got)) == sorted(map(key, want))


@pytest.mark.shared
def test_output_equal_to_the_measuring_script(
    shared: Path, theirs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = str(shared / "gold" / "typed.jsonl")
    coded = tmp_path / "coded.jsonl"
    records = perturbed(load(path), 5)
    coded.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["score.py", path, str(coded), "--by-report"])
    theirs.main()
    got = CliRunner().invoke(cli, ["evaluate", path, str(coded), "--by-report"])
    assert got.stdout == capsys.readouterr().out


def test_gold_against_itself_is_perfect(gold: Records) -> None:
    for slot, figures in score(gold, gold).items():
        # a participant without id and with an empty span overlaps nothing, not even itself
        assert figures.f1 >= 0.99, slot


def test_nothing_coded_is_all_missed(gold: Records) -> None:
    got = score(gold, [])
    assert all(f.f1 == 0 and f.coded == 0 for f in got.values())
    assert got["claims"].gold == sum(len(r["claims"]) for r in gold)
    assert score([], gold)["slots"].gold == 0


def test_parts_and_wholes() -> None:
    assert related("syr-republican-guard", "syr-assad-forces")
    assert related("syr-assad-forces", "syr-republican-guard")
    assert related("x", "x")
    assert not related("isis", "syr-assad-forces")


def test_the_command(tmp_path: Path, gold: Records) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in gold), encoding="utf-8")
    out = CliRunner().invoke(cli, ["evaluate", str(path), str(path), "--json"]).stdout
    assert json.loads(out)["claims"]["f1"] == 1
    worse = tmp_path / "w.jsonl"
    worse.write_text("".join(json.dumps(r) + "\n" for r in perturbed(gold, 1)), encoding="utf-8")
    out = CliRunner().invoke(cli, ["evaluate", str(path), str(worse), "--errors"]).stdout
    assert "spurious claim: want [] got [" in out
    assert out.startswith("claims      F1 0.")
    assert line("x", score(gold, gold)["claims"]).startswith(
        "x           F1 1.000  P 1.000  R 1.000"
    )


BAD_RECORDS = [
    (b"{", "E107"), (b"\xff", "E107"), (b"[]", "E114"), (b'{"id": 1, "claims": []}', "E114"),
    (b'{"id": "a"}', "E114"), (b'{"id": "a", "claims": [[]]}', "E114"),
    (b'{"id": "a", "claims": [{"type": null}]}', "E114"),
    (b'{"id": "a", "claims": [{"type": "aid", "place": "x"}]}', "E114"),
    (b'{"id": "a", "claims": [{"type": "aid", "place": {"lat": "x"}}]}', "E114"),
    (b'{"id": "a", "claims": [{"type": "aid", "time": {"latest": "soon"}}]}', "E114"),
    (b'{"id": "a", "claims": [{"type": "aid", "casualties": [{}]}]}', "E114"),
    (b'{"id": "a", "claims": [{"type": "aid", "sources": [{"span": 4}]}]}', "E114"),
    (b'{"id": "a", "claims": [{"type": "aid", "evidence": [[1]]}]}', "E114"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code"), BAD_RECORDS)
def test_records_that_cannot_be_scored(tmp_path: Path, bad: bytes, code: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(b'{"id": "ok", "claims": [{"type": "aid"}]}\n\n' + bad + b"\n")
    with pytest.raises(Exception, match=rf"g\.jsonl:3: .*\[{code}\]"):
        load(path)
