"""Inflection tables, one verb or noun of each class."""

from __future__ import annotations

import pytest

from isnad.language.arabic.inflect import (
    imperfect_forms,
    noun_forms,
    passive_forms,
    perfect_forms,
)
from isnad.language.arabic.normal import fold

PERFECT = {
    "قصف": "قصف قصفت قصفوا قصفتا قصفا قصفنا قصفو قصفته قصفوها قصفناهم",
    "استهدف": "استهدف استهدفت استهدفوا استهدفنا استهدفها استهدفتهم",
    "شنّ": "شن شنت شنوا شنتا شننا شنتها شنوها شنناها",
    "فرّ": "فر فرت فروا فرتا فررنا",
    "أغار": "أغار أغارت أغاروا أغارتا",
    "وصل": "وصل وصلت وصلوا وصلنا",
    "قضى": "قضى قضت قضوا قضتا قضيا قضينا قضاها قضتهم",
    "أردى": "أردى أردت أردوا أردته أردوه أرداه",
    "دعا": "دعا دعت دعوا دعونا دعاه دعته دعوهم",
    "نجا": "نجا نجت نجوا",
    "لقي": "لقي لقيت لقوا لقيا لقيتا",
    "توفي": "توفي توفيت توفوا توفيا توفيتا",
    "لجأ": "لجأ لجأت لجأوا لجؤوا لجأنا",
    "قضى على": "قضى على|قضت على|قضوا على",
}
IMPERFECT = {
    "يقصف": "يقصف تقصف نقصف يقصفون يقصفوا تقصفها يقصفان بيقصف بتقصف بيقصفوا دتقصف",
    "يشن": "يشن تشن نشن يشنون تشنها يشنوا",
    "يقضي": "يقضي تقضي يقضون يقضيان يقضوا تقضيها",
    "يلقى": "يلقى تلقى يلقون يلقيان تلقاه",
    "يغزو": "يغزو تغزو يغزون يغزوا يغزوها",
    "يغير": "يغير تغير يغيرون",
}
NOUNS = {
    "قصف": "قصف قصفا قصفه قصفها قصفهم",
    "سيطرة": "سيطرة سيطرته سيطرتها سيطرتهم",
    "إخلاء": "إخلاء إخلائه إخلاؤها إخلاءهم",
    "قصف مدفعي": "قصف مدفعي|قصفا مدفعيا|قصف المدفعي",
    "سيارة مفخخة": "سيارة مفخخة|سيارة المفخخة",
    "هجوم بري": "هجوم بري|هجوما بريا|هجوم البري",
}


def _listed(cell: str) -> set[str]:
    return {fold(w) for w in (cell.split("|") if "|" in cell else cell.split())}


@pytest.mark.parametrize("stem", PERFECT)
def test_perfect(stem: str) -> None:
    assert _listed(PERFECT[stem]) <= set(perfect_forms(stem))


@pytest.mark.parametrize("stem", IMPERFECT)
def test_imperfect(stem: str) -> None:
    assert _listed(IMPERFECT[stem]) <= set(imperfect_forms(stem))


@pytest.mark.parametrize("word", NOUNS)
def test_noun(word: str) -> None:
    assert _listed(NOUNS[word]) <= set(noun_forms(word))


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (perfect_forms("شنّ"), "شنو"),
        (perfect_forms("دعا"), "دعات"),
        (perfect_forms("فرّ"), "فرنا"),
        (perfect_forms("قضى"), "قضيوا"),
        (imperfect_forms("يغزو"), "يغزوون"),
        (noun_forms("إخلاء"), "إخلاءا"),
        (noun_forms("سيطرة"), "سيطرةا"),
        (noun_forms("هجوم بمسيرة"), "هجوم البمسيرة"),
    ],
)
def test_not_made(made: dict[str, str], wrong: str) -> None:
    assert fold(wrong) not in made


def test_enclitics_are_told() -> None:
    assert perfect_forms("قصف")["قصفتها"] == "ها"
    assert imperfect_forms("يقصف")["تقصفهم"] == "هم"
    assert noun_forms("سيطرة")["سيطرتها"] == "ها"
    assert perfect_forms("قصف")["قصفت"] == ""


def test_passives_whose_letters_change() -> None:
    pairs = {"هاجم": "هوجمت", "حاصر": "حوصروا", "اغتال": "اغتيل", "استعاد": "استعيدت",
             "أباد": "ابيدت", "أخلى": "اخليت", "اقتاد": "اقتيدوا"}  # fmt: skip
    for active, passive in pairs.items():
        assert passive in passive_forms(active), active


def test_no_passive_of_its_own_where_letters_stay() -> None:
    for active in ("قصف", "قاد", "دمّر", "رمى", "استهدف"):
        assert passive_forms(active) == {}, active
