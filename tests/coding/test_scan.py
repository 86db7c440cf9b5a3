"""Which words of a sentence are triggers, and which only look like them."""

from __future__ import annotations

import pytest

from isnad.coding.coder import find_events
from isnad.coding.document import Document
from isnad.model import Report


def triggers(text: str) -> list[tuple[str, str]]:
    """Words and parts of speech of all triggers in the sentences that tell events."""
    sentences = {id(e.sentence): e.sentence for e in find_events(Document.of(Report(text=text)))}
    doc = Document.of(Report(text=text))
    return [
        (doc.normal.quote(t.start, t.end), t.pos) for s in sentences.values() for t in s.triggers
    ]


@pytest.mark.parametrize(
    ("text", "pos"),
    [
        ("قصفت قوات النظام مدينة إدلب", "past"),
        ("تقصف قوات النظام مدينة إدلب", "present"),
        ("قصف مدفعي لقوات النظام على مدينة إدلب", "noun"),
    ],
)
def test_part_of_speech(text: str, pos: str) -> None:
    assert triggers(text)[0][1] == pos


def test_triggers_stand_in_text_order() -> None:
    found = triggers("قصفت قوات النظام مدينة إدلب وقتل ثلاثة مدنيين")
    assert [w for w, _ in found][:2] == ["قصفت", "قتل"]


@pytest.mark.parametrize("text", ["", " ", "،؛.؟!", "\x00\x00", "كتاب على الطاولة"])
def test_no_trigger(text: str) -> None:
    assert triggers(text) == []
