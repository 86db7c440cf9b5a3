"""Datelines and stamps: which day stands in for the publication day."""

from __future__ import annotations

import datetime as dt

import pytest

from isnad.language.arabic.dateline import Dateline, find_dateline
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.times import find_times
from isnad.language.arabic.tokens import tokenize


def line(text: str) -> Dateline | None:
    normal = normalize(text).text
    return find_dateline(normal, tokenize(normal))


@pytest.mark.parametrize(
    ("text", "day", "kind"),
    [
        ("خبر\n\nالشهباء\n\nالخميس, ١٨ يناير ٢٠٢٤, ٠٠:٤٠\n\nيقصف الجيش القرية", "2024-01-18", "stamp"),
        ("خبر عاجل\nالأربعاء, فبراير 9, 2022\nسوريا", "2022-02-09", "stamp"),
        ("20/12/2022\n\nأخبار مفصلة\n\nشهدت المدينة قصفاً", "2022-12-20", "stamp"),
        ("13 تشرين الثاني 2022\n\nمقتل شخصين", "2022-11-13", "stamp"),
        ("الأربعاء 2022/02/02\n\nقتلى ومصابون\n\nاقرأ أيضاً\n\nالأحد 2022/08/14\n\nخبر", "2022-02-02", "stamp"),
        ("عنب بلدي\n\n28/11/2021\n\n5:53 م\n\nأُصيب عشرة", "2021-11-28", "stamp"),
        ("نشر في 2021-05-24\nقصف على القرية", "2021-05-24", "stamp"),
        ("آخر تحديث: 24 أيار 2021\nقصف على القرية", "2021-05-24", "updated"),
        ("آخر تحديث: 25 أيار 2021\nتاريخ النشر: 24 أيار 2021\nخبر", "2021-05-24", "stamp"),
        ("دمشق - 12 أيار 2021 (وكالة): قُتل ثلاثة مدنيين في غارة على حي سكني فجر اليوم", "2021-05-12", "dateline"),
        ("دمشق في 24 أيار 2021\nقُتل ثلاثة مدنيين في غارة على حي سكني", "2021-05-24", "dateline"),
        ("دير الزور، في 24 أيار 2021 (وكالة): قُتل ثلاثة مدنيين في غارة", "2021-05-24", "dateline"),
        ("أبين (وكالة) الأربعاء 12 أكتوبر 2022\nتواصل القوات", "2022-10-12", "dateline"),
        ("صنعاء، 8 شعبان 1445هـ الموافق 18 فبراير 2024م\nخبر", "2024-02-18", "dateline"),
        ("Page NameDecember 9, 2024 · Shared with Publicقصف على القرية أمس", "2024-12-09", "post"),
        ("قصف على القرية9:24 AM · Aug 19, 2022·Twitter", "2022-08-19", "post"),
        ("قصف على القرية12:07 PM · Feb 28, 2026\nreply May 1, 2026", "2026-02-28", "post"),
        ("May 24, 2021\nقصف على القرية", "2021-05-24", "stamp"),
        ("24 May 2021\nقصف على القرية", "2021-05-24", "stamp"),
        ("قُتل مدني اليوم الأربعاء 16 آذار 2022 في القرية بعد ساعات من القصف على الأحياء السكنية", "2022-03-16", "told"),
        ("قُتل مدني وجُرح آخرون في قصف على القرية يوم أمس، 19 كانون الأول 2024", "2024-12-20", "told"),
    ],
)  # fmt: skip
def test_dated(text: str, day: str, kind: str) -> None:
    found = line(text)
    assert found is not None
    assert (str(found.date), found.kind) == (day, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "قُتل ثلاثة مدنيين في قصف على القرية اليوم",
        "قصف على القرية، 24 أيار 2021 (الدفاع المدني السوري) وأسفر القصف عن مقتل ثلاثة مدنيين",
        "قصف حلب في 24 أيار 2021\nقُتل ثلاثة مدنيين",
        "هجوم في 24 أيار 2021 أدى إلى مقتل ثلاثة مدنيين",
        "معركة في 24 أيار 2021: مقتل ثلاثة مدنيين",
        "منذ عام 2019 تشهد المنطقة قصفاً",
        "اليوم الأحد 19 أيلول",
    ],
)
def test_no_day(text: str) -> None:
    found = line(text)
    assert found is None or found.date is None


def test_place_and_a_dateline_without_a_year() -> None:
    text = "دمشق - 12 أيار: قُتل ثلاثة مدنيين"
    found = line(text)
    assert found is not None
    assert found.date is None
    assert found.place is not None
    assert normalize(text).text[slice(*found.place)] == "دمشق"


def test_the_publication_day_wins() -> None:
    normal = normalize("20/12/2022\n\nقصف أمس").text
    *_, m = find_times(normal, tokenize(normal), dt.date(2023, 1, 2))
    assert (m.earliest, m.basis) == (dt.date(2023, 1, 1), "published")
