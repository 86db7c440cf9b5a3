"""What the grammar knows of head nouns beyond their rows: which classes may do what.

The words themselves are in ``knowledge/data/heads.csv`` and ``ranks.csv``.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """A set of words (normal form) from a text."""
    return frozenset(text.split())


MEMBERS = frozenset({"persons", "cells", "patrol", "site", "gear", "air", "drone", "forces",
                     "militia", "unit", "party", "police", "command"})  # fmt: skip
"""Heads that «من X», «تابعة لـ X» or «لـ X» may follow: the group is X's."""
IDAFA = MEMBERS | {"side", "raid", "ministry"}
"""Heads that a name in construct may follow: «عناصر داعش», «غارات النظام»."""
NAMED = frozenset({"unit", "party", "militia", "outlet", "monitor"})
"""Heads whose unknown name comes out by shape: «كتيبة X», «صحيفة X»."""
ALONE = frozenset({"forces", "militia", "party", "side", "persons", "both", "patrol", "unit",
                   "police", "air", "last"})  # fmt: skip
"""Definite heads that may stand for something named before: «التنظيم», «القوات», «الطرفان»."""
BARE = frozenset({"forces", "militia", "patrol", "persons"})
"""Indefinite heads that come out though nothing names them: «دورية», «قوة»."""
DESCRIBED = frozenset({"cells", "unit", "party"})
"""Indefinite heads that come out with an adjective: «مجموعات متشددة», «فصيل محلي»."""
ACTS = frozenset({"action", "raid"})
"""Acts: an actor only through an adjective or a name («قصف تركي», «غارات النظام»)."""

LINK_WORDS = frozenset({"ل", "الي", "من", "في", "ب", "ضمن", "تحت", "باسم", "علي"})
"""Prepositions between a linking word («التابعة») and the name."""
PLACE_PREPOSITIONS = frozenset({
    "في", "الي", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "داخل", "خارج",
    "عبر", "نحو", "بين", "وسط", "باتجاه", "حدود", "الحدود", "اراضي", "ريف", "انحاء", "مدن",
    "خارجيه", "عاصمه", "العاصمه", "باديه", "شمالغرب", "مناطق", "سفاره", "عموم", "اجواء", "ربوع",
    "مدينه", "ريفي", "محافظه", "بلده", "قريه", "حي", "معبر",
})  # fmt: skip
"""After these a state's or a capital's name is a place."""

STOP = word_set("""
في من علي الي عن مع ثم بعد قبل خلال اثناء منذ حتي ان انه انها كما حيث التي الذي الذين اللذين هذا
هذه ذلك تلك هو هي هم وهو وهي قد لم لن لا ما اذ اذا بين عند لدي ضد نحو داخل خارج تحت فوق قرب جنوب
شمال شرق غرب امس اليوم غدا صباح مساء فجر ظهر ليل كل بعض اي او ام بل لكن اثر جراء نتيجه بسبب
بواسطه عبر حول دون غير سوي احد احدي كان كانت يكون تكون ليس بدا بدات قام قامت تم يتم جري قال قالت
افاد افادت اعلن اعلنت اكد اكدت ذكر ذكرت اضاف اضافت نقلت نقل استهدف استهدفت قتل قتلت قتلوا اصيب
اصيبت شن شنت قصف قصفت نفذ نفذت هاجم هاجمت هاجموا اعتقل اعتقلت اعتقلوا سيطر سيطرت دخل دخلت وصل
وصلت انسحب انسحبت اطلق اطلقت اطلقوا خطف خطفت اختطف اختطفت انفجر انفجرت وقع وقعت وقعوا لقي لقوا
تعرض تعرضت عثر دمر دمرت حاول حاولت تمكن تمكنت اقدم اقدمت اقتحم اقتحمت داهم داهمت منع منعت فجر
فجرت تقدم تقدمت نصب نصبت ارسل ارسلت استقدم استقدمت احتجز احتجزت سلم سلمت افرج افرجت اعدم اعدمت
جرح صد صدت انتشر انتشرت اغتال اغتالت تسلل تسللت استولي استولت احرق احرقت هدم هدمت فتح فتحت عزز
عززت اسقط اسقطت اعترض زرع ضمن فيما لاتزال لايزال مازال مازالت بعدما عندما بينما اما وهي مجهول
مجهوله مجهولين مجهولون بينهم بينها بينهما وبينهم وسط عام عاما سنه يوم يومين ايام ساعه ساعات
""")
"""Words (normal form) at which a name guessed by shape ends: function words and common verbs."""
