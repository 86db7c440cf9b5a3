"""The index: what comes out is a function of tellings and judgements, in whatever order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.incidents import Index
from isnad.incidents.cut import cut, together
from isnad.model import Casualty, Claim, Place, Telling, Time

DAY = dt.date(2031, 5, 1)


def told(
    name: str, town: int | None = 0, day: int | None = 0, killed: int | None = 3,
    kind: str = "shelling", report: str = "", **more: Any,
) -> Telling:  # fmt: skip
    """A telling of an invented event: towns stand 11 km apart."""
    when = DAY + dt.timedelta(day or 0)
    claim: dict[str, Any] = {"type": kind}
    if town is not None:
        claim["place"] = Place(
            as_written=f"بلدة{town}", span=(0, 1), lat=35 + town / 10, lon=37, radius_km=4
        )
    if day is not None:
        claim["time"] = Time(as_written="يوم", span=(0, 1), earliest=when, latest=when)
    if killed is not None:
        claim["casualties"] = (
            Casualty(as_written="x", span=(0, 1), outcome="killed", low=killed, high=killed),
        )
    return Telling(id=name, report=report or name, claim=Claim(**claim), **more)


TELLINGS = st.lists(
    st.builds(
        lambda town, day, killed, kind, report, words: (town, day, killed, kind, report, words),
        st.sampled_from([None, 0, 1, 2]), st.sampled_from([None, 0, 1, 3]),
        st.sampled_from([None, 2, 5, 9]), st.sampled_from(["shelling", "air_strike", "protest"]),
        st.integers(0, 6), st.sets(st.sampled_from(["قنبر شواخ", "كرزون", "بكور", "فاعور"])),
    ),
    max_size=14,
)  # fmt: skip


def _made(rows: list[tuple[Any, ...]]) -> list[Telling]:
    return [
        told(f"c{n}", town, day, killed, kind, f"r{report}", words=" ".join(sorted(words)))
        for n, (town, day, killed, kind, report, words) in enumerate(rows)
    ]


@settings(max_examples=60, deadline=None)
@given(TELLINGS, st.randoms(use_true_random=False), st.data())
def test_order_of_arrival_does_not_matter(
    rows: list[tuple[Any, ...]], rng: Any, data: st.DataObject
) -> None:
    made = _made(rows)
    names = [t.id for t in made]
    pairs = (
        st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=4)
        if names
        else st.just([])
    )
    same, different = data.draw(pairs), data.draw(pairs)
    whole = Index(made)
    shuffled = list(made)
    rng.shuffle(shuffled)
    step = Index()
    for judge in (whole, step):
        for a, b in same:
            if a != b:
                judge.same(a, b)
        for a, b in different:
            if a != b:
                judge.different(a, b)
    for n, telling in enumerate(shuffled):
        step.add(telling)
        if n % 3 == 0:
            step.settle()
    assert step.groups() == whole.groups()
    assert step.overruled == whole.overruled
    assert list(step.incidents()) == list(whole.incidents())


@settings(max_examples=40, deadline=None)
@given(TELLINGS, st.sets(st.integers(0, 13)))
def test_what_is_removed_leaves_no_trace(rows: list[tuple[Any, ...]], gone: set[int]) -> None:
    made = _made(rows)
    index = Index(made)
    index.settle()
    for n in gone:
        if n < len(made):
            index.remove(made[n].id)
    assert index.groups() == Index(t for n, t in enumerate(made) if n not in gone).groups()


@settings(max_examples=60, deadline=None)
@given(TELLINGS)
def test_one_report_tells_each_event_of_a_type_once(rows: list[tuple[Any, ...]]) -> None:
    index = Index(_made(rows))
    for incident in index.incidents():
        told_by = [(t.report, t.claim.type) for t in incident.tellings]
        assert len(told_by) == len(set(told_by))


def test_tellings_of_one_event_join_with_reasons() -> None:
    index = Index([told("a"), told("b"), told("c", town=5)])
    assert index.groups() == [("a", "b"), ("c",)]
    (link,) = next(index.incidents()).links
    assert link.score > 0.5
    assert {"place_same", "day_same", "kind_same", "figure_same"} <= {
        r.signal for r in link.reasons
    }


def test_hard_neighbours_stay_apart() -> None:
    index = Index(
        [
            told("a"),
            told("b", killed=9, day=2),
            told("c", town=1),
            told("d", kind="protest", killed=None),
        ]
    )
    assert len(index.groups()) == 4


def test_people_win_and_their_word_propagates() -> None:
    index = Index([told("a"), told("b"), told("c", town=5, day=40)])
    index.same("b", "c")
    assert index.groups() == [("a", "b", "c")] or index.group_of("c") == index.group_of("b")
    index.different("a", "b")
    assert index.group_of("a") != index.group_of("b") == index.group_of("c")
    index.unjudge("b", "c")
    assert index.groups() == [("a",), ("b",), ("c",)]
    index.unjudge("a", "b")
    assert index.group_of("a") == ("a", "b")


def test_a_contradiction_is_told() -> None:
    index = Index([told("a"), told("b"), told("c")])
    index.same("a", "b")
    index.same("b", "c")
    index.different("a", "c")
    assert index.overruled == [("b", "c")]
    assert index.group_of("a") == ("a", "b")


def test_a_claim_is_not_judged_against_itself() -> None:
    with pytest.raises(ValueError, match="two claims"):
        Index().same("a", "a")


def test_adding_touches_its_neighbourhood_alone() -> None:
    index = Index(told(f"c{n}", town=n % 10, day=10 * n) for n in range(200))
    index.settle()
    index.add(told("new", town=3, day=30))
    assert index.settle() == {"c3", "new"}


def test_a_chain_of_neighbours_is_no_incident() -> None:
    ids = [f"n{i}" for i in range(6)]
    odds = {(a, b): 1.0 if abs(i - j) == 1 else -3.0
            for i, a in enumerate(ids) for j, b in enumerate(ids) if i < j}  # fmt: skip
    got = cut([[i] for i in ids], odds, -1.0)
    assert max(map(len, got)) == 2


def test_together_closes_over_same() -> None:
    assert together("abcd", [("a", "b"), ("b", "c")], []) == [["a", "b", "c"], ["d"]]
