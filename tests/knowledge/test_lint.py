"""The knowledge files hold together, and the lint sees it when they do not."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from isnad.errors import KnowledgeError
from isnad.knowledge.actors import ALIAS_COLUMNS, read_actors
from isnad.knowledge.lint import lint, lint_aliases, lint_cells, main
from isnad.knowledge.tables import DATA, dated, iso_day, read_table

GOLD = Path("/work/shared/gold/actors.csv")


def test_all_tables_are_clean() -> None:
    assert lint() == []


def test_as_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out == "0 found\n"


def test_there_are_enough_actors() -> None:
    actors = list(read_actors())
    assert len(actors) >= 700
    assert {"SYR", "IRQ", "YEM", "LBN", "PSE", "ISR", "LBY", "SDN", "IRN", "TUR", "EGY", "SAU"} <= {
        a.country for a in actors
    }


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.exists(), reason="the measuring material is not here")
def test_gold_ids_are_kept() -> None:
    with GOLD.open(encoding="utf-8") as file:
        ids = {r["id"] for r in csv.DictReader(file)}
    assert ids <= {a.id for a in read_actors()}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def add(data: Path, *rows: str) -> None:
    header = ",".join(ALIAS_COLUMNS)
    text = "\n".join([header, *rows]) + "\n"
    (data / "aliases" / "zz.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (["no-such,قوات كذا,ar,,,,,,,"], "is no id"),
        (["syr-sdf,قوات كذا,ar,,2020-01-02,2020-01-01,,,,"], "ends before"),
        (["syr-sdf,لواء ما كان,ar,,,,,,,", "syr-sna,لواء ما كان,ar,,,,,,,"], "one time and place"),
        (["syr-sdf,لواء ما كان,ar,SYR,,,,,,", "syr-sna,لواء ما كان,ar,SYR,,,,,,"], "one time and"),
    ],
)
def test_bad_aliases_are_seen(data: Path, rows: list[str], what: str) -> None:
    add(data, *rows)
    assert any(what in line and "zz.csv:" in line for line in lint_aliases(data))


@pytest.mark.parametrize(
    "rows",
    [
        ["syr-sdf,لواء ما كان,ar,,,,,,,", "syr-sna,لواء ما كان,ar,,,,,,1,"],
        ["syr-sdf,لواء ما كان,ar,SYR,,,,,,", "syr-sna,لواء ما كان,ar,IRQ,,,,,,"],
        ["syr-sdf,لواء ما كان,ar,,,2020-01-01,,,,", "syr-sna,لواء ما كان,ar,,2020-01-02,,,,,"],
        ["syr-sdf,لواء ما كان,ar,,,,,,,", "syr-ypg,لواء ما كان,ar,,,,,,,"],
    ],
)
def test_a_rule_decides(data: Path, rows: list[str]) -> None:
    add(data, *rows)
    assert not [line for line in lint_aliases(data) if "zz.csv" in line]


@pytest.mark.parametrize("word", ["قـوات", "ﻗﻮﺍﺕ", "قوات\u200f", "قوات  كذا"])
def test_bad_characters_are_seen(data: Path, word: str) -> None:
    add(data, f"syr-sdf,{word},ar,,,,,,,")
    assert [line for line in lint_cells(data) if "zz.csv:2" in line]


def test_refusals_name_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n1\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        list(read_table(path, ("a", "b")))
    assert caught.value.code == "E303"
    assert str(caught.value.where).endswith("t.csv:3")
    with pytest.raises(KnowledgeError, match="c") as caught:
        list(read_table(path, ("a", "c")))
    assert caught.value.code == "E302"
    with pytest.raises(KnowledgeError) as caught:
        list(read_table(tmp_path / "none.csv", ()))
    assert caught.value.code == "E301"
    with pytest.raises(KnowledgeError) as caught:
        iso_day("2020-13-01", "x:1")
    assert caught.value.code == "E304"


def test_dated_cells() -> None:
    one, two = dated("a@2014-01-01..2017-12-30;b@2017-12-31..", "x")
    assert (one.value, one.end, two.value, two.start, two.end) == (
        "a", "2017-12-30", "b", "2017-12-31", "",
    )  # fmt: skip
    assert one.holds("2016-01-01") and not one.holds("2018-01-01") and one.holds("")
    assert dated("", "x") == ()
    with pytest.raises(KnowledgeError):
        dated("a@2014", "x")
