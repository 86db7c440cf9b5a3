"""The layout on invented pages: `layout_cases/*.txt`, each line with the kind it should get.

``T|`` title, ``B|`` body, ``I|`` item, ``H|`` head, ``C|`` caption, ``D|`` dateline, ``-|`` dropped;
``{{…}}`` marks what of a glued line is kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.coding.layout import TELLING, Block, blocks
from isnad.language.arabic.normal import normalize

CASES = sorted((Path(__file__).parent / "layout_cases").glob("*.txt"))
KINDS = {"T": "title", "B": "body", "I": "item", "H": "head", "C": "caption", "D": "dateline"}


def page_of(case: str) -> tuple[str, list[tuple[str, str]]]:
    """The page's text, and kind and words of what is to be kept."""
    text, kept = [], []
    for line in case.splitlines():
        mark, _, words = line.partition("|")
        wanted = words
        if "{{" in words:
            wanted = words.split("{{")[1].split("}}")[0]
            words = words.replace("{{", "").replace("}}", "")
        text.append(words)
        if mark in KINDS:
            kept.append((KINDS[mark], wanted))
    return "\n".join(text), kept


def found_in(text: str) -> list[tuple[str, str]]:
    normal = normalize(text)
    return [(b.kind, normal.text[b.start : b.end]) for b in blocks(normal.text)]


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_page(path: Path) -> None:
    text, kept = page_of(path.read_text(encoding="utf-8"))
    expected = [(kind, normalize(words).text.strip()) for kind, words in kept]
    assert found_in(text) == expected


def test_there_are_many_pages() -> None:
    assert len(CASES) >= 40


def heads_of(text: str) -> list[tuple[str, str]]:
    """Words of each block and of the heading that governs it."""
    normal = normalize(text).text
    return [
        (normal[b.start : b.end], normal[b.head[0] : b.head[1]] if b.head else "")
        for b in blocks(normal)
        if b.kind in ("item", "body")
    ]


def test_a_heading_governs_the_lines_below_it() -> None:
    text = "ريف حلب:\n- قصف مدفعي على قرية كفرعمه\nريف حماه:\n- غاره على بلده كفرزيتا"
    assert heads_of(text) == [
        ("- قصف مدفعي علي قريه كفرعمه", "ريف حلب:"),
        ("- غاره علي بلده كفرزيتا", "ريف حماه:"),
    ]


def test_a_heading_inside_its_line_governs_until_the_next() -> None:
    text = (
        "حلب::قصفت قوات النظام قرية كفرعمة بالريف الغربي بقذائف الهاون.\n"
        "أصيب طفل بجروح في قرية مجاورة بشظايا قذيفة سقطت قرب منزله.\n"
        "حمص::قتل شاب بانفجار لغم أرضي قرب مدينة تدمر بالبادية السورية."
    )
    assert [head for _, head in heads_of(text)] == ["حلب", "حلب", "حمص"]


def test_a_speaker_before_a_colon_is_no_heading() -> None:
    text = "الدفاع المدني: مقتل طفل وإصابة والده بقصف مدفعي على قرية النيرب شرقي إدلب."
    assert [head for _, head in heads_of(text)] == [""]


def test_nothing() -> None:
    for text in ("", " \n\t\n", "🔴" * 1000, "." * 1000, "#" * 1000, "\n" * 1000):
        assert blocks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "قصفت الطائرات قريه كفرعمه\n" * 100_000,
        "\n".join(f"قصف علي القريه رقم {i}" for i in range(100_000)),
        "قصفت الطائرات قريه كفرعمه. " * 40_000,
        "قصف" * 330_000,
        "ريف حلب:\n" * 100_000,
        "اقرا ايضا\n" * 50_000 + "قصفت الطائرات قريه.",
        "@" * 300_000 + " · 12:07 pm · feb 28, 2026",
        "- (" * 100_000,
    ],
    ids=["equal", "unequal", "one line", "one word", "heads", "markers", "at", "marks"],
)
def test_hostile_pages_come_back(text: str) -> None:
    check(text, blocks(text))


def check(text: str, found: list[Block]) -> None:
    end = 0
    for block in found:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
        assert block.kind in TELLING | {"caption", "dateline"}
        if block.head is not None:
            assert 0 <= block.head[0] < block.head[1] <= len(text)
        end = block.end


PIECES = st.sampled_from(
    ["قصفت الطائرات", "بلده", "ريف حلب:", "اقرا ايضا", "التعليقات", "- ", "🔴", "\n", ". ", "…", "؟",
     "#حلب", "12:07 pm · feb 28, 2026", "@handle", "shared with public", "all reactions:", " (", ") ",
     "- رويترز", "2021/08/24", "pic.twitter.com/x", "وقال", " ", "1- ", "::", "5k views", "ص"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_blocks_are_in_order_and_apart(text: str) -> None:
    check(text, blocks(text))
