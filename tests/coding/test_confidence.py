"""Every value says how sure it is, and says so by signs that its table knows."""

from __future__ import annotations

import isnad
from isnad.coding.confidence import SLOTS, signs, weights, with_confidence
from isnad.model import OUTCOMES, SOURCE_KINDS, Claim, Place, Report, Source

TEXT = "قصفت طائرات حربية روسية بلدة كفرنبل أمس، ما أدى إلى مقتل ثلاثة مدنيين، بحسب الدفاع المدني."


def test_every_value_of_a_claim_has_a_confidence() -> None:
    (claim,) = isnad.code(Report(text=TEXT))
    for slot, value in claim.values():
        if slot in SLOTS:
            assert value.confidence is not None, slot
            assert 0 < value.confidence < 1


def test_every_slot_has_a_base() -> None:
    assert set(weights()) == set(SLOTS)
    assert all("base" in table for table in weights().values())


def test_kinds_and_outcomes_in_the_table_exist() -> None:
    for table in weights().values():
        for sign in table:
            kind, _, name = sign.partition("_")
            if kind == "kind":
                assert name in SOURCE_KINDS
            if kind == "outcome":
                assert name in OUTCOMES


def test_a_place_carried_forward_is_less_sure_than_one_named() -> None:
    def sure(rule: str) -> float:
        place = Place(as_written="x", span=(0, 1), lat=1.0, lon=1.0, radius_km=2.0, rule=rule)
        held = with_confidence(Claim(type="shelling", place=place)).place
        assert held is not None and held.confidence is not None
        return held.confidence

    assert sure("named; carried forward") < sure("named")


def test_signs_tell_of_company() -> None:
    source = Source(as_written="x", span=(0, 1), kind="local")
    assert "one_of_several" in set(signs("sources", source, (), 2))
    assert "one_of_several" not in set(signs("sources", source, (), 1))
