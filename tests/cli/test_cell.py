"""Cells of either direction: wrapped first, isolated line by line, never out of bounds."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from isnad.cli.cell import FSI, PDI, Cell, Run, isolate, plain, shorten

ARABIC = st.text(alphabet="ابتثجح خدذ\u064b", max_size=40)


def lines(cell: Cell, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    console.print(cell)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue().splitlines()


@given(st.lists(ARABIC, min_size=1, max_size=4), st.integers(3, 60))
def test_each_line_is_isolated_by_itself_and_fits(words: list[str], width: int) -> None:
    cell = Cell([[Run("syr-assad-forces", "bold"), *(Run(w, quoted=True) for w in words)]])
    for line in lines(cell, width):
        assert cell_len(line) <= width
        depth = 0
        for c in line:
            depth += (c == FSI) - (c == PDI)
            assert depth in (0, 1)
        assert depth == 0


@given(st.lists(ARABIC, min_size=1, max_size=3), st.integers(3, 60))
def test_no_word_is_lost(words: list[str], width: int) -> None:
    got = "".join(lines(Cell([[Run(w, quoted=True) for w in words]]), width))
    bare = "".join(c for c in got if c not in f"{FSI}{PDI} ")
    assert bare == "".join(words).replace(" ", "")


def test_ids_are_cut_after_hyphens() -> None:
    assert lines(Cell([[Run("syr-republican-guard")]]), 16) == ["syr-republican-", "  guard"]


@pytest.mark.parametrize(
    ("words", "want"),
    [("a\x1b[31mb", "a[31mb"), ("\u202eقصف\u2069", "قصف"), ("a\n\t b", "a b"), ("\ud800x", "x"),
     ("\ufeffx\u200f", "x")],
)  # fmt: skip
def test_nothing_reaches_the_terminal_that_steers_it(words: str, want: str) -> None:
    assert plain(words) == want
    assert isolate(words) == f"{FSI}{want}{PDI}"


def test_shorten() -> None:
    assert shorten("قصف حلب", 20) == "قصف حلب"
    assert shorten("قصف مدينة حلب، وإدلب", 16) == "قصف مدينة حلب…"
    assert shorten("ا" * 50, 10) == "ا" * 9 + "…"
