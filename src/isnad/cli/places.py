"""``isnad places``: look places up, find them in texts, add place files of one's own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from isnad.coding.document import Document
from isnad.coding.places import PlaceHints, PlaceMention, find_places, precision_of
from isnad.errors import InputError, UsageError
from isnad.knowledge.gazetteer import user
from isnad.knowledge.gazetteer.store import Entry, Gazetteer, open_gazetteer
from isnad.model import Report

_FIND = "find"
_FORMAT = click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True
)
_GAZETTEER = click.option(
    "--gazetteer", type=click.Path(path_type=Path), metavar="FILE",
    help="Use this gazetteer file and no other.",
)  # fmt: skip


class _Places(click.Group):
    """A group whose arguments, unless they begin with a command's name, go to ``find``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = [_FIND, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Places)
def places() -> None:
    """Look a place up, find the places in texts, or add place files of your own.

    \b
    isnad places "تل تمر"
    isnad places --in "قصفت طائرات ريف حمص الشرقي" --country SYR
    isnad places add syria_pcodes.csv
    isnad places add geonames:SY        # SY.txt or SY.zip of GeoNames in this folder
    isnad places list
    isnad places remove syria_pcodes
    """


@places.command(_FIND)
@click.argument("words", metavar="NAME|TEXT…", nargs=-1)
@click.option("--in", "inside", is_flag=True, help="Read the arguments (or lines of -) as texts.")
@click.option("--country", metavar="ISO3", multiple=True, help="A country the texts are about.")
@_GAZETTEER
@_FORMAT
def find(
    words: tuple[str, ...],
    inside: bool,
    country: tuple[str, ...],
    gazetteer: Path | None,
    form: str,
) -> None:
    """Look up NAMEs, or with --in find the places in TEXTs."""
    if not words:
        raise UsageError("E002", "give a name, or --in and a text")
    for code in country:
        if len(code) != 3 or not code.isalpha():
            raise UsageError("E003", f"--country {code!r} is no ISO 3166 alpha-3 code, such as SYR")
    gaz = open_gazetteer(gazetteer) if gazetteer else user.gazetteer()
    console = Console()
    if inside:
        hints = PlaceHints(countries={c.upper(): 1.0 for c in country})
        for text in _texts(words):
            doc = Document.of(Report(text=text))
            mentions = find_places(doc, hints, gaz)
            if form == "jsonl":
                click.echo(_json({"text": text, "places": [_found(m, doc, gaz) for m in mentions]}))
            else:
                console.print(_table(mentions, doc, gaz))
        return
    unknown = []
    for name in words:
        entries = gaz.lookup(name)
        if country:
            entries = [e for e in entries if e.country in {c.upper() for c in country}]
        if not entries:
            unknown.append(name)
        if form == "jsonl":
            click.echo(_json({"name": name, "places": [_entry(e, gaz) for e in entries]}))
        elif entries:
            console.print(_lookup_table(entries))
    if unknown:
        raise InputError("E416", f"no place of this name is known: {'، '.join(unknown)}")


@places.command()
@click.argument("sources", metavar="FILE|geonames:XX…", nargs=-1, required=True)
@click.option("--name", default="", help="A name for the file, for list and remove.")
@click.option("--country", default="", metavar="ISO3", help="For rows that name no country.")
def add(sources: tuple[str, ...], name: str, country: str) -> None:
    """Add place files: GeoNames dumps, Who's On First, COD-AB or p-codes, GeoJSON, plain CSV."""
    if name and len(sources) > 1:
        raise UsageError("E417", "--name goes with one file")
    if country and (len(country) != 3 or not country.isalpha()):
        raise UsageError("E003", f"--country {country!r} is no ISO 3166 alpha-3 code, such as SYR")
    console = Console(stderr=True)
    with console.status("reading and merging"):
        for one in user.add_all(sources, name, country.upper()):
            click.echo(f"{one.name}: {one.places} places")


@places.command("list")
@_FORMAT
def list_(form: str) -> None:
    """The place files in use."""
    gaz = user.gazetteer()
    if form == "jsonl":
        click.echo(_json({"name": "shipped", **open_gazetteer().meta}))
        for one in user.added():
            click.echo(_json({"name": one.name, "origin": one.origin, "places": one.places}))
        return
    table = Table("name", "places", "from")
    table.add_row("shipped", str(len(open_gazetteer())), open_gazetteer().meta["attribution"])
    for one in user.added():
        table.add_row(one.name, str(one.places), one.origin)
    table.caption = f"{len(gaz)} places in use; {gaz.hash[:12]}"
    Console().print(table)


@places.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take an added file out again."""
    user.remove(name)
    click.echo(f"removed {name}")


def _texts(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if word == "-":
            for line in sys.stdin:
                if line.strip():
                    yield line.rstrip("\r\n")
        else:
            yield word


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _name(m: PlaceMention, gaz: Gazetteer) -> str:
    entry = gaz.by_id(m.anchors[0]) if m.anchors and not m.why.startswith("not listed") else None
    return (entry.name_ar or entry.name_en) if entry else m.name


def _found(m: PlaceMention, doc: Document, gaz: Gazetteer) -> dict[str, Any]:
    span = doc.span(m.start, m.end)
    return {
        "span": list(span), "as_written": doc.report.quote(span), "name": _name(m, gaz),
        "kind": m.kind, "lat": m.lat, "lon": m.lon, "radius_km": m.radius_km,
        "relation": m.relation, "anchors": list(m.anchors), "admin": [a for a in (m.country,
        m.admin1) if a],
        "container": m.container, "precision": precision_of(m)._asdict(), "score": m.score,
        "alternatives": [a._asdict() for a in m.alternatives], "why": m.why,
    }  # fmt: skip


def _entry(e: Entry, gaz: Gazetteer) -> dict[str, Any]:
    return {
        "id": e.id, "name": e.name_ar or e.name_en, "name_ar": e.name_ar, "name_en": e.name_en,
        "variants": gaz.variants(e), "kind": e.kind,
        "admin": [a for a in (e.country, e.admin1, e.admin2) if a], "lat": e.lat, "lon": e.lon,
        "extent_km": e.extent_km or None, "population": e.population or None, "source": e.source,
    }  # fmt: skip


def _table(mentions: list[PlaceMention], doc: Document, gaz: Gazetteer) -> Table:
    table = Table(
        "as written", "place", "relation", "lat, lon", "± km", "admin", "precision", "why"
    )  # fmt: skip
    for m in mentions:
        at = f"{m.lat:.4f}, {m.lon:.4f}" if m.lat is not None and m.lon is not None else "—"
        p = precision_of(m)
        codes = " ".join(f"{k}:{v}" for k, v in p._asdict().items() if v is not None)
        others = f"; else {', '.join(a.id for a in m.alternatives[:3])}" if m.alternatives else ""
        table.add_row(
            doc.report.quote(doc.span(m.start, m.end)), _name(m, gaz), m.relation, at,
            f"{m.radius_km:g}" if m.radius_km is not None else "—",
            ", ".join(a for a in (m.country, m.admin1) if a), codes, m.why + others,
        )  # fmt: skip
    return table


def _lookup_table(entries: list[Entry]) -> Table:
    table = Table("id", "name", "English", "kind", "admin", "lat, lon", "source")
    for e in entries:
        admin = ", ".join(a for a in (e.country, e.admin1) if a)
        at = f"{e.lat:.4f}, {e.lon:.4f}"
        table.add_row(e.id, e.name_ar, e.name_en, e.kind, admin, at, e.source)
    return table
