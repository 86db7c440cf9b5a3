"""The report's own words in both languages: ``publish/data/words.csv``."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from isnad.incidents.figures import Range
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.knowledge.tables import read_table
from isnad.model import Incident
from isnad.publish.tables import DATA
from isnad.publish.where import where

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("en", "ar")
_NEAR = {"near": "near", "outskirts": "around", "countryside": "around"}


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    rows = read_table(DATA / "words.csv", ("key", "en", "ar"))
    return {r["key"]: {"en": r["en"], "ar": r["ar"]} for r in rows}


def say(key: str, language: str, /, **values: object) -> str:
    """The words of a key, with what stands in braces filled in.

    Raises:
        KeyError: if there is no such key.
    """
    return template(key, language).format(**values)


def template(key: str, language: str) -> str:
    """The words of a key, braces and all."""
    return _words()[key][language]


def count(found: Range | None, language: str) -> str:
    """A range in words: ``4``, ``4-6``, ``40 or more``; blank for none."""
    if found is None:
        return ""
    if found.low is None and found.high is None:
        return say("unknown", language)
    if found.low is None:
        return say("up_to", language, high=found.high)
    if found.high is None:
        return say("and_more", language, low=found.low)
    return str(found.low) if found.low == found.high else f"{found.low}-{found.high}"


def place(incident: Incident, language: str) -> str:
    """Where it is, in the language: the place and the governorate."""
    at = where(incident.place)
    if at is None:
        return say("nowhere", language)
    unit = at.admin1
    if language == "ar" and at.country is not None and at.admin1:
        entry = gazetteer().unit(at.country.iso3, at.admin1)
        unit = entry.name_ar if entry and entry.kind == "governorate" else at.admin1
    words = " ".join(incident.place.as_written.split()) if incident.place else ""
    name = (at.name_ar if language == "ar" else at.name) or words
    if name and at.relation in _NEAR:
        name = say(_NEAR[at.relation], language, place=name)
    parts = [p for p in (name, unit) if p]
    return ("، " if language == "ar" else ", ").join(dict.fromkeys(parts)) or area(
        incident, language
    )


def area(incident: Incident, language: str) -> str:
    """The governorate, else the country; "" for what is not located."""
    at = where(incident.place)
    if at is None or at.country is None:
        return ""
    entry = gazetteer().unit(at.country.iso3, at.admin1)
    if entry is None:
        return at.admin1 or at.country.name
    return entry.name_ar if language == "ar" else at.admin1 or entry.name_en
