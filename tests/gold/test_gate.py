"""The repository's own gold: its shape, and the floors that the coder must hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isnad.evaluate.gate import GATED, Floors, Row, measure
from isnad.evaluate.records import load
from isnad.model import CLAIM_TYPES, ITEMS, OUTCOMES, SOURCE_KINDS, STATUSES

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.jsonl"))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return measure(FOLDER, Floors(FOLDER / "floors.toml"))


@pytest.mark.parametrize("file", GATED)
def test_no_figure_is_below_its_floor(rows: list[Row], file: str) -> None:
    here = [r for r in rows if r.file == file]
    assert here, f"{file}.jsonl is missing"
    below = [f"{r.slot}: {r.figures.f1:.3f} < {r.floor:.3f}" for r in here if not r.holds]
    assert not below


def test_the_gate_leaves_the_unseen_alone() -> None:
    assert "unseen" not in GATED


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_gold_keeps_the_contract(path: Path) -> None:
    records = load(path)
    ids = [r["id"] for r in records]
    assert len(set(ids)) == len(ids)
    for record in records:
        text = record["text"]
        for number, claim in enumerate(record["claims"]):
            at = f"{record['id']} claim {number}"
            assert claim["type"] in CLAIM_TYPES, at
            assert claim["status"] in STATUSES, at
            singles = [v for v in (claim["place"], claim["time"]) if v]
            lists = ("initiators", "targets", "casualties", "forces", "materiel", "sources")
            for value in singles + [v for slot in lists for v in claim[slot]]:
                start, end = value["span"]
                assert text[start:end] == value["as_written"], f"{at}: {json.dumps(value)}"
            assert {v["outcome"] for v in claim["casualties"]} <= set(OUTCOMES), at
            assert {v["item"] for v in claim["materiel"]} <= set(ITEMS), at
            assert {v["kind"] for v in claim["sources"]} <= set(SOURCE_KINDS), at
            assert all(0 <= s < e <= len(text) for s, e in claim["evidence"]), at
