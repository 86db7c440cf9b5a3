"""Who acts and who is acted upon, by position and preposition."""

from __future__ import annotations

import pytest

import isnad
from isnad.model import Report


@pytest.mark.parametrize(
    ("text", "initiators", "targets"),
    [
        ("هاجم تنظيم داعش القوات العراقية في كركوك", ["isis"], ["irq-forces"]),
        ("هاجمت القوات العراقية تنظيم داعش في كركوك", ["irq-forces"], ["isis"]),
        ("اعتقلت قوات النظام ثلاثة مدنيين في حمص", ["syr-assad-forces"], ["civilians"]),
        ("قتل مدني على يد قوات النظام في حمص", ["syr-assad-forces"], ["civilians"]),
        ("قصف تركي على مدينة منبج", ["tur-forces"], []),
    ],
)
def test_roles(text: str, initiators: list[str], targets: list[str]) -> None:
    claim = isnad.code(Report(text=text))[0]
    assert [p.listed for p in claim.initiators] == initiators
    assert [p.listed for p in claim.targets] == targets


def test_both_sides_of_a_clash_begin_it() -> None:
    (claim,) = isnad.code(Report(text="اشتباكات بين الجيش السوداني وقوات الدعم السريع في الخرطوم"))
    assert {p.listed for p in claim.initiators} == {"sdn-saf", "sdn-rsf"}
    assert claim.targets == ()
