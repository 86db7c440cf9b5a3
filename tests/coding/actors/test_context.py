"""What leans on the rest of the report: anaphora, eras, lists, persons, outlets, spans."""

from __future__ import annotations

import datetime as dt

import pytest

from isnad.coding.actors import ActorMention, find_mentions
from isnad.coding.document import Document
from isnad.coding.setting import Setting
from isnad.model import Report


def told(
    text: str, day: str = "2021-05-01", country: str = "SYR", publisher: str | None = None
) -> dict[str, ActorMention]:
    published = dt.date.fromisoformat(day) if day else None
    doc = Document.of(Report(text=text, published=published, publisher=publisher))
    found = find_mentions(doc, Setting.of(doc, {country: 1.0} if country else None))
    return {doc.report.quote(doc.span(m.start, m.end)): m for m in found}


def test_spans_are_the_natural_phrases() -> None:
    assert 'ميليشيا "الحرس الثوري الإيراني"' in told('وصلت ميليشيا "الحرس الثوري الإيراني" أمس')
    assert "قوات الكوماندوس التابعة لـ #قسد" in told("داهمت قوات الكوماندوس التابعة لـ #قسد منزلاً")
    assert "خلايا تابعة لتنظيم داعش" in told("هاجمت خلايا تابعة لتنظيم داعش صهريجاً")
    assert "مجموعة من لواء القدس" in told("وصلت مجموعة من لواء القدس إلى البادية")
    assert "قوات النظام" in told("انتهى القصف بقوات النظام وبدأت الهدنة")
    assert "للتحالف الدولي" in told("سقطت طائرة؛ للتحالف الدولي روايته")


def test_a_list_stands_alone_after_the_first() -> None:
    found = told("سيطرت ميليشيات إيران وأسد على القرية")
    assert found["ميليشيات إيران"].actor == "iran-backed-militias"
    assert found["أسد"].id in ("syr-assad-forces", "syr-assad-government")
    found = told("انسحب عناصر الدفاع الوطني والفرقة الرابعة")
    assert found["الفرقة الرابعة"].actor == "syr-4th-division"
    assert found["الفرقة الرابعة"].prefix == "و"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("هاجم تنظيم القاعدة المعسكر ثم انسحب مسلحو التنظيم", "مسلحو التنظيم", "al-qaeda"),
        ("قصفت حركة حماس الموقع وقالت الحركة إنها أصابته", "الحركة", "pse-hamas"),
        (
            "وصلت ميليشيات إيران إلى البلدة ونهبت تلك الميليشيات البيوت",
            "الميليشيات",
            "iran-backed-militias",
        ),
        ("أعلنت قسد مقتل ثلاثة من مقاتليها", "مقاتليها", "syr-sdf"),
        ("قال الجيش التركي إن جنوده بخير", "جنوده", "tur-forces"),
        ("قصف جيش الاحتلال التركي القرية وكرر الاحتلال القصف", "الاحتلال", "tur-forces"),
        ("شن العدو الإسرائيلي غارة وقال العدو إنه أصاب هدفه", "العدو", "isr-forces"),
        ("قصفت القوات التركية القرية وتقدم مرتزقتها نحوها", "مرتزقتها", "syr-sna"),
    ],
)
def test_anaphora(text: str, words: str, actor: str) -> None:
    day = "2021-05-01"
    found = {w: m for w, m in told(text, day).items() if w.endswith(words)}
    assert found, told(text, day).keys()
    (mention,) = list(found.values())[-1:]
    assert mention.id == actor, mention.why
    assert mention.why


def test_unresolved_stays_unresolved_with_a_reason() -> None:
    for text, words in (
        ("قال العدو إنه لن ينسحب", "العدو"),
        ("اتفق الطرفان على الهدنة", "الطرفان"),
    ):
        mention = told(text)[words]
        assert mention.actor is None
        assert mention.why


def test_the_two_sides_are_candidates() -> None:
    found = told("اشتبكت قسد مع قوات النظام ثم اتفق الطرفان على الهدنة")
    assert set(found["الطرفان"].candidates) == {"syr-sdf", "syr-assad-forces"}
    assert "both" in found["الطرفان"].flags


def test_the_era_without_a_date() -> None:
    text = "قصف الجيش السوري البلدة وقالت {} إنه هجوم مدان"
    before = told(text.format("قوات النمر"), day="")
    after = told(text.format("وزارة الدفاع في الحكومة السورية الانتقالية"), day="")
    assert before["الجيش السوري"].actor == "syr-assad-forces", before["الجيش السوري"].why
    assert after["الجيش السوري"].actor in ("syr-army-2024", None)
    assert told("انتشر الجيش السوري في البلدة", day="")["الجيش السوري"].actor is None


def test_our_forces_are_the_publishers() -> None:
    text = "أسقطت دفاعاتنا الجوية طائرة، وتقدمت قواتنا شرقاً"
    found = told(text, "2022-05-05", "YEM", "المسيرة")
    ours = next(m for w, m in found.items() if "قواتنا" in w)
    assert ours.actor in ("yem-houthis", None)
    assert "side" in ours.why


def test_persons_are_no_groups() -> None:
    found = told('قُتل القيادي في حركة أحرار الشام "أبو علي" والرائد سامر الخطيب')
    leader = next(m for w, m in found.items() if w.startswith("القيادي"))
    assert (leader.kind, leader.actor, leader.group, leader.role) == (
        "person", None, "syr-ahrar-al-sham", "commander",
    )  # fmt: skip
    major = next(m for w, m in found.items() if w.startswith("الرائد"))
    assert (major.kind, major.role) == ("person", "officer")


def test_outlets_and_monitors_are_told_apart() -> None:
    found = told("قالت صحيفة الأفق الجديد إن لجنة التوثيق زارت المخيم")
    kinds = {m.kind for m in found.values()}
    assert "outlet" in kinds


def test_groups_have_number_and_gender() -> None:
    found = told("أصيبت امرأة وطفلان وثلاثة مدنيين")
    assert (found["امرأة"].number, found["امرأة"].gender) == (1, "f")
    assert found["طفلان"].number == 2
    assert found["مدنيين"].number == "plural"


def test_loaded_names_keep_whose() -> None:
    assert told("قصفت ميليشيا أسد البلدة")["ميليشيا أسد"].loaded == (
        "hostile", "Syrian opposition media",
    )  # fmt: skip
    assert told("قصفت قوات النظام البلدة")["قوات النظام"].loaded is None


def test_a_state_has_two_readings() -> None:
    mention = told("شنت تركيا هجوماً على القرية")["تركيا"]
    assert (mention.actor, mention.alt) == ("tur-forces", "tur-government")


def test_evasive_spelling() -> None:
    found = told("اعتقلت ميليشيـ.ـا #قسد شاباً")
    assert any(m.actor == "syr-sdf" for m in found.values())


def test_empty_and_odd_texts() -> None:
    for text in (
        "",
        "\n\n",
        '«»"#_',
        "123 45",
        "والـ",
        "#",
        "من من من تابعة لـ",
        'قوات "',
        "لواء («",
    ):
        assert isinstance(told(text), dict)
