"""What answers about people's work look like, and about what the desk knows; see ``answers``."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Called

from isnad.desk.shapes.answers import (
    At,
    Claim,
    Decision,
    Json,
    Name,
    Neighbour,
    Pair,
    Report,
    Row,
    Shape,
    Value,
)


class Listed(Name):
    """A topic or category with its newest incidents."""

    id: str
    count: int
    query: str
    latest: list[Row]


class RoomPlace(Value):
    """A place of the reading room."""

    query: str


class RoomOutlet(Shape):
    """An outlet of the reading room."""

    name: str
    incidents: int
    query: str


class Room(Shape):
    """The reading room."""

    latest: list[Row]
    most_read: list[Row]
    most_disputed: list[Row]
    outlets: list[RoomOutlet]
    places: list[RoomPlace]
    topics: list[Listed]
    categories: list[Listed]
    at: At | None


class ActorRow(Name):
    """A party in a list."""

    kind: str | None
    country: str | None
    incidents: int
    initiator: int
    target: int
    query: str


class ActorName(Shape):
    """A name of an actor, and whose it is."""

    text: str
    lang: str
    stance: str | None
    whose: str | None
    valid: list[str | None]


class Membership(Name):
    """What an actor was part of."""

    from_: str | None = Called(alias="from")
    to: str | None


class ActorFrame(Shape):
    """How an outlet calls an actor."""

    outlet: str
    words: str
    stance: str | None
    count: int


class Actor(Name):
    """An actor with its names and lineage."""

    kind: str
    country: str | None
    valid: list[str | None]
    note: str | None
    source: str | None
    names: list[ActorName]
    part_of: list[Membership]
    parts: list[Name]
    counts: dict[str, int]
    framing: list[ActorFrame]
    query: str


class PlaceRow(Name):
    """A place in a list."""

    incidents: int
    query: str


class WordCount(Shape):
    """Words and how often they stand."""

    words: str
    count: int


class PickedPlace(Shape):
    """A place of the gazetteer as a value."""

    id: str
    lat: float
    lon: float
    radius_km: float
    relation: str
    anchors: list[str]
    label: Name
    kind: str
    country: str | None
    admin: str | None


class GazetteerPlace(PickedPlace):
    """A place of the gazetteer, and what is told of it."""

    ar: str | None
    en: str | None
    population: int | None
    source: str | None
    variants: list[str]
    incidents: int
    as_written: list[WordCount]
    query: str


class OutletRow(Shape):
    """An outlet in a list; ``lag_days`` is the median from event to report."""

    name: str
    reports: int
    claims: int
    incidents: int
    first: str | None
    last: str | None
    lag_days: float | None
    sole_source: int
    query: str


class OutletFrame(Shape):
    """How the outlet calls a party."""

    party: Name
    words: str
    role: str
    count: int


class Outlet(OutletRow):
    """An outlet with its wording and whom it quotes."""

    framing: list[OutletFrame]
    quotes: list[Value]


class Sources(Shape):
    """Where reports come from; ``watch`` is ``None`` where nothing is watched."""

    watch: list[Json] | None
    outlets: int
    unnamed: int
    undated: int
    kinds: list[Value]
    at: At


class FieldWords(Shape):
    """What a field is called, and what it means."""

    label: str
    text: str


class EnumValue(Name):
    """A value of an enumeration."""

    text_ar: str | None = None
    text_en: str | None = None


class Field(Shape):
    """The codebook's entry of a field."""

    id: str
    ar: FieldWords
    en: FieldWords
    values: list[EnumValue]


class Topic(Name):
    """A topic and the query that shows it."""

    query: str


class Category(Name):
    """A category and the types in it."""

    types: list[str]


class Codebook(Shape):
    """What every field and value means."""

    fields: list[Field]
    enums: dict[str, list[EnumValue]]
    topics: list[Topic]
    categories: list[Category]


class PickedActor(Name):
    """An actor to choose."""

    kind: str
    country: str | None
    valid: list[str | None]
    valid_then: bool | None
    names: list[str]


class Picked(Shape):
    """Actors or places to choose from."""

    items: list[PickedActor] | list[PickedPlace]


class Given(Shape):
    """Whose turn it is with a claim."""

    id: str
    to: str
    by: str
    note: str
    due: str | None


class QueueReport(Report):
    """The report of a claim in the queue, with its text."""

    text: str
    lang: str | None
    dir: str


class QueueItem(Shape):
    """A claim to look at; nothing of the first coder in it for a second."""

    claim: Claim
    report: QueueReport
    incident: Row | None
    candidates: list[Neighbour]
    assigned: Given | None
    why: str


class Assignment(Given):
    """Claims that were given to somebody."""

    stage: str
    at: str
    claims: list[str]
    count: int
    done: int


class Person(Shape):
    """Who may be given claims."""

    name: str
    waiting: int


class ByWho(Shape):
    """Decisions of a kind by a person."""

    by: str
    kind: str
    count: int


class ByDay(Shape):
    """Decisions of a day."""

    day: str
    count: int


class ReviewProgress(Shape):
    """How far the review is."""

    states: dict[str, int]
    people: list[ByWho]
    days: list[ByDay]
    at: At


class Coding(Shape):
    """What one coder made of a claim."""

    by: str
    at: str
    verdict: str
    values: Json
    why: str


class CodedPair(Shape):
    """What two coders made of a claim, and where they differ."""

    claim: Claim
    version: str
    report: Report
    first: Coding | None
    second: Coding
    settled_by: str | None
    differ: list[str] | None


class FieldAlpha(Shape):
    """Krippendorff's alpha of a field; ``why_null`` says why there is none."""

    field: str
    alpha: float | None
    units: int
    agree: int
    why_null: str | None


class Agreement(Shape):
    """How far two coders agree."""

    pairs: int
    coders: list[str]
    fields: list[FieldAlpha]


class Decided(Shape):
    """A decision as recorded, the claims as they are now, the incidents that it touched."""

    decision: Decision
    claims: list[Claim]
    incidents: list[str]
    at: At


class BulkPreview(Shape):
    """What would be decided at once."""

    count: int
    left_out: dict[str, int]
    sample: list[Claim]
    token: str
    expires: str
    at: At


class Done(Shape):
    """Decisions that were made together."""

    done: int
    decisions: list[str]


class Comment(Shape):
    """A comment; its text is ``None`` once it is withdrawn."""

    id: str
    about: str
    by: str
    at: str
    text: str | None
    edited: str | None
    version: int
    reply_to: str | None
    withdrawn: bool


class Search(Shape):
    """A kept search; ``fault`` if its filter is not known any more."""

    id: str
    name: str
    query: str
    alert: bool
    count: int | None
    new: int
    feed: str
    created: str
    fault: str | None = None


class Alerts(Shape):
    """What is new for somebody."""

    new: int
    searches: list[Search]
    assignments: int


class Snapshot(Shape):
    """A frozen selection, and how to cite it."""

    id: str
    title: str
    query: str
    note: str
    by: str
    at: str
    seq: int
    head: str
    frozen: int
    sha256: str
    left: int
    count: int
    hash: str
    removed: int
    href: str
    verifies: bool
    cite: dict[str, str]


class SnapshotPage(Snapshot):
    """A snapshot with a page of its incidents, as they were."""

    items: list[Row]
    next: str | None
    total: int


class Account(Shape):
    """An account."""

    id: str
    name: str
    role: str
    disabled: bool
    created: str | None = None
    last: str | None = None


class Link(Shape):
    """A link that is shown once."""

    link: str
    expires: str


class Invitation(Shape):
    """An invitation that nobody used yet; not its link."""

    id: str
    role: str
    note: str
    by: str
    created: str
    expires: str


class Audited(Shape):
    """What somebody did with accounts."""

    at: str
    who: str
    what: str
    about: str
    from_: str = Called(alias="from")


class Meant(Shape):
    """What words may mean in a slot."""

    as_written: str
    span: Pair
    utf16: Pair
    values: list[dict[str, Any]]
