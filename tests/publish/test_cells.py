"""Cells that a spreadsheet cannot mistake, and get the text back."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.publish.cells import LONGEST, fit, original, runs, safe, write_rows, xml_text


@pytest.mark.parametrize("cell", [
    "=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", " =1", "\t=1", "\r=1", "\u200f=1", "\u202e=1",
    "\ufeff=1", "\u00a0=1", "＝1+1", "＋x", "－x", "＠x", "﹦1", "﹢x", "\u2066\u200b＝x", "\n=1", "|x", "%x",
])  # fmt: skip
def test_what_might_run_is_defused(cell: str) -> None:
    assert runs(cell)
    assert safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["قصف", "", "-5", "+963", "-3.5e10", "a=1", "5-3", "\u200fقصف"])
def test_words_and_numbers_stay(cell: str) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize("cell", [None, -3.5, 0, -2, 36.1])
def test_values_that_are_no_text_stay(cell: object) -> None:
    assert safe(cell) is cell


@given(st.text())
def test_the_text_comes_back(text: str) -> None:
    assert original(safe(text)) == text
    assert safe(text) == text or not runs(safe(text))


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=2
        )
    )
)
def test_rows_come_back_from_a_csv(rows: list[list[str]]) -> None:
    out = BytesIO()
    assert write_rows(out, [["a", "b"]], rows, excel=False) == len(rows)
    text = out.getvalue().decode("utf-8")
    assert text.endswith("\r\n")
    back = list(csv.reader(StringIO(text, newline="")))
    assert [[original(c) for c in row] for row in back[1:]] == rows


def test_excel_gets_its_mark_and_no_cell_it_would_break() -> None:
    out = BytesIO()
    write_rows(out, [["a"]], [["😀" * LONGEST]], excel=True)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    (cell,) = list(csv.reader(StringIO(out.getvalue().decode("utf-8-sig"))))[1]
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    assert cell.endswith("[…]")


@given(st.text(st.characters(), max_size=30))
def test_a_cut_cell_is_a_beginning(text: str) -> None:
    cut = fit(text, 20)
    assert cut == text or (cut.endswith(" […]") and text.startswith(cut[:-4]))


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert xml_text("a\x00b\x1b\ud800\ufffe") == "a\ufffdb\ufffd\ufffd\ufffd"
