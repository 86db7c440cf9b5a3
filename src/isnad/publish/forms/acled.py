"""ACLED: one row an event (parties, place, one day), 31 columns in its order.

Codes follow ACLED's codebook as of 2024-2025, as noted in ``docs/exports.md``, by the tables in
``publish/data``. Not coded: what the form cannot hold is left out and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from isnad.incidents.origins import origin_of, resolve
from isnad.knowledge.compiled import knowledge
from isnad.model import Incident
from isnad.publish.cells import write_rows
from isnad.publish.deaths import acled as deaths_of
from isnad.publish.facets import tell_dropped
from isnad.publish.frame import Context
from isnad.publish.losses import CannotSay, Losses
from isnad.publish.notes import notes
from isnad.publish.parties import Party, armed, civilian, conditions, inter, parties
from isnad.publish.tables import choose, tables
from isnad.publish.when import TOLD, When, on, when
from isnad.publish.where import Where, doubts, where

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
GUNMEN = "unidentified-gunmen"
_SCALES = (
    "Local partner", "Other", "New media", "Subnational", "National", "Regional", "International",
)  # fmt: skip
_VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")


class Side(NamedTuple):
    """An actor, those with it, and its class."""

    actor: str = ""
    assoc: str = ""
    inter: str = ""


class Event(NamedTuple):
    """What both ACLED's row and what is made from it need."""

    when: When
    where: Where
    disorder: str
    event_type: str
    sub_event_type: str
    one: Side
    two: Side
    interaction: str
    targeting: bool
    fatalities: int


def event(incident: Incident, losses: Losses) -> Event:
    """The incident as ACLED would code it.

    Raises:
        CannotSay: if it cannot.
    """
    days, place, row = when(incident), where(incident.place), incident.id
    country = place.country.iso3 if place and place.country else ""
    choice = choose(tables().acled, incident.type, incident.status, conditions(incident, country))
    kind, sub = choice.code[:2]
    if not kind:
        raise CannotSay("type" if choice.status == "" else "status", choice.note)
    if place is None:
        raise CannotSay("place", "not located: an event needs a place")
    if place.precision.acled is None:
        raise CannotSay("place", "only the country is known: not recorded there")
    if days is None:
        raise CannotSay("time", "no day: an event needs one")
    if days.acled is None:
        raise CannotSay("time", "known to less than a month only")
    if days.basis != TOLD:
        losses.narrowed(row, "event_date", days.basis)
    elif days.days > 1:
        losses.narrowed(row, "event_date", "an interval → its middle day and time_precision")
    one, two = _sides(incident, kind, place, losses)
    deaths, narrowed = deaths_of(incident)
    if narrowed:
        losses.narrowed(row, "fatalities", narrowed)
    return Event(
        days, place, tables().hierarchy[kind, sub], kind, sub, one, two,
        _interaction(one, two), _targeting(incident, kind, sub), deaths,
    )  # fmt: skip


class Acled:
    """The form."""

    name, suffix = "acled", ".csv"
    says = "ACLED's 31 columns (CSV), one row an event"
    edition = "ACLED columns and enumerations as of 2024-2025"
    libraries: tuple[str, ...] = ()
    holds = frozenset({"tellings", "parties", "interval"})

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write the header and a row for each incident that ACLED could code."""
        return write_rows(out, [COLUMNS], self._rows(incidents, about), excel=about.excel)

    def _rows(self, incidents: Iterable[Incident], about: Context) -> Iterator[list[Any]]:
        """Rows as they come; where incidents are joined, those that are one event there last."""
        found: dict[tuple[object, ...], list[tuple[Incident, Event]]] = {}
        for incident in incidents:
            try:
                made = event(incident, about.losses)
            except CannotSay as why:
                about.losses.left_out(incident.id, why)
                continue
            tell_dropped(incident, self, about.losses)
            key = _unit(made)
            if key is None or about.each == "claim":
                yield _row(incident, made, about)
            else:
                found.setdefault(key, []).append((incident, made))
        for several in found.values():
            yield _row(*_one(several, about.losses), about)


def _unit(e: Event) -> tuple[object, ...] | None:
    """What makes events one there: both actors, place and day; ``None`` if any is not certain."""
    if e.when.acled != 1 or not (e.one.inter and e.two.inter) or e.where.precision.acled != 1:
        return None
    if any(side.actor.startswith("Unidentified") for side in (e.one, e.two)):
        return None
    return frozenset({e.one.actor, e.two.actor}), e.where.lat, e.where.lon, e.when.first


def _one(several: list[tuple[Incident, Event]], losses: Losses) -> tuple[Incident, Event]:
    """Events of the same actors, place and day as one, of the highest type, deaths summed."""
    order = list(tables().hierarchy)
    several = sorted(several, key=lambda x: (order.index((x[1].event_type, x[1].sub_event_type)),
                                             x[0].id))  # fmt: skip
    (first, made), rest = several[0], several[1:]
    if not rest:
        return first, made
    for other, _ in rest:
        losses.left_out(other.id, CannotSay(
            "row", "same actors, place and day as another: one event there, of the higher type"
        ))  # fmt: skip
    losses.narrowed(first.id, "fatalities", "of several events that are one there: summed")
    told = tuple(t for i, _ in several for t in i.tellings)
    total = sum(e.fatalities for _, e in several)
    return first.model_copy(update={"tellings": told}), made._replace(fatalities=total)


def _row(incident: Incident, e: Event, about: Context) -> list[Any]:
    w, day = e.where, e.when.middle
    scale = source_scale(incident, w.country.iso3 if w.country else "")
    if not scale:
        about.losses.narrowed(incident.id, "source_scale", "reach of the sources unknown: blank")
    if doubt := doubts(incident.place):
        about.losses.flagged(incident.id, "latitude", doubt)
    return [
        incident.id, day.isoformat(), day.year, e.when.acled, e.disorder, e.event_type,
        e.sub_event_type, e.one.actor, e.one.assoc, e.one.inter, e.two.actor, e.two.assoc,
        e.two.inter, e.interaction, "Civilians targeted" if e.targeting else "",
        w.country.numeric if w.country else None, w.country.acled_region if w.country else "",
        w.country_name, w.admin1, w.admin2, "", _location(incident, w),
        f"{w.lat:.4f}", f"{w.lon:.4f}", w.precision.acled, ";".join(sources(incident)), scale,
        notes(incident), e.fatalities, _tags(incident),
        about.snapshot.seconds if about.snapshot else None,
    ]  # fmt: skip


def _location(incident: Incident, place: Where) -> str:
    """The place's name; as written, or the unit it lies in, where the gazetteer has none."""
    words = " ".join(incident.place.as_written.split()) if incident.place else ""
    return place.name or words or place.admin2 or place.admin1


def _sides(incident: Incident, kind: str, place: Where, losses: Losses) -> tuple[Side, Side]:
    """Who stands as actor 1 and 2, who beside them, by the rules for each event type."""
    iso, day = place.country.iso3 if place.country else "", on(incident)
    first, second = list(parties(incident, "initiators")), list(parties(incident, "targets"))
    if kind == "Battles":
        civil = [p for p in (*first, *second) if civilian(p)]
        if civil:
            losses.narrowed(incident.id, "actor2", "civilians are no actor in a battle: not named")
        first = [p for p in first if not civilian(p)]
        second = [p for p in second if not civilian(p)]
        if not second:
            first, second = _part(first)
    elif kind in ("Protests", "Riots"):
        group = "protesters" if kind == "Protests" else "rioters"
        forces = [p for p in (*first, *second) if armed(p, iso, day)]
        first, second = [Party(group, "")], forces
    elif kind == "Explosions/Remote violence":
        second = sorted(second, key=civilian)  # the armed are the actor, civilians stand beside
    elif kind == "Violence against civilians":
        second = [p for p in second if civilian(p)] or [Party("civilians", "")]
    elif not first:
        first, second = second, []
    if kind in _VIOLENT:
        if not first:
            losses.narrowed(incident.id, "actor1", "nobody is named → Unidentified Armed Group")
            first = [Party(GUNMEN, "")]
        if kind == "Battles" and not second:
            losses.narrowed(incident.id, "actor2", "nobody is named → Unidentified Armed Group")
            second = [Party(GUNMEN, "")]
    sides = _side(first, place, day), _side(second, place, day)
    for number, (side, found) in enumerate(zip(sides, (first, second), strict=True), 1):
        if side.actor and not side.inter:
            unlisted = "is not listed" if found[0].id is None else "has no class"
            losses.narrowed(incident.id, f"inter{number}", f"the actor {unlisted}: blank")
    return sides


def _part(both: list[Party]) -> tuple[list[Party], list[Party]]:
    """Both sides of a clash are initiators: the first with its kin, and the rest."""
    actors = knowledge().actors
    if not both:
        return [], []
    head = both[0]
    kin = [
        p for p in both
        if p == head
        or (p.id and head.id and p.id in actors and head.id in actors
            and actors.related(p.id, head.id))
    ]  # fmt: skip
    return kin, [p for p in both if p not in kin]


def _side(found: list[Party], place: Where, day: str) -> Side:
    iso = place.country.iso3 if place.country else ""
    names = list(dict.fromkeys(_name(p, place, day) for p in found))
    if not names:
        return Side()
    return Side(names[0], "; ".join(names[1:]), inter(found[0].id, iso, day))


def _name(party: Party, place: Where, day: str) -> str:
    actors = knowledge().actors
    if party.id is None or party.id not in actors:
        return party.name
    return actors.acled_name(party.id, place.country_name, day)


def _interaction(one: Side, two: Side) -> str:
    if not one.inter or (two.actor and not two.inter):
        return ""
    found = tables().interactions.get(frozenset({one.inter, two.inter}))
    return found[1] if found else ""


def _targeting(incident: Incident, kind: str, sub: str) -> bool:
    """Civilians as the main or only target; incidental harm does not count."""
    if kind == "Violence against civilians" or sub == "Excessive force against protesters":
        return True
    second = parties(incident, "targets")
    return kind in ("Explosions/Remote violence", "Riots") and bool(second) and all(
        civilian(p) for p in second
    )  # fmt: skip


def sources(incident: Incident) -> list[str]:
    """Who published it, each once; the origin where the publisher is not known."""
    names = [t.publisher or origin_of(t).words for t in incident.tellings]
    return list(dict.fromkeys(" ".join(n.replace(";", ",").split()) for n in names))


def source_scale(incident: Incident, country: str) -> str:
    """The reach of the sources: national, regional or international, by their home; "" if unknown.

    Monitors, official bodies and other sources that are no media are "Other".
    """
    found: set[str] = set()
    region = tables().countries[country].acled_region if country in tables().countries else ""
    for words in sources(incident):
        ident = resolve(words)
        if ident is None:
            continue
        a = knowledge().actors[ident]
        if a.kind != "media":
            found.add("Other")
        elif a.country == country and country:
            found.add("National")
        elif a.country in tables().countries:
            same = tables().countries[a.country].acled_region == region != ""
            found.add("Regional" if same else "International")
    return "-".join([s for s in _SCALES if s in found][:2])


def _tags(incident: Incident) -> str:
    """The size of the crowd, the one tag that claims can give."""
    if incident.type not in ("protest", "riot"):
        return ""
    sizes = [f for t in incident.tellings for f in t.claim.forces if f.low or f.high]
    words = next((" ".join(f.as_written.split()) for f in sizes if f.as_written), "")
    return f"crowd size={words.replace(';', ',')}" if words else "crowd size=no report"


FORM = Acled()
