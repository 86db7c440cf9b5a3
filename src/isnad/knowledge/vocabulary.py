"""The words that coding turns on: triggers, links, cues, sources, reporting verbs, things hit.

In: the CSV files of ``data/coding`` and ``data/sources``. Out: one :class:`Lexicon` over all their
forms, and for each hit the entry and the part of speech of the form that matched.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from isnad.knowledge.lexicon import Lexicon
from isnad.knowledge.tables import DATA, Row, read_table
from isnad.language.arabic.inflect import (
    imperfect_forms,
    noun_forms,
    passive_forms,
    perfect_forms,
)
from isnad.language.arabic.normal import fold


class Trigger(NamedTuple):
    """A word family that tells an event; see ``docs/coding.md`` for the columns."""

    id: str
    type: str
    role: str
    voice: str
    frame: str
    needs: frozenset[str]
    turns: tuple[str, frozenset[str]] | None
    company: frozenset[str]


class Word(NamedTuple):
    """One way to read a form: what table it is from, its entry, part of speech and enclitic."""

    table: str
    key: str
    pos: str
    enclitic: str


class WordHit(NamedTuple):
    """A form found: offsets in the normal form (``word_start``: with proclitics), its readings."""

    start: int
    end: int
    word_start: int
    readings: tuple[Word, ...]


class Vocabulary:
    """All word tables and the automaton over their forms."""

    def __init__(self) -> None:
        self.triggers: dict[str, Trigger] = {}
        self.frames: dict[str, dict[str, str]] = _frames()
        forms: dict[str, list[Word]] = {}
        for form, word in self._forms():
            readings = forms.setdefault(form, [])
            if word not in readings:
                readings.append(word)
        self._readings = forms
        self.statics = frozenset(fold(r["words"]) for r in _rows("coding/statics.csv", "words"))
        weights = _rows("coding/evidence.csv", "feature", "weight")
        self.evidence = {r["feature"]: float(r["weight"]) for r in weights}
        self.lexicon = Lexicon((form, form) for form in forms)

    def find(self, normal: str) -> list[WordHit]:
        """All hits in text order; a hit inside a longer one of the same table is dropped."""
        hits = []
        for hit in self.lexicon.find(normal):
            readings: list[Word] = []
            for ref in self.lexicon.refs[hit.pattern]:
                readings.extend(self._readings[ref])
            hits.append(WordHit(hit.start, hit.end, hit.word_start, tuple(readings)))
        hits.sort(key=lambda h: (h.word_start, -h.end, h.start))
        return list(_maximal(hits))

    def _forms(self) -> Iterator[tuple[str, Word]]:
        columns = (
            "id",
            "type",
            "role",
            "voice",
            "frame",
            "needs",
            "perfect",
            "imperfect",
            "masdar",
            "noun",
            "except",
            "turns",
            "with",
        )
        for row in _rows("coding/triggers.csv", *columns):
            t = Trigger(
                row["id"],
                row["type"],
                row["role"],
                row["voice"],
                row["frame"],
                frozenset(row["needs"].split()),
                _turn(row["turns"]),
                frozenset(fold(w) for w in _cells(row["with"])),
            )
            self.triggers[t.id] = t
            barred = {fold(w) for w in _cells(row["except"])}
            for column, pos, make in (
                ("perfect", "past", perfect_forms),
                ("imperfect", "present", imperfect_forms),
                ("masdar", "noun", noun_forms),
                ("noun", "noun", noun_forms),
            ):
                for word in _cells(row[column]):
                    for form, enclitic in make(word).items():
                        if form not in barred:
                            yield form, Word("trigger", t.id, pos, enclitic)
            if t.voice == "active" and t.role != "light":
                for word in _cells(row["perfect"]):
                    for form in passive_forms(word):
                        if form not in barred:
                            yield form, Word("trigger", t.id, "passive", "")
        for table, name, key in (
            ("link", "coding/links.csv", "kind"),
            ("cue", "coding/cues.csv", "status"),
            ("report", "sources/reporting.csv", "shape"),
        ):
            for row in _rows(name, "words", key):
                extra = row.values.get("scope", "")
                verb = {"perfect": perfect_forms, "imperfect": imperfect_forms}.get(row["inflect"])
                words = _without_particle(row["words"])
                found = verb(words) if verb else {fold(words): ""}
                after = _particle(row["words"]) if table == "cue" else ""
                for form, enclitic in found.items():
                    yield form, Word(table, row[key], extra, enclitic + after)
        for row in _rows("sources/heads.csv", "words", "kind", "shape"):
            yield fold(row["words"]), Word("source", row["kind"], row["shape"], "")
        for row in _rows("coding/prepositions.csv", "words", "key"):
            yield (
                fold(_without_particle(row["words"])),
                Word("preposition", fold(row["key"]), _particle(row["words"]), ""),
            )
        for row in _rows("coding/topics.csv", "words", "kind"):
            yield fold(row["words"]), Word("topic", row["kind"], "", "")
        for row in _rows("coding/hits.csv", "words", "kind"):
            for form, enclitic in noun_forms(row["words"]).items():
                yield form, Word("hit", row["kind"], "noun", enclitic)


def _rows(name: str, *columns: str) -> Iterator[Row]:
    return read_table(DATA.joinpath(*name.split("/")), columns)


def _without_particle(words: str) -> str:
    """``words`` without a closing ل or ب, which the next word takes on («لا صحة لـ…»)."""
    return words[:-2] if words.endswith((" ل", " ب")) else words


def _particle(words: str) -> str:
    """The closing ل or ب of ``words``, which the word after them must begin with."""
    return words[-1] if words.endswith((" ل", " ب")) else ""


def _cells(cell: str) -> Iterable[str]:
    return (w.strip() for w in cell.split("|") if w.strip())


def _turn(cell: str) -> tuple[str, frozenset[str]] | None:
    """``id:word|word``: the trigger becomes ``id`` where one of the words follows in its clause."""
    target, _, listed = cell.partition(":")
    return (target, frozenset(fold(w) for w in _cells(listed))) if target else None


def _frames() -> dict[str, dict[str, str]]:
    text = (DATA / "coding" / "frames.toml").read_text("utf-8")
    frames = tomllib.loads(text)
    return {name: {fold(k): v for k, v in frame.items()} for name, frame in frames.items()}


def _maximal(hits: list[WordHit]) -> Iterator[WordHit]:
    """Drop, table by table, readings whose hit lies inside a longer hit of that table."""
    reach: dict[str, int] = {}
    for hit in hits:
        kept = tuple(w for w in hit.readings if reach.get(w.table, -1) < hit.end)
        for w in kept:
            reach[w.table] = max(reach.get(w.table, -1), hit.end)
        if kept:
            yield hit._replace(readings=kept)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The tables, loaded once."""
    return Vocabulary()
