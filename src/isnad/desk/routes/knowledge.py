"""What the desk knows: actors, places, outlets, sources, and the codebook."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from isnad.desk import answers
from isnad.desk.answers import ok
from isnad.desk.desk import AnyDesk, Asked, Desk, Who
from isnad.desk.errors import missing
from isnad.desk.labels import Label, words
from isnad.desk.model.facets import named
from isnad.desk.model.names import actor as actor_name
from isnad.desk.model.names import entry
from isnad.desk.model.select import Selection
from isnad.desk.resolving import place_value
from isnad.desk.roles import may
from isnad.incidents.origins import origin_of
from isnad.knowledge.compiled import knowledge
from isnad.knowledge.gazetteer.user import gazetteer
from isnad.language.arabic.normal import fold

router = APIRouter(tags=["knowledge"])
_FRAMES = 200


@router.get("/codebook")
@may("see")
def codebook() -> Response:
    """What every field and value means, in both languages."""
    w = words()
    return ok({
        "fields": [_field(label) for label in w.fields.values()],
        "enums": {name: [one.name() for one in some.values()] for name, some in w.enums.items()},
        "topics": [t.label.name() | {"query": urlencode({"topic": t.label.id})}
                   for t in w.topics.values()],
        "categories": [c.name() | {"types": [t for t, of in w.category_of.items() if of == c.id]}
                       for c in w.categories.values()],
    })  # fmt: skip


_ENUM = {"casualties": "outcome", "materiel": "item", "sources": "source"}


def _field(label: Label) -> dict[str, Any]:
    values = words().enums.get(_ENUM.get(label.id, label.id), {})
    return {
        "id": label.id, "ar": {"label": label.ar, "text": label.text_ar},
        "en": {"label": label.en, "text": label.text_en},
        "values": [v.name() for v in values.values()],
    }  # fmt: skip


@router.get("/codebook/{field}")
@may("see")
def codebook_entry(field: str) -> Response:
    """The codebook's entry of one field."""
    found = words().fields.get(field)
    if found is None:
        raise missing("such field")
    return ok(_field(found))


def _listed(s: Selection, of: object, items: list[dict[str, Any]], limit: str | None,
            cursor: str | None) -> Response:  # fmt: skip
    """A page of a list that is made whole; its cursor is a position in an order that stays."""
    size, after = answers.limit_of(limit), answers.place_of(of, cursor)
    keyed = [((-i["incidents"], str(i.get("id") or i.get("name"))), i) for i in items]
    rest = [k for k in sorted(keyed, key=lambda k: k[0]) if after is None or k[0] > after]
    return ok({
        "items": [i for _, i in rest[:size]],
        "next": answers.cursor(of, rest[size - 1][0]) if len(rest) > size else None,
        "total": len(items), "at": answers.at(s.view.head),
    })  # fmt: skip


def _counts(s: Selection, facet: str) -> dict[str, int]:
    mask = s.mask
    found = ((v, (b & mask).bit_count()) for (n, v), b in s.view.bits.items() if n == facet)
    return {v: n for v, n in found if n}


@router.get("/actors")
@may("see")
def actors(
    desk: AnyDesk, who: Who, asked: Asked, name: str | None = None, limit: str | None = None,
    cursor: str | None = None,
) -> Response:  # fmt: skip
    """The parties of the incidents asked for, with what they were part of."""
    s = desk.select(who, asked)
    roles = {role: _counts(s, role) for role in ("actor", "initiator", "target")}
    known, wanted, items = knowledge().actors.by_id, fold(name or "").casefold(), []
    for ident, n in roles["actor"].items():
        a, one = known.get(ident), actor_name(ident)
        called = f"{fold(one['ar'] or '')} {one['en'] or ''} {ident}".casefold()
        if wanted in called:
            items.append({
                **one, "kind": a.kind if a else None, "country": a.country or None if a else None,
                "incidents": n, "initiator": roles["initiator"].get(ident, 0),
                "target": roles["target"].get(ident, 0), "query": urlencode({"actor": ident}),
            })  # fmt: skip
    return _listed(s, ("actors", asked, wanted), items, limit, cursor)


@router.get("/actors/{ident}")
@may("read")
def actor(desk: AnyDesk, who: Who, asked: Asked, ident: str) -> Response:
    """An actor: names with their stance, lineage, and how outlets call it."""
    known = knowledge().actors
    if ident not in known:
        raise missing("such actor")
    a, s = known[ident], desk.select(who, asked)
    framing: Counter[tuple[str, str]] = Counter()
    for row in s.view.each(s.mask & s.view.bits.get(("actor", ident), 0)):
        for claim in row.claims:
            telling = desk.world.telling(claim)
            for p in (*telling.claim.initiators, *telling.claim.targets) if telling else ():
                if p.actor == ident and telling is not None:
                    framing[telling.publisher or "", " ".join(p.as_written.split())] += 1
    stance = {fold(n.text): n.stance for n in known.names(ident)}
    return ok({
        **actor_name(ident), "kind": a.kind, "country": a.country or None,
        "valid": [a.valid_from or None, a.valid_to or None], "note": a.note or None,
        "source": a.source or None,
        "names": [
            {"text": n.text, "lang": n.lang, "stance": n.stance or None, "whose": n.whose or None,
             "valid": [n.valid_from or None, n.valid_to or None]}
            for n in known.names(ident)
        ],
        "part_of": [
            {**actor_name(d.value), "from": d.start or None, "to": d.end or None} for d in a.part_of
        ],
        "parts": [actor_name(c) for c in known.children(ident)],
        "counts": {r: _counts(s, r).get(ident, 0) for r in ("actor", "initiator", "target")},
        "framing": [
            {"outlet": o, "words": w, "stance": stance.get(fold(w)) or None, "count": n}
            for (o, w), n in framing.most_common(_FRAMES)
        ],
        "query": urlencode({"actor": ident}),
    })  # fmt: skip


@router.get("/places")
@may("see")
def places(
    desk: AnyDesk, who: Who, asked: Asked, name: str | None = None, limit: str | None = None,
    cursor: str | None = None,
) -> Response:  # fmt: skip
    """The places of the incidents asked for, and what contains them."""
    s, wanted, items = desk.select(who, asked), fold(name or "").casefold(), []
    for ident, n in _counts(s, "place").items():
        one = named("place", ident)
        if wanted in f"{fold(one['ar'] or '')} {one['en'] or ''} {ident}".casefold():
            items.append(one | {"incidents": n, "query": urlencode({"place": ident})})
    return _listed(s, ("places", asked, wanted), items, limit, cursor)


@router.get("/places/{ident}")
@may("read")
def place(desk: AnyDesk, who: Who, asked: Asked, ident: str) -> Response:
    """A place of the gazetteer, and what is told of it."""
    here = entry(ident)
    if here is None:
        raise missing("such place")
    s = desk.select(who, asked)
    written: Counter[str] = Counter()
    for row in s.view.each(s.mask & s.view.bits.get(("place", ident), 0)):
        told = row.shown["place"]
        if told and told["as_written"]:
            written[" ".join(told["as_written"].split())] += 1
    return ok({
        "id": here.id, "ar": here.name_ar, "en": here.name_en, **place_value(here),
        "population": here.population or None, "source": here.source,
        "variants": gazetteer().variants(here), "incidents": _counts(s, "place").get(ident, 0),
        "as_written": [{"words": w, "count": n} for w, n in written.most_common(50)],
        "query": urlencode({"place": ident}),
    })  # fmt: skip


@router.get("/outlets")
@may("read")
def outlets(
    desk: AnyDesk, who: Who, asked: Asked, limit: str | None = None, cursor: str | None = None
) -> Response:
    """The outlets of the incidents asked for: how much, how late, and what they alone tell."""
    s = desk.select(who, asked)
    key = ("outlets", s.mask)
    items = s.view.remember("answer", key, lambda: _outlets(desk, s))
    return _listed(s, ("outlets", asked), items, limit, cursor)


def _outlets(desk: Desk, s: Selection) -> list[dict[str, Any]]:
    reports: dict[str, set[str]] = defaultdict(set)
    claims: Counter[str] = Counter()
    incidents: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    lags: dict[str, list[int]] = defaultdict(list)
    days: dict[str, list[Any]] = defaultdict(list)
    for row in s.view.each(s.mask):
        names = row.shown["outlets"]
        incidents.update(names)
        if len(names) == 1:
            alone[names[0]] += 1
        for claim in row.claims:
            telling = desk.world.telling(claim)
            if telling is None or not telling.publisher:
                continue
            name = telling.publisher
            reports[name].add(telling.report)
            claims[name] += 1
            if telling.published:
                days[name].append(telling.published)
                if row.latest is not None and row.latest == row.earliest:
                    lags[name].append(telling.published.toordinal() - row.latest)
    return [
        {
            "name": name, "reports": len(reports[name]), "claims": claims[name], "incidents": n,
            "first": min(days[name]).isoformat() if days[name] else None,
            "last": max(days[name]).isoformat() if days[name] else None,
            "lag_days": median(lags[name]) if lags[name] else None, "sole_source": alone[name],
            "query": urlencode({"outlet": name}),
        }
        for name, n in incidents.items()
    ]  # fmt: skip


@router.get("/outlets/{name:path}")
@may("read")
def outlet(desk: AnyDesk, who: Who, asked: Asked, name: str) -> Response:
    """An outlet: how it calls the parties, and on whom it rests."""
    s = desk.select(who, asked)
    mask = s.mask & s.view.bits.get(("outlet", name), 0)
    if not mask:
        raise missing("such outlet among the incidents asked for")
    framing: Counter[tuple[str, str, str]] = Counter()
    quotes: Counter[str] = Counter()
    for row in s.view.each(mask):
        for claim in row.claims:
            telling = desk.world.telling(claim)
            if telling is None or telling.publisher != name:
                continue
            quotes[origin_of(telling).name] += 1
            for role, some in (
                ("initiator", telling.claim.initiators),
                ("target", telling.claim.targets),
            ):
                for p in some:
                    framing[p.actor or "", " ".join(p.as_written.split()), role] += 1
    found = next((o for o in _outlets(desk, s) if o["name"] == name), {})
    return ok({
        **found,
        "framing": [
            {"party": actor_name(a or None), "words": w, "role": role, "count": n}
            for (a, w, role), n in framing.most_common(_FRAMES)
        ],
        "quotes": [{**named("origin", o), "count": n} for o, n in quotes.most_common(50)],
    })  # fmt: skip


@router.get("/sources")
@may("read")
def sources(desk: AnyDesk) -> Response:
    """Who reports are told by, and how the watch of them is doing."""
    view, heads = desk.full_view(), list(desk.world.heads.values())
    kinds = Counter(k for r in view.rows if r is not None for k in r.sources)
    return ok({
        "watch": desk.watching(),
        "outlets": len({h.publisher for h in heads if h.publisher}),
        "unnamed": sum(not h.publisher for h in heads), "undated": sum(not h.published for h in
        heads), "kinds": [{**named("source", k), "count": n} for k, n in kinds.most_common()], "at":
        answers.at(view.head),
    })  # fmt: skip
