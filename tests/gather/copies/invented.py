"""Invented reports by a fixed seed: many tellings of like events, and copies of some of them.

Hard neighbours by design: all are built of the same few dozen sentence frames, in groups that share
a place, a day and a party, so unrelated reports share names and stock phrases.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PLACES = [
    "حلب",
    "إدلب",
    "درعا",
    "الرقة",
    "حمص",
    "حماة",
    "تعز",
    "الحديدة",
    "مأرب",
    "صعدة",
    "عدن",
    "الموصل",
    "الرمادي",
    "سنجار",
    "الفلوجة",
    "غزة",
    "رفح",
    "خان_يونس",
    "جنين",
    "نابلس",
    "طرابلس",
    "سرت",
    "درنة",
    "بنغازي",
    "الفاشر",
    "نيالا",
    "الخرطوم",
    "أم_درمان",
    "الجنينة",
    "كادوقلي",
]
AREAS = [
    "الحي_الشرقي",
    "الحي_الغربي",
    "السوق_القديم",
    "الريف_الشمالي",
    "الريف_الجنوبي",
    "محيط_المطار",
    "الطريق_الدولي",
    "أطراف_المدينة",
    "المدخل_الجنوبي",
    "حي_المحطة",
    "ضاحية_المعامل",
    "بلدة_مجاورة",
]
WHO = [
    "مسلحون_مجهولون",
    "قوات_الجيش",
    "طائرات_حربية",
    "طائرة_مسيرة",
    "قوة_أمنية",
    "فصيل_محلي",
    "مجموعة_مسلحة",
    "وحدة_مدفعية",
    "قوات_خاصة",
    "عناصر_حاجز",
]
DID = ["استهدفت", "هاجمت", "قصفت", "اقتحمت", "داهمت", "حاصرت", "مشطت", "ضربت"]
WHAT = [
    "منزلا_سكنيا",
    "سوقا_شعبية",
    "حافلة_ركاب",
    "نقطة_تفتيش",
    "مدرسة",
    "مستودعا",
    "مخبزا",
    "محطة_وقود",
    "سيارة_إسعاف",
    "قافلة_مساعدات",
    "مزرعة",
    "ورشة",
]
WEAPON = [
    "بقذائف_الهاون",
    "بصواريخ_موجهة",
    "بالمدفعية_الثقيلة",
    "بعبوة_ناسفة",
    "بأسلحة_رشاشة",
    "بقنابل_يدوية",
    "ببراميل_متفجرة",
    "بنيران_قناصة",
]
SAID = ["قال", "أفاد", "ذكر", "أكد", "أعلن", "أوضح", "صرح", "أضاف"]
VOICE = [
    "مصدر_طبي",
    "شاهد_عيان",
    "مسؤول_محلي",
    "ناشط_إعلامي",
    "مراسلنا",
    "الدفاع_المدني",
    "مدير_المستشفى",
    "قائد_ميداني",
    "أحد_السكان",
    "مصدر_أمني",
]
DAYS = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"]
TIMES = ["فجر", "صباح", "ظهر", "عصر", "مساء", "ليل"]
FILLER = [
    "شديد",
    "واسع",
    "عنيف",
    "جديد",
    "سابق",
    "كبير",
    "محدود",
    "متواصل",
    "مفاجئ",
    "عاجل",
    "قريب",
    "بعيد",
    "ميداني",
    "رسمي",
    "شعبي",
    "دولي",
]
FRAMES = (
    "{said} {voice} إن {who} {did} {what} في {area} بمدينة {place} {weapon}",
    "قتل {n} أشخاص وأصيب {m} آخرون في {place} {time} {day} وفق {voice}",
    "وصلت إلى المستشفى {n} جثث بينها {m} لنساء وأطفال بحسب {voice}",
    "{did} {who} {area} {weapon} ما أدى إلى دمار {filler} في {what}",
    "{said} {voice} أن فرق الإنقاذ انتشلت {n} من تحت أنقاض {what} بعد {m} ساعات",
    "فر نحو {m} عائلة من {area} باتجاه {place2} خوفا من قصف {filler}",
    "وقعت اشتباكات بين {who} و{who2} عند {area} استمرت {n} ساعات",
    "أغلقت السلطات طريق {place} {place2} منذ {time} {day} بعد هجوم {filler}",
    "{said} {voice} إن بين الجرحى {n} في حال خطرة نقلوا إلى {place2}",
    "لم تعلن أي جهة مسؤوليتها عن استهداف {what} قرب {area} حتى {time} {day}",
    "تشهد {place} توترا {filler} منذ {m} أيام بعد انسحاب {who}",
    "طالب سكان {area} بفتح ممر إنساني نحو {place2} قبل {time} {day}",
    "حلقت طائرة استطلاع فوق {area} قبل أن تضرب {what} بنحو {n} دقائق",
    "اعتقلت {who} {n} شبان عند حاجز في {area} واقتادتهم إلى جهة مجهولة",
    "شيع أهالي {place} {time} {day} {n} من ضحايا استهداف {what}",
    "انقطعت الكهرباء عن {area} ومحيط {what} بسبب قصف {filler} {weapon}",
)
LEADS = (
    "نشرت وكالة أنباء محلية تقريرا عن آخر ما جرى {day} وفيما يلي نصه كما ورد إلينا من المحررين",
    "في تطور ميداني {filler} تناقلت وسائل إعلام عدة ما يلي نقلا عن موقع إخباري في {place}",
)


@dataclass(frozen=True)
class Made:
    """A report, the original it was made from (its own id if it is one), and how."""

    id: str
    text: str
    telling: str
    how: str


def _sentence(rng: random.Random, frame: str, place: str, day: str, who: str) -> str:
    filled = frame.format(
        place=place, day=day, who=who,
        place2=rng.choice(PLACES), who2=rng.choice(WHO), area=rng.choice(AREAS), did=rng.choice(DID),
        what=rng.choice(WHAT), weapon=rng.choice(WEAPON), said=rng.choice(SAID), voice=rng.choice(VOICE),
        time=rng.choice(TIMES), filler=rng.choice(FILLER), n=rng.randint(3, 10), m=rng.randint(11, 60),
    )  # fmt: skip
    return filled.replace("_", " ")


def _edited(rng: random.Random, text: str, share: float) -> str:
    words = text.split(" ")
    for at in rng.sample(range(len(words)), max(1, round(len(words) * share))):
        move = rng.randrange(3)
        other = rng.choice(FILLER)
        words[at] = other if move == 0 else "" if move == 1 else f"{words[at]} {other}"
    return " ".join(w for w in words if w)


def invented(originals: int = 1000, each: int = 220, seed: int = 7) -> Iterator[Made]:
    """``originals`` reports in groups of five of like events, then ``each`` copies of each kind."""
    rng = random.Random(seed)
    made: list[Made] = []
    for number in range(originals):
        if number % 5 == 0:
            place, day, who = rng.choice(PLACES), rng.choice(DAYS), rng.choice(WHO)
        frames = rng.sample(FRAMES, rng.randint(5, 11))
        text = ". ".join(_sentence(rng, f, place, day, who) for f in frames) + "."
        made.append(Made(f"o{number}", text, f"o{number}", "original"))
    yield from made
    for how in ("reprint", "edit 5%", "edit 20%", "truncation", "new lead"):
        for number, one in enumerate(rng.sample(made, each)):
            text = one.text
            if how == "reprint":
                text = text.replace("أ", "ا").replace(". ", ".\n\n") + "\n"
            elif how.startswith("edit"):
                text = _edited(rng, text, 0.05 if how == "edit 5%" else 0.20)
            elif how == "truncation":
                words = text.split(" ")
                text = " ".join(words[: max(20, int(len(words) * rng.uniform(0.4, 0.7)))]) + "…"
            else:
                lead = _sentence(rng, rng.choice(LEADS), rng.choice(PLACES), rng.choice(DAYS), "")
                more = [
                    _sentence(rng, f, rng.choice(PLACES), rng.choice(DAYS), rng.choice(WHO))
                    for f in rng.sample(FRAMES, rng.randint(0, 3))
                ]
                text = ". ".join([*more, lead]) + f":\n{text}"
            yield Made(f"{how}-{number}", text, one.telling, how)
