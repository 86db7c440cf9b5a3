"""The tables: all of the project's own hold together, and what does not is refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from isnad.errors import KnowledgeError
from isnad.knowledge.actors import INTERS
from isnad.knowledge.compiled import knowledge
from isnad.knowledge.lint import lint_cells
from isnad.publish.tables import DATA, main, read, tables


def test_the_tables_hold_together() -> None:
    assert main() == 0
    assert list(lint_cells(DATA)) == []
    t = tables()
    assert len(t.hierarchy) == 25
    assert len({e for e, _ in t.hierarchy}) == 6
    assert t.inter == {name: n for n, name in enumerate(INTERS, 1)}
    assert len({e for e, _ in t.events}) == 16


def test_every_pair_of_classes_has_an_interaction_that_names_both() -> None:
    t = tables()
    for a in INTERS:
        assert t.interactions[frozenset({a, ""})] == (t.inter[a] * 10, f"{a} only")
        for b in INTERS:
            code, words = t.interactions[frozenset({a, b})]
            assert a in words and b in words
            assert set(str(code)) == {str(t.inter[a]), str(t.inter[b])}
    assert t.interactions[frozenset({"Civilians", "External/Other forces"})] == (
        78, "External/Other forces-Civilians",
    )  # fmt: skip


def test_every_home_of_an_actor_is_a_country() -> None:
    homes = {a.country for a in knowledge().actors if a.country}
    assert homes <= set(tables().countries)
    assert tables().countries["SYR"].ucdp_region == "Middle East"
    assert tables().countries["LBY"].ucdp_region == "Africa"


@pytest.mark.parametrize(("file", "old", "new", "code"), [
    ("acled_types.csv", "Battles,Armed clash", "Battles,Armed crash", "E305"),
    ("acled_types.csv", "aid,,,,,aid is no event there", "aid,,,,,", "E305"),
    ("acled_types.csv", "accident,", "accidents,", "E305"),
    ("acled_types.csv", "ambush,,civilians", "ambush,,nobody", "E305"),
    ("plover_types.csv", "RETREAT,release", "RETREAT,freed", "E305"),
    ("acled_inter.csv", "1,State forces", "one,State forces", "E305"),
    ("countries.csv", "iso_numeric", "numeric", "E302"),
])  # fmt: skip
def test_what_does_not_hold_is_refused(
    tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read(tmp_path / "data")
    assert error.value.code == code
