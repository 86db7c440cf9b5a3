"""What of a text is the report, and what is the page around it.

In: a text in normal form. Out: :class:`Block` stretches in text order; what is left out is page
furniture (menus, related headlines, comments, tags). Touches nothing but the words of
``furniture.csv``; judged by shape, by those words and by likeness to title and lead. Platforms
(a Facebook, X or Telegram page) are known by their shapes, no outlet is known by name.
"""

from __future__ import annotations

from isnad.coding.layout.article import article, is_article
from isnad.coding.layout.block import TELLING, Block
from isnad.coding.layout.lines import split_lines
from isnad.coding.layout.posts import bulletin, is_bulletin, is_index, post
from isnad.coding.layout.repeats import without_repeats
from isnad.coding.layout.roles import give_roles
from isnad.coding.layout.social import cut_social

__all__ = ["TELLING", "Block", "blocks"]


def blocks(normal: str) -> list[Block]:
    """The blocks of a report, in text order and apart from each other.

    Those whose kind is in :data:`TELLING` tell the report. Linear in the text's length.
    """
    lines, social = cut_social(split_lines(normal), normal)
    give_roles(lines)
    lines = without_repeats(lines)
    told = [ln for ln in lines if not ln.role]
    if not told:
        return []
    if is_bulletin(told):
        return bulletin(lines)
    if social:
        return post(lines, cut=True)
    if is_article(told):
        return article(lines)
    if is_index(lines):
        return []
    return post(lines)
