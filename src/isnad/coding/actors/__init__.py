"""Actors in a report: find every phrase that names one, and say who it is and why.

In: a :class:`~isnad.coding.document.Document` and a :class:`~isnad.coding.setting.Setting`. Out:
:class:`ActorMention`, sorted and apart. Reads the knowledge; touches no file of its own.

scan (one pass of the automaton) → phrases (grammar over tokens) → resolve (date, country,
lineage, anaphora). Try ``isnad actors --in TEXT``.
"""

from isnad.coding.actors.find import find_mentions
from isnad.coding.actors.mention import ActorMention

__all__ = ["ActorMention", "find_mentions"]
