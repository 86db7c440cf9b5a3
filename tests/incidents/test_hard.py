"""Invented reports whose neighbours are hard: no day, a wide place, two raids a day, a second strike."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import isnad
from isnad.incidents import Index, tellings_of
from isnad.incidents.days import day_of_year
from isnad.incidents.words import marks_in, names_in
from isnad.model import Claim, Report, Telling
from tests.incidents.make_gold import GOLD

from .test_gold import pair_f1

FLOOR = 0.65
DAY = dt.date(2031, 5, 2)


def test_hard_neighbours_from_text() -> None:
    lines = (GOLD / "hard.jsonl").read_text(encoding="utf-8").splitlines()
    index, truth = Index(), {}
    for row in map(json.loads, lines):
        report = Report(**{k: v for k, v in row.items() if k != "incident"})
        truth[report.id] = row["incident"]
        for telling in tellings_of(isnad.read(report)):
            index.add(telling)
    assert len(set(truth.values())) >= 10
    reports = [{t.report for t in i.tellings} for i in index.incidents(links=False)]
    assert pair_f1(reports, truth) >= FLOOR


def telling(name: str, kind: str = "shelling", words: str = "", **how: Any) -> Telling:
    """A telling at Sarmin on one day, but for what ``how`` gives."""
    place = {"as_written": "سرمين", "span": (0, 1), "lat": 35.9, "lon": 36.7, "radius_km": 4.0}
    time = {"as_written": "اليوم", "span": (0, 1), "earliest": DAY, "latest": DAY}
    where, when = how.get("place", {}), how.get("time", {})
    claim = Claim.model_validate({
        "type": kind,
        "place": None if where is None else place | where,
        "time": None if when is None else time | when,
    })  # fmt: skip
    return Telling(id=name, report=name, claim=claim, words=words)


def signals(one: Telling, other: Telling) -> set[str]:
    index = Index([one, other])
    return {r.signal for r in index.link(one.id, other.id).reasons}


@pytest.mark.parametrize(
    ("words", "day"),
    [("الأربعاء 27 تشرين الأول", (10, 27)), ("2 كانون الأول", (12, 2)), ("اليوم", None),
     ("يوم الجمعة", None), ("27 تشرين الأول 2021", (10, 27)), ("آب الماضي", None), ("", None)],
)  # fmt: skip
def test_a_date_without_its_year(words: str, day: tuple[int, int] | None) -> None:
    assert day_of_year(words) == day


def test_a_date_without_its_year_agrees_or_not() -> None:
    def without_year(words: str) -> Telling:
        return telling("b", time={"as_written": words, "earliest": None, "latest": None})

    assert "date_same" in signals(telling("a"), without_year("2 أيار"))
    assert "date_same" in signals(telling("a"), without_year("يوم 3 أيار"))
    assert "date_apart" in signals(telling("a"), without_year("9 أيار"))
    assert "day_unknown" in signals(telling("a"), without_year("أمس"))


def test_names_stand_side_by_side_and_are_no_words_of_the_coder() -> None:
    text = "قتل آزاد شاهين والطفل خالد طحان، وقالت الخوذ البيضاء"
    assert {"ازاد شاهين", "خالد طحان"} <= names_in(text)
    assert not any("خوذ" in pair for pair in names_in(text))
    assert names_in("آزاد، شاهين\nخالد\nطحان") == frozenset()
    assert names_in("آزاد شاهين", {"ازاد"}) == frozenset()


def test_names_tie_those_that_lack_a_day() -> None:
    one = telling("a", words="قتل آزاد شاهين")
    index = Index([one, telling("b", words="ننعى آزاد شاهين", time=None)])
    assert list(index.near("a")) and "names" in signals(one, telling("b", words="آزاد شاهين"))


def test_two_raids_of_one_day() -> None:
    morning, evening = ({"as_written": f"{part} اليوم"} for part in ("صباح", "مساء"))
    assert "part_apart" in signals(telling("a", time=morning), telling("b", time=evening))
    assert "part_apart" not in signals(telling("a", time=morning), telling("b"))
    again = telling("b", words="عاودت الطائرات القصف")
    assert "again_apart" in signals(telling("a", words="قصفت الطائرات"), again)
    assert marks_in("غارة مزدوجة") == {"again"}


def test_places_of_the_words() -> None:
    village = {"as_written": "قرية تل شعير", "radius_km": 2.0}
    wide = {"as_written": "ريف القامشلي", "radius_km": 25.0}
    far = {"as_written": "تل شعير", "lat": 36.2}
    one = telling("a", place=village)
    assert "place_site" in signals(one, telling("b", place=village))
    assert "place_wide" in signals(one, telling("b", place=wide))
    assert "place_within" in signals(one, telling("b", place=wide, words="على طريق شعير"))
    assert "place_said" in signals(one, telling("b", place=far))


def test_a_raid_is_told_by_its_arrests_or_by_its_dead() -> None:
    index = Index([telling("a", "detention"), telling("b", "armed_attack")])
    assert list(index.near("a"))
