"""What answers look like: the description of the API is made from these; tests hold answers to it.

Days are ``YYYY-MM-DD``, instants ISO in UTC, distances km; spans half open, in code points or (as
``utf16``) in UTF-16 units. ``None`` is unknown; a field with a default is there for some callers
or in some answers only. Nothing is made from these models when answers are sent.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")
Pair = list[int]
Json = dict[str, Any]


class Shape(BaseModel):
    """What all of them share: a field that is not described is a fault."""

    model_config = ConfigDict(extra="forbid")


class At(Shape):
    """The journal's position that an answer is of."""

    seq: int
    hash: str


class Head(At):
    """The journal's head, and when it was written."""

    at: str


class Page(Shape, Generic[T]):
    """A page of a list; ``next`` is the cursor of the one after it."""

    items: list[T]
    next: str | None = None
    total: int | None = None
    at: At | None = None


class Health(Shape):
    """Whether the desk runs."""

    status: Literal["ok"]
    version: str


class Progress(Shape):
    """How far the desk has read the archive."""

    done: int
    total: int


class PublicRules(Shape):
    """What the public view holds back (days) and coarsens (km)."""

    delay_days: int
    round_km: float


class State(Shape):
    """What the archive holds now."""

    today: str
    tiles: str | None
    building: Progress | None
    time: list[str] | None = None
    newest: str | None = None
    box: list[float] | None = None
    head: Head | None = None
    archive: str | None = None
    reports: int | None = None
    claims: int | None = None
    incidents: int | None = None
    public: PublicRules | None = None


class Session(Shape):
    """Who asks, and what they may do."""

    signed_in: bool
    local: bool
    accounts: bool
    public: bool
    name: str | None
    role: str | None
    can: list[str]


class Name(Shape):
    """A name in both languages; names are ``None`` for what is not listed."""

    id: str | None
    ar: str | None
    en: str | None


class Value(Name):
    """A value of a facet, with how many incidents have it."""

    id: str
    count: int


class Headline(Shape):
    """A title, or the first words; neither for the public."""

    text: str | None
    report: str | None


class Place(Shape):
    """Where: a point with its radius, a road or an area."""

    as_written: str | None
    ar: str | None
    en: str | None
    gazetteer: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    shape: Literal["point", "road", "area"]
    relation: str | None


class When(Shape):
    """When, and how closely that is known."""

    earliest: str | None
    latest: str | None
    precision: Literal["day", "days", "month", "long", "open"] | None
    as_written: str | None


class Figure(Shape):
    """An outcome's figures by UCDP's rule, ACLED's, and the highest."""

    outcome: str
    low: int | None
    best: int | None
    high: int | None
    acled: int | None
    highest: int | None
    tellings: int


class RowFields(Shape):
    """An incident in a list."""

    id: str
    type: str
    status: str
    grade: str
    category: str | None
    headline: Headline
    place: Place | None
    time: When | None
    initiators: list[Name]
    targets: list[Name]
    figures: list[Figure]
    reports: int
    origins: int
    copies: int
    outlets: list[str]
    published: list[str] | None
    disputed: list[str]
    hit: list[str]
    confidence: float | None
    review: str | None
    graphic: bool
    added: int
    read: int | None = None
    comments: int | None = None
    moved: str | None = None


class Row(RowFields):
    """An incident in a list; without ``read`` and ``comments`` for the public and in snapshots."""

    tellings: int


class Feature(Shape):
    """A feature of GeoJSON; what its properties are depends on its ``kind``."""

    type: Literal["Feature"]
    geometry: Json
    properties: Json


class Map(Shape):
    """GeoJSON: points, counts, roads, areas."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    unplaced: int
    total: int
    capped: bool


class Places(Shape):
    """GeoJSON of the places of an incident's tellings."""

    type: Literal["FeatureCollection"]
    features: list[Feature]


class Bin(Shape):
    """A bin of the timeline; ``killed`` is ``None`` where no toll is told."""

    from_: str = Field(alias="from")
    to: str
    incidents: int
    killed: int | None


class SpanBin(Shape):
    """Incidents whose time is wider than a bin."""

    from_: str | None = Field(alias="from")
    to: str | None
    incidents: int


class Timeline(Shape):
    """Incidents through time."""

    by: str
    bins: list[Bin]
    spans: list[SpanBin]
    undated: int
    capped: bool


class Facets(Shape):
    """How many incidents have each value, by facet."""

    total: int
    facets: dict[str, list[Value]]


class Overview(Shape):
    """List, map, timeline and facets of one selection."""

    list: Page[Row]
    map: Map
    timeline: Timeline
    facets: Facets


class Series(Shape):
    """A line or set of bars; ``None``: nothing is known there."""

    id: str
    ar: str | None
    en: str | None
    y: list[int | None]


class Plot(Shape):
    """A plot with its data."""

    id: str
    kind: Literal["time", "histogram", "bars"]
    unit: str
    x: list[str]
    series: list[Series]
    labels: list[Name] | None = None


class Plots(Shape):
    """All plots of a selection."""

    by: str
    plots: list[Plot]


class Words(Shape):
    """Words of a report."""

    span: Pair
    utf16: Pair
    text: str


class ClaimValue(BaseModel):
    """A value with its words and rule; besides, what its slot holds (docs/contract.md)."""

    slot: str
    n: int
    as_written: str
    span: Pair | None
    utf16: Pair | None
    rule: str
    confidence: float | None
    label: Name | None
    who_label: Name | None = None


class Claim(Shape):
    """A claim as people left it; ``contract`` is what a fix may change."""

    id: str
    report: str
    type: str
    status: str
    confidence: float | None
    version: str
    review: str
    evidence: list[Words]
    values: list[ClaimValue]
    coded: Json
    contract: Json


class ReportClaim(Claim):
    """A claim on its report's page, with its incident."""

    incident: str | None


class Decision(Shape):
    """What somebody decided, and whether it stands."""

    id: str
    at: str
    by: str
    kind: str
    claims: list[str]
    slot: str | None
    value: Any
    why: str
    undoes: str | None
    stands: bool


class Reason(Shape):
    """A reason for or against two claims' telling one event; ``weight`` in log odds."""

    signal: str
    weight: float
    says: str
    says_ar: str | None


class Joined(Shape):
    """Why a telling belongs to its incident."""

    with_: str = Field(alias="with")
    score: float
    reasons: list[Reason]


class Origin(Shape):
    """On whom a telling rests."""

    name: str
    kind: str
    why: str
    words: str


class Telling(Shape):
    """One report's telling of an incident."""

    claim: str
    report: str
    given: str | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    url_safe: bool
    copy_of: str | None
    position: int
    origin: Origin
    words: str
    claim_view: Claim | None
    version: str | None
    why: Joined | None


class Toll(Shape):
    """What was told of an outcome on a day."""

    published: str | None
    outcome: str
    low: int | None
    high: int | None
    by: list[str]


class Count(Shape):
    """One telling's total of one outcome."""

    claim: str
    report: str
    outcome: str
    low: int | None
    high: int | None
    published: str | None
    origin: str


class Via(Shape):
    """A source that handed a saying on."""

    words: str
    kind: str


class Copy(Shape):
    """A report that repeats another."""

    report: str
    publisher: str | None


class Leaf(Shape):
    """An outlet that rests on an origin."""

    kind: Literal["outlet"]
    name: str | None
    report: str
    claim: str
    published: str | None
    via: list[Via]
    copies: list[Copy]


class Root(Shape):
    """An origin with all that rests on it."""

    name: str
    label: Name | None
    words: str
    kind: str
    children: list[Leaf]


class Side(Shape):
    """One side of a dispute."""

    side: str
    claims: list[str]


class Dispute(Shape):
    """What tellings disagree on."""

    what: str
    sides: list[Side]


class Framing(Shape):
    """The words that an outlet has for a party."""

    party: Name
    outlet: str
    role: str
    words: str
    claims: list[str]


class Rejected(Shape):
    """A claim of the incident's reports that people rejected."""

    claim: str
    report: str
    publisher: str | None
    type: str
    words: str
    why: str


class Neighbour(Shape):
    """An incident that might be the same."""

    id: str
    score: float
    row: Row


class Incident(RowFields):
    """An incident with all that is known of it; for the public the row alone."""

    tellings: list[Telling] | int
    toll: list[Toll] | None = None
    counts: list[Count] | None = None
    rules: Json | None = None
    tree: list[Root] | None = None
    grade_rule: str | None = None
    grade_rule_ar: str | None = None
    disputes: list[Dispute] | None = None
    framing: list[Framing] | None = None
    map: Places | None = None
    decisions: list[Decision] | None = None
    rejected: list[Rejected] | None = None
    overruled: list[list[str]] | None = None
    neighbours: list[Neighbour] | None = None
    at: At | None = None


class Entry(Shape):
    """An entry of the journal."""

    seq: int
    at: str
    by: str
    action: str
    subject: str
    why: str
    decision: Json | None


class Report(Shape):
    """What is known of a report without its text."""

    id: str
    given: str
    version: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    url_safe: bool
    claims: int
    added: int


class Added(Shape):
    """When and by whom something was added."""

    seq: int
    at: str
    by: str


class Version(Shape):
    """A text of a report."""

    version: int
    added: Added
    title: str | None
    published: str | None
    current: bool
    text_sha256: str


class RawCopy(Shape):
    """The bytes that a report was made from; ``href`` is ``None`` where they are kept elsewhere."""

    n: int
    sha256: str
    bytes: int | None
    media: str | None
    about: Json
    href: str | None


class Hashes(Shape):
    """What a text is known by."""

    text_sha256: str
    journal: At


class NearDuplicate(Report):
    """A report that repeats this one, or that it repeats."""

    report: str
    first: bool
    score: float | None
    reason: str | None
    reason_ar: str | None = None


class WholeReport(Shape):
    """A report with everything that is known of it."""

    id: str
    given: str
    version: int
    current: bool
    versions: list[Version]
    title: str | None
    text: str
    lang: str | None
    dir: Literal["rtl", "ltr"]
    title_dir: Literal["rtl", "ltr"] | None
    published: str | None
    publisher: str | None
    url: str | None
    url_safe: bool
    forwarded_from: str | None
    changed_at: str | None
    attachments: list[str]
    coder: str
    graphic: bool
    claims: list[ReportClaim]
    raw: list[RawCopy]
    hashes: Hashes
    copies: list[NearDuplicate]
    incidents: list[str]
    decisions: list[Decision]


class Steps(Shape):
    """How the coder comes to one claim; ``claim`` is the archive's if it is the same."""

    n: int
    claim: str | None
    type: str
    status: str
    confidence: float | None
    steps: list[ClaimValue]
    evidence: list[Words]


class Unclaimed(Words):
    """Words that made no claim, and why."""

    rule: str
    why: str
    why_ar: str | None


class Explained(Shape):
    """How the coder comes to a report's claims."""

    coder: str
    kept_by: str
    claims: list[Steps]
    unmade: list[str]
    unclaimed: list[Unclaimed]


class Change(Shape):
    """A run of text that stayed, went or came."""

    op: Literal["same", "gone", "new"]
    text: str


class Diff(Shape):
    """What changed between two texts."""

    older: int
    newer: int
    ops: list[Change]


class Snippet(Shape):
    """Words around a hit; ``marks`` in UTF-16 units."""

    text: str
    marks: list[Pair]


class HitClaim(Shape):
    """A claim of a report that was found."""

    id: str
    type: str
    incident: str | None


class Hit(Shape):
    """A report that was found."""

    report: Report
    snippet: Snippet
    claims: list[HitClaim]
    incidents: list[str]
