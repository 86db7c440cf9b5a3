"""What is found: place mentions, the hints a caller may give, and the nodes between the stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from isnad.knowledge.gazetteer.store import Sense


class Alternative(NamedTuple):
    """Another place that a mention may mean, and why it was not taken."""

    id: str
    lat: float
    lon: float
    why: str


@dataclass(slots=True)
class PlaceHints:
    """What the caller knows from elsewhere.

    Attributes:
        countries: ISO 3166 alpha-3 → weight (the outlet's country, the user's choice).
        blocked: normal-form spans in which a place name is no place (names of actors, outlets).
    """

    countries: dict[str, float] = field(default_factory=dict)
    blocked: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class PlaceMention:
    """One place as the text names it. All offsets are in the normal form, half open.

    Attributes:
        start, end: the natural phrase (GUIDELINES, rule 3 and 11): with its admin word, without
            prefixed و ف ب ل ك and without the containing unit.
        word_start: where the first word begins, with its proclitics.
        name_start, name_end: the (first) name itself.
        relation: ``at``, ``near``, ``outskirts``, ``countryside``, ``line``, ``between``, ``road``,
            ``both-banks``, ``bank``, ``border``, ``north-of`` … ``south-west-of``.
        anchors: ids of the gazetteer's places it leans on.
        lat, lon: WGS84 degrees, ``None`` if it is not located.
        radius_km: how far off the point may be, in kilometres.
        container: index of the mention (in the same list) that contains it.
        holder: where that mention starts, for those who hold only some of the list.
        level: 0 building, 1 quarter or camp, 2 settlement, 3 district, 4 governorate, 5 country.
        score: 0 to 1: that this is a place, and this place.
        why: the reason for the sense chosen.
        weak: the name is also an ordinary word.
        anaphor: the phrase takes its place from one named before («المدينة»).
        heads: it is a dateline or heads its line («الفاشر: …»).
        list_id: mentions joined by و or a comma share a number.
        unlisted: nobody lists the name; the point is that of what contains it.
    """

    start: int
    end: int
    word_start: int
    name_start: int
    name_end: int
    name: str
    relation: str = "at"
    anchors: tuple[str, ...] = ()
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str = ""
    admin1: str = ""
    container: int | None = None
    holder: int | None = None
    located: bool = False
    level: int = 2
    score: float = 0.0
    alternatives: tuple[Alternative, ...] = ()
    why: str = ""
    weak: bool = False
    anaphor: bool = False
    list_id: int | None = None
    heads: bool = False
    unlisted: bool = False


@dataclass(slots=True)
class Ref:
    """One name inside a phrase, before its sense is chosen.

    ``senses`` is empty for a name that the gazetteer lacks. ``kind`` is what the text's own word
    says («قرية»), empty if it says nothing. ``country`` is one that an adjective names
    («طرابلس اللبنانية»).
    """

    start: int
    end: int
    name: str
    senses: tuple[Sense, ...] = ()
    kind: str = ""
    radius_km: float | None = None
    country: str = ""
    anaphor: bool = False
    evidence: float = 0.0
    near: float = 0.0
    inside: bool = False
    chosen: Sense | None = None
    score: float = 0.0
    margin: float = 0.0
    why: str = ""
    runners: tuple[tuple[Sense, str], ...] = ()

    def settle_as(self, other: Ref) -> None:
        """Take the sense of another mention of the same name."""
        self.chosen, self.score, self.margin = other.chosen, other.score, other.margin
        self.why, self.runners = other.why, other.runners


@dataclass(slots=True)
class Node:
    """A phrase of place, parsed: how it says where, and the names it leans on.

    ``heads`` marks a dateline or a heading («الفاشر: …»); ``heading`` is the index of the heading
    of the line the phrase stands in: it may well lie there, but the text does not say so.
    """

    start: int
    end: int
    word_start: int
    first: int
    last: int
    relation: str = "at"
    direction: str = ""
    distance_km: float | None = None
    kind: str = ""
    radius_km: float | None = None
    refs: list[Ref] = field(default_factory=list)
    prefix: str = ""
    plural: bool = False
    container: int | None = None
    list_id: int | None = None
    implied: bool = False
    label: str = ""
    heading: int | None = None
    heads: bool = False
    towards: bool = False
