"""What the grammar knows of head nouns beyond their rows: which classes may do what.

The words themselves are in ``knowledge/data/heads.csv``, ``ranks.csv`` and ``word_lists.csv``.
"""

from __future__ import annotations

from isnad.knowledge.word_lists import word_list


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

LINK_WORDS = word_list("belonging_links")
"""Prepositions between a linking word («التابعة») and the name."""
PLACE_PREPOSITIONS = word_list("state_is_place_after")
"""After these a state's or a capital's name is a place."""

STOP = word_list("name_stops")
"""Words (normal form) at which a name guessed by shape ends: function words and common verbs."""
