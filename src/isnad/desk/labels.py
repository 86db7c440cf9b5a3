"""Words for people, in Arabic and English: enumerations, fields, topics, categories.

The files are CSV that anybody can edit; what does not hold together is refused with file and line.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from isnad.errors import KnowledgeError
from isnad.knowledge.tables import read_table
from isnad.model import CLAIM_TYPES

DATA = Path(__file__).with_name("data")


class Label(NamedTuple):
    """What an id is called, and (maybe "") what it means, in both languages."""

    id: str
    ar: str
    en: str
    text_ar: str = ""
    text_en: str = ""

    def name(self) -> dict[str, Any]:
        """``{"id", "ar", "en"}`` and what it means, if anything is said of that."""
        out = {"id": self.id, "ar": self.ar, "en": self.en}
        if self.text_en:
            out |= {"text_ar": self.text_ar, "text_en": self.text_en}
        return out


class Topic(NamedTuple):
    """A topic of the reading room: whatever has one of ``keys`` (facet, value)."""

    label: Label
    keys: tuple[tuple[str, str], ...]


class Reason(NamedTuple):
    """A reason in both languages; ``detail`` (Arabic) has ``{0}`` where what it rests on goes."""

    id: str
    ar: str
    en: str
    detail: str


class Words(NamedTuple):
    """All of it."""

    enums: dict[str, dict[str, Label]]
    fields: dict[str, Label]
    topics: dict[str, Topic]
    categories: dict[str, Label]
    category_of: dict[str, str]
    reasons: dict[str, dict[str, Reason]]

    def label(self, enum: str, ident: str) -> Label:
        """The label of a value; a value without one is called by its id."""
        if enum == "category":
            found = self.categories.get(ident)
        elif enum == "topic":
            found = self.topics[ident].label if ident in self.topics else None
        else:
            found = self.enums.get(enum, {}).get(ident)
        return found or Label(ident, ident, ident.replace("_", " "))


TOPIC_KEYS = frozenset(["type", "status", "outcome", "item", "hit", "actor", "target", "initiator"])


@lru_cache(maxsize=1)
def words(data: Path = DATA) -> Words:
    """The labels.

    Raises:
        KnowledgeError: E301 to E305 for a file that does not hold together.
    """
    enums: dict[str, dict[str, Label]] = {}
    for row in read_table(data / "labels.csv", ("enum", "id", "ar", "en", "text_ar", "text_en")):
        table = enums.setdefault(row["enum"], {})
        if row["id"] in table:
            raise KnowledgeError("E305", f"{row['id']!r} stands twice", row.where)
        table[row["id"]] = Label(row["id"], row["ar"], row["en"], row["text_ar"], row["text_en"])
    fields = {
        r["id"]: Label(r["id"], r["ar"], r["en"], r["text_ar"], r["text_en"])
        for r in read_table(data / "fields.csv", ("id", "ar", "en", "text_ar", "text_en"))
    }
    topics = {}
    for row in read_table(data / "topics.csv", ("id", "ar", "en", "query")):
        keys = tuple(parse_qsl(row["query"]))
        for name, value in keys:
            known = enums.get(name)
            if name not in TOPIC_KEYS or (known is not None and value not in known):
                raise KnowledgeError("E305", f"{name}={value} is no part of a topic", row.where)
        if not keys:
            raise KnowledgeError("E305", "a topic without a query", row.where)
        topics[row["id"]] = Topic(Label(row["id"], row["ar"], row["en"]), keys)
    categories, category_of = {}, {}
    for row in read_table(data / "categories.csv", ("id", "ar", "en", "types")):
        categories[row["id"]] = Label(row["id"], row["ar"], row["en"])
        for kind in row["types"].split():
            if kind not in CLAIM_TYPES or kind in category_of:
                raise KnowledgeError("E305", f"{kind!r} is no type, or stands twice", row.where)
            category_of[kind] = row["id"]
    reasons: dict[str, dict[str, Reason]] = {}
    for row in read_table(data / "reasons.csv", ("of", "id", "ar", "en", "detail_ar")):
        some = reasons.setdefault(row["of"], {})
        if row["id"] in some:
            raise KnowledgeError("E305", f"{row['id']!r} stands twice", row.where)
        some[row["id"]] = Reason(row["id"], row["ar"], row["en"], row["detail_ar"])
    return Words(enums, fields, topics, categories, category_of, reasons)
