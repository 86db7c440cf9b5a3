"""The word tables of the coder: linted, and every word found in a sentence under its own entry."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter

import pytest

from isnad.knowledge.tables import DATA
from isnad.knowledge.vocabulary import Vocabulary, vocabulary
from isnad.language.arabic.normal import fold

FOLDER = DATA / "coding"
WORD_COLUMNS = ("perfect", "imperfect", "masdar", "noun")
ROLES = {"event", "generic", "outcome", "outcome_noun", "light", "raid", "sum", "instrument"}
VOICES = {"active", "passive", "undergo", "two_sided"}
NEEDS = {"party", "figure", "materiel", "place", "number", "people"}
STATUSES = {
    "planned", "foiled", "attempt", "denied", "negated", "ongoing", "ongoing_weak", "ongoing_around",
    "purpose", "comment", "drill", "metaphor", "habit", "prompted",
    "another",
    "overflight",
}  # fmt: skip
SCOPES = {"before", "after", "any", "sentence", "far", "next", "touching", "verb"}
TYPES = {
    "armed_clash",
    "armed_attack",
    "ambush",
    "shelling",
    "air_strike",
    "drone_strike",
    "explosive_device",
    "vehicle_bomb",
    "suicide_bombing",
    "chemical_attack",
    "assassination",
    "execution",
    "killing",
    "sexual_violence",
    "torture",
    "abduction",
    "detention",
    "disappearance",
    "territory_gained",
    "withdrawal",
    "siege",
    "deployment",
    "operation",
    "losses",
    "weapons_neutralised",
    "property_destruction",
    "agreement",
    "negotiation",
    "release",
    "protest",
    "riot",
    "displacement",
    "aid",
    "accident",
}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _cells(cell: str) -> list[str]:
    return [w for w in cell.split("|") if w]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary()


@pytest.mark.parametrize(
    "name", ["triggers", "cues", "links", "hits", "statics", "prepositions", "topics", "evidence"]
)
def test_clean_writing(name: str) -> None:
    for row in _rows(name):
        assert None not in row, row
        for cell in row.values():
            assert cell == unicodedata.normalize("NFKC", cell), cell
            assert cell == cell.strip(), cell
            assert "ـ" not in cell, cell
            assert not any(unicodedata.category(c) == "Cf" for c in cell), cell


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("cues", ("words", "status", "scope", "inflect")),
        ("links", ("words", "kind", "inflect")),
        ("hits", ("words", "kind")),
        ("statics", ("words",)),
        ("topics", ("words",)),
        ("evidence", ("feature",)),
        ("prepositions", ("words", "key")),
        ("triggers", ("id",)),
    ],
)
def test_no_row_twice(name: str, key: tuple[str, ...]) -> None:
    counted = Counter(tuple(fold(row[k]) for k in key) for row in _rows(name))
    assert [k for k, n in counted.items() if n > 1] == []


def test_no_word_twice_in_a_cell() -> None:
    for row in _rows("triggers"):
        for column in (*WORD_COLUMNS, "with", "except"):
            counted = Counter(fold(w) for w in _cells(row[column]))
            assert [w for w, n in counted.items() if n > 1] == [], (row["id"], column)


def test_known_values(words: Vocabulary) -> None:
    for row in _rows("triggers"):
        assert row["role"] in ROLES, row["id"]
        assert row["voice"] in VOICES, row["id"]
        assert row["frame"] in words.frames, row["id"]
        assert set(row["needs"].split()) <= NEEDS, row["id"]
        if row["role"] != "light" and not row["type"].startswith("@"):
            assert row["type"] in TYPES, row["id"]
        target = row["turns"].partition(":")[0]
        assert not target or target in words.triggers, row["id"]
    for row in _rows("cues"):
        assert row["status"] in STATUSES, row
        assert row["scope"] in SCOPES, row
        assert row["inflect"] in ("", "perfect", "imperfect"), row


def test_every_type_has_a_word(words: Vocabulary) -> None:
    told = {t.type for t in words.triggers.values()}
    assert told >= TYPES


def test_each_word_is_found_under_its_own_entry(words: Vocabulary) -> None:
    missed = []
    for row in _rows("triggers"):
        barred = {fold(w) for w in _cells(row["except"])}
        for column in WORD_COLUMNS:
            for word in _cells(row[column]):
                if fold(word) in barred:
                    continue
                company = _cells(row["with"])
                sentence = fold(f"قالوا {word} هناك {company[0] if company else ''}")
                if row["id"] not in _keys(words, sentence, "trigger"):
                    missed.append((row["id"], word))
    assert missed == []


@pytest.mark.parametrize(
    ("name", "table", "key"),
    [
        ("cues", "cue", "status"), ("links", "link", "kind"), ("hits", "hit", "kind"),
        ("prepositions", "preposition", "key"),
    ],
)  # fmt: skip
def test_each_mark_is_found(words: Vocabulary, name: str, table: str, key: str) -> None:
    for row in _rows(name):
        written = row["words"]
        if written.endswith((" ل", " ب")):
            written = written[:-2]
        found = _keys(words, fold(f"هناك {written} هناك"), table)
        assert (fold(row[key]) if table == "preposition" else row[key]) in found, row


def _keys(words: Vocabulary, sentence: str, table: str) -> set[str]:
    return {w.key for hit in words.find(sentence) for w in hit.readings if w.table == table}


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("غادرت الأسرة المكان", "abduct"),
        ("التقى ياسر أصدقاءه", "abduct"),
        ("أمام الفرن القديم فرن", "displace"),
        ("مياه عذبة في القرية", "torture"),
        ("معدن صلب", "hang"),
        ("في قبضته", "seize_person"),
    ],
)
def test_false_friends(words: Vocabulary, text: str, barred: str) -> None:
    assert barred not in _keys(words, fold(text), "trigger")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("الطيران بيقصف الحارة", "shell"),
        ("قوّصوا عليه", "shooter_dialect"),
        ("طخّوا الشب", "shooter_dialect"),
        ("داهموا البيت", "raid_force"),
        ("حرقوا المقر", "destroy"),
        ("الطريق مسكّرة", "close_road"),
        ("قصفاً مدفعياً عنيفاً", "shell"),
        ("القصف المدفعي", "shell"),
        ("سوّاه الطيران بالأرض", "raze"),
        ("أغاروا على القرية", "airraid"),
        ("فجّرت امرأة نفسها", "detonate"),
    ],
)
def test_spoken_and_bound_forms(words: Vocabulary, text: str, id: str) -> None:
    assert id in _keys(words, fold(text), "trigger")
