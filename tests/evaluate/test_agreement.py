"""Agreement: alpha and kappa against textbook values and another library's; slots by their distance."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance

from isnad.evaluate.agreement import DISTANCES, agreement, kappa
from isnad.evaluate.alpha import alpha
from isnad.evaluate.matching import SLOTS

NOMINAL = DISTANCES["type"]
CLAIM: dict[str, Any] = {
    "type": "shelling", "status": "happened", "evidence": [[0, 40]],
    "initiators": [{"actor": "syr-assad-forces", "as_written": "x", "span": [0, 1]}],
    "targets": [{"actor": None, "as_written": "مجهولون", "span": [2, 9]}],
    "place": {"lat": 35.0, "lon": 38.0, "radius_km": 4, "as_written": "p", "span": [10, 11]},
    "time": {"earliest": "2021-05-01", "latest": "2021-05-02", "as_written": "t", "span": [12, 13]},
    "casualties": [{"outcome": "killed", "low": 4, "high": 4, "who": None, "span": [14, 15]}],
    "forces": [], "materiel": [], "sources": [{"kind": "monitor", "as_written": "م", "span": [16, 17]}],
}  # fmt: skip


def record(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "claims": [{**copy.deepcopy(CLAIM), **fields}]}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_as_another_library_says(units: list[tuple[str, str]]) -> None:
    rows = [(c, n, v) for n, unit in enumerate(units) for c, v in zip("xy", unit, strict=True)]
    task = AnnotationTask(data=rows)
    if len({v for u in units for v in u}) > 1:
        assert alpha(units, NOMINAL) == pytest.approx(task.alpha())
    else:
        assert alpha(units, NOMINAL) is None
    ours = kappa(units)
    if ours is not None:
        assert ours == pytest.approx(task.kappa())


_SETS = st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=3)


@given(st.lists(st.tuples(_SETS, _SETS), min_size=2, max_size=15))
def test_sets_as_another_library_says(units: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    rows = [(c, n, v) for n, unit in enumerate(units) for c, v in zip("xy", unit, strict=True)]
    if len({v for u in units for v in u}) > 1:
        want = AnnotationTask(data=rows, distance=jaccard_distance).alpha()
        assert alpha(units, jaccard_distance) == pytest.approx(want)


def test_the_same_coding_agrees_and_nothing_is_divided_by_nothing() -> None:
    a = [record("1"), record("2", type="air_strike", status="denied", place=None, time=None)]
    found = agreement(a, copy.deepcopy(a))
    assert set(found) == {"claims", *SLOTS, "slots"}
    assert found["slots"].f1 == found["claims"].f1 == 1.0
    assert (found["type"].alpha, found["type"].kappa, found["type"].units) == (1.0, 1.0, 2)
    assert found["forces"].alpha is None and found["place"].kappa is None
    assert agreement([], [])["type"].alpha is None
    assert agreement(a, [])["claims"].units == 0


def test_distances_of_slots() -> None:
    place, time = DISTANCES["place"], DISTANCES["time"]
    assert place((35.0, 38.0, 4.0), (35.03, 38.0, 0.0)) == 0.0
    assert place((35.0, 38.0, 4.0), (35.2, 38.0, 0.0)) == 1.0
    assert place((35.0, 38.0, 25.0), (35.2, 38.0, 0.0)) == 0.0
    assert (place(None, None), place(None, (0.0, 0.0, 0.0))) == (0.0, 1.0)
    assert time(("2021-05-01", "2021-05-02"), ("2021-05-02", "2021-05-02")) == 0.5
    assert time(("2021-05-01", None), ("2021-05-01", "2021-05-01")) == 0.0
    assert time(("2021-05-01", None), None) == 1.0
    assert time((None, None), None) == 0.0


def test_two_coders_by_chance_have_an_alpha_of_about_nothing() -> None:
    rng = random.Random(7)
    units = [(rng.choice("abc"), rng.choice("abc")) for _ in range(3000)]
    got = alpha(units, NOMINAL)
    assert got is not None and abs(got) < 0.05
