"""The nouns of Isnad: what a report is, and what a claim made from it holds.

This module imports nothing of ours; everything else imports it. All models are frozen.
A *span* is a half-open ``(start, end)`` pair of code-point offsets into ``Report.text``, and
``report.text[start:end] == as_written`` holds for every value of a :class:`Reading`.
Unknown is ``None``, never 0.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Span = tuple[int, int]

ClaimType = Literal[
    "armed_clash", "armed_attack", "ambush", "shelling", "air_strike", "drone_strike",
    "explosive_device", "vehicle_bomb", "suicide_bombing", "chemical_attack", "assassination",
    "execution", "killing", "sexual_violence", "torture", "abduction", "detention",
    "disappearance", "territory_gained", "withdrawal", "siege", "deployment", "operation",
    "losses", "weapons_neutralised", "property_destruction", "agreement", "negotiation",
    "release", "protest", "riot", "displacement", "aid", "accident",
]  # fmt: skip
Status = Literal["happened", "ongoing", "planned", "foiled", "denied"]
Outcome = Literal[
    "killed", "wounded", "missing", "captured", "detained", "displaced", "killed_or_wounded"
]
Item = Literal[
    "tank", "armoured_vehicle", "vehicle", "artillery", "rocket", "missile", "mortar", "shell",
    "aircraft", "helicopter", "drone", "explosive_device", "mine", "small_arms", "ammunition",
    "other",
]  # fmt: skip
SourceKind = Literal[
    "outlet", "official", "party", "monitor", "rescue", "medical", "local", "eyewitness",
    "correspondent", "unnamed",
]  # fmt: skip
PublishedBasis = Literal[
    "json-ld", "open-graph", "meta", "time", "stamp", "dateline", "feed", "url", "changed"
]

CLAIM_TYPES: tuple[str, ...] = get_args(ClaimType)
STATUSES: tuple[str, ...] = get_args(Status)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
ITEMS: tuple[str, ...] = get_args(Item)
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}.*)?", re.DOTALL)


def _iso_day(value: object) -> object:
    """Accept days and ``YYYY-MM-DD`` strings, nothing else.

    A time of day after ``T`` or a blank is cut off: the day stays the one that was written, in
    whatever zone. Numbers are refused: a year or a serial number would pass as seconds of an epoch.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write the day as YYYY-MM-DD")
    return dt.date.fromisoformat(match[1])


Day = Annotated[dt.date, BeforeValidator(_iso_day)]


class Report(_Frozen):
    """One published text and what is known of it from outside the text.

    Attributes:
        text: the report's whole text; immutable, all spans are offsets into it.
        id: the report's identifier; empty if it has none.
        title: title as known from outside the text.
        published: the day of publication.
        publisher: the outlet or account that published it.
        url: where it was published.
        byline: who signed it, as written.
        language: its language, BCP 47 (``ar``, ``en``).
        published_at: ISO 8601 date and time of publication, where a time of day is stated.
        published_basis: what of a page states the day (``docs/pages.md``); ``url`` (its address)
            and ``changed`` (the day of the last change) are guesses of low confidence.
        canonical_url: the address that the page itself calls its own.
        changed_at: ISO 8601 date and time of its last change, where that is stated.
        forwarded_from: whose post this one passes on, as the platform names them.
        attachments: names of files that came with it (pictures, videos); they are never opened.
    """

    text: str
    id: str = ""
    title: str | None = None
    published: Day | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    published_at: str | None = None
    published_basis: PublishedBasis | None = None
    canonical_url: str | None = None
    changed_at: str | None = None
    forwarded_from: str | None = None
    attachments: tuple[str, ...] = ()

    def quote(self, span: Span) -> str:
        """The words at ``span``.

        Raises:
            ValueError: if the span does not lie inside the text.
        """
        start, end = span
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {span} lies outside a text of {len(self.text)} code points")
        return self.text[start:end]


class Value(_Frozen):
    """What every coded value keeps: its words, their place, and what made it.

    Attributes:
        as_written: the words, exactly as in the text.
        span: their half-open code-point offsets.
        rule: the rule or knowledge entry that made the value (not part of the contract's JSON).
        confidence: how sure the coder is, 0 to 1, or ``None``.
    """

    as_written: str
    span: Span
    rule: str = ""
    confidence: float | None = Field(default=None, ge=0, le=1)


class Participant(Value):
    """Who acts or is acted upon. ``actor`` is an actor or group id, or ``None`` if unlisted.

    ``listed`` is the nearest id of the contract's code list (the actor itself, or what it was part
    of); the contract's JSON gives that one, so that coders who share only the list can compare.
    """

    actor: str | None = None
    listed: str | None = None


class Place(Value):
    """Where. WGS84 degrees; ``radius_km`` is how far off the point may be, in kilometres.

    ``relation`` and ``anchors`` keep how the text says it ("near", "between", …) and the
    gazetteer ids it leans on. ``lat`` and ``lon`` are ``None`` if the place is not located.
    """

    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    radius_km: float | None = Field(default=None, ge=0)
    relation: str = "at"
    anchors: tuple[str, ...] = ()


class Time(Value):
    """When: an interval of days, either end ``None`` if unknown.

    ``basis`` says against what a relative expression was resolved: ``explicit``, ``published``,
    ``dateline`` or ``unresolved``.
    """

    earliest: Day | None = None
    latest: Day | None = None
    basis: str = ""


class Figure(Value):
    """A count from ``low`` to ``high`` (inclusive); ``None`` where unbounded or unknown."""

    low: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)


class Casualty(Figure):
    """People harmed; ``who`` is an actor or group id, or ``None``."""

    outcome: Outcome
    who: str | None = None
    listed: str | None = None


class Force(Figure):
    """People deployed or taking part."""

    actor: str | None = None
    listed: str | None = None


class Materiel(Figure):
    """Weapons and equipment used, moved, lost or seized."""

    item: Item


class Source(Value):
    """One link of the chain of attribution."""

    kind: SourceKind


class Hit(Value):
    """A thing hit (market, hospital, school…), an attribute; ``kind`` is the knowledge's."""

    kind: str


class Claim(_Frozen):
    """One event as one report tells it: the contract of ``docs/contract.md``.

    ``sources`` is a chain, outermost first. ``evidence`` holds the sentences that tell the claim.
    ``hit``, ``confidence`` and each value's ``rule`` and ``confidence`` go beyond the contract.
    """

    type: ClaimType
    status: Status = "happened"
    initiators: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    place: Place | None = None
    time: Time | None = None
    casualties: tuple[Casualty, ...] = ()
    forces: tuple[Force, ...] = ()
    materiel: tuple[Materiel, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Span, ...] = ()
    hit: tuple[Hit, ...] = ()
    trigger: Value | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)

    def values(self) -> Iterator[tuple[str, Value]]:
        """Every value with the name of its slot, in the contract's order."""
        for slot in ("initiators", "targets"):
            yield from ((slot, v) for v in getattr(self, slot))
        if self.place is not None:
            yield "place", self.place
        if self.time is not None:
            yield "time", self.time
        for slot in ("casualties", "forces", "materiel", "sources", "hit"):
            yield from ((slot, v) for v in getattr(self, slot))
        if self.trigger is not None:
            yield "trigger", self.trigger

    def contract(self) -> dict[str, Any]:
        """The claim as the contract's JSON record, without what goes beyond it."""
        return {
            "type": self.type,
            "status": self.status,
            "initiators": [_pick(v, "actor") for v in self.initiators],
            "targets": [_pick(v, "actor") for v in self.targets],
            "place": _pick(self.place, "lat", "lon", "radius_km") if self.place else None,
            "time": _pick(self.time, "earliest", "latest") if self.time else None,
            "casualties": [_pick(v, "outcome", "low", "high", "who") for v in self.casualties],
            "forces": [_pick(v, "actor", "low", "high") for v in self.forces],
            "materiel": [_pick(v, "item", "low", "high") for v in self.materiel],
            "sources": [_pick(v, "kind") for v in self.sources],
            "evidence": [list(s) for s in self.evidence],
        }


def _pick(value: Value, *names: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in names:
        got = getattr(value, name)
        if name in ("actor", "who"):
            got = getattr(value, "listed", None) or got
        out[name] = got.isoformat() if isinstance(got, dt.date) else got
    out["as_written"] = value.as_written
    out["span"] = list(value.span)
    return out


class Reading(_Frozen):
    """A report and the claims made from it; refuses any value whose words are not in the text."""

    report: Report
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _words_are_in_the_text(self) -> Reading:
        for number, claim in enumerate(self.claims):
            for slot, value in claim.values():
                if self.report.quote(value.span) != value.as_written:
                    raise ValueError(
                        f"claim {number}, {slot}: the text at {value.span} is not what is quoted"
                    )
            for span in claim.evidence:
                self.report.quote(span)
        return self

    def contract(self) -> dict[str, Any]:
        """The record that ``isnad read --format jsonl`` prints."""
        r = self.report
        return {
            "id": r.id,
            "text": r.text,
            "title": r.title,
            "published": r.published.isoformat() if r.published else None,
            "publisher": r.publisher,
            "claims": [c.contract() for c in self.claims],
        }


class Telling(_Frozen):
    """One claim of one report, with what is known of the report: what incidents are made of.

    Attributes:
        id: the claim's id; stable over re-coding.
        report: the id the report came with.
        claim: the claim as coded (or as a person put it right).
        publisher: the outlet or account.
        published: the day of publication.
        guessed: whether ``published`` is not stated, but what the address or a date in the text
            gives; it serves as weak evidence for joining.
        url: where it was published.
        copy_of: id of the report of which this one is a copy; a copy is no telling of its own.
        forwarded_from: whose post the report passes on; it rests on them, not on its publisher.
        position: how many claims of the report come before it; 0 is what the report is about.
        words: the report's words that tell the claim, for likeness by text; may be empty.
    """

    id: str
    report: str
    claim: Claim
    publisher: str | None = None
    published: Day | None = None
    guessed: bool = False
    url: str | None = None
    copy_of: str | None = None
    forwarded_from: str | None = None
    position: int = Field(default=0, ge=0)
    words: str = ""


class Reason(_Frozen):
    """One ground for or against a link: a signal, its weight in log odds, and words for people."""

    signal: str
    weight: float
    says: str = ""


class Link(_Frozen):
    """What speaks for two claims telling one event. ``score`` is a probability, 0 to 1.

    ``one`` and ``other`` are claim ids, ``one < other``. The reasons' weights sum to the log odds.
    """

    one: str
    other: str
    score: float = Field(ge=0, le=1)
    reasons: tuple[Reason, ...] = ()


class Incident(_Frozen):
    """Claims that tell one event: a view over claims and decisions, never stored as truth.

    ``place`` and ``time`` are those of the most precise telling (``place_from`` and ``time_from``
    name the claim). Parties are actor ids by number of tellings. Figures are not merged here: they
    are views over ``tellings``, which keep every one.

    Attributes:
        id: from the least of its claims' ids; the same whatever the order of arrival.
        links: of the pairs inside the incident that were compared.
    """

    id: str
    type: ClaimType
    status: Status
    place: Place | None = None
    place_from: str | None = None
    time: Time | None = None
    time_from: str | None = None
    initiators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    tellings: tuple[Telling, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()


DecisionKind = Literal["accept", "fix", "reject", "unsure", "same", "different", "undo"]
DECISION_KINDS: tuple[str, ...] = get_args(DecisionKind)


class Decision(_Frozen):
    """What a person decided about claims. Decisions are never changed; an ``undo`` takes one back.

    ``accept``, ``reject`` and ``unsure`` are about one claim; ``fix`` gives ``slot`` of one claim
    (one of the contract's names) another ``value`` (the contract's JSON for that slot); ``same``
    and ``different`` say of two claims whether they tell one event; ``undo`` names the decision
    that it takes back in ``undoes`` and no claim.

    Attributes:
        id: the archive's identifier; empty before the archive has recorded it.
        at: when it was recorded, ISO time in UTC; empty before.
        by: who decided.
        claims: the claims' ids (see :func:`claim_id`).
        why: the reason, in the person's words.

    Raises:
        ValueError: if the kind and the other fields do not go together.
    """

    id: str = ""
    at: str = ""
    by: str = Field(min_length=1)
    kind: DecisionKind
    claims: tuple[str, ...] = ()
    slot: str | None = None
    value: Any = None
    why: str = ""
    undoes: str | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Decision:
        wanted = {"same": 2, "different": 2, "undo": 0}.get(self.kind, 1)
        if len(set(self.claims)) != wanted or len(self.claims) != wanted:
            raise ValueError(f"{self.kind!r} is about {wanted} claims, not {len(self.claims)}")
        if (self.kind == "fix") != (self.slot is not None):
            raise ValueError("a fix, and nothing else, names the slot that it mends")
        if self.slot is not None and self.slot not in FIXABLE:
            raise ValueError(f"{self.slot!r} is no slot; one of {', '.join(FIXABLE)}")
        if (self.kind == "undo") != (self.undoes is not None):
            raise ValueError("an undo, and nothing else, names the decision that it takes back")
        return self


FIXABLE: tuple[str, ...] = (
    "type", "status", "initiators", "targets", "place", "time", "casualties", "forces",
    "materiel", "sources",
)  # fmt: skip


def report_id(report: Report) -> str:
    """The stable identifier of what was published: ``r`` and 16 hexadecimal digits.

    From the address if there is one, else from the publisher and the id that the report came
    with, else from the text. A changed text of the same address or id keeps it: a new version.
    """
    if report.url:
        identity: tuple[str, ...] = ("url", report.url)
    elif report.id:
        identity = ("id", report.publisher or "", report.id)
    else:
        identity = ("text", report.text)
    return "r" + _digest(*identity)


def claim_id(report: Report, claim: Claim) -> str:
    """The stable identifier of a claim: ``c`` and 16 hexadecimal digits.

    From the report, its text, the claim's type and the span of its trigger (of its evidence, if
    it has no trigger), so that decisions survive a newer coder that fills other slots otherwise;
    a decision about one text never passes to a changed one. Claims of one report may share it;
    :func:`claim_ids` tells those apart.
    """
    spans = (claim.trigger.span,) if claim.trigger is not None else claim.evidence
    return "c" + _digest(report_id(report), report.text, claim.type, repr(spans))


def claim_ids(report: Report, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Identifiers of a report's claims, each once: what would be the same is numbered in order."""
    seen: Counter[str] = Counter()
    out = []
    for claim in claims:
        one = claim_id(report, claim)
        seen[one] += 1
        out.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return tuple(out)


def _digest(*parts: str) -> str:
    packed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
