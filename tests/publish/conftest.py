"""Invented tellings: builders for single cases, and a strategy for any."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from isnad.incidents.merge import incident_of
from isnad.model import (
    CLAIM_TYPES,
    ITEMS,
    OUTCOMES,
    SOURCE_KINDS,
    STATUSES,
    Casualty,
    Claim,
    Force,
    Hit,
    Incident,
    Materiel,
    Participant,
    Place,
    Source,
    Telling,
    Time,
    Value,
)
from isnad.publish import Losses, form, form_names
from isnad.publish.frame import Context

DAY = dt.date(2021, 5, 23)
FORMS = [name for name in form_names() if name != "gold"]
"""Forms of incidents; gold is of whole reports of an archive and has its own test."""
SUKHNA = {"lat": 34.887, "lon": 38.872, "radius_km": 4.0, "anchors": ("syr-al-sukhna",)}


def value(words: str = "", **fields: Any) -> dict[str, Any]:
    return {"as_written": words, "span": (0, len(words)), "rule": "test", **fields}


def party(actor: str | None, words: str = "") -> Participant:
    return Participant(**value(words or actor or "مجهول", actor=actor))


def place(words: str = "السخنة", **fields: Any) -> Place:
    return Place(**value(words, **{**SUKHNA, **fields}))


def on(first: dt.date | None = DAY, last: dt.date | None = None) -> Time:
    return Time(**value("أمس", earliest=first, latest=last or first, basis="explicit"))


def killed(low: int | None, high: int | None = None, who: str | None = None) -> Casualty:
    high = low if high is None else high
    return Casualty(**value("قتلى", outcome="killed", low=low, high=high, who=who))


def told(id: str = "c1", report: str = "r1", **fields: Any) -> Telling:
    """A telling; ``fields`` of the telling or of its claim."""
    about = {k: fields.pop(k) for k in list(fields) if k in Telling.model_fields}
    base: dict[str, Any] = {"type": "shelling", "place": place(), "time": on()}
    claim = Claim(**{**base, **fields})
    return Telling(**{"id": id, "report": report, "claim": claim,
                      "published": DAY + dt.timedelta(days=1), **about})  # fmt: skip


def one(*tellings: Telling, **fields: Any) -> Incident:
    return incident_of(tellings or (told(**fields),))


def written(name: str, incidents: Any, **about: Any) -> tuple[bytes, Losses, int]:
    """The bytes, losses and rows of a form."""
    out, context = BytesIO(), Context(**about)
    rows = form(name).write(iter(incidents), out, context)
    return out.getvalue(), context.losses, rows


def lines(data: bytes) -> list[Any]:
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line]


ACTORS = (
    "syr-assad-forces", "isis", "syr-sdf", "tur-forces", "rus-air-force", "civilians", "children",
    "protesters", "fighters", "unidentified-gunmen", "irq-nujaba", "syr-liwa-al-quds", None,
)  # fmt: skip
PLACES = (
    SUKHNA,
    {"lat": 34.8, "lon": 38.8, "radius_km": 120.0, "anchors": ("syr-syrian-desert",)},
    {"lat": 36.2021, "lon": 37.1343, "radius_km": 8.0, "anchors": ("syr-aleppo",)},
    {"lat": 34.9, "lon": 39.2, "radius_km": 95.0, "relation": "road",
     "anchors": ("syr-palmyra", "syr-deir-ez-zor")},
    {"lat": 35.0, "lon": 38.5, "radius_km": None, "anchors": ()},
    {"lat": 0.0, "lon": 0.0, "radius_km": 1.0, "anchors": ()},
    {"lat": None, "lon": None, "radius_km": None, "anchors": ()},
)  # fmt: skip
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12
) | st.sampled_from(
    ["=1+1", "＝cmd", "\u200f=1", "السخنة", "'x", "a;b", 'q"q', "x\ny", "+963", "-5"]
)


def _bounds(draw: Any, most: int = 300) -> tuple[int | None, int | None]:
    low = draw(st.none() | st.integers(0, most))
    high = draw(st.none() | st.integers(low or 0, most + 50))
    return low, high


@st.composite
def claims(draw: Any) -> Claim:
    def values(make: Any, most: int = 2) -> tuple[Any, ...]:
        return tuple(make() for _ in range(draw(st.integers(0, most))))

    def counted(cls: Any, **fields: Any) -> Any:
        low, high = _bounds(draw)
        return cls(**value(draw(WORDS), low=low, high=high, **fields))

    where = draw(st.none() | st.sampled_from(PLACES))
    first = draw(st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31)))
    last = draw(st.none() | st.integers(0, 60).map(lambda n: (first or DAY) + dt.timedelta(days=n)))
    timed = draw(st.booleans())
    return Claim(
        type=draw(st.sampled_from(CLAIM_TYPES)),
        status=draw(st.sampled_from(("happened", "happened", *STATUSES))),
        initiators=values(lambda: party(draw(st.sampled_from(ACTORS)), draw(WORDS))),
        targets=values(lambda: party(draw(st.sampled_from(ACTORS)), draw(WORDS))),
        place=Place(**value(draw(WORDS), **where)) if where else None,
        time=Time(**value(draw(WORDS), earliest=first, latest=last)) if timed else None,
        casualties=values(
            lambda: counted(Casualty, outcome=draw(st.sampled_from(OUTCOMES)),
                            who=draw(st.sampled_from(ACTORS))), 3),
        forces=values(lambda: counted(Force, actor=draw(st.sampled_from(ACTORS)))),
        materiel=values(lambda: counted(Materiel, item=draw(st.sampled_from(ITEMS)))),
        sources=values(
            lambda: Source(**value(draw(WORDS), kind=draw(st.sampled_from(SOURCE_KINDS))))),
        hit=values(lambda: Hit(**value(draw(WORDS), kind=draw(st.sampled_from(["market", "home"])))), 1),
        trigger=Value(**value(draw(WORDS))) if draw(st.booleans()) else None,
    )  # fmt: skip


@st.composite
def tellings(draw: Any, most: int = 8) -> list[Telling]:
    out = []
    for n in range(draw(st.integers(0, most))):
        out.append(
            Telling(
                id=f"c{n:03}", report=f"r{draw(st.integers(0, 4))}", claim=draw(claims()),
                publisher=draw(st.none() | st.sampled_from(["=أ", "SANA", "وكالة ب"]) | WORDS),
                published=draw(st.none() | st.dates(dt.date(2020, 6, 1), dt.date(2021, 12, 31))),
                url=draw(st.none() | st.just("https://example.org/1?a=1")),
            )
        )  # fmt: skip
    return out
