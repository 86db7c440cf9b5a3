"""Weapons by item class, number and model (GUIDELINES rule 9)."""

from __future__ import annotations

import pytest

from isnad.coding.document import Document
from isnad.coding.weapons import find_weapons
from isnad.knowledge.compiled import knowledge
from isnad.model import ITEMS, Report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دمر دبابة بصاروخ موجه", [("دبابة", "tank", 1, 1), ("صاروخ موجه", "missile", 1, 1)]),
        ("أطلق سبعة صواريخ غراد", [("سبعة صواريخ غراد", "rocket", 7, 7)]),
        ("أصاب آليتين عسكريتين", [("آليتين عسكريتين", "vehicle", 2, 2)]),
        ("سقطت عشرات قذائف الهاون", [("عشرات قذائف الهاون", "mortar", 20, 99)]),
        ("قصف بقذائف هاون", [("قذائف هاون", "mortar", 2, None)]),
        ("أكثر من 40 صاروخاً سقطت", [("أكثر من 40 صاروخاً", "rocket", 40, None)]),
        ("أطلق صاروخين باليستيين", [("صاروخين باليستيين", "missile", 2, 2)]),
        ("قصفت الطائرات الحربية القرية بأربعة صواريخ",
         [("الطائرات الحربية", "aircraft", 2, None), ("أربعة صواريخ", "missile", 4, 4)]),
        ("ضبط بنادق كلاشينكوف وذخائر",
         [("بنادق كلاشينكوف", "small_arms", 2, None), ("ذخائر", "ammunition", None, None)]),
        ("انفجرت عبوة ناسفة بسيارة", [("عبوة ناسفة", "explosive_device", 1, 1)]),
        ("فكك لغماً أرضياً", [("لغماً", "mine", 1, 1)]),
        ("نزع 60 لغماً", [("60 لغماً", "mine", 60, 60)]),
        ("أسقط مسيّرة من طراز «شاهد 136»",
         [("مسيّرة من طراز «شاهد 136»", "drone", 1, 1)]),
        ("خرجت مسيرة حاشدة في المدينة", []),
        ("قال شاهد عيان إن القصف توقف", []),
        ("دمر 3 دبابات من طراز تي-72", [("3 دبابات من طراز تي-72", "tank", 3, 3)]),
        ("وصلت مدرعات ومدفعية", [("مدرعات", "armoured_vehicle", 2, None),
                                 ("مدفعية", "artillery", None, None)]),
        ("ألقت مروحية برميلاً متفجراً", [("مروحية", "helicopter", 1, 1)]),
    ],
)  # fmt: skip
def test_weapons(text: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    doc = Document.of(Report(text=text))
    found = [
        (doc.report.quote(doc.span(w.start, w.end)), w.item, w.low, w.high)
        for w in find_weapons(doc)
    ]
    assert found[: len(expected)] == expected
    if not expected:
        assert found == []


@pytest.mark.parametrize(
    ("text", "model"),
    [("صاروخ كورنيت", "كورنيت"), ("مسيرة بيرقدار", "بيرقدار"), ("دبابة تي-72", "تي-72"),
     ("بندقية إم 16", "ام 16")],
)  # fmt: skip
def test_models(text: str, model: str) -> None:
    (found,) = find_weapons(Document.of(Report(text=text)))[:1]
    assert found.model == model or model in found.why.replace("إ", "ا")


def test_the_table() -> None:
    weapons = knowledge().weapons
    assert len(weapons) >= 300
    assert {w.item for w in weapons} == set(ITEMS)
