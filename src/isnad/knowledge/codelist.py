"""The ids that coders share: the contract's code list, and the nearest listed id of any actor.

In: ``data/codelist.csv``. Out: :func:`listed`.
"""

from __future__ import annotations

from functools import lru_cache

from isnad.knowledge.compiled import knowledge
from isnad.knowledge.tables import DATA, read_table


@lru_cache(maxsize=1)
def _ids() -> frozenset[str]:
    return frozenset(row["id"] for row in read_table(DATA / "codelist.csv", ("id",)))


@lru_cache(maxsize=4096)
def listed(actor: str | None) -> str | None:
    """The actor itself if it is listed, else the nearest listed actor it is or was part of."""
    if actor is None or actor in _ids():
        return actor
    actors = knowledge().actors
    return actors.nearest(actor, _ids()) if actor in actors else None
