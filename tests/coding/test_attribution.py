"""Who tells a sentence: the table of invented sentences, and how far a source reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.coding import coder
from isnad.coding.attribution import Attribution, Voice
from isnad.coding.document import Document
from isnad.coding.scan import Sentence
from isnad.language.arabic.normal import fold
from isnad.model import Report

_TABLE = Path(__file__).with_name("attribution_table.txt")
_MISSED = 6
"""How many rows of the table may still be wrong: lower it when a rule serves more of them."""


def rows() -> list[tuple[str, list[tuple[str, str]]]]:
    out = []
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, _, chain = line.rpartition("|")
        links = [] if chain.strip() == "-" else [c.strip() for c in chain.split(" ; ")]
        out.append((text.strip(), [(c.rpartition("=")[0], c.rpartition("=")[2]) for c in links]))
    return out


def voices(text: str, monkeypatch: pytest.MonkeyPatch, publisher: str | None = None) -> list[tuple[Document, Sentence, Attribution]]:
    """The attribution of every sentence of ``text``, on the coder's own road."""
    seen: list[tuple[Document, Sentence, Attribution]] = []
    plain = Voice.attribute

    def watched(self: Voice, sentence: Sentence) -> Attribution:
        found = plain(self, sentence)
        seen.append((self.doc, sentence, found))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Voice, "attribute", watched)
        coder.read(Report(id="t", text=text, publisher=publisher))
    return seen


def chain(text: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for doc, _, found in voices(text, monkeypatch):
        out += [(doc.normal.text[r.start : r.end], r.kind) for r in found.chain]
    return out


def agree(want: list[tuple[str, str]], got: list[tuple[str, str]]) -> bool:
    """Same length, order and kinds, and each pair of phrases begins with a common word."""
    if len(want) != len(got):
        return False
    return all(
        k == kind and (fold(words) in found or found in fold(words))
        for (words, kind), (found, k) in zip(want, got, strict=True)
    )


def test_the_table_is_large_enough() -> None:
    assert len(rows()) >= 120


def test_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [
        f"{text}\n  want {want}\n  got  {got}"
        for text, want in rows()
        if not agree(want, got := chain(text, monkeypatch))
    ]
    print(f"{len(wrong)} wrong of {len(rows())}", *wrong, sep="\n")  # noqa: T201
    assert len(wrong) <= _MISSED, "\n".join(wrong)
