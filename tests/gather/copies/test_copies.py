"""Copies among invented reports that are hard to tell apart, and the small cases."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.gather.copies import Copies, copies, shingles
from tests.gather.copies.invented import invented

TEXT = "قتل خمسة مدنيين بقصف على سوق في مدينة حلب صباح الأحد، وقال الدفاع المدني إن بين القتلى طفلين من عائلة واحدة."


def test_copies_of_every_kind_are_found_and_nothing_else() -> None:
    """On a seed that the thresholds were not chosen on (docs/copies.md)."""
    made = list(invented(seed=11))
    assert len(made) >= 2000
    telling = {m.id: m.telling for m in made}
    found = list(copies((m.id, m.text) for m in made))
    right = [c for c in found if telling[c.first] == telling[c.id]]
    assert len(right) / len(found) >= 0.99
    kinds = Counter(m.how for m in made)
    how = {m.id: m.how for m in made}
    hits = Counter(how[c.id] for c in right)
    for kind in ("reprint", "edit 5%", "truncation", "new lead"):
        assert hits[kind] / kinds[kind] >= 0.98, kind
    assert hits["edit 20%"] / kinds["edit 20%"] >= 0.85
    assert all(c.first == telling[c.id] for c in right)  # first seen first


def test_a_copy_of_a_copy_leads_to_the_first() -> None:
    seen = Copies()
    assert seen.add("a", TEXT) is None
    two = seen.add("b", TEXT + " وأضاف المصدر أن القصف مستمر.")
    three = seen.add("c", TEXT + " وأضاف المصدر أن القصف مستمر منذ ساعات.")
    assert two is not None and (two.copies, two.first) == ("a", "a")
    assert three is not None and (three.copies, three.first) == ("b", "a")


def test_spelling_marks_and_layout_do_not_matter() -> None:
    seen = Copies()
    seen.add("a", TEXT)
    again = seen.add("b", TEXT.replace("أ", "ا").replace(" ", "\n").replace("قتل", "قُتِلَ"))
    assert again is not None and (again.score, again.reason) == (1.0, "same text")


def test_a_stock_sentence_is_no_copy() -> None:
    seen = Copies()
    seen.add("a", TEXT)
    assert seen.add("b", "وقال الدفاع المدني إن بين القتلى طفلين") is None


def test_texts_without_words_are_nobodys_copies() -> None:
    seen = Copies()
    assert [seen.add(str(n), t) for n, t in enumerate(("", "…", "…", "\ud800"))] == [None] * 4


def test_an_id_is_added_once() -> None:
    seen = Copies()
    seen.add("a", TEXT)
    with pytest.raises(ValueError, match="'a'"):
        seen.add("a", TEXT)


@given(st.lists(st.text(max_size=200), max_size=12))
def test_any_text_is_taken_and_the_same_again_is_a_copy(texts: list[str]) -> None:
    seen = Copies()
    for number, text in enumerate(texts):
        seen.add(str(number), text)
    for number, text in enumerate(texts):
        again = seen.add(f"again {number}", text)
        assert (again is not None) == bool(shingles(text))
