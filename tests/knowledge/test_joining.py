"""The tables that join claims hold together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from isnad.errors import KnowledgeError
from isnad.knowledge.joining import SIGNALS, joining, read_joining
from isnad.knowledge.lint import lint_joining
from isnad.knowledge.tables import DATA
from isnad.model import CLAIM_TYPES


def test_every_type_and_signal_has_its_row() -> None:
    tables = joining()
    assert set(tables.kinds) == set(CLAIM_TYPES)
    assert set(tables.weights) == set(SIGNALS)
    assert tables.weights["bias"] < 0 and tables.weights["missing"] < 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("weights.csv", "bias,-4.5", "bias,much"),
        ("weights.csv", "bias,", "bais,"),
        ("kinds.csv", "aid,aid,aid,", ""),
        ("confused.csv", "strike,strike", "strike,stroke"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, file: str, old: str, new: str) -> None:
    shutil.copytree(DATA / "incidents", tmp_path / "incidents")
    path = tmp_path / "incidents" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_joining(tmp_path)
    assert caught.value.code == "E305"
    with pytest.raises(KnowledgeError):
        list(lint_joining(tmp_path))
