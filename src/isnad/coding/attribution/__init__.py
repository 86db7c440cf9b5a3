"""Who says it: the chain of attribution of a sentence, outermost first, and how far it reaches.

In: sentences with their reporting words, source nouns and mentions. Out: :class:`Attribution`.
The words are those of ``data/sources``; ``docs/coding-sources.md`` shows how to add one.
"""

from isnad.coding.attribution.refs import Attribution, SourceRef, Telling
from isnad.coding.attribution.tellings import attribute
from isnad.coding.attribution.voice import Voice, stretch

__all__ = ["Attribution", "SourceRef", "Telling", "Voice", "attribute", "stretch"]
