"""PLOVER: categories, modes, quads and scores; one line an event."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from isnad.incidents.merge import incident_of
from isnad.publish.tables import tables

from .conftest import killed, lines, one, party, tellings, written

SIDES = {"initiators": (party("isis", "داعش"),), "targets": (party("syr-sdf", "قسد"),)}


def event(**fields: Any) -> dict[str, Any]:
    data, losses, count = written("plover", [one(**{**SIDES, **fields})])
    assert count == 1, list(losses)
    (found,) = lines(data)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("fields", "category", "mode", "quad", "score"), [
    ({"type": "drone_strike"}, "ASSAULT", "drone", 4, -9.5),
    ({"type": "armed_attack", "status": "planned"}, "THREATEN", "violence", 3, -3.5),
    ({"type": "withdrawal", "status": "planned"}, "CONCEDE", "", 1, None),
    ({"type": "release"}, "RETREAT", "release", 2, None),
    ({"type": "deployment"}, "MOBILIZE", "militia", 4, -6),
    ({"type": "deployment", "initiators": (party("syr-assad-forces"),)}, "MOBILIZE", "troops", 4, -6.5),
    ({"type": "detention"}, "ASSAULT", "abduct", 4, -8.5),
    ({"type": "detention", "initiators": (party("syr-assad-forces"),), "targets": (party("civilians"),)},
     "COERCE", "arrest", 4, -7),
    ({"type": "aid"}, "AID", "", 2, None),
])  # fmt: skip
def test_categories(
    fields: dict[str, Any], category: str, mode: str, quad: int, score: float | None
) -> None:
    e = event(**fields)
    assert (e["event"], e["mode"], e["quad_code"]) == ([category], [mode] if mode else [], quad)
    assert e.get("event_scale") == score


def test_actors_are_lists_with_words_and_sectors() -> None:
    e = event(initiators=(party("isis", "داعش"), party("syr-assad-forces")))
    assert [(a["code"], a["sector"], a["identifier_text"]) for a in e["actor"]] == [
        ("", "REB", "isis"), ("SYR", "MIL", "syr-assad-forces"),
    ]  # fmt: skip
    assert e["recipient"][0]["entity_text"] == "قسد"


def test_place_and_sizes() -> None:
    e = event(casualties=(killed(4),))
    assert e["size"] == {"dead": 4}
    assert (e["event_loc"]["country_code"], e["event_loc"]["resolution"]) == ("SYR", 4)


@pytest.mark.parametrize("fields", [
    {"type": "accident"}, {"type": "displacement"}, {"status": "denied"}, {"status": "foiled"},
    {"type": "protest", "status": "planned"}, {"time": None, "published": None},
])  # fmt: skip
def test_what_has_no_category_is_left_out(fields: dict[str, Any]) -> None:
    _, losses, count = written("plover", [one(**{**SIDES, **fields})])
    assert (count, losses.count("left out")) == (0, 1)


@settings(max_examples=25, deadline=None)
@given(tellings())
def test_lines_and_what_is_left_out_are_all(several: Any) -> None:
    incidents = [incident_of([t]) for t in several]
    data, losses, count = written("plover", incidents)
    found = lines(data)
    assert len(found) == count == len(incidents) - losses.count("left out")
    for e in found:
        assert {"id", "date", "actor", "event"} <= set(e)
        assert (e["event"][0], (e["mode"] or [""])[0]) in tables().events
        assert e["actor"]
