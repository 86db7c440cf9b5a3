"""What anybody may see: coarse, late, and without a name."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from isnad.geodesy import distance
from isnad.incidents.merge import incident_of
from isnad.model import Hit, Incident, Source
from isnad.publish import Losses, Public, public
from isnad.publish.safety import snapped
from isnad.publish.where import where

from .conftest import DAY, FORMS, killed, on, one, party, place, tellings, told, value, written

NAME = "سعاد المتخيلة"
LATER = dt.date(2022, 6, 1)


def shown(incident: Incident, km: float = 25, days: int = 14) -> tuple[Incident | None, Losses]:
    losses = Losses()
    return public(incident, Public(km, days), LATER, losses), losses


def test_no_name_of_a_person_in_any_form() -> None:
    incident = one(
        told(
            initiators=(party(None, NAME),), targets=(party("civilians", f"المدنية {NAME}"),),
            casualties=(killed(1, who="civilians").model_copy(update={"as_written": NAME}),),
            place=place(f"منزل {NAME}"), time=on().model_copy(update={"as_written": f"يوم {NAME}"}),
            sources=tuple(Source(**value(f"{kind} {NAME}", kind=kind)) for kind in
                          ("eyewitness", "official", "medical", "local", "unnamed", "correspondent")),
            hit=(Hit(**value(f"بيت {NAME}", kind="home")),), words=f"قتلت {NAME}",
        )
    )  # fmt: skip
    found, losses = shown(incident)
    assert found is not None
    for name in FORMS:
        assert NAME.encode() not in written(name, [found])[0]
        assert "سعاد" not in json.dumps(found.model_dump(mode="json"), ensure_ascii=False)
    assert {x.field for x in losses if x.kind == "dropped"} == {"words", "parties", "sources"}


def test_bodies_keep_their_names() -> None:
    sources = (
        Source(**value("صحيفة متخيلة", kind="outlet")),
        Source(**value("المرصد السوري لحقوق الإنسان", kind="monitor")),
    )
    found, _ = shown(one(sources=sources, initiators=(party("isis", "داعش"),)))
    assert found is not None
    claim = found.tellings[0].claim
    assert [s.as_written for s in claim.sources] == [s.as_written for s in sources]
    assert [(p.actor, p.as_written) for p in claim.initiators] == [("isis", "")]
    assert found.initiators == ("isis",)


def test_places_are_coarse_in_point_and_name() -> None:
    found, losses = shown(one())
    assert found is not None and found.place is not None
    p = found.place
    assert p.lat is not None and p.lon is not None and p.radius_km is not None
    assert (p.lat, p.lon) != (34.887, 38.872)
    assert distance(p.lat, p.lon, 34.887, 38.872) <= p.radius_km
    at = where(p)
    assert at is not None
    assert "Sukhna" not in at.name
    assert (at.country_name, at.admin1) == ("Syria", "Homs")
    assert "25 km" in next(x.says for x in losses if x.field == "place")
    assert "السخنة" not in json.dumps(found.model_dump(mode="json"), ensure_ascii=False)
    wide, _ = shown(one(place=place(anchors=("syr-syrian-desert",), radius_km=120.0)))
    assert wide is not None and wide.place is not None
    assert wide.place.radius_km == 120.0


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.5, 300))
def test_the_grid(lat: float, lon: float, km: float) -> None:
    a, b = snapped(lat, lon, km)
    assert -90 <= a <= 90 and -180 <= b <= 180
    assert snapped(a, b, km) == snapped(lat, lon, km) or abs(a) > 85 or abs(b) > 175
    if abs(lat) < 85 and abs(lon) < 175:
        assert distance(lat, lon, a, b) <= km * 0.75


def test_recent_days_are_held_back() -> None:
    for time, out in (
        (on(LATER - dt.timedelta(days=14)), False), (on(LATER - dt.timedelta(days=13)), True),
        (on(DAY, LATER), True), (on(LATER + dt.timedelta(days=3)), True),
    ):  # fmt: skip
        found, losses = shown(one(time=time))
        assert (found is None) is out
        assert losses.count("left out") == out
    assert shown(one(time=None, published=None))[0] is None
    assert shown(one(time=None, published=DAY))[0] is not None
    assert shown(one(time=on(LATER)), days=0)[0] is not None


@settings(max_examples=25, deadline=None)
@given(tellings())
def test_whatever_is_shown_is_coarse_late_and_without_words(several: Any) -> None:
    for t in several:
        found, _ = shown(incident_of([t]))
        if found is None:
            continue
        last = found.time.latest if found.time else None
        last = last or max(x.published for x in found.tellings if x.published)
        assert last <= LATER - dt.timedelta(days=14)
        for claim in (x.claim for x in found.tellings):
            assert not claim.evidence and claim.trigger is None
            for slot, v in claim.values():
                assert slot == "sources" or v.as_written == ""
            if claim.place and claim.place.lat is not None:
                assert (claim.place.radius_km or 0) >= 17
