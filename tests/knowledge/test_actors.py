"""Codes of other datasets as functions of day and country; lineage; arms of a state."""

from __future__ import annotations

import pytest

from isnad.knowledge.compiled import knowledge

ACTORS = knowledge().actors


@pytest.mark.parametrize(
    ("actor", "country", "inter"),
    [
        ("syr-assad-forces", "SYR", "State forces"),
        ("syr-assad-forces", "LBN", "External/Other forces"),
        ("tur-forces", "SYR", "External/Other forces"),
        ("tur-forces", "TUR", "State forces"),
        ("rus-air-force", "SYR", "External/Other forces"),
        ("irq-forces", "IRQ", "State forces"),
        ("syr-sdf", "SYR", "Rebel group"),
        ("civilians", "SYR", "Civilians"),
        ("protesters", "IRQ", "Protesters"),
    ],
)
def test_acled_inter(actor: str, country: str, inter: str) -> None:
    assert ACTORS.acled_inter(actor, country) == inter


def test_acled_names_by_regime() -> None:
    before = ACTORS.acled_name("syr-assad-forces", "SYR", "2020-01-01")
    assert before.startswith("Military Forces of Syria")
    assert before != ACTORS.acled_name("syr-army-2024", "SYR", "2025-06-01")
    assert ACTORS.acled_name("civilians", "Syria").startswith("Civilians")


def test_lineage_by_date() -> None:
    assert ACTORS.related("syr-4th-division", "syr-assad-forces", "2020-01-01")
    assert not ACTORS.related("syr-sdf", "syr-assad-forces", "2020-01-01")
    assert "syr-sdf" in ACTORS.ancestors("syr-ypg")
    assert ACTORS.nearest("isr-air-force", {"isr-forces"}) == "isr-forces"
    assert ACTORS.nearest("isis", {"isr-forces"}) is None


@pytest.mark.parametrize(
    ("actor", "what", "day", "arm"),
    [
        ("rus-forces", "air", "2020-01-01", "rus-air-force"),
        ("syr-assad-government", "forces", "2020-01-01", "syr-assad-forces"),
        ("syr-assad-government", "air", "2020-01-01", "syr-air-force"),
        ("syr-interim-government", "forces", "2025-02-01", "syr-army-2024"),
        ("tur-forces", "gov", "2020-01-01", "tur-government"),
        ("syr-assad-forces", "gov", "2020-01-01", "syr-assad-government"),
        ("syr-army-2024", "gov", "2025-05-01", "syr-interim-government"),
        ("syr-sdf", "air", "2020-01-01", "syr-sdf"),
        ("global-coalition", "air", "2020-01-01", "global-coalition"),
    ],
)
def test_arms(actor: str, what: str, day: str, arm: str) -> None:
    assert ACTORS.arm(actor, what, day) == arm


def test_codes_are_there() -> None:
    assert ACTORS.ucdp_kind("syr-assad-forces") == "state"
    assert ACTORS.plover("tur-forces") == "MIL"
    assert len(ACTORS.names("isis")) > 5
