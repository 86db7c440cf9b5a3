"""The nouns: spans and quotes on any Unicode, frozen models, days, the contract's shape, the schema."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from isnad.model import (
    CLAIM_TYPES,
    ITEMS,
    OUTCOMES,
    SOURCE_KINDS,
    STATUSES,
    Casualty,
    Claim,
    Figure,
    Participant,
    Place,
    Reading,
    Report,
    Source,
    Time,
)

TEXT = "قُتل 5 مدنيين 💥 في حلب"
# all of Unicode but surrogates: astral letters, marks, bidi controls
ANY_TEXT = st.text(min_size=1, max_size=60)


@st.composite
def text_and_span(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    text = draw(ANY_TEXT)
    start = draw(st.integers(0, len(text)))
    return text, (start, draw(st.integers(start, len(text))))


@given(text_and_span())
def test_a_value_quotes_the_text_at_its_span(case: tuple[str, tuple[int, int]]) -> None:
    text, span = case
    report = Report(text=text)
    words = report.quote(span)
    claim = Claim(type="killing", initiators=(Participant(as_written=words, span=span),))
    reading = Reading(report=report, claims=(claim,))
    again = Reading.model_validate_json(reading.model_dump_json())
    assert again == reading
    assert again.report.text[span[0] : span[1]] == words


@given(text_and_span(), ANY_TEXT)
def test_other_words_are_refused(case: tuple[str, tuple[int, int]], other: str) -> None:
    text, span = case
    if text[span[0] : span[1]] == other:
        return
    claim = Claim(type="killing", sources=(Source(as_written=other, span=span, kind="unnamed"),))
    with pytest.raises(ValidationError, match="not what is quoted"):
        Reading(report=Report(text=text), claims=(claim,))


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 999)])
def test_spans_outside_the_text_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="lies outside"):
        Report(text=TEXT).quote(span)
    with pytest.raises(ValidationError):
        Reading(report=Report(text=TEXT), claims=(Claim(type="aid", evidence=(span,)),))


def test_everything_is_frozen() -> None:
    report = Report(text=TEXT)
    claim = Claim(type="killing")
    for thing, field in ((report, "text"), (claim, "type"), (Reading(report=report), "claims")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(thing, field, "x")


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Report(text="x", txet="y")  # type: ignore[call-arg]


@pytest.mark.parametrize("given_", ["2021-05-24", "2021-05-24T23:59:59+03:00", " 2021-05-24 10:00 ",
                                    dt.date(2021, 5, 24), dt.datetime(2021, 5, 24, 22, 0)])  # fmt: skip
def test_days(given_: object) -> None:
    assert Report(text="x", published=given_).published == dt.date(2021, 5, 24)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    ["24/05/2021", "2021-02-30", "20210524", "2021", 1621814400, "1621814400", "2021-W21-1", "", 0,
     "٢٠٢١-٠٥-٢٤", "2021-05-24x", True],
)  # fmt: skip
def test_what_is_no_day_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        Report(text="x", published=wrong)  # type: ignore[arg-type]


def test_unknown_is_none_and_zero_is_zero() -> None:
    figure = Figure(as_written="", span=(0, 0))
    assert (figure.low, figure.high) == (None, None)
    assert Figure(as_written="", span=(0, 0), low=0).low == 0
    with pytest.raises(ValidationError):
        Figure(as_written="", span=(0, 0), low=-1)


def test_the_contract_has_its_fields_and_no_others() -> None:
    claim = Claim(
        type="killing",
        initiators=(Participant(as_written="مدنيين", span=(7, 13), actor="civilians", rule="r"),),
        place=Place(as_written="حلب", span=(19, 22), lat=36.2, lon=37.1, radius_km=8),
        time=Time(as_written="", span=(0, 0), latest=dt.date(2021, 5, 24)),
        casualties=(
            Casualty(as_written="5 مدنيين", span=(5, 13), low=5, high=5, outcome="killed"),
        ),
        evidence=((0, 22),),
    )
    record = Reading(report=Report(text=TEXT, id="a"), claims=(claim,)).contract()
    assert list(record) == ["id", "text", "title", "published", "publisher", "claims"]
    (got,) = record["claims"]
    assert list(got) == [
        "type", "status", "initiators", "targets", "place", "time", "casualties", "forces",
        "materiel", "sources", "evidence",
    ]  # fmt: skip
    assert got["initiators"] == [{"actor": "civilians", "as_written": "مدنيين", "span": [7, 13]}]
    assert got["place"] == {
        "lat": 36.2, "lon": 37.1, "radius_km": 8, "as_written": "حلب", "span": [19, 22],
    }  # fmt: skip
    assert got["time"]["earliest"] is None
    assert got["time"]["latest"] == "2021-05-24"
    assert got["casualties"][0] == {
        "outcome": "killed", "low": 5, "high": 5, "who": None, "as_written": "5 مدنيين", "span": [5, 13],
    }  # fmt: skip
    json.dumps(record)


def test_values_come_with_their_slots_in_order() -> None:
    place = Place(as_written="", span=(0, 0))
    who = Participant(as_written="", span=(0, 0))
    claim = Claim(type="aid", place=place, targets=(who, who))
    assert [slot for slot, _ in claim.values()] == ["targets", "targets", "place"]


def test_the_schema_names_every_closed_list() -> None:
    schema = json.dumps(Reading.model_json_schema(), ensure_ascii=False)
    for names in (CLAIM_TYPES, STATUSES, OUTCOMES, ITEMS, SOURCE_KINDS):
        assert len(set(names)) == len(names)
        for name in names:
            assert f'"{name}"' in schema
