"""The lists of words that rules ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import isnad
from isnad.errors import KnowledgeError
from isnad.knowledge.word_lists import read_word_lists, word_list

_CODE = Path(isnad.__file__).parent


def test_every_list_is_asked_for_and_every_list_asked_for_is_there() -> None:
    asked = {
        name
        for path in _CODE.rglob("*.py")
        for name in re.findall(r'word_list\("(\w+)"\)', path.read_text("utf-8"))
    }
    assert asked == set(read_word_lists())


def test_words_come_in_normal_form() -> None:
    assert "توكد" in word_list("announced")
    assert "إلى" not in word_list("locatives") and "الي" in word_list("locatives")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("that,أن|إن,note", "stands twice"),
        ("that,أن||بأن,note", "empty"),
        ("that,أن,", "what the list is for"),
        ("that,أن,note\nthat,بأن,note", "stands twice"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "coding").mkdir()
    (tmp_path / "coding" / "word_lists.csv").write_text(f"list,words,note\n{line}\n", "utf-8")
    with pytest.raises(KnowledgeError, match=fault) as raised:
        read_word_lists(tmp_path)
    assert raised.value.code == "E305"
