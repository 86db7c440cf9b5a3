"""The invented gold of incidents: a floor for joining, from coded claims and from text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import isnad
from isnad.incidents import Index, tellings_of
from isnad.model import Report, Telling
from tests.incidents.make_gold import GOLD, claims, texts

FLOOR, TEXT_FLOOR = 0.92, 0.80


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def pair_f1(groups: Iterable[Iterable[str]], truth: dict[str, str]) -> float:
    said = {p for g in groups for p in combinations(sorted(g), 2)}
    meant = {p for p in combinations(sorted(truth), 2) if truth[p[0]] == truth[p[1]]}
    return 2 * len(said & meant) / (len(said) + len(meant))


def test_the_files_are_what_the_script_writes() -> None:
    assert _rows("claims") == json.loads(json.dumps(claims()))
    assert _rows("texts") == json.loads(json.dumps(texts()))


def test_size() -> None:
    rows = _rows("claims")
    assert len({r["incident"] for r in rows}) >= 60
    assert len({r["telling"]["report"] for r in rows}) >= 250


def test_joining_reaches_its_floor() -> None:
    rows = _rows("claims")
    index = Index(Telling.model_validate(r["telling"]) for r in rows)
    truth = {r["telling"]["id"]: r["incident"] for r in rows}
    assert pair_f1(index.groups(), truth) >= FLOOR


def test_from_text_to_incidents() -> None:
    index, truth = Index(), {}
    for row in _rows("texts"):
        report = Report(**{k: v for k, v in row.items() if k != "incident"})
        truth[report.id] = row["incident"]
        for telling in tellings_of(isnad.read(report)):
            index.add(telling)
    reports = [{t.report for t in i.tellings} for i in index.incidents()]
    assert pair_f1(reports, truth) >= TEXT_FLOOR
