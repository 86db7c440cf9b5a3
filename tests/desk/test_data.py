"""The desk's words and small parts: names in both languages, circles, grids, bins."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.cli.desk import desk as desk_command
from isnad.desk.labels import DATA, words
from isnad.desk.model.mapping import circle
from isnad.desk.model.timeline import By, end_of, start_of
from isnad.desk.model.view import bitset, members
from isnad.desk.query import SETS, read
from isnad.desk.roles import ROLES
from isnad.desk.settings import Settings
from isnad.desk.views.reasons import grade_ar, link_ar, unclaimed_ar
from isnad.errors import KnowledgeError
from isnad.gather.copies import Reason
from isnad.geodesy import distance
from isnad.incidents import grade as grade_module
from isnad.incidents.grade import Grade
from isnad.knowledge.joining import SIGNALS
from isnad.knowledge.tables import DATA as KNOWLEDGE
from isnad.knowledge.tables import read_table
from isnad.model import (
    CLAIM_TYPES,
    DECISION_KINDS,
    FIXABLE,
    ITEMS,
    OUTCOMES,
    SOURCE_KINDS,
    STATUSES,
)
from isnad.publish.safety import Public, snapped

HITS = {r["kind"] for r in read_table(KNOWLEDGE / "coding" / "hits.csv", ("kind",))}


@pytest.mark.parametrize("enum,values", [
    ("type", CLAIM_TYPES), ("status", STATUSES), ("outcome", OUTCOMES), ("item", ITEMS),
    ("source", SOURCE_KINDS), ("kind", DECISION_KINDS), ("role", ROLES), ("hit", HITS),
    ("grade", ("confirmed", "fair", "weak", "contested", "discounted")),
    ("disputed", ("event", "author", "toll")), ("shape", ("point", "road", "area")),
    ("review", ("open", "accepted", "fixed", "unsure", "rejected")),
    ("precision", ("day", "days", "month", "long", "open")),
])  # fmt: skip
def test_every_value_has_a_name_in_both_languages_and_no_other_has(
    enum: str, values: object
) -> None:
    assert set(words().enums[enum]) == set(values)  # type: ignore[call-overload]
    for label in words().enums[enum].values():
        assert any("\u0600" <= c <= "\u06ff" for c in label.ar) and label.en.isascii()
        assert bool(label.text_ar) == bool(label.text_en)


def test_every_field_has_its_codebook_and_every_type_its_category() -> None:
    assert set(FIXABLE) <= set(words().fields)
    assert set(words().category_of) == set(CLAIM_TYPES)
    assert all(t.keys for t in words().topics.values())


@pytest.mark.parametrize("name,line", [
    ("topics.csv", "x,س,X,colour=red"), ("topics.csv", "x,س,X,type=nothing"), ("topics.csv", "x,س,X,"),
    ("categories.csv", "x,س,X,shelling"), ("categories.csv", "x,س,X,nothing"),
    ("labels.csv", "type,shelling,قصف,shelling,,"), ("labels.csv", "type,short"),
])  # fmt: skip
def test_a_fault_in_the_files_is_told_with_its_line(tmp_path: Path, name: str, line: str) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    with (tmp_path / "data" / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    count = len((DATA / name).read_text(encoding="utf-8").splitlines()) + 1
    with pytest.raises(KnowledgeError, match=f":{count}:"):
        words.__wrapped__(tmp_path / "data")


@given(st.sets(st.integers(0, 3000)))
def test_sets_of_rows_lead_there_and_back(slots: set[int]) -> None:
    assert list(members(bitset(slots, 3001))) == sorted(slots)


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(1, 300))
def test_a_circle_lies_at_its_distance(lat: float, lon: float, km: float) -> None:
    for x, y in circle(lat, lon, km)[::8]:
        assert distance(lat, lon, y, x) == pytest.approx(km, rel=0.25)


@given(st.floats(-85, 85), st.floats(-179, 179), st.floats(1, 100), st.floats(-0.4, 0.4))
def test_a_grid_hides_where_in_its_cell_a_point_lies(
    lat: float, lon: float, km: float, share: float
) -> None:
    row, column = snapped(lat, lon, km)
    assert row is not None and column is not None
    assert distance(lat, lon, row, column) <= km
    moved = row + km / 111.2 * share
    assert snapped(moved, column, km)[0] == pytest.approx(row, abs=2e-4)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)),
    st.sampled_from(["day", "week", "month", "year"]),
)
def test_bins_hold_every_day_once(day: dt.date, by: By) -> None:
    start = start_of(day.toordinal(), by)
    end = end_of(start, by)
    assert start <= day <= end
    assert start_of(end.toordinal() + 1, by) == end + dt.timedelta(days=1)


def test_a_query_is_its_address() -> None:
    given_ = [("type", "shelling"), ("type", "air_strike"), ("q", "«قصف» & x=1"), ("from", "2024-01-01"),
              ("box", "1,2,3,4"), ("disputed", "1"), ("sort", "deaths"), ("zoom", "5"), ("exact", "1")]  # fmt: skip
    asked = read(given_)
    from urllib.parse import parse_qsl

    assert read(parse_qsl(asked.address())) == asked
    assert "zoom" not in asked.address() and set(SETS) > {n for n, _ in asked.sets}


def test_every_reason_has_its_arabic_and_says_what_it_rests_on() -> None:
    reasons = words().reasons
    assert set(reasons["link"]) == set(SIGNALS) - {"bias"}
    assert set(reasons["copy"]) == set(get_args(Reason))
    rules = Path(grade_module.__file__).read_text(encoding="utf-8")
    assert all(f'"{ground}"' in rules for ground in reasons["grade"])
    for some in reasons.values():
        assert all(any("\u0600" <= c <= "\u06ff" for c in r.ar) for r in some.values())
    assert link_ar("place_near", "4 km apart, circles of 3 and 10 km") == (
        "المكانان متقاربان: بينهما 4 كم، ونصفا القطر 3 و10 كم"
    )
    assert link_ar("figure_apart", "killed 3 against 9") == "العددان متباعدان: قتلى: 3 و9"
    assert link_ar("kind_other", "shelling and air_strike") == (
        "النوعان مختلفان: قصف مدفعي أو صاروخي وغارة جوية"
    )
    assert link_ar("day_unknown", "a day is not told") == "أحد اليومين غير مذكور"
    two = grade_ar(Grade("contested", "2 of 5 tellings deny it", "denied_some", ("2", "5")))
    assert two == "بعض الروايات تنفيه (2 من 5)"
    assert unclaimed_ar("speaks of it rather than tells it: 0.31, less than 0.50 (noun -0.4)") == (
        "تتحدث عنه ولا ترويه (الوزن 0.31، والحد 0.50)"
    )
    assert unclaimed_ar("something that nobody foresaw") is None


def test_the_public_sees_the_same_on_the_desk_and_in_exports() -> None:
    given = {p.name: p.default for p in desk_command.params}
    assert (given["delay_days"], given["round_km"]) == (Public().days, Public().km)
    assert (Settings().delay_days, Settings().round_km) == (Public().days, Public().km)
