"""How a unit becomes an event: its type by its weapon, and the slots that hang on it."""

from __future__ import annotations

import pytest

import isnad
from isnad.model import Report


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("استهدفت طائرة مسيرة سيارة في مدينة إدلب", "drone_strike"),
        ("استهدفت طائرات حربية مدينة إدلب", "air_strike"),
        ("استهدفت قوات النظام مدينة إدلب بقذائف المدفعية", "shelling"),
        ("قصفت قوات النظام مدينة إدلب", "shelling"),
        ("قصفت الطائرات الحربية مدينة إدلب", "air_strike"),
    ],
)
def test_the_weapon_decides(text: str, kind: str) -> None:
    (claim,) = isnad.code(Report(text=text))
    assert claim.type == kind


def test_a_suicide_bomber_is_the_means() -> None:
    (claim,) = isnad.code(Report(text="فجر انتحاري نفسه في مدينة بغداد"))
    assert (claim.type, claim.initiators) == ("suicide_bombing", ())


def test_the_evidence_is_the_sentence() -> None:
    report = Report(text="🔴 مرحبا بكم. قصفت قوات النظام مدينة إدلب.")
    (claim,) = isnad.code(report)
    assert "قصفت قوات النظام" in report.quote(claim.evidence[0])
