"""Decisions hold together; identifiers are stable."""

from __future__ import annotations

import pytest

from isnad.model import Claim, Decision, Report, Value, claim_id, claim_ids, report_id

TEXT = "قصف الجيش البلدة"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "accept"},
        {"kind": "same", "claims": ("c1",)},
        {"kind": "same", "claims": ("c1", "c1")},
        {"kind": "accept", "claims": ("c1", "c2")},
        {"kind": "fix", "claims": ("c1",)},
        {"kind": "fix", "claims": ("c1",), "slot": "evidence"},
        {"kind": "accept", "claims": ("c1",), "slot": "place"},
        {"kind": "undo"},
        {"kind": "undo", "claims": ("c1",), "undoes": "d1"},
        {"kind": "accept", "claims": ("c1",), "undoes": "d1"},
    ],
)
def test_decisions_that_do_not_hold_together(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Decision.model_validate({"by": "me", **fields})


def test_a_report_keeps_its_id_when_its_text_changes() -> None:
    first, second = (Report(text=t, url="https://a.example/1") for t in ("a", "b"))
    assert report_id(first) == report_id(second)
    assert report_id(Report(text="a", id="1", publisher="x")) != report_id(
        Report(text="a", id="1", publisher="y")
    )
    assert report_id(Report(text="a")) != report_id(Report(text="b"))


def test_a_claim_keeps_its_id_when_other_slots_change_and_loses_it_with_the_text() -> None:
    trigger = Value(as_written="قصف", span=(0, 3))
    report, claim = Report(text=TEXT, id="1"), Claim(type="shelling", trigger=trigger)
    one = claim_id(report, claim)
    assert one == claim_id(report, claim.model_copy(update={"status": "denied"}))
    assert one != claim_id(report.model_copy(update={"text": TEXT + "."}), claim)
    assert one != claim_id(report, claim.model_copy(update={"type": "air_strike"}))
    assert claim_ids(report, [claim, claim, claim]) == (one, f"{one}-2", f"{one}-3")
