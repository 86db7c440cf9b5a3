"""Every word of the lexicon is found in a text: an automaton that misses a word is no use."""

from __future__ import annotations

import pytest

from isnad.knowledge.compiled import knowledge
from isnad.knowledge.words import defined, nisba, suffixed, with_accusative
from isnad.language.arabic.normal import fold

K = knowledge()


def found(word: str, kind: str) -> bool:
    form = fold(word)
    return any(
        h.start == 0 and h.end == len(form) and any(e.kind == kind for e in K.entries(h.pattern))
        for h in K.lexicon.find(form)
    )


def test_every_alias_is_found_and_means_its_actor() -> None:
    missed = []
    for row, alias in enumerate(K.actors.aliases):
        if alias.lang == "adj":
            continue
        form = fold(alias.text)
        rows = {e.row for h in K.lexicon.find(form) if h.end - h.start == len(form)
                for e in K.entries(h.pattern) if e.kind == "a"}  # fmt: skip
        if row not in rows:
            missed.append(alias.text)
    assert not missed


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("h", [f for h in K.heads for f in h.forms]),
        ("r", [f for r in K.ranks for f in r.forms]),
        ("w", [f for w in K.weapons for f in (*w.singular, *w.dual, *w.plural)]),
        ("s", [f for s in K.states for f in s.names]),
    ],
)
def test_every_word_is_found(kind: str, words: list[str]) -> None:
    assert [w for w in words if not found(w, kind)] == []


def test_forms() -> None:
    assert {"تركي", "تركيه", "تركيين"} <= set(nisba("تركي"))
    assert "تركيا" not in nisba("تركي")
    assert with_accusative("مدني") == ["مدني", "مدنيا"]
    assert with_accusative("دوريه") == ["دوريه"]
    assert defined("طايره حربيه") == "الطايره الحربيه"
    assert ("قواتنا", "نا") in list(suffixed("قوات"))
    assert ("ميليشياتها", "ها") in list(suffixed("ميليشيات"))
