"""Krippendorff's alpha against published values, and what it must hold for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.evaluate.alpha import nominal


def test_the_worked_example_of_four_coders() -> None:
    """Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", C: nominal, four coders."""
    table = [
        "1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *",
        "1 2 3 3 2 4 4 1 2 5 1 *",
    ]  # fmt: skip
    rows = [[None if v == "*" else v for v in line.split()] for line in table]
    found = nominal(list(zip(*rows, strict=True)))
    assert found.alpha == pytest.approx(0.743, abs=0.0005)
    assert found.units == 11


def test_the_worked_example_of_two_coders() -> None:
    """The same, A: binary data of two coders over ten units."""
    found = nominal(list(zip("0100000000", "1110010100", strict=True)))
    assert found.alpha == pytest.approx(0.095, abs=0.0005)
    assert (found.units, found.agree) == (10, 6)


def test_it_is_not_defined_without_variation() -> None:
    assert nominal([("a", "a"), ("a", "a")]) == (None, 2, 2)
    assert nominal([("a", "b")]).alpha is None
    assert nominal([("a", None), (None, "b")]) == (None, 0, 0)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2))
def test_order_and_names_do_not_matter(units: list[tuple[str, str]]) -> None:
    found = nominal(units)
    turned = nominal([(b + "!", a + "!") for a, b in reversed(units)])
    assert (found.alpha is None) == (turned.alpha is None)
    if found.alpha is not None and turned.alpha is not None:
        assert found.alpha == pytest.approx(turned.alpha)
        assert found.alpha <= 1 + 1e-9
        assert (found.agree == found.units) == (found.alpha == pytest.approx(1))
